#ifndef MANDATE_READER_COMPARE_WORDS_H
#define MANDATE_READER_COMPARE_WORDS_H

#include "reader/compare.h"
#include "reader/word.h"

/* Inside compare only: what changed between the two paragraphs of a pair. */

/* The runs of words that stayed, went and came. */
void compare_words(struct arena *arena, struct compare_pair *pair);
/* What their requests say otherwise. */
void compare_terms(struct arena *arena, struct compare_pair *pair);

#endif
