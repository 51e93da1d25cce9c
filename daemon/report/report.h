#ifndef MANDATE_REPORT_H
#define MANDATE_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/slice.h"

/*
 * Reports: the model that the database gives, as JSON, becomes a document. The same model and
 * options give the same bytes. Every format shows every field of the table in field.c.
 */
struct report_options {
	const char *language; /* NULL or "en" */
	int width;            /* columns of the text format; 0 gives 80 */
	bool colour;          /* of the text format, on a terminal */
};

struct report_format {
	const char *name;      /* "html" */
	const char *type;      /* media type */
	const char *extension; /* without the dot */
	const char *sentence;
};

/* Format i of the table, or NULL past the last. */
const struct report_format *report_format_at(size_t i);
const struct report_format *report_format_find(const char *name); /* NULL: there is none */

/* Appends the document. E_INPUT "unknown_format" names the formats there are, "bad_report" says
 * what is wrong with the model. */
MUST_CHECK int report_render(struct slice model, const char *format, struct buf *out, struct error *error);
/* The same with options; "unknown_language" names the languages there are. */
MUST_CHECK int report_render_with(struct slice model, const char *format, const struct report_options *options,
    struct buf *out, struct error *error);

#endif
