#ifndef MANDATE_READER_NORMALIZE_H
#define MANDATE_READER_NORMALIZE_H

#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

/*
 * Text that was made from other text, and the way back: each run says that from
 * byte out on, the bytes came one by one from byte in on.
 */
struct text_run {
	uint32_t out, in;
};

struct text {
	char *at;
	size_t len, room;
	struct text_run *runs;
	size_t run_count, run_room, run; /* run: the one last asked for */
};

void text_release(struct text *text);
/* Appends bytes that came from offset in. */
void text_append(struct text *text, const char *bytes, size_t len, size_t in);
/* Where byte out came from. */
size_t text_source(struct text *text, size_t out);

/* One kind of line end and of blank; no soft hyphens, zero-width characters, tags, comments,
 * emphasis and superscript footnote marks (but at the start of a line). source is UTF-8. */
void normalize(struct slice source, struct text *ret);

#endif
