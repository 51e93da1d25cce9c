#ifndef MANDATE_READER_CLAUSE_H
#define MANDATE_READER_CLAUSE_H

#include "reader/lexicon.h"
#include "reader/reader.h"

/*
 * The clauses of one operative paragraph: each verb that has the organ (or the
 * "we" of a declaration) as its subject, with everything up to the next one.
 */
struct clause_head {
	size_t start; /* first word, modifiers included */
	size_t end;   /* first word after the verb and what belongs to it */
	size_t stop;  /* first word of the next clause, joiner excluded, or the number of words */
	size_t subject_end; /* passive: the words from start to here are asked; else 0 */
	const struct verb *verb;
	const struct phrase *directive; /* "its request": what the noun asks, or NULL */
	double confidence;
	const char *reason;
};

struct clause_list {
	struct clause_head *at;
	size_t count, room;
};

/* Where a paragraph stands says whether it may begin with a verb's base form. */
enum clause_place {
	CLAUSE_FULL, /* never */
	CLAUSE_SUB,  /* a sub-paragraph, with a verb that asks: "We will: (a) Request …" */
	CLAUSE_DECIDED, /* the same below "Decides:", where "to" may stand before it: "(a) To request …" */
	CLAUSE_LIST, /* below "RESUELVE:", with any verb: "1. Instar a los Estados …" */
};

/* words are those of the paragraph's text. The list is reused. */
void clause_find(const struct lexicon *lexicon, const struct words *words, enum clause_place place,
    struct clause_list *ret);
/* The organ's name at word i, or "it", which means the organ; NULL: neither. */
const struct phrase *clause_speaker(const struct lexicon *lexicon, const struct words *words, size_t i);
/* "At its 2nd meeting, on 4 May, the Council decided": the past verb of the organ that this is told of, and
 * its place in the words, and the organ's name; NULL: no decision is told. */
const struct phrase *clause_told(const struct lexicon *lexicon, const struct words *words, size_t *ret_at,
    const struct phrase **ret_name);
void clause_list_release(struct clause_list *list);

#endif
