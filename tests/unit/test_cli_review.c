#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "cli/review_words.h"

/* What a deadline as typed becomes, as compact JSON; "!" and the error's name where it is refused. */
static void deadline_is(const char *typed, const char *wanted)
{
	struct error error = ERROR_NONE;
	json_t *got = NULL;
	char *text;

	if (review_deadline(slice_of(typed), SLICE("as soon as possible"), &got, &error) != 0) {
		assert_int_equal(*wanted, '!');
		assert_string_equal(error.name, wanted + 1);
		return;
	}
	text = json_dumps(got, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
	assert_string_equal(text, wanted);
	free(text);
	json_decref(got);
}

static void the_words_of_deadlines(void **state)
{
	(void)state;
	deadline_is("2005-10-31", "{\"date\":\"2005-10-31\",\"type\":\"date\"}");
	deadline_is("31 October 2005", "{\"date\":\"2005-10-31\",\"type\":\"date\"}");
	deadline_is("session GA 60", "{\"body\":\"GA\",\"session\":60,\"type\":\"session\"}");
	deadline_is(" Session GA 60th ", "{\"body\":\"GA\",\"session\":60,\"type\":\"session\"}");
	deadline_is("session ECOSOC 2014", "{\"body\":\"ECOSOC\",\"type\":\"session\",\"year\":2014}");
	deadline_is("within 6 months", "{\"count\":6,\"type\":\"interval\",\"unit\":\"month\"}");
	deadline_is("within 1 day of the Conference", "{\"count\":1,\"event\":\"the Conference\",\"type\":\"interval\",\"unit\":\"day\"}");
	deadline_is("every 2 years", "{\"count\":2,\"type\":\"recurring\",\"unit\":\"year\"}");
	deadline_is("until 2005-12-31", "{\"last\":\"2005-12-31\",\"type\":\"period\"}");
	deadline_is("by 31 December 2005", "{\"date\":\"2005-12-31\",\"type\":\"date\"}");
	deadline_is("event the Conference of 2010", "{\"event\":\"the Conference of 2010\",\"type\":\"event\"}");
	deadline_is("soft", "{\"text\":\"as soon as possible\",\"type\":\"soft\"}");
	deadline_is("soft in due course", "{\"text\":\"in due course\",\"type\":\"soft\"}");
	deadline_is("none", "null");
}

static void what_is_no_deadline_says_what_would_be(void **state)
{
	(void)state;
	deadline_is("2005-02-30", "!bad_date");
	deadline_is("31 February 2005", "!bad_date");
	deadline_is("soon", "!bad_date");
	deadline_is("", "!usage");
	deadline_is("session GA", "!usage");
	deadline_is("session GA sixty", "!usage");
	deadline_is("session GA 60 resumed", "!usage");
	deadline_is("within six months", "!usage");
	deadline_is("within 0 months", "!usage");
	deadline_is("every 2 fortnights", "!usage");
	deadline_is("until tomorrow", "!bad_date");
	deadline_is("event", "!usage");
}

static void whom_is(const char *typed, const char *wanted)
{
	struct error error = ERROR_NONE;
	json_t *got = NULL;
	char *text;

	if (review_whom(slice_of(typed), &got, &error) != 0) {
		assert_string_equal(wanted, "!");
		return;
	}
	text = json_dumps(got, JSON_COMPACT | JSON_SORT_KEYS);
	assert_string_equal(text, wanted);
	free(text);
	json_decref(got);
}

static void whom_a_request_asks(void **state)
{
	(void)state;
	whom_is("the Office", "[{\"text\":\"the Office\"}]");
	whom_is("the Office = UNODC; Member States [consulted]",
	    "[{\"code\":\"UNODC\",\"text\":\"the Office\"},{\"role\":\"consulted\",\"text\":\"Member States\"}]");
	whom_is("the Office = UNODC [contributing]", "[{\"code\":\"UNODC\",\"role\":\"contributing\",\"text\":\"the Office\"}]");
	whom_is("nobody", "[]");
	whom_is("", "!");
	whom_is("the Office; ; States", "!");
	whom_is("= UNODC", "!");
}

static void verb_is(const char *typed, const char *wanted)
{
	struct error error = ERROR_NONE;
	json_t *got = json_object();
	char *text;

	if (review_verb(slice_of(typed), got, &error) != 0) {
		assert_string_equal(wanted, "!");
	} else {
		text = json_dumps(got, JSON_COMPACT | JSON_SORT_KEYS);
		assert_string_equal(text, wanted);
		free(text);
	}
	json_decref(got);
}

static void a_verb_a_force_or_both(void **state)
{
	(void)state;
	verb_is("Urges urging", "{\"force\":\"urging\",\"verb\":\"Urges\"}");
	verb_is("Once again urges", "{\"verb\":\"Once again urges\"}");
	verb_is("encouragement", "{\"force\":\"encouragement\"}");
	verb_is("  ", "!");
}

static void keys(void **state)
{
	struct review_key key;

	(void)state;
	assert_true(review_key(SLICE("k reporting"), &key));
	assert_int_equal(key.key, 'k');
	assert_int_equal(key.part, 0);
	assert_true(slice_is(key.rest, "reporting"));
	assert_true(review_key(SLICE(" 2 w  the Office "), &key));
	assert_int_equal(key.key, 'w');
	assert_int_equal(key.part, 2);
	assert_true(slice_is(key.rest, "the Office"));
	assert_true(review_key(SLICE("2k other"), &key));
	assert_int_equal(key.part, 2);
	assert_true(review_key(SLICE("Accept"), &key));
	assert_int_equal(key.key, 'a');
	assert_true(review_key(SLICE("help"), &key));
	assert_int_equal(key.key, '?');
	assert_true(review_key(SLICE(""), &key));
	assert_int_equal(key.key, '\0');
	assert_false(review_key(SLICE("reporting"), &key));
	assert_false(review_key(SLICE("z"), &key));
}

static void how_sure_is_sure(void **state)
{
	double sure = 2;

	(void)state;
	assert_true(review_fraction(SLICE("0.9"), &sure) && sure > 0.899 && sure < 0.901);
	assert_true(review_fraction(SLICE("0.05"), &sure) && sure > 0.049 && sure < 0.051);
	assert_true(review_fraction(SLICE("1"), &sure) && sure > 0.999);
	assert_true(review_fraction(SLICE("0"), &sure) && sure < 0.001);
	assert_false(review_fraction(SLICE("1.1"), &sure));
	assert_false(review_fraction(SLICE("90"), &sure));
	assert_false(review_fraction(SLICE("0."), &sure));
	assert_false(review_fraction(SLICE(".9"), &sure));
	assert_false(review_fraction(SLICE("high"), &sure));
}

static void only_yes_is_yes(void **state)
{
	(void)state;
	assert_true(review_yes(SLICE("y")));
	assert_true(review_yes(SLICE(" YES ")));
	assert_false(review_yes(SLICE("")));
	assert_false(review_yes(SLICE("yesterday")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_words_of_deadlines),
	    cmocka_unit_test(what_is_no_deadline_says_what_would_be),
	    cmocka_unit_test(whom_a_request_asks),
	    cmocka_unit_test(a_verb_a_force_or_both),
	    cmocka_unit_test(keys),
	    cmocka_unit_test(how_sure_is_sure),
	    cmocka_unit_test(only_yes_is_yes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
