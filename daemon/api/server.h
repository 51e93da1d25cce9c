#ifndef MANDATE_API_SERVER_H
#define MANDATE_API_SERVER_H

#include <event2/event.h>
#include <event2/http.h>
#include <openssl/ssl.h>

#include "api.h"

/* The service's own state. Inside the room only. */
struct api_listener {
	struct api *api;
	struct evhttp *http;
	struct evhttp_bound_socket *bound[8];
	size_t bound_count;
	bool local; /* a Unix socket: the kernel says who asks */
};

#define API_HUNDREDS 5

struct api {
	struct event_base *base;
	struct api_options options; /* its texts belong to the api */
	struct api_listener unix_side, tcp_side;
	struct store *store;
	SSL_CTX *tls;
	int schema;
	int64_t started_at; /* clock_now */
	size_t outstanding;
	uint64_t answered[API_HUNDREDS]; /* requests, by the hundreds of their status */
	struct event *stopping; /* looks whether all is answered */
	int64_t stop_by;        /* clock_ticks */
	int quiet;              /* looks in a row without a request under way */
	void (*idle)(void *arg);
	void *idle_arg;
	bool owns_socket; /* made the socket's file, so removes it */
	struct request *requests; /* under way */
	struct connection *connections;
	struct event *sweep; /* once a second */
	uint32_t ticks;      /* sweeps so far, from 1 */
};

/* Opens the listening sockets of the options. */
MUST_CHECK int listen_open(struct api *api, struct error *error);
void listen_close(struct api *api);
/* A TLS context from the options' files. */
MUST_CHECK int listen_tls(const struct api_options *options, SSL_CTX **ret, struct error *error);

/* Gives evhttp the options' limits. */
void listen_limit(struct api_listener *listener);

/* evhttp's way to a bufferevent; arg is the listener. */
struct bufferevent *connection_accepted(struct event_base *base, void *arg);
/* Closes connections whose request takes too long to arrive. */
void connection_sweep(struct api *api);
/* Whether bytes of an answer are still to be sent. */
bool connection_any_unsent(const struct api *api);

/* Whether a request of this connection is under way. */
bool request_is_on(const struct api *api, const struct evhttp_connection *connection);
/* evhttp's callback for every request; arg is the listener. */
void request_arrived(struct evhttp_request *http, void *arg);
/* Drops the answers in pieces that a connection was being sent. */
void request_connection_closed(struct api *api, const struct evhttp_connection *connection);
/* Answers 503 to all that is under way. */
void request_fail_all(struct api *api);

void api_log(const struct api *api, int priority, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Who asks, as the caller object of the SQL functions; "" where nobody can be made out. The text
 * is to be freed. */
char *identity_caller(const struct api_listener *listener, struct evhttp_request *http);
/* The same for a feed, whose address has the secret; NULL where it has none. */
char *identity_feed(const char *secret);

#endif
