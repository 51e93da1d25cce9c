#ifndef MANDATE_CLI_REVIEW_H
#define MANDATE_CLI_REVIEW_H

#include "client.h"
#include "listen.h"
#include "print.h"
#include "review_words.h"

/*
 * A review in progress: the clauses that wait, and what was decided about each. Nothing is written before
 * the end; each correction is tried on the service (a dry run), which says what would stand there then.
 */
struct review_item {
	const json_t *paragraph; /* borrowed from the resolution */
	const json_t *clause;    /* as it stands; NULL: one that the officer adds */
	json_t *correction;      /* never changed, only replaced; NULL: as read */
	bool decided;
};

struct review_state {
	struct review_item *items;
	size_t count, at; /* at: the clause before the officer; count: none is left */
};

struct review {
	struct client *client;
	struct page page;
	const json_t *resolution;
	json_t *tried; /* the service's answer to the present corrections, or NULL */
	struct review_state now;
	struct review_state *before; /* to be taken back, the last one last */
	size_t before_count;
	double sure;
	struct listener listener;
	enum heard heard; /* why a question had no answer */
};

/* A question and its answer, which lives until the next one. False: there is none, see heard. */
bool review_ask(struct review *review, const char *prompt, struct slice *ret);

/* State. */
void review_open(struct review *review);
void review_close(struct review *review);
/* Asks the service what would stand there (see tried); 0, or why it would not. */
MUST_CHECK int review_try(struct review *review, struct error *error);
/* Remembers the present state, so that what follows can be taken back. */
void review_remember(struct review *review);
bool review_undo(struct review *review);
/* Goes on to the first clause that is not decided. */
void review_next(struct review *review);
/* What would be sent: {"corrections": […], "version": N}. */
json_t *review_body(const struct review *review);
/* Does what the officer typed about the present clause, on the service's trial; says on the page what is wrong. */
void review_act(struct review *review, const struct review_key *key);
/* A request that the reader missed, in a paragraph by its name or label. */
void review_add(struct review *review, struct slice name);

struct review_counts {
	size_t accepted, corrected, split, merged, dropped, added;
};

void review_count(const struct review *review, struct review_counts *ret);
/* Whether the reader is sure of it: confident, and nothing to say about its paragraph. */
bool review_sure(const struct review *review, const struct review_item *item);
/* Whether the item's correction has a member of this name ("split", "add" …). */
bool review_is(const struct review_item *item, const char *member);

/* Pages. */
void review_page_head(struct review *review);
void review_page_sure(struct review *review);
void review_page_item(struct review *review);
void review_page_help(struct review *review);
void review_page_summary(struct review *review);

#endif
