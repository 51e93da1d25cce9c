#ifndef MANDATE_READER_FURNITURE_H
#define MANDATE_READER_FURNITURE_H

#include <stdbool.h>

#include "reader/lexicon.h"

/* Which lines of a text are none of its paragraphs'. */
enum line_kind { LINE_BLANK, LINE_RULE, LINE_FURNITURE, LINE_NOTE, LINE_TEXT };

/* What the lines so far tell of the next one. */
struct furniture {
	const struct lexicon *lexicon;
	struct words words;  /* scratch */
	bool ruled;          /* a rule before footnotes */
	bool any_body;       /* a paragraph has begun: what is above it has no footnotes */
	unsigned note;       /* the number of the footnote above, 0: text stands between */
	unsigned mark;       /* a number alone on the line above, with a blank line over it; 0: none */
};

/* line, with what follows it in rest. blanks: empty lines above it; in_note: the line above is a footnote's. */
enum line_kind furniture_kind(struct furniture *furniture, struct slice line, struct slice rest, size_t blanks,
    bool in_note);
void furniture_release(struct furniture *furniture);

#endif
