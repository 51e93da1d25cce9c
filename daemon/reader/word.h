#ifndef MANDATE_READER_WORD_H
#define MANDATE_READER_WORD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

/*
 * A paragraph cut into words, once, so that everything after it compares
 * numbers. A word is a run of letters and digits with the hyphens and
 * apostrophes inside it; the marks between two words are kept as flags of the
 * second one.
 */
enum word_gap {
	GAP_COMMA = 1,
	GAP_SEMICOLON = 2,
	GAP_COLON = 4,
	GAP_STOP = 8,     /* . ! ? before a blank */
	GAP_OPEN = 16,    /* ( or [ */
	GAP_CLOSE = 32,   /* ) or ] */
	GAP_QUOTE = 64,   /* any quotation mark */
	GAP_DASH = 128,   /* a dash between words */
};

enum word_flag {
	WORD_CAPITAL = 1,
	WORD_CAPITALS = 2, /* all letters, and more than one */
	WORD_NUMBER = 4,   /* digits */
	WORD_QUOTED = 8,   /* between quotation marks that close in this paragraph */
	WORD_BRACKETED = 16,
	WORD_NAMED = 32,   /* inside a known name, and not its first word */
};

struct word {
	uint32_t at; /* offset in the paragraph's text */
	uint32_t id; /* the lexicon's number for it, 0: not in the lexicon */
	uint16_t len;
	uint8_t gap, flags;
};

/* Words are kept between paragraphs so that a read allocates once. */
struct words {
	struct word *at;
	size_t count, room;
	struct slice text;
	const uint64_t *roles; /* of the lexicon, by word number: see lexicon_at */
	uint8_t gap_end;       /* the marks after the last word */
};

/* The next word of text from *at on; false at the end. hash is of the word in lower case. */
bool word_next(struct slice text, size_t *at, struct word *ret, uint32_t *ret_hash);
struct slice word_text(const struct words *words, size_t i);
/* The text from word i to before word end, without the marks at its end. */
struct slice words_range(const struct words *words, size_t from, size_t end);
/* Lower case of what resolutions are written in: ASCII, Latin-1, Cyrillic. Same length. */
uint32_t word_hash(struct slice text);
bool word_equal(struct slice text, struct slice folded);
/* Folds in place. */
void word_fold(char *at, size_t len);

#endif
