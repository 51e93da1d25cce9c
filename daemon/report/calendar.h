#ifndef MANDATE_REPORT_CALENDAR_H
#define MANDATE_REPORT_CALENDAR_H

#include "base/buf.h"
#include "base/error.h"
#include "base/slice.h"

/*
 * The calendar: what falls due day by day, as the Security Council's paper on reporting cycles
 * shows it. The model is the answer of api.calendar. The same model gives the same bytes.
 */

/* The media type of "text", "html", "ics" or "json"; NULL: there is no such format. */
const char *calendar_type(const char *format);
/* Appends the document. E_INPUT "bad_report" where the model is none. format is one of the above. */
MUST_CHECK int calendar_render(struct slice model, const char *format, struct buf *out, struct error *error);

#endif
