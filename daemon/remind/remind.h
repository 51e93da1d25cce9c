#ifndef MANDATE_REMIND_H
#define MANDATE_REMIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/json.h"

/*
 * The reminders' round. What is owed to whom stands in the database; here is when to ask for
 * it, and the delivery: claimed under a lease, sent, reported. Nothing is kept here, so that a
 * daemon that is killed loses nothing and a million reminders cost nothing while they wait.
 */
struct event_base;
struct store;
struct remind;

/* priority is a syslog priority. */
typedef void remind_log_fn(void *arg, int priority, const char *line);

/* Texts must live as long as the remind. */
struct remind_options {
	const char *database;      /* for LISTEN */
	const char *smtp_url;      /* "" : mail waits */
	const char *smtp_user, *smtp_password;
	const char *smtp_from;     /* "Mandate <mandate@example.org>" or the address alone */
	const char *smtp_starttls; /* "never", "try" or "always" */
	const char *smtp_ca_file;  /* "": the system's */
	int connections;           /* deliveries side by side */
	int seconds;               /* how long one may take */
	const char *webhook_secret; /* "": webhooks wait */
	bool exercise;             /* the clock is moved: every message says so */
	remind_log_fn *log;        /* or NULL */
	void *log_arg;
};

struct remind *remind_open(struct event_base *base, struct store *store, const struct remind_options *options);
/* Claims no more; idle() comes from the loop when what is under way has ended and is recorded, or a
 * bounded time has passed. */
void remind_stop(struct remind *remind, void (*idle)(void *arg), void *arg);
/* What is still under way is given back by its lease. Before the store is closed. */
void remind_close(struct remind *remind);

/* Counts; those of the database are of the last round. */
#define REMIND_CHANNELS 2
struct remind_channel {
	const char *name;
	uint64_t sent, retried, failed; /* since the start */
	bool failing; /* nothing delivered for an hour, though there is something */
};
struct remind_figures {
	int64_t round_seconds; /* since the last round; -1: none yet */
	int64_t due, waiting, retrying, oldest_seconds, failed; /* failed: of the last week */
	int64_t unreachable, unserved, faults, obligations, database_bytes;
	struct remind_channel channels[REMIND_CHANNELS];
};
/* remind may be NULL. */
void remind_figures(const struct remind *remind, struct remind_figures *ret);

/* Members of an open object: how long ago the last round was, what waits. remind may be NULL. */
void remind_health(const struct remind *remind, struct json_writer *writer);
/* The checks of `mandate doctor` into an open array: {"name", "ok", "message", "remedy"?}. */
void remind_checks(const struct remind *remind, struct json_writer *checks);

/* The SQL functions that a round calls, NULL-terminated: for preparing. */
const char *const *remind_functions(void);

#endif
