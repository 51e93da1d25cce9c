/* How much memory a reading takes: at most eight times its text, and of a text that is nothing but short
 * requests not much more than a paragraph, a clause and an addressee each. */
#include "reader_case.h"

#include "base/file.h"

#define MOST 8

static void expect_at_most(struct slice text, double most)
{
	struct error error = ERROR_NONE;
	struct reading *reading = NULL;
	double times;

	if (reader_read(reader, text, &reading, &error) < 0)
		fail_msg("%s", error.message);
	times = (double)reading_size(reading) / (double)text.len;
	if (times > most)
		fail_msg("the reading takes %.1f times its text; %.0f is the most", times, most);
	/* What is counted is there: the text twice, and its paragraphs. */
	assert_true(reading_size(reading) > 2 * text.len + reading->paragraph_count * sizeof *reading->paragraphs);
	reading_free(reading);
}

static void expect_repeated(const char *head, const char *pattern, double most)
{
	struct buf text;

	buf_init(&text, BUF_MAX_DOCUMENT);
	buf_append_text(&text, head);
	for (int i = 0; i < 2000; i++)
		buf_append_text(&text, pattern);
	expect_at_most(buf_slice(&text), most);
	buf_release(&text);
}

static void a_reading_of_a_resolution_takes_at_most_eight_times_its_text(void **state)
{
	struct error error = ERROR_NONE;
	struct buf text;

	(void)state;
	buf_init(&text, BUF_MAX_DOCUMENT);
	assert_int_equal(file_read(TEST_CONFIG "/data/samples/E-RES-2004-23.txt", &text, &error), 0);
	expect_at_most(buf_slice(&text), MOST);
	buf_release(&text);
}

static void paragraphs_of_thirty_bytes_take_at_most_eight_times_their_text(void **state)
{
	(void)state;
	expect_repeated("The General Assembly,\n\n1. Urges all States to act.\n\nB\n\n", "Noting the work of the Office,\n\n", MOST);
	expect_repeated("The General Assembly,\n\n1. Urges all States:\n\n", "(a) To keep the words of others\n\n", MOST);
}

static void requests_of_thirty_bytes_take_at_most_sixteen_times_their_text(void **state)
{
	(void)state;
	expect_repeated("The General Assembly,\n\n", "2. Urges all States to act.\n\n", 2 * MOST);
}

static void one_long_paragraph_takes_at_most_eight_times_its_text(void **state)
{
	(void)state;
	expect_repeated("The General Assembly,\n\n1. Urges all States to act", ", to ratify the Convention", MOST);
}

static void empty_paragraphs_take_hardly_more_than_the_text_kept_twice(void **state)
{
	(void)state;
	expect_repeated("The General Assembly,\n\n1. Urges all States to act.\n\n", "\n\n2.\n\n", 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_reading_of_a_resolution_takes_at_most_eight_times_its_text),
	    cmocka_unit_test(paragraphs_of_thirty_bytes_take_at_most_eight_times_their_text),
	    cmocka_unit_test(requests_of_thirty_bytes_take_at_most_sixteen_times_their_text),
	    cmocka_unit_test(one_long_paragraph_takes_at_most_eight_times_its_text),
	    cmocka_unit_test(empty_paragraphs_take_hardly_more_than_the_text_kept_twice),
	};

	return cmocka_run_group_tests(tests, reader_case_open, reader_case_close);
}
