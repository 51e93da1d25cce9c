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
	WORD_JOINED = 64,  /* has a hyphen or an apostrophe inside */
	WORD_BEGINS = 128, /* a phrase of several words begins with it */
};

struct word {
	uint32_t at; /* offset in the paragraph's text */
	uint32_t id; /* the lexicon's number for it, 0: not in the lexicon */
	uint16_t len;
	uint8_t gap, flags;
};

struct lexicon;

/* Words are kept between paragraphs so that a read allocates once. Where only the first few are looked at, the
 * rest is cut when it is asked for: see lexicon_head. */
struct words {
	struct word *at;
	size_t count, room;
	struct slice text;
	const uint64_t *roles; /* of the lexicon, two by word number: see lexicon_roles */
	uint8_t gap_end;       /* the marks after the last word, once all are cut */
	bool all;              /* are cut */
	uint8_t within;        /* WORD_QUOTED, WORD_BRACKETED: what is open where the cutting stands */
	size_t next, opened, bracketed; /* a byte, and the words where they opened */
	const struct lexicon *lexicon;
};

/*
 * What a word is known by: its first bytes in lower case, and a hash of all of it. Nearly every word is no
 * longer than that, and then two words are the same when these numbers are. Of a longer one high begins as
 * no text does, and the words themselves must be compared.
 */
#define WORD_KEY_BYTES 16
#define WORD_KEY_LONG ((uint64_t)0xFF << 56)

struct word_key {
	uint64_t low, high;
	uint32_t hash;
};

/* The next word of text from *at on; false at the end, with the marks before it in ret->gap. */
bool word_next(struct slice text, size_t *at, struct word *ret, struct word_key *ret_key);
struct slice word_text(const struct words *words, size_t i);
/* The text from word i to before word end, without the marks at its end but those that close what it opens. */
struct slice words_range(const struct words *words, size_t from, size_t end);
/* Lower case of what resolutions are written in: ASCII, Latin-1, Cyrillic. Same length. */
struct word_key word_key(struct slice text);
bool word_equal(struct slice text, struct slice folded);
/* Folds in place. */
void word_fold(char *at, size_t len);

#endif
