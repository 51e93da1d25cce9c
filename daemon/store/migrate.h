#ifndef MANDATE_STORE_MIGRATE_H
#define MANDATE_STORE_MIGRATE_H

#include "store.h"

/*
 * Brings the database up to this program, before it serves: migrations once each, in
 * order, functions and tables of reference data whenever their content changed. An
 * advisory lock lets several daemons start together. Blocking.
 */
struct migrate_options {
	const char *database; /* as the owner or a superuser */
	const char *sql;      /* directory with migrations/ and functions/ */
	const char *data;     /* directory with sessions.csv, entities.csv, states.csv */
	const char *rules;    /* of reminders, as JSON */
	unsigned uid;         /* who runs the daemon: an administrator */
	const char *login, *name;
	store_log_fn *log;
	void *log_arg;
};

/* *ret_schema: the number of the last migration. A migration that was applied and has
 * changed since is refused. On failure nothing of the failing step stays behind. */
MUST_CHECK int migrate_run(const struct migrate_options *options, int *ret_schema, struct error *error);

#endif
