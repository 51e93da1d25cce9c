/* The service as a whole: opened, told of its store, stopped in order. */
#include "server.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "base/alloc.h"
#include "base/clock.h"

#define STOP_LOOKS_MS 20
#define STOP_QUIET_LOOKS 3 /* so many looks in a row without a request under way or bytes to send */

void api_log(const struct api *api, int priority, const char *format, ...)
{
	char *line = NULL;
	va_list args;

	if (api->options.log == NULL)
		return;
	va_start(args, format);
	if (vasprintf(&line, format, args) >= 0)
		api->options.log(api->options.log_arg, priority, line);
	va_end(args);
	free(line);
}

static char *api_copy(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

static void api_defaults(struct api_options *options)
{
	options->socket = api_copy(options->socket);
	options->listen = api_copy(options->listen);
	options->tls_certificate = api_copy(options->tls_certificate);
	options->tls_key = api_copy(options->tls_key);
	options->version = api_copy(options->version);
	if (options->mode == 0)
		options->mode = 0660;
	if (options->max_body == 0)
		options->max_body = (size_t)16 << 20;
	if (options->max_headers == 0)
		options->max_headers = (size_t)16 << 10;
	if (options->request_seconds == 0)
		options->request_seconds = 30;
}

static void api_swept(evutil_socket_t fd, short what, void *arg)
{
	struct api *api = arg;

	(void)fd;
	(void)what;
	if (++api->ticks == 0)
		api->ticks = 1;
	connection_sweep(api);
}

struct api *api_open(struct event_base *base, const struct api_options *options, struct error *error)
{
	struct api *api = xcalloc(1, sizeof *api);

	api->base = base;
	api->options = *options;
	api->started_at = clock_now();
	api_defaults(&api->options);
	api->ticks = 1;
	api->sweep = event_new(base, -1, EV_PERSIST, api_swept, api);
	event_add(api->sweep, &(struct timeval){1, 0});
	if (listen_open(api, error) != 0) {
		api_close(api);
		return NULL;
	}
	api->options.activated = NULL; /* the caller's array; the sockets are ours now */
	return api;
}

void api_set_store(struct api *api, struct store *store)
{
	api->store = store;
}

void api_set_schema(struct api *api, int schema)
{
	api->schema = schema;
}

static bool api_differs(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") != 0;
}

int api_reload(struct api *api, const struct api_options *options, char **ret_ignored, struct error *error)
{
	struct api_listener *sides[] = {&api->unix_side, &api->tcp_side};
	SSL_CTX *tls = NULL;

	if (ret_ignored != NULL)
		*ret_ignored = api_differs(options->socket, api->options.socket) || api_differs(options->listen, api->options.listen)
		    ? xstrdup("socket, listen")
		    : NULL;
	if (api->tls != NULL && options->tls_certificate != NULL) {
		int code = listen_tls(options, &tls, error);

		if (code != 0)
			return code;
		SSL_CTX_free(api->tls); /* connections under way hold it for themselves */
		api->tls = tls;
	}
	if (options->max_body > 0)
		api->options.max_body = options->max_body;
	if (options->request_seconds > 0)
		api->options.request_seconds = options->request_seconds;
	for (size_t i = 0; i < 2; i++) {
		if (sides[i]->http == NULL)
			continue;
		listen_limit(sides[i]);
	}
	return 0;
}

/* Idle when nothing has been under way for a moment and the last bytes are out. */
static void api_stop_look(evutil_socket_t fd, short what, void *arg)
{
	struct api *api = arg;

	(void)fd;
	(void)what;
	api->quiet = api->outstanding == 0 && !connection_any_unsent(api) ? api->quiet + 1 : 0;
	if (api->quiet < STOP_QUIET_LOOKS && clock_ticks() < api->stop_by)
		return;
	event_del(api->stopping);
	api->idle(api->idle_arg);
}

void api_stop(struct api *api, void (*idle)(void *arg), void *arg)
{
	struct timeval look = {0, STOP_LOOKS_MS * 1000};

	listen_close(api);
	api->idle = idle;
	api->idle_arg = arg;
	api->stop_by = clock_ticks() + (int64_t)api->options.request_seconds * 1000;
	api->stopping = event_new(api->base, -1, EV_PERSIST, api_stop_look, api);
	event_add(api->stopping, &look);
}

uint64_t api_answered(const struct api *api, int hundreds)
{
	return hundreds >= 1 && hundreds <= API_HUNDREDS ? api->answered[hundreds - 1] : 0;
}

size_t api_outstanding(const struct api *api)
{
	return api->outstanding;
}

/* First every request is answered, then evhttp goes: the other order aborts inside libevent. */
void api_close(struct api *api)
{
	if (api == NULL)
		return;
	listen_close(api);
	request_fail_all(api);
	if (api->unix_side.http != NULL)
		evhttp_free(api->unix_side.http);
	if (api->tcp_side.http != NULL)
		evhttp_free(api->tcp_side.http);
	if (api->stopping != NULL)
		event_free(api->stopping);
	event_free(api->sweep);
	SSL_CTX_free(api->tls);
	free((char *)(uintptr_t)api->options.socket);
	free((char *)(uintptr_t)api->options.listen);
	free((char *)(uintptr_t)api->options.tls_certificate);
	free((char *)(uintptr_t)api->options.tls_key);
	free((char *)(uintptr_t)api->options.version);
	free(api);
}
