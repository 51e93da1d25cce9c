#include "connection.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "answer.h"
#include "base/alloc.h"
#include "base/buf.h"
#include "base/clock.h"

struct store {
	struct event_base *base;
	struct store_options options;
	struct connection *connections;
	struct call_queue waiting; /* lost once, for the next connection that is ready */
	struct event *tick;
	size_t outstanding;
	bool closing;
};

struct event_base *pool_base(const struct store *store)
{
	return store->base;
}

const char *pool_database(const struct store *store)
{
	return store->options.database;
}

const char *pool_function(const struct store *store, int function)
{
	return store->options.functions[function];
}

void pool_log(struct store *store, int priority, const char *format, ...)
{
	struct buf line;
	va_list args;
	char *text = NULL;

	if (store->options.log == NULL)
		return;
	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		text = NULL;
	va_end(args);
	buf_init(&line, BUF_MAX_LINE);
	buf_append_text(&line, text ? text : "");
	store->options.log(store->options.log_arg, priority, buf_text(&line));
	buf_release(&line);
	free(text);
}

static void call_free(struct store_call *call)
{
	call->store->outstanding--;
	PQclear(call->result);
	free(call->caller);
	free(call->request);
	free(call);
}

static void call_answer(struct store_call *call, const struct store_answer *answer)
{
	store_answer_fn *answered = call->answered;

	call->answered = NULL;
	if (answered != NULL)
		answered(call->arg, answer);
}

static void call_answer_plain(struct store_call *call, enum store_outcome outcome)
{
	static const char *const messages[] = {
	    [STORE_LOST] = "the connection to the database was lost; what was asked may or may not have "
	                   "been done; ask again with the same idempotency key",
	    [STORE_LATE] = "the database did not answer in time; ask again with the same idempotency key",
	};
	struct store_answer answer = {.outcome = outcome, .status = outcome == STORE_LATE ? 504 : 503,
	    .message = messages[outcome]};

	call_answer(call, &answer);
}

/* The least loaded connection that is ready. */
static struct connection *pool_choose(struct store *store)
{
	struct connection *best = NULL;

	for (int i = 0; i < store->options.connections; i++) {
		struct connection *c = &store->connections[i];

		if (c->state == CONNECTION_READY && (best == NULL || c->queue.count < best->queue.count))
			best = c;
	}
	return best;
}

/* A call may be repeated once: it wrote nothing (its transaction was undone), or it
 * carries an idempotency key, or it only read. */
static void pool_again(struct store *store, struct store_call *call)
{
	struct connection *c = pool_choose(store);

	if (c != NULL)
		connection_send(c, call);
	else
		call_queue_put(&store->waiting, call);
}

/* Sends what waits, once a connection is there for it. */
static void pool_resend(struct store *store)
{
	struct call_queue waiting = store->waiting;

	if (waiting.first == NULL)
		return;
	call_queue_init(&store->waiting);
	for (struct store_call *call; (call = call_queue_take(&waiting)) != NULL;) {
		if (call->answered == NULL)
			call_free(call);
		else
			pool_again(store, call);
	}
}

void pool_call_done(struct store *store, struct store_call *call)
{
	struct store_answer answer;

	if (call->answered == NULL) {
		call_free(call);
		return;
	}
	if (answer_read(call->result, &answer) == ANSWER_AGAIN && !call->retried) {
		PQclear(call->result);
		call->result = NULL;
		call->retried = true;
		pool_again(store, call);
		return;
	}
	if (answer.outcome == STORE_FAILED)
		pool_log(store, LOG_ERR, "store: %s failed sqlstate=%s: %s", pool_function(store, call->function),
		    answer_sqlstate(call->result), PQresultErrorMessage(call->result));
	call_answer(call, &answer);
	call_free(call);
}

void pool_call_lost(struct store *store, struct store_call *call)
{
	if (call->answered == NULL) {
		call_free(call);
	} else if (call->retried || store->closing) {
		call_answer_plain(call, STORE_LOST);
		call_free(call);
	} else {
		/* Not at once: when the server dies, its other connections are dead as well and
		 * only look ready. */
		call->retried = true;
		call_queue_put(&store->waiting, call);
	}
}

void pool_connection_ready(struct store *store)
{
	pool_resend(store);
}

static void queue_expire(struct call_queue *queue, int64_t now)
{
	for (struct store_call *call = queue->first; call != NULL; call = call->next)
		if (call->answered != NULL && now >= call->give_up_at)
			call_answer_plain(call, STORE_LATE);
}

/* Once a second: whoever has waited too long is told so; the call keeps its place. */
static void pool_tick(evutil_socket_t fd, short what, void *arg)
{
	struct store *store = arg;
	int64_t now = clock_ticks();

	(void)fd;
	(void)what;
	for (int i = 0; i < store->options.connections; i++) {
		queue_expire(&store->connections[i].queue, now);
		connection_check(&store->connections[i], now, (int64_t)store->options.call_seconds * 2000);
	}
	queue_expire(&store->waiting, now);
	pool_resend(store);
}

struct store *store_open(struct event_base *base, const struct store_options *options)
{
	struct store *store = xcalloc(1, sizeof *store);
	struct timeval second = {1, 0};

	store->base = base;
	store->options = *options;
	call_queue_init(&store->waiting);
	store->connections = xcalloc((size_t)options->connections, sizeof *store->connections);
	for (int i = 0; i < options->connections; i++) {
		connection_init(&store->connections[i], store, i + 1);
		connection_start(&store->connections[i]);
	}
	store->tick = event_new(base, -1, EV_PERSIST, pool_tick, store);
	event_add(store->tick, &second);
	return store;
}

void store_set_seconds(struct store *store, int call_seconds)
{
	store->options.call_seconds = call_seconds;
}

bool store_ready(const struct store *store)
{
	for (int i = 0; i < store->options.connections; i++)
		if (store->connections[i].state == CONNECTION_READY)
			return true;
	return false;
}

int store_connected(const struct store *store)
{
	int count = 0;

	for (int i = 0; i < store->options.connections; i++)
		count += store->connections[i].state == CONNECTION_READY;
	return count;
}

size_t store_outstanding(const struct store *store)
{
	return store->outstanding;
}

static int store_function(const struct store *store, const char *function)
{
	for (int i = 0; store->options.functions[i] != NULL; i++)
		if (strcmp(store->options.functions[i], function) == 0)
			return i;
	return -1;
}

struct store_call *store_call(struct store *store, const char *function, const char *caller,
    const char *request, store_answer_fn *answered, void *arg)
{
	struct connection *c = pool_choose(store);
	int index = store_function(store, function);
	struct store_call *call;

	if (c == NULL || index < 0 || store->closing ||
	    store->outstanding >= (size_t)store->options.max_calls)
		return NULL;
	call = xcalloc(1, sizeof *call);
	call->store = store;
	call->function = index;
	call->caller = xstrdup(caller);
	call->request = xstrdup(request);
	call->answered = answered;
	call->arg = arg;
	call->give_up_at = clock_ticks() + (int64_t)store->options.call_seconds * 1000;
	store->outstanding++;
	connection_send(c, call);
	return call;
}

void store_cancel(struct store_call *call)
{
	call->answered = NULL;
}

void store_close(struct store *store)
{
	if (store == NULL)
		return;
	store->closing = true;
	for (int i = 0; i < store->options.connections; i++) {
		struct connection *c = &store->connections[i];

		for (struct store_call *call; (call = call_queue_take(&c->queue)) != NULL;) {
			if (call->function < 0)
				free(call);
			else
				pool_call_lost(store, call);
		}
		connection_release(c);
	}
	for (struct store_call *call; (call = call_queue_take(&store->waiting)) != NULL;)
		pool_call_lost(store, call);
	event_free(store->tick);
	free(store->connections);
	free(store);
}
