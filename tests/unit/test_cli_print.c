#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

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

	*page = (struct page){.terminal = terminal, .width = 40};
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

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_pipe_gets_the_whole_text),
	    cmocka_unit_test(a_terminal_gets_what_fits),
	    cmocka_unit_test(without_colour_there_is_no_escape),
		cmocka_unit_test(marks_stand_where_they_were_set),
	    cmocka_unit_test(words_wrap_at_the_width),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
