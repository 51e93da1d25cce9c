#ifndef MANDATE_READER_DEADLINE_H
#define MANDATE_READER_DEADLINE_H

#include "reader/lexicon.h"
#include "reader/reader.h"

/*
 * When a thing is asked for. The words of a language are in its lexicon; what they
 * amount to is here: a date, a session of the body named just before (else of the
 * speaker), a period, an interval, something that comes again, an event, or a soft phrase
 * that names no date. A manner ("as widely as possible") is none of these.
 */

/* Looks at words from to stop; texts of the result live in words or on the arena. */
struct deadline deadline_find(const struct lexicon *lexicon, const struct words *words, size_t from,
    size_t stop, const char *speaker, struct arena *arena);

/* The kind of what is asked, by the first phrase of the lexicon's kinds among the words; NULL: none. */
const char *kind_find(const struct lexicon *lexicon, const struct words *words, size_t from, size_t stop);

#endif
