#ifndef MANDATE_STORE_CONNECTION_H
#define MANDATE_STORE_CONNECTION_H

#include <stdint.h>

#include <event2/event.h>
#include <libpq-fe.h>

#include "store.h"

/*
 * One connection of the pool: a state machine over libpq's asynchronous calls in
 * pipeline mode. Each call is one segment with a sync of its own, so two clients'
 * writes never share a transaction. Inside the store only.
 */
enum connection_state {
	CONNECTION_WAITING,    /* for the next attempt */
	CONNECTION_CONNECTING, /* libpq is shaking hands */
	CONNECTION_PREPARING,  /* one segment prepares every function */
	CONNECTION_READY,
};

struct store_call {
	struct store_call *next;
	struct store *store;
	int function; /* index into the store's functions; -1: the preparing segment */
	char *caller, *request;
	store_answer_fn *answered; /* NULL: nobody waits any more */
	void *arg;
	int64_t give_up_at; /* clock_ticks */
	bool retried;
	PGresult *result; /* of the statement, until the sync says that it stands */
};

/* Calls in the order in which their answers come. */
struct call_queue {
	struct store_call *first, **last;
	size_t count;
};

void call_queue_init(struct call_queue *queue);
void call_queue_put(struct call_queue *queue, struct store_call *call);
struct store_call *call_queue_take(struct call_queue *queue);

struct connection {
	struct store *store;
	int number;
	enum connection_state state;
	PGconn *pg;
	struct event *reading, *writing, *timer, *kick;
	struct call_queue queue;
	int failures; /* in a row, for the backoff */
	int64_t answered_at; /* or began to wait: clock_ticks */
};

void connection_init(struct connection *connection, struct store *store, int number);
void connection_start(struct connection *connection);
/* Sends a call; its answer comes to pool_call_done. */
void connection_send(struct connection *connection, struct store_call *call);
/* Gives a connection up that has been silent for so long with calls under way. */
void connection_check(struct connection *connection, int64_t now, int64_t patience);
void connection_release(struct connection *connection);

/* What the pool offers to its connections. */
struct event_base *pool_base(const struct store *store);
const char *pool_database(const struct store *store);
const char *pool_function(const struct store *store, int function); /* NULL past the last */
void pool_log(struct store *store, int priority, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The segment is over: call->result holds what came. Takes the call. */
void pool_call_done(struct store *store, struct store_call *call);
/* The connection went with the call under way. Takes the call. */
void pool_call_lost(struct store *store, struct store_call *call);
void pool_connection_ready(struct store *store);

#endif
