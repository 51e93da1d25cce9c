#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"

static void every_character_goes_there_and_back(void **state)
{
	char bytes[UTF8_MAX];

	(void)state;
	for (uint32_t c = 0; c <= 0x110000; c++) {
		size_t len = utf8_put(bytes, c);
		struct slice text = {bytes, len};
		uint32_t back;

		if ((c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF) {
			assert_int_equal(len, 0);
			continue;
		}
		assert_true(utf8_take(&text, &back));
		assert_int_equal(back, c);
		assert_int_equal(text.len, 0);
	}
}

static void bytes_that_are_not_utf8_are_found(void **state)
{
	static const struct {
		const char *text;
		size_t bad;
	} cases[] = {
	    {"ab\x80", 2},             /* a lone continuation */
	    {"\xC0\xAF", 0},           /* overlong */
	    {"\xE0\x80\x80", 0},       /* overlong */
	    {"a\xC3", 1},              /* cut off */
	    {"\xED\xA0\x80", 0},       /* a surrogate */
	    {"\xF4\x90\x80\x80", 0},   /* past the last */
	    {"\xC3\xA9\xFF", 2},       /* never a byte of UTF-8 */
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct slice text = slice_of(cases[i].text);
		size_t bad = 99;

		if (utf8_valid(text, &bad) || bad != cases[i].bad)
			fail_msg("case %zu: fault at %zu instead of %zu", i, bad, cases[i].bad);
		assert_false(utf8_valid(text, NULL));
	}
	assert_true(utf8_valid(SLICE("d\xC3\xA9" "cide \xE5\xA4\xA7 \xF0\x9F\x98\x80"), NULL));
	assert_true(utf8_valid(SLICE(""), NULL));
}

static void nothing_is_taken_from_bad_bytes(void **state)
{
	struct slice text = SLICE("\xE2\x82");
	uint32_t c = 42;

	(void)state;
	assert_false(utf8_take(&text, &c));
	assert_int_equal(text.len, 2);
	assert_int_equal(c, 42);
}

static void columns_are_those_of_a_terminal(void **state)
{
	(void)state;
	assert_int_equal(utf8_columns(SLICE("abc")), 3);
	assert_int_equal(utf8_columns(SLICE("\xC3\xA9t\xC3\xA9")), 3);
	assert_int_equal(utf8_columns(SLICE("e\xCC\x81")), 1);
	assert_int_equal(utf8_columns(SLICE("\xE5\xA4\xA7\xE4\xBC\x9A")), 4);
	assert_int_equal(utf8_columns(SLICE("a\xFF" "b")), 3);
}

static void a_fit_never_cuts_a_character(void **state)
{
	struct slice wide = SLICE("\xE5\xA4\xA7\xE4\xBC\x9A");

	(void)state;
	assert_int_equal(utf8_fit(wide, 3).len, 3);
	assert_int_equal(utf8_fit(wide, 4).len, 6);
	assert_int_equal(utf8_fit(wide, 0).len, 0);
	assert_true(slice_is(utf8_fit(SLICE("e\xCC\x81t"), 1), "e\xCC\x81"));
	assert_true(slice_is(utf8_fit(SLICE("short"), 80), "short"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_character_goes_there_and_back),
	    cmocka_unit_test(bytes_that_are_not_utf8_are_found),
	    cmocka_unit_test(nothing_is_taken_from_bad_bytes),
	    cmocka_unit_test(columns_are_those_of_a_terminal),
	    cmocka_unit_test(a_fit_never_cuts_a_character),
	};

	return cmocka_run_group_tests_name("base/utf8", tests, NULL, NULL);
}
