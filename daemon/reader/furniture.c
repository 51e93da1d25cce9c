/*
 * Lines that are no text: rules, page furniture and footnotes. A footnote is told by
 * its mark and its first words, or because the notes around it are numbered on from
 * or to it; its mark may stand alone on the line above, as PDFs give it.
 */
#include "reader/furniture.h"

#include <string.h>

#include "reader/label.h"

#define LINE_HEAD 80      /* bytes of a line that its beginning is judged by */
#define FURNITURE_MOST 80 /* bytes of a line that may be furniture */

static char slice_last(struct slice text)
{
	return text.len == 0 ? '\0' : text.at[text.len - 1];
}

/* "____", "-----", "* * *", "|---|". */
static bool line_is_rule(struct slice text)
{
	size_t marks = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (memchr("_-=*~|:. ", text.at[i], 9) == NULL)
			return false;
		marks += text.at[i] != ' ' && text.at[i] != '.';
	}
	return marks >= 3;
}

/* "A/RES/73/3", "2/5", "24-12345 (E)", "*2412345*", "- 7 -", "/...". */
static bool line_is_code(struct slice text)
{
	size_t digits = 0, lower = 0, upper = 0, slashes = 0;

	if (text.len > 40)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		digits += c >= '0' && c <= '9';
		lower += c >= 'a' && c <= 'z';
		upper += c >= 'A' && c <= 'Z';
		slashes += c == '/';
	}
	if (slashes > 0 && digits == 0 && upper == 0 && lower == 0)
		return true;
	if (digits == 0 || slice_last(text) == ',' || slice_last(text) == ';')
		return false;
	if (slashes > 0)
		return lower <= 3 && (upper > 0 || slashes == 1) && memchr(text.at, '.', text.len) !=
		    text.at + text.len - 1 && digits + upper + lower + slashes + 8 >= text.len;
	return upper <= 3 && lower == 0 && digits + 6 >= text.len && slice_last(text) != '.' &&
	    slice_last(text) != ')' && (upper == 0 || digits >= 5);
}

/* Bytes, but for blanks that move a page's number to the edge. */
static size_t line_width(struct slice text)
{
	size_t width = 0;

	for (size_t i = 0; i < text.len && width <= FURNITURE_MOST; i++)
		width += text.at[i] != ' ' || text.at[i - 1] != ' ';
	return width;
}

static bool line_is_furniture(struct furniture *f, struct slice text)
{
	size_t covered = 0, unknown = 0, i = 0; /* more than one unknown word: it is text */
	const struct phrase *phrase;
	const char last = slice_last(text);
	struct label label;

	if (line_is_code(text))
		return true;
	if (line_width(text) > FURNITURE_MOST)
		return false;
	/* "IX. Resolutions adopted on the reports …  223" */
	if (last >= '0' && last <= '9' && text.at[0] >= 'A' && text.at[0] <= 'Z')
		label_take(&text, &label);
	lexicon_head(f->lexicon, text, &f->words);
	while (unknown < 2 && words_has(&f->words, i)) {
		phrase = lexicon_at(f->lexicon, &f->words, i, ROLE_BIT(ROLE_FURNITURE));
		covered += phrase != NULL;
		unknown += phrase == NULL && !(f->words.at[i].flags & WORD_NUMBER);
		i += phrase != NULL ? phrase->count : 1;
	}
	return covered > 0 && unknown == 0 ? true : covered > 1 && unknown == 1 && !words_has(&f->words, 7);
}

/* The length of a footnote's mark: "¹ ", "[12] ", "1/ ", "79 ". */
static size_t line_note_mark(struct slice text, bool *ret_sure)
{
	size_t i = 0, digits = 0;

	*ret_sure = true;
	while (i + 1 < text.len && (unsigned char)text.at[i] == 0xC2 &&
	    memchr("\xB9\xB2\xB3", text.at[i + 1], 3) != NULL)
		i += 2;
	while (i + 2 < text.len && (unsigned char)text.at[i] == 0xE2 && (unsigned char)text.at[i + 1] == 0x81)
		i += 3;
	if (i > 0)
		return i;
	if (text.at[0] == '[')
		i++;
	while (i < text.len && text.at[i] >= '0' && text.at[i] <= '9') {
		i++;
		digits++;
	}
	if (digits == 0 || digits > 3 || i >= text.len)
		return 0;
	if (text.at[0] == '[')
		return text.at[i] == ']' ? i + 1 : 0;
	if (text.at[i] == '/' && i + 1 < text.len && text.at[i + 1] == ' ')
		return i + 1;
	*ret_sure = false;
	return text.at[i] == ' ' ? i : 0;
}

static unsigned line_number(struct slice text)
{
	uint64_t number;

	return slice_take_number(&text, 999, &number) ? (unsigned)number : 0;
}

static bool line_is_lower(struct slice text)
{
	return text.len > 0 && text.at[0] >= 'a' && text.at[0] <= 'z';
}

/* Whether the words at hand, behind a footnote's mark, may be one's: no verb and no month begins it. */
static bool note_may_begin(const struct furniture *f)
{
	return words_has(&f->words, 0) &&
	    lexicon_at(f->lexicon, &f->words, 0, ROLE_BIT(ROLE_MONTH) | ROLE_BIT(ROLE_THIRD)) == NULL;
}

/* "18 See …" behind "17 The matter has been before the Council …": the first that is not blank. */
static bool note_next_is_numbered_on(struct furniture *f, struct slice rest, unsigned number)
{
	struct slice line = SLICE("");
	bool sure;
	size_t mark;

	while (line.len == 0 && slice_take_until(&rest, '\n', &line))
		line = slice_trim(line);
	if (line_number(line) != number + 1)
		return false;
	mark = line_note_mark(line, &sure);
	if (mark == 0 || sure)
		return mark > 0;
	lexicon_head(f->lexicon, slice_cut(slice_trim(slice_from(line, mark)), 0, LINE_HEAD), &f->words);
	return note_may_begin(f) && lexicon_is(f->lexicon, &f->words, 0, ROLE_NOTE);
}

static bool line_is_note(struct furniture *f, struct slice text, struct slice rest, bool in_note)
{
	unsigned number;
	bool sure;
	size_t mark;

	if (text.len < 4)
		return false;
	mark = line_note_mark(text, &sure);
	if (mark == 0 || sure)
		return mark > 0;
	number = line_number(text);
	/* "… Johannesburg, South Africa, / 26 August to 4 September 2002": the note goes on */
	if (in_note && f->note > 0 && number != f->note + 1)
		return false;
	text = slice_cut(slice_trim(slice_from(text, mark)), 0, LINE_HEAD);
	lexicon_head(f->lexicon, text, &f->words);
	if (!note_may_begin(f))
		return false;
	if (f->ruled || (f->any_body && lexicon_is(f->lexicon, &f->words, 0, ROLE_NOTE)))
		return true;
	if (!f->any_body || line_is_lower(text))
		return false;
	return (f->note > 0 && number == f->note + 1) || note_next_is_numbered_on(f, rest, number);
}

/* Below a mark alone on its line: "Document A/66/19." and not the text below a page's number. */
static bool line_is_marked_note(struct furniture *f, struct slice text)
{
	const struct phrase *begins;

	if (text.len < 4 || line_is_lower(text))
		return false;
	lexicon_head(f->lexicon, slice_cut(text, 0, LINE_HEAD), &f->words);
	if (!note_may_begin(f) || lexicon_is(f->lexicon, &f->words, 0, ROLE_OPENER))
		return false;
	if (f->note > 0 && f->mark == f->note + 1)
		return true;
	begins = lexicon_at(f->lexicon, &f->words, 0, ROLE_BIT(ROLE_NOTE));
	if (begins == NULL || lexicon_is(f->lexicon, &f->words, 0, ROLE_ARTICLE))
		return false;
	return begins->count > 1 || word_text(&f->words, 0).len > 1 || text.at[1] == '/';
}

/* The number of a mark alone on its line, which a page's number is too. */
static unsigned line_lone_mark(struct slice text)
{
	uint64_t number;

	return slice_take_number(&text, 999, &number) && text.len == 0 ? (unsigned)number : 0;
}

static enum line_kind furniture_line(struct furniture *f, struct slice line, struct slice rest, bool in_note)
{
	if (line.len == 0)
		return LINE_BLANK;
	if (line_is_rule(line))
		return LINE_RULE;
	if (f->mark > 0 && line_is_marked_note(f, line)) {
		f->note = f->mark;
		return LINE_NOTE;
	}
	if (line_is_note(f, line, rest, in_note)) {
		f->note = line_number(line);
		return LINE_NOTE;
	}
	return line_is_furniture(f, line) ? LINE_FURNITURE : LINE_TEXT;
}

enum line_kind furniture_kind(struct furniture *f, struct slice line, struct slice rest, size_t blanks, bool in_note)
{
	enum line_kind kind = furniture_line(f, line, rest, in_note);

	f->mark = kind == LINE_FURNITURE && f->any_body && blanks > 0 ? line_lone_mark(line) : 0;
	if (kind == LINE_TEXT && !in_note)
		f->note = 0;
	if (kind == LINE_RULE || kind == LINE_FURNITURE)
		f->ruled = kind == LINE_RULE;
	return kind;
}

void furniture_release(struct furniture *furniture)
{
	words_release(&furniture->words);
}
