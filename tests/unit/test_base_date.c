#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/date.h"

static struct day day_of(const char *text)
{
	struct error error = ERROR_NONE;
	struct day day = {0};

	if (date_parse(slice_of(text), &day, &error) != 0)
		fail_msg("%s", error.message);
	return day;
}

static void refused(const char *text, const char *message)
{
	struct error error = ERROR_NONE;
	struct day day = {42};

	assert_int_equal(date_parse(slice_of(text), &day, &error), E_INPUT);
	assert_string_equal(error.message, message);
	assert_string_equal(error.name, "bad_date");
	assert_int_equal(day.n, 42);
}

static void every_day_from_1900_to_2199_goes_there_and_back(void **state)
{
	struct day last = {day_of("1900-01-01").n - 1};
	int days = 0;

	(void)state;
	for (int year = 1900; year < 2200; year++)
		for (int month = 1; month <= 12; month++)
			for (int d = 1; d <= date_days_in_month(year, month); d++) {
				struct civil civil = {year, month, d}, back;
				struct day day;

				assert_true(date_from_civil(civil, &day));
				assert_int_equal(day.n, last.n + 1);
				back = date_to_civil(day);
				assert_true(back.year == year && back.month == month && back.day == d);
				last = day;
				days++;
			}
	assert_int_equal(days, 109573);
}

static void weekdays_are_those_of_the_calendar(void **state)
{
	(void)state;
	assert_int_equal(date_weekday(day_of("2005-09-13")), 2);
	assert_int_equal(date_weekday(day_of("1946-01-10")), 4);
	assert_int_equal(date_weekday(day_of("1970-01-04")), 0);
}

static void adding_months_stops_at_the_end_of_a_shorter_month(void **state)
{
	(void)state;
	assert_int_equal(date_add_months(day_of("2004-01-31"), 1).n, day_of("2004-02-29").n);
	assert_int_equal(date_add_months(day_of("2005-01-31"), 1).n, day_of("2005-02-28").n);
	assert_int_equal(date_add_months(day_of("2005-11-30"), 3).n, day_of("2006-02-28").n);
	assert_int_equal(date_add_months(day_of("2005-03-31"), -1).n, day_of("2005-02-28").n);
}

static void a_date_that_does_not_exist_is_explained(void **state)
{
	(void)state;
	refused("2005-02-30", "2005-02-30: there is no such day; February 2005 has 28 days");
	refused("2005-13-01", "2005-13-01: there is no such month; months run from 01 to 12");
	refused("tomorrow", "\"tomorrow\" is not a date; write it as YYYY-MM-DD, for example 2005-09-13");
	refused("2005-9-13", "\"2005-9-13\" is not a date; write it as YYYY-MM-DD, for example 2005-09-13");
}

static void a_date_is_written_as_it_was_read(void **state)
{
	char text[DATE_TEXT];

	(void)state;
	date_format(day_of("0001-01-01"), text);
	assert_string_equal(text, "0001-01-01");
	date_format(day_of("9999-12-31"), text);
	assert_string_equal(text, "9999-12-31");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_day_from_1900_to_2199_goes_there_and_back),
	    cmocka_unit_test(weekdays_are_those_of_the_calendar),
	    cmocka_unit_test(adding_months_stops_at_the_end_of_a_shorter_month),
	    cmocka_unit_test(a_date_that_does_not_exist_is_explained),
	    cmocka_unit_test(a_date_is_written_as_it_was_read),
	};

	return cmocka_run_group_tests_name("base/date", tests, NULL, NULL);
}
