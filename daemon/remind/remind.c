#include "remind.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include <event2/event.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "channel.h"
#include "store/store.h"
#include "store/watch.h"

#define ROUND_MS 60000     /* when nothing happens */
#define ROUND_LATE_MS 180000
#define NOTICE_MS 300      /* after a change, so that a bulk of them is one round */
#define ABSENT_MS 100      /* where there is no connection yet */
#define AGAIN_MS 2000      /* where the database did not answer */
#define SETTLE_MS 1000
#define BATCH 16 /* so many messages are claimed for each delivery that may be under way */
#define SERVICE "{\"service\":true}"

struct remind {
	struct event_base *base;
	struct store *store;
	struct remind_options options;
	struct courier *courier;
	struct watch *watch;
	struct event *round;  /* the next round */
	struct event *settle; /* outcomes that could not be recorded yet */
	char worker[64];
	int64_t round_due;    /* clock_ticks */
	int64_t opened_at, round_at; /* clock_ticks; round_at 0: none yet */
	struct store_call *ticking, *claiming, *reporting; /* NULL: not under way */
	bool claim_again; /* there may be more to claim */
	bool troubled;
	int64_t waiting;
	json_t *unserved;     /* how many reminders are due on each channel that is not configured */
	struct delivery *deliveries, **last; /* in the order in which they were claimed */
	int held, queued; /* all of them; those that wait their turn */
	bool stopping;
	struct event *stopped;
	void (*idle)(void *arg);
	void *idle_arg;
};

static const struct channel *const channels[] = {&channel_mail, &channel_webhook};
#define CHANNELS (sizeof channels / sizeof *channels)

static void remind_claim(struct remind *remind);
static void remind_report(struct remind *remind);
static void remind_deliver(struct remind *remind);

static void remind_log(const struct remind *remind, int priority, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void remind_log(const struct remind *remind, int priority, const char *format, ...)
{
	char *line = NULL;
	va_list args;

	va_start(args, format);
	if (remind->options.log != NULL && vasprintf(&line, format, args) >= 0)
		remind->options.log(remind->options.log_arg, priority, line);
	va_end(args);
	free(line);
}

const char *const *remind_functions(void)
{
	static const char *const functions[] = {"api.remind_tick", "api.outbox_claim", "api.outbox_done", NULL};

	return functions;
}

/* At the latest in so many milliseconds; an earlier round stays. */
static void remind_schedule(struct remind *remind, int64_t milliseconds)
{
	int64_t due = clock_ticks() + milliseconds;
	struct timeval delay = {milliseconds / 1000, milliseconds % 1000 * 1000};

	if (remind->stopping || (evtimer_pending(remind->round, NULL) && remind->round_due <= due))
		return;
	remind->round_due = due;
	evtimer_add(remind->round, &delay);
}

/* Until a time of the database's clock, which is moved as ours is. */
static void remind_schedule_at(struct remind *remind, const char *iso)
{
	struct slice rest = slice_from(slice_of(iso), 11);
	uint64_t hours, minutes, seconds;
	struct day day;
	int64_t delay;

	if (date_parse(slice_cut(slice_of(iso), 0, 10), &day, NULL) != 0 || !slice_take_number(&rest, 23, &hours) ||
	    !slice_take_byte(&rest, ':') || !slice_take_number(&rest, 59, &minutes) || !slice_take_byte(&rest, ':') ||
	    !slice_take_number(&rest, 60, &seconds))
		return;
	delay = (int64_t)day.n * 86400 + (int64_t)(hours * 3600 + minutes * 60 + seconds) + 1 - clock_now() / 1000000;
	if (delay > 0 && delay < ROUND_MS / 1000) /* what is due by now is claimed anyway */
		remind_schedule(remind, delay * 1000);
}

/* The channels that are configured, as a JSON list. */
static json_t *remind_channels(const struct remind *remind)
{
	json_t *ready = json_pack("[s]", "inbox");

	for (size_t i = 0; i < CHANNELS; i++)
		if (channels[i]->ready(&remind->options))
			json_array_append_new(ready, json_string(channels[i]->name));
	return ready;
}

/* Takes the request. NULL: the database cannot be asked now. */
static struct store_call *remind_call(struct remind *remind, const char *function, json_t *request_take, store_answer_fn *answered, void *arg)
{
	char *request = json_dumps(request_take, JSON_COMPACT);
	struct store_call *call = store_call(remind->store, function, SERVICE, request, answered, arg);

	free(request);
	json_decref(request_take);
	return call;
}

/* Says once that the rounds are in trouble and once that they are not. */
static void remind_trouble(struct remind *remind, const char *why)
{
	if (!remind->troubled && why != NULL)
		remind_log(remind, LOG_WARNING, "remind: a round failed, trying again: %s", why);
	else if (remind->troubled && why == NULL)
		remind_log(remind, LOG_NOTICE, "remind: the rounds are in order again");
	remind->troubled = why != NULL;
}

static bool remind_read(struct remind *remind, const struct store_answer *answer, json_t **ret)
{
	struct error error = ERROR_NONE;

	*ret = NULL;
	if (answer->outcome == STORE_OK && json_read((struct slice){answer->json, answer->len}, ret, &error) == 0) {
		remind_trouble(remind, NULL);
		return true;
	}
	remind_trouble(remind, answer->outcome == STORE_OK ? error.message : answer->message);
	remind_schedule(remind, AGAIN_MS);
	return false;
}

static void remind_ticked(void *arg, const struct store_answer *answer)
{
	struct remind *remind = arg;
	json_t *round;

	remind->ticking = NULL;
	if (!remind_read(remind, answer, &round))
		return;
	remind->round_at = clock_ticks();
	remind->waiting = json_integer_of(round, "waiting");
	json_decref(remind->unserved);
	remind->unserved = json_incref(json_member(round, "unserved"));
	if (json_integer_of(round, "messages") > 0)
		remind_log(remind, LOG_INFO, "remind: %lld reminders have come due, %lld messages to send", (long long)json_integer_of(round, "owed"),
		    (long long)json_integer_of(round, "messages"));
	remind_schedule(remind, json_flag_of(round, "more") ? 0 : ROUND_MS);
	if (json_is_string(json_member(round, "next_try_at")))
		remind_schedule_at(remind, json_text_of(round, "next_try_at"));
	json_decref(round);
	if (remind->waiting > 0) {
		remind->claim_again = true;
		remind_claim(remind);
	}
}

static void remind_round(evutil_socket_t fd, short what, void *arg)
{
	struct remind *remind = arg;

	(void)fd;
	(void)what;
	if (remind->ticking != NULL || remind->stopping)
		return;
	remind->ticking = remind_call(remind, "api.remind_tick", json_pack("{s:o}", "channels", remind_channels(remind)), remind_ticked, remind);
	if (remind->ticking == NULL)
		remind_schedule(remind, ABSENT_MS);
}

static void remind_notified(void *arg)
{
	remind_schedule(arg, NOTICE_MS);
}

/* Delivery. */

void delivery_answer(struct delivery *delivery, struct slice line)
{
	size_t len = 0;

	line = slice_trim(line);
	for (size_t i = 0; i < line.len && len + 1 < sizeof delivery->answer; i++)
		delivery->answer[len++] = (unsigned char)line.at[i] < 32 || (unsigned char)line.at[i] > 126 ? '?' : line.at[i];
	delivery->answer[len] = '\0';
}

static const struct channel *delivery_channel(const struct delivery *delivery)
{
	for (size_t i = 0; i < CHANNELS; i++)
		if (strcmp(channels[i]->name, json_text_of(delivery->message, "channel")) == 0)
			return channels[i];
	return NULL;
}

static void delivery_free(struct delivery *delivery)
{
	struct remind *remind = delivery->remind;
	struct delivery **at = &remind->deliveries;

	while (*at != delivery)
		at = &(*at)->next;
	*at = delivery->next;
	if (remind->last == &delivery->next)
		remind->last = at;
	remind->held--;
	remind->queued -= !delivery->started;
	curl_easy_cleanup(delivery->easy);
	curl_mime_free(delivery->mime);
	curl_slist_free_all(delivery->headers);
	curl_slist_free_all(delivery->recipients);
	free(delivery->body);
	json_decref(delivery->message);
	free(delivery);
}

static void remind_look_idle(struct remind *remind)
{
	struct timeval now = {0, 0};

	if (remind->stopping && remind->held == 0 && remind->claiming == NULL)
		evtimer_add(remind->stopped, &now);
}

static void remind_settle_later(struct remind *remind)
{
	struct timeval delay = {SETTLE_MS / 1000, SETTLE_MS % 1000 * 1000};

	if (!evtimer_pending(remind->settle, NULL))
		evtimer_add(remind->settle, &delay);
}

/* One row of what was recorded. */
static void delivery_recorded(struct delivery *delivery, const json_t *row)
{
	struct remind *remind = delivery->remind;
	const char *state = json_text_of(row, "state");

	if (*state == '\0' && strcmp(delivery->outcome, "back") != 0)
		remind_log(remind, LOG_WARNING, "remind: message %s was %s after its lease had run out", json_text_of(delivery->message, "message_id"),
		    delivery->outcome);
	if (strcmp(state, "waiting") != 0 && remind->waiting > 0)
		remind->waiting--;
	if (*json_text_of(row, "next_try_at") != '\0')
		remind_schedule_at(remind, json_text_of(row, "next_try_at"));
}

static const json_t *remind_row(const json_t *rows, const struct delivery *delivery)
{
	const json_t *row;
	size_t i;

	json_array_foreach (rows, i, row)
		if (json_integer_of(row, "id") == json_integer_of(delivery->message, "id"))
			return row;
	return NULL;
}

/* Every delivery that was reported has its row; where the database was lost they are reported again. */
static void remind_reported(void *arg, const struct store_answer *answer)
{
	struct remind *remind = arg;
	bool again = answer->outcome == STORE_LOST || answer->outcome == STORE_LATE;
	struct delivery *next;
	json_t *recorded;

	remind->reporting = NULL;
	(void)remind_read(remind, answer, &recorded);
	for (struct delivery *delivery = remind->deliveries; delivery != NULL; delivery = next) {
		next = delivery->next;
		if (!delivery->reporting)
			continue;
		delivery->reporting = false;
		if (again && clock_ticks() < delivery->give_up_at)
			continue;
		if (recorded != NULL)
			delivery_recorded(delivery, remind_row(json_member(recorded, "rows"), delivery));
		delivery_free(delivery);
	}
	json_decref(recorded);
	if (again)
		remind_settle_later(remind);
	else
		remind_report(remind); /* what has ended meanwhile */
	remind_look_idle(remind);
	remind_claim(remind);
	/* What a round that was under way has counted may be sent by now. */
	if (remind->held == 0 && remind->waiting > 0)
		remind_schedule(remind, NOTICE_MS);
}

/* All that has ended goes to the database together, one report at a time. */
static void remind_report(struct remind *remind)
{
	json_t *rows, *request;

	if (remind->reporting != NULL)
		return;
	rows = json_array();
	for (struct delivery *delivery = remind->deliveries; delivery != NULL; delivery = delivery->next) {
		if (delivery->outcome == NULL)
			continue;
		delivery->reporting = true;
		json_array_append_new(rows, json_pack("{s:O, s:s, s:s}", "id", json_member(delivery->message, "id"), "outcome", delivery->outcome,
		    "answer", delivery->answer));
	}
	if (json_array_size(rows) == 0) {
		json_decref(rows);
		return;
	}
	request = json_pack("{s:s, s:o}", "worker", remind->worker, "rows", rows);
	remind->reporting = remind_call(remind, "api.outbox_done", request, remind_reported, remind);
	if (remind->reporting != NULL)
		return;
	for (struct delivery *delivery = remind->deliveries; delivery != NULL; delivery = delivery->next)
		delivery->reporting = false;
	remind_settle_later(remind);
}

/* An outcome that could not be recorded is kept until the lease is over. */
static void remind_settled(evutil_socket_t fd, short what, void *arg)
{
	struct remind *remind = arg;
	struct delivery *next;

	(void)fd;
	(void)what;
	for (struct delivery *delivery = remind->deliveries; delivery != NULL; delivery = next) {
		next = delivery->next;
		if (delivery->outcome != NULL && !delivery->reporting && clock_ticks() >= delivery->give_up_at)
			delivery_free(delivery);
	}
	remind_report(remind);
	remind_look_idle(remind);
}

static void delivery_settle(struct delivery *delivery, const char *outcome)
{
	const json_t *person = json_member(json_member(delivery->message, "content"), "person");

	delivery->outcome = outcome;
	remind_log(delivery->remind, strcmp(outcome, "sent") == 0 ? LOG_INFO : LOG_WARNING, "remind: message %s to %s by %s, try %lld: %s: %s",
	    json_text_of(delivery->message, "message_id"), json_text_of(person, "login"), json_text_of(delivery->message, "channel"),
	    (long long)json_integer_of(delivery->message, "attempt"), outcome, delivery->answer);
}

static void delivery_ended(void *arg, CURLcode result)
{
	struct delivery *delivery = arg;
	struct remind *remind = delivery->remind;

	delivery_settle(delivery, delivery_channel(delivery)->judge(delivery, result));
	remind_report(remind);
	remind_deliver(remind);
}

static int remind_lease(const struct remind *remind)
{
	return 2 * remind->options.seconds > 120 ? 2 * remind->options.seconds : 120;
}

static void delivery_take(struct remind *remind, json_t *message)
{
	struct delivery *delivery = xcalloc(1, sizeof *delivery);

	*delivery = (struct delivery){.remind = remind, .message = json_incref(message),
	    .give_up_at = clock_ticks() + (int64_t)remind_lease(remind) * 1000};
	*remind->last = delivery;
	remind->last = &delivery->next;
	remind->held++;
	remind->queued++;
}

static void delivery_start(struct delivery *delivery)
{
	struct remind *remind = delivery->remind;
	const struct channel *channel = delivery_channel(delivery);

	assert(channel != NULL);
	delivery->started = true;
	remind->queued--;
	delivery->easy = curl_easy_init();
	curl_easy_setopt(delivery->easy, CURLOPT_NOSIGNAL, 1L);
	if (channel->prepare(delivery, &remind->options))
		courier_send(remind->courier, delivery->easy, delivery_ended, delivery);
	else
		delivery_settle(delivery, "failed");
}

static int remind_under_way(const struct remind *remind)
{
	int count = 0;

	for (const struct delivery *delivery = remind->deliveries; delivery != NULL; delivery = delivery->next)
		count += delivery->started && delivery->outcome == NULL;
	return count;
}

/* Starts what waits here as long as there is room. What could not be ended within its lease, and what
 * is left when we stop, goes back untried. */
static void remind_deliver(struct remind *remind)
{
	int room = remind->options.connections - remind_under_way(remind);
	int64_t latest = clock_ticks() + (int64_t)remind->options.seconds * 1000;

	for (struct delivery *delivery = remind->deliveries; delivery != NULL && remind->queued > 0; delivery = delivery->next) {
		if (delivery->started)
			continue;
		if (remind->stopping || delivery->give_up_at < latest) {
			delivery->started = true;
			delivery->outcome = "back";
			remind->queued--;
		} else if (room > 0) {
			delivery_start(delivery);
			room -= delivery->outcome == NULL;
		}
	}
	remind_report(remind);
	remind_claim(remind);
}

static void remind_claimed(void *arg, const struct store_answer *answer)
{
	struct remind *remind = arg;
	json_t *claimed, *row;
	size_t i;

	remind->claiming = NULL;
	if (remind_read(remind, answer, &claimed)) {
		json_array_foreach (json_member(claimed, "rows"), i, row)
			delivery_take(remind, row);
		remind->claim_again = json_array_size(json_member(claimed, "rows")) > 0; /* until nothing comes */
		json_decref(claimed);
		remind_deliver(remind);
	}
	remind_look_idle(remind);
}

/* A batch, while what was claimed before goes out; so that memory does not grow with what waits. */
static void remind_claim(struct remind *remind)
{
	json_t *request;

	if (remind->claiming != NULL || remind->stopping || !remind->claim_again || remind->queued >= BATCH * remind->options.connections)
		return;
	request = json_pack("{s:i, s:i, s:s, s:o}", "limit", BATCH * remind->options.connections, "seconds", remind_lease(remind), "worker",
	    remind->worker, "channels", remind_channels(remind));
	remind->claiming = remind_call(remind, "api.outbox_claim", request, remind_claimed, remind);
}

/* Opening and closing. */

static void remind_is_idle(evutil_socket_t fd, short what, void *arg)
{
	struct remind *remind = arg;

	(void)fd;
	(void)what;
	evtimer_del(remind->stopped);
	if (remind->idle != NULL)
		remind->idle(remind->idle_arg);
	remind->idle = NULL;
}

struct remind *remind_open(struct event_base *base, struct store *store, const struct remind_options *options)
{
	struct remind *remind = xcalloc(1, sizeof *remind);
	unsigned char random[8];

	*remind = (struct remind){.base = base, .store = store, .options = *options, .opened_at = clock_ticks(), .last = &remind->deliveries};
	evutil_secure_rng_get_bytes(random, sizeof random);
	(void)snprintf(remind->worker, sizeof remind->worker, "%02x%02x%02x%02x%02x%02x%02x%02x", random[0], random[1], random[2],
	    random[3], random[4], random[5], random[6], random[7]);
	remind->courier = courier_open(base, options->connections);
	remind->round = evtimer_new(base, remind_round, remind);
	remind->settle = evtimer_new(base, remind_settled, remind);
	remind->stopped = evtimer_new(base, remind_is_idle, remind);
	remind->watch = watch_open(base, options->database, "mandate_remind", remind_notified, remind);
	remind_schedule(remind, 0);
	return remind;
}

void remind_stop(struct remind *remind, void (*idle)(void *arg), void *arg)
{
	struct timeval bound = {remind->options.seconds, 0};

	remind->stopping = true;
	remind->idle = idle;
	remind->idle_arg = arg;
	evtimer_del(remind->round);
	evtimer_add(remind->stopped, &bound);
	remind_deliver(remind); /* gives back what has not begun */
	remind_look_idle(remind);
}

void remind_close(struct remind *remind)
{
	if (remind == NULL)
		return;
	watch_close(remind->watch);
	if (remind->ticking != NULL)
		store_cancel(remind->ticking);
	if (remind->claiming != NULL)
		store_cancel(remind->claiming);
	if (remind->reporting != NULL)
		store_cancel(remind->reporting);
	while (remind->deliveries != NULL) {
		if (remind->deliveries->started && remind->deliveries->outcome == NULL)
			courier_give_up(remind->courier, remind->deliveries->easy);
		delivery_free(remind->deliveries);
	}
	courier_close(remind->courier);
	event_free(remind->round);
	event_free(remind->settle);
	event_free(remind->stopped);
	json_decref(remind->unserved);
	free(remind);
}

static bool remind_is_late(const struct remind *remind)
{
	return clock_ticks() - (remind->round_at > 0 ? remind->round_at : remind->opened_at) > ROUND_LATE_MS;
}

void remind_health(const struct remind *remind, struct json_writer *writer)
{
	json_write_key(writer, "reminders");
	json_write_text(writer, remind == NULL ? "not started" : remind_is_late(remind) ? "late" : "ok");
	json_write_key(writer, "last_round_seconds");
	if (remind != NULL && remind->round_at > 0)
		json_write_integer(writer, (clock_ticks() - remind->round_at) / 1000);
	else
		json_write_null(writer);
	json_write_key(writer, "messages_waiting");
	json_write_integer(writer, remind != NULL ? remind->waiting : 0);
}

static void remind_check(struct json_writer *checks, const char *name, bool ok, bool grave, const char *message, const char *remedy)
{
	json_write_object(checks);
	json_write_key(checks, "name");
	json_write_text(checks, name);
	json_write_key(checks, "ok");
	json_write_boolean(checks, ok);
	json_write_key(checks, "grave");
	json_write_boolean(checks, grave);
	json_write_key(checks, "message");
	json_write_text(checks, message);
	if (!ok) {
		json_write_key(checks, "remedy");
		json_write_text(checks, remedy);
	}
	json_write_end(checks);
}

static void remind_check_channel(const struct remind *remind, const struct channel *channel, const char *remedy, struct json_writer *checks)
{
	long long due = json_integer_of(remind->unserved, channel->name);
	char *message;

	if (channel == &channel_webhook && due == 0 && !channel->ready(&remind->options))
		return;
	if (channel->ready(&remind->options))
		message = xasprintf("%s is configured", channel->name);
	else
		message = due > 0 ? xasprintf("%lld %s due by %s, which is not configured", due, due == 1 ? "reminder is" : "reminders are", channel->name)
		                  : xasprintf("%s is not configured, and nobody is waiting for it", channel->name);
	remind_check(checks, channel->name, due == 0 || channel->ready(&remind->options), false, message, remedy);
	free(message);
}

void remind_checks(const struct remind *remind, struct json_writer *checks)
{
	char *message;

	if (remind == NULL) {
		remind_check(checks, "scheduler", false, true, "the reminders have not started yet", "wait for the database");
		return;
	}
	message = remind->round_at > 0 ? xasprintf("the last round of reminders was %lld s ago", (long long)((clock_ticks() - remind->round_at) / 1000))
	                               : xstrdup("no round of reminders yet");
	remind_check(checks, "scheduler", !remind_is_late(remind), true, message, "the log of mandated says why, in lines that begin with remind:");
	free(message);
	remind_check_channel(remind, &channel_mail, "set smtp_url and smtp_from in mandated.conf and restart mandated", checks);
	remind_check_channel(remind, &channel_webhook, "set webhook_secret_file in mandated.conf and restart mandated", checks);
}
