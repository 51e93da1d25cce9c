/* mandate: finds the command in the table and runs it. */
#include <signal.h>
#include <stdio.h>

#include "command.h"
#include "exit.h"
#include "print.h"

static int main_help(const struct invocation *invocation)
{
	struct page page;

	page_init(&page, invocation);
	if (invocation->command != NULL)
		command_help(invocation->command, &page.out);
	else
		command_help_all(&page.out);
	return page_finish(&page, EXIT_DONE);
}

int main(int argc, char *argv[])
{
	struct error error = ERROR_NONE;
	struct invocation invocation;
	int code;

	signal(SIGPIPE, SIG_IGN); /* a closed pipe is an error of write, reported there */
	if (command_parse(&invocation, argc, argv, &error) != 0)
		code = exit_fail(&error);
	else if (option_given(&invocation, OPTION_HELP))
		code = main_help(&invocation);
	else if (option_given(&invocation, OPTION_VERSION))
		code = puts("mandate " MANDATE_VERSION) < 0;
	else if (invocation.command == NULL)
		code = main_help(&invocation) == EXIT_DONE && argc == 1 ? EXIT_DONE : EXIT_USAGE;
	else
		code = invocation.command->run(&invocation);
	invocation_release(&invocation);
	return code;
}
