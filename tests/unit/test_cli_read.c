/* Many files: all cores, the order given, and one bad file stops nobody. */
#include "cli_case.h"

#define FILES 40
#define BAD 17 /* the one that holds no resolution */

static char directory[] = "/tmp/mandate-read-XXXXXX";
static char *words[FILES];
static struct buf out;

static int make_files(void **state)
{
	struct error error = ERROR_NONE;

	(void)state;
	if (mkdtemp(directory) == NULL || setenv("MANDATE_DATA_DIR", TEST_CONFIG, 1) != 0)
		return 1;
	for (int i = 0; i < FILES; i++) {
		char *text = i == BAD ? xstrdup("A shopping list.\n") :
		    xasprintf("The General Assembly,\n\n1. Requests the Secretary-General to light lamp %d.\n", i);
		int code;

		words[i] = xasprintf("%s/%d.txt", directory, i);
		code = file_write(words[i], slice_of(text), &error);
		free(text);
		if (code != 0)
			return code;
	}
	return 0;
}

static int remove_files(void **state)
{
	(void)state;
	for (int i = 0; i < FILES; i++) {
		unlink(words[i]);
		free(words[i]);
	}
	return rmdir(directory);
}

static int run(const char *format, size_t count)
{
	struct invocation invocation = { .words = words, .word_count = count };

	invocation.options[OPTION_FORMAT] = format;
	return cli_case_run(read_run, &invocation, directory, &out);
}

static void json_is_one_line_for_each_file_in_order(void **state)
{
	struct slice rest, line;
	int file = 0, lines = 0;

	(void)state;
	assert_int_equal(run("json", FILES), EXIT_NO_OPERATIVE);
	rest = buf_slice(&out);
	for (; slice_take_until(&rest, '\n', &line); file++, lines++) {
		struct error error = ERROR_NONE;
		json_t *json = NULL;

		file += file == BAD;
		assert_int_equal(json_read(line, &json, &error), 0);
		assert_string_equal(json_text_of(json, "file"), words[file]);
		json_decref(json);
	}
	assert_int_equal(lines, FILES - 1);
	buf_release(&out);
}

static void one_file_is_the_reading_alone(void **state)
{
	struct error error = ERROR_NONE;
	json_t *json = NULL;

	(void)state;
	assert_int_equal(run("json", 1), EXIT_DONE);
	assert_int_equal(json_read(buf_slice(&out), &json, &error), 0);
	assert_null(json_object_get(json, "file"));
	assert_non_null(json_object_get(json, "resolution"));
	json_decref(json);
	buf_release(&out);
}

static void pages_come_in_the_order_given(void **state)
{
	const char *at;

	(void)state;
	assert_int_equal(run("text", FILES), EXIT_NO_OPERATIVE);
	at = buf_text(&out);
	for (int i = 0; i < FILES; i++) {
		char *lamp = xasprintf("light lamp %d.", i);

		if (i != BAD) {
			at = strstr(at, lamp);
			assert_non_null(at);
		}
		free(lamp);
	}
	buf_release(&out);
}

static void akoma_ntoso_holds_one_text(void **state)
{
	(void)state;
	assert_int_equal(run("akn", 2), EXIT_USAGE);
	assert_int_equal(out.len, 0);
	buf_release(&out);
	assert_int_equal(run("akn", 1), EXIT_DONE);
	assert_non_null(strstr(buf_text(&out), "</akomaNtoso>"));
	buf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_is_one_line_for_each_file_in_order),
		cmocka_unit_test(one_file_is_the_reading_alone),
		cmocka_unit_test(pages_come_in_the_order_given),
		cmocka_unit_test(akoma_ntoso_holds_one_text),
	};

	return cmocka_run_group_tests(tests, make_files, remove_files);
}
