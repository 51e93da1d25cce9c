#ifndef MANDATE_READER_ADDRESSEE_H
#define MANDATE_READER_ADDRESSEE_H

#include "reader/clause.h"
#include "reader/lexicon.h"
#include "reader/reader.h"

/*
 * Who is asked. Short forms ("the Office") mean the last full name with that noun
 * in it, so the names of a text are learnt paragraph by paragraph.
 */
struct name {
	uint32_t id;       /* the lexicon's number of the noun: "office" */
	struct slice noun;
	struct slice full; /* "United Nations Office on Drugs and Crime" */
};

#define NAMES 48

struct names {
	struct name at[NAMES];
	size_t count;
};

void names_learn(struct names *names, const struct lexicon *lexicon, const struct words *words);

/* The full name learnt last with the noun in it, in any case; empty: none. */
struct slice names_find(const struct names *names, struct slice noun);

/* One addressee as found: words from to end. */
struct addressee_span {
	size_t from, end;
	size_t restrictor; /* where its restrictor begins, or end */
	const char *role;
	const struct phrase *set;
};

#define ADDRESSEES 24

struct addressee_list {
	struct addressee_span at[ADDRESSEES];
	size_t count;
	size_t action; /* the first word of what is asked, or the clause's stop */
	size_t act;    /* where its verb may stand: behind the subject of "that States report" */
};

/* shared: the next verb's infinitive is this one's too ("Urges donors and invites others to …"). */
void addressee_find(const struct lexicon *lexicon, const struct words *words,
    const struct clause_head *head, bool shared, struct addressee_list *ret);
/* Whose doing a clause that asks nothing speaks of: "Welcomes the efforts of Governments". */
void addressee_agents(const struct lexicon *lexicon, const struct words *words,
    const struct clause_head *head, struct addressee_list *ret);
/* The full form that a short form stands for, or the text without its article. */
struct slice addressee_name(const struct lexicon *lexicon, const struct names *names,
    const struct words *words, const struct addressee_span *span);

#endif
