/*
 * A walk over the blocks with a little state: where we are (above the opener, in
 * the preamble, in the operative part, below the closing line, in an annex), who
 * speaks, and the numbers of the paragraphs that we are in.
 */
#include "reader/walk.h"

#include <string.h>

/* A byte of a block's text stands in the normalized text, or was joined from pieces of it. */
static size_t structure_source(const struct structure *s, const char *at)
{
	const struct text *joined = &s->layout->text;

	if (at >= joined->at && at < joined->at + joined->len)
		return text_source(s->clean, text_source(&s->layout->text, (size_t)(at - joined->at)));
	return text_source(s->clean, (size_t)(at - s->clean->at));
}

struct span structure_span(const struct structure *s, struct slice text)
{
	if (text.len == 0)
		return (struct span){ 0, 0 };
	return (struct span){
		(uint32_t)structure_source(s, text.at),
		(uint32_t)structure_source(s, text.at + text.len - 1) + 1,
	};
}

void structure_words(struct structure *s, struct slice text)
{
	lexicon_head(s->lexicon, text, &s->words);
}

struct paragraph *walk_emit(struct walk *w, enum part part, struct slice text)
{
	struct reading *reading = w->s->reading;
	struct paragraph *paragraph;

	paragraph = arena_push(reading->arena, (void **)&reading->paragraphs, &reading->paragraph_count, &w->room, sizeof(*paragraph));
	*paragraph = (struct paragraph){ .part = (uint8_t)part, .speaker = w->speaker, .nest = (uint8_t)w->nest,
		.section = w->annex.len > 0 ? w->annex : w->section, .text = text };
	paragraph->where = structure_span(w->s, text);
	return paragraph;
}

static struct slice text_without_quote(struct slice text)
{
	if (slice_ends(text, SLICE("\"")))
		return slice_cut(text, 0, text.len - 1);
	if (slice_ends(text, SLICE("\xE2\x80\x9D")))
		return slice_cut(text, 0, text.len - 3);
	return text;
}

bool walk_is_opener(struct walk *w, struct slice text, const char **ret_body, size_t *ret_len)
{
	struct structure *s = w->s;
	const struct phrase *phrase = lexicon_at(s->lexicon, &s->words, 0, ROLE_BIT(ROLE_OPENER));
	size_t next = phrase != NULL ? phrase->count : 0, i;
	const uint64_t begins = ROLE_BIT(ROLE_PARTICIPLE) | ROLE_BIT(ROLE_PREAMBLE) | ROLE_BIT(ROLE_THIRD);

	*ret_body = phrase != NULL && phrase->value.len > 0 ? phrase->value.at : "";
	*ret_len = text.len;
	if (phrase != NULL)
		structure_words(s, slice_cut(text, 0, OPENER_BYTES));
	if (walk_speaks(s))
		return false;
	if (phrase != NULL && words_has(&s->words, next) && s->words.at[next].gap == 0 &&
	    (lexicon_is(s->lexicon, &s->words, next, ROLE_PARTICIPLE) ||
	        (phrase->count > 2 && lexicon_is(s->lexicon, &s->words, next, ROLE_PREAMBLE)))) {
		*ret_len = s->words.at[next].at;
		return true;
	}
	for (i = next; phrase != NULL && i < next + 40 && words_has(&s->words, i); i++)
		if ((s->words.at[i].gap & GAP_COMMA) && lexicon_at(s->lexicon, &s->words, i, begins) != NULL) {
			*ret_len = s->words.at[i].at;
			return true;
		}
	if (phrase != NULL && text.len < OPENER_BYTES) {
		if (!words_has(&s->words, next) || text_end(text) == ',')
			return !lexicon_is(s->lexicon, &s->words, next, ROLE_THIRD);
	}
	/* "We, the heads of State and Government," also behind "Adopts the following declaration:" */
	if (text.len < ANNOUNCE_BYTES && text_end(text) == ',' && lexicon_is(s->lexicon, &s->words, 0, ROLE_SUBJECT) &&
	    (w->place == PLACE_HEAD || (words_has(&s->words, 1) && (s->words.at[1].gap & GAP_COMMA))))
		return true;
	return phrase == NULL && w->place == PLACE_HEAD && text.len < 140 && text_end(text) == ',' &&
	    lexicon_is(s->lexicon, &s->words, 0, ROLE_ARTICLE) && words_has(&s->words, 1);
}

static void walk_section_begins(struct walk *w)
{
	w->depth = 0;
	w->fresh = true;
	w->lone = 0;
	w->lone_first = w->s->reading->paragraph_count;
}

/* Whether a draft was announced: "recommends … the following draft resolution". */
static bool walk_announced(struct walk *w)
{
	const struct reading *reading = w->s->reading;

	for (size_t i = w->announcing; i > 0 && i <= reading->paragraph_count; i++) {
		structure_words(w->s, slice_cut(reading->paragraphs[i - 1].text, 0, ANNOUNCE_BYTES));
		for (size_t k = 0; words_has(&w->s->words, k); k++)
			if (lexicon_is(w->s->lexicon, &w->s->words, k, ROLE_RECOMMEND))
				return true;
	}
	return false;
}

/* What stands between "Adopts the following declaration:" and "We, …," is the declaration's title. */
static void walk_titles(struct walk *w)
{
	struct paragraph *last = &w->s->reading->paragraphs[w->s->reading->paragraph_count - 1];

	if (last->part == PART_OPERATIVE && last->label.len == 0 && w->s->reading->paragraph_count > 1)
		last->part = PART_NOTE;
}

static void walk_opener(struct walk *w, const char *body, struct slice text, bool quoted)
{
	struct reading *reading = w->s->reading;

	w->we = lexicon_is(w->s->lexicon, &w->s->words, 0, ROLE_SUBJECT);
	if (w->nest == 0 && walk_announced(w)) {
		w->nest = 1;
		w->outer = w->speaker;
		w->nest_quoted = quoted;
		reading->recommends_to = body;
	}
	if (w->we && w->place == PLACE_OPERATIVE)
		walk_titles(w);
	if (body[0] != '\0' || w->place == PLACE_HEAD)
		w->speaker = body;
	w->announcing = 0;
	w->s->told &= w->s->spoken; /* decisions before the first resolution do not make it one */
	w->s->spoken = true;
	w->quoted = quoted && w->nest == 0;
	if (w->nest == 0 && (reading->body == NULL || reading->body[0] == '\0' || w->place == PLACE_HEAD))
		reading->body = body[0] != '\0' || reading->body == NULL ? body : reading->body;
	w->place = PLACE_PREAMBLE;
	w->section = w->nest > 0 ? SLICE("") : w->section;
	w->annex = SLICE("");
	walk_section_begins(w);
	walk_emit(w, PART_OPENER, text);
	w->last = PART_PREAMBULAR;
}

/* "7. (a) Decides": a number and the letter of its first sub-paragraph. */
static void walk_inner_label(struct walk *w, struct paragraph *paragraph, const struct label *inner)
{
	const struct slice outer = paragraph->number;

	w->colon = true;
	walk_label(w, paragraph, inner);
	paragraph->number = inner->at > outer.at && inner->at - outer.at < 16 ?
	    slice_range(outer.at, inner->at + inner->len) : outer;
}

static bool walk_take_inner(const struct block *block, struct slice *text, struct label *ret)
{
	struct slice rest = *text;

	*ret = (struct label){ .kind = LABEL_NONE };
	if (block->label.kind != LABEL_NUMBER || !slice_starts(rest, SLICE("(")) || !label_take(&rest, ret) ||
	    rest.len == 0 || !(slice_is(label_core(ret), "a") || slice_is(label_core(ret), "i"))) {
		ret->kind = LABEL_NONE;
		return false;
	}
	*text = rest;
	return true;
}

/* The last paragraph of a resolution that stands in quotation marks as a whole. */
static bool walk_ends_quote(const struct walk *w, enum part part, struct slice text, bool sub)
{
	size_t plain = 0;

	for (size_t i = 0; i < text.len; i++)
		plain += text.at[i] == '"';
	return w->quoted && w->nest == 0 && part == PART_OPERATIVE && !sub && text_end(text) == '.' &&
	    text_closes_quote(text) && memmem(text.at, text.len, "\xE2\x80\x9C", 3) == NULL && plain < 2;
}

static void walk_body(struct walk *w, enum part part, const struct block *block, const struct label *inner,
    struct slice text, bool sub)
{
	struct paragraph *paragraph;
	bool ends_nest = w->nest > 0 && w->nest_quoted && part == PART_OPERATIVE && text_closes_quote(text) &&
	    !sub && text_end(text) == '.';
	const bool ends = walk_ends_quote(w, part, text, sub);

	if (ends_nest || ends)
		text = text_without_quote(text);
	paragraph = walk_emit(w, part, text);
	if (block->label.kind != LABEL_NONE)
		walk_label(w, paragraph, &block->label);
	else if (part == PART_OPERATIVE)
		walk_lone(w, paragraph, sub);
	if (inner->kind != LABEL_NONE)
		walk_inner_label(w, paragraph, inner);
	if (part == PART_OPERATIVE && w->place != PLACE_ANNEX)
		w->place = PLACE_OPERATIVE;
	if (part == PART_OPERATIVE && block->label.kind == LABEL_NUMBER)
		w->numbered = true;
	w->colon = text_end(text) == ':';
	if (!w->colon || w->announcing == 0)
		w->announcing = w->s->reading->paragraph_count;
	w->fresh = false;
	w->last = part;
	if (ends)
		w->place = PLACE_CLOSED;
	if (ends_nest) {
		w->nest = 0;
		w->speaker = w->outer;
		walk_section_begins(w);
	}
}

/* "I", "A", "II. Heading", "Annex II": a part of its own begins. */
static bool walk_is_section(const struct block *block, struct slice text, struct slice *ret)
{
	char end = text_end(text);

	if ((block->label.kind == LABEL_UPPER || (block->label.kind == LABEL_ROMAN && label_core(&block->label).at[0] < 'a')) &&
	    text.len < HEADING_MAX && end != ';' && end != ',' && end != '.') {
		*ret = label_core(&block->label);
		return true;
	}
	if (block->label.kind == LABEL_NONE && text.len > 0 && text.len <= 5 &&
	    ((text.len == 1 && text.at[0] >= 'A' && text.at[0] <= 'Z') ||
	        (label_roman(text) > 0 && text.at[0] < 'a'))) {
		*ret = text;
		return true;
	}
	return false;
}

static bool walk_is_heading(const struct block *block, struct slice text)
{
	char end = text_end(text);

	return block->heading || (text.len < HEADING_MAX && block->label.kind == LABEL_NONE && !block->bullet &&
	    end != ';' && end != ',' && end != '.' && end != ':');
}

static enum part walk_unlabelled_operative(struct walk *w, const struct head *head, struct slice text,
    bool *ret_sub)
{
	*ret_sub = false;
	if (head->verb || head->base)
		return PART_OPERATIVE;
	if (w->place == PLACE_ANNEX && w->last != PART_OPERATIVE)
		return PART_ANNEX;
	if ((head->participle || head->adjective) && (w->fresh || text_end(text) == ',') && !w->colon)
		return PART_PREAMBULAR;
	if (w->place == PLACE_ANNEX && text_end(text) != ';' && !(w->colon && text_end(text) == ','))
		return PART_ANNEX;
	*ret_sub = true;
	return PART_OPERATIVE;
}

/* Decides a block of the body: everything between the opener and the closing line. */
static void walk_text(struct walk *w, const struct block *block, struct slice text)
{
	struct label inner;
	const bool inside = walk_take_inner(block, &text, &inner);
	struct head head = walk_head(w, text);
	struct slice section;
	enum part part = PART_PREAMBULAR;
	bool sub = false;

	if ((!head.verb || block->heading) && !head.participle && !inside && walk_is_section(block, text, &section)) {
		w->section = section;
		walk_section_begins(w);
		walk_emit(w, PART_NOTE, text);
		return;
	}
	if (block->label.kind == LABEL_NUMBER) {
		part = PART_OPERATIVE;
		if (w->place == PLACE_PREAMBLE && block->label.bracketed && !head.verb && !w->numbered)
			part = PART_PREAMBULAR;
	} else if (block->label.kind != LABEL_NONE) {
		part = w->last == PART_OPERATIVE || w->last == PART_ANNEX ? w->last : PART_PREAMBULAR;
		if (w->place == PLACE_PREAMBLE && head.verb && w->last != PART_OPERATIVE)
			part = PART_OPERATIVE;
	} else if (w->place == PLACE_PREAMBLE) {
		if (!head.verb && !head.base && walk_is_heading(block, text) && !head.participle && !head.adjective) {
			walk_emit(w, PART_NOTE, text);
			return;
		}
		part = head.verb || head.base ? PART_OPERATIVE : PART_PREAMBULAR;
	} else {
		if (!head.verb && !head.base && walk_is_heading(block, text) && !w->colon) {
			walk_emit(w, w->place == PLACE_ANNEX ? PART_ANNEX : PART_NOTE, text);
			w->fresh = true;
			return;
		}
		part = walk_unlabelled_operative(w, &head, text, &sub);
	}
	walk_body(w, part, block, &inner, text, sub);
}

static bool walk_is_annex(struct walk *w, struct slice text)
{
	const struct words *words = &w->s->words;

	const struct phrase *name = lexicon_at(w->s->lexicon, words, 0, ROLE_BIT(ROLE_ANNEX));

	if (w->place == PLACE_HEAD || name == NULL || text_end(text) == '.')
		return false;
	if (slice_is(name->value, "alone"))
		return !words_has(words, name->count);
	/* "Appendix 1. Former definitions of the base units" */
	if (words_has(words, 2) && (words->at[1].flags & WORD_NUMBER) && (words->at[2].gap & GAP_STOP))
		return text.len < HEADING_MAX && text_end(text) != ';' && text_end(text) != ',' && text_end(text) != ':';
	return text.len < 60 && !words_has(words, 6);
}

static void walk_block(struct walk *w, const struct block *block)
{
	struct slice text = slice_trim(block_text(w->s->layout, block));
	const char *body;
	size_t len;

	if (text.len == 0)
		return;
	if (block->note) {
		if (w->place == PLACE_HEAD)
			masthead_line(w->s, block, text);
		walk_emit(w, PART_NOTE, text);
		return;
	}
	structure_words(w->s, slice_cut(text, 0, HEAD_BYTES));
	if (walk_is_next_title(w, block, text)) {
		w->place = PLACE_CLOSED;
		w->annex = SLICE("");
	}
	if (walk_is_annex(w, text)) {
		w->place = PLACE_ANNEX;
		w->nest = 0;
		w->annex = text;
		w->last = PART_ANNEX;
		walk_section_begins(w);
		walk_emit(w, PART_ANNEX, text);
		return;
	}
	if (block->label.kind == LABEL_NONE && walk_is_opener(w, text, &body, &len) &&
	    (w->place != PLACE_ANNEX || w->annex.len == 0)) {
		walk_opener(w, body, slice_trim(slice_cut(text, 0, len)), block->quoted);
		text = slice_trim(slice_from(text, len));
		if (text.len > 0)
			walk_text(w, block, text);
		return;
	}
	if (block->label.kind == LABEL_NONE && w->place != PLACE_HEAD &&
	    (walk_is_outcome(w, block) || masthead_closing(w->s, text))) {
		w->nest = 0;
		w->speaker = w->s->reading->body != NULL ? w->s->reading->body : "";
		w->place = PLACE_CLOSED;
		walk_emit(w, PART_CLOSING, text);
		return;
	}
	if (!walk_outside(w, block, text))
		walk_text(w, block, text);
}

#define FOREIGN_WORDS 5 /* fewer do not tell a language */

/* Of a page in two columns, a block of the other language's: it says again what is read already. */
static bool structure_is_foreign(const struct structure *s, const struct block *block, bool before)
{
	struct slice text = block_text(s->layout, block);
	size_t words, own, other;

	if (s->other == NULL)
		return false;
	own = lexicon_common(s->lexicon, text, &words);
	other = lexicon_common(s->other, text, &words);
	if (words < FOREIGN_WORDS || own == other)
		return own < other || (own == other && before && words < FOREIGN_WORDS);
	return own < other;
}

/* What stands before the first opener is the end of a resolution of the same organ's. */
static void structure_speakers(const struct structure *s)
{
	if (s->reading->body == NULL)
		return;
	for (size_t i = 0; i < s->reading->paragraph_count; i++)
		if (s->reading->paragraphs[i].speaker[0] == '\0' && s->reading->paragraphs[i].nest == 0)
			s->reading->paragraphs[i].speaker = s->reading->body;
}

void structure_read(struct structure *s)
{
	struct walk walk = { .s = s, .speaker = "", .outer = "", .last = PART_PREAMBULAR };
	bool foreign = false;

	s->reading->paragraph_count = 0;
	/* A block is a paragraph, but for openers that a first paragraph runs on behind. */
	walk.room = s->layout->count + 8;
	s->reading->paragraphs = arena_alloc(s->reading->arena, walk.room * sizeof(*s->reading->paragraphs));
	s->midway = walk_begins_midway(&walk);
	for (size_t i = 0; i < s->layout->count; i++) {
		const struct block *block = &s->layout->blocks[i];

		walk.index = i;
		foreign = structure_is_foreign(s, block, foreign);
		if (foreign)
			walk_emit(&walk, PART_NOTE, block_text(s->layout, block));
		else
			walk_block(&walk, block);
	}
	masthead_finish(s);
	structure_speakers(s);
	words_release(&s->words);
}
