/*
 * Symbols and numbers are read from a short copy in plain ASCII, in which blanks
 * and hyphens of every kind are one kind; the copy knows its way back.
 */
#include "reader/symbol.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "reader/label.h"

#define PLAIN_MAX 120

struct plain {
	char at[PLAIN_MAX + 1];
	uint16_t source[PLAIN_MAX + 1]; /* bytes of the text before this one */
};

static void plain_copy(struct slice text, struct plain *ret)
{
	size_t i = 0, len = 0;

	while (i < text.len && len < PLAIN_MAX) {
		const unsigned char *p = (const unsigned char *)text.at + i;
		size_t left = text.len - i, width = 1;
		char c = text.at[i];

		if (left > 1 && p[0] == 0xC2 && p[1] == 0xA0) {
			c = ' ';
			width = 2;
		} else if (left > 2 && p[0] == 0xE2 && p[1] == 0x80 && (p[2] == 0xAF || (p[2] >= 0x90 && p[2] <= 0x93))) {
			c = p[2] == 0xAF ? ' ' : '-';
			width = 3;
		}
		ret->source[len] = (uint16_t)i;
		ret->at[len++] = c;
		i += width;
	}
	ret->source[len] = (uint16_t)i;
	ret->at[len] = '\0';
}

static bool plain_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool plain_is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool plain_is_letter(char c)
{
	return plain_is_upper(c) || (c >= 'a' && c <= 'z');
}

/* Bytes outside ASCII are letters of a longer word. */
static bool plain_ends(char c)
{
	return !plain_is_letter(c) && !plain_is_digit(c) && !((unsigned char)c & 0x80 && (unsigned char)c < 0xE2 &&
	    (unsigned char)c >= 0xC3);
}

/* How many digits, at most most; 0 for more. */
static size_t plain_digits(const char *p, size_t most, int *ret)
{
	size_t len = 0;

	for (*ret = 0; plain_is_digit(p[len]); len++) {
		if (len == most)
			return 0;
		*ret = *ret * 10 + (p[len] - '0');
	}
	return len;
}

static bool year_is_plausible(int year)
{
	return year >= 1945 && year <= 2099;
}

/* " B" */
static size_t number_letter(const char *p, struct number *number)
{
	if (number->letter != '\0' || p[0] != ' ' || !plain_is_upper(p[1]) || !plain_ends(p[2]) || p[2] == '\'')
		return 0;
	number->letter = p[1];
	return 2;
}

/* "20/2" after "S-", "55/25 B", "2004/23" */
static size_t number_pair(const char *p, struct number *number)
{
	size_t at = plain_digits(p, 4, &number->session), len;

	if (at == 0 || p[at] != '/')
		return 0;
	len = plain_digits(p + at + 1, 4, &number->n);
	at += 1 + len;
	if (len == 0 || !plain_ends(p[at]))
		return 0;
	if (!number->special)
		number->form = year_is_plausible(number->session) ? NUMBER_YEAR_FIRST : NUMBER_SESSION;
	if (number->form == NUMBER_SESSION && number->session > 200)
		return 0;
	return at + number_letter(p + at, number);
}

/* "(2004)", "(XV)", "(S-VI)" after the number */
static size_t number_bracket(const char *p, struct number *number)
{
	const char *close = strchr(p, ')');
	size_t at = 1, len;
	struct slice roman;

	if (p[0] != '(' || close == NULL || close - p > 12)
		return 0;
	if (close == p + 5 && plain_digits(p + 1, 4, &number->session) == 4 && year_is_plausible(number->session)) {
		number->form = NUMBER_YEAR;
		return 6;
	}
	at += p[at] == 'E' && p[at + 1] == 'S';
	at += p[at] == 'S' && p[at + 1] == '-' ? 2 : 0;
	number->special = at > 1;
	roman = slice_range(p + at, close);
	number->session = label_roman(roman);
	if (number->session == 0 || !plain_is_upper(p[at]))
		return 0;
	number->form = NUMBER_ROMAN;
	len = (size_t)(close - p) - 1;
	memcpy(number->head, p + 1, len);
	number->head[len] = '\0';
	return len + 2 + number_letter(close + 1, number);
}

static size_t number_read(const char *p, struct number *number)
{
	size_t prefix = strncmp(p, "S-", 2) == 0 ? 2 : strncmp(p, "ES-", 3) == 0 ? 3 : 0, at, len;

	*number = (struct number){ .form = NUMBER_SPECIAL, .special = prefix > 0 };
	at = number_pair(p + prefix, number);
	if (prefix > 0 && at > 0)
		(void)snprintf(number->head, sizeof number->head, "%.*s%d", (int)prefix, p, number->session);
	if (at > 0 || prefix > 0)
		return at > 0 ? prefix + at : 0;
	at = plain_digits(p, 5, &number->n);
	if (at == 0)
		return 0;
	number->letter = '\0';
	if (p[at] == ' ' && plain_is_upper(p[at + 1]) && (p[at + 2] == ' ' || p[at + 2] == '(')) {
		number->letter = p[at + 1];
		at += 2;
	}
	at += p[at] == ' ';
	len = number_bracket(p + at, number);
	return len > 0 ? at + len : 0;
}

bool number_take(struct slice *text, struct number *ret)
{
	struct plain plain;
	size_t len;

	/* Most words behind "resolution" are no number: told without a copy. */
	if (text->len < 3 || (!plain_is_digit(text->at[0]) && text->at[0] != 'S' && text->at[0] != 'E'))
		return false;
	plain_copy(slice_cut(*text, 0, PLAIN_MAX), &plain);
	len = number_read(plain.at, ret);
	if (len == 0)
		return false;
	*text = slice_from(*text, plain.source[len]);
	return true;
}

void number_format(const struct number *number, char out[NUMBER_MAX])
{
	char letter[3] = { ' ', number->letter, '\0' };

	letter[0] = number->letter == '\0' ? '\0' : ' ';
	if (number->form == NUMBER_ROMAN)
		(void)snprintf(out, NUMBER_MAX, "%d%s (%s)", number->n, letter, number->head);
	else if (number->form == NUMBER_YEAR)
		(void)snprintf(out, NUMBER_MAX, "%d%s (%d)", number->n, letter, number->session);
	else if (number->form == NUMBER_SPECIAL)
		(void)snprintf(out, NUMBER_MAX, "%s/%d%s", number->head, number->n, letter);
	else
		(void)snprintf(out, NUMBER_MAX, "%d/%d%s", number->session, number->n, letter);
}

/* "A", "CTOC": what a symbol begins with. */
static bool symbol_is_head(struct slice head)
{
	static const char *const heads[] = { "A", "E", "S", "T", "ST", "CRC", "CCPR", "CEDAW", "CERD", "CAT", "CMW",
		"CRPD", "CED", "DP", "TD", "UNEP", "HSP", "CTOC", "CAC", "HRI", "FCCC", "ICCD", "ISBA", "SPLOS", "PBC",
		"NPT", "BWC", "CCW", "JIU", "ID", "IDB", "GC", "CD", "DC", "CLCS", "ECE", "DPI", "LC", "TRADE" };

	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		if (slice_is(head, heads[i]))
			return true;
	return false;
}

/* One element: "59", "RES", "C.3", "CN.15", "S-20", "Sub.2"; 0 for what is none ("H1N1"). */
static size_t symbol_element(const char *p)
{
	size_t at = 0, letters;

	if (plain_is_digit(p[0])) {
		while (plain_is_digit(p[at]))
			at++;
		return plain_ends(p[at]) ? at : 0;
	}
	while (plain_is_letter(p[at]))
		at++;
	letters = at;
	if (letters == 0 || !plain_is_upper(p[0]))
		return 0;
	if ((p[at] == '.' || (p[at] == '-' && letters <= 2)) && plain_is_digit(p[at + 1]))
		for (at++; plain_is_digit(p[at]);)
			at++;
	return plain_ends(p[at]) ? at : 0;
}

static bool text_has_digit(const char *p, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (plain_is_digit(p[i]))
			return true;
	return false;
}

/* " (Part I)", "(SECT. 3)", "(Vol. V)" */
static size_t symbol_bracket(const char *p)
{
	static const char *const words[] = { "(PART", "(SECT", "(VOL" };
	size_t blank = p[0] == ' ';
	const char *close = strchr(p, ')');

	if (close == NULL || close - p > 24)
		return 0;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (slice_starts_nocase(slice_of(p + blank), slice_of(words[i])))
			return (size_t)(close - p) + 1;
	return 0;
}

/* "/59/494/Add.1" after the head. *ret_nature: the offset behind "RES/" or "DEC/", 0 when it has none. */
static size_t symbol_elements(const char *p, size_t at, size_t *ret_nature)
{
	size_t end = 0, len;

	*ret_nature = 0;
	while (p[at] == '/' && (len = symbol_element(p + at + 1)) > 0) {
		struct slice element = { p + at + 1, len };

		at += 1 + len;
		if ((slice_equal_nocase(element, SLICE("RES")) || slice_equal_nocase(element, SLICE("DEC"))) && p[at] == '/') {
			*ret_nature = at + 1;
			return at + 1;
		}
		if (text_has_digit(element.at, len))
			end = at;
	}
	return end;
}

/* The number after "A/RES/" in its spelling, and a revision. */
static size_t symbol_resolution(const char *p, size_t nature, char out[SYMBOL_MAX])
{
	struct number number;
	char text[NUMBER_MAX];
	size_t len = number_read(p + nature, &number), end = nature + len, tail;

	if (len == 0)
		return 0;
	number_format(&number, text);
	tail = p[end] == '/' && plain_is_upper(p[end + 1]) ? symbol_element(p + end + 1) : 0;
	(void)snprintf(out, SYMBOL_MAX, "%.*s%s%.*s", (int)nature, p, text, tail > 0 ? (int)tail + 1 : 0, p + end);
	for (size_t i = nature - 4; i < nature; i++)
		out[i] = out[i] >= 'a' && out[i] <= 'z' ? (char)(out[i] - 32) : out[i];
	return end + (tail > 0 ? tail + 1 : 0);
}

static size_t symbol_read(const char *p, char out[SYMBOL_MAX])
{
	size_t head = 0, end, nature, bracket;

	while (plain_is_upper(p[head]))
		head++;
	if (p[head] != '/' || !symbol_is_head((struct slice){ p, head }))
		return 0;
	end = symbol_elements(p, head, &nature);
	if (nature > 0)
		return symbol_resolution(p, nature, out);
	if (end == 0)
		return 0;
	bracket = symbol_bracket(p + end);
	(void)snprintf(out, SYMBOL_MAX, "%.*s%s%.*s", (int)end, p, bracket > 0 && p[end] != ' ' ? " " : "", (int)bracket,
	    p + end);
	return end + bracket;
}

bool symbol_take(struct slice *text, char out[SYMBOL_MAX])
{
	struct plain plain;
	size_t len;

	plain_copy(slice_cut(*text, 0, PLAIN_MAX), &plain);
	len = symbol_read(plain.at, out);
	if (len == 0)
		return false;
	len += plain.at[len] == '*';
	*text = slice_from(*text, plain.source[len]);
	return true;
}

bool symbol_take_addition(struct slice *text, const char *symbol, struct slice *kind, char out[SYMBOL_MAX])
{
	static const char *const kinds[] = { "Add", "Corr", "Rev", "Amend" };
	struct slice rest = *text;
	uint64_t n;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (slice_starts(rest, slice_of(kinds[i]))) {
			*kind = slice_of(kinds[i]);
			rest = slice_from(rest, kind->len);
			if (!slice_take_byte(&rest, '.'))
				return false;
		}
	if (kind->len == 0 || !slice_take_number(&rest, 99, &n) ||
	    (rest.len > 0 && (!plain_ends(rest.at[0]) || rest.at[0] == '/')))
		return false;
	(void)snprintf(out, SYMBOL_MAX, "%.*s/%.*s.%d", SYMBOL_MAX - 16, symbol, SLICE_ARG(*kind), (int)n);
	*text = rest;
	return true;
}
