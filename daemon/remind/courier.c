#include "courier.h"

#include <stdlib.h>

#include <event2/event.h>

#include "base/alloc.h"

struct courier {
	struct event_base *base;
	CURLM *multi;
	struct event *timer;
};

/* What hangs on a transfer's handle while it is under way. */
struct parcel {
	courier_done_fn *done;
	void *arg;
};

/* Hands over what has ended. done() may start the next transfer. */
static void courier_collect(struct courier *courier)
{
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(courier->multi, &left)) != NULL) {
		CURL *easy = message->easy_handle;
		CURLcode result = message->data.result;
		struct parcel *parcel = NULL, ended;

		if (message->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&parcel);
		ended = *parcel;
		free(parcel);
		curl_multi_remove_handle(courier->multi, easy);
		ended.done(ended.arg, result);
	}
}

static void courier_act(struct courier *courier, curl_socket_t fd, int what)
{
	int running;

	curl_multi_socket_action(courier->multi, fd, what, &running);
	courier_collect(courier);
}

static void courier_ready(evutil_socket_t fd, short what, void *arg)
{
	courier_act(arg, fd, (what & EV_READ ? CURL_CSELECT_IN : 0) | (what & EV_WRITE ? CURL_CSELECT_OUT : 0));
}

static void courier_timeout(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	courier_act(arg, CURL_SOCKET_TIMEOUT, 0);
}

static int courier_watch_socket(CURL *easy, curl_socket_t fd, int what, void *arg, void *known)
{
	struct courier *courier = arg;
	short wanted = (short)((what & CURL_POLL_IN ? EV_READ : 0) | (what & CURL_POLL_OUT ? EV_WRITE : 0) | EV_PERSIST);
	struct event *event = known;

	(void)easy;
	if (what == CURL_POLL_REMOVE) {
		if (event != NULL)
			event_free(event);
		event = NULL;
	} else if (event == NULL) {
		event = event_new(courier->base, fd, wanted, courier_ready, courier);
		event_add(event, NULL);
	} else {
		event_del(event);
		event_assign(event, courier->base, fd, wanted, courier_ready, courier);
		event_add(event, NULL);
	}
	curl_multi_assign(courier->multi, fd, event);
	return 0;
}

static int courier_watch_timer(CURLM *multi, long milliseconds, void *arg)
{
	struct courier *courier = arg;
	struct timeval delay = {milliseconds / 1000, milliseconds % 1000 * 1000};

	(void)multi;
	if (milliseconds < 0)
		evtimer_del(courier->timer);
	else
		evtimer_add(courier->timer, &delay);
	return 0;
}

struct courier *courier_open(struct event_base *base, long connections)
{
	struct courier *courier = xcalloc(1, sizeof *courier);

	curl_global_init(CURL_GLOBAL_DEFAULT);
	courier->base = base;
	courier->multi = curl_multi_init();
	courier->timer = evtimer_new(base, courier_timeout, courier);
	curl_multi_setopt(courier->multi, CURLMOPT_SOCKETFUNCTION, courier_watch_socket);
	curl_multi_setopt(courier->multi, CURLMOPT_SOCKETDATA, courier);
	curl_multi_setopt(courier->multi, CURLMOPT_TIMERFUNCTION, courier_watch_timer);
	curl_multi_setopt(courier->multi, CURLMOPT_TIMERDATA, courier);
	curl_multi_setopt(courier->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, connections);
	curl_multi_setopt(courier->multi, CURLMOPT_MAXCONNECTS, connections);
	return courier;
}

void courier_send(struct courier *courier, CURL *easy, courier_done_fn *done, void *arg)
{
	struct parcel *parcel = xcalloc(1, sizeof *parcel);

	*parcel = (struct parcel){done, arg};
	curl_easy_setopt(easy, CURLOPT_PRIVATE, parcel);
	curl_multi_add_handle(courier->multi, easy); /* goes off from the timer */
}

void courier_give_up(struct courier *courier, CURL *easy)
{
	struct parcel *parcel = NULL;

	curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&parcel);
	free(parcel);
	curl_multi_remove_handle(courier->multi, easy);
}

void courier_close(struct courier *courier)
{
	if (courier == NULL)
		return;
	curl_multi_cleanup(courier->multi); /* closes its sockets through the functions above */
	event_free(courier->timer);
	free(courier);
}
