/*
 * Blocks outside a resolution: above its opener and below its closing line.
 */
#include "reader/walk.h"

#define MIDWAY_BLOCKS 64 /* after so many, a text without an opener is as it is */

bool walk_begins_midway(struct walk *w)
{
	const struct layout *layout = w->s->layout;
	const char *body;
	size_t len;
	bool paragraphs = false;

	for (size_t i = 0; i < layout->count && i < MIDWAY_BLOCKS; i++) {
		const struct block *block = &layout->blocks[i];
		struct slice text = slice_trim(block_text(layout, block));

		if (block->note || text.len == 0)
			continue;
		if (block->label.kind != LABEL_NONE) {
			paragraphs = true;
			continue;
		}
		structure_words(w->s, slice_cut(text, 0, HEAD_BYTES));
		if (walk_is_opener(w, text, &body, &len))
			return false;
		if (paragraphs && masthead_is_closing(w->s, text))
			return true;
		paragraphs |= text_end(text) == ';' || (text_end(text) == '.' && text.len > HEAD_BYTES / 2);
	}
	return false;
}

bool walk_is_next_title(struct walk *w, const struct block *block, struct slice text)
{
	const struct layout *layout = w->s->layout;
	const char *body;
	size_t len, next = w->index + 1;
	bool opens;

	if (w->place != PLACE_ANNEX || w->annex.len == 0 || block->label.kind != LABEL_NONE || !masthead_is_title(w->s, text))
		return false;
	while (next < layout->count && layout->blocks[next].note)
		next++;
	if (next == layout->count || layout->blocks[next].label.kind != LABEL_NONE)
		return false;
	structure_words(w->s, slice_cut(block_text(layout, &layout->blocks[next]), 0, HEAD_BYTES));
	opens = walk_is_opener(w, block_text(layout, &layout->blocks[next]), &body, &len);
	structure_words(w->s, slice_cut(text, 0, HEAD_BYTES));
	return opens;
}

/* On a page that begins midway, the end of a list, or of a sentence: "(c) That the matter be referred …;". */
static bool walk_is_rest(struct walk *w, const struct block *block, struct slice text)
{
	const char end = text_end(text);

	return w->s->midway && !w->s->spoken && block->label.bracketed &&
	    (block->label.kind == LABEL_LETTER || block->label.kind == LABEL_ROMAN) &&
	    (end == ';' || end == ':' || end == '.' || end == ',');
}

static bool walk_is_vote(struct walk *w)
{
	return lexicon_is(w->s->lexicon, &w->s->words, 0, ROLE_VOTE);
}

bool walk_is_outcome(struct walk *w, const struct block *block)
{
	const struct phrase *vote = lexicon_at(w->s->lexicon, &w->s->words, 0, ROLE_BIT(ROLE_VOTE));

	return w->place == PLACE_OPERATIVE && block->label.kind == LABEL_NONE && vote != NULL && !w->colon &&
	    (vote->count > 1 || (words_has(&w->s->words, vote->count) && (w->s->words.at[vote->count].gap & GAP_COLON)));
}

/* "Decisions", "1896 (LVII). Regional co-operation": behind a resolution or a decision, another begins. */
static bool walk_is_next(struct walk *w, const struct block *block, struct slice text)
{
	return block->label.kind == LABEL_NONE && (masthead_is_heading(w->s) || masthead_is_title(w->s, text));
}

/* Without an opener, the first name of the organ says who speaks; NULL: "it". */
static void walk_named(struct walk *w, const struct phrase *name)
{
	struct reading *reading = w->s->reading;

	/* "the Council" alone may be any. */
	if ((reading->body == NULL || reading->body[0] == '\0') && name != NULL && name->value.len > 0 && name->count != 2)
		reading->body = name->value.at;
	w->speaker = reading->body != NULL ? reading->body : "";
}

/* Paragraphs that consider have begun, without an opener: "Whereas …". */
static bool walk_has_preamble(const struct walk *w)
{
	const struct reading *reading = w->s->reading;

	return reading->paragraph_count > 0 && reading->paragraphs[reading->paragraph_count - 1].part == PART_PREAMBULAR;
}

bool walk_outside(struct walk *w, const struct block *block, struct slice text)
{
	const struct phrase *teller;
	struct head head;

	if (w->place == PLACE_CLOSED) {
		if (walk_is_vote(w) || text.at[0] == '[') {
			walk_emit(w, PART_CLOSING, text);
			return true;
		}
		if (walk_is_next(w, block, text)) {
			w->s->ended = w->s->spoken;
			walk_emit(w, w->s->spoken ? PART_TITLE : masthead_line(w->s, block, text), text);
			w->place = PLACE_HEAD;
			return true;
		}
		structure_words(w->s, slice_cut(text, 0, HEAD_BYTES));
		if (block->label.kind == LABEL_NONE && walk_tells(w->s, text) != NULL) {
			w->place = PLACE_OPERATIVE;
			w->told = true;
			return false;
		}
		w->place = PLACE_ANNEX;
		return false;
	}
	if (w->told && walk_is_next(w, block, text)) {
		w->place = PLACE_HEAD;
		w->told = false;
	}
	if (w->place != PLACE_HEAD)
		return false;
	if (walk_is_rest(w, block, text)) {
		w->place = PLACE_OPERATIVE;
		w->last = PART_OPERATIVE;
		return false;
	}
	head = walk_head(w, text);
	teller = walk_tells(w->s, text);
	w->told = teller != NULL;
	if (teller != NULL) {
		w->s->told |= !w->s->spoken;
		walk_named(w, teller);
	}
	if (block->label.kind == LABEL_NUMBER && (head.verb || head.subject || w->s->lenient))
		return false;
	if (walk_speaks(w->s)) {
		walk_named(w, lexicon_at(w->s->lexicon, &w->s->words, 0, ROLE_BIT(ROLE_OPENER)));
		w->place = PLACE_OPERATIVE;
		return false;
	}
	if (w->s->lenient && block->label.kind == LABEL_NONE && (head.verb || head.base))
		return false;
	/* "recognizing", alone, above a list */
	if (block->label.kind == LABEL_NONE && lexicon_is(w->s->lexicon, &w->s->words, 0, ROLE_PARTICIPLE) &&
	    !words_has(&w->s->words, 1)) {
		w->place = PLACE_PREAMBLE;
		return false;
	}
	if (block->label.kind == LABEL_NONE && head.verb && walk_has_preamble(w))
		return false;
	if (block->label.kind == LABEL_NONE && !block->heading && text_end(text) != '\0' &&
	    ((head.verb && (text_end(text) == ';' || text_end(text) == '.' || text.len > HEADING_MAX)) ||
	        ((head.participle || head.adjective) && text_end(text) == ',' && !masthead_is_title(w->s, text))))
		return false;
	/* An excerpt without its opener, in a language whose participles are not known. */
	if (w->s->reading->structure_only && block->label.kind == LABEL_NONE && text_end(text) == ',' && text.len > 60) {
		w->place = PLACE_PREAMBLE;
		return false;
	}
	walk_emit(w, masthead_line(w->s, block, text), text);
	return true;
}
