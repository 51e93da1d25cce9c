/*
 * A walk over the blocks with a little state: where we are (above the opener, in
 * the preamble, in the operative part, below the closing line, in an annex), who
 * speaks, and the numbers of the paragraphs that we are in.
 */
#include "reader/structure.h"

#include <string.h>

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
	bool we;            /* "We, the ministers …," has opened: verbs stand in their base form */
	struct slice section, annex;
	struct slice level[LEVELS];
	enum label_kind level_kind[LEVELS];
	int depth;
	size_t lone;        /* unnumbered operative paragraphs so far, in this nest and section */
	size_t lone_first;
	size_t room;        /* of the reading's paragraphs */
	enum part last;     /* part of the last body paragraph */
};

struct span structure_span(const struct structure *s, struct slice text)
{
	size_t start, end;

	if (text.len == 0)
		return (struct span){ 0, 0 };
	start = (size_t)(text.at - s->layout->text.at);
	end = start + text.len - 1;
	return (struct span){
		text_source(s->clean, text_source(&s->layout->text, start)),
		text_source(s->clean, text_source(&s->layout->text, end)) + 1,
	};
}

void structure_words(struct structure *s, struct slice text)
{
	if (s->words.text.at != text.at || s->words.text.len != text.len || s->words.roles == NULL)
		lexicon_head(s->lexicon, text, &s->words);
}

static struct paragraph *walk_emit(struct walk *w, enum part part, struct slice text)
{
	struct reading *reading = w->s->reading;
	struct paragraph *paragraph;

	paragraph = arena_push(reading->arena, (void **)&reading->paragraphs, &reading->paragraph_count, &w->room, sizeof(*paragraph));
	*paragraph = (struct paragraph){ .part = part, .speaker = w->speaker, .nest = w->nest,
		.section = w->annex.len > 0 ? w->annex : w->section, .text = text };
	paragraph->where = structure_span(w->s, text);
	return paragraph;
}

static char text_end(struct slice text)
{
	/* Of Chinese and of Arabic. */
	static const struct {
		const char *mark;
		char end;
	} wide[] = { { "\xE3\x80\x82", '.' }, { "\xEF\xBC\x8C", ',' }, { "\xEF\xBC\x9B", ';' }, { "\xEF\xBC\x9A", ':' },
		{ "\xD8\x8C", ',' }, { "\xD8\x9B", ';' } };

	while (text.len > 0 && (text.at[text.len - 1] == '"' || text.at[text.len - 1] == ' ' ||
	                           text.at[text.len - 1] == ')'))
		text.len--;
	if (text.len > 3 && memcmp(text.at + text.len - 3, "\xE2\x80\x9D", 3) == 0)
		text.len -= 3;
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (slice_ends(text, slice_of(wide[i].mark)))
			return wide[i].end;
	return text.len == 0 ? '\0' : text.at[text.len - 1];
}

static bool text_closes_quote(struct slice text)
{
	return slice_ends(text, SLICE("\"")) || slice_ends(text, SLICE("\xE2\x80\x9D")) ||
	    slice_ends(text, SLICE("\xC2\xBB"));
}

static struct slice text_without_quote(struct slice text)
{
	if (slice_ends(text, SLICE("\"")))
		return slice_cut(text, 0, text.len - 1);
	if (slice_ends(text, SLICE("\xE2\x80\x9D")))
		return slice_cut(text, 0, text.len - 3);
	return text;
}

/* What the first words of a block are. */
struct head {
	bool verb, base, participle, adjective, subject;
	size_t first; /* the first word after modifiers */
};

/* "The Security Council requests", "It requests": the paragraph of a statement. */
static bool walk_speaks(struct structure *s)
{
	const struct phrase *opener = lexicon_at(s->lexicon, &s->words, 0, ROLE_BIT(ROLE_OPENER));
	size_t i = opener != NULL ? opener->count : 0;

	while (opener != NULL && i < opener->count + 3 && lexicon_is(s->lexicon, &s->words, i, ROLE_MODIFIER))
		i++;
	return opener != NULL && words_has(&s->words, i) && s->words.at[i].gap == 0 &&
	    lexicon_is(s->lexicon, &s->words, i, ROLE_THIRD);
}

static struct head walk_head(struct walk *w, struct slice text)
{
	struct structure *s = w->s;
	struct head head = { 0 };
	const struct lexicon *lexicon = s->lexicon;

	structure_words(s, slice_cut(text, 0, HEAD_BYTES));
	if (!words_has(&s->words, 0))
		return head;
	head.subject = lexicon_is(lexicon, &s->words, 0, ROLE_SUBJECT);
	while (head.first < 5 && lexicon_is(lexicon, &s->words, head.first, ROLE_MODIFIER))
		head.first++;
	head.verb = lexicon_is(lexicon, &s->words, head.first, ROLE_THIRD) || walk_speaks(s) ||
	    ((s->words.at[0].flags & WORD_CAPITALS) && lexicon_is(lexicon, &s->words, 0, ROLE_PAST));
	head.base = lexicon_is(lexicon, &s->words, head.subject ? 1 : head.first, ROLE_BASE) && (head.subject || w->we);
	head.participle = lexicon_is(lexicon, &s->words, head.first, ROLE_PARTICIPLE) ||
	    lexicon_is_participle(lexicon, word_text(&s->words, words_has(&s->words, head.first) ? head.first : 0));
	head.adjective = lexicon_is(lexicon, &s->words, 0, ROLE_PREAMBLE);
	return head;
}

/* Whether text is, or begins with, the name of the organ that speaks. *ret_len is the opener's
 * length (a first paragraph may run on behind it); the first words of text are in s->words. */
static bool walk_is_opener(struct walk *w, struct slice text, const char **ret_body, size_t *ret_len)
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
	    lexicon_is(s->lexicon, &s->words, next, ROLE_PARTICIPLE)) {
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
	    (w->place == PLACE_HEAD || (s->words.count > 1 && (s->words.at[1].gap & GAP_COMMA))))
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
	if (w->nest == 0 && (reading->body == NULL || reading->body[0] == '\0' || w->place == PLACE_HEAD))
		reading->body = body[0] != '\0' || reading->body == NULL ? body : reading->body;
	w->place = PLACE_PREAMBLE;
	w->section = w->nest > 0 ? SLICE("") : w->section;
	w->annex = SLICE("");
	walk_section_begins(w);
	walk_emit(w, PART_OPENER, text);
	w->last = PART_PREAMBULAR;
}

/* At which level does the label stand: 0 for "3.", then letters, then roman numerals. */
static int walk_level(struct walk *w, const struct label *label)
{
	if (label->kind == LABEL_NUMBER) {
		if (label->bracketed && w->level[0].len > 0 && w->level_kind[0] == LABEL_NUMBER &&
		    (slice_is(label->core, "1") || (w->depth > 0 && w->level_kind[1] == LABEL_NUMBER)))
			return 1;
		return 0;
	}
	for (int depth = w->depth; depth > 0; depth--)
		if (w->level_kind[depth] != LABEL_NUMBER && label_follows(w->level[depth], label->core) &&
		    !(label->kind == LABEL_ROMAN && label->core.len > 1))
			return depth;
	if (label->kind == LABEL_ROMAN)
		for (int depth = w->depth; depth > 0; depth--)
			if (w->level_kind[depth] == LABEL_ROMAN &&
			    label_roman(w->level[depth]) + 1 == label_roman(label->core))
				return depth;
	if (label->kind == LABEL_ROMAN && label_roman(label->core) == 1 && w->depth + 1 < LEVELS)
		return w->depth + 1;
	if (slice_is(label->core, "a") && w->depth + 1 < LEVELS)
		return w->colon || w->depth == 0 ? w->depth + 1 : 1;
	return w->depth > 0 ? w->depth : 1;
}

/* Fills number, label and depth of a paragraph. */
static void walk_label(struct walk *w, struct paragraph *paragraph, const struct label *label)
{
	struct arena *arena = w->s->reading->arena;
	struct slice path = SLICE("");
	int level = walk_level(w, label);

	w->level[level] = arena_slice(arena, label->core);
	w->level_kind[level] = label->kind;
	w->depth = level;
	if (level > 0 && w->level_kind[0] == LABEL_NONE)
		w->level[0] = SLICE("");
	for (int i = 0; i <= level; i++)
		path = slice_of(arena_printf(arena, i == 0 ? "%.*s%.*s" : "%.*s(%.*s)", SLICE_ARG(path),
		    SLICE_ARG(w->level[i])));
	paragraph->label = path;
	paragraph->number = arena_slice(arena, label->written);
	paragraph->depth = level;
}

/* A paragraph of the operative part without a number. */
static void walk_lone(struct walk *w, struct paragraph *paragraph, bool sub)
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

static void walk_body(struct walk *w, enum part part, const struct block *block, struct slice text,
    bool sub)
{
	struct paragraph *paragraph;
	bool ends_nest = w->nest > 0 && w->nest_quoted && part == PART_OPERATIVE && text_closes_quote(text) &&
	    !sub && text_end(text) == '.';

	if (ends_nest)
		text = text_without_quote(text);
	paragraph = walk_emit(w, part, text);
	if (block->label.kind != LABEL_NONE)
		walk_label(w, paragraph, &block->label);
	else if (part == PART_OPERATIVE)
		walk_lone(w, paragraph, sub);
	if (part == PART_OPERATIVE && w->place != PLACE_ANNEX)
		w->place = PLACE_OPERATIVE;
	if (part == PART_OPERATIVE && block->label.kind == LABEL_NUMBER)
		w->numbered = true;
	w->colon = text_end(text) == ':';
	if (!w->colon || w->announcing == 0)
		w->announcing = w->s->reading->paragraph_count;
	w->fresh = false;
	w->last = part;
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

	if (block->label.kind == LABEL_UPPER && text.len < HEADING_MAX && end != ';' && end != ',' && end != '.') {
		*ret = block->label.core;
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
	struct head head = walk_head(w, text);
	struct slice section;
	enum part part = PART_PREAMBULAR;
	bool sub = false;

	if (!head.verb && !head.participle && walk_is_section(block, text, &section)) {
		w->section = arena_slice(w->s->reading->arena, section);
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
	walk_body(w, part, block, text, sub);
}

static bool walk_is_annex(struct walk *w, struct slice text)
{
	return text.len < 60 && w->place != PLACE_HEAD &&
	    lexicon_is(w->s->lexicon, &w->s->words, 0, ROLE_ANNEX) && !words_has(&w->s->words, 6) && text_end(text) != '.';
}

static bool walk_is_vote(struct walk *w)
{
	return lexicon_is(w->s->lexicon, &w->s->words, 0, ROLE_VOTE);
}

/* Above the opener, and below the closing line. True when the block was one of those. */
static bool walk_outside(struct walk *w, const struct block *block, struct slice text)
{
	struct head head;

	if (w->place == PLACE_CLOSED) {
		if (walk_is_vote(w) || text.at[0] == '[') {
			walk_emit(w, PART_CLOSING, text);
			return true;
		}
		if (block->label.kind == LABEL_NONE && masthead_is_title(text)) {
			walk_emit(w, PART_TITLE, text);
			w->place = PLACE_HEAD;
			return true;
		}
		w->place = PLACE_ANNEX;
		return false;
	}
	if (w->place != PLACE_HEAD)
		return false;
	head = walk_head(w, text);
	if (block->label.kind == LABEL_NUMBER && (head.verb || head.subject || w->s->lenient))
		return false;
	if (walk_speaks(w->s)) {
		const struct phrase *opener = lexicon_at(w->s->lexicon, &w->s->words, 0, ROLE_BIT(ROLE_OPENER));

		if (w->s->reading->body == NULL && opener->value.len > 0)
			w->s->reading->body = opener->value.at;
		w->speaker = w->s->reading->body != NULL ? w->s->reading->body : "";
		w->place = PLACE_OPERATIVE;
		return false;
	}
	if (w->s->lenient && block->label.kind == LABEL_NONE && (head.verb || head.base))
		return false;
	if (block->label.kind == LABEL_NONE && !block->heading && text_end(text) != '\0' &&
	    ((head.verb && (text_end(text) == ';' || text_end(text) == '.' || text.len > HEADING_MAX)) ||
	        ((head.participle || head.adjective) && text_end(text) == ',' && !masthead_is_title(text))))
		return false;
	/* An excerpt without its opener, in a language whose participles are not known. */
	if (w->s->reading->structure_only && block->label.kind == LABEL_NONE && text_end(text) == ',' && text.len > 60) {
		w->place = PLACE_PREAMBLE;
		return false;
	}
	walk_emit(w, masthead_line(w->s, block, text), text);
	return true;
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
	if (walk_is_annex(w, text)) {
		w->place = PLACE_ANNEX;
		w->nest = 0;
		w->annex = arena_slice(w->s->reading->arena, text);
		w->last = PART_ANNEX;
		walk_section_begins(w);
		walk_emit(w, PART_ANNEX, text);
		return;
	}
	if (block->label.kind == LABEL_NONE && walk_is_opener(w, text, &body, &len) &&
	    w->place != PLACE_ANNEX) {
		walk_opener(w, body, slice_trim(slice_cut(text, 0, len)), block->quoted);
		text = slice_trim(slice_from(text, len));
		if (text.len > 0)
			walk_text(w, block, text);
		return;
	}
	if (block->label.kind == LABEL_NONE && w->place != PLACE_HEAD && masthead_closing(w->s, text)) {
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

void structure_read(struct structure *s)
{
	struct walk walk = { .s = s, .speaker = "", .outer = "", .last = PART_PREAMBULAR };
	bool foreign = false;

	s->reading->paragraph_count = 0;
	/* A block is a paragraph, but for openers that a first paragraph runs on behind. */
	walk.room = s->layout->count + 8;
	s->reading->paragraphs = arena_alloc(s->reading->arena, walk.room * sizeof(*s->reading->paragraphs));
	for (size_t i = 0; i < s->layout->count; i++) {
		const struct block *block = &s->layout->blocks[i];

		foreign = structure_is_foreign(s, block, foreign);
		if (foreign)
			walk_emit(&walk, PART_NOTE, block_text(s->layout, block));
		else
			walk_block(&walk, block);
	}
	masthead_finish(s);
	words_release(&s->words);
}
