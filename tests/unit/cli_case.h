#ifndef MANDATE_TEST_CLI_CASE_H
#define MANDATE_TEST_CLI_CASE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "cli/command.h"
#include "cli/exit.h"

/* Runs a command with its standard output into out, by a file in directory; its messages go nowhere. */
static inline int cli_case_run(int (*command)(const struct invocation *), const struct invocation *invocation,
    const char *directory, struct buf *out)
{
	char *path = xasprintf("%s/out", directory);
	int output = dup(STDOUT_FILENO), messages = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY);
	int file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600), code;
	struct error error = ERROR_NONE;

	fflush(stdout);
	dup2(file, STDOUT_FILENO);
	dup2(nowhere, STDERR_FILENO);
	code = command(invocation);
	dup2(output, STDOUT_FILENO);
	dup2(messages, STDERR_FILENO);
	close(output);
	close(messages);
	close(nowhere);
	close(file);
	buf_init(out, BUF_MAX_BODY);
	assert_int_equal(file_read(path, out, &error), 0);
	unlink(path);
	free(path);
	return code;
}

#endif
