/* Resolutions where the reader is needed: to keep a text with its reading, and to give it out as Akoma Ntoso. */
#include "request.h"

#include <string.h>

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

static const char *resolution_member(struct request *request, const char *name)
{
	const struct shape_value *value = shape_find(request_values(request), name);

	return value != NULL ? json_string_value(value->json) : NULL;
}

/* What is known of a text beside it; the members are checked already. */
static struct reader_given resolution_given(const char *symbol, const char *title, const char *body, const char *language, const char *adopted_on)
{
	struct reader_given given = {.language = language, .symbol = symbol, .title = title, .body = body};

	given.has_adopted_on = adopted_on != NULL && date_parse(slice_of(adopted_on), &given.adopted_on, NULL) == 0;
	return given;
}

void resolution_post(struct request *request)
{
	const struct shape_value *text = shape_find(request_values(request), "text");
	const struct reader_given given = resolution_given(resolution_member(request, "symbol"), resolution_member(request, "title"),
	    resolution_member(request, "body"), resolution_member(request, "language"), resolution_member(request, "adopted_on"));
	struct slice source = {json_string_value(text->json), json_string_length(text->json)};
	struct reading *reading = NULL;
	struct error error = ERROR_NONE;
	struct buf more;

	if (reader_read_given(request_api(request)->options.reader, source, &given, &reading, &error) != 0) {
		request_fail_error(request, &error, strcmp(error.name, "unknown_language") == 0 ? "language" : "text");
		return;
	}
	buf_init(&more, BUF_MAX_BODY);
	buf_append_text(&more, "\"reading\":");
	reading_write_json(reading, &more);
	reading_free(reading);
	request_call(request, buf_slice(&more), resolution_imported);
	buf_release(&more);
}

static int resolution_write_akn(struct request *request, const json_t *answer, struct buf *out, struct error *error)
{
	const json_t *text = json_member(answer, "text"), *head = json_member(answer, "document");
	/* Under the symbol and the date that the office keeps it by, which its text need not say. */
	const struct reader_given given = resolution_given(json_string_value(json_member(head, "symbol")), json_string_value(json_member(head, "title")),
	    json_string_value(json_member(head, "body")), json_string_value(json_member(head, "language")), json_string_value(json_member(head, "adopted_on")));
	struct reading *reading = NULL;
	int code = reader_read_given(request_api(request)->options.reader,
	    (struct slice){json_string_value(text), json_string_length(text)}, &given, &reading, error);

	if (code != 0)
		return code;
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
