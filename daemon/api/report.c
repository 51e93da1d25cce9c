/* Reports and the calendar: the database's model, rendered in the format asked for. */
#include "report/calendar.h"
#include "report/report.h"

#include <string.h>

#include <event2/http.h>
#include <event2/keyvalq_struct.h>

#include "request.h"
#include "routes.h"
#include "server.h"

static const char *report_format(struct request *request)
{
	const struct shape_value *format = shape_find(request_values(request), "format");

	return format ? request_keep(request, format->text) : "json";
}

static void report_reply(struct request *request, int code, const char *type, struct buf *document_take, const struct error *error)
{
	if (code == 0) {
		request_reply_take(request, 200, type, document_take);
		return;
	}
	buf_release(document_take);
	request_fail_error(request, error, "format");
}

static void report_modelled(void *arg, const struct store_answer *answer)
{
	struct request *request = arg;
	struct error error = ERROR_NONE;
	struct buf document;
	const char *format;
	int code;

	if (!request_answered(request, answer))
		return;
	format = report_format(request);
	buf_init(&document, BUF_MAX_DOCUMENT);
	code = report_render((struct slice){answer->json, answer->len}, format, &document, &error);
	report_reply(request, code, report_format_find(format)->type, &document, &error);
}

static void calendar_modelled(void *arg, const struct store_answer *answer)
{
	struct request *request = arg;
	struct error error = ERROR_NONE;
	struct buf document;
	const char *format;
	int code;

	if (!request_answered(request, answer))
		return;
	format = report_format(request);
	buf_init(&document, BUF_MAX_DOCUMENT);
	code = calendar_render((struct slice){answer->json, answer->len}, format, &document, &error);
	report_reply(request, code, calendar_type(format), &document, &error);
}

void calendar_get(struct request *request)
{
	request_call(request, (struct slice){"", 0}, calendar_modelled);
}

static void report_fail_format(struct request *request)
{
	const struct report_format *format;
	struct error error = ERROR_NONE;
	struct buf known;

	buf_init(&known, BUF_MAX_LINE);
	for (size_t i = 0; (format = report_format_at(i)) != NULL; i++)
		buf_printf(&known, "%s%s", i > 0 ? ", " : "", format->name);
	(void)error_set(&error, E_INPUT, "unknown_format", "there is no format \"%s\"; there are: %s",
	    report_format(request), buf_text(&known));
	buf_release(&known);
	request_fail_error(request, &error, "format");
}

void report_get(struct request *request)
{
	struct evkeyvalq query = {0};
	struct json_writer writer;
	const char *words = NULL;
	struct buf more;

	if (report_format_find(report_format(request)) == NULL) {
		report_fail_format(request);
		return;
	}
	/* The filter as it was typed stands in the report. */
	if (evhttp_parse_query_str(request_query(request), &query) == 0)
		words = evhttp_find_header(&query, "filter");
	buf_init(&more, BUF_MAX_LINE);
	buf_append_text(&more, "\"filter_words\":");
	json_write_init(&writer, &more);
	json_write_text(&writer, words ? words : "");
	evhttp_clear_headers(&query);
	request_call(request, buf_slice(&more), report_modelled);
	buf_release(&more);
}
