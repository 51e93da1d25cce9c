#ifndef MANDATE_REMIND_MESSAGE_H
#define MANDATE_REMIND_MESSAGE_H

#include <stdbool.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/buf.h"

/*
 * What a person is told, as words. Pure: the content of a message, as the outbox keeps it, gives the
 * same texts every time. What is said of one milestone of one obligation is said once, though several
 * of its steps may fall on one working day.
 */
struct message {
	struct arena *arena; /* everything below lives here */
	bool exercise;       /* the clock is moved */
	const char *on;      /* the person's day, "2005-06-07" */
	const char *name, *login, *role;
	const json_t **items; /* borrowed from the content, the overdue ones first */
	size_t count, overdue;
	const json_t *alarms;
	const json_t *paragraphs; /* of a letter that is no reminder, such as goes with a report: texts, and {"command":…}; else empty */
	const char *summary; /* "3 matters on 7 June 2005: 1 overdue, 2 due soon" */
	const char *subject;
	const char *title; /* of a letter */
	const char *thread;  /* where all is about one obligation; else NULL */
};

/* content must live as long as the message. */
void message_open(struct message *message, const json_t *content, bool exercise);
void message_close(struct message *message);

void message_text(const struct message *message, struct buf *out); /* 72 columns */
void message_html(const struct message *message, struct buf *out);
/* iCalendar, an all-day event for each item; created_at is the stamp. */
void message_calendar(const struct message *message, const char *created_at, struct buf *out);

/* Whether item i is the first of its obligation: what is the same for all of them is said there. */
bool message_is_new(const struct message *message, size_t i);

/* The parts that text and HTML share. */
const char *message_heading(const struct message *message, const json_t *item); /* "Submission due in 4 weeks" */
const char *message_title(const struct message *message, const json_t *item);   /* "report to the General Assembly …" */
const char *message_place(const struct message *message, const json_t *item);   /* "A/RES/59/157, para. 9" */
const char *message_source(const struct message *message, const json_t *item);  /* the same with the resolution's title */
const char *message_prompt(const json_t *item);                                 /* "When it is done:" */
const char *message_label(const struct message *message, const json_t *item);   /* "Submission", "Deadline" */
const char *message_asked(const struct message *message, const json_t *item);
const char *message_due(const struct message *message, const json_t *item);
const char *message_last(const struct message *message, const json_t *item); /* "" where nothing was said */
const char *message_part(const struct message *message, const json_t *item); /* why this person is told */
const char *message_command(const struct message *message, const json_t *item);
/* Of a letter's paragraph; a command stands on a line of its own, to be copied. */
const char *message_paragraph(const json_t *paragraph, bool *ret_command);
const char *message_exercise(const struct message *message);
const char *message_date(const struct message *message, const char *iso); /* "7 June 2005" */
/* How to hear less: what for, and the command; NULL past the last. */
const char *message_hint(const struct message *message, size_t i, const char **ret_command);

#endif
