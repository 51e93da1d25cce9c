/* Deliveries: claimed in batches while the batch before goes out, sent side by side, reported together. What a
 * batch holds is all that is kept here, so that memory does not grow with what waits. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include <event2/event.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "header.h"
#include "round.h"

#define SETTLE_MS 1000
#define NOTICE_MS 300
#define GATHER_MS 20  /* so long an outcome waits for others, to be reported with them */
#define GATHER_MOST 64
#define BATCH 32 /* so many messages are claimed for each delivery that may be under way */

static void outbox_report(struct outbox *outbox);
static void outbox_deliver(struct outbox *outbox);

void delivery_answer(struct delivery *delivery, struct slice line)
{
	size_t len = 0;

	line = slice_trim(line);
	for (size_t i = 0; i < line.len && len + 1 < sizeof delivery->answer; i++)
		delivery->answer[len++] = (unsigned char)line.at[i] < 32 || (unsigned char)line.at[i] > 126 ? '?' : line.at[i];
	delivery->answer[len] = '\0';
}

static struct channel_state *outbox_channel(struct outbox *outbox, const char *name)
{
	for (size_t i = 0; i < CHANNELS; i++)
		if (strcmp(outbox->channels[i].channel->name, name) == 0)
			return &outbox->channels[i];
	return NULL;
}

struct courier *delivery_courier(const struct delivery *delivery)
{
	return delivery->outbox->courier;
}

struct smtp *delivery_smtp(const struct delivery *delivery)
{
	return delivery->outbox->smtp;
}

const char *delivery_sender(const struct delivery *delivery)
{
	return buf_text(&delivery->outbox->sender);
}

static void delivery_free(struct delivery *delivery)
{
	struct outbox *outbox = delivery->outbox;
	struct delivery **at = &outbox->deliveries;

	while (*at != delivery)
		at = &(*at)->next;
	*at = delivery->next;
	if (outbox->last == &delivery->next)
		outbox->last = at;
	outbox->held--;
	outbox->under_way -= delivery->under_way;
	outbox->queued -= !delivery->under_way && delivery->outcome == NULL;
	curl_easy_cleanup(delivery->easy);
	curl_slist_free_all(delivery->headers);
	buf_release(&delivery->bytes);
	json_decref(delivery->message);
	free(delivery);
}

static void outbox_settle_later(struct outbox *outbox, int milliseconds)
{
	struct timeval delay = {milliseconds / 1000, milliseconds % 1000 * 1000};

	if (!evtimer_pending(outbox->settle, NULL))
		evtimer_add(outbox->settle, &delay);
}

/* One row of what was recorded. */
static void delivery_recorded(struct delivery *delivery, const json_t *row)
{
	struct remind *remind = delivery->outbox->remind;
	const char *state = json_text_of(row, "state");

	if (*state == '\0' && strcmp(delivery->outcome, "back") != 0)
		remind_log(remind, LOG_WARNING, "remind: message %s was %s after its lease had run out", json_text_of(delivery->message, "message_id"),
		    delivery->outcome);
	if (strcmp(state, "waiting") != 0 && remind->waiting > 0)
		remind->waiting--;
	if (*json_text_of(row, "next_try_at") != '\0')
		remind_schedule_at(remind, json_text_of(row, "next_try_at"));
}

/* Every delivery that was reported has its row, in the order in which they were reported; where the database
 * was lost they are reported again. */
static void outbox_reported(void *arg, const struct store_answer *answer)
{
	struct outbox *outbox = arg;
	struct remind *remind = outbox->remind;
	bool again = answer->outcome == STORE_LOST || answer->outcome == STORE_LATE;
	struct delivery *next;
	json_t *recorded;
	size_t row = 0;

	outbox->reporting = NULL;
	(void)remind_read(remind, answer, &recorded);
	for (struct delivery *delivery = outbox->deliveries; delivery != NULL; delivery = next) {
		next = delivery->next;
		if (!delivery->reporting)
			continue;
		delivery->reporting = false;
		if (again && clock_ticks() < delivery->give_up_at)
			continue;
		if (recorded != NULL)
			delivery_recorded(delivery, json_array_get(json_member(recorded, "rows"), row++));
		delivery_free(delivery);
	}
	json_decref(recorded);
	if (again)
		outbox_settle_later(outbox, SETTLE_MS);
	else
		outbox_report(outbox); /* what has ended meanwhile */
	remind_look_idle(remind);
	outbox_claim(outbox);
	/* What a round that was under way has counted may be sent by now. */
	if (outbox->held == 0 && remind->waiting > 0)
		remind_schedule(remind, NOTICE_MS);
}

/* All that has ended goes to the database together, one report at a time. */
static void outbox_report(struct outbox *outbox)
{
	json_t *rows, *request;

	if (outbox->reporting != NULL)
		return;
	rows = json_array();
	for (struct delivery *delivery = outbox->deliveries; delivery != NULL; delivery = delivery->next) {
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
	request = json_pack("{s:s, s:o}", "worker", outbox->remind->worker, "rows", rows);
	outbox->reporting = remind_call(outbox->remind, "api.outbox_done", request, outbox_reported, outbox);
	if (outbox->reporting != NULL)
		return;
	for (struct delivery *delivery = outbox->deliveries; delivery != NULL; delivery = delivery->next)
		delivery->reporting = false;
	outbox_settle_later(outbox, SETTLE_MS);
}

/* An outcome that could not be recorded is kept until the lease is over. */
static void outbox_settled(evutil_socket_t fd, short what, void *arg)
{
	struct outbox *outbox = arg;
	struct delivery *next;

	(void)fd;
	(void)what;
	for (struct delivery *delivery = outbox->deliveries; delivery != NULL; delivery = next) {
		next = delivery->next;
		if (delivery->outcome != NULL && !delivery->reporting && clock_ticks() >= delivery->give_up_at)
			delivery_free(delivery);
	}
	outbox_report(outbox);
	remind_look_idle(outbox->remind);
}

static void delivery_settle(struct delivery *delivery, const char *outcome)
{
	const json_t *person = json_member(json_member(delivery->message, "content"), "person");
	struct channel_state *channel = outbox_channel(delivery->outbox, delivery->channel->name);
	bool sent = strcmp(outcome, "sent") == 0;

	delivery->outcome = outcome;
	*(sent ? &channel->sent : strcmp(outcome, "retry") == 0 ? &channel->retried : &channel->failed) += 1;
	remind_log(delivery->outbox->remind, sent ? LOG_INFO : LOG_WARNING, "remind: message %s to %s by %s, try %lld: %s: %s",
	    json_text_of(delivery->message, "message_id"), json_text_of(person, "login"), delivery->channel->name,
	    (long long)json_integer_of(delivery->message, "attempt"), outcome, delivery->answer);
}

void delivery_ended(struct delivery *delivery, const char *outcome)
{
	struct outbox *outbox = delivery->outbox;

	delivery->under_way = false;
	outbox->under_way--;
	delivery_settle(delivery, outcome);
	buf_release(&delivery->bytes);
	outbox_deliver(outbox);
}

static int outbox_lease(const struct outbox *outbox)
{
	return 2 * outbox->remind->options.seconds > 120 ? 2 * outbox->remind->options.seconds : 120;
}

static void delivery_take(struct outbox *outbox, json_t *message)
{
	const struct channel_state *channel = outbox_channel(outbox, json_text_of(message, "channel"));
	struct delivery *delivery = xcalloc(1, sizeof *delivery);

	assert(channel != NULL);
	*delivery = (struct delivery){.outbox = outbox, .channel = channel->channel, .message = json_incref(message),
	    .give_up_at = clock_ticks() + (int64_t)outbox_lease(outbox) * 1000};
	buf_init(&delivery->bytes, BUF_MAX_BODY);
	*outbox->last = delivery;
	outbox->last = &delivery->next;
	outbox->held++;
	outbox->queued++;
}

static void delivery_start(struct delivery *delivery)
{
	struct outbox *outbox = delivery->outbox;

	outbox->queued--;
	if (delivery->channel->prepare(delivery, &outbox->remind->options)) {
		delivery->under_way = true;
		outbox->under_way++;
		delivery->channel->start(delivery);
	} else {
		delivery_settle(delivery, "failed");
	}
}

/* Starts what waits here as long as there is room. What could not be ended within its lease, and what
 * is left when we stop, goes back untried. */
static void outbox_deliver(struct outbox *outbox)
{
	const struct remind *remind = outbox->remind;
	int64_t latest = clock_ticks() + (int64_t)remind->options.seconds * 1000;

	for (struct delivery *delivery = outbox->deliveries; delivery != NULL && outbox->queued > 0; delivery = delivery->next) {
		if (delivery->under_way || delivery->outcome != NULL)
			continue;
		if (remind->stopping || delivery->give_up_at < latest) {
			delivery->outcome = "back";
			outbox->queued--;
		} else if (outbox->under_way < remind->options.connections) {
			delivery_start(delivery);
		} else {
			break;
		}
	}
	if (outbox->under_way == 0 || outbox->held - outbox->queued - outbox->under_way >= GATHER_MOST)
		outbox_report(outbox);
	else
		outbox_settle_later(outbox, GATHER_MS);
	outbox_claim(outbox);
}

static void outbox_claimed(void *arg, const struct store_answer *answer)
{
	struct outbox *outbox = arg;
	json_t *claimed, *row;
	size_t i;

	outbox->claiming = NULL;
	if (remind_read(outbox->remind, answer, &claimed)) {
		json_array_foreach (json_member(claimed, "rows"), i, row)
			delivery_take(outbox, row);
		outbox->claim_again = json_array_size(json_member(claimed, "rows")) > 0; /* until nothing comes */
		json_decref(claimed);
		outbox_deliver(outbox);
	}
	remind_look_idle(outbox->remind);
}

void outbox_claim(struct outbox *outbox)
{
	const struct remind *remind = outbox->remind;
	int batch = BATCH * remind->options.connections;
	json_t *request;

	if (outbox->claiming != NULL || remind->stopping || !outbox->claim_again || outbox->queued >= batch)
		return;
	request = json_pack("{s:i, s:i, s:s, s:o}", "limit", batch, "seconds", outbox_lease(outbox), "worker", remind->worker, "channels",
	    remind_channels(remind));
	outbox->claiming = remind_call(outbox->remind, "api.outbox_claim", request, outbox_claimed, outbox);
}

/* Where mail is configured wrongly it waits, and the log says why. */
static void outbox_open_mail(struct outbox *outbox)
{
	struct remind *remind = outbox->remind;
	const struct remind_options *o = &remind->options;
	struct smtp_options options = {o->smtp_url, o->smtp_starttls, o->smtp_user, o->smtp_password, o->smtp_ca_file, o->seconds};
	struct error error = ERROR_NONE;
	struct buf name;

	buf_init(&outbox->sender, BUF_MAX_LINE);
	if (*o->smtp_url == '\0')
		return;
	buf_init(&name, BUF_MAX_LINE);
	header_split(o->smtp_from, &name, &outbox->sender);
	buf_release(&name);
	outbox->smtp = smtp_open(remind->base, &options, &error);
	if (outbox->smtp == NULL) {
		remind_log(remind, LOG_ERR, "remind: %s; mail waits", error.message);
		remind->options.smtp_url = "";
	}
}

void outbox_open(struct outbox *outbox, struct remind *remind)
{
	*outbox = (struct outbox){.remind = remind, .last = &outbox->deliveries, .channels = {{.channel = &channel_mail}, {.channel = &channel_webhook}}};
	outbox->courier = courier_open(remind->base, remind->options.connections);
	outbox->settle = evtimer_new(remind->base, outbox_settled, outbox);
	outbox_open_mail(outbox);
}

void outbox_stop(struct outbox *outbox)
{
	outbox_deliver(outbox);
}

bool outbox_is_idle(const struct outbox *outbox)
{
	return outbox->held == 0 && outbox->claiming == NULL;
}

void outbox_close(struct outbox *outbox)
{
	if (outbox->claiming != NULL)
		store_cancel(outbox->claiming);
	if (outbox->reporting != NULL)
		store_cancel(outbox->reporting);
	while (outbox->deliveries != NULL) {
		if (outbox->deliveries->under_way)
			outbox->deliveries->channel->give_up(outbox->deliveries);
		delivery_free(outbox->deliveries);
	}
	smtp_close(outbox->smtp);
	buf_release(&outbox->sender);
	courier_close(outbox->courier);
	event_free(outbox->settle);
}
