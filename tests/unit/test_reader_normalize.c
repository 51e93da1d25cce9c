/* What conversions leave behind is taken out, and the way back stays right. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/slice.h"
#include "reader/normalize.h"

static void expect(const char *source, const char *wanted)
{
	struct text text;

	normalize(slice_of(source), &text);
	assert_int_equal(text.len, slice_of(wanted).len);
	assert_memory_equal(text.at, wanted, text.len);
	text_release(&text);
}

static void line_ends_of_all_machines_become_one(void **state)
{
	(void)state;
	expect("a\r\nb\rc\n", "a\nb\nc\n");
}

static void blanks_of_all_kinds_become_one(void **state)
{
	(void)state;
	expect("21\xC2\xA0July\t2004\xE2\x80\xAFx", "21 July 2004 x");
}

static void soft_hyphens_and_zero_widths_go(void **state)
{
	(void)state;
	expect("de\xC2\xAD" "cides\xE2\x80\x8B now", "decides now");
}

static void non_breaking_hyphens_become_plain_ones(void **state)
{
	(void)state;
	expect("Secretary\xE2\x80\x91General", "Secretary-General");
}

static void character_references_become_characters(void **state)
{
	(void)state;
	expect("&#8220;lamp&#x201D; &amp;&nbsp;oil&#160;x&#173;y", "\xE2\x80\x9Clamp\xE2\x80\x9D & oil xy");
	expect("R&D &#; &#x; &#12 &#xD800; &#99999999;", "R&D &#; &#x; &#12 &#xD800; &#99999999;");
}

static void scripts_styles_and_raised_numbers_go_with_their_tags(void **state)
{
	(void)state;
	expect("a<script>if (1) b();</script>c<style>p {}</style>d", "acd");
	expect("lamps<sup>12</sup>; the 47<sup>th</sup> <sup>2a</sup>", "lamps; the 47th 2a");
	expect("\n<sup>1</sup> See", "\n1 See");
	expect("<script>without an end", "without an end");
}

static void emphasis_goes_and_bullets_stay(void **state)
{
	(void)state;
	expect("*Urges* all _States_", "Urges all States");
	expect("* Urges all", "* Urges all");
	expect("**WHEREAS**, on", "WHEREAS, on");
}

static void comments_and_tags_go(void **state)
{
	(void)state;
	expect("a<!-- Page 1 -->b<em>c</em>", "abc");
	expect("a < b", "a < b");
	expect("<!-- never ends", "<!-- never ends");
}

static void a_footnote_mark_goes_but_not_a_square(void **state)
{
	(void)state;
	expect("thereto;\xC2\xB9", "thereto;");
	expect("9 m\xC2\xB2", "9 m\xC2\xB2");
	expect("\xC2\xB9 E/CN.15/2004/5.", "\xC2\xB9 E/CN.15/2004/5.");
}

static void every_byte_knows_where_it_came_from(void **state)
{
	static const char source[] = "x\xC2\xA0y\xC2\xADz\xC2\xADu\xC2\xADv\xC2\xADw";
	static const size_t from[] = {0, 1, 3, 6, 9, 12, 15};
	struct text text;

	(void)state;
	normalize(slice_of(source), &text);
	assert_int_equal(text.len, 7);
	/* In any order: from each byte to each. */
	for (size_t i = 0; i < text.len; i++)
		for (size_t k = 0; k < text.len; k++) {
			assert_int_equal(text_source(&text, i), from[i]);
			assert_int_equal(text_source(&text, k), from[k]);
		}
	text_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(line_ends_of_all_machines_become_one),
		cmocka_unit_test(blanks_of_all_kinds_become_one),
		cmocka_unit_test(soft_hyphens_and_zero_widths_go),
		cmocka_unit_test(non_breaking_hyphens_become_plain_ones),
		cmocka_unit_test(character_references_become_characters),
		cmocka_unit_test(scripts_styles_and_raised_numbers_go_with_their_tags),
		cmocka_unit_test(emphasis_goes_and_bullets_stay),
		cmocka_unit_test(comments_and_tags_go),
		cmocka_unit_test(a_footnote_mark_goes_but_not_a_square),
		cmocka_unit_test(every_byte_knows_where_it_came_from),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
