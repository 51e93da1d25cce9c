#include "watch.h"

#include <stdlib.h>

#include <event2/event.h>
#include <libpq-fe.h>

#include "base/alloc.h"

#define WATCH_AGAIN_SECONDS 2

struct watch {
	struct event_base *base;
	const char *database, *channel;
	void (*notified)(void *arg);
	void *arg;
	PGconn *pg;
	struct event *socket; /* what the connection waits for */
	struct event *again;
	bool listening;
};

static void watch_polled(evutil_socket_t fd, short what, void *arg);
static void watch_readable(evutil_socket_t fd, short what, void *arg);

static void watch_drop(struct watch *watch)
{
	if (watch->socket != NULL)
		event_free(watch->socket);
	watch->socket = NULL;
	PQfinish(watch->pg);
	watch->pg = NULL;
	watch->listening = false;
}

static void watch_lost(struct watch *watch)
{
	struct timeval delay = {WATCH_AGAIN_SECONDS, 0};

	watch_drop(watch);
	evtimer_add(watch->again, &delay);
}

/* The socket may be another one after each step of the connecting. */
static void watch_wait(struct watch *watch, short wanted, event_callback_fn then)
{
	if (watch->socket != NULL)
		event_free(watch->socket);
	watch->socket = event_new(watch->base, PQsocket(watch->pg), wanted, then, watch);
	event_add(watch->socket, NULL);
}

static void watch_connected(struct watch *watch)
{
	char *statement = xasprintf("listen %s", watch->channel);

	if (PQsendQuery(watch->pg, statement) == 1)
		watch_wait(watch, EV_READ | EV_PERSIST, watch_readable);
	else
		watch_lost(watch);
	free(statement);
}

static void watch_poll(struct watch *watch)
{
	switch (PQconnectPoll(watch->pg)) {
	case PGRES_POLLING_OK:
		watch_connected(watch);
		break;
	case PGRES_POLLING_READING:
		watch_wait(watch, EV_READ, watch_polled);
		break;
	case PGRES_POLLING_WRITING:
	case PGRES_POLLING_ACTIVE:
		watch_wait(watch, EV_WRITE, watch_polled);
		break;
	case PGRES_POLLING_FAILED:
	default:
		watch_lost(watch);
	}
}

static void watch_polled(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	watch_poll(arg);
}

/* The answers that have come; false where LISTEN was refused. */
static bool watch_take_answers(struct watch *watch, bool *ret_began)
{
	PGresult *result;

	while (!PQisBusy(watch->pg) && (result = PQgetResult(watch->pg)) != NULL) {
		bool good = PQresultStatus(result) == PGRES_COMMAND_OK;

		PQclear(result);
		if (!good)
			return false;
		*ret_began = !watch->listening;
		watch->listening = true;
	}
	return true;
}

static void watch_readable(evutil_socket_t fd, short what, void *arg)
{
	struct watch *watch = arg;
	bool told = false;
	PGnotify *notice;

	(void)fd;
	(void)what;
	if (!PQconsumeInput(watch->pg) || !watch_take_answers(watch, &told)) {
		watch_lost(watch);
		return;
	}
	while ((notice = PQnotifies(watch->pg)) != NULL) {
		PQfreemem(notice);
		told = true;
	}
	if (told)
		watch->notified(watch->arg);
}

static void watch_start(evutil_socket_t fd, short what, void *arg)
{
	struct watch *watch = arg;

	(void)fd;
	(void)what;
	watch->pg = PQconnectStart(watch->database);
	if (watch->pg == NULL || PQstatus(watch->pg) == CONNECTION_BAD)
		watch_lost(watch);
	else
		watch_wait(watch, EV_WRITE, watch_polled);
}

struct watch *watch_open(struct event_base *base, const char *database, const char *channel,
    void (*notified)(void *arg), void *arg)
{
	struct watch *watch = xcalloc(1, sizeof *watch);
	struct timeval now = {0, 0};

	*watch = (struct watch){.base = base, .database = database, .channel = channel, .notified = notified, .arg = arg};
	watch->again = evtimer_new(base, watch_start, watch);
	evtimer_add(watch->again, &now);
	return watch;
}

void watch_close(struct watch *watch)
{
	if (watch == NULL)
		return;
	watch_drop(watch);
	event_free(watch->again);
	free(watch);
}
