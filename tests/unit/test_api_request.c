/* A real service on a real Unix socket, with a store that answers from the test's script. */
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>
#include <event2/event.h>

#include "api/api.h"
#include "base/buf.h"
#include "store/store.h"

struct store_call {
	store_answer_fn *answered;
	void *arg;
	bool cancelled;
};

struct service {
	struct event_base *base;
	struct api *api;
	char path[64];
	struct store_answer script; /* what the store answers */
	bool silent;                /* it never does */
	bool full;                  /* it takes no call */
	struct store_call call;
	char function[64], caller[256], request[4096];
	int calls;
};

static struct service *served;

static void fake_answer(evutil_socket_t fd, short what, void *arg)
{
	struct store_call *call = arg;

	(void)fd;
	(void)what;
	if (!call->cancelled)
		call->answered(call->arg, &served->script);
}

struct store_call *store_call(struct store *store, const char *function, const char *caller,
    const char *request, store_answer_fn *answered, void *arg)
{
	struct timeval now = {0, 0};

	(void)store;
	if (served->full)
		return NULL;
	served->calls++;
	(void)snprintf(served->function, sizeof served->function, "%s", function);
	(void)snprintf(served->caller, sizeof served->caller, "%s", caller);
	(void)snprintf(served->request, sizeof served->request, "%s", request);
	served->call = (struct store_call){.answered = answered, .arg = arg};
	if (!served->silent)
		event_base_once(served->base, -1, EV_TIMEOUT, fake_answer, &served->call, &now);
	return &served->call;
}

void store_cancel(struct store_call *call)
{
	call->cancelled = true;
}

bool store_ready(const struct store *store)
{
	return store != NULL;
}

static int set_up(void **state)
{
	struct service *service = calloc(1, sizeof *service);
	struct api_options options = {.group = (gid_t)-1, .max_body = 1000, .version = "7"};
	struct error error = ERROR_NONE;

	(void)snprintf(service->path, sizeof service->path, "/tmp/mandate-test-%d.sock", (int)getpid());
	options.socket = service->path;
	service->base = event_base_new();
	service->api = api_open(service->base, &options, &error);
	if (service->api == NULL)
		fail_msg("%s", error.message);
	api_set_store(service->api, (struct store *)service);
	service->script = (struct store_answer){.outcome = STORE_OK, .status = 200, .json = "{\"a\":1}", .len = 7};
	*state = served = service;
	return 0;
}

static int tear_down(void **state)
{
	struct service *service = *state;

	api_close(service->api);
	event_base_free(service->base);
	assert_int_equal(access(service->path, F_OK), -1);
	free(service);
	return 0;
}

static int join(const struct service *service)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);

	memcpy(address.sun_path, service->path, strlen(service->path) + 1);
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
	return fd;
}

/* Sends the bytes; everything that comes back within so many turns, or until the server closes. */
static const char *talk(struct service *service, const char *bytes, size_t len)
{
	static char answer[65536];
	size_t have = 0;
	int fd = join(service);

	assert_int_equal(write(fd, bytes, len), (ssize_t)len);
	for (int turn = 0; turn < 60; turn++) {
		ssize_t got;

		event_base_loop(service->base, EVLOOP_NONBLOCK);
		got = read(fd, answer + have, sizeof answer - 1 - have);
		if (got == 0)
			break;
		if (got > 0)
			have += (size_t)got;
		else
			usleep(1000);
	}
	close(fd);
	event_base_loop(service->base, EVLOOP_NONBLOCK);
	answer[have] = '\0';
	return answer;
}

static const char *ask(struct service *service, const char *method, const char *path,
    const char *headers, const char *body)
{
	struct buf out;
	const char *answer;

	buf_init(&out, BUF_MAX_BODY);
	buf_printf(&out, "%s %s HTTP/1.1\r\nHost: m\r\n%sContent-Length: %zu\r\n\r\n%s", method, path, headers,
	    strlen(body), body);
	answer = talk(service, buf_text(&out), out.len);
	buf_release(&out);
	return answer;
}

static size_t count(const char *text, const char *what)
{
	size_t n = 0;

	while ((text = strstr(text, what)) != NULL) {
		text += strlen(what);
		n++;
	}
	return n;
}

static void holds(const char *answer, const char *what)
{
	if (strstr(answer, what) == NULL)
		fail_msg("no \"%s\" in:\n%s", what, answer);
}

static void a_read_passes_the_answer_through(void **state)
{
	struct service *service = *state;
	const char *answer = ask(service, "GET", "/v1/obligations/A%2FRES%2F59%2F157%3A9?as_of=2005-06-30", "", "");
	char caller[64];

	holds(answer, "HTTP/1.1 200 OK\r\n");
	holds(answer, "\r\n\r\n{\"a\":1}");
	holds(answer, "X-Request-Id: ");
	assert_int_equal(count(answer, "HTTP/1.1"), 1);
	assert_string_equal(service->function, "api.obligation_show");
	assert_string_equal(service->request, "{\"ref\":\"A/RES/59/157:9\",\"as_of\":\"2005-06-30\"}");
	(void)snprintf(caller, sizeof caller, "{\"uid\":%u}", (unsigned)getuid());
	assert_string_equal(service->caller, caller);
	assert_int_equal(api_outstanding(service->api), 0);
}

static void a_write_without_a_key_is_refused(void **state)
{
	struct service *service = *state;

	holds(ask(service, "POST", "/v1/updates", "", "{\"references\":[\"9\"]}"), "\"code\":\"key_missing\"");
	assert_int_equal(service->calls, 0);
}

static void a_write_takes_its_key_along(void **state)
{
	struct service *service = *state;
	const char *answer =
	    ask(service, "POST", "/v1/updates", "Idempotency-Key: one two\r\n", "{\"references\":[\"9\"]}");

	holds(answer, "HTTP/1.1 201 Created");
	assert_string_equal(service->request, "{\"references\":[\"9\"],\"key\":\"one two\"}");
}

static void a_refusal_becomes_a_problem_document(void **state)
{
	struct service *service = *state;
	static const char detail[] = "{\"code\":\"version_conflict\",\"current\":{\"version\":3},\"status\":1}";
	const char *answer;

	service->script = (struct store_answer){.outcome = STORE_REFUSED, .status = 409, .json = detail,
	    .len = sizeof detail - 1, .message = "somebody was faster"};
	answer = ask(service, "GET", "/v1/me", "", "");
	holds(answer, "HTTP/1.1 409 Conflict");
	holds(answer, "application/problem+json");
	holds(answer, "{\"status\":409,\"title\":\"Conflict\",\"detail\":\"somebody was faster\"");
	holds(answer, "\"code\":\"version_conflict\"");
	holds(answer, "\"current\":{\"version\":3}");
}

static void a_store_that_takes_no_call_is_503_with_retry_after(void **state)
{
	struct service *service = *state;
	const char *answer;

	service->full = true;
	answer = ask(service, "GET", "/v1/me", "", "");
	holds(answer, "HTTP/1.1 503 ");
	holds(answer, "Retry-After: ");
	api_set_store(service->api, NULL);
	holds(ask(service, "GET", "/v1/me", "", ""), "HTTP/1.1 503 ");
	holds(ask(service, "GET", "/healthz", "", ""), "HTTP/1.1 503 ");
	holds(ask(service, "GET", "/v1/version", "", ""), "\"version\":\"7\"");
}

static void a_body_over_the_limit_is_413(void **state)
{
	struct service *service = *state;
	static char body[2001];

	memset(body, 'x', sizeof body - 1);
	holds(ask(service, "POST", "/v1/updates", "Idempotency-Key: k\r\n", body), "\"code\":\"too_big\"");
}

static void a_client_that_leaves_does_no_harm(void **state)
{
	struct service *service = *state;
	static const char bytes[] = "GET /v1/me HTTP/1.1\r\nHost: m\r\n\r\n";
	int fd = join(service);

	assert_int_equal(write(fd, bytes, sizeof bytes - 1), sizeof bytes - 1);
	service->silent = true;
	for (int turn = 0; turn < 10; turn++)
		event_base_loop(service->base, EVLOOP_NONBLOCK);
	assert_int_equal(api_outstanding(service->api), 1);
	close(fd);
	fake_answer(-1, 0, &service->call);
	for (int turn = 0; turn < 10; turn++)
		event_base_loop(service->base, EVLOOP_NONBLOCK);
	assert_int_equal(api_outstanding(service->api), 0);
}

static void closing_answers_what_is_under_way(void **state)
{
	struct service *service = *state;

	service->silent = true;
	(void)ask(service, "GET", "/v1/me", "", "");
	assert_int_equal(api_outstanding(service->api), 1);
	/* tear_down closes: libevent would stop the process if a request were answered after. */
}

static void went_idle(void *arg)
{
	*(bool *)arg = true;
}

static void stopping_waits_for_the_last_answer(void **state)
{
	struct service *service = *state;
	bool idle = false;

	service->silent = true;
	(void)ask(service, "GET", "/v1/me", "", "");
	api_stop(service->api, went_idle, &idle);
	for (int turn = 0; turn < 20 && !idle; turn++) {
		event_base_loop(service->base, EVLOOP_NONBLOCK);
		usleep(10000);
	}
	assert_false(idle);
	fake_answer(-1, 0, &service->call);
	for (int turn = 0; turn < 100 && !idle; turn++) {
		event_base_loop(service->base, EVLOOP_NONBLOCK);
		usleep(10000);
	}
	assert_true(idle);
}

static void a_socket_that_is_answered_is_not_taken(void **state)
{
	struct service *service = *state;
	struct api_options options = {.group = (gid_t)-1, .socket = service->path};
	struct error error = ERROR_NONE;

	assert_null(api_open(service->base, &options, &error));
	assert_int_equal(error.code, E_CONFLICT);
	assert_int_equal(access(service->path, F_OK), 0);
}

static void plain_tcp_stays_on_the_loopback(void **state)
{
	struct service *service = *state;
	struct api_options options = {.group = (gid_t)-1, .listen = "0.0.0.0:0"};
	struct error error = ERROR_NONE;

	assert_null(api_open(service->base, &options, &error));
	assert_int_equal(error.code, E_INPUT);
}

#define SERVED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SERVED(a_read_passes_the_answer_through),
		SERVED(a_write_without_a_key_is_refused),
		SERVED(a_write_takes_its_key_along),
		SERVED(a_refusal_becomes_a_problem_document),
		SERVED(a_store_that_takes_no_call_is_503_with_retry_after),
		SERVED(a_body_over_the_limit_is_413),
		SERVED(a_client_that_leaves_does_no_harm),
		SERVED(closing_answers_what_is_under_way),
		SERVED(stopping_waits_for_the_last_answer),
		SERVED(a_socket_that_is_answered_is_not_taken),
		SERVED(plain_tcp_stays_on_the_loopback),
	};

	signal(SIGPIPE, SIG_IGN); /* as the daemon does */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
