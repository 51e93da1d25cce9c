#ifndef MANDATE_CONFIG_H
#define MANDATE_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/error.h"
#include "base/slice.h"

/*
 * The configuration file in one struct. One table of keys gives the defaults, the
 * checks, --print-config and what a reload may change. Texts belong to the struct;
 * "" means that a key was not set and has no default.
 */
struct settings {
	char *socket;
	char *socket_group;
	char *socket_mode; /* octal */
	char *listen;
	char *tls_certificate;
	char *tls_key;
	char *database;
	char *database_owner;
	int connections;
	int max_calls;
	int max_body;
	int request_seconds;
	char *state_directory;
	char *postgres_directory;
	char *cluster_user;
	char *log_level;
	char *smtp_url;
	char *smtp_user;
	char *smtp_password_file;
	char *smtp_from;
	char *smtp_starttls; /* a word */
	char *smtp_ca_file;
	char *webhook_secret_file;
	int mail_connections;
	int delivery_seconds;
	char *reminders; /* the rules as JSON, as the database takes them */
};

void settings_init(struct settings *settings); /* the defaults */
void settings_release(struct settings *settings);

/*
 * Reads a file's text over the defaults. All faults are reported at once, one a line, each
 * with file, line and what is allowed; the error's message holds as many as fit, faults (may
 * be NULL) all of them. On failure *settings holds the defaults.
 */
MUST_CHECK int settings_parse(struct settings *settings, const char *file, struct slice text,
    struct buf *faults, struct error *error);
MUST_CHECK int settings_read(struct settings *settings, const char *file, struct buf *faults,
    struct error *error);
/* The socket's mode as a number; -1 where it is none. */
int settings_mode(const struct settings *settings);
/* Every key with its value, as a file that settings_read reads. */
void settings_print(const struct settings *settings, struct buf *out);
/*
 * Takes the reloadable keys of fresh over into config and names, in two lists, what changed
 * and what would need a restart.
 */
void settings_reload(struct settings *settings, const struct settings *fresh, struct buf *changed,
    struct buf *ignored);

/* The table, for the manual and the tests: name and sentence of key i, or NULL past the last. */
const char *settings_key(size_t i, const char **ret_sentence);

#endif
