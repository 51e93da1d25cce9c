/* What the reminders say of themselves: to health, to the doctor, as figures. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "round.h"

#define ROUND_LATE_MS 180000

bool remind_is_late(const struct remind *remind)
{
	return clock_ticks() - (remind->round_at > 0 ? remind->round_at : remind->opened_at) > ROUND_LATE_MS;
}

void remind_figures(const struct remind *remind, struct remind_figures *ret)
{
	const json_t *outbox, *unserved;
	const char *name;
	json_t *many;

	*ret = (struct remind_figures){.round_seconds = -1};
	if (remind == NULL)
		return;
	outbox = json_member(remind->state, "outbox");
	unserved = json_member(remind->state, "unserved");
	if (remind->round_at > 0)
		ret->round_seconds = (clock_ticks() - remind->round_at) / 1000;
	ret->due = json_integer_of(outbox, "due");
	ret->waiting = remind->waiting;
	ret->retrying = json_integer_of(outbox, "retrying");
	ret->oldest_seconds = json_integer_of(outbox, "oldest_seconds");
	ret->failed = json_integer_of(outbox, "failed");
	ret->unreachable = json_integer_of(outbox, "unreachable");
	ret->faults = json_integer_of(outbox, "faults");
	ret->obligations = json_integer_of(outbox, "obligations");
	ret->database_bytes = json_integer_of(outbox, "database_bytes");
	json_object_foreach ((json_t *)(uintptr_t)unserved, name, many)
		ret->unserved += json_integer_value(many);
	for (size_t i = 0; i < CHANNELS; i++) {
		const struct channel_state *channel = &remind->outbox.channels[i];

		ret->channels[i] = (struct remind_channel){channel->channel->name, channel->sent, channel->retried, channel->failed,
		    .failing = remind_is_failing(remind, channel->channel->name)};
	}
}

bool remind_is_failing(const struct remind *remind, const char *channel)
{
	const json_t *failing = json_member(json_member(remind->state, "outbox"), "failing"), *name;
	size_t i;

	json_array_foreach (failing, i, name)
		if (json_is_string(name) && strcmp(json_string_value(name), channel) == 0)
			return true;
	return false;
}

/* One word for all of it: late where no round ends, failing where somebody must look. */
static const char *remind_word(const struct remind *remind, const struct remind_figures *figures)
{
	bool failing = (remind != NULL && remind->troubled) || figures->unreachable > 0 || figures->faults > 0 || figures->unserved > 0;

	if (remind == NULL)
		return "not started";
	for (size_t i = 0; i < CHANNELS; i++)
		failing = failing || figures->channels[i].failing;
	return remind_is_late(remind) ? "late" : failing ? "failing" : "ok";
}

static void remind_health_number(struct json_writer *writer, const char *key, int64_t number)
{
	json_write_key(writer, key);
	json_write_integer(writer, number);
}

void remind_health(const struct remind *remind, struct json_writer *writer)
{
	struct remind_figures figures;

	remind_figures(remind, &figures);
	json_write_key(writer, "reminders");
	json_write_text(writer, remind_word(remind, &figures));
	json_write_key(writer, "last_round_seconds");
	if (figures.round_seconds >= 0)
		json_write_integer(writer, figures.round_seconds);
	else
		json_write_null(writer);
	remind_health_number(writer, "messages_waiting", figures.waiting);
	remind_health_number(writer, "messages_failed", figures.failed);
	remind_health_number(writer, "people_without_address", figures.unreachable);
	remind_health_number(writer, "reminders_without_channel", figures.unserved);
	json_write_key(writer, "channels_failing");
	json_write_array(writer);
	for (size_t i = 0; i < CHANNELS; i++)
		if (figures.channels[i].failing)
			json_write_text(writer, figures.channels[i].name);
	json_write_end(writer);
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
	long long due = json_integer_of(json_member(remind->state, "unserved"), channel->name);
	char *message;

	if (channel == &channel_webhook && due == 0 && !channel->ready(&remind->options))
		return;
	if (remind_is_failing(remind, channel->name))
		message = xasprintf("%s has delivered nothing for an hour, and messages wait for it", channel->name);
	else if (channel->ready(&remind->options))
		message = xasprintf("%s is configured", channel->name);
	else
		message = due > 0 ? xasprintf("%lld %s due by %s, which is not configured", due, due == 1 ? "reminder is" : "reminders are", channel->name)
		                  : xasprintf("%s is not configured, and nobody is waiting for it", channel->name);
	remind_check(checks, channel->name, (due == 0 || channel->ready(&remind->options)) && !remind_is_failing(remind, channel->name), false, message, remedy);
	free(message);
}

void remind_checks(const struct remind *remind, struct json_writer *checks)
{
	char *message;

	if (remind == NULL) {
		remind_check(checks, "scheduler", false, true, "the reminders have not started yet", "wait for the database");
		return;
	}
	message = remind->round_at > 0 ? xasprintf("the last round of reminders was %lld seconds ago", (long long)((clock_ticks() - remind->round_at) / 1000))
	                               : xstrdup("no round of reminders yet");
	if (remind->troubled) {
		char *plain = message;

		message = xasprintf("%s; the last one failed: %s", plain, remind->trouble);
		free(plain);
	}
	remind_check(checks, "scheduler", !remind_is_late(remind) && !remind->troubled, true, message, "the log of mandated says why, in lines that begin with remind:");
	free(message);
	remind_check_channel(remind, &channel_mail, "look at smtp_url and smtp_from in mandated.conf, at the mail server, and restart mandated after a change", checks);
	remind_check_channel(remind, &channel_webhook, "look at webhook_secret_file in mandated.conf and at the receiver, and restart mandated after a change", checks);
}
