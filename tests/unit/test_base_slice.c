#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/slice.h"

static void is(struct slice text, const char *expected)
{
	if (!slice_is(text, expected))
		fail_msg("\"%.*s\" instead of \"%s\"", SLICE_ARG(text), expected);
}

static void cuts_are_clamped_to_the_text(void **state)
{
	(void)state;
	is(slice_cut(SLICE("abcd"), 1, 3), "bc");
	is(slice_cut(SLICE("abcd"), 2, 99), "cd");
	is(slice_cut(SLICE("abcd"), 3, 1), "");
	is(slice_from(SLICE("abcd"), 99), "");
	is(slice_of(NULL), "");
	is(slice_trim(SLICE(" \t a b\r\n")), "a b");
	is(slice_trim(SLICE(" \n ")), "");
}

static void comparing_goes_by_bytes_then_length(void **state)
{
	(void)state;
	assert_true(slice_compare(SLICE("a"), SLICE("b")) < 0);
	assert_true(slice_compare(SLICE("ab"), SLICE("a")) > 0);
	assert_true(slice_compare(SLICE(""), SLICE("")) == 0);
	assert_true(slice_equal_nocase(SLICE("GeNeRaL"), SLICE("general")));
	assert_false(slice_equal(SLICE("a"), SLICE("A")));
	assert_true(slice_starts_nocase(SLICE("Requests"), SLICE("req")));
	assert_false(slice_starts(SLICE("re"), SLICE("req")));
	assert_true(slice_ends(SLICE("report"), SLICE("port")));
	assert_false(slice_ends(SLICE("port"), SLICE("report")));
}

static void finding_gives_the_first_offset_or_minus_one(void **state)
{
	(void)state;
	assert_int_equal(slice_find(SLICE("banana"), SLICE("an")), 1);
	assert_int_equal(slice_find(SLICE("banana"), SLICE("ban ")), -1);
	assert_int_equal(slice_find(SLICE("an"), SLICE("banana")), -1);
	assert_int_equal(slice_find(SLICE(""), SLICE("")), 0);
	assert_int_equal(slice_find_nocase(SLICE("baNAna"), SLICE("nan")), 2);
	assert_int_equal(slice_find_byte(SLICE("a:b:"), ':'), 1);
	assert_int_equal(slice_find_byte(SLICE(""), ':'), -1);
}

static void a_cursor_that_fails_does_not_move(void **state)
{
	struct slice text = SLICE("12x");
	uint64_t number = 7;

	(void)state;
	assert_false(slice_take(&text, SLICE("13")));
	assert_false(slice_take_byte(&text, 'x'));
	assert_false(slice_take_number(&text, 11, &number));
	is(text, "12x");
	assert_int_equal(number, 7);
	assert_true(slice_take_number(&text, 12, &number));
	assert_int_equal(number, 12);
	assert_false(slice_take_number(&text, 12, &number));
	is(text, "x");
}

static void a_number_stops_at_the_largest(void **state)
{
	struct slice text = SLICE("18446744073709551615");
	uint64_t number;

	(void)state;
	assert_true(slice_take_number(&text, UINT64_MAX, &number));
	assert_true(number == UINT64_MAX);
	text = SLICE("18446744073709551616");
	assert_false(slice_take_number(&text, UINT64_MAX, &number));
	text = SLICE("5");
	assert_false(slice_take_number(&text, 3, &number));
}

static void taking_until_a_byte_gives_each_piece(void **state)
{
	struct slice text = SLICE("a,,b"), piece;

	(void)state;
	assert_true(slice_take_until(&text, ',', &piece));
	is(piece, "a");
	assert_true(slice_take_until(&text, ',', &piece));
	is(piece, "");
	assert_true(slice_take_until(&text, ',', &piece));
	is(piece, "b");
	assert_false(slice_take_until(&text, ',', &piece));
}

static void distance_counts_changed_added_and_dropped_letters(void **state)
{
	char wide[64];

	(void)state;
	memset(wide, 'a', sizeof wide);
	assert_int_equal(slice_distance(SLICE("status"), SLICE("STATUS")), 0);
	assert_int_equal(slice_distance(SLICE("staus"), SLICE("status")), 1);
	assert_int_equal(slice_distance(SLICE("kitten"), SLICE("sitting")), 3);
	assert_int_equal(slice_distance(SLICE(""), SLICE("abc")), 3);
	assert_int_equal(slice_distance((struct slice){wide, 63}, SLICE("a")), 99);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(cuts_are_clamped_to_the_text),
	    cmocka_unit_test(comparing_goes_by_bytes_then_length),
	    cmocka_unit_test(finding_gives_the_first_offset_or_minus_one),
	    cmocka_unit_test(a_cursor_that_fails_does_not_move),
	    cmocka_unit_test(a_number_stops_at_the_largest),
	    cmocka_unit_test(taking_until_a_byte_gives_each_piece),
	    cmocka_unit_test(distance_counts_changed_added_and_dropped_letters),
	};

	return cmocka_run_group_tests_name("base/slice", tests, NULL, NULL);
}
