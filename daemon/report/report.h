#ifndef MANDATE_REPORT_H
#define MANDATE_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/slice.h"

/*
 * A report is a stream of records, one JSON object a line, that the database gives page by page:
 *   {"report":…,"title":…,"as_of":…,"known_at":…,"filter":…,"head":…,"records":…,"notes":[…],
 *    "columns":[…],"summary":{…}}                                               first, once
 *   {"part":…,"title":…,"columns":[…],"layout":"records|table","group":…}       begins a table
 *   {"heading":{"level":1,"of":COLUMN,"value":…,"title":…,"text":…,"fields":{…}}}  may begin a group
 *   {"row":{COLUMN:VALUE,…}}                    an entry of the record also has its hash
 *   {"picture":{"kind":"bars|timeline|curve|columns","title":…,…}}
 *   {"end":{"rows":…}}                                                          last, once
 * A format turns each record into bytes as it comes; what has no end is broken. The same records
 * and options give the same bytes. What a column is called and how it is put into words stands
 * in field.c alone, so that no format leaves out a field that another has.
 */
struct report_options {
	const char *language; /* NULL or "en" */
	int width;            /* columns of the text format; 0 gives 80 */
	bool colour;          /* of the text format, on a terminal */
};

enum report_place {
	REPORT_IN_DAEMON, /* a record costs microseconds */
	REPORT_IN_WORKER, /* a process of its own renders it */
};

struct report_format {
	const char *name;      /* "html" */
	const char *type;      /* media type */
	const char *extension; /* without the dot */
	const char *sentence;
	enum report_place place;
	const struct report_writer *writer;
};

/* Format i of the table, or NULL past the last. */
const struct report_format *report_format_at(size_t i);
const struct report_format *report_format_find(const char *name); /* NULL: there is none */
/* E_INPUT "unknown_format" names the formats there are, "unknown_language" the languages. */
MUST_CHECK int report_format_choose(const char *name, const struct report_options *options,
    const struct report_format **ret, struct error *error);

struct report_stream;

/* The options' texts must outlive the stream. */
struct report_stream *report_stream_new(const struct report_format *format, const struct report_options *options);
void report_stream_free(struct report_stream *stream);
/* One record, without its line feed. What it gives is appended to out, perhaps nothing yet.
 * E_INPUT "bad_report" says what is wrong with it; the document is then broken. */
MUST_CHECK int report_stream_record(struct report_stream *stream, struct slice line, struct buf *out, struct error *error);
/* After the last record: the next piece of a document that a library has written into a file. False: that was all. */
bool report_stream_rest(struct report_stream *stream, struct buf *out);
/* Whether the last record has come, so that the document is whole. */
bool report_stream_ended(const struct report_stream *stream);
int64_t report_stream_rows(const struct report_stream *stream);

/* A whole stream at once: for tests and for a worker's small reports. */
MUST_CHECK int report_render(struct slice lines, const char *format, const struct report_options *options,
    struct buf *out, struct error *error);
/* What a worker does: lines from one descriptor, the document to another, a piece at a time. */
MUST_CHECK int report_render_pipe(int in, int out, const char *format, const struct report_options *options,
    struct error *error);

#endif
