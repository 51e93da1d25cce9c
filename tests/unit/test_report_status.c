/* The records of tests/data/reports/status.jsonl in every format that the daemon makes itself, compared with
 * golden files; MANDATE_UPDATE_GOLDEN=1 rewrites them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/file.h"
#include "report/report.h"

static const struct report_options plain;

static void records_read(struct buf *lines)
{
	struct error error = ERROR_NONE;

	buf_init(lines, BUF_MAX_BODY);
	assert_int_equal(file_read(TEST_DATA "/reports/status.jsonl", lines, &error), 0);
}

static void render(const char *format, struct buf *out)
{
	struct error error = ERROR_NONE;
	struct buf lines;

	records_read(&lines);
	buf_init(out, BUF_MAX_DOCUMENT);
	if (report_render(buf_slice(&lines), format, &plain, out, &error) != 0)
		fail_msg("%s", error.message);
	buf_release(&lines);
}

static void the_report_is_the_golden_file(const char *format)
{
	char *path = xasprintf(TEST_DATA "/reports/status.%s", report_format_find(format)->extension);
	struct error error = ERROR_NONE;
	struct buf made, golden;

	render(format, &made);
	buf_init(&golden, BUF_MAX_DOCUMENT);
	if (getenv("MANDATE_UPDATE_GOLDEN") != NULL)
		assert_int_equal(file_write(path, buf_slice(&made), &error), 0);
	assert_int_equal(file_read(path, &golden, &error), 0);
	assert_string_equal(buf_text(&made), buf_text(&golden));
	buf_release(&made);
	buf_release(&golden);
	free(path);
}

static void every_format_of_the_daemon_gives_its_golden_file(void **state)
{
	(void)state;
	for (size_t i = 0; report_format_at(i) != NULL; i++)
		if (report_format_at(i)->place == REPORT_IN_DAEMON)
			the_report_is_the_golden_file(report_format_at(i)->name);
}

static void the_same_records_give_the_same_bytes(void **state)
{
	struct buf first, second;

	(void)state;
	for (size_t i = 0; report_format_at(i) != NULL; i++) {
		/* ./check installs pandoc. */
		if (strcmp(report_format_at(i)->name, "docx") == 0 && access("/usr/bin/pandoc", X_OK) != 0)
			continue;
		render(report_format_at(i)->name, &first);
		render(report_format_at(i)->name, &second);
		assert_int_equal(first.len, second.len);
		assert_memory_equal(first.at, second.at, first.len);
		buf_release(&first);
		buf_release(&second);
	}
}

static void a_formula_in_a_csv_cell_is_defused(void **state)
{
	struct buf made;

	(void)state;
	render("csv", &made);
	assert_non_null(strstr(buf_text(&made), ",'=1+1,"));
	buf_release(&made);
}

static void json_lines_are_the_records_themselves(void **state)
{
	struct buf lines, made;

	(void)state;
	records_read(&lines);
	render("jsonl", &made);
	assert_string_equal(buf_text(&made), buf_text(&lines));
	buf_release(&lines);
	buf_release(&made);
}

static void an_unknown_format_names_the_formats(void **state)
{
	struct error error = ERROR_NONE;
	struct buf out;

	(void)state;
	buf_init(&out, BUF_MAX_LINE);
	assert_int_equal(report_render(SLICE("{}"), "papyrus", &plain, &out, &error), E_INPUT);
	assert_non_null(strstr(error.message, "there is no report format \"papyrus\"; there are: text, markdown, csv, json, jsonl, html"));
	buf_release(&out);
}

/* Records that are no report, and why. */
static void what_is_no_report_is_refused_with_the_reason(void **state)
{
	static const char *const cases[][2] = {
	    {"{\"row\":{}}\n", "a report begins with a record that has the member \"report\""},
	    {"{\"report\":\"x\"}\n", "the report has no end: it was cut off"},
	    {"{\"report\":\"x\"}\n{\"row\":{}}\n", "rows and headings stand in a part"},
	    {"{\"report\":\"x\"}\n{\"end\":{\"rows\":1}}\n", "the report ends after 0 rows and says that it has 1"},
	    {"{\"report\":\"x\"}\n{\"end\":{\"rows\":0}}\n{\"end\":{\"rows\":0}}\n", "the report goes on after its end"},
	    {"{\"report\":\"x\"}\n{\"part\":\"p\",\"columns\":[\"nonsense\"]}\n",
	        "the report has a column \"nonsense\" that the table of fields has not"},
	    {"{\"report\":\"x\"}\n{\"part\":\"p\"}\n{\"heading\":{\"level\":3,\"of\":\"unit\"}}\n",
	        "a heading is of level 1 or 2 and of a column of the table of fields"},
	    {"{\"report\":\"x\"}\n{\"part\":\"p\"}\n{\"what\":1}\n", "a record is one of: report, part, heading, row, picture, end"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct error error = ERROR_NONE;
		struct buf out;

		buf_init(&out, BUF_MAX_LINE);
		assert_int_equal(report_render(slice_of(cases[i][0]), "text", &plain, &out, &error), E_INPUT);
		assert_string_equal(error.message, cases[i][1]);
		buf_release(&out);
	}
}

static void a_report_without_deadlines_makes_no_calendar(void **state)
{
	struct error error = ERROR_NONE;
	struct buf out;

	(void)state;
	buf_init(&out, BUF_MAX_LINE);
	assert_int_equal(report_render(SLICE("{\"report\":\"x\",\"columns\":[\"reference\"]}\n{\"end\":{\"rows\":0}}\n"), "ics", &plain, &out, &error), E_INPUT);
	assert_non_null(strstr(error.message, "the report \"x\" has no deadlines of obligations"));
	buf_release(&out);
}

/* What is not held in memory must not be cut either: one row more than a Word document can have. */
static void a_word_document_of_too_many_rows_is_refused(void **state)
{
	struct error error = ERROR_NONE;
	struct buf lines, out;

	(void)state;
	buf_init(&lines, BUF_MAX_BODY);
	buf_init(&out, BUF_MAX_LINE);
	buf_append_text(&lines, "{\"report\":\"x\",\"columns\":[\"reference\"]}\n{\"part\":\"p\",\"columns\":[\"reference\"]}\n");
	for (int i = 0; i < 1001; i++)
		buf_append_text(&lines, "{\"row\":{\"reference\":\"A/RES/1/1:1\"}}\n");
	buf_append_text(&lines, "{\"end\":{\"rows\":1001}}\n");
	assert_int_equal(report_render(buf_slice(&lines), "docx", &plain, &out, &error), E_TOO_BIG);
	assert_non_null(strstr(error.message, "at most 1000 rows"));
	buf_release(&lines);
	buf_release(&out);
}

/* Of what a feed says of one entry: its name. */
static void feed_name(const char *row, char name[120])
{
	char *lines = xasprintf("{\"report\":\"changes\",\"title\":\"Changes\",\"known_at\":\"2005-07-01T00:00:00.000000Z\",\"columns\":[\"reference\",\"entry\"]}\n"
	    "{\"part\":\"obligations\",\"title\":\"Obligations\",\"columns\":[\"reference\",\"entry\"],\"layout\":\"table\"}\n%s\n{\"end\":{\"rows\":1}}\n", row);
	struct error error = ERROR_NONE;
	const char *id;
	struct buf out;

	buf_init(&out, BUF_MAX_DOCUMENT);
	if (report_render(slice_of(lines), "atom", &plain, &out, &error) != 0)
		fail_msg("%s", error.message);
	id = strstr(strstr(buf_text(&out), "<entry>"), "<id>") + strlen("<id>");
	(void)snprintf(name, 120, "%.*s", (int)strcspn(id, "<"), id);
	buf_release(&out);
	free(lines);
}

static void a_feed_knows_an_entry_again_whatever_its_obligation_is_called(void **state)
{
	char draft[120], adopted[120];

	(void)state;
	feed_name("{\"row\":{\"reference\":\"E/RES/2004/23:draft-9\",\"entry\":1,\"hash\":\"ab12\"}}", draft);
	feed_name("{\"row\":{\"reference\":\"A/RES/59/157:9\",\"entry\":1,\"hash\":\"ab12\"}}", adopted);
	assert_string_equal(draft, adopted);
	assert_string_equal(draft, "urn:mandate:entry:ab12");
}

static void a_name_in_a_feed_has_no_blanks(void **state)
{
	char name[120];

	(void)state;
	feed_name("{\"row\":{\"reference\":\"A/RES/59/157:3 bis (a)\",\"entry\":1}}", name);
	assert_string_equal(name, "urn:mandate:row:A/RES/59/157:3%20bis%20%28a%29");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_feed_knows_an_entry_again_whatever_its_obligation_is_called),
	    cmocka_unit_test(a_name_in_a_feed_has_no_blanks),
	    cmocka_unit_test(every_format_of_the_daemon_gives_its_golden_file),
	    cmocka_unit_test(the_same_records_give_the_same_bytes),
	    cmocka_unit_test(a_formula_in_a_csv_cell_is_defused),
	    cmocka_unit_test(json_lines_are_the_records_themselves),
	    cmocka_unit_test(an_unknown_format_names_the_formats),
	    cmocka_unit_test(a_report_without_deadlines_makes_no_calendar),
	    cmocka_unit_test(a_word_document_of_too_many_rows_is_refused),
	    cmocka_unit_test(what_is_no_report_is_refused_with_the_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
