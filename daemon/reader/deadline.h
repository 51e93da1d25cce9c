#ifndef MANDATE_READER_DEADLINE_H
#define MANDATE_READER_DEADLINE_H

#include "reader/lexicon.h"
#include "reader/reader.h"

/*
 * When a thing is asked for. The words of a language are in its lexicon; what they
 * amount to is here: a date, a session of the body named just before (else of the
 * speaker), a period, an interval, something that comes again, an event, or a soft phrase
 * that names no date. A manner ("as widely as possible") is none of these, and neither is
 * what has been ("the decision taken at its fiftieth session").
 */

/* What the text is said by and when; what is not known is empty or 0. */
struct deadline_scope {
	const char *speaker;
	int session;     /* the speaker's, under way at the adoption */
	bool has_adopted_on;
	struct day adopted_on;
};

/* Looks at words from to stop; texts of the result live in words or on the arena. The body of a session
 * may be a short form's ("COUNCIL"): the value is written by deadline_write once it is resolved. */
struct deadline deadline_find(const struct lexicon *lexicon, const struct words *words, size_t from,
    size_t stop, const struct deadline_scope *scope, struct arena *arena);

/* The typed value in one line: "GA 60", "GA 79,81", "GA 60 resumed", "GA next", "ECOSOC 2014", "2005-10-31",
 * "6 month", "1 year from GA 60", "2004-2005", else the phrase. */
void deadline_write(struct deadline *deadline, struct arena *arena);

#endif
