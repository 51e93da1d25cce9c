/* POST /v1/resolutions: reads the text, then hands text and reading to the database. */
#include "request.h"
#include "reader/reader.h"
#include "routes.h"
#include "server.h"

static void resolution_imported(void *arg, const struct store_answer *answer)
{
	struct request *request = arg;

	if (request_answered(request, answer))
		request_reply_json(request, request_route(request)->status, (struct slice){answer->json, answer->len});
}

void resolution_post(struct request *request)
{
	const struct shape_value *text = shape_find(request_values(request), "text");
	struct slice source = {json_string_value(text->json), json_string_length(text->json)};
	struct reading *reading = NULL;
	struct error error = ERROR_NONE;
	struct buf more;

	if (reader_read(request_api(request)->options.reader, source, &reading, &error) != 0) {
		request_fail_error(request, &error, "text");
		return;
	}
	buf_init(&more, BUF_MAX_BODY);
	buf_append_text(&more, "\"reading\":");
	reading_write_json(reading, &more);
	reading_free(reading);
	request_call(request, buf_slice(&more), resolution_imported);
	buf_release(&more);
}
