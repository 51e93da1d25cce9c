#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "store/answer.h"

#define OURS "something is wrong on our side; the log of mandated says what"

/* A result of so many rows with one column; value NULL is SQL's null. */
static PGresult *result_of(int rows, const char *value)
{
	PGresult *result = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);
	char name[] = "answer";
	PGresAttDesc column = {.name = name, .typid = 25};

	assert_true(PQsetResultAttrs(result, 1, &column));
	for (int i = 0; i < rows; i++)
		assert_true(PQsetvalue(result, i, 0, (char *)(uintptr_t)value, value ? (int)strlen(value) : -1));
	return result;
}

static void one_row_is_the_answer(void **state)
{
	PGresult *result = result_of(1, "{\"a\": 1}");
	struct store_answer answer;

	(void)state;
	assert_int_equal(answer_read(result, &answer), ANSWER_FINAL);
	assert_int_equal(answer.outcome, STORE_OK);
	assert_int_equal(answer.status, 200);
	assert_string_equal(answer.json, "{\"a\": 1}");
	assert_int_equal(answer.len, 8);
	assert_string_equal(answer.message, "");
	PQclear(result);
}

static void no_row_two_rows_or_null_are_our_fault(void **state)
{
	PGresult *results[] = {result_of(0, ""), result_of(2, "{}"), result_of(1, NULL)};
	struct store_answer answer;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(answer_read(results[i], &answer), ANSWER_FINAL);
		assert_int_equal(answer.outcome, STORE_FAILED);
		assert_int_equal(answer.status, 500);
		assert_null(answer.json);
		assert_string_equal(answer.message, OURS);
		PQclear(results[i]);
	}
}

static void nothing_at_all_is_a_lost_database(void **state)
{
	struct store_answer answer;

	(void)state;
	assert_int_equal(answer_read(NULL, &answer), ANSWER_AGAIN);
	assert_int_equal(answer.outcome, STORE_LOST);
	assert_int_equal(answer.status, 503);
	assert_string_equal(answer_sqlstate(NULL), "-----");
}

static void a_refusal_carries_status_message_and_detail(void **state)
{
	struct store_answer answer;

	(void)state;
	assert_int_equal(answer_fault("MD409", "it has changed", "{\"code\":\"version_conflict\"}", &answer), ANSWER_FINAL);
	assert_int_equal(answer.outcome, STORE_REFUSED);
	assert_int_equal(answer.status, 409);
	assert_string_equal(answer.message, "it has changed");
	assert_string_equal(answer.json, "{\"code\":\"version_conflict\"}");
	assert_int_equal(answer.len, 27);
	assert_int_equal(answer_fault("MD404", "no", NULL, &answer), ANSWER_FINAL);
	assert_null(answer.json);
	assert_int_equal(answer.len, 0);
}

static void sqlstates_mean_what_they_say(void **state)
{
	static const struct {
		const char *state;
		enum store_outcome outcome;
		int status;
		enum answer_verdict verdict;
	} cases[] = {
	    {"57014", STORE_LATE, 504, ANSWER_FINAL},   /* statement_timeout */
	    {"57P01", STORE_LOST, 503, ANSWER_AGAIN},   /* admin_shutdown */
	    {"08006", STORE_LOST, 503, ANSWER_AGAIN},   /* connection_failure */
	    {"40001", STORE_FAILED, 500, ANSWER_AGAIN}, /* serialization_failure */
	    {"40P01", STORE_FAILED, 500, ANSWER_AGAIN}, /* deadlock_detected */
	    {"23505", STORE_FAILED, 500, ANSWER_AGAIN}, /* unique_violation: two made the same at once */
	    {"42883", STORE_FAILED, 500, ANSWER_FINAL}, /* undefined_function */
	    {"MD001", STORE_FAILED, 500, ANSWER_FINAL}, /* no HTTP status */
	    {"MD999", STORE_FAILED, 500, ANSWER_FINAL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct store_answer answer;
		enum answer_verdict verdict = answer_fault(cases[i].state, "inner words", NULL, &answer);

		if (verdict != cases[i].verdict || answer.outcome != cases[i].outcome || answer.status != cases[i].status)
			fail_msg("%s: outcome %d, status %d, verdict %d", cases[i].state, (int)answer.outcome, answer.status,
			    (int)verdict);
		assert_string_not_equal(answer.message, "inner words");
		assert_null(answer.json);
	}
}

static void a_value_that_the_database_cannot_read_is_refused_with_its_words(void **state)
{
	static const char *const states[] = {"22003", "22007", "22008", "22021", "22P02", "22P05"};

	(void)state;
	for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
		struct store_answer answer;

		assert_int_equal(answer_fault(states[i], "value \"1e99\" is out of range", NULL, &answer), ANSWER_FINAL);
		assert_int_equal(answer.outcome, STORE_REFUSED);
		assert_int_equal(answer.status, 422);
		assert_string_equal(answer.message, "value \"1e99\" is out of range");
		assert_null(answer.json);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_value_that_the_database_cannot_read_is_refused_with_its_words),
	    cmocka_unit_test(one_row_is_the_answer),
	    cmocka_unit_test(no_row_two_rows_or_null_are_our_fault),
	    cmocka_unit_test(nothing_at_all_is_a_lost_database),
	    cmocka_unit_test(a_refusal_carries_status_message_and_detail),
	    cmocka_unit_test(sqlstates_mean_what_they_say),
	};

	return cmocka_run_group_tests_name("store/answer", tests, NULL, NULL);
}
