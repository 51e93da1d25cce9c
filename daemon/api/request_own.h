#ifndef MANDATE_API_REQUEST_OWN_H
#define MANDATE_API_REQUEST_OWN_H

#include <event2/event.h>
#include <event2/http.h>

#include "request.h"
#include "shape.h"

/* What request.c and request_stream.c share. */
#define REQUEST_ID 17

struct request {
	struct request *next, *previous; /* of those under way */
	struct api *api;
	struct evhttp_request *http;
	const struct route *route;
	struct arena *arena;
	struct shape_values values;
	json_t *body;
	char *caller;
	const char *note; /* of the handler for its continuation */
	const char *key; /* idempotency key of a write */
	store_answer_fn *answered;
	struct store_call *call;
	char id[REQUEST_ID];
	/* Of an answer in pieces. */
	bool streams;
	struct evhttp_connection *connection; /* to know it again when it closes */
	void *state;
	void (*release)(void *state);
	void (*more)(void *state); /* when the last piece is out */
	struct event *later;
};

void request_headers(struct request *request, const char *type);
void request_free(struct request *request);

#endif
