#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/obligation.h"

static void a_symbol_with_a_paragraph_is_a_reference(void **state)
{
	(void)state;
	assert_true(reference_is("E/RES/2004/23:9"));
	assert_true(reference_is("2004/23:9"));
	assert_true(reference_is("59/157:6.2"));
	assert_true(reference_is("A/RES/59/157:9(a)"));
}

static void a_field_with_a_value_is_a_filter(void **state)
{
	(void)state;
	assert_false(reference_is("kind:reporting"));
	assert_false(reference_is("symbol:E/RES/2004/23"));
	assert_false(reference_is("due:<2005-12-31"));
	assert_false(reference_is("guides"));
	assert_false(reference_is("2004/23:"));
	assert_false(reference_is(":9"));
	assert_false(reference_is(""));
}

static void filter_words_go_encoded_into_one_query(void **state)
{
	char *words[] = {"kind:reporting", "legislative guides"};
	struct buf path;

	(void)state;
	buf_init(&path, BUF_MAX_LINE);
	filter_path(&path, "/v1/obligations", words, 2);
	assert_string_equal(buf_text(&path), "/v1/obligations?filter=kind%3Areporting%20%22legislative%20guides%22");
	buf_clear(&path);
	filter_path(&path, "/v1/obligations", words, 0);
	assert_string_equal(buf_text(&path), "/v1/obligations");
	buf_release(&path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_symbol_with_a_paragraph_is_a_reference),
	    cmocka_unit_test(a_field_with_a_value_is_a_filter),
	    cmocka_unit_test(filter_words_go_encoded_into_one_query),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
