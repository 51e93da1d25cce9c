#ifndef MANDATE_REMIND_ROUND_H
#define MANDATE_REMIND_ROUND_H

#include <jansson.h>

#include "channel.h"
#include "report/report.h"
#include "report/worker.h"
#include "store/store.h"

/*
 * The state of a remind, shared by its files: rounds (remind.c), deliveries (outbox.c), scheduled reports
 * (document.c), and what it says of itself (state.c). Inside remind only.
 */
struct event;
struct watch;

struct channel_state {
	const struct channel *channel;
	uint64_t sent, retried, failed; /* since the start */
};

#define CHANNELS REMIND_CHANNELS

/* Messages on their way. */
struct outbox {
	struct remind *remind;
	struct courier *courier; /* webhooks */
	struct smtp *smtp;       /* NULL: no mail */
	struct buf sender;       /* the address of smtp_from */
	struct event *settle; /* outcomes that could not be recorded yet */
	struct store_call *claiming, *reporting; /* NULL: not under way */
	bool claim_again;     /* there may be more to claim */
	struct delivery *deliveries, **last; /* in the order in which they were claimed */
	int held, queued, under_way;         /* all of them; those that wait their turn; those that go over */
	struct channel_state channels[CHANNELS];
};

/* A scheduled report that is being made; one at a time. */
struct document {
	struct remind *remind;
	json_t *claimed;         /* what is made, and of which day; NULL: none is */
	struct store_call *call; /* NULL: not under way */
	const struct report_format *format;
	struct worker *worker;   /* the process that makes it; NULL: there is none */
	struct buf page;         /* what the database gave, as lines */
	struct slice rest;       /* of it, still to be fed */
	struct buf cursor;       /* where the next page begins; empty: there is none */
	struct buf bytes;        /* what was made */
	bool ended;              /* the worker has all records */
	const char *outcome;     /* how it ended, while that is recorded */
};

struct remind {
	struct event_base *base;
	struct store *store;
	struct remind_options options;
	struct outbox outbox;
	struct document document;
	struct watch *watch;
	struct event *round;  /* the next round */
	char worker[64];
	int64_t round_due;    /* clock_ticks */
	int64_t opened_at, round_at; /* clock_ticks; round_at 0: none yet */
	struct store_call *ticking;  /* NULL: not under way */
	bool troubled;        /* the last thing that was asked of the database failed, */
	char *trouble;        /* for this reason */
	int64_t waiting;
	json_t *state;        /* the last round's api.remind_tick */
	bool stopping;
	struct event *stopped;
	void (*idle)(void *arg);
	void *idle_arg;
};

void remind_log(const struct remind *remind, int priority, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* At the latest in so many milliseconds; an earlier round stays. */
void remind_schedule(struct remind *remind, int64_t milliseconds);
/* The same at a time of the database's clock, which is moved as ours is. */
void remind_schedule_at(struct remind *remind, const char *iso);
/* Takes the request. NULL: the database cannot be asked now. */
struct store_call *remind_call(struct remind *remind, const char *function, json_t *request_take, store_answer_fn *answered, void *arg);
/* False: not there, which is logged and tried again. */
bool remind_read(struct remind *remind, const struct store_answer *answer, json_t **ret);
/* The channels that are configured, as a JSON list. */
json_t *remind_channels(const struct remind *remind);
/* When we stop: tells who waits where nothing is under way any more. */
void remind_look_idle(struct remind *remind);
bool remind_is_late(const struct remind *remind);
/* Whether a channel has delivered nothing for an hour though there is something. */
bool remind_is_failing(const struct remind *remind, const char *channel);

void outbox_open(struct outbox *outbox, struct remind *remind);
/* Claims what there is to be sent. */
void outbox_claim(struct outbox *outbox);
/* Gives back what has not begun. */
void outbox_stop(struct outbox *outbox);
bool outbox_is_idle(const struct outbox *outbox);
void outbox_close(struct outbox *outbox);

void document_open(struct document *document, struct remind *remind);
/* Makes the next report whose day has come, unless one is being made. */
void document_claim(struct document *document);
void document_stop(struct document *document);
bool document_is_idle(const struct document *document);
void document_close(struct document *document);

#endif
