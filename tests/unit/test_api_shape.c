#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "api/shape.h"

static const struct shape shapes[] = {
	{"ref", SHAPE_PATH, SHAPE_TEXT, SHAPE_REQUIRED, 1, 200, NULL},
	{"limit", SHAPE_QUERY, SHAPE_INTEGER, 0, 1, 100, NULL},
	{"as_of", SHAPE_QUERY, SHAPE_DATE, 0, 0, 0, NULL},
	{"known_at", SHAPE_QUERY, SHAPE_TIME, 0, 0, 0, NULL},
	{"filter", SHAPE_QUERY, SHAPE_FILTER, 0, 0, 0, NULL},
	{"format", SHAPE_QUERY, SHAPE_TEXT, SHAPE_OURS, 1, 40, NULL},
	{"status", SHAPE_BODY, SHAPE_WORD, 0, 0, 0, "open done"},
	{"references", SHAPE_BODY, SHAPE_TEXTS, 0, 1, 3, NULL},
	{"due_on", SHAPE_BODY, SHAPE_DATE, SHAPE_NULLABLE, 0, 0, NULL},
	{"dry_run", SHAPE_BODY, SHAPE_BOOLEAN, 0, 0, 0, NULL},
	{"version", SHAPE_BODY, SHAPE_INTEGER, 0, 0, 1000, NULL},
	{.name = NULL},
};

/* What the SQL function would get, or the message of the first fault. */
static const char *check(const char *path, const char *query, const char *body,
    struct shape_fault *fault)
{
	static char answer[4096];
	struct arena *arena = arena_new();
	struct slice segment = slice_of(path);
	struct shape_input input = {.shapes = shapes, .path = &segment, .query = query};
	struct shape_values values;
	struct json_writer writer;
	json_t *json = NULL;
	struct buf out;

	buf_init(&out, BUF_MAX_LINE);
	if (shape_body(slice_of(body), &json, fault) == 0) {
		input.body = json;
		if (shape_read(&input, arena, &values, fault) == 0) {
			json_write_init(&writer, &out);
			json_write_object(&writer);
			shape_write(&values, &writer);
			json_write_end(&writer);
		}
	}
	(void)snprintf(answer, sizeof answer, "%s", out.len > 0 ? buf_text(&out) : fault->error.message);
	buf_release(&out);
	json_decref(json);
	arena_free(arena);
	return answer;
}

static void gives(const char *path, const char *query, const char *body, const char *expected)
{
	struct shape_fault fault;

	assert_string_equal(check(path, query, body, &fault), expected);
}

static void refuses(const char *query, const char *body, const char *name, const char *member,
    const char *message)
{
	struct shape_fault fault;

	assert_string_equal(check("x", query, body, &fault), message);
	assert_string_equal(fault.error.name, name);
	assert_string_equal(fault.member, member);
}

static void members_of_path_query_and_body_become_one_flat_object(void **state)
{
	(void)state;
	gives("9", "limit=007&as_of=2005-06-30&format=html",
	    "{\"status\":\"open\",\"references\":[\"a\",\"b\"],\"due_on\":null,\"dry_run\":true}",
	    "{\"ref\":\"9\",\"limit\":7,\"as_of\":\"2005-06-30\",\"status\":\"open\","
	    "\"references\":[\"a\",\"b\"],\"due_on\":null,\"dry_run\":true}");
}

static void a_symbol_with_slashes_is_decoded(void **state)
{
	(void)state;
	gives("A%2FRES%2F59%2F157%3A9(a)", NULL, "", "{\"ref\":\"A/RES/59/157:9(a)\"}");
}

static void a_plus_is_a_blank_in_the_query_and_itself_in_the_path(void **state)
{
	(void)state;
	gives("a+b", "filter=kind:reporting+legislative", "",
	    "{\"ref\":\"a+b\",\"filter\":[{\"field\":\"kind\",\"op\":\"=\",\"value\":\"reporting\"},"
	    "{\"field\":\"text\",\"op\":\":\",\"value\":\"legislative\"},\"and\"]}");
}

static void an_unknown_member_is_named_with_those_there_are(void **state)
{
	(void)state;
	refuses("limt=5", "", "unknown_member", "limt",
	    "limt: no such member of the query; there are: limit, as_of, known_at, filter, format");
	refuses(NULL, "{\"statsu\":\"open\"}", "unknown_member", "statsu",
	    "statsu: no such member of the body; there are: status, references, due_on, dry_run, version");
}

static void a_wrong_type_names_its_path(void **state)
{
	(void)state;
	refuses(NULL, "{\"references\":[\"a\",5]}", "wrong_type", "references[1]",
	    "references[1]: not a text");
	refuses(NULL, "{\"dry_run\":\"yes\"}", "wrong_type", "dry_run", "dry_run: neither true nor false");
	refuses(NULL, "{\"version\":1.5}", "wrong_type", "version", "version: not a whole number");
	refuses(NULL, "{\"status\":null}", "wrong_type", "status", "status: not a text");
	refuses("limit=five", "", "bad_value", "limit", "limit: not a whole number");
}

static void a_date_that_does_not_exist_is_refused(void **state)
{
	(void)state;
	refuses("as_of=2005-02-30", "", "bad_date", "as_of",
	    "as_of: 2005-02-30: there is no such day; February 2005 has 28 days");
	refuses("known_at=2005-02-28T25:00:00Z", "", "bad_date", "known_at",
	    "known_at: not a time; write it as in 2005-09-13T10:00:00Z");
}

static void a_time_may_have_a_fraction_and_an_offset(void **state)
{
	(void)state;
	gives("x", "known_at=2005-02-28T10:00:00.123456%2B02:00", "",
	    "{\"ref\":\"x\",\"known_at\":\"2005-02-28T10:00:00.123456+02:00\"}");
}

static void a_value_outside_its_bounds_is_refused(void **state)
{
	(void)state;
	refuses("limit=101", "", "bad_value", "limit", "limit: 101 is not between 1 and 100");
	refuses(NULL, "{\"references\":[]}", "bad_value", "references", "references: may not be empty");
	refuses(NULL, "{\"references\":[\"1\",\"2\",\"3\",\"4\"]}", "too_many", "references",
	    "references: more than 3");
	refuses(NULL, "{\"status\":\"opne\"}", "bad_value", "status",
	    "status: \"opne\" is none of: open done");
}

static void a_member_given_twice_is_refused(void **state)
{
	struct shape_fault fault;

	(void)state;
	refuses("limit=1&limit=2", "", "repeated_member", "limit", "limit: given twice");
	(void)check("x", NULL, "{\"dry_run\":true,\"dry_run\":false}", &fault);
	assert_string_equal(fault.error.name, "bad_json");
}

static void bytes_that_are_not_utf8_are_refused_wherever_they_come(void **state)
{
	struct shape_fault fault;

	(void)state;
	(void)check("x", NULL, "{\"status\":\"\xC3\"}", &fault);
	assert_string_equal(fault.error.name, "not_text");
	(void)check("%C3", NULL, "", &fault);
	assert_string_equal(fault.error.name, "not_text");
	(void)check("x", "format=%ff", "", &fault);
	assert_string_equal(fault.error.name, "not_text");
	(void)check("%00", NULL, "", &fault);
	assert_string_equal(fault.error.name, "not_text");
	(void)check("%4", NULL, "", &fault);
	assert_string_equal(fault.error.name, "not_text");
}

static void a_body_that_is_no_object_is_refused(void **state)
{
	struct shape_fault fault;

	(void)state;
	(void)check("x", NULL, "[1]", &fault);
	assert_string_equal(fault.error.name, "bad_json");
	(void)check("x", NULL, "{\"status\":", &fault);
	assert_string_equal(fault.error.name, "bad_json");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members_of_path_query_and_body_become_one_flat_object),
		cmocka_unit_test(a_symbol_with_slashes_is_decoded),
		cmocka_unit_test(a_plus_is_a_blank_in_the_query_and_itself_in_the_path),
		cmocka_unit_test(an_unknown_member_is_named_with_those_there_are),
		cmocka_unit_test(a_wrong_type_names_its_path),
		cmocka_unit_test(a_date_that_does_not_exist_is_refused),
		cmocka_unit_test(a_time_may_have_a_fraction_and_an_offset),
		cmocka_unit_test(a_value_outside_its_bounds_is_refused),
		cmocka_unit_test(a_member_given_twice_is_refused),
		cmocka_unit_test(bytes_that_are_not_utf8_are_refused_wherever_they_come),
		cmocka_unit_test(a_body_that_is_no_object_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
