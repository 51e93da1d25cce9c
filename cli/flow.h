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
	bool glue;  /* what comes next stays on this line */
	size_t row; /* where the present row of a table began */
};

void flow_text(struct flow *flow, struct slice text);
/* 1: a new line; 2: a new paragraph. */
void flow_break(struct flow *flow, int lines);
/* A footnote's mark, in raised digits, so that the reader knows it for one. */
void flow_mark(struct flow *flow, struct slice digits);
/* A row of a table begins. */
void flow_row(struct flow *flow);
/* What comes next goes on behind what was written: an item behind its number, a cell behind the one
 * before it. A cell that held paragraphs stays apart, unless it was a number: "1." and then its text. */
void flow_glue(struct flow *flow);

#endif
