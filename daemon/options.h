#ifndef MANDATE_OPTIONS_H
#define MANDATE_OPTIONS_H

#include <stdbool.h>

/* mandated's command line. Texts are those of argv; NULL where an option was not given. */
struct options {
	const char *config_file, *socket, *state;
	const char *render, *language; /* the format of a worker that renders a report */
	bool check, print;
};

#define EXIT_USAGE 2

/* -1: go on; else the exit code of what was answered already (--help, a mistake). Sets the
 * clock's offset. */
int options_parse(struct options *ret, int argc, char *argv[]);

#endif
