/*
 * Mastheads, titles and closing lines: what a resolution says about itself
 * before it begins to speak and after it has ended.
 */
#include <string.h>

#include "reader/structure.h"

#define CLOSING_MAX 200
#define TITLE_STOPS 80 /* bytes: what is longer and ends in a full stop is a sentence */
#define NAME_BYTES 40 /* of a title, in which "Resolution" stands */

static bool masthead_date_at(struct structure *s, size_t i, struct day *ret)
{
	const struct words *words = &s->words;
	const struct phrase *month;
	struct civil civil = { 0 };
	struct slice text, value;
	uint64_t number;
	size_t year;

	if (!words_has(words, i + 2) || !(words->at[i].flags & WORD_NUMBER))
		return false;
	text = word_text(words, i);
	if (!slice_take_number(&text, 31, &number) || text.len > 3)
		return false;
	civil.day = (int)number;
	month = lexicon_at(s->lexicon, words, i + 1, ROLE_BIT(ROLE_MONTH));
	if (month == NULL && words_has(words, i + 3)) /* "21 de julio de 2004" */
		month = lexicon_at(s->lexicon, words, ++i + 1, ROLE_BIT(ROLE_MONTH));
	if (month == NULL)
		return false;
	value = month->value;
	if (!slice_take_number(&value, 12, &number))
		return false;
	civil.month = (int)number;
	year = i + 1 + month->count; /* a Spanish month has its "de" with it */
	if (words_has(words, year + 1) && !(words->at[year].flags & WORD_NUMBER))
		year++;
	text = words_has(words, year) ? word_text(words, year) : SLICE("");
	if (!slice_take_number(&text, 2999, &number) || number < 1900)
		return false;
	civil.year = (int)number;
	return date_from_civil(civil, ret);
}

static bool masthead_date(struct structure *s, struct day *ret)
{
	for (size_t i = 0; i < 60 && words_has(&s->words, i); i++)
		if (masthead_date_at(s, i, ret))
			return true;
	return false;
}

/* What a closing line says. */
struct closing {
	struct slice meeting;
	struct day day;
	bool dated;
};

/* Whether "101st", "Hundred and second" or a blank to be filled in stands before word i of a line. */
static bool masthead_counts(struct structure *s, struct slice text, size_t i)
{
	return (s->words.at[0].flags & WORD_NUMBER) || text.at[0] == '.' || text.at[0] == '_' ||
	    (i > 0 && lexicon_is(s->lexicon, &s->words, i - 1, ROLE_ORDINAL));
}

static bool masthead_reads_closing(struct structure *s, struct slice text, struct closing *ret)
{
	const struct phrase *meeting = NULL;
	size_t end = 0, start = 0;

	if (text.len > CLOSING_MAX || text.len < 6)
		return false;
	structure_words(s, text);
	if (!words_has(&s->words, 0) || words_has(&s->words, 24))
		return false;
	for (size_t i = 0; i < 6 && words_has(&s->words, i) && meeting == NULL; i++) {
		meeting = lexicon_at(s->lexicon, &s->words, i, ROLE_BIT(ROLE_MEETING));
		start = i;
		end = i + (meeting != NULL ? meeting->count : 0);
	}
	if (lexicon_is(s->lexicon, &s->words, 1, ROLE_NOTE))
		return false; /* "87 Ibid., 1621st meeting." */
	*ret = (struct closing){ .meeting = SLICE("") };
	ret->dated = masthead_date(s, &ret->day);
	if (meeting != NULL && ((s->words.at[0].flags & WORD_NUMBER) ||
	        (!words_has(&s->words, end) && masthead_counts(s, text, start)))) {
		ret->meeting = words_range(&s->words, 0, end);
	} else if (meeting == NULL || !ret->dated || words_has(&s->words, 14)) {
		/* A date alone; "by / 30 June 2026;" is the wrapped end of a clause, and its deadline. */
		if (!ret->dated || words_has(&s->words, 5) || !(s->words.at[0].flags & WORD_NUMBER) ||
		    memchr(";,:", text.at[text.len - 1], 3) != NULL)
			return false;
	}
	return true;
}

bool masthead_is_closing(struct structure *s, struct slice text)
{
	struct closing closing;

	return masthead_reads_closing(s, text, &closing);
}

bool masthead_closing(struct structure *s, struct slice text)
{
	struct closing closing;

	if (!masthead_reads_closing(s, text, &closing))
		return false;
	if (s->ended)
		return true;
	if (closing.meeting.len > 0)
		s->reading->meeting = closing.meeting;
	if (closing.dated) {
		s->reading->has_adopted_on = true;
		s->reading->adopted_on = closing.day;
	}
	return true;
}

static bool byte_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Takes "59/157", "S-30/1", "2004/23", "482 (V)", "1540 (2004)", "68/247 A" off the front. */
static bool masthead_number(struct slice *text)
{
	struct slice rest = *text;
	size_t digits = 0, i;

	if (slice_take(&rest, SLICE("S-")) || slice_take(&rest, SLICE("ES-"))) {
		/* a special session */
	}
	while (digits < rest.len && byte_is_digit(rest.at[digits]))
		digits++;
	if (digits == 0 || digits > 4)
		return false;
	rest = slice_from(rest, digits);
	if (slice_take_byte(&rest, '/')) {
		for (i = 0; i < rest.len && byte_is_digit(rest.at[i]);)
			i++;
		if (i == 0)
			return false;
		rest = slice_from(rest, i);
		if (rest.len > 1 && rest.at[0] == ' ' && rest.at[1] >= 'A' && rest.at[1] <= 'Z' &&
		    (rest.len == 2 || rest.at[2] == '.' || rest.at[2] == ' '))
			rest = slice_from(rest, 2);
		*text = rest;
		return true;
	}
	slice_take_byte(&rest, ' ');
	if (rest.len > 2 && rest.at[0] >= 'A' && rest.at[0] <= 'Z' && rest.at[1] == ' ')
		rest = slice_from(rest, 2);
	if (!slice_take_byte(&rest, '('))
		return false;
	i = slice_find_byte(rest, ')') > 0 ? (size_t)slice_find_byte(rest, ')') : 0;
	if (i == 0 || i > 9 || (label_roman(slice_cut(rest, 0, i)) == 0 && !byte_is_digit(rest.at[0]) &&
	        !slice_starts(rest, SLICE("S-")) && !slice_starts(rest, SLICE("ES-"))))
		return false;
	*text = slice_from(rest, i + 1);
	return true;
}

/* The text behind "Resolution " in whatever the language calls it. */
static struct slice masthead_unnamed(struct structure *s, struct slice text)
{
	const struct phrase *name;

	structure_words(s, slice_cut(text, 0, NAME_BYTES));
	name = lexicon_at(s->lexicon, &s->words, 0, ROLE_BIT(ROLE_RESOLUTION));
	return name != NULL && words_has(&s->words, name->count) ? slice_from(text, s->words.at[name->count].at) : text;
}

bool masthead_is_title(struct structure *s, struct slice text)
{
	struct slice rest = masthead_unnamed(s, text);

	const bool named = rest.at != text.at;

	if (!masthead_number(&rest))
		return false;
	slice_skip_blanks(&rest);
	return named || rest.len == 0 || rest.at[0] == '.' || (rest.at[0] >= 'A' && rest.at[0] <= 'Z');
}

/* What stands before the number of a body's resolution, and decision, in its symbol. */
static const struct {
	const char *body, *resolution, *decision; /* NULL: not known */
} prefixes[] = {
	{ "GA", "A/RES/", "A/DEC/" }, { "ECOSOC", "E/RES/", "E/DEC/" }, { "SC", "S/RES/", NULL }, { "HRC", "A/HRC/RES/", "A/HRC/DEC/" },
};

static const char *masthead_prefix(const char *body, bool decision)
{
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (strcmp(prefixes[i].body, body) == 0)
			return decision ? prefixes[i].decision : prefixes[i].resolution;
	return NULL;
}

const char *masthead_symbol_body(struct slice symbol)
{
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
		if (slice_starts_nocase(symbol, slice_of(prefixes[i].resolution)) ||
		    (prefixes[i].decision != NULL && slice_starts_nocase(symbol, slice_of(prefixes[i].decision))))
			return prefixes[i].body;
	return NULL;
}

/* The body that a line names: "Resolution adopted by the General Assembly", "ECOSOC Resolution". */
static const char *masthead_body(struct structure *s)
{
	for (size_t i = 0; i < 12 && words_has(&s->words, i); i++) {
		const struct phrase *opener = lexicon_at(s->lexicon, &s->words, i, ROLE_BIT(ROLE_OPENER));

		if (opener != NULL && opener->value.len > 0)
			return opener->value.at;
	}
	if (words_has(&s->words, 0) && slice_equal_nocase(word_text(&s->words, 0), SLICE("ECOSOC")))
		return "ECOSOC";
	return NULL;
}

static void masthead_symbol(struct structure *s, struct slice text)
{
	static const char *const heads[] = { "A/", "E/", "S/", "UNEP/", "HSP/", "FCCC/", "CTOC/", "CAC/",
		"WHA", "ECE/", "TD/" };
	struct slice rest = text, start;

	if (s->reading->symbol.len > 0 || (s->spoken && s->number.len > 0))
		return;
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		if (slice_starts(text, slice_of(heads[i])) && text.len > strlen(heads[i]) + 2) {
			size_t len = 0, depth = 0;

			while (len < text.len && (text.at[len] != ' ' || depth > 0 ||
			           (len + 1 < text.len && text.at[len + 1] == '(' && byte_is_digit(text.at[len - 1])))) {
				depth += text.at[len] == '(';
				depth -= text.at[len] == ')' && depth > 0;
				len++;
			}
			while (len > 0 && (text.at[len - 1] == '*' || text.at[len - 1] == '.'))
				len--;
			s->reading->symbol = arena_slice(s->reading->arena, slice_cut(text, 0, len));
			return;
		}
	for (size_t i = 0; i < 12 && words_has(&s->words, i); i++) {
		if (i > 0 && !(s->words.at[i].flags & WORD_NUMBER))
			continue;
		if (i > 0 && !lexicon_is(s->lexicon, &s->words, i - 1, ROLE_RESOLUTION))
			continue;
		start = rest = slice_from(text, s->words.at[i].at);
		if (!masthead_number(&rest))
			continue;
		if (s->number.len == 0 || slice_find_byte(s->number, '/') < 0)
			s->number = slice_range(start.at, rest.at);
		return;
	}
}

void masthead_finish(struct structure *s)
{
	struct reading *reading = s->reading;
	const char *prefix = reading->body == NULL ? NULL : masthead_prefix(reading->body, s->told);

	if (reading->symbol.len == 0 && s->number.len > 0 && prefix != NULL)
		reading->symbol = slice_of(arena_printf(reading->arena, "%s%.*s", prefix, SLICE_ARG(s->number)));
}

static void masthead_title(struct structure *s, struct slice text, bool heading)
{
	struct slice rest = masthead_unnamed(s, text);
	const bool numbered = masthead_number(&rest);

	if (numbered) {
		bool dotted = slice_take_byte(&rest, '.');

		text = slice_trim(rest);
		/* "Resolution 307 (1971) of 21 December 1971": the Council gives no title. */
		if (!dotted && text.len > 0 && text.at[0] >= 'a' && text.at[0] <= 'z')
			return;
	}
	/* A sentence is no title, unless it is marked as one; nor is what is left of another resolution. */
	if (text.len == 0 || s->spoken || slice_ends(text, SLICE(";")))
		return;
	if (!heading && text.len > TITLE_STOPS && (slice_ends(text, SLICE(".")) || slice_ends(text, SLICE(":"))))
		return;
	if (s->midway && !numbered)
		return;
	s->reading->title = text;
}

bool masthead_is_heading(struct structure *s)
{
	const struct phrase *name = lexicon_at(s->lexicon, &s->words, 0, ROLE_BIT(ROLE_RESOLUTION));

	return name != NULL && !words_has(&s->words, name->count);
}

enum part masthead_line(struct structure *s, const struct block *block, struct slice text)
{
	const char *body;
	struct day day;
	bool masthead;

	structure_words(s, slice_cut(text, 0, 400));
	if (!words_has(&s->words, 0))
		return PART_NOTE;
	body = masthead_body(s);
	masthead = lexicon_is(s->lexicon, &s->words, 0, ROLE_MASTHEAD) || text.at[0] == '[' ||
	    (body != NULL && !words_has(&s->words, 7) && lexicon_is(s->lexicon, &s->words, 1, ROLE_RESOLUTION));
	if (body != NULL && (masthead || s->reading->body == NULL))
		s->reading->body = arena_text(s->reading->arena, slice_of(body));
	masthead_symbol(s, text);
	if (masthead && masthead_date(s, &day) && !s->reading->has_adopted_on) {
		s->reading->has_adopted_on = true;
		s->reading->adopted_on = day;
	}
	/* "of 29 April 1991", below the number */
	if (text.at[0] >= 'a' && text.at[0] <= 'z' && !words_has(&s->words, 6) && masthead_date(s, &day)) {
		if (!s->reading->has_adopted_on && !s->spoken) {
			s->reading->has_adopted_on = true;
			s->reading->adopted_on = day;
		}
		return PART_NOTE;
	}
	/* "30 January 2018" by itself: when the document was issued, and no title. */
	if (text.at[0] >= '0' && text.at[0] <= '9' && !words_has(&s->words, 4) && masthead_date(s, &day))
		return PART_NOTE;
	if (block->note || (masthead && !masthead_is_title(s, text)) || text.len > 600 || masthead_is_heading(s))
		return PART_NOTE;
	masthead_title(s, text, block->heading);
	return PART_TITLE;
}
