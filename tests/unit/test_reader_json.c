/* The reading as JSON is well-formed and has every member, whatever the text. */
#include "reader_case.h"

#include "base/json.h"

static json_t *read_json(const char *text)
{
	struct reading *reading = reader_case_read(text);
	struct error error = ERROR_NONE;
	struct buf out;
	json_t *json = NULL;

	buf_init(&out, BUF_MAX_BODY);
	reading_write_json(reading, &out);
	if (json_read(buf_slice(&out), &json, &error) < 0)
		fail_msg("%s", error.message);
	buf_release(&out);
	reading_free(reading);
	return json;
}

static void members_have_their_names(void **state)
{
	json_t *json = read_json("The General Assembly,\n\n1. Requests the \"Secretary\\-General\" to report;\n");
	json_t *paragraph = json_array_get(json_member(json, "paragraphs"), 1);
	json_t *clause = json_array_get(json_member(paragraph, "clauses"), 0);

	(void)state;
	assert_string_equal(json_text_of(paragraph, "part"), "operative");
	assert_string_equal(json_text_of(paragraph, "label"), "1");
	assert_string_equal(json_text_of(paragraph, "speaker"), "GA");
	assert_string_equal(json_text_of(clause, "lemma"), "request");
	assert_string_equal(json_text_of(clause, "class"), "directive");
	assert_true(json_flag_of(clause, "obligation"));
	assert_true(json_is_null(json_object_get(clause, "vehicle")));
	assert_true(json_is_array(json_object_get(json, "citations")));
	json_decref(json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members_have_their_names),
	};

	return cmocka_run_group_tests(tests, reader_case_open, reader_case_close);
}
