#ifndef MANDATE_READER_STRUCTURE_H
#define MANDATE_READER_STRUCTURE_H

#include "reader/layout.h"
#include "reader/lexicon.h"
#include "reader/reader.h"

/*
 * Blocks become paragraphs with part, label, section, speaker and nest; what the
 * text says of itself (symbol, title, body, meeting, date) goes into the reading.
 */
struct structure {
	const struct lexicon *lexicon;
	struct text *clean;          /* the way back from the layout's text … */
	struct layout *layout;       /* … leads through this one */
	struct reading *reading;
	struct words words;          /* scratch */
	const struct lexicon *other; /* of a text in two languages the one that is not read, or NULL */
	bool lenient;                /* no opener and no known verb: every number is a paragraph */
	bool told;                   /* the first paragraph tells a decision */
	bool spoken;                 /* an opener has been read: further mastheads are of other resolutions */
	bool midway;                 /* the text begins in the middle of a resolution */
	bool ended;                  /* the first resolution has: further dates are of others */
	struct slice number;         /* "482 (V)" of a title read before the body was known */
};

/* The words of text in s->words, as lexicon_head cuts them. */
void structure_words(struct structure *structure, struct slice text);
void structure_read(struct structure *structure);
/* The bytes of the source that a slice of a paragraph's text came from. */
struct span structure_span(const struct structure *structure, struct slice text);

/* masthead.c: what stands above the opener and below the last paragraph. */

/* "47th plenary meeting 21 July 2004", or one of the two. Fills the reading when it is. */
bool masthead_closing(struct structure *structure, struct slice text);
/* The same, and nothing is filled in. */
bool masthead_is_closing(struct structure *structure, struct slice text);
/* A line above the opener: remembers symbol, date and title; returns which part it is. */
enum part masthead_line(struct structure *structure, const struct block *block, struct slice text);
/* The symbol, once the body is known: "482 (V)" of the Assembly is A/RES/482 (V). */
void masthead_finish(struct structure *structure);
/* The body whose symbols begin so: "GA" of "A/RES/59/157"; NULL: not known. */
const char *masthead_symbol_body(struct slice symbol);
/* "482 (V). Registration …": another resolution begins. */
bool masthead_is_title(struct structure *structure, struct slice text);
/* "Decisions": the block whose words are at hand is nothing else. */
bool masthead_is_heading(struct structure *structure);

#endif
