#ifndef MANDATE_CLI_REVIEW_WORDS_H
#define MANDATE_CLI_REVIEW_WORDS_H

#include <stdbool.h>

#include "base/error.h"
#include "base/json.h"
#include "base/slice.h"

/*
 * What an officer types while reviewing a reading, taken apart. Pure: whether a kind, a login or a
 * session is known is the service's to say.
 */

/* "k reporting", "2 k reporting" (of the second part of a split), "accept". */
struct review_key {
	char key;          /* '\0': nothing was typed */
	int part;          /* from 1; 0: none was named */
	struct slice rest; /* what stands behind the key, trimmed */
};

/* False where the line does not begin with one of the keys. */
bool review_key(struct slice line, struct review_key *ret);
/* "y", "yes", in any case; anything else is no. */
bool review_yes(struct slice line);
/* "0.9", "1": from 0 to 1. */
bool review_fraction(struct slice text, double *ret);

/* A deadline as a correction has it: a date (2005-10-31 or 31 October 2005), "session GA 60" or
 * "session ECOSOC 2014", "within 6 months [of EVENT]", "every 2 years", "until 2005-12-31", "event WORDS",
 * "soft [WORDS]", "none" (JSON null). words are those of the present deadline, for a soft one without its
 * own. E_INPUT "bad_date", "usage". */
MUST_CHECK int review_deadline(struct slice typed, struct slice words, json_t **ret, struct error *error);
/* "the Office = UNODC; Member States [consulted]" as addressees; "nobody" or "none" as an empty list. */
MUST_CHECK int review_whom(struct slice typed, json_t **ret, struct error *error);
/* "Urges urging", "Urges" or "urging": a verb, a force or both go into the correction. */
MUST_CHECK int review_verb(struct slice typed, json_t *correction, struct error *error);

#endif
