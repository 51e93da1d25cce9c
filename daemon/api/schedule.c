/* POST /v1/report-schedules: the format and the language are checked here, where they are known. */
#include "request.h"
#include "report/report.h"
#include "routes.h"
#include "shape.h"

static void schedule_added(void *arg, const struct store_answer *answer)
{
	struct request *request = arg;

	if (request_answered(request, answer))
		request_reply_json(request, request_route(request)->status, (struct slice){answer->json, answer->len});
}

void schedule_post(struct request *request)
{
	const struct shape_value *filter = shape_find(request_values(request), "filter");
	struct slice format = shape_text(request_values(request), "format"), lang = shape_text(request_values(request), "lang");
	struct report_options options = {.language = lang.len > 0 ? request_keep(request, lang) : NULL};
	const struct report_format *chosen;
	struct error error = ERROR_NONE;
	struct json_writer writer;
	struct buf more;

	if (report_format_choose(format.len > 0 ? request_keep(request, format) : "pdf", &options, &chosen, &error) != 0) {
		request_fail_error(request, &error, "format");
		return;
	}
	buf_init(&more, BUF_MAX_BODY);
	buf_printf(&more, "\"format\":\"%s\"", chosen->name);
	if (lang.len > 0)
		buf_printf(&more, ",\"lang\":\"%s\"", options.language); /* one that there is */
	if (filter != NULL) {
		buf_append_text(&more, ",\"filter_words\":");
		json_write_init(&writer, &more);
		json_write_slice(&writer, filter->words);
	}
	request_call(request, buf_slice(&more), schedule_added);
	buf_release(&more);
}
