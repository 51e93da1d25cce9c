#include "metrics.h"

#include <inttypes.h>

#include "api/api.h"
#include "base/clock.h"
#include "remind/remind.h"
#include "store/store.h"

/* What one table row can ask. */
struct known {
	const struct metrics *metrics;
	struct remind_figures reminders;
};

static void metric_plain(struct buf *out, const char *name, int64_t value)
{
	buf_printf(out, "%s %" PRId64 "\n", name, value);
}

static void metric_requests(const struct known *known, const char *name, struct buf *out)
{
	for (int i = 1; i <= 5; i++)
		buf_printf(out, "%s{status=\"%dxx\"} %" PRIu64 "\n", name, i, api_answered(known->metrics->api, i));
}

static void metric_requests_open(const struct known *known, const char *name, struct buf *out)
{
	metric_plain(out, name, (int64_t)api_outstanding(known->metrics->api));
}

static void metric_database_up(const struct known *known, const char *name, struct buf *out)
{
	metric_plain(out, name, known->metrics->store != NULL && store_ready(known->metrics->store));
}

static void metric_connections(const struct known *known, const char *name, struct buf *out)
{
	int ready = known->metrics->store != NULL ? store_connected(known->metrics->store) : 0;

	buf_printf(out, "%s{state=\"ready\"} %d\n%s{state=\"away\"} %d\n", name, ready, name, known->metrics->connections - ready);
}

static void metric_calls(const struct known *known, const char *name, struct buf *out)
{
	metric_plain(out, name, known->metrics->store != NULL ? (int64_t)store_outstanding(known->metrics->store) : 0);
}

static void metric_deliveries(const struct known *known, const char *name, struct buf *out)
{
	for (size_t i = 0; i < REMIND_CHANNELS; i++) {
		const struct remind_channel *channel = &known->reminders.channels[i];

		if (channel->name != NULL)
			buf_printf(out, "%s{channel=\"%s\",result=\"sent\"} %" PRIu64 "\n%s{channel=\"%s\",result=\"retry\"} %" PRIu64
			                "\n%s{channel=\"%s\",result=\"failed\"} %" PRIu64 "\n",
			    name, channel->name, channel->sent, name, channel->name, channel->retried, name, channel->name, channel->failed);
	}
}

static void metric_failing(const struct known *known, const char *name, struct buf *out)
{
	for (size_t i = 0; i < REMIND_CHANNELS; i++)
		if (known->reminders.channels[i].name != NULL)
			buf_printf(out, "%s{channel=\"%s\"} %d\n", name, known->reminders.channels[i].name, known->reminders.channels[i].failing);
}

/* One of the reminders' figures as it stands. */
#define FIGURE(member) \
	static void metric_##member(const struct known *known, const char *name, struct buf *out) \
	{ \
		metric_plain(out, name, known->reminders.member); \
	}
FIGURE(round_seconds)
FIGURE(due)
FIGURE(waiting)
FIGURE(retrying)
FIGURE(oldest_seconds)
FIGURE(failed)
FIGURE(unreachable)
FIGURE(unserved)
FIGURE(faults)
FIGURE(obligations)
FIGURE(database_bytes)

static void metric_clock(const struct known *known, const char *name, struct buf *out)
{
	(void)known;
	metric_plain(out, name, clock_offset());
}

static const struct metric {
	const char *name, *type, *sentence;
	void (*write)(const struct known *known, const char *name, struct buf *out);
} metrics[] = {
    {"mandate_requests_total", "counter", "Requests answered, by the hundreds of their status.", metric_requests},
    {"mandate_requests_open", "gauge", "Requests under way.", metric_requests_open},
    {"mandate_database_up", "gauge", "1 where the database answers.", metric_database_up},
    {"mandate_database_connections", "gauge", "Connections to the database that are ready, and those that are away.", metric_connections},
    {"mandate_database_calls", "gauge", "Statements under way in the database.", metric_calls},
    {"mandate_database_bytes", "gauge", "The size of the database.", metric_database_bytes},
    {"mandate_obligations", "gauge", "Obligations, as the database estimates them.", metric_obligations},
    {"mandate_remind_round_seconds", "gauge", "Seconds since the last round of reminders ended; -1 before the first. A round comes every minute.",
        metric_round_seconds},
    {"mandate_reminders_due", "gauge", "Reminders that are owed and stand in no message yet.", metric_due},
    {"mandate_reminders_without_channel", "gauge", "Reminders that are owed by a channel that is not configured.", metric_unserved},
    {"mandate_reminders_without_address", "gauge", "Persons to whom something is owed and who have no address.", metric_unreachable},
    {"mandate_reminders_unplanned", "gauge", "Obligations whose reminders could not be planned.", metric_faults},
    {"mandate_messages_waiting", "gauge", "Messages that wait to be sent.", metric_waiting},
    {"mandate_messages_retrying", "gauge", "Those of them that have been tried in vain.", metric_retrying},
    {"mandate_messages_oldest_seconds", "gauge", "The age of the oldest message that waits.", metric_oldest_seconds},
    {"mandate_messages_failed", "gauge", "Messages of the last week that were given up.", metric_failed},
    {"mandate_deliveries_total", "counter", "Tries to deliver a message, by channel and how they ended.", metric_deliveries},
    {"mandate_channel_failing", "gauge", "1 where a channel has delivered nothing for an hour though messages wait for it.", metric_failing},
    {"mandate_clock_offset_seconds", "gauge", "By how much the clock is moved for an exercise; 0 otherwise.", metric_clock},
};

void metrics_write(const struct metrics *source, struct buf *out)
{
	struct known known = {.metrics = source};

	remind_figures(source->remind, &known.reminders);
	for (size_t i = 0; i < sizeof metrics / sizeof *metrics; i++) {
		buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", metrics[i].name, metrics[i].sentence, metrics[i].name, metrics[i].type);
		metrics[i].write(&known, metrics[i].name, out);
	}
}
