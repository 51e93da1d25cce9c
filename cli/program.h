#ifndef MANDATE_CLI_PROGRAM_H
#define MANDATE_CLI_PROGRAM_H

#include "base/buf.h"
#include "base/error.h"

/*
 * Runs a program without a shell: argv[0] is looked for in PATH, the bytes are its standard input (a
 * file in memory, so that it may seek), its standard output is appended to out. It is ended when it takes
 * longer than so many seconds or writes more than out holds.
 * Errors: E_NOT_FOUND "no_program"; E_INPUT "program_failed" (an exit code other than 0), "program_slow";
 * E_TOO_BIG "too_big"; E_SYSTEM.
 */
MUST_CHECK int program_run(const char *const argv[], struct slice input, unsigned seconds, struct buf *out,
    struct error *error);

#endif
