/*
 * Labels: at which level a number or a letter stands, and what paragraphs without
 * one are called.
 */
#include "reader/walk.h"

/* At which level does the label stand: 0 for "3.", then letters, then roman numerals. */
static int walk_level(struct walk *w, const struct label *label)
{
	if (label->kind == LABEL_NUMBER) {
		for (int depth = w->depth; label->bracketed && depth > 0; depth--)
			if (w->level_kind[depth] == LABEL_NUMBER && label_follows(w->level[depth], label_core(label)))
				return depth;
		if (label->bracketed && w->level[0].len > 0 && w->level_kind[0] == LABEL_NUMBER &&
		    (slice_is(label_core(label), "1") || (w->depth > 0 && w->level_kind[1] == LABEL_NUMBER)))
			return 1;
		return 0;
	}
	if (slice_is(label_core(label), "a") && w->depth > 0 && w->level_kind[w->depth] == LABEL_NUMBER && w->depth + 1 < LEVELS)
		return w->depth + 1; /* "(3)" has letters below it */
	for (int depth = w->depth; depth > 0; depth--)
		if (w->level_kind[depth] != LABEL_NUMBER && label_follows(w->level[depth], label_core(label)) &&
		    !(label->kind == LABEL_ROMAN && label->core_len > 1))
			return depth;
	if (label->kind == LABEL_ROMAN)
		for (int depth = w->depth; depth > 0; depth--)
			if (w->level_kind[depth] == LABEL_ROMAN &&
			    label_roman(w->level[depth]) + 1 == label_roman(label_core(label)))
				return depth;
	if (label->kind == LABEL_ROMAN && label_roman(label_core(label)) == 1 && w->depth + 1 < LEVELS)
		return w->depth + 1;
	if (slice_is(label_core(label), "a") && w->depth + 1 < LEVELS)
		return w->colon || w->depth == 0 ? w->depth + 1 : 1;
	return w->depth > 0 ? w->depth : 1;
}

void walk_label(struct walk *w, struct paragraph *paragraph, const struct label *label)
{
	struct slice path;
	int level = walk_level(w, label);

	w->level[level] = label_core(label);
	w->level_kind[level] = label->kind;
	w->depth = level;
	if (level > 0 && w->level_kind[0] == LABEL_NONE)
		w->level[0] = SLICE("");
	path = w->level[0];
	for (int i = 1; i <= level; i++)
		path = slice_of(arena_printf(w->s->reading->arena, "%.*s(%.*s)", SLICE_ARG(path), SLICE_ARG(w->level[i])));
	paragraph->label = path;
	paragraph->number = label_written(label);
	paragraph->depth = (uint8_t)level;
}

void walk_lone(struct walk *w, struct paragraph *paragraph, bool sub)
{
	struct reading *reading = w->s->reading;

	paragraph->depth = sub ? 1 : 0;
	if (sub)
		return;
	w->lone++;
	if (w->lone == 1) {
		paragraph->label = SLICE("0");
		w->lone_first = reading->paragraph_count - 1;
	} else {
		if (w->lone == 2)
			reading->paragraphs[w->lone_first].label = SLICE("u1");
		paragraph->label = slice_of(arena_printf(reading->arena, "u%zu", w->lone));
	}
	w->depth = 0;
	w->level[0] = paragraph->label;
	w->level_kind[0] = LABEL_NONE;
}
