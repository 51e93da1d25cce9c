#ifndef MANDATE_CLI_CLIENT_H
#define MANDATE_CLI_CLIENT_H

#include <stdio.h>

#include "base/buf.h"
#include "base/json.h"
#include "command.h"

/*
 * Asks the daemon over its Unix socket, or over HTTPS with a token. A write carries
 * one idempotency key for the whole command and is tried again with it where the
 * connection or the database went away. A refusal becomes an error whose name chooses the exit code.
 */
struct client;

struct client *client_open(const struct invocation *invocation, struct error *error); /* NULL: the reason */
void client_close(struct client *client);

/* path is under /v1, with its query; *ret is to be released with json_decref. */
MUST_CHECK int client_get(struct client *client, const char *path, json_t **ret, struct error *error);
/* As bytes, whatever they are. */
MUST_CHECK int client_fetch(struct client *client, const char *path, struct buf *out, struct error *error);
/* The same into a file as it comes. E_SYSTEM "broken_off": what was written is not whole. */
MUST_CHECK int client_stream(struct client *client, const char *path, FILE *out, struct error *error);
/* body is taken. */
MUST_CHECK int client_write(struct client *client, const char *method, const char *path, json_t *body_take,
    json_t **ret, struct error *error);
/* Says on standard error what went wrong, closes the client, returns the exit code. The word of a
 * refusal lives in the client, so nothing may be done with the error after. */
int client_fail(struct client *client, const struct error *error);

/* The problem document of the last refusal, or NULL; lives in the client. */
const json_t *client_problem(const struct client *client);

/* "/v1/obligations/" + percent-encoded segment + tail. To be freed. */
char *client_path(const char *head, const char *segment, const char *tail);
/* Appends "?name=value" or "&name=value", encoded; nothing where value is NULL. */
void client_query(struct buf *path, const char *name, const char *value);
/* All rows of a list, page after page: nothing is cut. *ret is an array, *ret_whole the last page. */
MUST_CHECK int client_list(struct client *client, const char *path, json_t **ret_rows, json_t **ret_whole,
    struct error *error);

#endif
