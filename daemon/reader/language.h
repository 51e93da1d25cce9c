#ifndef MANDATE_READER_LANGUAGE_H
#define MANDATE_READER_LANGUAGE_H

#include "reader/lexicon.h"

/*
 * Which language a text is in, by its beginning.
 */
#define LANGUAGES_MOST 16

struct language {
	const struct lexicon *lexicon; /* the one to read with, never NULL */
	const struct lexicon *other;   /* of a text in two languages the one that is not read, or NULL */
	const char *code;              /* "en"; by its script where no lexicon fits: "ru"; "" unknown */
	bool structure_only;           /* its verbs are not known */
};

/* count lexicons, at least one and at most LANGUAGES_MOST. Of a text in two languages English is read. given: the
 * language's code where it is known, else NULL; E_INPUT "unknown_language" where no lexicon has it. */
MUST_CHECK int language_tell(struct lexicon *const lexicons[], size_t count, struct slice text, const char *given,
    struct language *ret, struct error *error);

#endif
