#ifndef MANDATE_CLI_COMPARE_PAGE_H
#define MANDATE_CLI_COMPARE_PAGE_H

#include "base/buf.h"
#include "reader/compare.h"

/* What the formats of `mandate compare` share. */
struct compare_sides {
	const char *file[2]; /* the old one and the new one */
	const struct reading *reading[2];
	const struct comparison *comparison;
	bool all; /* what has not changed too */
};

/* Whether a pair is to be shown. */
bool compare_shows(const struct compare_sides *sides, const struct compare_pair *pair);
/* "2 renewed word for word, 1 changed, 1 new, 0 dropped; 1 of them moved." */
void compare_counts(const struct comparison *comparison, struct buf *out);
/* "Two bodies: GA and ECOSOC.", a line each; nothing where they are the same. */
void compare_warnings(const struct compare_sides *sides, struct buf *out);
/* "paragraph 5 (was 4): changed, moved" */
void compare_pair_name(const struct compare_pair *pair, struct buf *out);
/* "Requests, deadline: GA 60 → GA 61" */
void compare_change_text(const struct compare_change *change, struct buf *out);

/* The differences as Markdown: words that went are struck out, those that came are bold. */
void compare_markdown(const struct compare_sides *sides, struct buf *out);

#endif
