#ifndef MANDATE_CLI_EXIT_H
#define MANDATE_CLI_EXIT_H

#include "base/buf.h"
#include "base/error.h"
#include "base/json.h"
#include "base/slice.h"

/* Exit codes: one for each kind of refusal, so that a script can tell them apart. */
enum exit_code {
	EXIT_DONE = 0,
	EXIT_REFUSED = 1,
	EXIT_USAGE = 2,
	EXIT_NOT_FOUND = 3,
	EXIT_CONFLICT = 4,
	EXIT_DENIED = 5,
	EXIT_EMPTY = 10,
	EXIT_NOT_TEXT = 11,
	EXIT_NO_OPERATIVE = 12,
	EXIT_BAD_DATE = 14,
	EXIT_STATUS = 15,
	EXIT_AMBIGUOUS = 16,
	EXIT_TOO_BIG = 17,
	EXIT_UNREACHABLE = 69,
	EXIT_OUR_FAULT = 70,
};

/* From an error's stable word, else from an HTTP status (0: none). */
int exit_code_of(const char *name, int status);
/* Prints "mandate: message" on standard error; returns the exit code. */
int exit_fail(const struct error *error);
void exit_help(struct buf *out);
/* [{"code", "words", "sentence"}] */
void exit_help_json(struct json_writer *writer);

#endif
