/*
 * evhttp's connections, as far as it does not look after them itself. Its
 * timeout starts again with every byte, so a client that sends one byte a
 * second would stay for ever: here a whole request has so many seconds to
 * arrive. And stopping must know whether answers are still on their way out.
 *
 * The record is made with the bufferevent; on the next turn of the loop, before
 * anything can have been read, evhttp has its own connection in place (it is
 * the argument of the bufferevent's callbacks), whose close callback frees the
 * record.
 */
#include <stdlib.h>

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/bufferevent_ssl.h>

#include "base/alloc.h"
#include "server.h"

struct connection {
	struct api *api;
	struct bufferevent *stream;
	struct evhttp_connection *http;
	struct connection *previous, *next;
	uint32_t since; /* the tick in which the request under way began to arrive; 0: none */
};

static void connection_closed(struct evhttp_connection *http, void *arg)
{
	struct connection *connection = arg;

	request_connection_closed(connection->api, http);
	if (connection->previous != NULL)
		connection->previous->next = connection->next;
	else
		connection->api->connections = connection->next;
	if (connection->next != NULL)
		connection->next->previous = connection->previous;
	free(connection);
}

static void connection_read(struct evbuffer *input, const struct evbuffer_cb_info *info, void *arg)
{
	struct connection *connection = arg;

	(void)input;
	if (info->n_added > 0 && connection->since == 0)
		connection->since = connection->api->ticks;
}

static void connection_written(struct evbuffer *output, const struct evbuffer_cb_info *info, void *arg)
{
	struct connection *connection = arg;

	(void)output;
	if (info->n_added > 0)
		connection->since = 0;
}

/* evhttp has its connection in place. */
static void connection_placed(evutil_socket_t fd, short what, void *arg)
{
	struct connection *connection = arg;
	void *http = NULL;

	(void)fd;
	(void)what;
	bufferevent_getcb(connection->stream, NULL, NULL, NULL, &http);
	connection->http = http;
	evhttp_connection_set_closecb(http, connection_closed, connection);
	evbuffer_add_cb(bufferevent_get_input(connection->stream), connection_read, connection);
	evbuffer_add_cb(bufferevent_get_output(connection->stream), connection_written, connection);
}

static struct bufferevent *connection_stream(struct event_base *base, const struct api_listener *listener)
{
	SSL *tls;

	if (listener->local || listener->api->tls == NULL)
		return bufferevent_socket_new(base, -1, 0);
	tls = SSL_new(listener->api->tls);
	if (tls == NULL)
		return NULL;
	return bufferevent_openssl_socket_new(base, -1, tls, BUFFEREVENT_SSL_ACCEPTING, BEV_OPT_CLOSE_ON_FREE);
}

struct bufferevent *connection_accepted(struct event_base *base, void *arg)
{
	const struct timeval now = {0, 0};
	const struct api_listener *listener = arg;
	struct api *api = listener->api;
	struct bufferevent *stream = connection_stream(base, listener);
	struct connection *connection;

	if (stream == NULL)
		return NULL;
	connection = xcalloc(1, sizeof *connection);
	connection->api = api;
	connection->stream = stream;
	connection->since = api->ticks;
	connection->next = api->connections;
	if (connection->next != NULL)
		connection->next->previous = connection;
	api->connections = connection;
	event_base_once(base, -1, EV_TIMEOUT, connection_placed, connection, &now);
	return stream;
}

void connection_sweep(struct api *api)
{
	uint32_t limit = (uint32_t)api->options.request_seconds;
	struct connection *connection, *next;

	for (connection = api->connections; connection != NULL; connection = next) {
		next = connection->next;
		if (connection->http != NULL && connection->since != 0 && api->ticks - connection->since > limit &&
		    !request_is_on(api, connection->http))
			evhttp_connection_free(connection->http);
	}
}

bool connection_any_unsent(const struct api *api)
{
	for (const struct connection *c = api->connections; c != NULL; c = c->next)
		if (evbuffer_get_length(bufferevent_get_output(c->stream)) > 0)
			return true;
	return false;
}
