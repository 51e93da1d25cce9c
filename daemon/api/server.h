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

struct api {
	struct event_base *base;
	struct api_options options; /* its texts belong to the api */
	struct api_listener unix_side, tcp_side;
	struct store *store;
	SSL_CTX *tls;
	int schema;
	int64_t started_at; /* clock_now */
	size_t outstanding;
	struct event *stopping; /* looks whether all is answered */
	int64_t stop_by;        /* clock_ticks */
	int quiet;              /* looks in a row without a request under way */
	void (*idle)(void *arg);
	void *idle_arg;
	bool owns_socket; /* made the socket's file, so removes it */
	struct request *requests; /* under way */
};

/* Opens the listening sockets of the options. */
MUST_CHECK int listen_open(struct api *api, struct error *error);
void listen_close(struct api *api);
/* A TLS context from the options' files. */
MUST_CHECK int listen_tls(const struct api_options *options, SSL_CTX **ret, struct error *error);

/* evhttp's callback for every request; arg is the listener. */
void request_arrived(struct evhttp_request *http, void *arg);
/* Answers 503 to all that is under way. */
void request_fail_all(struct api *api);

void api_log(const struct api *api, int priority, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Who asks, as the caller object of the SQL functions; "" where nobody can be made out. The text
 * is to be freed. */
char *identity_caller(const struct api_listener *listener, struct evhttp_request *http);

#endif
