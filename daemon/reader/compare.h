#ifndef MANDATE_READER_COMPARE_H
#define MANDATE_READER_COMPARE_H

#include "reader/reader.h"

/*
 * Two readings beside each other, paragraph by paragraph: last year's resolution and this
 * year's, or a draft and its revision. Preambular paragraphs are compared with preambular
 * ones, operative with operative.
 *
 * A comparison points into both readings, which must outlive it.
 */
enum compare_verdict {
	COMPARE_SAME,    /* word for word, whatever its number is */
	COMPARE_CHANGED,
	COMPARE_NEW,     /* only in the new text */
	COMPARE_DROPPED, /* only in the old one */
};

enum compare_mark { COMPARE_KEPT, COMPARE_GONE, COMPARE_ADDED };

/* Words in the order in which they are to be read: what went before what came in its place. */
struct compare_run {
	enum compare_mark mark;
	struct slice text; /* of the new paragraph, or of the old one where it is gone */
};

/* What is asked otherwise than before: "deadline" of "Requests", from "GA 60" to "GA 61". */
struct compare_change {
	struct slice verb;
	const char *what; /* "request", "force", "kind", "deadline", "addressees", "conditions" */
	struct slice from, to; /* one of them empty where it is new or gone */
};

struct compare_pair {
	enum compare_verdict verdict;
	const struct paragraph *from, *to; /* NULL where there is none */
	bool moved;                         /* not in the order of its neighbours any more */
	struct compare_run *runs;           /* of a changed one */
	size_t run_count;
	struct compare_change *changes;
	size_t change_count;
};

struct comparison {
	struct arena *arena;
	struct compare_pair *pairs; /* in the order of the new text, dropped ones where they stood */
	size_t pair_count;
	size_t counts[4];           /* by verdict */
	size_t moved;
};

/* Never fails; time grows with the texts and with the paragraphs that changed, not with their product. */
struct comparison *comparison_new(const struct reading *from, const struct reading *to);
void comparison_free(struct comparison *comparison);
const char *compare_verdict_name(enum compare_verdict verdict);

#endif
