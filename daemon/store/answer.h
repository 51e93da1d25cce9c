#ifndef MANDATE_STORE_ANSWER_H
#define MANDATE_STORE_ANSWER_H

#include <libpq-fe.h>

#include "store.h"

/*
 * From a result to what it means. The only place that knows SQLSTATEs: MDxyz is a
 * refusal with HTTP status xyz, whose DETAIL is a JSON object for the problem document.
 */
enum answer_verdict {
	ANSWER_FINAL,
	ANSWER_AGAIN, /* the database took it back (a deadlock, a serialization fault) */
};

/* Fills *ret, which borrows from the result. result may be NULL: nothing came. */
enum answer_verdict answer_read(const PGresult *result, struct store_answer *ret);
/* What answer_read does with an error's fields; message and detail may be NULL. */
enum answer_verdict answer_fault(const char *state, const char *message, const char *detail, struct store_answer *ret);
/* "-----" where there is none. */
const char *answer_sqlstate(const PGresult *result);

#endif
