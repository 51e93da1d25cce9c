/* Amounts as people read them: marks between thousands, the cents, nothing rounded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/contribution.h"

static void test_amounts_get_marks_and_cents(void **state)
{
	static const char *const cases[][2] = {
	    {"0", "0.00"}, {"5", "5.00"}, {"12.5", "12.50"}, {"999", "999.00"}, {"1000", "1,000.00"}, {"100000.01", "100,000.01"},
	    {"1234567.8", "1,234,567.80"}, {"999999999999999.9999", "999,999,999,999,999.9999"}, {"0.0001", "0.0001"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf out;

		buf_init(&out, BUF_MAX_LINE);
		amount_put(&out, cases[i][0]);
		assert_string_equal(buf_text(&out), cases[i][1]);
		buf_release(&out);
	}
}

static void test_the_currency_stands_before_the_amount(void **state)
{
	json_t *object = json_pack("{s:s, s:s}", "currency", "EUR", "amount", "1250.5");
	struct buf out;

	(void)state;
	buf_init(&out, BUF_MAX_LINE);
	amount_of(&out, object);
	assert_string_equal(buf_text(&out), "EUR 1,250.50");
	buf_release(&out);
	json_decref(object);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_amounts_get_marks_and_cents),
	    cmocka_unit_test(test_the_currency_stands_before_the_amount),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
