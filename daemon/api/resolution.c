/* Resolutions where the reader is needed: to keep a text with its reading, and to give it out as Akoma Ntoso. */
#include "request.h"
#include "base/date.h"
#include "base/json.h"
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

/* What the office knows of it and the text need not say: the symbol that it is kept under, the body, the date. The
 * reading then stands on the answer. */
static void resolution_name(struct reading *reading, const json_t *answer)
{
	const json_t *document = json_member(answer, "document");
	struct slice adopted = slice_of(json_text_of(document, "adopted_on"));
	struct error ignored = ERROR_NONE;

	if (*json_text_of(document, "symbol") != '\0')
		reading->symbol = slice_of(json_text_of(document, "symbol"));
	if (*reading->body == '\0')
		reading->body = json_text_of(document, "body");
	if (!reading->has_adopted_on && adopted.len > 0)
		reading->has_adopted_on = date_parse(adopted, &reading->adopted_on, &ignored) == 0;
}

static int resolution_write_akn(struct request *request, const json_t *answer, struct buf *out, struct error *error)
{
	const json_t *text = json_member(answer, "text");
	struct reading *reading = NULL;
	int code = reader_read(request_api(request)->options.reader,
	    (struct slice){json_string_value(text), json_string_length(text)}, &reading, error);

	if (code != 0)
		return code;
	resolution_name(reading, answer);
	reading_write_akn(reading, answer, out);
	reading_free(reading);
	return buf_failed(out) ? error_set(error, E_TOO_BIG, "too_big", "the document is over %zu MiB", out->max >> 20) : 0;
}

static void resolution_told(void *arg, const struct store_answer *answer)
{
	struct request *request = arg;
	struct error error = ERROR_NONE;
	json_t *json = NULL;
	struct buf document;
	int code;

	if (!request_answered(request, answer))
		return;
	buf_init(&document, BUF_MAX_DOCUMENT);
	code = json_read((struct slice){answer->json, answer->len}, &json, &error);
	if (code == 0)
		code = resolution_write_akn(request, json, &document, &error);
	json_decref(json);
	if (code == 0) {
		request_reply_take(request, 200, "application/akn+xml", &document);
		return;
	}
	buf_release(&document);
	request_fail_error(request, &error, NULL);
}

void resolution_akn_get(struct request *request)
{
	request_call(request, (struct slice){"", 0}, resolution_told);
}
