#ifndef MANDATE_STORE_FILTER_H
#define MANDATE_STORE_FILTER_H

#include "base/buf.h"
#include "base/error.h"
#include "base/slice.h"

/*
 * The filter language: words as in kind:reporting status:open due:<+30d -force:encouragement
 * "legislative guides". Words beside each other must all fit; `or` binds weaker than that;
 * - or not turns round; parentheses group; what stands in double quotes is always text.
 * Parsed here and nowhere else, into a postfix JSON array that the SQL functions turn into a
 * condition in which every value is a parameter.
 */
#define FILTER_MAX 8192
#define FILTER_DEPTH 32
#define FILTER_TERMS 200

/* Appends the JSON. E_INPUT "unknown_field", "bad_date" or "bad_filter": the message says what is
 * wrong, where, and what there is instead; json then holds a beginning to be thrown away. */
MUST_CHECK int filter_parse(struct slice words, struct buf *json, struct error *error);

enum filter_type { FILTER_WORD, FILTER_ONE_OF, FILTER_DATE, FILTER_NUMBER, FILTER_FLAG };

struct filter_field {
	const char *name;
	enum filter_type type;
	const char *values; /* of FILTER_ONE_OF, separated by blanks */
	const char *sentence;
};

/* Field i of the table, or NULL past the last. */
const struct filter_field *filter_field_at(size_t i);

#endif
