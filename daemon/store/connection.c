#include "connection.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include <event2/util.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/clock.h"

static void connection_lost(struct connection *c, const char *why);

void call_queue_init(struct call_queue *queue)
{
	*queue = (struct call_queue){.last = &queue->first};
}

void call_queue_put(struct call_queue *queue, struct store_call *call)
{
	call->next = NULL;
	*queue->last = call;
	queue->last = &call->next;
	queue->count++;
}

struct store_call *call_queue_take(struct call_queue *queue)
{
	struct store_call *call = queue->first;

	if (call == NULL)
		return NULL;
	queue->first = call->next;
	if (queue->first == NULL)
		queue->last = &queue->first;
	queue->count--;
	return call;
}

static const char *connection_state_name(enum connection_state state)
{
	static const char *const names[] = {"waiting", "connecting", "preparing", "ready"};

	return names[state];
}

/* The only writer of the state. */
static void connection_set_state(struct connection *c, enum connection_state state)
{
	if (c->state == state)
		return;
	pool_log(c->store, LOG_DEBUG, "store: connection %d %s -> %s", c->number,
	    connection_state_name(c->state), connection_state_name(state));
	c->state = state;
}

static void connection_forget_events(struct connection *c)
{
	if (c->reading != NULL)
		event_free(c->reading);
	if (c->writing != NULL)
		event_free(c->writing);
	c->reading = c->writing = NULL;
}

/* 100 ms doubled up to five seconds, and up to half as much again so that several
 * daemons do not come back in step. */
static void connection_wait(struct connection *c)
{
	int doublings = c->failures < 6 ? c->failures : 6;
	int64_t ms = (int64_t)100 << doublings;
	unsigned char random = 0;
	struct timeval delay;

	if (ms > 5000)
		ms = 5000;
	evutil_secure_rng_get_bytes(&random, sizeof random);
	ms += ms * random / 512;
	delay = (struct timeval){ms / 1000, ms % 1000 * 1000};
	c->failures++;
	connection_set_state(c, CONNECTION_WAITING);
	evtimer_add(c->timer, &delay);
}

static void connection_result(struct connection *c, PGresult *result)
{
	struct store_call *call = c->queue.first;
	ExecStatusType status = PQresultStatus(result);

	if (status != PGRES_PIPELINE_SYNC) {
		/* The first fault of a segment says what happened; what follows is only "aborted". */
		if (call->result == NULL && status != PGRES_PIPELINE_ABORTED && status != PGRES_COMMAND_OK)
			call->result = result;
		else
			PQclear(result);
		return;
	}
	PQclear(result);
	c->answered_at = clock_ticks();
	(void)call_queue_take(&c->queue);
	if (call->function >= 0) {
		pool_call_done(c->store, call);
		return;
	}
	if (call->result != NULL) {
		pool_log(c->store, LOG_ERR, "store: connection %d cannot prepare: %s", c->number,
		    PQresultErrorMessage(call->result));
		PQclear(call->result);
		free(call);
		connection_lost(c, "preparing failed");
		return;
	}
	free(call);
	c->failures = 0;
	connection_set_state(c, CONNECTION_READY);
	pool_connection_ready(c->store);
}

/*
 * In pipeline mode each statement gives its result and a NULL, a sync gives a result
 * alone. Once the connection is bad PQgetResult gives NULL for ever, so two in a row end it.
 */
static void connection_drain(struct connection *c)
{
	int nothing = 0;

	while (c->queue.first != NULL && c->pg != NULL && !PQisBusy(c->pg)) {
		PGresult *result = PQgetResult(c->pg);

		if (result == NULL) {
			if (++nothing > 1)
				break;
			continue;
		}
		nothing = 0;
		connection_result(c, result);
	}
	if (c->pg != NULL && PQstatus(c->pg) == CONNECTION_BAD)
		connection_lost(c, PQerrorMessage(c->pg));
}

static void connection_flush(struct connection *c)
{
	int left = PQflush(c->pg);

	if (left < 0)
		connection_lost(c, PQerrorMessage(c->pg));
	else if (left > 0)
		event_add(c->writing, NULL);
}

static void connection_readable(evutil_socket_t fd, short what, void *arg)
{
	struct connection *c = arg;

	(void)fd;
	(void)what;
	if (!PQconsumeInput(c->pg)) {
		connection_lost(c, PQerrorMessage(c->pg));
		return;
	}
	connection_drain(c);
	if (c->pg != NULL && c->state >= CONNECTION_PREPARING)
		connection_flush(c);
}

static void connection_writable(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	connection_flush(arg);
}

/* Sends what one turn of the loop has gathered; also drains once, because the socket does not
 * turn readable for what libpq knows already. */
static void connection_kicked(evutil_socket_t fd, short what, void *arg)
{
	struct connection *c = arg;

	(void)fd;
	(void)what;
	if (c->pg == NULL || c->state < CONNECTION_PREPARING)
		return;
	connection_flush(c);
	if (c->pg != NULL)
		connection_drain(c);
}

static void connection_prepare(struct connection *c)
{
	struct store_call *segment = xcalloc(1, sizeof *segment);
	struct timeval now = {0, 0};
	const char *function;

	segment->function = -1;
	connection_forget_events(c);
	c->reading = event_new(pool_base(c->store), PQsocket(c->pg), EV_READ | EV_PERSIST,
	    connection_readable, c);
	c->writing = event_new(pool_base(c->store), PQsocket(c->pg), EV_WRITE, connection_writable, c);
	event_add(c->reading, NULL);
	connection_set_state(c, CONNECTION_PREPARING);
	PQenterPipelineMode(c->pg);
	for (int i = 0; (function = pool_function(c->store, i)) != NULL; i++) {
		struct buf statement;

		buf_init(&statement, BUF_MAX_LINE);
		buf_printf(&statement, "select %s($1::jsonb, $2::jsonb)::text", function);
		(void)PQsendPrepare(c->pg, function, buf_text(&statement), 2, NULL);
		buf_release(&statement);
	}
	(void)PQpipelineSync(c->pg);
	c->answered_at = clock_ticks();
	call_queue_put(&c->queue, segment);
	evtimer_add(c->kick, &now);
}

static void connection_polled(evutil_socket_t fd, short what, void *arg);

/* The socket may change from one poll to the next (several hosts, another TLS try). */
static void connection_poll(struct connection *c)
{
	struct timeval patience = {10, 0};
	short wanted;

	switch (PQconnectPoll(c->pg)) {
	case PGRES_POLLING_OK:
		if (PQsetnonblocking(c->pg, 1) != 0) {
			connection_lost(c, PQerrorMessage(c->pg));
			return;
		}
		connection_prepare(c);
		return;
	case PGRES_POLLING_READING:
		wanted = EV_READ;
		break;
	case PGRES_POLLING_WRITING:
	case PGRES_POLLING_ACTIVE:
		wanted = EV_WRITE;
		break;
	case PGRES_POLLING_FAILED:
	default:
		connection_lost(c, PQerrorMessage(c->pg));
		return;
	}
	connection_forget_events(c);
	c->reading = event_new(pool_base(c->store), PQsocket(c->pg), wanted, connection_polled, c);
	event_add(c->reading, &patience);
}

static void connection_polled(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	if (what & EV_TIMEOUT)
		connection_lost(arg, "no answer in ten seconds");
	else
		connection_poll(arg);
}

void connection_start(struct connection *c)
{
	assert(c->pg == NULL);
	c->pg = PQconnectStart(pool_database(c->store));
	if (c->pg == NULL || PQstatus(c->pg) == CONNECTION_BAD) {
		connection_lost(c, c->pg ? PQerrorMessage(c->pg) : "out of memory");
		return;
	}
	connection_set_state(c, CONNECTION_CONNECTING);
	connection_poll(c);
}

static void connection_retry(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	connection_start(arg);
}

/* Fails all that is under way here, each exactly once, and plans the next attempt. */
static void connection_lost(struct connection *c, const char *why)
{
	struct call_queue queue = c->queue;
	struct slice reason = slice_trim(slice_of(why));

	if (queue.first == NULL)
		queue.last = &queue.first;
	pool_log(c->store, c->failures > 0 ? LOG_DEBUG : LOG_WARNING,
	    "store: connection %d lost, %zu calls under way: %.*s", c->number, queue.count,
	    SLICE_ARG(reason));
	call_queue_init(&c->queue);
	connection_forget_events(c);
	event_del(c->kick);
	PQfinish(c->pg);
	c->pg = NULL;
	connection_wait(c);
	for (struct store_call *call; (call = call_queue_take(&queue)) != NULL;) {
		PQclear(call->result);
		call->result = NULL;
		if (call->function < 0)
			free(call);
		else
			pool_call_lost(c->store, call);
	}
}

void connection_send(struct connection *c, struct store_call *call)
{
	const char *values[] = {call->caller, call->request};
	const struct timeval now = {0, 0};

	assert(c->state == CONNECTION_READY);
	/* What cannot even be sent shows as a lost connection in the kick. */
	(void)PQsendQueryPrepared(c->pg, pool_function(c->store, call->function), 2, values, NULL, NULL, 0);
	(void)PQpipelineSync(c->pg);
	if (c->queue.first == NULL)
		c->answered_at = clock_ticks();
	call_queue_put(&c->queue, call);
	if (!evtimer_pending(c->kick, NULL))
		evtimer_add(c->kick, &now);
}

void connection_check(struct connection *c, int64_t now, int64_t patience)
{
	if (c->queue.first != NULL && now - c->answered_at > patience)
		connection_lost(c, "silent for too long");
}

void connection_init(struct connection *c, struct store *store, int number)
{
	*c = (struct connection){.store = store, .number = number};
	call_queue_init(&c->queue);
	c->timer = evtimer_new(pool_base(store), connection_retry, c);
	c->kick = evtimer_new(pool_base(store), connection_kicked, c);
}

void connection_release(struct connection *c)
{
	connection_forget_events(c);
	event_free(c->timer);
	event_free(c->kick);
	PQfinish(c->pg);
	c->pg = NULL;
}
