/*
 * A Word document, made by pandoc from the page in HTML, with the pictures as bitmaps. pandoc holds
 * the whole document in memory, nearly a megabyte for each row, so the rows have a limit, and a
 * report that has more is refused and not cut.
 */
#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/date.h"
#include "base/json.h"
#include "model.h"
#include "phrase.h"
#include "picture.h"
#include "picture_draw.h"

#define DOCX_ROWS 1000
#define DOCX_ACROSS 1520 /* pixels of a picture: two for each of its own */

extern char **environ;

struct docx {
	FILE *html;
	struct report_stream *stream; /* that writes it */
};

static void docx_fail(struct report_page *page, const char *what)
{
	(void)error_set(page->error, E_SYSTEM, "system", "cannot %s: %s", what, strerror(errno));
}

static void docx_write(struct report_page *page, struct slice text)
{
	struct docx *docx = page->state;

	if (text.len > 0 && fwrite(text.at, 1, text.len, docx->html) != text.len)
		docx_fail(page, "write a temporary file");
}

/* What the record is in HTML, with a drawing in it as a bitmap. */
static void docx_put(struct report_page *page, struct slice html, const char *title)
{
	struct slice svg = picture_find(html);
	struct buf bitmap;

	if (svg.len == 0) {
		docx_write(page, html);
		return;
	}
	buf_init(&bitmap, BUF_MAX_BODY);
	buf_append_text(&bitmap, "<img alt=\"");
	picture_text(&bitmap, title);
	buf_append_text(&bitmap, "\" width=\"600\" src=\"data:image/png;base64,");
	picture_png(page, svg, DOCX_ACROSS, &bitmap);
	buf_append_text(&bitmap, "\"/>");
	docx_write(page, slice_range(html.at, svg.at));
	docx_write(page, buf_slice(&bitmap));
	docx_write(page, slice_range(svg.at + svg.len, html.at + html.len));
	buf_release(&bitmap);
}

static void docx_record(struct report_page *page, const json_t *record)
{
	struct docx *docx = page->state;
	struct buf html;

	if (page->error->code != 0)
		return;
	buf_init(&html, BUF_MAX_DOCUMENT);
	if (report_stream_record(docx->stream, page->line, &html, page->error) == 0)
		docx_put(page, buf_slice(&html), report_say(page->language, json_text_of(record, "title")));
	buf_release(&html);
}

static void docx_line(struct report_page *page)
{
	docx_record(page, NULL);
}

static void docx_begin(struct report_page *page)
{
	struct docx *docx = page->state;

	docx->stream = report_stream_new(report_format_find("html"), page->options);
	report_stream_give(docx->stream, docx); /* a page for a document that has upright pages alone */
	docx->html = tmpfile();
	if (docx->html == NULL)
		docx_fail(page, "make a temporary file");
	docx_line(page);
}

static void docx_heading(struct report_page *page, const struct report_heading *heading)
{
	(void)heading;
	docx_line(page);
}

static void docx_row(struct report_page *page, const json_t *row)
{
	if (page->rows > DOCX_ROWS)
		(void)error_set(page->error, E_TOO_BIG, "too_big", "a Word document holds at most %d rows here, and this report "
		    "has more; use a narrower filter, or pdf or xlsx, which have no such limit", DOCX_ROWS);
	docx_record(page, row);
}

/* The environment with the time that the document is to bear. */
static char **docx_environment(struct report_page *page)
{
	size_t count = 0, n = 0;
	struct day day = {0};
	char **ret;

	while (environ[count] != NULL)
		count++;
	ret = arena_alloc(page->arena, (count + 2) * sizeof *ret);
	for (size_t i = 0; i < count; i++)
		if (strncmp(environ[i], "SOURCE_DATE_EPOCH=", 18) != 0)
			ret[n++] = environ[i];
	(void)!date_parse(slice_cut(slice_of(page->head->known_at), 0, 10), &day, NULL);
	ret[n] = arena_printf(page->arena, "SOURCE_DATE_EPOCH=%lld", (long long)day.n * 86400);
	return ret;
}

/* 0 and the status of pandoc, or the number of what went wrong. */
static int docx_run(struct report_page *page, FILE *document, FILE *complaints, int *ret_status)
{
	struct docx *docx = page->state;
	char *arguments[] = {"pandoc", "+RTS", "-M1500m", "-RTS", "--from=html", "--to=docx", "--output=-",
	    report_is_leftward(page->language) ? "--metadata=dir:rtl" : "--metadata=dir:ltr", NULL};
	posix_spawn_file_actions_t actions;
	pid_t child;
	int code;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, fileno(docx->html), STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, fileno(document), STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, fileno(complaints), STDERR_FILENO);
	code = posix_spawnp(&child, "pandoc", &actions, NULL, arguments, docx_environment(page));
	posix_spawn_file_actions_destroy(&actions);
	if (code != 0)
		return code;
	while (waitpid(child, ret_status, 0) < 0)
		if (errno != EINTR)
			return errno;
	return 0;
}

static void docx_convert(struct report_page *page, FILE *document, FILE *complaints)
{
	char said[400] = "";
	int status = 0, code = docx_run(page, document, complaints, &status);

	if (code == ENOENT) {
		(void)error_set(page->error, E_SYSTEM, "no_pandoc", "a Word document is made by pandoc, which is not installed where "
		    "the service runs (apt-get install pandoc); take another format, such as pdf or xlsx");
		return;
	}
	if (code != 0) {
		errno = code;
		docx_fail(page, "run pandoc");
		return;
	}
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		rewind(complaints);
		said[fread(said, 1, sizeof said - 1, complaints)] = '\0';
		(void)error_set(page->error, E_SYSTEM, "system", "pandoc made no document: %s", said);
	}
}

static void docx_end(struct report_page *page, int64_t rows)
{
	struct docx *docx = page->state;
	FILE *document, *complaints;

	(void)rows;
	docx_line(page);
	document = tmpfile();
	complaints = tmpfile();
	if (document == NULL || complaints == NULL || fflush(docx->html) != 0)
		docx_fail(page, "make a temporary file");
	if (page->error->code == 0) {
		rewind(docx->html);
		docx_convert(page, document, complaints);
	}
	if (page->error->code == 0) {
		/* The child has moved the place that both share. */
		rewind(document);
		page->document = document;
		document = NULL;
	}
	if (document != NULL)
		fclose(document);
	if (complaints != NULL)
		fclose(complaints);
}

static void docx_release(struct report_page *page)
{
	struct docx *docx = page->state;

	report_stream_free(docx->stream);
	if (docx->html != NULL)
		fclose(docx->html);
}

const struct report_writer report_docx = {
    .state = sizeof(struct docx),
    .begin = docx_begin,
    .part = docx_line,
    .heading = docx_heading,
    .row = docx_row,
    .picture = docx_record,
    .end = docx_end,
    .release = docx_release,
};
