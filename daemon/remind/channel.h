#ifndef MANDATE_REMIND_CHANNEL_H
#define MANDATE_REMIND_CHANNEL_H

#include <jansson.h>

#include "base/buf.h"
#include "courier.h"
#include "remind.h"
#include "smtp.h"

/*
 * A delivery: one message on its way to one person. Inside remind only. A channel makes the
 * transfer from the message and says, when the transfer has ended, how it went.
 */
struct channel;

struct delivery {
	struct outbox *outbox;
	const struct channel *channel;
	json_t *message;     /* a row of api.outbox_claim */
	bool under_way;      /* else it waits its turn here, or has ended */
	struct buf bytes;    /* what goes over */
	struct smtp_letter letter; /* by mail */
	CURL *easy;          /* by webhook, with its headers */
	struct curl_slist *headers;
	char answer[512];    /* what the other side said last */
	const char *outcome; /* NULL until it has ended; then "sent", "retry", "failed", or "back": not tried */
	bool reporting;      /* the outcome is on its way to the database */
	int64_t give_up_at;  /* clock_ticks: the lease is over */
	struct delivery *next;
};

struct channel {
	const char *name; /* as in the outbox */
	bool (*ready)(const struct remind_options *options);
	/* Makes what goes over; false where the message cannot be sent at all, with the answer. */
	bool (*prepare)(struct delivery *delivery, const struct remind_options *options);
	/* Sets off; delivery_ended comes from the loop. */
	void (*start)(struct delivery *delivery);
	/* Drops what is under way; delivery_ended does not come. */
	void (*give_up)(struct delivery *delivery);
};

extern const struct channel channel_mail, channel_webhook;

/* A delivery that was under way is over: "sent", "retry" or "failed". */
void delivery_ended(struct delivery *delivery, const char *outcome);
/* What carries the deliveries. */
struct courier *delivery_courier(const struct delivery *delivery);
struct smtp *delivery_smtp(const struct delivery *delivery);
const char *delivery_sender(const struct delivery *delivery); /* the address of smtp_from */

/* Keeps one line of an answer, without its line break and control characters. */
void delivery_answer(struct delivery *delivery, struct slice line);

#endif
