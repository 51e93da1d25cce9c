/* The status report of tests/data/reports/model.json in every format, compared with golden files;
 * MANDATE_UPDATE_GOLDEN=1 rewrites them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/file.h"
#include "report/report.h"

static void render(const char *format, struct buf *out)
{
	struct error error = ERROR_NONE;
	struct buf model;

	buf_init(&model, BUF_MAX_BODY);
	buf_init(out, BUF_MAX_DOCUMENT);
	assert_int_equal(file_read(TEST_DATA "/reports/model.json", &model, &error), 0);
	if (report_render(buf_slice(&model), format, out, &error) != 0)
		fail_msg("%s", error.message);
	buf_release(&model);
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

static void every_format_gives_its_golden_file(void **state)
{
	(void)state;
	for (size_t i = 0; report_format_at(i) != NULL; i++)
		the_report_is_the_golden_file(report_format_at(i)->name);
}

static void the_same_model_gives_the_same_bytes(void **state)
{
	struct buf first, second;

	(void)state;
	for (size_t i = 0; report_format_at(i) != NULL; i++) {
		render(report_format_at(i)->name, &first);
		render(report_format_at(i)->name, &second);
		assert_string_equal(buf_text(&first), buf_text(&second));
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

static void an_unknown_format_names_the_formats(void **state)
{
	struct error error = ERROR_NONE;
	struct buf out;

	(void)state;
	buf_init(&out, BUF_MAX_LINE);
	assert_int_equal(report_render(SLICE("{}"), "pdf", &out, &error), E_INPUT);
	assert_string_equal(error.message,
	    "there is no report format \"pdf\"; there are: text, markdown, csv, json, html");
	buf_release(&out);
}

static void a_model_without_a_summary_is_refused(void **state)
{
	struct error error = ERROR_NONE;
	struct buf out;

	(void)state;
	buf_init(&out, BUF_MAX_LINE);
	assert_int_equal(report_render(SLICE("{}"), "text", &out, &error), E_INPUT);
	assert_string_equal(error.message, "the model has no summary or no list of resolutions");
	assert_int_equal(out.len, 0);
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_format_gives_its_golden_file),
	    cmocka_unit_test(the_same_model_gives_the_same_bytes),
	    cmocka_unit_test(a_formula_in_a_csv_cell_is_defused),
	    cmocka_unit_test(an_unknown_format_names_the_formats),
	    cmocka_unit_test(a_model_without_a_summary_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
