/* What the service says about itself: health, version, help, and its share of the doctor. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "request.h"
#include "routes.h"
#include "server.h"
#include "store/filter.h"

void health_get(struct request *request)
{
	const struct api *api = request_api(request);
	struct json_writer writer;
	struct buf json;

	if (api->store != NULL && store_ready(api->store)) {
		buf_init(&json, BUF_MAX_LINE);
		json_write_init(&writer, &json);
		json_write_object(&writer);
		json_write_key(&writer, "status");
		json_write_text(&writer, "ok");
		json_write_key(&writer, "database");
		json_write_text(&writer, "ok");
		if (api->options.health != NULL)
			api->options.health(api->options.checks_arg, &writer);
		json_write_end(&writer);
		request_reply_take(request, 200, "application/json", &json);
	} else {
		struct problem problem = {.status = 503, .code = "unavailable", .detail = "the database does not answer",
		    .retry_after = 1};

		request_fail(request, &problem);
	}
}

/* From what is known here: no statement, whoever asks however often. */
void metrics_get(struct request *request)
{
	const struct api *api = request_api(request);
	struct buf text;

	buf_init(&text, BUF_MAX_BODY);
	if (api->options.metrics != NULL)
		api->options.metrics(api->options.checks_arg, &text);
	request_reply_take(request, 200, "text/plain; version=0.0.4; charset=utf-8", &text);
}

void version_get(struct request *request)
{
	const struct api *api = request_api(request);
	struct json_writer writer;
	char started[CLOCK_TEXT];
	struct buf json;

	clock_format(api->started_at, started);
	buf_init(&json, BUF_MAX_LINE);
	json_write_init(&writer, &json);
	json_write_object(&writer);
	json_write_key(&writer, "version");
	json_write_text(&writer, api->options.version);
	json_write_key(&writer, "schema");
	json_write_integer(&writer, api->schema);
	json_write_key(&writer, "started_at");
	json_write_text(&writer, started);
	json_write_end(&writer);
	request_reply_take(request, 200, "application/json", &json);
}

void help_get(struct request *request)
{
	struct json_writer writer;
	struct buf json;

	buf_init(&json, BUF_MAX_BODY);
	json_write_init(&writer, &json);
	route_write_help(&writer);
	request_reply_take(request, 200, "application/json", &json);
}

void help_filter_get(struct request *request)
{
	const struct filter_field *field;
	struct json_writer writer;
	struct buf json;

	buf_init(&json, BUF_MAX_BODY);
	json_write_init(&writer, &json);
	json_write_object(&writer);
	json_write_key(&writer, "fields");
	json_write_array(&writer);
	for (size_t i = 0; (field = filter_field_at(i)) != NULL; i++) {
		json_write_object(&writer);
		json_write_key(&writer, "name");
		json_write_text(&writer, field->name);
		json_write_key(&writer, "values");
		json_write_text(&writer, field->values);
		json_write_key(&writer, "sentence");
		json_write_text(&writer, field->sentence);
		json_write_end(&writer);
	}
	json_write_end(&writer);
	json_write_end(&writer);
	request_reply_take(request, 200, "application/json", &json);
}

static bool doctor_is_grave(const json_t *checks)
{
	const json_t *check;
	size_t i;

	json_array_foreach (checks, i, check)
		if (json_flag_of(check, "grave") && !json_flag_of(check, "ok"))
			return true;
	return false;
}

/* The database's checks with the daemon's own before them. */
static void doctor_examined(void *arg, const struct store_answer *answer)
{
	struct request *request = arg;
	const struct api *api = request_api(request);
	struct error error = ERROR_NONE;
	struct json_writer writer;
	json_t *whole = NULL, *own = NULL;
	struct buf checks;
	char *text;

	if (!request_answered(request, answer))
		return;
	buf_init(&checks, BUF_MAX_BODY);
	json_write_init(&writer, &checks);
	json_write_array(&writer);
	if (api->options.checks != NULL)
		api->options.checks(api->options.checks_arg, &writer);
	json_write_end(&writer);
	if (json_read((struct slice){answer->json, answer->len}, &whole, &error) != 0 ||
	    json_read(buf_slice(&checks), &own, &error) != 0) {
		request_fail_error(request, &error, NULL);
		goto out;
	}
	if (doctor_is_grave(own))
		json_object_set_new(whole, "healthy", json_false());
	json_array_extend(own, json_member(whole, "checks"));
	json_object_set(whole, "checks", own);
	text = json_dumps(whole, JSON_COMPACT);
	request_reply_json(request, 200, slice_of(text));
	free(text);
out:
	json_decref(own);
	json_decref(whole);
	buf_release(&checks);
}

void doctor_get(struct request *request)
{
	request_call(request, SLICE(""), doctor_examined);
}
