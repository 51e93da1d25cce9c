#ifndef MANDATE_READER_WALK_H
#define MANDATE_READER_WALK_H

/* The walk over the blocks, between the files that do it: structure.c, walk_head.c, walk_label.c and walk_outside.c. */
#include "reader/structure.h"

#define HEAD_BYTES 96   /* a block is judged by its beginning … */
#define OPENER_BYTES 250
#define ANNOUNCE_BYTES 400
#define HEADING_MAX 160 /* … and by its length */
#define LEVELS 4

enum place { PLACE_HEAD, PLACE_PREAMBLE, PLACE_OPERATIVE, PLACE_CLOSED, PLACE_ANNEX };

struct walk {
	struct structure *s;
	enum place place;
	const char *speaker, *outer;
	int nest;
	size_t announcing;  /* index + 1 of the first paragraph that may announce what follows, 0: none */
	bool nest_quoted;   /* the draft's paragraphs re-open their quotation marks */
	bool numbered;      /* operative paragraphs here have numbers */
	bool colon;         /* the last paragraph ended in a colon */
	bool fresh;         /* a section or opener has just begun */
	bool told;          /* decisions in the past tense: a resolution may follow without a closing line */
	bool we;            /* "We, the ministers …," has opened: verbs stand in their base form */
	struct slice section, annex;
	struct slice level[LEVELS];
	enum label_kind level_kind[LEVELS];
	int depth;
	size_t lone;        /* unnumbered operative paragraphs so far, in this nest and section */
	size_t lone_first;
	size_t room;        /* of the reading's paragraphs */
	size_t index;       /* of the block at hand */
	bool quoted;        /* the whole resolution stands in quotation marks: it ends with them */
	enum part last;     /* part of the last body paragraph */
};

/* What the first words of a block are. */
struct head {
	bool verb, base, participle, adjective, subject;
	size_t first; /* the first word after modifiers */
};

/* The mark that a text ends in, in ASCII, looking through quotation marks. */
char text_end(struct slice text);
bool text_closes_quote(struct slice text);

struct paragraph *walk_emit(struct walk *walk, enum part part, struct slice text);

/* walk_head.c: the first words of a block. They are in walk->s->words then. */
struct head walk_head(struct walk *walk, struct slice text);
/* "The Security Council requests", "It requests": the paragraph of a statement. */
bool walk_speaks(struct structure *structure);
/* "At its 2nd plenary meeting, on 4 February 2005, the Council decided": a decision, and of whom; NULL: none. */
const struct phrase *walk_tells(struct structure *structure, struct slice text);

/* walk_label.c */
/* Fills number, label and depth of a paragraph. */
void walk_label(struct walk *walk, struct paragraph *paragraph, const struct label *label);
/* A paragraph of the operative part without a number. */
void walk_lone(struct walk *walk, struct paragraph *paragraph, bool sub);

/* Whether text is, or begins with, the name of the organ that speaks. *ret_len is the opener's
 * length (a first paragraph may run on behind it); the first words of text must be in walk->s->words. */
bool walk_is_opener(struct walk *walk, struct slice text, const char **ret_body, size_t *ret_len);

/* walk_outside.c */
/* Whether the text begins in the middle of a resolution: a closing line comes before any opener. */
bool walk_begins_midway(struct walk *walk);
/* Behind an annex, the title of another resolution: its opener follows. */
bool walk_is_next_title(struct walk *walk, const struct block *block, struct slice text);
/* Above the opener, and below the closing line. True when the block was one of those. */
bool walk_outside(struct walk *walk, const struct block *block, struct slice text);
/* "Adopted at the 2074th meeting by 12 votes", "In favour:" behind the last paragraph, and not "Against this
 * background, …". */
bool walk_is_outcome(struct walk *walk, const struct block *block);

#endif
