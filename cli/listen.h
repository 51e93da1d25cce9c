#ifndef MANDATE_CLI_LISTEN_H
#define MANDATE_CLI_LISTEN_H

#include "base/buf.h"

/* Lines from standard input, a terminal or a pipe, with ctrl-C as an answer of its own. */
enum heard { HEARD_LINE, HEARD_END, HEARD_INTERRUPT };

struct listener {
	struct buf buf;
	size_t used; /* bytes of buf that were handed out */
	bool end;
};

/* From here on the first ctrl-C is heard by listen_line; a second one ends the program. */
void listen_start(struct listener *listener);
void listen_stop(struct listener *listener);
/* *ret lives until the next call. */
enum heard listen_line(struct listener *listener, struct slice *ret);

#endif
