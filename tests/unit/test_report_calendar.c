/* The calendar in its formats: words, escaping, all-day events. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report/calendar.h"

static const char model[] =
    "{\"from\":\"2005-07-01\",\"until\":\"2005-12-31\",\"as_of\":\"2005-06-01\",\"rows\":["
    "{\"on\":\"2005-07-29\",\"event\":\"slot\",\"done\":false,\"missed\":true,\"reference\":\"A/RES/59/157:9\",\"kind\":\"reporting\","
    "\"action\":\"to report on <crime> & justice\",\"addressees\":[{\"text\":\"the Secretary-General\",\"role\":\"lead\"},"
    "{\"text\":\"Member States\",\"role\":\"consulted\"}],\"version\":4,\"why\":\"10 weeks before; see rule, 1\",\"owner\":{\"name\":\"Anna\"}},"
    "{\"on\":\"2005-12-31\",\"event\":\"forecast_confirmed\",\"done\":true,\"missed\":false,\"reference\":\"A/RES/59/157:8\",\"kind\":\"assistance\","
    "\"action\":null,\"addressees\":[],\"version\":1,\"why\":null}]}";

static void expect_in(const char *format, const char *wanted)
{
	struct error error = ERROR_NONE;
	struct buf out;

	buf_init(&out, BUF_MAX_BODY);
	assert_int_equal(calendar_render((struct slice){model, sizeof model - 1}, format, &out, &error), 0);
	if (strstr(buf_text(&out), wanted) == NULL)
		fail_msg("%s has no \"%s\":\n%s", format, wanted, buf_text(&out));
	buf_release(&out);
}

static void test_text_goes_month_by_month(void **state)
{
	(void)state;
	expect_in("text", "What falls due from 1 July 2005 to 31 December 2005, as of 1 June 2005\n");
	expect_in("text", "\nJuly 2005\n  2005-07-29  slot (missed)              A/RES/59/157:9  the Secretary-General\n");
	expect_in("text", "\nDecember 2005\n  2005-12-31  forecast confirmed (done)  A/RES/59/157:8  \n              assistance\n");
}

static void test_html_escapes_what_is_not_its_own(void **state)
{
	(void)state;
	expect_in("html", "<td>to report on &lt;crime&gt; &amp; justice</td>");
	expect_in("html", "<caption>December 2005</caption>");
	expect_in("html", "<td class=\"missed\">slot (missed)</td>");
}

static void test_events_are_of_a_whole_day_and_keep_their_name(void **state)
{
	(void)state;
	expect_in("ics", "DTSTART;VALUE=DATE:20050729\r\nDTEND;VALUE=DATE:20050730\r\n");
	expect_in("ics", "UID:A/RES/59/157:9/slot@mandate\r\nDTSTAMP:20050601T000000Z\r\n");
	expect_in("ics", "SEQUENCE:4\r\nTRANSP:TRANSPARENT\r\n");
	expect_in("ics", " weeks before\\; see rule\\, 1");
}

static void test_what_is_no_calendar_is_refused(void **state)
{
	struct error error = ERROR_NONE;
	struct buf out;

	(void)state;
	buf_init(&out, BUF_MAX_BODY);
	assert_int_not_equal(calendar_render(SLICE("{}"), "text", &out, &error), 0);
	assert_string_equal(error.name, "bad_report");
	buf_release(&out);
	assert_null(calendar_type("pdf"));
	assert_string_equal(calendar_type("ics"), "text/calendar; charset=utf-8");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_text_goes_month_by_month),
	    cmocka_unit_test(test_html_escapes_what_is_not_its_own),
	    cmocka_unit_test(test_events_are_of_a_whole_day_and_keep_their_name),
	    cmocka_unit_test(test_what_is_no_calendar_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
