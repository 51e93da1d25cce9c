#ifndef MANDATE_CLI_CONTRIBUTION_H
#define MANDATE_CLI_CONTRIBUTION_H

#include "base/buf.h"
#include "ask.h"

/* "1,234,567.50" from "1234567.5": marks between thousands, and the cents. The text stays a text:
 * no amount is ever made a number here. */
void amount_put(struct buf *out, const char *amount);
/* "EUR 1,250.50" from an object with currency and amount. */
void amount_of(struct buf *out, const json_t *object);
/* "note: …" on standard error for each of the answer's warnings. */
void warnings_say(const json_t *answer);
/* The options as members of the body, "none" as null; a bad date or year is a fault. */
MUST_CHECK int contribution_members(const struct invocation *invocation, json_t *body, struct error *error);

#endif
