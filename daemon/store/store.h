#ifndef MANDATE_STORE_H
#define MANDATE_STORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/*
 * The one way to PostgreSQL: a pool of asynchronous connections in pipeline
 * mode on the event loop. One call is one SQL function, one statement, one
 * transaction, one answer. Everything happens on the loop's thread.
 */
struct event_base;
struct store;
struct store_call;

enum store_outcome {
	STORE_OK,      /* json is what the function returned */
	STORE_REFUSED, /* the function raised MDxyz; status is xyz */
	STORE_FAILED,  /* the database raised something else: our fault */
	STORE_LOST,    /* the connection went: written or not, nobody knows */
	STORE_LATE,    /* past the deadline */
};

/* Valid only during the callback. */
struct store_answer {
	enum store_outcome outcome;
	int status;          /* an HTTP status */
	const char *json;    /* STORE_OK: the answer; else the DETAIL object, or NULL */
	size_t len;
	const char *message; /* not STORE_OK: for the user */
};

typedef void store_answer_fn(void *arg, const struct store_answer *answer);

/* priority is a syslog priority. */
typedef void store_log_fn(void *arg, int priority, const char *line);

struct store_options {
	const char *database;  /* libpq connection string of the pool's role */
	int connections;       /* how many the pool keeps */
	int max_calls;         /* outstanding calls; past it store_call returns NULL */
	int call_seconds;      /* a call that takes longer is answered STORE_LATE */
	store_log_fn *log;            /* or NULL */
	void *log_arg;
	const char *const *functions; /* to be prepared on each connection, NULL-terminated, "api.…" */
};

/* Starts connecting; strings in options must live as long as the store. */
struct store *store_open(struct event_base *base, const struct store_options *options);
/* How long the calls from now on may take. */
void store_set_seconds(struct store *store, int call_seconds);
/* Whether at least one connection is prepared. */
bool store_ready(const struct store *store);
/* How many connections can be asked now. */
int store_connected(const struct store *store);
size_t store_outstanding(const struct store *store);
/*
 * Runs select FUNCTION(caller::jsonb, request::jsonb)::text. The texts are copied.
 * Never calls answered() before it returns. NULL: too many calls, or no connection
 * (the caller answers 503 with Retry-After). A call that was lost is tried once more
 * on another connection: reads may be repeated, and writes carry an idempotency key.
 */
struct store_call *store_call(struct store *store, const char *function, const char *caller,
    const char *request, store_answer_fn *answered, void *arg);
/* Forgets the callback; the call keeps its place in the queue. */
void store_cancel(struct store_call *call);
/* After the last answer; callbacks of what is still outstanding get STORE_LOST first. */
void store_close(struct store *store);

#endif
