#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"

static void scopes_put_the_commas_in(void **state)
{
	struct json_writer writer;
	struct buf out;

	(void)state;
	buf_init(&out, BUF_MAX_LINE);
	json_write_init(&writer, &out);
	json_write_object(&writer);
	json_write_key(&writer, "a");
	json_write_array(&writer);
	json_write_integer(&writer, -1);
	json_write_fraction(&writer, 0.125);
	json_write_boolean(&writer, true);
	json_write_null(&writer);
	json_write_text(&writer, NULL);
	json_write_end(&writer);
	json_write_key(&writer, "b");
	json_write_object(&writer);
	json_write_end(&writer);
	json_write_key(&writer, "c");
	json_write_raw(&writer, SLICE("{\"d\": 1}"));
	json_write_key(&writer, "e");
	json_write_date(&writer, (struct day){0});
	json_write_end(&writer);
	assert_string_equal(buf_text(&out),
	    "{\"a\":[-1,0.12,true,null,null],\"b\":{},\"c\":{\"d\": 1},\"e\":\"1970-01-01\"}");
	buf_release(&out);
}

static void text_is_escaped_and_bad_bytes_are_replaced(void **state)
{
	struct json_writer writer;
	struct buf out;

	(void)state;
	buf_init(&out, BUF_MAX_LINE);
	json_write_init(&writer, &out);
	json_write_slice(&writer, SLICE("\"\\\n\r\t\x01\x7F/\xC3\xA9\xFF.\xE2\x82"));
	assert_string_equal(buf_text(&out),
	    "\"\\\"\\\\\\n\\r\\t\\u0001\x7F/\xC3\xA9\xEF\xBF\xBD.\xEF\xBF\xBD\xEF\xBF\xBD\"");
	buf_release(&out);
}

static void a_duplicate_key_is_refused(void **state)
{
	struct error error = ERROR_NONE;
	json_t *value = NULL;

	(void)state;
	assert_int_equal(json_read(SLICE("{\"a\": 1, \"a\": 2}"), &value, &error), E_INPUT);
	assert_string_equal(error.name, "bad_json");
	assert_string_equal(error.message, "not JSON: line 1, column 12: duplicate object key near '\"a\"'");
	assert_null(value);
}

static void missing_members_read_as_nothing(void **state)
{
	struct error error = ERROR_NONE;
	json_t *value;

	(void)state;
	assert_int_equal(json_read(SLICE("{\"t\": \"x\", \"n\": 3, \"f\": true}"), &value, &error), 0);
	assert_string_equal(json_text_of(value, "t"), "x");
	assert_string_equal(json_text_of(value, "n"), "");
	assert_int_equal(json_integer_of(value, "n"), 3);
	assert_int_equal(json_integer_of(value, "t"), 0);
	assert_true(json_flag_of(value, "f"));
	assert_false(json_flag_of(value, "g"));
	assert_true(json_is_null(json_member(value, "g")));
	json_decref(value);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(scopes_put_the_commas_in),
	    cmocka_unit_test(text_is_escaped_and_bad_bytes_are_replaced),
	    cmocka_unit_test(a_duplicate_key_is_refused),
	    cmocka_unit_test(missing_members_read_as_nothing),
	};

	return cmocka_run_group_tests_name("base/json", tests, NULL, NULL);
}
