#ifndef MANDATE_CLI_TERMINAL_H
#define MANDATE_CLI_TERMINAL_H

#include "base/buf.h"
#include "base/slice.h"

/* What a terminal is shown: the words of others may hold sequences that it would obey. Of control characters line
 * feeds and tabs stay, and of sequences colours. An all-zero struct begins. */
struct terminal {
	char held[16]; /* the beginning of what may be a sequence, from one piece to the next */
	size_t len;
};

/* Appends one piece of a text to out. What is dropped leaves the rest of its sequence as letters. */
void terminal_show(struct terminal *terminal, struct slice piece, struct buf *out);

#endif
