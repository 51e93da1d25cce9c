/* The calendar: the database's model, rendered in the format asked for. */
#include "report/calendar.h"

#include "request.h"
#include "routes.h"

static void calendar_modelled(void *arg, const struct store_answer *answer)
{
	struct request *request = arg;
	const struct shape_value *value = shape_find(request_values(request), "format");
	const char *format = value ? request_keep(request, value->text) : "json";
	struct error error = ERROR_NONE;
	struct buf document;

	if (!request_answered(request, answer))
		return;
	buf_init(&document, BUF_MAX_DOCUMENT);
	if (calendar_render((struct slice){answer->json, answer->len}, format, &document, &error) == 0) {
		request_reply_take(request, 200, calendar_type(format), &document);
		return;
	}
	buf_release(&document);
	request_fail_error(request, &error, "format");
}

void calendar_get(struct request *request)
{
	request_call(request, (struct slice){"", 0}, calendar_modelled);
}
