/*
 * Words of a paragraph. One pass, no allocation; the lexicon numbers them.
 */
#include "reader/word.h"

#include <string.h>

static bool word_is_ascii(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Marks outside ASCII: general punctuation (E2 80 xx), guillemets, no-break space. */
static uint8_t word_mark(struct slice text, size_t at, size_t *ret_len)
{
	const unsigned char *p = (const unsigned char *)text.at + at;
	size_t left = text.len - at;

	if (left >= 3 && p[0] == 0xE2 && p[1] == 0x80) {
		*ret_len = 3;
		if (p[2] >= 0x98 && p[2] <= 0x9F)
			return GAP_QUOTE;
		return p[2] >= 0x92 && p[2] <= 0x95 ? GAP_DASH : 0xFF;
	}
	*ret_len = 2;
	if (left >= 2 && p[0] == 0xC2 && (p[1] == 0xAB || p[1] == 0xBB))
		return GAP_QUOTE;
	if (left >= 2 && p[0] == 0xC2 && p[1] < 0xC0 && p[1] != 0xAA && p[1] != 0xBA)
		return 0xFF;
	*ret_len = 0;
	return 0;
}

/* Whether a curly apostrophe stands at at, between two letters. */
static size_t word_inner(struct slice text, size_t at)
{
	const unsigned char *p = (const unsigned char *)text.at + at;
	size_t left = text.len - at, len = 0;

	if (p[0] == '\'' || p[0] == '-')
		len = 1;
	else if (left > 3 && p[0] == 0xE2 && p[1] == 0x80 && (p[2] == 0x99 || p[2] == 0x91))
		len = 3;
	if (len == 0 || at == 0 || at + len >= text.len)
		return 0;
	return word_is_ascii(p[len]) || p[len] >= 0xC3 ? len : 0;
}

static void word_gap(struct slice text, size_t *at, uint8_t *gap)
{
	size_t len;
	uint8_t mark;

	switch (text.at[*at]) {
	case ',': *gap |= GAP_COMMA; break;
	case ';': *gap |= GAP_SEMICOLON; break;
	case ':': *gap |= GAP_COLON; break;
	case '(': case '[': *gap |= GAP_OPEN; break;
	case ')': case ']': *gap |= GAP_CLOSE; break;
	case '"': *gap |= GAP_QUOTE; break;
	case '.': case '!': case '?':
		*gap |= GAP_STOP;
		break;
	case '-':
		*gap |= GAP_DASH;
		break;
	default:
		mark = word_mark(text, *at, &len);
		if (len != 0) {
			*gap |= mark == 0xFF ? 0 : mark;
			*at += len;
			return;
		}
	}
	*at += 1;
}

uint32_t word_hash(struct slice text)
{
	uint32_t hash = 2166136261U;
	unsigned char c, before = 0;

	for (size_t i = 0; i < text.len; i++) {
		c = (unsigned char)text.at[i];
		if (c >= 'A' && c <= 'Z')
			c = (unsigned char)(c + 32);
		else if (before == 0xC3 && c >= 0x80 && c <= 0x9E)
			c = (unsigned char)(c + 32);
		before = (unsigned char)text.at[i];
		hash = (hash ^ c) * 16777619U;
	}
	return hash;
}

void word_fold(char *at, size_t len)
{
	unsigned char c, before = 0;

	for (size_t i = 0; i < len; i++) {
		c = (unsigned char)at[i];
		if ((c >= 'A' && c <= 'Z') || (before == 0xC3 && c >= 0x80 && c <= 0x9E))
			at[i] = (char)(c + 32);
		before = c;
	}
}

/* Letters and digits in lower case, 0 for every other byte: one look for each byte of a text. */
#define FOLD_LETTERS(at, c)                                                                                  \
	[at] = c, [at + 1] = c + 1, [at + 2] = c + 2, [at + 3] = c + 3, [at + 4] = c + 4, [at + 5] = c + 5,  \
	[at + 6] = c + 6, [at + 7] = c + 7, [at + 8] = c + 8, [at + 9] = c + 9, [at + 10] = c + 10,          \
	[at + 11] = c + 11, [at + 12] = c + 12, [at + 13] = c + 13, [at + 14] = c + 14, [at + 15] = c + 15,  \
	[at + 16] = c + 16, [at + 17] = c + 17, [at + 18] = c + 18, [at + 19] = c + 19, [at + 20] = c + 20,  \
	[at + 21] = c + 21, [at + 22] = c + 22, [at + 23] = c + 23, [at + 24] = c + 24, [at + 25] = c + 25
static const unsigned char word_folded[256] = {FOLD_LETTERS('a', 'a'), FOLD_LETTERS('A', 'a'),
    ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6', ['7'] = '7',
    ['8'] = '8', ['9'] = '9'};

bool word_equal(struct slice text, struct slice folded)
{
	unsigned char c, before = 0;

	if (text.len != folded.len)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		c = (unsigned char)text.at[i];
		if (word_folded[c] != 0)
			c = word_folded[c];
		else if (before == 0xC3 && c >= 0x80 && c <= 0x9E)
			c = (unsigned char)(c + 32);
		if (c != (unsigned char)folded.at[i])
			return false;
		before = (unsigned char)text.at[i];
	}
	return true;
}

#define HASH_PRIME 16777619U

/* A byte outside ASCII in lower case; before is the byte before it. */
static inline unsigned char word_fold_other(unsigned char c, unsigned char before)
{
	return before == 0xC3 && c >= 0x80 && c <= 0x9E ? (unsigned char)(c + 32) : c;
}

/* Most words begin with a small letter and have no flag. */
static uint8_t word_flags(struct slice word)
{
	unsigned char first = (unsigned char)word.at[0];
	size_t upper = 0, lower = 0;
	uint8_t flags = 0;

	if (first >= 'a' && first <= 'z')
		return 0;
	for (size_t i = 0; i < word.len; i++) {
		upper += word.at[i] >= 'A' && word.at[i] <= 'Z';
		lower += word.at[i] >= 'a' && word.at[i] <= 'z';
	}
	if (first >= '0' && first <= '9')
		flags |= WORD_NUMBER;
	if ((first >= 'A' && first <= 'Z') || (first == 0xC3 && word.len > 1 && (unsigned char)word.at[1] < 0x9F))
		flags |= WORD_CAPITAL;
	if (upper > 1 && lower == 0)
		flags |= WORD_CAPITALS;
	return flags;
}

/* To the first byte of a word, gathering the marks on the way. */
static size_t word_skip(struct slice text, size_t i, uint8_t *gap)
{
	while (i < text.len) {
		unsigned char c = (unsigned char)text.at[i];
		size_t len = 0;

		if (c == ' ') {
			i++;
			continue;
		}
		if (word_is_ascii(c))
			break;
		if (c >= 0x80) {
			word_mark(text, i, &len);
			if (len == 0)
				break;
		}
		word_gap(text, &i, gap);
	}
	return i;
}

bool word_next(struct slice text, size_t *at, struct word *ret, uint32_t *ret_hash)
{
	uint32_t hash = 2166136261U;
	uint8_t gap = 0;
	size_t i = word_skip(text, *at, &gap), start = i, inner, len, most;

	*at = i;
	ret->gap = gap;
	if (i >= text.len)
		return false;
	most = text.len - start > UINT16_MAX - 8 ? start + UINT16_MAX - 8 : text.len;
	while (i < most) {
		unsigned char c = (unsigned char)text.at[i], folded = word_folded[c];

		if (folded != 0) {
			hash = (hash ^ folded) * HASH_PRIME;
			i++;
			continue;
		}
		if (c == ' ')
			break;
		if (i > start && (inner = word_inner(text, i)) != 0) {
			for (; inner > 0; inner--, i++)
				hash = (hash ^ (unsigned char)text.at[i]) * HASH_PRIME;
			continue;
		}
		if (c < 0x80)
			break;
		word_mark(text, i, &len);
		if (len != 0)
			break;
		hash = (hash ^ word_fold_other(c, i > start ? (unsigned char)text.at[i - 1] : 0)) * HASH_PRIME;
		i++;
	}
	*ret = (struct word){ .at = (uint32_t)start, .len = (uint16_t)(i - start), .gap = gap };
	ret->flags = word_flags(slice_cut(text, start, i));
	*ret_hash = hash;
	*at = i;
	return true;
}

struct slice word_text(const struct words *words, size_t i)
{
	return slice_cut(words->text, words->at[i].at, words->at[i].at + words->at[i].len);
}

struct slice words_range(const struct words *words, size_t from, size_t end)
{
	if (from >= end || from >= words->count)
		return SLICE("");
	end = end > words->count ? words->count : end;
	return slice_cut(words->text, words->at[from].at, words->at[end - 1].at + words->at[end - 1].len);
}
