#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "store/filter.h"

struct accepted {
	const char *words, *json;
};

struct refused {
	const char *words, *name, *message;
};

#define LEAF(field, op, value) "{\"field\":\"" field "\",\"op\":\"" op "\",\"value\":" value "}"
#define TEXT(value) LEAF("text", ":", "\"" value "\"")

static void accepts(const struct accepted *cases, size_t count)
{
	struct error error;
	struct buf json;

	buf_init(&json, BUF_MAX_LINE);
	for (size_t i = 0; i < count; i++) {
		buf_clear(&json);
		error = ERROR_NONE;
		if (filter_parse(slice_of(cases[i].words), &json, &error) != 0)
			fail_msg("%s: %s", cases[i].words, error.message);
		if (strcmp(buf_text(&json), cases[i].json) != 0)
			fail_msg("%s: gave %s instead of %s", cases[i].words, buf_text(&json), cases[i].json);
	}
	buf_release(&json);
}

static void refuses(const struct refused *cases, size_t count)
{
	struct error error;
	struct buf json;

	buf_init(&json, BUF_MAX_BODY);
	for (size_t i = 0; i < count; i++) {
		buf_clear(&json);
		error = ERROR_NONE;
		if (filter_parse(slice_of(cases[i].words), &json, &error) != E_INPUT)
			fail_msg("%s: gave %s", cases[i].words, buf_text(&json));
		if (strcmp(error.name, cases[i].name) != 0 || strcmp(error.message, cases[i].message) != 0)
			fail_msg("%s: said %s: %s", cases[i].words, error.name, error.message);
	}
	buf_release(&json);
}

#define ACCEPTS(cases) accepts(cases, sizeof cases / sizeof *cases)
#define REFUSES(cases) refuses(cases, sizeof cases / sizeof *cases)

static void words_beside_each_other_must_all_fit(void **state)
{
	static const struct accepted cases[] = {
	    {"", "[]"},
	    {" \t", "[]"},
	    {"guides", "[" TEXT("guides") "]"},
	    {"a b c", "[" TEXT("a") "," TEXT("b") ",\"and\"," TEXT("c") ",\"and\"]"},
	    {"a and b", "[" TEXT("a") "," TEXT("b") ",\"and\"]"},
	    {"a or b c", "[" TEXT("a") "," TEXT("b") "," TEXT("c") ",\"and\",\"or\"]"},
	    {"(a or b) c", "[" TEXT("a") "," TEXT("b") ",\"or\"," TEXT("c") ",\"and\"]"},
	    {"-a", "[" TEXT("a") ",\"not\"]"},
	    {"not (a b)", "[" TEXT("a") "," TEXT("b") ",\"and\",\"not\"]"},
	};

	(void)state;
	ACCEPTS(cases);
}

static void fields_take_the_values_of_their_type(void **state)
{
	static const struct accepted cases[] = {
	    {"KIND:reporting", "[" LEAF("kind", "=", "\"reporting\"") "]"},
	    {"kind:reporting,other",
	        "[" LEAF("kind", "=", "\"reporting\"") "," LEAF("kind", "=", "\"other\"") ",\"or\"]"},
	    {"is:overdue", "[" LEAF("timeliness", "=", "\"overdue\"") "]"},
	    {"is:open", "[" LEAF("status", "=", "\"open\"") "]"},
	    {"is:draft", "[" LEAF("live", "=", "\"no\"") "]"},
	    {"year:2005", "[" LEAF("year", "=", "\"2005\"") "]"},
	    {"confidence:<0.8", "[" LEAF("confidence", "<", "\"0.8\"") "]"},
	    {"addressee:\"Member States\"", "[" LEAF("addressee", ":", "\"Member States\"") "]"},
	    {"para:9(a)", "[" LEAF("para", "=", "\"9\"") "," TEXT("a") ",\"and\"]"},
	    {"para:\"9(a)\"", "[" LEAF("para", "=", "\"9(a)\"") "]"},
	    {"2004/23:9", "[" TEXT("2004/23:9") "]"},
	};

	(void)state;
	ACCEPTS(cases);
}

static void dates_are_compared_ranged_or_missing(void **state)
{
	static const struct accepted cases[] = {
	    {"due:2005-12-31", "[" LEAF("due", "=", "\"2005-12-31\"") "]"},
	    {"due:<=2005-12-31", "[" LEAF("due", "<=", "\"2005-12-31\"") "]"},
	    {"due:<+30d", "[" LEAF("due", "<", "{\"relative\":\"+30d\"}") "]"},
	    {"due:none", "[" LEAF("due", "=", "\"none\"") "]"},
	    {"due:=none", "[" LEAF("due", "=", "\"none\"") "]"},
	    {"due:2005-01-01..-2w",
	        "[{\"field\":\"due\",\"op\":\"..\",\"value\":\"2005-01-01\",\"to\":{\"relative\":\"-2w\"}}]"},
	};

	(void)state;
	ACCEPTS(cases);
}

static void what_stands_in_double_quotes_is_text(void **state)
{
	static const struct accepted cases[] = {
	    {"\"annual report\"", "[" TEXT("annual report") "]"},
	    {"\"kind:reporting\"", "[" TEXT("kind:reporting") "]"},
	    {"\"or\"", "[" TEXT("or") "]"},
	    {"\"a\"(b)", "[" TEXT("a") "," TEXT("b") ",\"and\"]"},
	};

	(void)state;
	ACCEPTS(cases);
}

static void a_comparison_of_nothing_or_of_a_range_is_refused(void **state)
{
	static const struct refused cases[] = {
	    {"due:<none", "bad_filter", "filter, column 5: due takes no < before none"},
	    {"due:>2005-01-01..2005-12-31", "bad_filter", "filter, column 5: due takes no > before a range"},
	};

	(void)state;
	REFUSES(cases);
}

static void text_beside_quotation_marks_is_refused(void **state)
{
	static const struct refused cases[] = {
	    {"\"a\"b\"c\"", "bad_filter", "filter, column 4: text after the closing quotation mark"},
	    {"text:\"a\"b", "bad_filter", "filter, column 9: text after the closing quotation mark"},
	    {"x \"a\"\"b\"", "bad_filter", "filter, column 6: text after the closing quotation mark"},
	    {"a\"b\"", "bad_filter", "filter, column 2: text before the opening quotation mark"},
	    {"x \"a", "bad_filter", "filter, column 3: a quotation mark is never closed"},
	    {"\"\"", "bad_filter", "filter, column 1: an empty text finds nothing"},
	};

	(void)state;
	REFUSES(cases);
}

static void an_unknown_field_brings_the_nearest_or_all(void **state)
{
	static const struct refused cases[] = {
	    {"a staus:open", "unknown_field",
	        "filter, column 3: there is no field \"staus\"; did you mean \"status\"?"},
	    {"Knd:other", "unknown_field", "filter, column 1: there is no field \"Knd\"; did you mean \"kind\"?"},
	    {"colour:red", "unknown_field",
	        "filter, column 1: there is no field \"colour\"; there are: ref symbol resolution para body speaker kind "
	        "force class verb treaty fund status clearance timeliness is live owner alternate team unit addressee role due end updated "
	        "adopted confidence document party group act signed deposited withdrew year text"},
	};

	(void)state;
	REFUSES(cases);
}

static void wrong_values_are_named_with_what_there_is(void **state)
{
	static const struct refused cases[] = {
	    {"live:maybe", "bad_filter", "filter, column 6: live: \"maybe\" is not one of: yes no"},
	    {"live:", "bad_filter", "filter, column 6: live: a value is missing"},
	    {"live:yes,,no", "bad_filter", "filter, column 10: live: a value is missing"},
	    {"confidence:high", "bad_filter", "filter, column 12: confidence takes a number such as <0.8"},
	    {"due:2005-02-30", "bad_date",
	        "filter, column 5: 2005-02-30: there is no such day; February 2005 has 28 days"},
	};

	(void)state;
	REFUSES(cases);
}

static void a_sentence_that_is_not_one_is_refused_where_it_breaks(void **state)
{
	static const struct refused cases[] = {
	    {"a or", "bad_filter", "filter, column 5: something is missing at the end"},
	    {"or a", "bad_filter",
	        "filter, column 1: a term is missing here; to find the word itself put it in double quotes"},
	    {"(a", "bad_filter", "filter, column 3: a parenthesis is never closed"},
	    {"a)", "bad_filter", "filter, column 2: there is no parenthesis to close"},
	    {"()", "bad_filter", "filter, column 2: a term is missing before the parenthesis"},
	    {"((((((((((((((((((((((((((((((((((((a", "bad_filter", "filter, column 33: nested too deeply"},
	};

	(void)state;
	REFUSES(cases);
}

static void too_many_terms_and_characters_are_refused(void **state)
{
	struct error error = ERROR_NONE;
	struct buf words, json;

	(void)state;
	buf_init(&words, BUF_MAX_LINE);
	buf_init(&json, BUF_MAX_BODY);
	for (int i = 0; i < FILTER_TERMS; i++)
		buf_append_text(&words, "a ");
	assert_int_equal(filter_parse(buf_slice(&words), &json, &error), 0);
	buf_append_text(&words, "a");
	assert_int_equal(filter_parse(buf_slice(&words), &json, &error), E_INPUT);
	assert_string_equal(error.message, "filter, column 401: too many terms");
	buf_append_repeat(&words, 'a', FILTER_MAX);
	assert_int_equal(filter_parse(buf_slice(&words), &json, &error), E_INPUT);
	assert_string_equal(error.message, "the filter is longer than 8192 characters");
	buf_release(&json);
	buf_release(&words);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(words_beside_each_other_must_all_fit),
	    cmocka_unit_test(fields_take_the_values_of_their_type),
	    cmocka_unit_test(dates_are_compared_ranged_or_missing),
	    cmocka_unit_test(what_stands_in_double_quotes_is_text),
	    cmocka_unit_test(a_comparison_of_nothing_or_of_a_range_is_refused),
	    cmocka_unit_test(text_beside_quotation_marks_is_refused),
	    cmocka_unit_test(an_unknown_field_brings_the_nearest_or_all),
	    cmocka_unit_test(wrong_values_are_named_with_what_there_is),
	    cmocka_unit_test(a_sentence_that_is_not_one_is_refused_where_it_breaks),
	    cmocka_unit_test(too_many_terms_and_characters_are_refused),
	};

	return cmocka_run_group_tests_name("store/filter", tests, NULL, NULL);
}
