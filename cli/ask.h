#ifndef MANDATE_CLI_ASK_H
#define MANDATE_CLI_ASK_H

#include "client.h"
#include "command.h"
#include "print.h"

/*
 * What most commands are: one request, and its answer on a page, as JSON where that
 * was asked for. print returns the exit code.
 */
typedef int ask_print(const struct invocation *invocation, struct page *page, const json_t *answer);

/* A GET where body_take is NULL. Takes path_take (to be freed) and body_take. */
int ask(const struct invocation *invocation, const char *method, char *path_take, json_t *body_take,
    ask_print *print);

/* A date option must be a date before it is sent; 0 where it was not given. */
MUST_CHECK int option_date(const struct invocation *invocation, enum option option, struct error *error);
/* --seen: the version that was seen goes into body where it was given. */
MUST_CHECK int option_seen(const struct invocation *invocation, json_t *body, struct error *error);
/* Every --evidence goes into body as the list "evidence". */
void option_evidence(const struct invocation *invocation, json_t *body);
/* The option's text goes into body as member where it was given. */
void option_member(const struct invocation *invocation, enum option option, json_t *body, const char *member);
/* The same, where "none" takes away what is there. */
void option_member_none(const struct invocation *invocation, enum option option, json_t *body, const char *member);

/* What the daemon renders, printed or written to the file of --output. */
int report_fetch(const struct invocation *invocation, const char *path);

#endif
