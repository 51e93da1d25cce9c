/*
 * A PDF. "3 of 12" must be known before page 3 can be written, so the report's records are kept in a
 * temporary file and painted twice: as they come without ink, at the end with it. Neither the
 * records nor the pages are held in memory.
 */
#include "pdf.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct pdf {
	FILE *records;
	struct report_stream *measure;
	int pages;
};

static const struct report_format pdf_painted = {.name = "pdf", .writer = &pdf_painter_writer};

static struct report_stream *pdf_stream(struct report_page *page)
{
	struct pdf *pdf = page->state;
	struct report_stream *stream = report_stream_new(&pdf_painted, page->options);

	report_stream_give(stream, &pdf->pages);
	return stream;
}

static void pdf_fail(struct report_page *page, const char *what)
{
	(void)error_set(page->error, E_SYSTEM, "system", "cannot %s a temporary file: %s", what, strerror(errno));
}

static void pdf_measure(struct report_page *page)
{
	struct pdf *pdf = page->state;
	struct buf nothing;

	if (fwrite(page->line.at, 1, page->line.len, pdf->records) != page->line.len || fputc('\n', pdf->records) == EOF)
		pdf_fail(page, "write");
	if (page->error->code != 0)
		return;
	buf_init(&nothing, BUF_MAX_LINE);
	/* Its fault is this page's. */
	if (report_stream_record(pdf->measure, page->line, &nothing, page->error) == 0 && nothing.len > 0)
		(void)error_set(page->error, E_SYSTEM, "system", "a page was painted before its number was known");
	buf_release(&nothing);
}

static void pdf_begin(struct report_page *page)
{
	struct pdf *pdf = page->state;

	pdf->records = tmpfile();
	pdf->measure = pdf_stream(page);
	if (pdf->records == NULL)
		pdf_fail(page, "make");
	else
		pdf_measure(page);
}

static void pdf_heading(struct report_page *page, const struct report_heading *heading)
{
	(void)heading;
	pdf_measure(page);
}

static void pdf_record(struct report_page *page, const json_t *record)
{
	(void)record;
	pdf_measure(page);
}

/* All records once more, with ink. */
static int pdf_paint(struct report_page *page, FILE *document, char **line, size_t *room)
{
	struct pdf *pdf = page->state;
	struct report_stream *paint = pdf_stream(page);
	struct buf out;
	ssize_t len;
	int code = 0;

	buf_init(&out, BUF_MAX_DOCUMENT);
	while (code == 0 && (len = getline(line, room, pdf->records)) > 0) {
		code = report_stream_record(paint, (struct slice){*line, (size_t)len - 1}, &out, page->error);
		if (code == 0 && out.len > 0 && fwrite(out.at, 1, out.len, document) != out.len) {
			pdf_fail(page, "write");
			code = page->error->code;
		}
		buf_clear(&out);
	}
	buf_release(&out);
	report_stream_free(paint);
	return code;
}

static void pdf_end(struct report_page *page, int64_t rows)
{
	struct pdf *pdf = page->state;
	char *line = NULL;
	size_t room = 0;
	FILE *document;

	(void)rows;
	pdf_measure(page);
	report_stream_free(pdf->measure);
	pdf->measure = NULL;
	document = tmpfile();
	if (document == NULL)
		pdf_fail(page, "make");
	if (page->error->code != 0)
		goto out;
	rewind(pdf->records);
	if (pdf_paint(page, document, &line, &room) != 0)
		goto out;
	rewind(document);
	page->document = document;
	document = NULL;
out:
	if (document != NULL)
		fclose(document);
	free(line);
}

static void pdf_release(struct report_page *page)
{
	struct pdf *pdf = page->state;

	report_stream_free(pdf->measure);
	if (pdf->records != NULL)
		fclose(pdf->records);
}

const struct report_writer report_pdf = {
    .state = sizeof(struct pdf),
    .begin = pdf_begin,
    .part = pdf_measure,
    .heading = pdf_heading,
    .row = pdf_record,
    .picture = pdf_record,
    .end = pdf_end,
    .release = pdf_release,
};
