/* Words are cut sixteen bytes at a time; here each byte alone is asked what it is, and the same must come out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "reader/word.h"

/* What texts are made of: every piece is one character. */
static const char *const pieces[] = {"a", "b", "e", "t", "z", "A", "Q", "Z", "0", "9", " ", " ", " ", ".", ",", ";", ":", "(", ")", "[",
    "]", "\"", "!", "?", "-", "'", "/", "@", "`", "{", "^", "_", "\n", "\x7F", "\xC3\xA9", "\xC3\x89", "\xC3\x9F", "\xD0\x96",
    "\xE4\xB8\xAD", "\xC2\xA0", "\xC2\xAB", "\xC2\xAA", "\xE2\x80\x99", "\xE2\x80\x91", "\xE2\x80\x9C", "\xE2\x80\x93", "\xE2\x82\xAC"};

static bool is_plain(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_at(const char *at, const char *end, const char *what)
{
	return (size_t)(end - at) >= strlen(what) && memcmp(at, what, strlen(what)) == 0;
}

/* The character that begins at at: its length, and whether words are made of it. */
static size_t character(const char *at, const char *end, bool *ret_word)
{
	unsigned char c = (unsigned char)at[0];
	size_t len = c < 0x80 ? 1 : c < 0xE0 ? 2 : 3;

	*ret_word = is_plain(c) || (c >= 0x80 && !is_at(at, end, "\xE2\x80") && (c != 0xC2 || is_at(at, end, "\xC2\xAA")));
	return len;
}

/* A hyphen or apostrophe between two letters belongs to the word. */
static size_t joint(const char *at, const char *end)
{
	static const char *const joints[] = {"'", "-", "\xE2\x80\x99", "\xE2\x80\x91"};

	for (size_t i = 0; i < 4; i++) {
		const char *next = at + strlen(joints[i]);

		if (is_at(at, end, joints[i]) && next < end && (is_plain((unsigned char)*next) || (unsigned char)*next >= 0xC3))
			return strlen(joints[i]);
	}
	return 0;
}

static void expect_word(const char *text, const char *start, const char *end, const struct word *word,
    const struct word_key *key, bool joined)
{
	char *folded = xmalloc((size_t)(end - start) + 1);
	struct slice whole = {start, (size_t)(end - start)};
	struct word_key same = word_key(whole);
	size_t upper = 0, lower = 0;

	assert_int_equal(word->at, start - text);
	assert_int_equal(word->len, whole.len);
	assert_true(same.low == key->low && same.high == key->high && same.hash == key->hash);
	for (const char *c = start; c < end; c++) {
		upper += *c >= 'A' && *c <= 'Z';
		lower += *c >= 'a' && *c <= 'z';
	}
	assert_int_equal((word->flags & WORD_CAPITALS) != 0, upper > 1 && lower == 0 && !(*start >= 'a' && *start <= 'z'));
	assert_int_equal((word->flags & WORD_NUMBER) != 0, *start >= '0' && *start <= '9');
	assert_int_equal((word->flags & WORD_JOINED) != 0, joined);
	/* In lower case it is known by the same key. */
	memcpy(folded, start, whole.len);
	word_fold(folded, whole.len);
	same = word_key((struct slice){folded, whole.len});
	assert_true(same.low == key->low && same.high == key->high && same.hash == key->hash);
	assert_true(word_equal(whole, (struct slice){folded, whole.len}));
	free(folded);
}

/* Cuts the text both ways. It stands alone in memory, so that a byte behind it would be seen. */
static void expect_cut(const char *text, size_t len)
{
	const char *end = text + len, *at = text;
	struct slice whole = {text, len};
	struct word_key key;
	struct word word;
	size_t next = 0;
	bool is;

	while (word_next(whole, &next, &word, &key)) {
		const char *start;
		bool joined = false;

		while (at < end) {
			size_t length = character(at, end, &is);

			if (is)
				break;
			at += length;
		}
		start = at;
		while (at < end) {
			size_t inner = at > start ? joint(at, end) : 0, length = character(at, end, &is);

			if (inner == 0 && !is)
				break;
			joined |= inner > 0;
			at += inner > 0 ? inner : length;
		}
		expect_word(text, start, at, &word, &key, joined);
	}
	while (at < end) {
		at += character(at, end, &is);
		assert_false(is);
	}
}

static void words_are_the_same_as_byte_by_byte(void **state)
{
	uint32_t seed = 1;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		char made[256], *text;
		size_t len = 0, count = (size_t)round % 60;
		/* Long words too: mostly letters in every other text. */
		uint32_t among = round % 2 == 0 ? 10 : (uint32_t)(sizeof pieces / sizeof *pieces);

		for (size_t i = 0; i < count; i++) {
			const char *piece;

			seed = seed * 1103515245U + 12345U;
			piece = pieces[(seed >> 8) % ((seed >> 28) == 0 ? sizeof pieces / sizeof *pieces : among)];
			memcpy(made + len, piece, strlen(piece));
			len += strlen(piece);
		}
		text = xmalloc(len + (len == 0));
		memcpy(text, made, len);
		expect_cut(text, len);
		free(text);
	}
}

static void two_words_have_one_key_only_if_they_are_the_same(void **state)
{
	static const char *const words[] = {"a", "b", "aa", "0", "internationally", "internationals", "international1", "internationalism",
	    "internationalisms", "internationalist", "internationalists", "\xC3\xA9tat", "\xC3\xA8tat", "co-operation", "cooperation", "sixteen-letters1",
	    "sixteen-letters12", "sixteen-letters13"};

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
			struct word_key a = word_key(slice_of(words[i])), b = word_key(slice_of(words[k]));

			if (i == k ? a.low != b.low || a.high != b.high || a.hash != b.hash : a.low == b.low && a.high == b.high)
				fail_msg("\"%s\" and \"%s\"", words[i], words[k]);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(words_are_the_same_as_byte_by_byte),
	    cmocka_unit_test(two_words_have_one_key_only_if_they_are_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
