/*
 * Labels of paragraphs: what they look like and what may follow what.
 */
#include "reader/label.h"

#include <string.h>

static bool label_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool label_is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool label_is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

int label_roman(struct slice text)
{
	int value = 0, last = 0;

	if (text.len == 0 || text.len > 8)
		return 0;
	for (size_t i = text.len; i > 0; i--) {
		static const char letters[] = "ivxlc";
		static const int values[] = { 1, 5, 10, 50, 100 };
		char c = text.at[i - 1];
		const char *found = strchr(letters, label_is_upper(c) ? c + 32 : c);
		int one;

		if (c == '\0' || found == NULL)
			return 0;
		one = values[found - letters];
		value += one < last ? -one : one;
		last = one > last ? one : last;
	}
	return value;
}

/* "bis", "ter", "quater" and letters after a number: "3 bis", "3a". */
static void label_take_suffix(struct slice *text)
{
	static const char *const suffixes[] = { "bis", "ter", "quater", "quinquies" };
	struct slice rest = *text;

	slice_take_byte(&rest, ' ');
	for (size_t i = 0; i < 4; i++)
		if (slice_take(&rest, slice_of(suffixes[i])) && (rest.len == 0 || !label_is_lower(rest.at[0]))) {
			*text = rest;
			return;
		}
	if (text->len > 1 && label_is_lower(text->at[0]) && !label_is_lower(text->at[1]) && text->at[1] != ' ')
		*text = slice_from(*text, 1);
}

static bool label_take_core(struct slice *text, enum label_kind *ret_kind, struct slice *ret_core)
{
	struct slice rest = *text, start = rest;
	size_t len = 0;

	if (slice_take(&rest, SLICE("OP")) && rest.len > 0 && label_is_digit(rest.at[0]))
		start = rest;
	else
		rest = start;
	while (len < rest.len && label_is_digit(rest.at[len]))
		len++;
	if (len > 0) {
		if (len > 3)
			return false;
		rest = slice_from(rest, len);
		label_take_suffix(&rest);
		*ret_kind = LABEL_NUMBER;
		*ret_core = slice_range(start.at, rest.at);
		*text = rest;
		return true;
	}
	while (len < rest.len && len < 6 && (label_is_lower(rest.at[len]) || label_is_upper(rest.at[len])))
		len++;
	*ret_core = slice_cut(rest, 0, len);
	if (len == 1 || (len == 2 && rest.at[0] == rest.at[1] && label_is_lower(rest.at[0])))
		*ret_kind = label_roman(*ret_core) > 0 ? LABEL_ROMAN : LABEL_LETTER;
	else if (len > 0 && label_roman(*ret_core) > 0)
		*ret_kind = LABEL_ROMAN;
	else
		return false;
	if (label_is_upper(ret_core->at[0]))
		*ret_kind = LABEL_UPPER;
	*text = slice_from(rest, len);
	return true;
}

/* A number run together with words in capitals: "1ADOPTS", "2 URGES". */
static bool label_runs_in(struct slice rest)
{
	size_t i = 0;

	while (i < rest.len && rest.at[i] == ' ')
		i++;
	for (size_t k = 0; k < 4; k++)
		if (i + k >= rest.len || !label_is_upper(rest.at[i + k]))
			return false;
	return true;
}

/* "3 - Requests", as Arabic and some French texts number; "3 - 5 per cent" is none. */
static bool label_takes_dash(struct slice *rest)
{
	struct slice after = *rest;

	slice_skip_blanks(&after);
	if (after.at == rest->at || (!slice_take_byte(&after, '-') && !slice_take(&after, SLICE("\xE2\x80\x93"))))
		return false;
	if (after.len < 2 || after.at[0] != ' ' || label_is_digit(after.at[1]))
		return false;
	*rest = after;
	return true;
}

bool label_take(struct slice *text, struct label *ret)
{
	struct slice rest = *text, core, written;
	enum label_kind kind = LABEL_NONE;
	bool square = slice_take_byte(&rest, '['), open = slice_take_byte(&rest, '('), close;

	if (!label_take_core(&rest, &kind, &core))
		return false;
	close = slice_take_byte(&rest, ')');
	if (open != close && !(close && !open))
		return false;
	if (!close && !slice_take_byte(&rest, '.')) {
		if (kind != LABEL_NUMBER || (!label_takes_dash(&rest) && !label_runs_in(rest)))
			return false;
	} else {
		slice_take_byte(&rest, '.');
	}
	if (square)
		slice_take_byte(&rest, ']');
	/* "1.5 million" and "A.1006" are no labels; "1.Requests" is. */
	if (rest.len > 0 && rest.at[0] != ' ' && rest.at[0] != '\n' &&
	    (label_is_digit(rest.at[0]) || label_is_lower(rest.at[0]) || kind == LABEL_UPPER))
		return false;
	if (slice_starts(rest, SLICE("\xC2\xAA")) || slice_starts(rest, SLICE("\xC2\xBA")))
		return false; /* "47.ª sesión": an ordinal */
	if (kind == LABEL_UPPER && core.len == 1 && !close && rest.len > 2 &&
	    label_is_upper(rest.at[1]) && rest.at[2] == '.')
		return false; /* initials */
	written = slice_trim(slice_range(text->at, rest.at));
	slice_skip_blanks(&rest);
	*ret = (struct label){ .at = written.at, .len = (uint32_t)written.len, .core_at = (uint8_t)(core.at - written.at),
		.core_len = (uint8_t)core.len, .kind = (uint8_t)kind, .bracketed = close };
	*text = rest;
	return true;
}

bool label_follows(struct slice previous, struct slice core)
{
	if (core.len == 0 || previous.len == 0)
		return false;
	if (core.len == 1 && previous.len == 1)
		return core.at[0] == previous.at[0] + 1;
	if (core.len == 2 && core.at[0] == core.at[1])
		return (previous.len == 1 && previous.at[0] == 'z' && core.at[0] == 'a') ||
		    (previous.len == 2 && core.at[0] == previous.at[0] + 1);
	return false;
}
