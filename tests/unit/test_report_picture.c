/* Pictures: what stands where, so that what is seen is what is so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "report/report.h"

#define HEAD "{\"report\":\"status\",\"title\":\"Status of follow-up\",\"as_of\":\"2026-06-30\",\"known_at\":\"2026-07-01T00:00:00Z\"," \
             "\"records\":1,\"head\":\"0f\",\"columns\":[\"reference\"],\"summary\":%s}\n"
#define END "{\"end\":{\"rows\":0}}\n"

/* A page with one picture, or one summary; the caller frees it. */
static char *page_made(const char *summary, const char *picture, const char *language)
{
	char *lines = xasprintf(HEAD "%s%s%s" END, summary, *picture ? "{\"picture\":" : "", picture, *picture ? "}\n" : "");
	struct report_options options = {.language = language};
	struct error error = ERROR_NONE;
	struct buf out;
	char *ret;

	buf_init(&out, BUF_MAX_DOCUMENT);
	if (report_render(slice_of(lines), "html", &options, &out, &error) != 0)
		fail_msg("%s", error.message);
	ret = xasprintf("%s", buf_text(&out));
	buf_release(&out);
	free(lines);
	return ret;
}

/* A number after the n-th text of a page, such as the x of a column. */
static double number_after(const char *page, const char *text, int n)
{
	for (; n > 0; n--) {
		page = strstr(page, text);
		if (page == NULL)
			fail_msg("the page has not enough of %s", text);
		page += strlen(text);
	}
	return strtod(page, NULL);
}

static void years_without_contributions_keep_their_place(void **state)
{
	char *page = page_made("null", "{\"kind\":\"columns\",\"title\":\"Contributions by year\",\"unit\":\"USD\",\"series\":["
	    "{\"label\":\"2004\",\"parts\":{\"pledged\":10}},{\"label\":\"2005\",\"parts\":{\"pledged\":30}},{\"label\":\"2008\",\"parts\":{\"pledged\":20}}]}", NULL);
	const char *rect = "<rect fill=\"#0b5c8f\" x=\"";
	double first = number_after(page, rect, 1), second = number_after(page, rect, 2), third = number_after(page, rect, 3);

	(void)state;
	assert_true(third - second > 2.9 * (second - first) && third - second < 3.1 * (second - first));
	assert_non_null(strstr(page, ">2006</text>"));
	free(page);
}

static void the_scale_ends_above_the_highest(void **state)
{
	char *page = page_made("null", "{\"kind\":\"columns\",\"title\":\"Contributions by year\",\"unit\":\"USD\",\"series\":["
	    "{\"label\":\"2004\",\"parts\":{\"pledged\":1546655}}]}", NULL);

	(void)state;
	assert_non_null(strstr(page, ">1,600,000</text>"));
	free(page);
}

/* The label of the threshold lies on the other side of the line than the curve, at its end. */
static void the_name_of_a_threshold_is_clear_of_the_curve(void **state)
{
	const char *curve = "{\"kind\":\"curve\",\"title\":\"Parties over time\",\"as_of\":\"2006-01-01\",\"threshold\":{\"n\":40,"
	    "\"label\":\"needed for entry into force\"},\"series\":[{\"on\":\"2002-01-01\",\"n\":1},{\"on\":\"2005-01-01\",\"n\":%d}]}";
	const char *line = "class=\"threshold\" x1=\"", *label = "class=\"on\" x=\"";
	char *passed = xasprintf(curve, 48), *lacking = xasprintf(curve, 30);
	char *above = page_made("null", passed, NULL), *below = page_made("null", lacking, NULL);

	(void)state;
	assert_true(number_after(strstr(above, label), "y=\"", 1) > number_after(strstr(above, line), "y1=\"", 1));
	assert_true(number_after(strstr(below, label), "y=\"", 1) < number_after(strstr(below, line), "y1=\"", 1));
	free(above);
	free(below);
	free(passed);
	free(lacking);
}

static void a_short_time_is_told_in_months(void **state)
{
	char *page = page_made("null", "{\"kind\":\"timeline\",\"title\":\"Deadlines\",\"as_of\":\"2026-06-30\",\"left_out\":0,\"series\":["
	    "{\"label\":\"A/RES/1/1:1\",\"from\":\"2026-05-01\",\"to\":\"2026-05-20\",\"status\":\"not_started\",\"timeliness\":\"overdue\"}]}", "fr");

	(void)state;
	assert_non_null(strstr(page, ">2026-05</text>"));
	assert_non_null(strstr(page, ">en retard</text>"));
	free(page);
}

/* Statuses lie in their order in every bar, each with its number; JSON has its names in an order of its own. */
static void parts_of_a_bar_lie_in_the_order_of_the_legend(void **state)
{
	char *page = page_made("null", "{\"kind\":\"bars\",\"title\":\"Status by kind\",\"series\":["
	    "{\"label\":\"reporting\",\"parts\":{\"closed\":7,\"in_progress\":5,\"implemented\":3}}]}", NULL);
	const char *done = strstr(page, "fill=\"#1f7a4a\""), *going = strstr(page, "fill=\"#a86400\"");
	const char *closed = strstr(page, "fill=\"#444d59\"");

	(void)state;
	assert_true(done != NULL && done < going && going < closed);
	assert_non_null(strstr(page, ">5</text>"));
	free(page);
}

static void kinds_are_counted_with_the_most_first(void **state)
{
	char *page = page_made("{\"obligations\":9,\"measured\":9,\"by_kind\":{\"other\":1,\"agenda\":1,\"reporting\":7}}", "", NULL);
	const char *reporting = strstr(page, ">reporting<"), *agenda = strstr(page, ">agenda<"), *other = strstr(page, ">other<");

	(void)state;
	assert_true(reporting != NULL && reporting < agenda && agenda < other);
	free(page);
}

/* A side is "start" or "end", but where the page itself says that it is written from right to left. */
static void no_column_is_left_where_the_language_begins_at_the_right(void **state)
{
	char *page = page_made("null", "", "ar"), *rule;

	(void)state;
	assert_non_null(strstr(page, "dir=\"rtl\""));
	for (rule = strstr(page, "text-align:left"); rule != NULL; rule = strstr(rule + 1, "text-align:left")) {
		char *start = rule;

		while (start > page && *start != '\n')
			start--;
		*rule = '\0';
		assert_non_null(strstr(start, "[dir=rtl]"));
		*rule = 't';
	}
	assert_null(strstr(page, "border-left:"));
	free(page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(years_without_contributions_keep_their_place),
	    cmocka_unit_test(the_scale_ends_above_the_highest),
	    cmocka_unit_test(the_name_of_a_threshold_is_clear_of_the_curve),
	    cmocka_unit_test(a_short_time_is_told_in_months),
	    cmocka_unit_test(parts_of_a_bar_lie_in_the_order_of_the_legend),
	    cmocka_unit_test(kinds_are_counted_with_the_most_first),
	    cmocka_unit_test(no_column_is_left_where_the_language_begins_at_the_right),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
