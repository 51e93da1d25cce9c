#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/csv.h"

/* Reads all rows and gives them back as [field][field] for each line, or the error's message. */
static void reads(const char *text, const char *expected)
{
	struct arena *arena = arena_new();
	struct error error = ERROR_NONE;
	struct csv csv;
	struct buf out;
	int code;

	buf_init(&out, BUF_MAX_LINE);
	csv_init(&csv, slice_of(text), arena);
	while ((code = csv_next(&csv, &error)) > 0) {
		buf_printf(&out, "%zu:", csv.line);
		for (size_t i = 0; i < csv.count; i++)
			buf_printf(&out, "[%.*s]", SLICE_ARG(csv.fields[i]));
		buf_append_byte(&out, ' ');
	}
	if (code < 0) {
		assert_string_equal(error.name, "bad_csv");
		buf_append_text(&out, error.message);
	}
	assert_string_equal(buf_text(&out), expected);
	buf_release(&out);
	arena_free(arena);
}

static void rows_end_in_either_line_end_or_none(void **state)
{
	(void)state;
	reads("", "");
	reads("a,b\nc,d\n", "1:[a][b] 2:[c][d] ");
	reads("a,b\r\nc", "1:[a][b] 2:[c] ");
	reads("a,\n,\n", "1:[a][] 2:[][] ");
	reads("\xEF\xBB\xBF" "a\n", "1:[a] ");
}

static void quotes_hold_commas_lines_and_doubled_quotes(void **state)
{
	(void)state;
	reads("\"a,b\",c\n", "1:[a,b][c] ");
	reads("\"a\nb\",c\nd\n", "1:[a\nb][c] 3:[d] ");
	reads("\"say \"\"yes\"\"\"\n\"\"", "1:[say \"yes\"] 2:[] ");
}

static void faults_say_line_and_column(void **state)
{
	(void)state;
	reads("a\nb,\"c", "1:[a] line 2, column 2: the quotation mark is never closed");
	reads("\"a\"b\n", "line 1, column 1: text after the closing quotation mark");
}

static void columns_are_found_by_name_and_short_rows_filled(void **state)
{
	struct arena *arena = arena_new();
	struct error error = ERROR_NONE;
	struct csv csv;

	(void)state;
	csv_init(&csv, SLICE("code,name\nSG\n"), arena);
	assert_int_equal(csv_next(&csv, &error), 1);
	assert_int_equal(csv_column(&csv, "name"), 1);
	assert_int_equal(csv_column(&csv, "colour"), -1);
	assert_int_equal(csv_next(&csv, &error), 1);
	assert_true(slice_is(csv_field(&csv, 0), "SG"));
	assert_true(slice_is(csv_field(&csv, 1), ""));
	assert_true(slice_is(csv_field(&csv, -1), ""));
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(rows_end_in_either_line_end_or_none),
	    cmocka_unit_test(quotes_hold_commas_lines_and_doubled_quotes),
	    cmocka_unit_test(faults_say_line_and_column),
	    cmocka_unit_test(columns_are_found_by_name_and_short_rows_filled),
	};

	return cmocka_run_group_tests_name("base/csv", tests, NULL, NULL);
}
