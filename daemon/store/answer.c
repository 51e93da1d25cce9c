#include "answer.h"

#include <stdbool.h>
#include <string.h>

#include "base/slice.h"

const char *answer_sqlstate(const PGresult *result)
{
	const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;

	return state ? state : "-----";
}

/* A number that is too big, a text that is no number or date, a character that no text can hold. The shapes of a
 * route let no such value through; inside lists of rows and corrections they do not look. */
static bool answer_is_bad_value(const char *state)
{
	static const char *const states[] = {"22003", "22007", "22008", "22021", "22P02", "22P05"};

	for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
		if (strcmp(state, states[i]) == 0)
			return true;
	return false;
}

enum answer_verdict answer_fault(const char *state, const char *message, const char *detail, struct store_answer *ret)
{
	struct slice digits = slice_from(slice_of(state), 2);
	uint64_t status;

	*ret = (struct store_answer){0};
	if (strncmp(state, "MD", 2) == 0 && slice_take_number(&digits, 599, &status) && status >= 400) {
		ret->outcome = STORE_REFUSED;
		ret->status = (int)status;
		ret->message = message;
		ret->json = detail;
		ret->len = ret->json ? strlen(ret->json) : 0;
	} else if (strcmp(state, "57014") == 0) {
		ret->outcome = STORE_LATE;
		ret->status = 504;
		ret->message = "the database did not answer in time; ask again with the same idempotency key";
	} else if (strncmp(state, "57P", 3) == 0 || strncmp(state, "08", 2) == 0 || state[0] == '-') {
		ret->outcome = STORE_LOST;
		ret->status = 503;
		ret->message = "the database is going down; ask again with the same idempotency key";
		return ANSWER_AGAIN;
	} else if (answer_is_bad_value(state)) {
		ret->outcome = STORE_REFUSED;
		ret->status = 422;
		ret->message = message;
	} else {
		ret->outcome = STORE_FAILED;
		ret->status = 500;
		ret->message = "something is wrong on our side; the log of mandated says what";
		/* Whoever looked whether a name is free, and was not the only one, looks again and is told. */
		if (strcmp(state, "40001") == 0 || strcmp(state, "40P01") == 0 || strcmp(state, "23505") == 0)
			return ANSWER_AGAIN;
	}
	return ANSWER_FINAL;
}

enum answer_verdict answer_read(const PGresult *result, struct store_answer *ret)
{
	*ret = (struct store_answer){.outcome = STORE_FAILED, .status = 500,
	    .message = "something is wrong on our side; the log of mandated says what"};
	if (PQresultStatus(result) != PGRES_TUPLES_OK)
		return answer_fault(answer_sqlstate(result), PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY),
		    PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL), ret);
	if (PQntuples(result) != 1 || PQgetisnull(result, 0, 0))
		return ANSWER_FINAL;
	ret->outcome = STORE_OK;
	ret->status = 200;
	ret->json = PQgetvalue(result, 0, 0);
	ret->len = (size_t)PQgetlength(result, 0, 0);
	ret->message = "";
	return ANSWER_FINAL;
}
