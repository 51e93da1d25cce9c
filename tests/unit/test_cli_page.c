/* The page for people: what it leaves out and says once. */
#include "reader_case.h"

#include "cli/print.h"
#include "cli/read.h"

static struct page page;

static void page_of(const char *text)
{
	struct reading *reading = reader_case_read(text);

	page = (struct page){ .width = 80 };
	buf_init(&page.out, BUF_MAX_BODY);
	read_page(&page, reading);
	reading_free(reading);
}

static int release(void **state)
{
	(void)state;
	buf_release(&page.out);
	return 0;
}

static void what_is_read_in_structure_only_says_so_once(void **state)
{
	const char *said, *text;

	(void)state;
	page_of("Генеральная Ассамблея,\n\nнапоминая о том, что соль стоит дорого,\n\n"
	        "1. просит Генерального секретаря представить доклад о цене соли;\n\n2. постановляет купить соль.\n");
	text = buf_text(&page.out);
	said = strstr(text, "verbs of this language are not known yet");
	assert_non_null(said);
	assert_true(strstr(text, "structure only") > said);
	assert_null(strstr(strstr(text, "structure only") + 1, "structure only"));
	assert_null(strstr(text, "no lexicon"));
}

static void a_paragraph_without_a_label_has_no_line_for_it(void **state)
{
	(void)state;
	page_of("The General Assembly,\n\n1. Requests the Secretary-General:\n\n- To light the lamps;\n\n- To count them.\n");
	assert_non_null(strstr(buf_text(&page.out), "To light the lamps"));
	assert_null(strstr(buf_text(&page.out), "\n\n\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(what_is_read_in_structure_only_says_so_once, release),
		cmocka_unit_test_teardown(a_paragraph_without_a_label_has_no_line_for_it, release),
	};

	return cmocka_run_group_tests(tests, reader_case_open, reader_case_close);
}
