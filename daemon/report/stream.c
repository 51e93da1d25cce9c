/* A report's records, read one at a time in the order they must have, and handed to the format. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/json.h"
#include "model.h"
#include "say.h"

struct report_stream {
	const struct report_writer *writer;
	struct report_options options;
	struct report_head head;
	struct report_part part;
	struct report_page page;
	struct arena *of_part;
	bool begun, ended;
};

struct report_stream *report_stream_new(const struct report_format *format, const struct report_options *options)
{
	struct report_stream *stream = xcalloc(1, sizeof *stream);

	stream->writer = format->writer;
	stream->options = *options;
	stream->page.options = &stream->options;
	stream->page.language = options->language;
	stream->page.whole = arena_new();
	if (stream->writer->state > 0)
		stream->page.state = xcalloc(1, stream->writer->state);
	return stream;
}

void report_stream_free(struct report_stream *stream)
{
	if (stream == NULL)
		return;
	if (stream->page.document != NULL)
		fclose(stream->page.document);
	if (stream->writer->release != NULL)
		stream->writer->release(&stream->page);
	free(stream->page.state);
	for (int i = 0; i < 2; i++)
		json_decref(stream->page.shown[i]);
	arena_free(stream->of_part);
	arena_free(stream->page.whole);
	free(stream);
}

void report_stream_give(struct report_stream *stream, void *given)
{
	stream->page.given = given;
}

bool report_stream_rest(struct report_stream *stream, struct buf *out)
{
	char bytes[65536];
	size_t n = stream->page.document ? fread(bytes, 1, sizeof bytes, stream->page.document) : 0;

	buf_append(out, bytes, n);
	return n > 0;
}

bool report_stream_ended(const struct report_stream *stream)
{
	return stream->ended;
}

int64_t report_stream_rows(const struct report_stream *stream)
{
	return stream->page.rows;
}

/* A heading of a level ends those below it. */
static void stream_forget(struct report_stream *stream, int level)
{
	for (int i = level - 1; i < 2; i++) {
		json_decref(stream->page.shown[i]);
		stream->page.shown[i] = NULL;
	}
}

static int stream_begin(struct report_stream *stream, struct error *error)
{
	struct report_page *page = &stream->page;
	int code = model_head(page->json, page->whole, &stream->head, error);

	if (code != 0)
		return code;
	stream->begun = true;
	page->head = &stream->head;
	if (stream->writer->begin != NULL)
		stream->writer->begin(page);
	return 0;
}

static int stream_part(struct report_stream *stream, struct error *error)
{
	struct report_page *page = &stream->page;
	struct arena *arena = arena_new();
	struct report_part part;
	int code = model_part(page->json, arena, &part, error);

	if (code != 0) {
		arena_free(arena);
		return code;
	}
	stream_forget(stream, 1);
	arena_free(stream->of_part);
	stream->of_part = arena;
	stream->part = part;
	page->part = &stream->part;
	page->parts++;
	if (stream->writer->part != NULL)
		stream->writer->part(page);
	return 0;
}

static int stream_heading(struct report_stream *stream, const json_t *json, struct error *error)
{
	struct report_heading heading;
	int code = model_heading(json, &heading, error);

	if (code != 0)
		return code;
	stream_forget(stream, heading.level);
	stream->page.shown[heading.level - 1] = json_incref((json_t *)(uintptr_t)heading.fields);
	if (stream->writer->heading != NULL)
		stream->writer->heading(&stream->page, &heading);
	return 0;
}

static void stream_row(struct report_stream *stream, const json_t *row)
{
	stream->part.rows++;
	stream->page.rows++;
	if (stream->writer->row != NULL)
		stream->writer->row(&stream->page, row);
}

static int stream_end(struct report_stream *stream, const json_t *json, struct error *error)
{
	if (json_integer_of(json, "rows") != stream->page.rows)
		return error_set(error, E_INPUT, "bad_report", "the report ends after %lld rows and says that it has %lld",
		    (long long)stream->page.rows, (long long)json_integer_of(json, "rows"));
	stream->ended = true;
	if (stream->writer->end != NULL)
		stream->writer->end(&stream->page, stream->page.rows);
	return 0;
}

static int stream_record(struct report_stream *stream, struct error *error)
{
	const json_t *json = stream->page.json, *value;

	if (stream->ended)
		return error_set(error, E_INPUT, "bad_report", "the report goes on after its end");
	if (!stream->begun)
		return json_object_get(json, "report") != NULL ? stream_begin(stream, error) :
		    error_set(error, E_INPUT, "bad_report", "a report begins with a record that has the member \"report\"");
	if ((value = json_object_get(json, "end")) != NULL)
		return stream_end(stream, value, error);
	if (json_object_get(json, "part") != NULL)
		return stream_part(stream, error);
	if ((value = json_object_get(json, "picture")) != NULL) {
		if (stream->writer->picture != NULL)
			stream->writer->picture(&stream->page, value);
		return 0;
	}
	if (stream->page.part == NULL)
		return error_set(error, E_INPUT, "bad_report", "rows and headings stand in a part");
	if ((value = json_object_get(json, "row")) != NULL)
		stream_row(stream, value);
	else if ((value = json_object_get(json, "heading")) != NULL)
		return stream_heading(stream, value, error);
	else
		return error_set(error, E_INPUT, "bad_report", "a record is one of: report, part, heading, row, picture, end");
	return 0;
}

int report_stream_record(struct report_stream *stream, struct slice line, struct buf *out, struct error *error)
{
	struct report_page *page = &stream->page;
	struct error fault = ERROR_NONE;
	json_t *json = NULL;
	int code = json_read(line, &json, error);

	if (code != 0)
		return code;
	page->arena = arena_new();
	page->out = out;
	page->line = line;
	page->json = json;
	page->error = &fault;
	code = stream_record(stream, error);
	if (code == 0 && fault.code != 0) {
		*error = fault;
		code = fault.code;
	}
	if (code == 0 && buf_failed(out))
		code = error_set(error, E_TOO_BIG, "too_big", "one record of the report is over %zu MiB", out->max >> 20);
	json_decref(json);
	arena_free(page->arena);
	page->arena = NULL;
	page->json = NULL;
	page->out = NULL;
	page->error = NULL;
	return code;
}

int report_render(struct slice lines, const char *format, const struct report_options *options, struct buf *out,
    struct error *error)
{
	const struct report_format *found;
	struct report_stream *stream;
	struct slice line;
	int code = report_format_choose(format, options, &found, error);

	if (code != 0)
		return code;
	stream = report_stream_new(found, options);
	while (code == 0 && slice_take_until(&lines, '\n', &line))
		if (line.len > 0)
			code = report_stream_record(stream, line, out, error);
	while (code == 0 && report_stream_rest(stream, out))
		if (buf_failed(out))
			code = error_set(error, E_TOO_BIG, "too_big", "the report is over %zu MiB", out->max >> 20);
	if (code == 0 && !report_stream_ended(stream))
		code = error_set(error, E_INPUT, "bad_report", "the report has no end: it was cut off");
	report_stream_free(stream);
	return code;
}

static int pipe_write(int out, struct buf *bytes, struct error *error)
{
	struct slice rest = buf_slice(bytes);

	while (rest.len > 0) {
		ssize_t n = write(out, rest.at, rest.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_set(error, E_SYSTEM, "system", "cannot write the document: %s", strerror(errno));
		rest = slice_from(rest, (size_t)n);
	}
	buf_clear(bytes);
	return 0;
}

/* The whole lines of what was read; the rest stays. */
static int pipe_lines(struct report_stream *stream, struct buf *input, struct buf *document, struct error *error)
{
	struct slice rest = buf_slice(input);
	ptrdiff_t at;
	int code = 0;

	while (code == 0 && (at = slice_find_byte(rest, '\n')) >= 0) {
		struct slice line = slice_cut(rest, 0, (size_t)at);

		rest = slice_from(rest, (size_t)at + 1);
		if (line.len > 0)
			code = report_stream_record(stream, line, document, error);
	}
	if (rest.len > 0)
		memmove(input->at, rest.at, rest.len);
	input->len = rest.len;
	return code;
}

static int pipe_run(struct report_stream *stream, int in, int out, struct error *error)
{
	struct buf input, document;
	char bytes[65536];
	ssize_t n = 1;
	int code = 0;

	buf_init(&input, BUF_MAX_BODY);
	buf_init(&document, BUF_MAX_DOCUMENT);
	while (code == 0 && n != 0) {
		n = read(in, bytes, sizeof bytes);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			code = error_set(error, E_SYSTEM, "system", "cannot read the report: %s", strerror(errno));
			break;
		}
		buf_append(&input, bytes, (size_t)n);
		code = pipe_lines(stream, &input, &document, error);
		if (code == 0)
			code = pipe_write(out, &document, error);
	}
	while (code == 0 && report_stream_rest(stream, &document))
		code = pipe_write(out, &document, error);
	if (code == 0 && !report_stream_ended(stream))
		code = error_set(error, E_INPUT, "bad_report", "the report has no end: it was cut off");
	buf_release(&input);
	buf_release(&document);
	return code;
}

int report_render_pipe(int in, int out, const char *format, const struct report_options *options, struct error *error)
{
	const struct report_format *found;
	struct report_stream *stream;
	int code = report_format_choose(format, options, &found, error);

	if (code != 0)
		return code;
	stream = report_stream_new(found, options);
	code = pipe_run(stream, in, out, error);
	report_stream_free(stream);
	return code;
}
