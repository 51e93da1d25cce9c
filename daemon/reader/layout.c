/*
 * Lines to blocks. One pass to learn how the text is wrapped, one to decide for
 * each line whether it goes on with the block before it, and one to write the
 * blocks out. Every decision looks at the start of the line and the end of the
 * block only, so that the work is linear.
 */
#include "reader/layout.h"

#include <string.h>

#include "base/alloc.h"
#include "reader/furniture.h"

#define LINE_HEAD 80    /* bytes of a line that its beginning is judged by */
#define BODY_LENGTH 120 /* a block this long is no heading */

struct piece {
	uint32_t at, len, next; /* next is an index + 1 */
};

struct line {
	struct slice text; /* what is left when bullet, quote and label are off */
	size_t width;      /* of the whole line */
	struct label label;
	bool bullet, quoted, heading;
	bool starts;       /* begins as a paragraph does: operative verb, participle, opener */
	bool stands;       /* a meeting, an annex: never part of what precedes */
	bool opener;
};

struct layouter {
	const struct lexicon *lexicon;
	struct slice clean;
	struct layout *out;
	struct piece *pieces;
	size_t piece_count, piece_room;
	struct words words;
	struct furniture furniture;
	size_t width;       /* of full lines, where the text is wrapped */
	bool wrapped;
	size_t gap;         /* blank lines since the last text */
	bool interrupted;   /* furniture or a footnote since the last text */
	ptrdiff_t open;     /* the block that a line may go on with, or -1 */
	ptrdiff_t note;     /* the footnote that a line may go on with, or -1 */
	size_t last_width;
	bool body;          /* of the open block */
	size_t lower_starts; /* paragraphs so far that began as one does, but in lower case ("noting …") */
};

struct slice block_text(const struct layout *layout, const struct block *block)
{
	(void)layout;
	return block->text;
}

void layout_drop_blocks(struct layout *layout)
{
	free(layout->blocks);
	layout->blocks = NULL;
	layout->count = layout->room = 0;
}

void layout_release(struct layout *layout)
{
	layout_drop_blocks(layout);
	text_release(&layout->text);
	*layout = (struct layout){ 0 };
}

static bool byte_is_lower(struct slice text)
{
	if (text.len == 0)
		return false;
	return (text.at[0] >= 'a' && text.at[0] <= 'z') ||
	    (text.len > 1 && (unsigned char)text.at[0] == 0xC3 && (unsigned char)text.at[1] >= 0x9F);
}

static char slice_last(struct slice text)
{
	return text.len == 0 ? '\0' : text.at[text.len - 1];
}

/* The mark that a text ends in, looking through closing quotes, brackets and glued note marks. */
static char line_end_mark(struct slice text)
{
	while (text.len > 0) {
		unsigned char last = (unsigned char)slice_last(text);

		if (last == '"' || last == ')' || last == ']' || last == ' ') {
			text.len--;
		} else if (text.len > 3 && (unsigned char)text.at[text.len - 3] == 0xE2 &&
		    (unsigned char)text.at[text.len - 2] == 0x80) {
			text.len -= 3;
		} else if (last >= '0' && last <= '9' && text.len > 1 &&
		    memchr(";,.:", text.at[text.len - 2], 4) != NULL) {
			text.len--;
		} else {
			return (char)last;
		}
	}
	return '\0';
}

static bool mark_ends(char mark)
{
	return mark == '.' || mark == ';' || mark == ':' || mark == '!' || mark == '?';
}

static bool slice_take_quote(struct slice *text)
{
	if (text->len > 1 && text->at[0] == '\'' && text->at[1] >= 'A' && text->at[1] <= 'Z')
		return slice_take_byte(text, '\'');
	return slice_take_byte(text, '"') || slice_take(text, SLICE("\xE2\x80\x9C")) ||
	    slice_take(text, SLICE("\xE2\x80\x9E")) || slice_take(text, SLICE("\xC2\xAB")) ||
	    slice_take(text, SLICE("\xE2\x80\x98")) || slice_take(text, SLICE("\xE2\x80\x9F"));
}

static bool slice_has_closing(struct slice text)
{
	return slice_find_byte(text, '"') >= 0 || memmem(text.at, text.len, "\xE2\x80\x9D", 3) != NULL ||
	    memmem(text.at, text.len, "\xC2\xBB", 2) != NULL;
}

static void line_strip_bullet(struct line *line)
{
	static const char *const bullets[] = { "- ", "* ", ". ", "+ ", "\xE2\x80\xA2", "\xC2\xB7", "\xE2\x80\x93 ",
		"\xE2\x80\x94 ", "\xE2\x96\xAA", "\xEF\x82\xB7" };

	while (line->text.len > 1 && (line->text.at[0] == '#' || (line->text.at[0] == '>' && line->text.at[1] == ' '))) {
		line->heading |= line->text.at[0] == '#';
		line->text = slice_trim(slice_from(line->text, 1));
	}
	for (size_t i = 0; i < sizeof(bullets) / sizeof(bullets[0]); i++)
		if (slice_take(&line->text, slice_of(bullets[i]))) {
			line->bullet = true;
			break;
		}
	line->text = slice_trim(line->text);
}

/* Takes the label off the line, but for "118a. sesión plenaria", which is an ordinal. */
static void line_take_label(struct layouter *l, struct line *line)
{
	const struct slice whole = line->text;
	char last;

	if (!label_take(&line->text, &line->label) || line->label.kind != LABEL_NUMBER)
		return;
	last = label_core(&line->label).at[line->label.core_len - 1];
	if (last >= '0' && last <= '9')
		return;
	lexicon_head(l->lexicon, slice_cut(line->text, 0, LINE_HEAD), &l->words);
	if (!lexicon_is(l->lexicon, &l->words, 0, ROLE_MEETING))
		return;
	line->text = whole;
	line->label = (struct label){ .kind = LABEL_NONE };
}

/* Takes off what stands before the words, and looks at the first of them. */
static void line_look(struct layouter *l, struct slice text, struct line *ret)
{
	struct line line = { .text = text, .width = text.len };
	struct slice before, head;
	const struct phrase *annex;
	const uint64_t starters = ROLE_BIT(ROLE_THIRD) | ROLE_BIT(ROLE_PARTICIPLE) | ROLE_BIT(ROLE_PREAMBLE) |
	    ROLE_BIT(ROLE_OPENER);
	size_t i = 0;

	line_strip_bullet(&line);
	before = line.text;
	if (slice_take_quote(&line.text)) {
		line.quoted = true;
		slice_skip_blanks(&line.text); /* "\xE2\x80\x9C 1. Notes" */
	}
	if (line.text.len > 0 && line.text.at[0] == '*' && line.text.len > 1 && line.text.at[1] != ' ')
		line.text = slice_from(line.text, 1);
	line_take_label(l, &line);
	if (line.quoted && line.label.kind == LABEL_NONE && slice_has_closing(line.text) &&
	    !slice_ends(line.text, SLICE("\"")) && !slice_ends(line.text, SLICE("\xE2\x80\x9D"))) {
		line.text = before;
		line.quoted = false;
	}
	if (line.label.kind != LABEL_NONE)
		slice_take_quote(&line.text);
	head = slice_cut(line.text, 0, LINE_HEAD);
	lexicon_head(l->lexicon, head, &l->words);
	while (i < 4 && lexicon_is(l->lexicon, &l->words, i, ROLE_MODIFIER))
		i++;
	line.starts = lexicon_at(l->lexicon, &l->words, i, starters) != NULL ||
	    lexicon_at(l->lexicon, &l->words, 0, starters) != NULL ||
	    (words_has(&l->words, 0) && !byte_is_lower(head) &&
	        lexicon_is_participle(l->lexicon, word_text(&l->words, 0)));
	line.opener = lexicon_is(l->lexicon, &l->words, 0, ROLE_OPENER);
	for (i = 0; line.text.len < 80 && i < 4 && words_has(&l->words, i); i++)
		if (lexicon_is(l->lexicon, &l->words, i, ROLE_MEETING) && i > 0 &&
		    (l->words.at[0].flags & WORD_NUMBER))
			line.stands = true;
	annex = lexicon_at(l->lexicon, &l->words, 0, ROLE_BIT(ROLE_ANNEX));
	if (line.text.len < 40 && annex != NULL && (annex->value.len == 0 || !words_has(&l->words, annex->count)))
		line.stands = true;
	/* The date below a resolution; "30 June 2026;" is the wrapped end of a clause. */
	if (line.text.len < 40 && words_has(&l->words, 1) && (l->words.at[0].flags & WORD_NUMBER) &&
	    lexicon_is(l->lexicon, &l->words, 1, ROLE_MONTH) && memchr(";,:.", slice_last(line.text), 4) == NULL)
		line.stands = true;
	*ret = line;
}

/* Whether the last word can't end a paragraph: "of the". */
static bool layout_hangs(struct layouter *l, struct slice tail, bool lower)
{
	tail = slice_from(tail, tail.len > 40 ? tail.len - 40 : 0);
	lexicon_words(l->lexicon, tail, &l->words);
	if (l->words.count == 0 || l->words.gap_end != 0)
		return false;
	/* "…; and": the last but one of a list ends so. */
	if (!lower && (l->words.at[l->words.count - 1].gap & GAP_SEMICOLON))
		return false;
	return lexicon_at(l->lexicon, &l->words, l->words.count - 1,
	        ROLE_BIT(ROLE_NEVER) | ROLE_BIT(ROLE_JOINER) | ROLE_BIT(ROLE_INFINITIVE) |
	            ROLE_BIT(ROLE_ARTICLE)) != NULL;
}

static struct slice layout_tail(const struct layouter *l)
{
	const struct piece *last = &l->pieces[l->out->blocks[l->open].last - 1];

	return slice_cut(l->clean, last->at, last->at + last->len);
}

static bool layout_goes_on_adjacent(struct layouter *l, const struct line *line, char mark)
{
	bool lower = byte_is_lower(line->text), ends = mark_ends(mark) || mark == ',';

	if (line->starts && ends)
		return false;
	if (!l->wrapped) {
		if (lower)
			return !line->starts && (mark == ',' || !mark_ends(mark));
		return !ends && l->body && !line->starts;
	}
	if (line->starts && !lower && l->body && l->last_width * 2 < l->width)
		return false;
	if (lower || mark == ',')
		return true;
	if (mark == ';' || mark == ':')
		return false;
	if (mark == '.')
		return l->body && l->last_width * 10 >= l->width * 8;
	return l->body ? true : l->last_width * 10 >= l->width * 6;
}

static bool layout_goes_on(struct layouter *l, const struct line *line)
{
	struct slice tail;
	bool lower = byte_is_lower(line->text);
	char mark;

	if (l->open < 0 || line->label.kind != LABEL_NONE || line->bullet || line->heading || line->quoted ||
	    line->stands || line->text.len == 0)
		return false;
	/* A label alone on its line. */
	if (l->out->blocks[l->open].first == 0)
		return true;
	if (l->out->blocks[l->open].heading)
		return false;
	tail = layout_tail(l);
	mark = line_end_mark(tail);
	if (l->gap == 0 && !l->interrupted)
		return layout_goes_on_adjacent(l, line, mark);
	if (mark_ends(mark) || line->opener || (line->starts && (!lower || mark == ',' || l->lower_starts > 1)))
		return false;
	if (!l->body)
		return lower && !line->starts && tail.len > 20;
	if (mark == ',')
		return lower;
	return lower || layout_hangs(l, tail, lower) || (l->interrupted && l->wrapped);
}

static void layout_add_piece(struct layouter *l, struct block *block, struct slice text)
{
	struct piece *piece;

	if (text.len == 0)
		return;
	if (l->piece_count == l->piece_room) {
		l->piece_room += l->piece_room / 2 + 64;
		l->pieces = xreallocarray(l->pieces, l->piece_room, sizeof(*l->pieces));
	}
	piece = &l->pieces[l->piece_count++];
	*piece = (struct piece){ (uint32_t)(text.at - l->clean.at), (uint32_t)text.len, 0 };
	if (block->last != 0)
		l->pieces[block->last - 1].next = (uint32_t)l->piece_count;
	else
		block->first = (uint32_t)l->piece_count;
	block->last = (uint32_t)l->piece_count;
}

static struct block *layout_new_block(struct layouter *l, const struct line *line)
{
	struct layout *out = l->out;

	if (out->count == out->room) {
		out->room += out->room / 2 + 16;
		out->blocks = xreallocarray(out->blocks, out->room, sizeof(*out->blocks));
	}
	out->blocks[out->count] = (struct block){ .label = line->label, .bullet = line->bullet,
		.quoted = line->quoted, .heading = line->heading };
	return &out->blocks[out->count++];
}

static void layout_note(struct layouter *l, struct slice text)
{
	struct line line = { .text = text };
	struct block *block = layout_new_block(l, &line);

	block->note = true;
	layout_add_piece(l, block, text);
	l->note = (ptrdiff_t)l->out->count - 1;
	l->interrupted = true;
}

static void layout_text(struct layouter *l, struct slice text)
{
	struct line line;
	struct block *block;

	line_look(l, text, &line);
	if (layout_goes_on(l, &line)) {
		block = &l->out->blocks[l->open];
	} else {
		/* An empty label is forgotten. */
		if (l->open >= 0 && l->open + 1 == (ptrdiff_t)l->out->count && l->out->blocks[l->open].first == 0)
			l->out->count--;
		block = layout_new_block(l, &line);
		l->open = (ptrdiff_t)l->out->count - 1;
		l->lower_starts += line.starts && l->gap > 0 && line.label.kind == LABEL_NONE && byte_is_lower(line.text);
		l->body = (line.label.kind != LABEL_NONE && line.label.kind != LABEL_UPPER) || line.starts;
	}
	layout_add_piece(l, block, line.text);
	l->body |= line.width > BODY_LENGTH || (block->first != 0 &&
	    l->pieces[block->last - 1].at - l->pieces[block->first - 1].at > BODY_LENGTH);
	l->furniture.any_body |= l->body;
	l->last_width = line.width;
	l->gap = 0;
	l->interrupted = false;
	l->note = -1;
}

/* rest: the lines below. */
static void layout_line(struct layouter *l, struct slice text, struct slice rest)
{
	switch (furniture_kind(&l->furniture, text, rest, l->gap, l->note >= 0)) {
	case LINE_BLANK:
		l->gap++;
		l->note = -1;
		return;
	case LINE_RULE:
		l->interrupted = true;
		return;
	case LINE_NOTE:
		layout_note(l, text);
		return;
	case LINE_FURNITURE:
		/* Kept at the head of a text: the symbol may stand there. */
		if (!l->furniture.any_body && l->open < 0)
			layout_note(l, text);
		l->note = -1;
		l->interrupted = true;
		return;
	case LINE_TEXT:
		if (l->note >= 0 && l->wrapped) {
			layout_add_piece(l, &l->out->blocks[l->note], text);
			return;
		}
		layout_text(l, text);
		return;
	}
}

/* Is the text wrapped at a width? Then lines begin in the middle of sentences. */
static void layout_measure(struct layouter *l)
{
	struct slice rest = l->clean, line, previous = SLICE("");
	size_t lines = 0, cut = 0, widths = 0;

	while (slice_take_until(&rest, '\n', &line)) {
		line = slice_trim(line);
		if (line.len > 0) {
			lines++;
			if (previous.len > 40 && previous.len < 200 && byte_is_lower(line) &&
			    !mark_ends(line_end_mark(previous))) {
				cut++;
				widths += previous.len;
			}
		}
		previous = line;
	}
	l->wrapped = cut * 8 > lines && cut > 2;
	l->width = cut > 0 ? widths / cut : 200;
}

/* A hyphen at a line's end goes when a lower-case letter follows. */
static bool layout_dehyphenates(struct slice before, struct slice after)
{
	return before.len > 2 && slice_last(before) == '-' && before.at[before.len - 2] >= 'a' &&
	    before.at[before.len - 2] <= 'z' && byte_is_lower(after);
}

static struct slice piece_text(const struct layouter *l, const struct piece *piece)
{
	return slice_cut(l->clean, piece->at, piece->at + piece->len);
}

static struct slice layout_join(struct layouter *l, const struct block *block)
{
	struct text *text = &l->out->text;
	const size_t start = text->len;

	for (uint32_t at = block->first; at != 0; at = l->pieces[at - 1].next) {
		const struct piece *piece = &l->pieces[at - 1];
		const struct piece *next = piece->next != 0 ? &l->pieces[piece->next - 1] : NULL;
		bool drop = next != NULL && layout_dehyphenates(piece_text(l, piece), piece_text(l, next));

		text_append(text, l->clean.at + piece->at, drop ? piece->len - 1 : piece->len, piece->at);
		if (next != NULL && !drop)
			text_append(text, " ", 1, piece->at + piece->len);
	}
	return slice_cut((struct slice){text->at, text->len}, start, text->len);
}

/* How much room the blocks of several pieces need: they may not move once they are pointed to. */
static size_t layout_joined(const struct layouter *l)
{
	size_t len = 0;

	for (size_t i = 0; i < l->out->count; i++) {
		const struct block *block = &l->out->blocks[i];

		if (block->first != block->last)
			for (uint32_t at = block->first; at != 0; at = l->pieces[at - 1].next)
				len += l->pieces[at - 1].len + 1;
	}
	return len;
}

/* A block of one piece stays where it is. */
static void layout_write(struct layouter *l)
{
	struct layout *out = l->out;

	out->text.room = layout_joined(l);
	out->text.at = xmalloc(out->text.room + 1);
	for (size_t i = 0; i < out->count; i++) {
		struct block *block = &out->blocks[i];

		if (block->first != block->last)
			block->text = layout_join(l, block);
		else if (block->first != 0)
			block->text = piece_text(l, &l->pieces[block->first - 1]);
		else
			block->text = SLICE("");
	}
}

void layout_read(const struct lexicon *lexicon, struct slice clean, struct layout *ret)
{
	struct layouter l = { .lexicon = lexicon, .clean = clean, .out = ret, .open = -1, .note = -1,
		.furniture = { .lexicon = lexicon } };
	struct slice rest = clean, line;

	*ret = (struct layout){ 0 };
	layout_measure(&l);
	while (slice_take_until(&rest, '\n', &line))
		layout_line(&l, slice_trim(line), rest);
	layout_write(&l);
	free(l.pieces);
	words_release(&l.words);
	furniture_release(&l.furniture);
}
