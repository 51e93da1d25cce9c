#ifndef MANDATE_READER_LEXICON_TABLE_H
#define MANDATE_READER_LEXICON_TABLE_H

#include "base/arena.h"
#include "reader/lexicon.h"

/*
 * Inside the lexicon's files only: words by their hash, phrases of one word chained at
 * it and longer ones at their first two words, the longest first. Everything lives on
 * one arena.
 */
#define PAIR_BITS 65536 /* a lexicon has some five thousand pairs */

struct entry {
	uint64_t low, high; /* as in struct word_key */
	struct slice word;  /* lower case */
};

/* By which phrases hang together, apart from them: most are passed for their role. */
struct link {
	uint32_t next : 24; /* index + 1 */
	uint32_t role : 8;
};

#define PHRASES_MOST (((uint32_t)1 << 24) - 1)

/* A part of the hash stands beside the number, so that a word that is not here is told without a look at the
 * entries; and both are short, since every word of every text is looked up. */
struct seat {
	uint16_t tag, entry;
};

#define ENTRIES_MOST UINT16_MAX

/* Two words that phrases begin with. */
struct pair {
	uint32_t first, second;
	uint32_t phrase; /* index + 1 of the first of them; 0: a free seat */
};

struct strings {
	struct slice *at;
	size_t count;
};

struct lexicon {
	struct arena *arena;
	char language[8];
	bool structure_only;
	struct slice letters; /* beyond a to z */
	struct entry *entries; /* entries[0] is the unknown word */
	size_t entry_count, entry_room;
	struct seat *table; /* by hash */
	size_t table_size;
	struct pair *pairs; /* by pair_hash */
	size_t pair_size;
	uint8_t pair_bits[PAIR_BITS / 8]; /* by pair_hash too: most words in a row begin no phrase */
	struct phrase *phrases;
	size_t phrase_count, phrase_room;
	struct link *links;   /* by phrase */
	uint32_t *singles;    /* by entry: index + 1 of the first phrase that it is */
	uint64_t *roles; /* two by entry: of the phrases that it is, and of all that begin with it */
	uint8_t *common; /* by entry: among the commonest words */
	struct strings participles, pasts, adjectives, infinitives;
	struct strings year_middles;
	struct strings elisions; /* whole words, before an apostrophe */
	struct strings clitics, inserts;
};

/* The word's number, 0 where the lexicon has it not. */
uint32_t lexicon_lookup(const struct lexicon *lexicon, struct slice word, const struct word_key *key);
/* The next word of the text as this language cuts it; as word_next. */
bool lexicon_next(const struct lexicon *lexicon, struct slice text, size_t *at, struct word *ret, struct word_key *ret_key);

static inline uint16_t seat_tag(uint32_t hash)
{
	return (uint16_t)(hash >> 16);
}

static inline uint32_t pair_hash(uint32_t first, uint32_t second)
{
	return (first * 2654435761U ^ second * 40503U) % PAIR_BITS;
}

static inline bool lexicon_may_pair(const struct lexicon *lexicon, uint32_t first, uint32_t second)
{
	const uint32_t bit = pair_hash(first, second);

	return lexicon->pair_bits[bit / 8] & (1 << bit % 8);
}

/* The seat of two words, or the free one where they belong. */
static inline struct pair *lexicon_pair(const struct lexicon *lexicon, uint32_t first, uint32_t second)
{
	size_t at = pair_hash(first, second) & (lexicon->pair_size - 1);

	while (lexicon->pairs[at].phrase != 0 && (lexicon->pairs[at].first != first || lexicon->pairs[at].second != second))
		at = (at + 1) & (lexicon->pair_size - 1);
	return &lexicon->pairs[at];
}

#endif
