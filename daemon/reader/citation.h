#ifndef MANDATE_READER_CITATION_H
#define MANDATE_READER_CITATION_H

#include "reader/lexicon.h"
#include "reader/structure.h"

/*
 * Finds what a paragraph cites: resolutions and decisions by their numbers ("its resolution
 * 55/25 of 15 November 2000", lists and ranges), and documents by their symbols.
 *
 * A number alone names no body. Which one it is tells the body named beside it; else its form
 * (2004/23 is the Economic and Social Council's, 1540 (2004) the Security Council's); else who
 * speaks. "Council" is any of three, and Roman sessions any of two: the last one named in full
 * decides. The symbol stays empty where the body gives its resolutions no symbol, or is unknown.
 */
struct citer {
	const struct structure *structure; /* its reading receives citations and warnings */
	const char *council;               /* the last council named in full, NULL: none yet */
	size_t room, warning_room;         /* of the reading's lists; warning_room starts at their count */
};

/* Appends the citations of one paragraph, whose words these are, in their order. A date that the
 * number contradicts is warned of. */
void citation_find(struct citer *citer, const struct words *words, size_t paragraph);

#endif
