#ifndef MANDATE_READER_DEADLINE_H
#define MANDATE_READER_DEADLINE_H

#include "reader/addressee.h"
#include "reader/entity.h"
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
	/* By which a body's short form ("the Council") is resolved. */
	const struct names *names;
	const struct entities *entities;
};

/* Looks at words from to stop; texts of the result live in words or on the arena. */
struct deadline deadline_find(const struct lexicon *lexicon, const struct words *words, size_t from,
    size_t stop, const struct deadline_scope *scope, struct arena *arena);

#endif
