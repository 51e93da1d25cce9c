/*
 * Reports: the database gives the model, the report room puts it into the
 * format asked for.
 */
#include "report/report.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/json.h"
#include "request.h"
#include "room.h"
#include "routes.h"
#include "shape.h"

#define FORMAT_DEFAULT "json"

static const struct report_format *report_format_asked(struct request *request, char name[48])
{
	struct slice asked = shape_text(request_values(request), "format");

	(void)snprintf(name, 48, "%.*s", SLICE_ARG(asked));
	return report_format_find(asked.len > 0 ? name : FORMAT_DEFAULT);
}

static void report_fail_format(struct request *request, const char *name)
{
	const struct report_format *format;
	struct error error = ERROR_NONE;
	struct buf known;

	buf_init(&known, BUF_MAX_LINE);
	for (size_t i = 0; (format = report_format_at(i)) != NULL; i++)
		buf_printf(&known, "%s%s", i > 0 ? ", " : "", format->name);
	error_set(&error, E_INPUT, "unknown_format", "format: there is no \"%s\"; there are: %s", name,
	    buf_text(&known));
	buf_release(&known);
	request_fail_error(request, &error, "format");
}

static void report_modelled(void *arg, const struct store_answer *answer)
{
	struct request *request = arg;
	const struct report_format *format;
	struct error error = ERROR_NONE;
	struct buf out;
	char name[48];

	if (!request_answered(request, answer))
		return;
	format = report_format_asked(request, name);
	buf_init(&out, BUF_MAX_DOCUMENT);
	if (report_render((struct slice){answer->json, answer->len}, format->name, &out, &error) != 0) {
		buf_release(&out);
		request_fail_error(request, &error, NULL);
	} else if (buf_failed(&out)) {
		buf_release(&out);
		request_fail(request, &(struct problem){.status = 413, .code = "too_big",
		    .detail = "the report is too big; narrow it by a filter"});
	} else {
		request_reply_take(request, request_route(request)->status, format->type, &out);
	}
}

/* The words as typed stand in the report's heading. */
void report_get(struct request *request)
{
	const struct shape_value *filter = shape_find(request_values(request), "filter");
	struct json_writer writer;
	struct buf words, more;
	char name[48];

	if (report_format_asked(request, name) == NULL) {
		report_fail_format(request, name);
		return;
	}
	buf_init(&more, BUF_MAX_LINE);
	if (filter != NULL) {
		buf_init(&words, BUF_MAX_LINE);
		json_write_init(&writer, &words);
		json_write_slice(&writer, filter->words);
		buf_printf(&more, "\"filter_words\":%s", buf_text(&words));
		buf_release(&words);
	}
	request_call(request, buf_slice(&more), report_modelled);
	buf_release(&more);
}
