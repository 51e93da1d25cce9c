#ifndef MANDATE_READER_LAYOUT_H
#define MANDATE_READER_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

#include "reader/label.h"
#include "reader/lexicon.h"
#include "reader/normalize.h"

/*
 * Lines become blocks: one block for each paragraph, heading or footnote, with
 * broken lines joined across page breaks and footnotes and page furniture left out.
 */
struct block {
	struct slice text;
	struct label label;  /* in the normalized text, as most blocks' text is */
	bool bullet;
	bool quoted;         /* opened with a quotation mark that was taken off */
	bool heading;        /* marked as one ("## …") */
	bool note;           /* a footnote */
	uint32_t first, last; /* pieces */
};

struct layout {
	struct block *blocks;
	size_t count, room;
	struct text text; /* of the blocks that were joined; its way back leads to the normalized text */
};

/* The blocks point into clean, which must stay. */
void layout_read(const struct lexicon *lexicon, struct slice clean, struct layout *ret);
void layout_release(struct layout *layout);
/* Once the blocks are paragraphs; the text stays. */
void layout_drop_blocks(struct layout *layout);
struct slice block_text(const struct layout *layout, const struct block *block);

#endif
