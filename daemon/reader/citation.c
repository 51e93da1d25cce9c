/*
 * Citations: one walk over the words that were cut already. Only words of three
 * kinds are looked at twice: "resolution", the names of bodies, and capitals
 * before a slash.
 */
#include "reader/citation.h"

#include <stdio.h>
#include <string.h>

#include "reader/symbol.h"

#define RANGE_MAX 20

/* What is known of one mention of "resolution" while its numbers are read. */
struct mention {
	struct citer *citer;
	const struct words *words;
	size_t paragraph;
	const char *body;  /* named beside it; NULL: none; "": one that is not known */
	const char *named; /* the last one named before it in the paragraph, NULL: none */
	bool decision;
};

static bool body_is(const char *body, const char *code)
{
	return body != NULL && strcmp(body, code) == 0;
}

static const struct lexicon *mention_lexicon(const struct mention *m)
{
	return m->citer->structure->lexicon;
}

/* The first word at or behind a byte, from word i on. */
static size_t words_after(const struct words *words, size_t i, size_t byte)
{
	while (i < words->count && words->at[i].at < byte)
		i++;
	return i;
}

/* The text from word i on. */
static struct slice words_rest(const struct words *words, size_t i)
{
	return i < words->count ? slice_from(words->text, words->at[i].at) : SLICE("");
}

static size_t words_byte(const struct words *words, struct slice rest)
{
	return (size_t)(rest.at - words->text.at);
}

static const char *council_of(const struct mention *m, const struct number *number)
{
	const char *last = m->citer->council;

	switch (number->form) {
	case NUMBER_YEAR: return "SC";
	case NUMBER_YEAR_FIRST: return "ECOSOC";
	case NUMBER_ROMAN: return body_is(last, "TC") ? "TC" : "ECOSOC";
	default: return "HRC";
	}
}

/* Whose number it is when nobody is named beside it. */
static const char *body_by_form(const struct mention *m, const struct number *number)
{
	const char *speaker = m->citer->structure->reading->paragraphs[m->paragraph].speaker;
	bool silent = speaker == NULL || *speaker == '\0' || body_is(speaker, "ASSEMBLY");

	switch (number->form) {
	case NUMBER_YEAR: return "SC";
	case NUMBER_YEAR_FIRST:
		return body_is(speaker, "CHR") || body_is(m->named, "CHR") ? "CHR" : "ECOSOC";
	case NUMBER_ROMAN:
		if (body_is(speaker, "TC") || body_is(speaker, "ECOSOC"))
			return speaker;
		/* The Assembly's Roman sessions end with (XXX). */
		return number->special || number->session <= 30 ? "GA" : "ECOSOC";
	case NUMBER_SPECIAL:
		return number->head[0] == 'S' && body_is(speaker, "HRC") ? "HRC" : "GA";
	case NUMBER_SESSION: break;
	}
	if (body_is(speaker, "HRC") || (body_is(speaker, "COUNCIL") && number->session < 31))
		return "HRC";
	if (number->session < 31)
		return "";
	return silent || body_is(speaker, "GA") || body_is(speaker, "ECOSOC") || body_is(speaker, "SC") ? "GA" : "";
}

struct series {
	const char *body, *resolution, *decision;
	unsigned forms;
};

#define FORM(form) (1U << (form))

/* The official beginnings, and the forms of number that the body has ever used. */
static const struct series *series_of(const char *body)
{
	static const struct series all[] = {
		{ "GA", "A/RES/", "A/DEC/", FORM(NUMBER_SESSION) | FORM(NUMBER_SPECIAL) | FORM(NUMBER_ROMAN) },
		{ "ECOSOC", "E/RES/", "E/DEC/", FORM(NUMBER_YEAR_FIRST) | FORM(NUMBER_ROMAN) },
		{ "SC", "S/RES/", NULL, FORM(NUMBER_YEAR) },
		{ "HRC", "A/HRC/RES/", "A/HRC/DEC/", FORM(NUMBER_SESSION) | FORM(NUMBER_SPECIAL) },
		{ "CHR", "E/CN.4/RES/", "E/CN.4/DEC/", FORM(NUMBER_YEAR_FIRST) },
		{ "TC", "T/RES/", NULL, FORM(NUMBER_ROMAN) },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (body_is(body, all[i].body))
			return &all[i];
	return NULL;
}

static struct slice mention_symbol(const struct mention *m, const struct number *number)
{
	const char *body = m->body, *prefix;
	const struct series *series;
	char text[NUMBER_MAX];

	if (body == NULL)
		body = body_by_form(m, number);
	else if (body_is(body, "ASSEMBLY"))
		body = "GA";
	else if (body_is(body, "COUNCIL"))
		body = council_of(m, number);
	series = series_of(body);
	/* "the Committee under resolution 1267 (1999)": the name beside it cannot be whose it is. */
	if (series != NULL ? (series->forms & FORM(number->form)) == 0 : number->form == NUMBER_YEAR)
		series = series_of(body_by_form(m, number));
	if (series == NULL)
		return SLICE("");
	prefix = m->decision ? series->decision : series->resolution;
	if (prefix == NULL)
		return SLICE("");
	number_format(number, text);
	return slice_of(arena_printf(m->citer->structure->reading->arena, "%s%s", prefix, text));
}

static struct citation *citer_push(struct citer *citer, struct slice text, size_t paragraph)
{
	struct reading *reading = citer->structure->reading;
	struct citation *citation = arena_push(reading->arena, (void **)&reading->citations,
	    &reading->citation_count, &citer->room, sizeof(*citation));

	*citation = (struct citation){ .text = text, .where = structure_span(citer->structure, text),
		.paragraph = paragraph };
	return citation;
}

static void mention_push(struct mention *m, const struct number *number, struct slice text)
{
	struct slice symbol = mention_symbol(m, number);

	citer_push(m->citer, text, m->paragraph)->symbol = symbol;
}

/* "of 15 November 2000" from word i on: the word behind it, or i where there is no date. */
static size_t date_at(const struct lexicon *lexicon, const struct words *words, size_t i, struct civil *ret)
{
	size_t at = i, links = 0;
	const struct phrase *month;
	struct slice text;
	uint64_t day, n, year;

	for (; at < words->count && links < 3 && !(words->at[at].flags & WORD_NUMBER); at++, links++)
		if (words->at[at].len > 4 || (words->at[at].gap & ~(links == 0 ? GAP_COMMA | GAP_CLOSE : 0)) != 0)
			return i;
	text = at < words->count && links > 0 ? word_text(words, at) : SLICE("");
	if (!slice_take_number(&text, 31, &day) || text.len > 3 || words->at[at].gap != 0)
		return i;
	at++;
	if (lexicon_at(lexicon, words, at, ROLE_BIT(ROLE_MONTH)) == NULL)
		at++; /* "15 de noviembre" */
	month = lexicon_at(lexicon, words, at, ROLE_BIT(ROLE_MONTH));
	if (month == NULL)
		return i;
	text = month->value;
	if (!slice_take_number(&text, 12, &n))
		return i;
	at += month->count;
	if (at < words->count && !(words->at[at].flags & WORD_NUMBER))
		at++; /* "noviembre de 2000" */
	text = at < words->count ? word_text(words, at) : SLICE("");
	if (!slice_take_number(&text, 2999, &year) || year < 1900 || text.len > 0)
		return i;
	*ret = (struct civil){ (int)year, (int)n, (int)day };
	return at + 1;
}

static void citer_warn(struct citer *citer, const struct citation *citation, const char *message)
{
	struct reading *reading = citer->structure->reading;
	struct warning *warning = arena_push(reading->arena, (void **)&reading->warnings,
	    &reading->warning_count, &citer->warning_room, sizeof(*warning));

	*warning = (struct warning){ citation->where, slice_of(message) };
}

static const char *ordinal_ending(int n)
{
	if (n % 100 >= 11 && n % 100 <= 13)
		return "th";
	return n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th";
}

/* The Assembly's session n begins in September of 1945 + n (the first: in January 1946). */
static void session_check(struct citer *citer, const struct citation *citation, int session, struct civil date)
{
	int begins = 1945 + session, month = date.year * 12 + date.month;
	bool before = month < begins * 12 + 9 && !(session == 1 && date.year == 1946);

	if (before || month > (begins + 1) * 12 + 9)
		citer_warn(citer, citation, arena_printf(citer->structure->reading->arena,
		    "cites %.*s, but the %d%s session %s in September %d", SLICE_ARG(citation->text), session,
		    ordinal_ending(session), before ? "began" : "ended", before ? begins : begins + 1));
}

/* The date that a number is given with must be possible for it: warns where it is not. */
static void date_check(struct citer *citer, const struct citation *citation, const struct number *number,
    struct civil date)
{
	struct slice symbol = citation->symbol;

	if (number->form == NUMBER_YEAR || number->form == NUMBER_YEAR_FIRST) {
		if (symbol.len > 0 && date.year != number->session)
			citer_warn(citer, citation, arena_printf(citer->structure->reading->arena,
			    "cites %.*s, but its number is of the year %d", SLICE_ARG(citation->text), number->session));
		return;
	}
	if (!number->special && (slice_starts(symbol, SLICE("A/RES/")) || slice_starts(symbol, SLICE("A/DEC/"))))
		session_check(citer, citation, number->session, date);
}

/* Whether words from i on join two numbers: "and", ", and", ",", a dash; the number's word. */
static bool joint_at(const struct mention *m, size_t *i, bool *ret_range)
{
	const struct words *words = m->words;
	uint8_t gap = *i < words->count ? words->at[*i].gap : 0xFF;
	bool mark = (gap & (GAP_COMMA | GAP_SEMICOLON | GAP_DASH)) != 0;

	*ret_range = (gap & GAP_DASH) != 0;
	if (*i >= words->count || (gap & (GAP_STOP | GAP_COLON | GAP_OPEN | GAP_QUOTE)) != 0)
		return false;
	if (lexicon_is(mention_lexicon(m), words, *i, ROLE_RANGE))
		*ret_range = true;
	else if (!lexicon_is(mention_lexicon(m), words, *i, ROLE_JOINER))
		return mark;
	*i += 1;
	return *i < words->count && words->at[*i].gap == 0;
}

/* The letters after "60/30 A": "and B", ", B and C", "to D". Returns the word behind them. */
static size_t mention_letters(struct mention *m, struct number number, size_t i)
{
	bool range;
	size_t at = i;

	while (number.letter != '\0' && joint_at(m, &at, &range)) {
		struct slice text = word_text(m->words, at);

		if (text.len != 1 || text.at[0] <= number.letter || text.at[0] > 'Z')
			break;
		if (range)
			while (number.letter + 1 < text.at[0]) {
				number.letter++;
				mention_push(m, &number, text);
			}
		number.letter = text.at[0];
		mention_push(m, &number, text);
		i = ++at;
	}
	return i;
}

/* The numbers between the last citation's and this one, for "48/160 to 48/165". */
static void mention_fill(struct mention *m, const struct number *last, const struct number *number,
    struct slice text)
{
	struct number between = *last;

	if (number->form != last->form || number->n - last->n > RANGE_MAX ||
	    (number->form != NUMBER_YEAR && number->session != last->session))
		return;
	/* A range of the Security Council's may run over years: only the ends are known. */
	if (number->form == NUMBER_YEAR && number->session != last->session)
		return;
	between.letter = '\0';
	while (++between.n < number->n)
		mention_push(m, &between, text);
}

/* One item of the list at word i: a number with its letters and its date. Returns the word behind
 * it, or i when there is none. from: where the citation's text begins. */
static size_t mention_item(struct mention *m, size_t i, size_t from, bool range, struct number *last)
{
	const struct words *words = m->words;
	struct reading *reading = m->citer->structure->reading;
	struct slice rest = words_rest(words, i), text;
	struct number number;
	struct civil date;
	struct day day;
	size_t at, end, pushed, warned = reading->warning_count;

	if (!number_take(&rest, &number))
		return i;
	text = slice_cut(words->text, from, words_byte(words, rest));
	if (range)
		mention_fill(m, last, &number, text);
	mention_push(m, &number, text);
	pushed = reading->citation_count;
	*last = number;
	at = words_after(words, i, words_byte(words, rest));
	at = mention_letters(m, number, at);
	end = date_at(mention_lexicon(m), words, at, &date);
	if (end > at) {
		struct citation *citation = &reading->citations[pushed - 1];

		if (reading->citation_count == pushed) {
			citation->text = slice_cut(words->text, from, words->at[end - 1].at + words->at[end - 1].len);
			citation->where = structure_span(m->citer->structure, citation->text);
		}
		date_check(m->citer, citation, &number, date);
		for (size_t k = pushed - 1; reading->warning_count == warned && date_from_civil(date, &day) &&
		     k < reading->citation_count; k++)
			reading->citations[k].has_date = true, reading->citations[k].date = day;
	}
	return end;
}

/* The body named behind the list: "of the General Assembly"; "" for a name that is not known. */
static const char *body_behind(const struct mention *m, size_t i)
{
	const struct words *words = m->words;
	const struct phrase *link = lexicon_at(mention_lexicon(m), words, i, ROLE_BIT(ROLE_OF)), *body;
	size_t last = link != NULL ? i + link->count : i;

	if (link == NULL || (words->at[i].gap & ~GAP_CLOSE) != 0)
		return NULL;
	if (last >= words->count || words->at[last].gap != 0)
		return NULL;
	body = lexicon_at(mention_lexicon(m), words, last, ROLE_BIT(ROLE_BODY));
	if (body != NULL && body->value.len > 0)
		return body->value.at;
	return words->at[last].flags & WORD_CAPITAL ? "" : NULL;
}

/* The word behind the list of numbers that begins at word i. */
static size_t list_end(const struct mention *m, size_t i)
{
	struct number number;
	struct civil date;
	size_t end = i;
	bool range;

	for (;;) {
		struct slice rest = words_rest(m->words, i);

		if (!number_take(&rest, &number))
			return end;
		i = words_after(m->words, i, words_byte(m->words, rest));
		end = i = date_at(mention_lexicon(m), m->words, i, &date);
		if (!joint_at(m, &i, &range))
			return end;
	}
}

/* Numbers behind "resolution" at word i; returns the word to go on with. */
static size_t mention_read(struct mention *m, size_t i, size_t count)
{
	const struct words *words = m->words;
	size_t from = words->at[i].at, at = i + count, behind = at;
	struct number last = { 0 };
	bool range = false;

	if (at >= words->count || words->at[at].gap != 0)
		return at;
	if (m->body == NULL)
		m->body = body_behind(m, list_end(m, at));
	for (;;) {
		size_t end = mention_item(m, at, from, range, &last);

		if (end == at)
			return behind;
		behind = at = end;
		if (!joint_at(m, &at, &range))
			return behind;
		from = words->at[at].at;
	}
}

/* "A/59/494 and Add.1 and 2" at word i; returns the word to go on with. */
static size_t document_read(struct citer *citer, const struct words *words, size_t i, size_t from,
    size_t paragraph)
{
	struct slice rest = words_rest(words, i), kind = SLICE("");
	char symbol[SYMBOL_MAX], addition[SYMBOL_MAX];
	struct arena *arena = citer->structure->reading->arena;
	size_t next;

	if (!symbol_take(&rest, symbol))
		return i + 1;
	citer_push(citer, slice_cut(words->text, from, words_byte(words, rest)), paragraph)->symbol =
	    slice_of(arena_text(arena, slice_of(symbol)));
	for (;;) {
		i = next = words_after(words, i, words_byte(words, rest));
		if (next < words->count && lexicon_is(citer->structure->lexicon, words, next, ROLE_JOINER))
			next++;
		else if (next >= words->count || !(words->at[next].gap & GAP_COMMA))
			return i;
		rest = words_rest(words, next);
		if (!symbol_take_addition(&rest, symbol, &kind, addition))
			return i;
		citer_push(citer, slice_range(words->text.at + words->at[next].at, rest.at), paragraph)->symbol =
		    slice_of(arena_text(arena, slice_of(addition)));
	}
}

/* A capital before a slash, and nothing that it would be the tail of. */
static bool document_at(const struct words *words, size_t i)
{
	const struct word *word = &words->at[i];
	size_t end = word->at + word->len;

	return (word->flags & WORD_CAPITAL) && word->len <= 5 && end < words->text.len && words->text.at[end] == '/' &&
	    words->text.at[end - 1] >= 'A' && words->text.at[end - 1] <= 'Z' && (word->at == 0 || words->text.at[word->at - 1] != '/');
}

/* The body that stands before "resolution" at word i, named last and ended at word end. */
static const char *body_before(const struct lexicon *lexicon, const struct words *words, size_t i,
    const char *body, size_t end)
{
	bool near = body != NULL && i - end <= 3;

	for (size_t k = end; near && k <= i; k++)
		near = (words->at[k].gap & ~GAP_COMMA) == 0 && (k == i || words->at[k].len <= 5);
	if (near)
		return body;
	/* "Commission for Asia resolution 47/10": a name, and not one that is known. */
	if (i > 1 && words->at[i].gap == 0 && words->at[i - 1].gap == 0 && (words->at[i - 1].flags & WORD_CAPITAL) &&
	    words->at[i - 2].gap == 0 && !lexicon_is(lexicon, words, i - 1, ROLE_NOTE))
		return "";
	return NULL;
}

static bool body_is_council(const char *body)
{
	return body_is(body, "SC") || body_is(body, "ECOSOC") || body_is(body, "HRC") || body_is(body, "TC");
}

/* A masthead that gives the text's own symbol cites nothing. */
static void citer_drop_own(struct citer *citer, size_t paragraph, size_t first)
{
	struct reading *reading = citer->structure->reading;
	enum part part = reading->paragraphs[paragraph].part;
	size_t kept = first;

	if (reading->symbol.len == 0 || (part != PART_TITLE && part != PART_NOTE))
		return;
	for (size_t i = first; i < reading->citation_count; i++)
		if (!slice_equal(reading->citations[i].symbol, reading->symbol))
			reading->citations[kept++] = reading->citations[i];
	reading->citation_count = kept;
}

void citation_find(struct citer *citer, const struct words *words, size_t paragraph)
{
	const struct lexicon *lexicon = citer->structure->lexicon;
	const char *body = NULL;
	size_t body_end = 0, first = citer->structure->reading->citation_count;

	for (size_t i = 0; i < words->count;) {
		const struct phrase *phrase = lexicon_at(lexicon, words, i, ROLE_BIT(ROLE_BODY) | ROLE_BIT(ROLE_RESOLUTION));

		if (phrase == NULL) {
			i = document_at(words, i) ? document_read(citer, words, i, words->at[i].at, paragraph) : i + 1;
		} else if (phrase->role != ROLE_RESOLUTION) {
			body = phrase->value.len > 0 ? phrase->value.at : "";
			citer->council = body_is_council(body) ? body : citer->council;
			i = body_end = i + phrase->count;
		} else if (i + phrase->count < words->count && document_at(words, i + phrase->count)) {
			i = document_read(citer, words, i + phrase->count, words->at[i].at, paragraph);
		} else {
			struct mention m = { .citer = citer, .words = words, .paragraph = paragraph, .named = body,
				.body = body_before(lexicon, words, i, body, body_end),
				.decision = slice_is(phrase->value, "decision") };

			i = mention_read(&m, i, phrase->count);
		}
	}
	citer_drop_own(citer, paragraph, first);
}
