#include "request_own.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <syslog.h>

#include <event2/buffer.h>
#include <event2/keyvalq_struct.h>

#include "base/alloc.h"
#include "base/json.h"
#include "routes.h"
#include "server.h"

struct api *request_api(const struct request *request)
{
	return request->api;
}

const struct route *request_route(const struct request *request)
{
	return request->route;
}

const struct shape_values *request_values(const struct request *request)
{
	return &request->values;
}

char *request_keep(struct request *request, struct slice text)
{
	return arena_text(request->arena, text);
}

void request_set_note(struct request *request, const char *note)
{
	request->note = note;
}

const char *request_note(const struct request *request)
{
	return request->note;
}

const char *request_query(const struct request *request)
{
	const char *query = evhttp_uri_get_query(evhttp_request_get_evhttp_uri(request->http));

	return query ? query : "";
}

bool request_is_on(const struct api *api, const struct evhttp_connection *connection)
{
	for (const struct request *r = api->requests; r != NULL; r = r->next)
		if (evhttp_request_get_connection(r->http) == connection)
			return true;
	return false;
}

static struct request *request_new(struct api *api, struct evhttp_request *http)
{
	struct request *request = xcalloc(1, sizeof *request);
	unsigned char random[8];

	request->api = api;
	request->http = http;
	request->arena = arena_new();
	request->next = api->requests;
	if (api->requests != NULL)
		api->requests->previous = request;
	api->requests = request;
	api->outstanding++;
	(void)!getrandom(random, sizeof random, GRND_NONBLOCK);
	for (size_t i = 0; i < sizeof random; i++)
		(void)snprintf(request->id + 2 * i, 3, "%02x", random[i]);
	return request;
}

void request_free(struct request *request)
{
	struct api *api = request->api;

	if (request->next != NULL)
		request->next->previous = request->previous;
	if (request->previous != NULL)
		request->previous->next = request->next;
	else
		api->requests = request->next;
	api->outstanding--;
	if (request->call != NULL)
		store_cancel(request->call);
	if (request->release != NULL)
		request->release(request->state);
	if (request->later != NULL)
		event_free(request->later);
	json_decref(request->body);
	arena_free(request->arena);
	free(request->caller);
	free(request);
}

static const char *request_reason(int status)
{
	static const struct {
		int status;
		const char *reason;
	} reasons[] = {{200, "OK"}, {201, "Created"}, {400, "Bad Request"}, {401, "Unauthorized"}, {403, "Forbidden"},
	    {404, "Not Found"}, {405, "Method Not Allowed"}, {409, "Conflict"}, {413, "Content Too Large"},
	    {422, "Unprocessable Content"}, {500, "Internal Server Error"}, {503, "Service Unavailable"},
	    {504, "Gateway Timeout"}};

	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (reasons[i].status == status)
			return reasons[i].reason;
	return status < 400 ? "OK" : "Refused";
}

void request_headers(struct request *request, const char *type)
{
	struct evkeyvalq *headers = evhttp_request_get_output_headers(request->http);

	evhttp_add_header(headers, "Content-Type", type);
	evhttp_add_header(headers, "X-Request-Id", request->id);
	evhttp_add_header(headers, "Cache-Control", "no-store");
	evhttp_add_header(headers, "X-Content-Type-Options", "nosniff");
	evhttp_add_header(headers, "Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'");
}

/* The one end of every request. Takes body (may be NULL). */
static void request_send(struct request *request, int status, const char *type, struct evbuffer *body)
{
	struct api *api = request->api;
	bool write = evhttp_request_get_command(request->http) != EVHTTP_REQ_GET;

	assert(request->http != NULL);
	if (status >= 100 && status < 100 * (API_HUNDREDS + 1))
		api->answered[status / 100 - 1]++;
	if (write || status >= 500)
		api_log(api, status >= 500 ? LOG_WARNING : LOG_INFO, "api: %s %s status=%d request=%s",
		    route_method_name(evhttp_request_get_command(request->http)),
		    request->route ? request->route->path : "-", status, request->id);
	request_headers(request, type);
	if (api->stopping != NULL)
		evhttp_add_header(evhttp_request_get_output_headers(request->http), "Connection", "close");
	if (evhttp_request_get_command(request->http) == EVHTTP_REQ_HEAD && body != NULL) {
		/* libevent would send the bytes after the headers of a HEAD too. */
		evbuffer_drain(body, evbuffer_get_length(body));
	}
	evhttp_send_reply(request->http, status, request_reason(status), body);
	if (body != NULL)
		evbuffer_free(body);
	request_free(request);
}

void request_reply(struct request *request, int status, const char *type, struct slice bytes)
{
	struct evbuffer *body = evbuffer_new();

	evbuffer_add(body, bytes.at, bytes.len);
	request_send(request, status, type, body);
}

void request_reply_json(struct request *request, int status, struct slice json)
{
	request_reply(request, status, "application/json", json);
}

static void request_taken(const void *bytes, size_t len, void *arg)
{
	(void)bytes;
	(void)len;
	free(arg);
}

void request_reply_take(struct request *request, int status, const char *type, struct buf *take)
{
	struct evbuffer *body = evbuffer_new();
	size_t len = take->len;
	char *bytes = buf_take(take);

	evbuffer_add_reference(body, bytes, len, request_taken, bytes);
	request_send(request, status, type, body);
}

/* The members of more that the document does not have by itself. */
static void request_more(json_t *document, const json_t *more)
{
	if (json_is_object(more))
		json_object_update_missing(document, (json_t *)(uintptr_t)more);
}

void request_fail(struct request *request, const struct problem *problem)
{
	struct evkeyvalq *headers;
	json_t *document;
	char seconds[16], *text;

	if (request->streams) {
		/* The head said that all was well; only a broken answer can take that back. */
		api_log(request->api, LOG_WARNING, "api: %s broken off: %s request=%s", request->route->path,
		    problem->detail ? problem->detail : "", request->id);
		request_stream_abort(request);
		return;
	}
	headers = evhttp_request_get_output_headers(request->http);
	document = json_pack("{s:i, s:s, s:s, s:s, s:s}", "status", problem->status, "title",
	    request_reason(problem->status), "detail", problem->detail ? problem->detail : "", "code",
	    problem->code ? problem->code : "refused", "request", request->id);
	if (problem->member != NULL && *problem->member != '\0')
		json_object_set_new(document, "member", json_string(problem->member));
	request_more(document, problem->more);
	if (problem->retry_after > 0) {
		(void)snprintf(seconds, sizeof seconds, "%d", problem->retry_after);
		evhttp_add_header(headers, "Retry-After", seconds);
	}
	if (problem->status == 401)
		evhttp_add_header(headers, "WWW-Authenticate", "Bearer");
	text = json_dumps(document, JSON_COMPACT);
	json_decref(document);
	request_reply(request, problem->status, "application/problem+json", slice_of(text));
	free(text);
}

void request_fail_error(struct request *request, const struct error *error, const char *member)
{
	struct problem problem = {.code = error->name, .detail = error->message, .member = member};

	switch (error->code) {
	case E_TOO_BIG:
		problem.status = 413;
		break;
	case E_NOT_FOUND:
		problem.status = 404;
		break;
	case E_CONFLICT:
		problem.status = 409;
		break;
	case E_DENIED:
		problem.status = 403;
		break;
	case E_INPUT:
		problem.status = 422;
		break;
	default:
		problem.status = 500;
	}
	request_fail(request, &problem);
}

static void request_unavailable(struct request *request, const char *detail)
{
	struct problem problem = {.status = 503, .code = "unavailable", .detail = detail, .retry_after = 1};

	request_fail(request, &problem);
}

static void request_returned(void *arg, const struct store_answer *answer)
{
	struct request *request = arg;

	request->call = NULL;
	request->answered(request, answer);
}

void request_call(struct request *request, struct slice more, store_answer_fn *answered)
{
	struct json_writer writer;
	struct buf text;

	if (request->api->store == NULL) {
		request_unavailable(request, "the database is not there yet; ask again in a moment");
		return;
	}
	buf_init(&text, BUF_MAX_BODY * 2);
	json_write_init(&writer, &text);
	json_write_object(&writer);
	shape_write(&request->values, &writer);
	if (request->key != NULL) {
		json_write_key(&writer, "key");
		json_write_text(&writer, request->key);
	}
	if (more.len > 0) {
		if (text.len > 1)
			buf_append_byte(&text, ',');
		buf_append_slice(&text, more);
	}
	json_write_end(&writer);
	request->answered = answered;
	if (!buf_failed(&text))
		request->call = store_call(request->api->store, request->route->function, request->caller, buf_text(&text),
		    request_returned, request);
	buf_release(&text);
	if (request->call == NULL)
		request_unavailable(request, "the database does not answer, or too much is under way; ask again in a moment");
}

bool request_answered(struct request *request, const struct store_answer *answer)
{
	struct problem problem = {.status = answer->status, .detail = answer->message};
	struct error ignored = ERROR_NONE;
	json_t *more = NULL;

	if (answer->outcome == STORE_OK)
		return true;
	if (answer->json == NULL || json_read((struct slice){answer->json, answer->len}, &more, &ignored) != 0)
		more = NULL;
	problem.code = json_text_of(more, "code");
	if (*problem.code == '\0')
		problem.code = answer->outcome == STORE_FAILED ? "our_fault" : "unavailable";
	problem.more = more;
	problem.retry_after = answer->outcome == STORE_LOST || answer->outcome == STORE_LATE ? 1 : 0;
	request_fail(request, &problem);
	json_decref(more);
	return false;
}

/* What most routes do: the function's answer is the answer. */
static void request_passed(void *arg, const struct store_answer *answer)
{
	struct request *request = arg;

	if (request_answered(request, answer))
		request_reply_json(request, request->route->status, (struct slice){answer->json, answer->len});
}

static bool request_refuse(struct request *request, int status, const char *code, const char *detail)
{
	struct problem problem = {.status = status, .code = code, .detail = detail};

	request_fail(request, &problem);
	return false;
}

/* False: answered already. */
static bool request_routed(struct request *request, struct route_match *match)
{
	const struct evhttp_uri *uri = evhttp_request_get_evhttp_uri(request->http);
	const char *path = uri ? evhttp_uri_get_path(uri) : NULL;
	enum evhttp_cmd_type method = evhttp_request_get_command(request->http);

	switch (route_find(method == EVHTTP_REQ_HEAD ? EVHTTP_REQ_GET : method, slice_of(path), match)) {
	case ROUTE_FOUND:
		request->route = match->route;
		return true;
	case ROUTE_NO_METHOD:
		evhttp_add_header(evhttp_request_get_output_headers(request->http), "Allow", match->allow);
		return request_refuse(request, 405, "no_method", "that cannot be done to this; the header Allow says what can");
	case ROUTE_NO_PATH:
	default:
		return request_refuse(request, 404, "no_route", "there is nothing at this path; GET /v1/help lists what there is");
	}
}

/* Who a feed's address says is asking, or NULL. */
static char *request_feed(const struct request *request)
{
	struct evkeyvalq query = {0};
	char *caller;

	if (evhttp_parse_query_str(request_query(request), &query) != 0)
		return NULL;
	caller = identity_feed(evhttp_find_header(&query, "token"));
	evhttp_clear_headers(&query);
	return caller;
}

static bool request_identified(struct request *request, const struct api_listener *listener)
{
	if (request->route->flags & ROUTE_OPEN)
		return true;
	request->caller = request->route->flags & ROUTE_FEED ? request_feed(request) : NULL;
	if (request->caller == NULL)
		request->caller = identity_caller(listener, request->http);
	if (*request->caller != '\0')
		return true;
	return request_refuse(request, 401, "bad_token", "say who you are: Authorization: Bearer TOKEN");
}

static bool request_key_is_good(const char *key)
{
	size_t len = strlen(key);

	for (size_t i = 0; i < len; i++)
		if (key[i] < 0x20 || key[i] > 0x7e)
			return false;
	return len >= 1 && len <= 128;
}

static bool request_keyed(struct request *request)
{
	const char *key = evhttp_find_header(evhttp_request_get_input_headers(request->http), "Idempotency-Key");

	if (request->route->method == EVHTTP_REQ_GET)
		return true;
	if (key == NULL || !request_key_is_good(key))
		return request_refuse(request, 400, "key_missing",
		    "a write needs the header Idempotency-Key with 1 to 128 printable ASCII characters");
	request->key = request_keep(request, slice_of(key));
	return true;
}

static bool request_checked(struct request *request, const struct route_match *match)
{
	struct evbuffer *input = evhttp_request_get_input_buffer(request->http);
	struct slice bytes = {(const char *)evbuffer_pullup(input, -1), evbuffer_get_length(input)};
	struct shape_fault fault = {0};
	struct shape_input parts = {
	    .shapes = request->route->shapes, .path = match->path, .query = request_query(request)};

	if (bytes.len > request->api->options.max_body) {
		error_set(&fault.error, E_TOO_BIG, "too_big", "the request has %zu bytes; at most %zu are taken", bytes.len,
		    request->api->options.max_body);
		request_fail_error(request, &fault.error, NULL);
		return false;
	}
	if (request->route->method != EVHTTP_REQ_GET && shape_body(bytes, &request->body, &fault) != 0) {
		request_fail_error(request, &fault.error, fault.member);
		return false;
	}
	parts.body = request->body;
	if (*parts.query == '\0')
		parts.query = NULL;
	if (shape_read(&parts, request->arena, &request->values, &fault) != 0) {
		request_fail_error(request, &fault.error, fault.member);
		return false;
	}
	return true;
}

void request_arrived(struct evhttp_request *http, void *arg)
{
	struct api_listener *listener = arg;
	struct request *request = request_new(listener->api, http);
	struct route_match match = {0};

	if (!request_routed(request, &match) || !request_identified(request, listener) || !request_keyed(request) ||
	    !request_checked(request, &match))
		return;
	if (request->route->handler != NULL)
		request->route->handler(request);
	else
		request_call(request, SLICE(""), request_passed);
}

void request_fail_all(struct api *api)
{
	while (api->requests != NULL) {
		struct request *request = api->requests;

		if (request->call != NULL)
			store_cancel(request->call);
		request_unavailable(request, "the service is stopping; ask again with the same idempotency key");
	}
}
