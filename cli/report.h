#ifndef MANDATE_CLI_REPORT_H
#define MANDATE_CLI_REPORT_H

#include "command.h"

/* [NAME] [SUBJECT] [FILTER…]: which report of what. */
struct report_asked {
	const char *name;    /* the status report unless named */
	const char *subject; /* NULL: the report has none */
	char **words;        /* of the filter */
	size_t count;
};

void report_asked_read(const struct invocation *invocation, struct report_asked *ret);

#endif
