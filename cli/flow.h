#ifndef MANDATE_CLI_FLOW_H
#define MANDATE_CLI_FLOW_H

#include <stdbool.h>

#include "base/buf.h"

/*
 * Text that comes in pieces out of markup: blanks run together, breaks wait until
 * there is text after them.
 */
struct flow {
	struct buf *out;
	int breaks; /* line ends to write before the next text */
	bool blank; /* a blank before it */
	bool glue;  /* what comes next stays on this line: the text after a number in a cell of its own */
};

void flow_text(struct flow *flow, struct slice text);
/* 1: a new line; 2: a new paragraph. */
void flow_break(struct flow *flow, int lines);
/* A footnote's mark, in raised digits, so that the reader knows it for one. */
void flow_mark(struct flow *flow, struct slice digits);
/* After a number that stands by itself: "1." and, in the next cell, its text. */
void flow_glue(struct flow *flow);

#endif
