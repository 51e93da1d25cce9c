#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/exit.h"

static void each_error_word_has_its_code(void **state)
{
	(void)state;
	assert_int_equal(exit_code_of("empty_text", 422), EXIT_EMPTY);
	assert_int_equal(exit_code_of("ambiguous_reference", 409), EXIT_AMBIGUOUS);
	assert_int_equal(exit_code_of("text_differs", 409), EXIT_CONFLICT);
	assert_int_equal(exit_code_of("status_cannot_follow", 422), EXIT_STATUS);
	assert_int_equal(exit_code_of("unreachable", 0), EXIT_UNREACHABLE);
}

static void an_unknown_word_takes_its_code_from_the_http_status(void **state)
{
	(void)state;
	assert_int_equal(exit_code_of("nothing_like_it", 404), EXIT_NOT_FOUND);
	assert_int_equal(exit_code_of(NULL, 403), EXIT_DENIED);
	assert_int_equal(exit_code_of(NULL, 503), EXIT_UNREACHABLE);
	assert_int_equal(exit_code_of(NULL, 500), EXIT_OUR_FAULT);
	assert_int_equal(exit_code_of(NULL, 422), EXIT_REFUSED);
}

static void a_word_is_not_found_by_its_beginning(void **state)
{
	(void)state;
	assert_int_equal(exit_code_of("empty", 0), EXIT_REFUSED);
	assert_int_equal(exit_code_of("", 0), EXIT_REFUSED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_error_word_has_its_code),
	    cmocka_unit_test(an_unknown_word_takes_its_code_from_the_http_status),
	    cmocka_unit_test(a_word_is_not_found_by_its_beginning),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
