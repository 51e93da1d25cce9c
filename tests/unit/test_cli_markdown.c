/* A reading as Markdown says what it says, whatever stands in the text. */
#include "reader_case.h"

#include "cli/read.h"

static struct buf out;

static void markdown_of(const char *text)
{
	struct reading *reading = reader_case_read(text);

	buf_init(&out, BUF_MAX_BODY);
	read_markdown(&out, reading);
	reading_free(reading);
}

static int release(void **state)
{
	(void)state;
	buf_release(&out);
	return 0;
}

static void expect(const char *part)
{
	if (strstr(buf_text(&out), part) == NULL)
		fail_msg("\"%s\" is not in:\n%s", part, buf_text(&out));
}

static void verbs_are_bold_and_numbers_are_no_lists(void **state)
{
	(void)state;
	markdown_of("The General Assembly,\n\n1. Welcomes the lamps, and requests the Secretary-General:\n\n"
	            "(a) To light them;\n\n2. Urges all States to help by 1 May 2030.\n");
	expect("\n1\\. **Welcomes** the lamps, and **requests** the Secretary-General:\n");
	expect("\n- (a) ");
	expect("\n| GA 2 | Urges | assistance | urging | date 2030-05-01 (\"by 1 May 2030\") | all States (STATES) |\n");
}

static void marks_in_the_text_stand_for_themselves(void **state)
{
	(void)state;
	markdown_of("The General Assembly,\n\n1. Requests the Secretary-General to use [brackets] and 2 < 3 | 4 & `ticks`;\n");
	expect("to use \\[brackets\\] and 2 \\< 3 \\| 4 \\& \\`ticks\\`;");
}

static void nobody_is_asked_and_that_is_said(void **state)
{
	(void)state;
	markdown_of("The General Assembly,\n\n1. Welcomes the lamps.\n");
	expect("Nothing is asked of anybody.");
}

static void verbs_that_are_not_known_are_no_missing_lexicon(void **state)
{
	(void)state;
	markdown_of("Генеральная Ассамблея,\n\nнапоминая о том, что соль стоит дорого,\n\n"
	            "1. просит Генерального секретаря представить доклад о цене соли.\n");
	expect("Its verbs are not known yet: read in structure only.");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(verbs_are_bold_and_numbers_are_no_lists, release),
		cmocka_unit_test_teardown(marks_in_the_text_stand_for_themselves, release),
		cmocka_unit_test_teardown(nobody_is_asked_and_that_is_said, release),
		cmocka_unit_test_teardown(verbs_that_are_not_known_are_no_missing_lexicon, release),
	};

	return cmocka_run_group_tests(tests, reader_case_open, reader_case_close);
}
