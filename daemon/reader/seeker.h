#ifndef MANDATE_READER_SEEKER_H
#define MANDATE_READER_SEEKER_H

#include "reader/deadline.h"

/*
 * Inside the deadline's files only: one clause under the eye. Each seek_… looks at one
 * word and says how many words its expression has, 0: none begins here.
 */
struct seeker {
	const struct lexicon *lexicon;
	const struct words *words;
	size_t from, stop;
	const struct deadline_scope *scope;
};

static inline const struct phrase *seek_at(const struct seeker *s, size_t i, enum role role)
{
	return i < s->stop ? lexicon_at(s->lexicon, s->words, i, ROLE_BIT(role)) : NULL;
}

/* The number that a phrase of the lexicon stands for. */
int seek_value(const struct phrase *phrase);
/* The number that a word writes in digits, or a phrase in letters ("sixty (60)" too); *ret_count is how many
 * words it took. 0: no number. */
int seek_number(const struct seeker *s, size_t i, size_t *ret_count);
/* A year of four digits, 0: none. */
int seek_year(const struct seeker *s, size_t i);
/* Whether what stands before word i tells of the past: "adopted", "taken". */
bool seek_is_history(const struct seeker *s, size_t i);

/* date.c: "31 October 2025", "October 2025", "the end of 2025", "mid-2025": its last day. *ret_bare: a year alone. */
size_t seek_day(const struct seeker *s, size_t i, struct day *ret, bool *ret_bare);
/* session.c: "at its sixtieth session", "at its 2007 session"; its body resolved. */
size_t seek_session(const struct seeker *s, size_t i, struct deadline *ret);

#endif
