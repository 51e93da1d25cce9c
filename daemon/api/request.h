#ifndef MANDATE_API_REQUEST_H
#define MANDATE_API_REQUEST_H

#include <jansson.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/slice.h"
#include "store/store.h"

/*
 * The life of one request, from evhttp's callback to its one answer. A handler
 * either answers at once or starts a call and returns; its continuation
 * answers. Answering frees the request: nothing may touch it after.
 */
struct api;
struct request;
struct route;
struct shape_values;

/* What a problem document says. */
struct problem {
	int status;
	const char *code;   /* a short stable word */
	const char *detail; /* for the user */
	const char *member; /* which member of the request, or NULL or "" */
	json_t *more;       /* further members, borrowed, or NULL */
	int retry_after;    /* seconds, or 0 */
};

struct api *request_api(const struct request *request);
const struct route *request_route(const struct request *request);
const struct shape_values *request_values(const struct request *request);
/* The query as it came, still encoded; "" without one. */
const char *request_query(const struct request *request);
/* Text that lives as long as the request. */
char *request_keep(struct request *request, struct slice text);
/* What a handler keeps for its continuation; lives as long as the request. */
void request_set_note(struct request *request, const char *note);
const char *request_note(const struct request *request);

/* Calls the route's function with what came in, plus `more` (members without the
 * braces, may be empty). Answers 503 where there is no database or no room. */
void request_call(struct request *request, struct slice more, store_answer_fn *answered);
/* From answered(): true where the answer is good; else the request has been answered
 * with the problem. */
bool request_answered(struct request *request, const struct store_answer *answer);

/* Answers with bytes of a media type. */
void request_reply(struct request *request, int status, const char *type, struct slice bytes);
/* Answers with JSON. */
void request_reply_json(struct request *request, int status, struct slice json);
/* Answers with a buffer's bytes, which it takes without copying. */
void request_reply_take(struct request *request, int status, const char *type, struct buf *take);
/* Answers with a problem document. */
void request_fail(struct request *request, const struct problem *problem);
/* Answers with an error: its code chooses the status, its name is the code. */
void request_fail_error(struct request *request, const struct error *error, const char *member);

/* What a handler of an answer in pieces keeps; released with the request. */
void request_set_state(struct request *request, void *state, void (*release)(void *state));
void *request_state(const struct request *request);
/*
 * An answer in pieces: begin, then send again and again; more(state) is called when the client has taken the
 * piece, which is emptied. With more NULL it was the last, and the request is gone. Between two
 * pieces request_call may be used; if the client goes meanwhile, state is released and nothing is called.
 */
void request_stream_begin(struct request *request, int status, const char *type);
void request_stream_send(struct request *request, struct buf *piece, void (*more)(void *state));
/* Calls more on another turn of the loop. */
void request_stream_later(struct request *request, void (*more)(void *state));
/* Breaks the answer off and closes the connection; the request is gone. */
void request_stream_abort(struct request *request);

/* Handlers; which is for which stands in the table of routes. */
void doctor_get(struct request *request);
void health_get(struct request *request);
void metrics_get(struct request *request);
void help_filter_get(struct request *request);
void help_get(struct request *request);
void report_get(struct request *request);
void deadlines_get(struct request *request);
void changes_get(struct request *request);
void calendar_get(struct request *request);
void resolution_akn_get(struct request *request);
void resolution_post(struct request *request);
void schedule_post(struct request *request);
void token_post(struct request *request);
void version_get(struct request *request);

#endif
