/* The command: what a person and a program see of two files, and of a bad one. */
#include "cli_case.h"

static char directory[] = "/tmp/mandate-compare-XXXXXX";
static char *words[3]; /* old, new, and one that holds no resolution */
static struct buf out;

static int make_files(void **state)
{
	static const char *const texts[] = {
	    "The General Assembly,\n\n1. Requests the Secretary-General to report on salt at its sixtieth session;\n\n"
	    "2. Thanks the *miners*.\n",
	    "The General Assembly,\n\n1. Requests the Secretary-General to report on salt at its sixty-first session;\n\n"
	    "2. Thanks the *miners*.\n",
	    "A shopping list.\n"};
	struct error error = ERROR_NONE;

	(void)state;
	if (mkdtemp(directory) == NULL || setenv("MANDATE_DATA_DIR", TEST_CONFIG, 1) != 0)
		return 1;
	for (size_t i = 0; i < 3; i++) {
		words[i] = xasprintf("%s/%zu.txt", directory, i);
		if (file_write(words[i], slice_of(texts[i]), &error) != 0)
			return 1;
	}
	return 0;
}

static int remove_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < 3; i++) {
		unlink(words[i]);
		free(words[i]);
	}
	return rmdir(directory);
}

static int run_with(const char *format, const char *all, char **files)
{
	struct invocation invocation = {.words = files, .word_count = 2};

	invocation.options[OPTION_FORMAT] = format;
	invocation.options[OPTION_ALL] = all;
	return cli_case_run(compare_run, &invocation, directory, &out);
}

static int run(const char *format, char **files)
{
	return run_with(format, NULL, files);
}

static void a_person_sees_the_words_and_the_deadline(void **state)
{
	(void)state;
	assert_int_equal(run("text", words), EXIT_DONE);
	assert_non_null(strstr(buf_text(&out), "1 renewed word for word, 1 changed, 0 new, 0 dropped."));
	assert_non_null(strstr(buf_text(&out), "[-sixtieth-] {+sixty-first+}"));
	assert_non_null(strstr(buf_text(&out), "Requests, deadline: GA 60 → GA 61"));
	assert_null(strstr(buf_text(&out), "Thanks"));
	buf_release(&out);
}

static void what_has_not_changed_is_shown_when_asked_for(void **state)
{
	(void)state;
	assert_int_equal(run_with("text", "", words), EXIT_DONE);
	assert_non_null(strstr(buf_text(&out), "paragraph 2: word for word"));
	assert_non_null(strstr(buf_text(&out), "Thanks the"));
	buf_release(&out);
}

static void markdown_strikes_out_and_adds(void **state)
{
	(void)state;
	assert_int_equal(run("markdown", words), EXIT_DONE);
	assert_non_null(strstr(buf_text(&out), "# Comparison\n"));
	assert_non_null(strstr(buf_text(&out), "## paragraph 1: changed\n"));
	assert_non_null(strstr(buf_text(&out), "~~sixtieth~~ **sixty-first**"));
	assert_non_null(strstr(buf_text(&out), "- Requests, deadline: GA 60 → GA 61\n"));
	assert_null(strstr(buf_text(&out), "miners"));
	buf_release(&out);
	assert_int_equal(run_with("markdown", "", words), EXIT_DONE);
	assert_non_null(strstr(buf_text(&out), "## paragraph 2: word for word\n\nThanks the"));
	buf_release(&out);
}

static void a_program_sees_the_same(void **state)
{
	struct error error = ERROR_NONE;
	json_t *json = NULL;
	const json_t *pair;

	(void)state;
	assert_int_equal(run("json", words), EXIT_DONE);
	assert_int_equal(json_read(buf_slice(&out), &json, &error), 0);
	assert_int_equal(json_integer_of(json_object_get(json, "counts"), "changed"), 1);
	pair = json_array_get(json_object_get(json, "paragraphs"), 0);
	assert_string_equal(json_text_of(pair, "verdict"), "changed");
	assert_int_equal(json_array_size(json_object_get(pair, "words")), 4);
	assert_string_equal(json_text_of(json_array_get(json_object_get(pair, "changes"), 0), "what"), "deadline");
	json_decref(json);
	buf_release(&out);
}

static void a_bad_file_is_refused(void **state)
{
	(void)state;
	assert_int_equal(run("text", words + 1), EXIT_NO_OPERATIVE);
	assert_int_equal(out.len, 0);
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_person_sees_the_words_and_the_deadline),
		cmocka_unit_test(what_has_not_changed_is_shown_when_asked_for),
		cmocka_unit_test(markdown_strikes_out_and_adds),
		cmocka_unit_test(a_program_sees_the_same),
		cmocka_unit_test(a_bad_file_is_refused),
	};

	return cmocka_run_group_tests(tests, make_files, remove_files);
}
