/* What is a label and what only looks like one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "reader/label.h"

static void expect(const char *line, enum label_kind kind, const char *core, const char *rest)
{
	struct slice text = slice_of(line);
	struct label label = { .kind = LABEL_NONE };

	assert_int_equal(label_take(&text, &label), kind != LABEL_NONE);
	assert_int_equal(label.kind, kind);
	if (kind != LABEL_NONE)
		assert_true(slice_is(label_core(&label), core));
	assert_true(slice_is(text, rest));
}

static void numbers_letters_and_romans_are_labels(void **state)
{
	(void)state;
	expect("1. Requests", LABEL_NUMBER, "1", "Requests");
	expect("(a) To report", LABEL_LETTER, "a", "To report");
	expect("(iv) To report", LABEL_ROMAN, "iv", "To report");
	expect("b) To report", LABEL_LETTER, "b", "To report");
	expect("II. Means", LABEL_UPPER, "II", "Means");
}

static void inserted_numbers_keep_their_suffix(void **state)
{
	(void)state;
	expect("3 bis. Decides", LABEL_NUMBER, "3 bis", "Decides");
	expect("[3 bis.] Decides", LABEL_NUMBER, "3 bis", "Decides");
}

static void a_number_may_run_into_capitals(void **state)
{
	(void)state;
	expect("1ADOPTS the Guidelines", LABEL_NUMBER, "1", "ADOPTS the Guidelines");
	expect("2 URGES Members", LABEL_NUMBER, "2", "URGES Members");
}

static void dates_years_and_fractions_are_no_labels(void **state)
{
	(void)state;
	expect("14 July 1997", LABEL_NONE, "", "14 July 1997");
	expect("1990. The year", LABEL_NONE, "", "1990. The year");
	expect("1.5 million people", LABEL_NONE, "", "1.5 million people");
	expect("A.1006 of the", LABEL_NONE, "", "A.1006 of the");
}

static void a_letter_i_follows_h(void **state)
{
	(void)state;
	assert_true(label_follows(slice_of("h"), slice_of("i")));
	assert_false(label_follows(slice_of("b"), slice_of("i")));
	assert_true(label_follows(slice_of("z"), slice_of("aa")));
	assert_int_equal(label_roman(slice_of("xiv")), 14);
	assert_int_equal(label_roman(slice_of("b")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_letters_and_romans_are_labels),
		cmocka_unit_test(inserted_numbers_keep_their_suffix),
		cmocka_unit_test(a_number_may_run_into_capitals),
		cmocka_unit_test(dates_years_and_fractions_are_no_labels),
		cmocka_unit_test(a_letter_i_follows_h),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
