#include "review_words.h"

#include <string.h>

static const char *const review_keys[] = {"accept", "verb", "whom", "kind", "deadline", "split", "merge", "x", "owner",
    "undo", "quit", "paragraph", "yes", "no", "help", "?"};

/* The next word; false at the end. */
static bool take_word(struct slice *text, struct slice *ret)
{
	slice_skip_blanks(text);
	if (!slice_take_until(text, ' ', ret))
		return false;
	*text = slice_trim(*text);
	return true;
}

bool review_key(struct slice line, struct review_key *ret)
{
	struct slice rest = slice_trim(line), word;
	uint64_t part = 0;

	if (slice_take_number(&rest, 99, &part))
		slice_skip_blanks(&rest);
	*ret = (struct review_key){.part = (int)part};
	if (!take_word(&rest, &word))
		return true;
	for (size_t i = 0; i < sizeof review_keys / sizeof *review_keys; i++) {
		struct slice name = slice_of(review_keys[i]);

		/* "o" assigns; "drop" is what x does. */
		if (slice_equal_nocase(word, name) || (word.len == 1 && slice_starts_nocase(name, word))) {
			ret->key = *name.at == 'h' ? '?' : *name.at;
			ret->rest = rest;
			return true;
		}
	}
	return false;
}

bool review_yes(struct slice line)
{
	line = slice_trim(line);
	return slice_equal_nocase(line, SLICE("y")) || slice_equal_nocase(line, SLICE("yes"));
}

bool review_fraction(struct slice text, double *ret)
{
	uint64_t whole, part = 0;
	double scale = 1;
	size_t digits;

	if (!slice_take_number(&text, 1, &whole))
		return false;
	if (text.len > 0) {
		if (!slice_take_byte(&text, '.'))
			return false;
		digits = text.len;
		if (digits == 0 || digits > 6 || !slice_take_number(&text, 999999, &part) || text.len > 0)
			return false;
		while (digits-- > 0)
			scale *= 10;
	}
	*ret = (double)whole + (double)part / scale;
	return *ret <= 1;
}

static bool take_unit(struct slice word, const char **ret)
{
	static const char *const units[] = {"day", "week", "month", "year"};

	if (slice_ends(word, SLICE("s")))
		word.len--;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (slice_equal_nocase(word, slice_of(units[i]))) {
			*ret = units[i];
			return true;
		}
	return false;
}

/* "6 months", with "of EVENT" or "from EVENT" behind it where that is meant. */
static int deadline_step(const char *type, struct slice rest, json_t **ret, struct error *error)
{
	struct slice number, unit, word = {0};
	const char *name = NULL;
	uint64_t count = 0;

	if (!take_word(&rest, &number) || !slice_take_number(&number, 999, &count) || number.len > 0 || count == 0 ||
	    !take_word(&rest, &unit) || !take_unit(unit, &name))
		return error_set(error, E_INPUT, "usage", "write a number and days, weeks, months or years, for example: %s 6 months",
		    strcmp(type, "interval") == 0 ? "within" : "every");
	*ret = json_pack("{s:s, s:I, s:s}", "type", type, "count", (json_int_t)count, "unit", name);
	if (take_word(&rest, &word) && rest.len > 0 && (slice_is(word, "of") || slice_is(word, "from") || slice_is(word, "after")))
		json_object_set_new(*ret, "event", json_stringn(rest.at, rest.len));
	return 0;
}

/* "GA 60", "GA 60th", "ECOSOC 2014". */
static int deadline_session(struct slice rest, json_t **ret, struct error *error)
{
	struct slice body, number;
	uint64_t n;

	if (!take_word(&rest, &body) || !take_word(&rest, &number) || rest.len > 0 || !slice_take_number(&number, 9999, &n) ||
	    (number.len > 0 && number.len != 2))
		return error_set(error, E_INPUT, "usage", "write the body and the session's number or year, for example: session GA 60, or session ECOSOC 2014");
	*ret = json_pack("{s:s, s:s%, s:I}", "type", "session", "body", body.at, body.len, n < 1900 ? "session" : "year", (json_int_t)n);
	return 0;
}

static bool month_number(struct slice word, int *ret)
{
	for (int month = 1; month <= 12; month++)
		if (slice_equal_nocase(word, slice_of(date_month_name(month)))) {
			*ret = month;
			return true;
		}
	return false;
}

/* "31 October 2005", for who copies it out of the text. */
static bool date_in_words(struct slice text, struct day *ret)
{
	struct slice word;
	uint64_t day, year;
	int month;

	return slice_take_number(&text, 31, &day) && take_word(&text, &word) && month_number(word, &month) &&
	    slice_take_number(&text, 9999, &year) && text.len == 0 &&
	    date_from_civil((struct civil){(int)year, month, (int)day}, ret);
}

static int deadline_day(const char *type, const char *member, struct slice text, json_t **ret, struct error *error)
{
	char written[DATE_TEXT];
	struct day day;
	int code;

	if (!date_in_words(text, &day) && (code = date_parse(text, &day, error)) != 0)
		return code;
	date_format(day, written);
	*ret = json_pack("{s:s, s:s}", "type", type, member, written);
	return 0;
}

int review_deadline(struct slice typed, struct slice words, json_t **ret, struct error *error)
{
	struct slice rest = slice_trim(typed), word;

	if (!take_word(&rest, &word))
		return error_set(error, E_INPUT, "usage", "write a date, session BODY N, within N months, every N years, until DATE, event WORDS, soft, or none");
	if (slice_equal_nocase(word, SLICE("none")) && rest.len == 0) {
		*ret = json_null();
		return 0;
	}
	if (slice_equal_nocase(word, SLICE("session")))
		return deadline_session(rest, ret, error);
	if (slice_equal_nocase(word, SLICE("within")))
		return deadline_step("interval", rest, ret, error);
	if (slice_equal_nocase(word, SLICE("every")))
		return deadline_step("recurring", rest, ret, error);
	if (slice_equal_nocase(word, SLICE("until")))
		return deadline_day("period", "last", rest, ret, error);
	if (slice_equal_nocase(word, SLICE("by")) || slice_equal_nocase(word, SLICE("on")))
		return deadline_day("date", "date", rest, ret, error);
	if (slice_equal_nocase(word, SLICE("soft")))
		words = rest.len > 0 ? rest : words;
	else if (slice_equal_nocase(word, SLICE("event")))
		words = rest;
	else
		return deadline_day("date", "date", slice_trim(typed), ret, error);
	if (words.len == 0)
		return error_set(error, E_INPUT, "usage", "write the words of the text behind it, for example: soft as soon as possible");
	*ret = json_pack("{s:s, s:s%}", "type", slice_equal_nocase(word, SLICE("soft")) ? "soft" : "event",
	    slice_equal_nocase(word, SLICE("soft")) ? "text" : "event", words.at, words.len);
	return 0;
}

/* One of them: the name, a code behind "=", a role in brackets. */
static int whom_one(struct slice text, json_t *list, struct error *error)
{
	struct slice role = {0}, code = {0};
	ptrdiff_t at;
	json_t *one;

	if (slice_ends(text, SLICE("]")) && (at = slice_find_byte(text, '[')) >= 0) {
		role = slice_trim(slice_cut(text, (size_t)at + 1, text.len - 1));
		text = slice_trim(slice_cut(text, 0, (size_t)at));
	}
	if ((at = slice_find_byte(text, '=')) >= 0) {
		code = slice_trim(slice_from(text, (size_t)at + 1));
		text = slice_trim(slice_cut(text, 0, (size_t)at));
	}
	if (text.len == 0)
		return error_set(error, E_INPUT, "usage", "write whom the text names, for example: the Office = UNODC; Member States [consulted]");
	one = json_pack("{s:s%}", "text", text.at, text.len);
	if (code.len > 0)
		json_object_set_new(one, "code", json_stringn(code.at, code.len));
	if (role.len > 0)
		json_object_set_new(one, "role", json_stringn(role.at, role.len));
	json_array_append_new(list, one);
	return 0;
}

int review_whom(struct slice typed, json_t **ret, struct error *error)
{
	struct slice rest = slice_trim(typed), one;
	json_t *list = json_array();
	int code = 0;

	if (slice_equal_nocase(rest, SLICE("nobody")) || slice_equal_nocase(rest, SLICE("none"))) {
		*ret = list;
		return 0;
	}
	if (rest.len == 0)
		code = whom_one(rest, list, error);
	while (code == 0 && slice_take_until(&rest, ';', &one))
		code = whom_one(slice_trim(one), list, error);
	if (code == 0)
		*ret = list;
	else
		json_decref(list);
	return code;
}

int review_verb(struct slice typed, json_t *correction, struct error *error)
{
	static const char *const forces[] = {"binding", "request", "decision", "urging", "encouragement", "none"};
	struct slice verb = slice_trim(typed), last = verb;
	ptrdiff_t blank;

	if (verb.len == 0)
		return error_set(error, E_INPUT, "usage", "write a verb, a force (binding, request, decision, urging, encouragement, none) or both: Urges urging");
	while ((blank = slice_find_byte(last, ' ')) >= 0)
		last = slice_from(last, (size_t)blank + 1);
	for (size_t i = 0; i < sizeof forces / sizeof *forces; i++)
		if (slice_is(last, forces[i])) {
			json_object_set_new(correction, "force", json_string(forces[i]));
			verb = slice_trim(slice_cut(verb, 0, verb.len - last.len));
			break;
		}
	if (verb.len > 0)
		json_object_set_new(correction, "verb", json_stringn(verb.at, verb.len));
	return 0;
}
