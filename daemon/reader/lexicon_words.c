/*
 * What a lexicon is asked: which words a text has, which phrases begin at one, and
 * what a word's ending tells.
 */
#include "reader/lexicon_table.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/utf8.h"

uint32_t lexicon_lookup(const struct lexicon *lexicon, struct slice word, const struct word_key *key)
{
	const uint16_t tag = seat_tag(key->hash);

	for (size_t at = key->hash;; at++) {
		const struct seat *seat = &lexicon->table[at & (lexicon->table_size - 1)];
		const struct entry *entry = &lexicon->entries[seat->entry];

		if (seat->entry == 0)
			return 0;
		if (seat->tag == tag && entry->low == key->low && entry->high == key->high &&
		    (word.len <= WORD_KEY_BYTES || word_equal(word, entry->word)))
			return seat->entry;
	}
}

/* Where the apostrophe of an elision stands in the word ("l'Assemblée", "qu’il"), 0: it has none. */
static size_t lexicon_elision(const struct lexicon *lexicon, struct slice word)
{
	for (size_t i = 0; i < lexicon->elisions.count; i++) {
		struct slice elision = lexicon->elisions.at[i], rest = slice_from(word, elision.len);

		if (word.len > elision.len + 1 && slice_starts_nocase(word, elision) &&
		    (rest.at[0] == '\'' || slice_starts(rest, SLICE("\xE2\x80\x99"))))
			return elision.len;
	}
	return 0;
}

static inline bool next_word(const struct lexicon *lexicon, struct slice text, size_t *at, struct word *ret,
    struct word_key *ret_key)
{
	struct slice word;
	size_t cut;

	if (!word_next(text, at, ret, ret_key))
		return false;
	if (lexicon->elisions.count == 0 || !(ret->flags & WORD_JOINED))
		return true;
	word = slice_cut(text, ret->at, ret->at + ret->len);
	cut = lexicon_elision(lexicon, word);
	if (cut > 0) {
		ret->len = (uint16_t)cut;
		ret->flags &= (uint8_t)~WORD_CAPITALS;
		*ret_key = word_key(slice_cut(word, 0, cut));
		*at = ret->at + cut + (word.at[cut] == '\'' ? 1 : 3);
	}
	return true;
}

bool lexicon_next(const struct lexicon *lexicon, struct slice text, size_t *at, struct word *ret, struct word_key *ret_key)
{
	return next_word(lexicon, text, at, ret, ret_key);
}

/* An opening mark that never closes quotes nothing: forgotten from there on. */
static void words_unquote(struct words *words, size_t from, uint8_t flag)
{
	for (size_t i = from; i < words->count; i++)
		words->at[i].flags &= (uint8_t)~flag;
}

/* What the marks before a word open and close. */
static void words_mark(struct words *words, struct word *word)
{
	if (word->gap & GAP_QUOTE) {
		words->within ^= WORD_QUOTED;
		words->opened = words->count;
	}
	if (word->gap & GAP_CLOSE)
		words->within &= (uint8_t)~WORD_BRACKETED;
	if (word->gap & GAP_OPEN) {
		words->within |= WORD_BRACKETED;
		words->bracketed = words->count;
	}
}

static void words_end(struct words *words, uint8_t gap)
{
	words->all = true;
	words->gap_end = gap;
	if ((words->within & WORD_QUOTED) && !(gap & GAP_QUOTE))
		words_unquote(words, words->opened, WORD_QUOTED);
	if ((words->within & WORD_BRACKETED) && !(gap & GAP_CLOSE))
		words_unquote(words, words->bracketed, WORD_BRACKETED);
}

/* Cuts words until there are so many, or all. */
static void words_cut(struct words *words, size_t until)
{
	const struct lexicon *lexicon = words->lexicon;
	struct word_key key;

	while (words->count < until && !words->all) {
		struct word *word;

		if (words->count == words->room) {
			words->room = words->room == 0 ? 256 : words->room + words->room / 2;
			words->at = xreallocarray(words->at, words->room, sizeof(*words->at));
		}
		word = &words->at[words->count];
		if (!next_word(lexicon, words->text, &words->next, word, &key)) {
			words_end(words, word->gap);
			return;
		}
		if (word->gap != 0)
			words_mark(words, word);
		word->flags |= words->within;
		word->id = lexicon_lookup(lexicon, slice_cut(words->text, word->at, word->at + word->len), &key);
		if (word->gap == 0 && words->count > 0 && lexicon_may_pair(lexicon, word[-1].id, word->id))
			word[-1].flags |= WORD_BEGINS;
		words->count++;
	}
}

static void words_start(const struct lexicon *lexicon, struct slice text, struct words *words)
{
	words->count = words->next = words->within = 0;
	words->all = false;
	words->text = text;
	words->lexicon = lexicon;
	words->roles = lexicon->roles;
}

void lexicon_head(const struct lexicon *lexicon, struct slice text, struct words *words)
{
	if (words->lexicon != lexicon || words->text.at != text.at || words->text.len != text.len)
		words_start(lexicon, text, words);
}

void lexicon_words(const struct lexicon *lexicon, struct slice text, struct words *words)
{
	words_start(lexicon, text, words);
	words_cut(words, SIZE_MAX);
}

/* What the words are does not change by their being cut, so this is not kept from those who may only look. */
bool words_go_on(const struct words *words, size_t i)
{
	if (!words->all)
		words_cut((struct words *)words, i + 3);
	return i < words->count;
}

void words_release(struct words *words)
{
	free(words->at);
	*words = (struct words){ 0 };
}

/* Whether the rest of a phrase stands behind its first two words at i. */
static bool lexicon_fits(const struct phrase *phrase, const struct words *words, size_t i)
{
	for (uint32_t k = 2; k < phrase->count; k++)
		if (!words_has(words, i + k) || words->at[i + k].id != phrase->ids[k] || words->at[i + k].gap != 0)
			return false;
	return true;
}

static bool endings_have(const struct strings *endings, struct slice word, size_t least)
{
	for (size_t i = 0; i < endings->count; i++)
		if (word.len >= endings->at[i].len + least &&
		    slice_equal_nocase(slice_from(word, word.len - endings->at[i].len), endings->at[i]))
			return true;
	return false;
}

/* "a" is Spanish for "to" in "a presentar" and not in "a Haití": where its value is "verb", the next
 * word must end as infinitives do. */
static bool lexicon_stands(const struct lexicon *lexicon, const struct phrase *phrase,
    const struct words *words, size_t i)
{
	const size_t next = i + phrase->count;

	if (phrase->role != ROLE_INFINITIVE || !slice_is(phrase->value, "verb"))
		return true;
	if (!words_has(words, next))
		return words->gap_end & GAP_COLON; /* "Alienta a los Estados a:", with the list below */
	/* "à moyen terme": an ending alone may deceive, a noun that can be asked does not. */
	return words->at[next].gap == 0 && !(words->at[next].flags & WORD_CAPITAL) &&
	    (words->roles[2 * (size_t)words->at[next].id + 1] & (ROLE_BIT(ROLE_ACTOR) | ROLE_BIT(ROLE_NEVER))) == 0 &&
	    lexicon_is_infinitive(lexicon, word_text(words, next));
}

/* The first phrase of a chain that is of one of the roles and stands at word i. */
static const struct phrase *lexicon_follow(const struct lexicon *lexicon, const struct words *words, size_t i, uint64_t roles,
    uint32_t at)
{
	for (; at != 0; at = lexicon->links[at - 1].next) {
		const struct phrase *phrase = &lexicon->phrases[at - 1];

		if ((ROLE_BIT(lexicon->links[at - 1].role) & roles) && lexicon_fits(phrase, words, i) &&
		    lexicon_stands(lexicon, phrase, words, i))
			return phrase;
	}
	return NULL;
}

const struct phrase *lexicon_find(const struct lexicon *lexicon, const struct words *words, size_t i,
    uint64_t roles)
{
	const struct phrase *phrase = NULL;

	if (words->at[i].flags & WORD_BEGINS)
		phrase = lexicon_follow(lexicon, words, i, roles,
		    lexicon_pair(lexicon, words->at[i].id, words->at[i + 1].id)->phrase);
	return phrase != NULL ? phrase : lexicon_follow(lexicon, words, i, roles, lexicon->singles[words->at[i].id]);
}

bool lexicon_structure_only(const struct lexicon *lexicon)
{
	return lexicon->structure_only;
}

const char *lexicon_language(const struct lexicon *lexicon)
{
	return lexicon->language;
}

bool lexicon_is_participle(const struct lexicon *lexicon, struct slice word)
{
	return endings_have(&lexicon->participles, word, 3);
}

size_t lexicon_infinitive(const struct lexicon *lexicon, const struct words *words, size_t i)
{
	const struct phrase *marker = lexicon_at(lexicon, words, i, ROLE_BIT(ROLE_INFINITIVE));
	size_t next = marker != NULL ? i + marker->count : 0;

	if (marker == NULL || !words_has(words, next))
		return 0;
	if (slice_is(marker->value, "clause"))
		return marker->count;
	if (words->at[next].flags & WORD_CAPITAL)
		return 0;
	return slice_is(marker->value, "verb") ||
	        lexicon_at(lexicon, words, next, ROLE_BIT(ROLE_ARTICLE) | ROLE_BIT(ROLE_RELATIVE) | ROLE_BIT(ROLE_THAT)) == NULL ?
	    marker->count : 0;
}

bool lexicon_is_past(const struct lexicon *lexicon, struct slice word)
{
	return endings_have(&lexicon->pasts, word, 2);
}

size_t lexicon_year_middle(const struct lexicon *lexicon, struct slice word)
{
	for (size_t i = 0; i < lexicon->year_middles.count; i++)
		if (slice_starts_nocase(word, lexicon->year_middles.at[i]))
			return lexicon->year_middles.at[i].len;
	return 0;
}

bool lexicon_adjectives_follow(const struct lexicon *lexicon)
{
	return lexicon->adjectives.count == 0;
}

/* An ending of four letters and more is a verb itself ("faire"). */
bool lexicon_is_infinitive(const struct lexicon *lexicon, struct slice word)
{
	if (endings_have(&lexicon->infinitives, word, 1))
		return true;
	for (size_t i = 0; i < lexicon->infinitives.count; i++)
		if (lexicon->infinitives.at[i].len >= 4 && slice_equal_nocase(word, lexicon->infinitives.at[i]))
			return true;
	return false;
}

bool lexicon_is_verbal(const struct lexicon *lexicon, struct slice word)
{
	return lexicon_is_participle(lexicon, word) || lexicon_is_infinitive(lexicon, word);
}

bool lexicon_is_adjective(const struct lexicon *lexicon, struct slice word)
{
	return endings_have(&lexicon->adjectives, word, 0);
}

size_t lexicon_common(const struct lexicon *lexicon, struct slice text, size_t *ret_words)
{
	size_t at = 0, common = 0;
	struct word word;
	struct word_key key;

	*ret_words = 0;
	while (lexicon_next(lexicon, text, &at, &word, &key)) {
		common += lexicon->common[lexicon_lookup(lexicon,
		    slice_cut(text, word.at, word.at + word.len), &key)];
		*ret_words += 1;
	}
	return common;
}

void lexicons_common(struct lexicon *const lexicons[], size_t count, struct slice text, size_t ret[], size_t ret_words[])
{
	size_t at = 0, words = 0;
	struct word_key key;
	struct word word;

	for (size_t i = 0; i < count; i++)
		ret[i] = 0;
	for (; word_next(text, &at, &word, &key); words++)
		for (size_t i = 0; i < count; i++)
			if (lexicons[i]->elisions.count == 0)
				ret[i] += lexicons[i]->common[lexicon_lookup(lexicons[i], slice_cut(text, word.at, word.at + word.len), &key)];
	for (size_t i = 0; i < count; i++) {
		ret_words[i] = words;
		if (lexicons[i]->elisions.count > 0)
			ret[i] = lexicon_common(lexicons[i], text, &ret_words[i]);
	}
}

/* A name keeps its letters in every language. */
static bool letters_have_all(struct slice letters, struct slice word)
{
	struct slice rest = word, before = word;
	uint32_t letter;

	while (utf8_take(&rest, &letter)) {
		if (before.at == word.at && ((letter >= 'A' && letter <= 'Z') || (letter >= 0xC0 && letter <= 0xDE)))
			return true;
		if (letter >= 0xC0 && letter <= 0x24F && slice_find(letters, slice_range(before.at, rest.at)) < 0)
			return false;
		before = rest;
	}
	return true;
}

size_t lexicon_foreign(const struct lexicon *lexicon, struct slice text)
{
	size_t at = 0, foreign = 0;
	struct word_key key;
	struct word word;

	while (lexicon->letters.len > 0 && word_next(text, &at, &word, &key))
		foreign += !letters_have_all(lexicon->letters, slice_cut(text, word.at, word.at + word.len));
	return foreign;
}
