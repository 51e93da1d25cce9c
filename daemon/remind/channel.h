#ifndef MANDATE_REMIND_CHANNEL_H
#define MANDATE_REMIND_CHANNEL_H

#include <jansson.h>

#include "base/slice.h"
#include "remind.h"
#include "courier.h"

/*
 * A delivery: one message on its way to one person. Inside remind only. A channel makes the
 * transfer's handle from the message and says, when the transfer has ended, how it went.
 */
struct delivery {
	struct remind *remind;
	json_t *message; /* a row of api.outbox_claim */
	CURL *easy;
	struct curl_slist *headers, *recipients;
	curl_mime *mime;
	char *body;          /* of a webhook */
	char answer[512];    /* what the other side said last */
	char command[8];     /* what was said to a mail server last: "RCPT", "DATA", "" before the first */
	bool quitting;
	int status;          /* the number at the head of the answer */
	bool started;        /* else it waits its turn here */
	const char *outcome; /* NULL until it has ended; then "sent", "retry", "failed", or "back": not tried */
	bool reporting;      /* the outcome is on its way to the database */
	int64_t give_up_at;  /* clock_ticks: the lease is over */
	struct delivery *next;
};

struct channel {
	const char *name; /* as in the outbox */
	bool (*ready)(const struct remind_options *options);
	/* Makes easy and what it needs; false where the message cannot be sent at all, with the answer. */
	bool (*prepare)(struct delivery *delivery, const struct remind_options *options);
	/* "sent", "retry" or "failed". */
	const char *(*judge)(struct delivery *delivery, CURLcode result);
};

extern const struct channel channel_mail, channel_webhook;

/* Keeps one line of an answer, without its line break and control characters. */
void delivery_answer(struct delivery *delivery, struct slice line);

#endif
