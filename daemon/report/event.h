#ifndef MANDATE_REPORT_EVENT_H
#define MANDATE_REPORT_EVENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"

/*
 * Days as iCalendar, RFC 5545: all that the service gives out is made here, so that the same day has
 * the same UID in a report, in a calendar and in a reminder. A UID stays while its day moves, SEQUENCE
 * grows with the record. Events last all day and take nobody's time; to-dos are for programs that show
 * them. Lines are folded and end in CRLF.
 */
enum event_state {
	EVENT_OPEN,
	EVENT_BEGUN,
	EVENT_DONE,
	EVENT_CANCELLED,
	EVENT_TENTATIVE, /* the resolution is not adopted */
};

struct event {
	const char *reference, *name; /* of the obligation, of its day: "slot"; together the UID */
	const char *on;               /* YYYY-MM-DD */
	const char *stamp;            /* when this was so: a day, or a time in UTC as RFC 3339 writes it */
	const char *done_on;          /* YYYY-MM-DD; NULL or "" where unknown */
	int64_t sequence;
	enum event_state state;
	const char *summary, *description, *category; /* category NULL: none */
};

/* The head of a calendar; name is for people, NULL or "" for none. publish: it is sent by mail. */
void event_begin(struct buf *out, const char *name, bool publish);
/* Nothing where `on` is no day. */
void event_write(struct buf *out, struct arena *arena, const struct event *event);
void event_write_todo(struct buf *out, struct arena *arena, const struct event *event);
void event_end(struct buf *out);

#endif
