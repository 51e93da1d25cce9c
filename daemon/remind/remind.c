/* Rounds: one timer, and whatever changes comes by LISTEN. What a round does stands in the database. */
#include "remind.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include <event2/event.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "round.h"
#include "store/watch.h"

#define ROUND_MS 60000     /* when nothing happens */
#define NOTICE_MS 300      /* after a change, so that a bulk of them is one round */
#define ABSENT_MS 100      /* where there is no connection yet */
#define AGAIN_MS 2000      /* where the database did not answer */
#define SERVICE "{\"service\":true}"

void remind_log(const struct remind *remind, int priority, const char *format, ...)
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
	static const char *const functions[] = {"api.remind_tick", "api.outbox_claim", "api.outbox_done", "api.report_schedule_claim",
	    "api.report_schedule_page", "api.report_schedule_done", NULL};

	return functions;
}

void remind_schedule(struct remind *remind, int64_t milliseconds)
{
	int64_t due = clock_ticks() + milliseconds;
	struct timeval delay = {milliseconds / 1000, milliseconds % 1000 * 1000};

	if (remind->stopping || (evtimer_pending(remind->round, NULL) && remind->round_due <= due))
		return;
	remind->round_due = due;
	evtimer_add(remind->round, &delay);
}

void remind_schedule_at(struct remind *remind, const char *iso)
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

json_t *remind_channels(const struct remind *remind)
{
	json_t *ready = json_pack("[s]", "inbox");

	for (size_t i = 0; i < CHANNELS; i++)
		if (remind->outbox.channels[i].channel->ready(&remind->options))
			json_array_append_new(ready, json_string(remind->outbox.channels[i].channel->name));
	return ready;
}

struct store_call *remind_call(struct remind *remind, const char *function, json_t *request_take, store_answer_fn *answered, void *arg)
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
	free(remind->trouble);
	remind->trouble = why != NULL ? xstrdup(why) : NULL;
}

bool remind_read(struct remind *remind, const struct store_answer *answer, json_t **ret)
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
	const json_t *outbox;
	json_t *round;

	remind->ticking = NULL;
	if (!remind_read(remind, answer, &round))
		return;
	json_decref(remind->state);
	remind->state = round;
	outbox = json_member(round, "outbox");
	remind->round_at = clock_ticks();
	remind->waiting = json_integer_of(outbox, "waiting");
	if (json_integer_of(round, "messages") > 0)
		remind_log(remind, LOG_INFO, "remind: %lld reminders have come due, %lld messages to send", (long long)json_integer_of(round, "owed"),
		    (long long)json_integer_of(round, "messages"));
	if (json_integer_of(outbox, "faults") > 0)
		remind_log(remind, LOG_WARNING, "remind: the reminders of %lld obligations could not be planned; mandate doctor names them",
		    (long long)json_integer_of(outbox, "faults"));
	remind_schedule(remind, json_flag_of(round, "more") ? 0 : ROUND_MS);
	if (*json_text_of(outbox, "next_try_at") != '\0')
		remind_schedule_at(remind, json_text_of(outbox, "next_try_at"));
	if (json_integer_of(round, "reports") > 0)
		document_claim(&remind->document);
	if (remind->waiting > 0) {
		remind->outbox.claim_again = true;
		outbox_claim(&remind->outbox);
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

/* Opening and closing. */

void remind_look_idle(struct remind *remind)
{
	struct timeval now = {0, 0};

	if (remind->stopping && outbox_is_idle(&remind->outbox) && document_is_idle(&remind->document))
		evtimer_add(remind->stopped, &now);
}

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

	*remind = (struct remind){.base = base, .store = store, .options = *options, .opened_at = clock_ticks()};
	evutil_secure_rng_get_bytes(random, sizeof random);
	(void)snprintf(remind->worker, sizeof remind->worker, "%02x%02x%02x%02x%02x%02x%02x%02x", random[0], random[1], random[2],
	    random[3], random[4], random[5], random[6], random[7]);
	outbox_open(&remind->outbox, remind);
	document_open(&remind->document, remind);
	remind->round = evtimer_new(base, remind_round, remind);
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
	outbox_stop(&remind->outbox);
	document_stop(&remind->document);
	remind_look_idle(remind);
}

void remind_close(struct remind *remind)
{
	if (remind == NULL)
		return;
	watch_close(remind->watch);
	if (remind->ticking != NULL)
		store_cancel(remind->ticking);
	document_close(&remind->document);
	outbox_close(&remind->outbox);
	event_free(remind->round);
	event_free(remind->stopped);
	json_decref(remind->state);
	free(remind->trouble);
	free(remind);
}
