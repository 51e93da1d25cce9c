/*
 * An answer that is sent in pieces. The next piece is made when the client has taken the last one; if the client
 * goes, or the daemon stops, what is under way is dropped. An answer that breaks off ends without its last
 * chunk, so that a client can tell.
 */
#include <assert.h>

#include <event2/buffer.h>

#include "request_own.h"
#include "server.h"

void request_set_state(struct request *request, void *state, void (*release)(void *state))
{
	request->state = state;
	request->release = release;
}

void *request_state(const struct request *request)
{
	return request->state;
}

void request_stream_begin(struct request *request, int status, const char *type)
{
	request->streams = true;
	request->connection = evhttp_request_get_connection(request->http);
	request_headers(request, type);
	evhttp_send_reply_start(request->http, status, "OK");
}

static void request_stream_sent(struct evhttp_connection *connection, void *arg)
{
	struct request *request = arg;
	void (*more)(void *state) = request->more;

	(void)connection;
	request->more = NULL;
	if (more != NULL)
		more(request->state);
}

static void request_stream_end(struct request *request)
{
	evhttp_send_reply_end(request->http);
	request_free(request);
}

void request_stream_send(struct request *request, struct buf *piece, void (*more)(void *state))
{
	bool head = evhttp_request_get_command(request->http) == EVHTTP_REQ_HEAD;
	struct evbuffer *bytes;

	/* The client has gone, or asked for the head alone. */
	if (evhttp_request_get_connection(request->http) == NULL || head) {
		request_stream_end(request);
		return;
	}
	bytes = evbuffer_new();
	evbuffer_add(bytes, piece->at, piece->len);
	buf_clear(piece);
	request->more = more;
	if (evbuffer_get_length(bytes) > 0)
		evhttp_send_reply_chunk_with_cb(request->http, bytes, more ? request_stream_sent : NULL, request);
	evbuffer_free(bytes);
	if (more == NULL)
		request_stream_end(request);
}

static void request_stream_woken(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	request_stream_sent(NULL, arg);
}

void request_stream_later(struct request *request, void (*more)(void *state))
{
	const struct timeval now = {0, 0};

	request->more = more;
	if (request->later == NULL)
		request->later = evtimer_new(request->api->base, request_stream_woken, request);
	evtimer_add(request->later, &now);
}

void request_stream_abort(struct request *request)
{
	struct evhttp_connection *connection = evhttp_request_get_connection(request->http);
	struct evhttp_request *http = request->http;

	request->connection = NULL;
	if (request->call != NULL)
		store_cancel(request->call);
	request_free(request);
	if (connection != NULL)
		evhttp_connection_free(connection); /* and its request with it */
	else
		evhttp_send_reply_end(http); /* nobody is there: frees it */
}

void request_connection_closed(struct api *api, const struct evhttp_connection *connection)
{
	for (struct request *r = api->requests, *next; r != NULL; r = next) {
		next = r->next;
		if (r->streams && r->connection == connection)
			request_stream_abort(r);
	}
}
