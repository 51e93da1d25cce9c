#ifndef MANDATE_REPORT_H
#define MANDATE_REPORT_H

#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/slice.h"

/*
 * Puts the model of a report, as the database gives it, into a format. Pure: the same
 * model gives the same bytes. No format leaves out what another has.
 */
struct report_format {
	const char *name;      /* "html" */
	const char *type;      /* media type */
	const char *extension; /* without the dot */
	const char *sentence;
};

/* Format i of the table, or NULL past the last. */
const struct report_format *report_format_at(size_t i);
const struct report_format *report_format_find(const char *name); /* NULL: there is none */

/* Appends the document. E_INPUT "unknown_format" names the formats there are. */
MUST_CHECK int report_render(struct slice model, const char *format, struct buf *out, struct error *error);

#endif
