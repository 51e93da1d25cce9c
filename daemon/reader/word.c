/*
 * Words of a paragraph. One pass, no allocation; the lexicon numbers them. Every byte of
 * every text comes by here, so sixteen are looked at in one step.
 */
#include "reader/word.h"

#include <endian.h>
#include <string.h>

#define HASH_PRIME 16777619U
#define EACH(byte) ((uint64_t)(byte) * 0x0101010101010101U) /* the byte in each of eight */

/* Compared in one step by any compiler that has such instructions. */
typedef unsigned char word_bytes __attribute__((vector_size(WORD_KEY_BYTES)));

/* Letters and digits in lower case, 0 for every other byte. */
#define FOLD_LETTERS(at, c)                                                                                  \
	[at] = c, [at + 1] = c + 1, [at + 2] = c + 2, [at + 3] = c + 3, [at + 4] = c + 4, [at + 5] = c + 5,  \
	[at + 6] = c + 6, [at + 7] = c + 7, [at + 8] = c + 8, [at + 9] = c + 9, [at + 10] = c + 10,          \
	[at + 11] = c + 11, [at + 12] = c + 12, [at + 13] = c + 13, [at + 14] = c + 14, [at + 15] = c + 15,  \
	[at + 16] = c + 16, [at + 17] = c + 17, [at + 18] = c + 18, [at + 19] = c + 19, [at + 20] = c + 20,  \
	[at + 21] = c + 21, [at + 22] = c + 22, [at + 23] = c + 23, [at + 24] = c + 24, [at + 25] = c + 25
static const unsigned char word_folded[256] = {FOLD_LETTERS('a', 'a'), FOLD_LETTERS('A', 'a'),
    ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6', ['7'] = '7',
    ['8'] = '8', ['9'] = '9'};

/* Of ASCII. */
static const uint8_t word_gaps[256] = {[','] = GAP_COMMA, [';'] = GAP_SEMICOLON, [':'] = GAP_COLON, ['('] = GAP_OPEN,
    ['['] = GAP_OPEN, [')'] = GAP_CLOSE, [']'] = GAP_CLOSE, ['"'] = GAP_QUOTE, ['.'] = GAP_STOP, ['!'] = GAP_STOP,
    ['?'] = GAP_STOP, ['-'] = GAP_DASH};

/* Marks outside ASCII: general punctuation (E2 80 xx), guillemets, no-break space. *ret_len 0: a letter. */
static uint8_t word_mark(struct slice text, size_t at, size_t *ret_len)
{
	const unsigned char *p = (const unsigned char *)text.at + at;
	size_t left = text.len - at;

	if (left >= 3 && p[0] == 0xE2 && p[1] == 0x80) {
		*ret_len = 3;
		if (p[2] >= 0x98 && p[2] <= 0x9F)
			return GAP_QUOTE;
		return p[2] >= 0x92 && p[2] <= 0x95 ? GAP_DASH : 0;
	}
	*ret_len = 2;
	if (left >= 2 && p[0] == 0xC2 && (p[1] == 0xAB || p[1] == 0xBB))
		return GAP_QUOTE;
	if (left >= 2 && p[0] == 0xC2 && p[1] < 0xC0 && p[1] != 0xAA && p[1] != 0xBA)
		return 0;
	*ret_len = 0;
	return 0;
}

/* How long the hyphen or apostrophe at at is, if it stands between two letters. */
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
	return word_folded[p[len]] != 0 || p[len] >= 0xC3 ? len : 0;
}

/* A byte in lower case; before is the byte before it. */
static unsigned char word_fold_byte(unsigned char c, unsigned char before)
{
	if (word_folded[c] != 0)
		return word_folded[c];
	return before == 0xC3 && c >= 0x80 && c <= 0x9E ? (unsigned char)(c + 32) : c;
}

void word_fold(char *at, size_t len)
{
	unsigned char c, before = 0;

	for (size_t i = 0; i < len; i++) {
		c = (unsigned char)at[i];
		at[i] = (char)word_fold_byte(c, before);
		before = c;
	}
}

bool word_equal(struct slice text, struct slice folded)
{
	unsigned char c, before = 0;

	if (text.len != folded.len)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		c = (unsigned char)text.at[i];
		if (word_fold_byte(c, before) != (unsigned char)folded.at[i])
			return false;
		before = c;
	}
	return true;
}

/* Fewer than eight bytes as one number, the first byte lowest: the pieces overlap. */
static inline uint64_t word_few(const char *at, size_t len)
{
	uint32_t first, last;

	if (len >= 4) {
		memcpy(&first, at, sizeof first);
		memcpy(&last, at + len - 4, sizeof last);
		return le32toh(first) | (uint64_t)le32toh(last) << 8 * (len - 4);
	}
	if (len == 0)
		return 0;
	return (uint64_t)(unsigned char)at[0] | (uint64_t)(unsigned char)at[len / 2] << 8 * (len / 2) |
	    (uint64_t)(unsigned char)at[len - 1] << 8 * (len - 1);
}

/* The first bytes at at, and zeros behind the end. */
static inline word_bytes word_load(const char *at, size_t len)
{
	uint64_t halves[2] = {0};
	word_bytes ret;

	if (len >= sizeof ret) {
		memcpy(&ret, at, sizeof ret);
		return ret;
	}
	if (len >= 8) {
		memcpy(halves, at, 8);
		halves[1] = htole64(word_few(at + 8, len - 8));
	} else {
		halves[0] = htole64(word_few(at, len));
	}
	memcpy(&ret, halves, sizeof ret);
	return ret;
}

/* Half of the bytes as a number, the first byte lowest. */
static inline uint64_t word_half(word_bytes bytes, int which)
{
	uint64_t halves[2];

	memcpy(halves, &bytes, sizeof halves);
	return le64toh(halves[which]);
}

/* The bits below the lowest that is set; all where none is. */
static inline uint64_t word_below(uint64_t bits)
{
	return (bits & -bits) - 1;
}

static inline uint32_t word_hash(uint64_t low, uint64_t high)
{
	uint64_t hash = low * 0x9E3779B97F4A7C15U ^ high * 0xC2B2AE3D27D4EB4FU;

	return (uint32_t)((hash ^ hash >> 32) * 0xD6E8FEB86659FD93U >> 32);
}

struct word_key word_key(struct slice text)
{
	unsigned char c, before = 0, folded[WORD_KEY_BYTES] = {0};
	struct word_key key;
	uint64_t start[2];
	uint32_t rest = 0;

	for (size_t i = 0; i < text.len; i++) {
		c = (unsigned char)text.at[i];
		if (i < WORD_KEY_BYTES)
			folded[i] = word_fold_byte(c, before);
		else
			rest = (rest ^ word_fold_byte(c, before)) * HASH_PRIME;
		before = c;
	}
	memcpy(start, folded, sizeof start);
	start[0] = le64toh(start[0]);
	start[1] = le64toh(start[1]);
	key = (struct word_key){start[0], start[1], word_hash(start[0], start[1]) ^ rest};
	if (text.len > WORD_KEY_BYTES)
		key.high = WORD_KEY_LONG | key.hash;
	return key;
}

/* Of a word in any letters. */
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

/* The same of one with nothing but letters and digits of ASCII: of its bytes only capitals differ from the key,
 * and of the key's only letters have the bit of 'A'. Most words begin with a small letter and have no flag. */
static inline uint8_t word_flags_plain(unsigned char first, word_bytes bytes, const struct word_key *key)
{
	const uint64_t low = key->low & ~word_half(bytes, 0) & EACH(0x20), high = key->high & ~word_half(bytes, 1) & EACH(0x20);
	uint8_t flags = WORD_CAPITAL;

	if (first >= 'a')
		return 0;
	if (first <= '9')
		flags = WORD_NUMBER;
	if ((key->low & EACH(0x40)) != low << 1 || (key->high & EACH(0x40)) != high << 1)
		return flags;
	return (low & (low - 1)) != 0 || (high & (high - 1)) != 0 || (low != 0 && high != 0) ? flags | WORD_CAPITALS : flags;
}

/* To the first byte of a word, gathering the marks on the way. */
static inline size_t word_skip(struct slice text, size_t i, uint8_t *gap)
{
	size_t len;

	while (i < text.len) {
		unsigned char c = (unsigned char)text.at[i];

		if (word_folded[c] != 0)
			break;
		if (c < 0x80) {
			*gap |= word_gaps[c];
			i++;
			continue;
		}
		*gap |= word_mark(text, i, &len);
		if (len == 0)
			break;
		i += len;
	}
	return i;
}

/* The end of a word that begins at start and has more in it than letters and digits, or is long. */
static size_t word_end(struct slice text, size_t start, size_t i, bool *ret_joined)
{
	size_t most = text.len - start > UINT16_MAX - 8 ? start + UINT16_MAX - 8 : text.len, inner, len;

	while (i < most) {
		unsigned char c = (unsigned char)text.at[i];

		if (word_folded[c] != 0) {
			i++;
			continue;
		}
		if (i > start && (inner = word_inner(text, i)) != 0) {
			*ret_joined = true;
			i += inner;
			continue;
		}
		if (c < 0x80)
			break;
		word_mark(text, i, &len);
		if (len != 0)
			break;
		i++;
	}
	return i;
}

/* A word with more in it than letters and digits of ASCII, or a long one; end: how far it is known. */
static __attribute__((noinline)) size_t word_other(struct slice text, size_t start, size_t end, struct word *ret,
    struct word_key *ret_key)
{
	bool joined = false;

	end = word_end(text, start, end, &joined);
	*ret_key = word_key(slice_range(text.at + start, text.at + end));
	ret->flags = (uint8_t)(word_flags(slice_cut(text, start, end)) | (joined ? WORD_JOINED : 0));
	return end;
}

bool word_next(struct slice text, size_t *at, struct word *ret, struct word_key *ret_key)
{
	uint8_t gap = 0;
	const size_t start = word_skip(text, *at, &gap);
	word_bytes bytes, folded, is;
	uint64_t low, high; /* ones in the bytes that are no letters or digits */
	unsigned char after;
	size_t end;

	*at = start;
	ret->gap = gap;
	if (start >= text.len)
		return false;
	bytes = word_load(text.at + start, text.len - start);
	folded = bytes | 0x20; /* digits have the bit already */
	is = (word_bytes)(folded - 'a' < 26) | (word_bytes)(bytes - '0' < 10);
	low = ~word_half(is, 0);
	high = ~word_half(is, 1);
	end = start + (low != 0 ? (size_t)__builtin_ctzll(low) / 8 : high != 0 ? 8 + (size_t)__builtin_ctzll(high) / 8 : 16);
	after = end < text.len ? (unsigned char)text.at[end] : ' ';
	ret->at = (uint32_t)start;
	if ((low | high) != 0 && after < 0x80 && after != '-' && after != '\'') {
		ret_key->low = word_half(folded, 0) & word_below(low);
		ret_key->high = low != 0 ? 0 : word_half(folded, 1) & word_below(high);
		ret_key->hash = word_hash(ret_key->low, ret_key->high);
		ret->flags = word_flags_plain((unsigned char)text.at[start], bytes, ret_key);
	} else {
		end = word_other(text, start, end, ret, ret_key);
	}
	ret->len = (uint16_t)(end - start);
	*at = end;
	return true;
}

struct slice word_text(const struct words *words, size_t i)
{
	return slice_cut(words->text, words->at[i].at, words->at[i].at + words->at[i].len);
}

static size_t marks_count(struct slice text, struct slice mark)
{
	size_t count = 0;
	ptrdiff_t at;

	while ((at = slice_find(text, mark)) >= 0) {
		text = slice_from(text, (size_t)at + mark.len);
		count++;
	}
	return count;
}

/* The mark at the head of rest that closes what text has opened, or nothing. French sets a blank before its own. */
static struct slice marks_close(struct slice text, struct slice rest)
{
	static const char *const pairs[][2] = {{"(", ")"}, {"[", "]"}, {"\"", "\""}, {"\xe2\x80\x9c", "\xe2\x80\x9d"}, {"\xe2\x80\x98", "\xe2\x80\x99"},
	    {"\xc2\xab", "\xc2\xbb"}, {"\xc2\xab", "\xc2\xa0\xc2\xbb"}, {"\xc2\xab", "\xe2\x80\xaf\xc2\xbb"}, {"\xc2\xab", " \xc2\xbb"}};

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		struct slice opens = slice_of(pairs[i][0]), closes = slice_of(pairs[i][1]);
		size_t opened = marks_count(text, opens);

		if (slice_starts(rest, closes) && (slice_equal(opens, closes) ? opened % 2 == 1 : opened > marks_count(text, closes)))
			return closes;
	}
	return SLICE("");
}

struct slice words_range(const struct words *words, size_t from, size_t end)
{
	struct slice range, closes;

	if (from >= end || from >= words->count)
		return SLICE("");
	end = end > words->count ? words->count : end;
	range = slice_cut(words->text, words->at[from].at, words->at[end - 1].at + words->at[end - 1].len);
	if ((words->at[end - 1].flags & (WORD_QUOTED | WORD_BRACKETED)) == 0)
		return range;
	while ((closes = marks_close(range, slice_from(words->text, (size_t)(range.at - words->text.at) + range.len))).len > 0)
		range.len += closes.len;
	return range;
}
