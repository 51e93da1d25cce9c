#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "cli/print.h"

static void rows(struct table *table)
{
	table_add(table, "E/RES/2004/23:9", TONE_STRONG);
	table_add(table, "rapport du Secrétaire général sur les travaux de l’Office", TONE_PLAIN);
	table_add(table, "1", TONE_PLAIN);
	table_add(table, "États", TONE_PLAIN);
}

static void page_of(struct page *page, bool terminal)
{
	static const char *const titles[] = {"REFERENCE", "WHAT"};
	struct table table = {.titles = titles, .columns = 2, .flexible = 1, .arena = arena_new()};

	*page = (struct page){.terminal = terminal, .fit = terminal, .width = 40};
	buf_init(&page->out, BUF_MAX_BODY);
	rows(&table);
	page_table(page, &table);
	arena_free(table.arena);
}

static void a_pipe_gets_the_whole_text(void **state)
{
	struct page page;

	(void)state;
	page_of(&page, false);
	assert_non_null(strstr(buf_text(&page.out), "travaux de l’Office\n"));
	assert_null(strstr(buf_text(&page.out), "…"));
	buf_release(&page.out);
}

static void a_terminal_gets_what_fits(void **state)
{
	struct page page;

	(void)state;
	page_of(&page, true);
	assert_null(strstr(buf_text(&page.out), "Office"));
	assert_non_null(strstr(buf_text(&page.out), "…\n"));
	buf_release(&page.out);
}

static void without_colour_there_is_no_escape(void **state)
{
	struct page page;

	(void)state;
	page_of(&page, true);
	assert_null(strchr(buf_text(&page.out), '\033'));
	buf_release(&page.out);
}

static void words_wrap_at_the_width(void **state)
{
	struct page page = {.width = 30};

	(void)state;
	buf_init(&page.out, BUF_MAX_BODY);
	page_wrap(&page, 2, "Requests the Secretary-General to report to the Assembly");
	assert_string_equal(buf_text(&page.out),
	    "  Requests the\n  Secretary-General to report\n  to the Assembly\n");
	buf_release(&page.out);
}

/* The marked bytes, not the first like them; a mark goes on over the end of a line. */
static void marks_stand_where_they_were_set(void **state)
{
	static const struct mark marks[] = {{5, 9, TONE_STRONG}, {24, 43, TONE_MARK}};
	struct page page = {.colour = true, .width = 40};

	(void)state;
	buf_init(&page.out, BUF_MAX_BODY);
	page_wrap_marked(&page, 0, SLICE("lamp lamp and the lamp, the keepers of all lamps."), marks, 2);
	assert_string_equal(buf_text(&page.out),
	    "lamp \033[1mlamp\033[0m and the lamp, \033[4mthe keepers of\033[0m\n\033[4mall \033[0mlamps.\n");
	buf_release(&page.out);
}

/* Whoever says how wide a pipe is gets it so wide; it is no terminal for that. */
static void a_width_that_is_said_holds_in_a_pipe(void **state)
{
	struct invocation invocation = {.options = {NULL}};
	struct page page;

	(void)state;
	unsetenv("COLUMNS");
	page_init(&page, &invocation);
	assert_int_equal(page.fit, page.terminal);
	buf_release(&page.out);
	setenv("COLUMNS", "72", 1);
	page_init(&page, &invocation);
	assert_true(page.fit);
	assert_int_equal(page.width, 72);
	buf_release(&page.out);
	invocation.options[OPTION_WIDTH] = "66";
	page_init(&page, &invocation);
	assert_true(page.fit);
	assert_int_equal(page.width, 66);
	buf_release(&page.out);
	unsetenv("COLUMNS");
}

/* Half a figure would be another figure. */
static void a_figure_is_never_shortened(void **state)
{
	static const char *const titles[] = {"ENTRY", "DONOR", "PLEDGED", "REMARKS"};
	struct table table = {.titles = titles, .columns = 4, .flexible = 1, .kept = 1u << 2, .wrapped = true, .arena = arena_new()};
	struct page page = {.fit = true, .width = 52};

	(void)state;
	buf_init(&page.out, BUF_MAX_BODY);
	table_add(&table, "FUND 1", TONE_PLAIN);
	table_add(&table, "The United Kingdom of Great Britain", TONE_PLAIN);
	table_add(&table, "EUR 12,345,678,901,234.56", TONE_PLAIN);
	table_add(&table, "received on the last day", TONE_PLAIN);
	table_add(&table, "FUND 2", TONE_PLAIN);
	table_add(&table, "Peru", TONE_PLAIN);
	table_add(&table, "                        -", TONE_PLAIN);
	table_add(&table, "", TONE_PLAIN);
	page_table(&page, &table);
	assert_string_equal(buf_text(&page.out), "ENTRY   DONOR              PLEDGED\n    REMARKS\n"
	    "FUND 1  The United Kingd…  EUR 12,345,678,901,234.56\n    received on the last day\n"
	    "FUND 2  Peru                                       -\n");
	arena_free(table.arena);
	buf_release(&page.out);
}

static void long_lines_are_folded_between_words(void **state)
{
	struct page page = {.fit = true, .width = 40};

	(void)state;
	buf_init(&page.out, BUF_MAX_BODY);
	buf_append_text(&page.out, "Days\n\n  2005-07-29  slot  A/RES/59/157:9  the Secretary-General; all\n              to report on the work of the Office\n");
	page_fold(&page);
	assert_string_equal(buf_text(&page.out), "Days\n\n  2005-07-29  slot  A/RES/59/157:9  the\n              Secretary-General; all\n"
	    "              to report on the work of\n              the Office\n");
	buf_release(&page.out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_pipe_gets_the_whole_text),
	    cmocka_unit_test(a_terminal_gets_what_fits),
	    cmocka_unit_test(without_colour_there_is_no_escape),
		cmocka_unit_test(marks_stand_where_they_were_set),
	    cmocka_unit_test(words_wrap_at_the_width),
	    cmocka_unit_test(a_width_that_is_said_holds_in_a_pipe),
	    cmocka_unit_test(a_figure_is_never_shortened),
	    cmocka_unit_test(long_lines_are_folded_between_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
