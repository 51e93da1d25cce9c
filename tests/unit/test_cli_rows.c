/* Files of rows: the header, the rows, and what is refused with file and line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli/rows.h"

static const char *const names[] = {"participant", "action", "date", "note", NULL};
static const struct rows_columns columns = {names, 3};

/* The rows of a file with this text as JSON, or the message. To be freed. */
static char *rows_of(const char *text)
{
	char path[] = "/tmp/mandate-rows.XXXXXX";
	int file = mkstemp(path);
	struct error error = ERROR_NONE;
	json_t *rows = NULL;
	char *ret;

	assert_int_equal(write(file, text, strlen(text)), strlen(text));
	close(file);
	if (rows_read(path, &columns, &rows, &error) == 0)
		ret = json_dumps(rows, JSON_COMPACT | JSON_SORT_KEYS);
	else
		ret = strdup(strncmp(error.message, path, strlen(path)) == 0 ? error.message + strlen(path) : error.message);
	json_decref(rows);
	unlink(path);
	return ret;
}

static void expect_rows(const char *text, const char *wanted)
{
	char *got = rows_of(text);

	assert_string_equal(got, wanted);
	free(got);
}

static void test_rows_have_their_line_and_what_is_filled_in(void **state)
{
	(void)state;
	expect_rows("Date,PARTICIPANT,action\n2001-02-03, Peru ,signature\n\n2002-02-02,Kenya,\n",
	    "[{\"action\":\"signature\",\"date\":\"2001-02-03\",\"line\":2,\"participant\":\"Peru\"},"
	    "{\"date\":\"2002-02-02\",\"line\":4,\"participant\":\"Kenya\"}]");
}

static void test_lines_are_those_of_the_file_also_after_a_break_in_a_field(void **state)
{
	(void)state;
	expect_rows("participant,action,date,note\r\nA,b,c,\"two\r\nlines\"\r\nD,e,f,\r\n",
	    "[{\"action\":\"b\",\"date\":\"c\",\"line\":2,\"note\":\"two\\r\\nlines\",\"participant\":\"A\"},"
	    "{\"action\":\"e\",\"date\":\"f\",\"line\":4,\"participant\":\"D\"}]");
}

static void test_a_mended_file_of_faults_can_be_given_back(void **state)
{
	(void)state;
	expect_rows("participant,action,date,note,fault\nA,b,c,,\"date: no date\"\n",
	    "[{\"action\":\"b\",\"date\":\"c\",\"line\":2,\"participant\":\"A\"}]");
}

static void test_a_header_that_does_not_fit_names_the_columns(void **state)
{
	const char *known = "the columns are participant, action, date, note (may be missing)";
	char wanted[200];

	(void)state;
	(void)snprintf(wanted, sizeof wanted, ":1: there is no column \"state\"; %s", known);
	expect_rows("state,action,date\n", wanted);
	(void)snprintf(wanted, sizeof wanted, ":1: missing is the column \"date\"; %s", known);
	expect_rows("participant,action\n", wanted);
	(void)snprintf(wanted, sizeof wanted, ":1: twice the column \"date\"; %s", known);
	expect_rows("participant,action,date,date\n", wanted);
	expect_rows("", ": the file is empty; its first line names the columns");
}

static void test_a_row_that_is_too_long_is_refused_with_its_line(void **state)
{
	(void)state;
	expect_rows("participant,action,date\nA,b,c\nA,b,c,d\n", ":3: 4 fields where the first line names 3 columns");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rows_have_their_line_and_what_is_filled_in),
	    cmocka_unit_test(test_lines_are_those_of_the_file_also_after_a_break_in_a_field),
	    cmocka_unit_test(test_a_mended_file_of_faults_can_be_given_back),
	    cmocka_unit_test(test_a_header_that_does_not_fit_names_the_columns),
	    cmocka_unit_test(test_a_row_that_is_too_long_is_refused_with_its_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
