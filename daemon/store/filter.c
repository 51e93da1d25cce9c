#include "filter.h"

#include <string.h>

#include "base/date.h"
#include "base/json.h"

#define STATUSES "open done proposed not_started in_progress continuing implemented closed overtaken not_applicable"
#define ACTS "ratification acceptance approval accession succession confirmation none"
#define KINDS \
	"adoption ratification contribution reporting assistance cooperation dissemination resources " \
	"legislation convening appointment agenda other none"

static const struct filter_field filter_fields[] = {
    {"ref", FILTER_WORD, NULL, "the reference, or its end"},
    {"symbol", FILTER_WORD, NULL, "the resolution's symbol, or its end"},
    {"resolution", FILTER_WORD, NULL, "the same as symbol"},
    {"para", FILTER_WORD, NULL, "the paragraph's label"},
    {"body", FILTER_WORD, NULL, "the body that adopted it: GA, ECOSOC, SC, HRC"},
    {"speaker", FILTER_WORD, NULL, "the body that speaks in the paragraph"},
    {"kind", FILTER_ONE_OF, KINDS, "what is asked"},
    {"force", FILTER_ONE_OF, "binding request decision urging encouragement none", "how strongly"},
    {"class", FILTER_ONE_OF, "directive deciding reinforcing evaluative observing", "the class as the Secretariat annotates it"},
    {"verb", FILTER_WORD, NULL, "the operative verb, as in verb:urge"},
    {"treaty", FILTER_WORD, NULL, "the code of the treaty that it is about, or none"},
    {"fund", FILTER_WORD, NULL, "the code of the fund that it is about, or none; of contributions, the fund"},
    {"status", FILTER_ONE_OF, STATUSES, "what is done; open and done sum the others up"},
    {"clearance", FILTER_ONE_OF, "draft submitted cleared returned", "who vouches"},
    {"timeliness", FILTER_ONE_OF, "on_track due_soon overdue done_late undated", "computed from the deadline"},
    {"is", FILTER_ONE_OF, "overdue due_soon on_track done_late undated open done live draft", "a short form for several fields"},
    {"live", FILTER_FLAG, "yes no", "whether the text is adopted"},
    {"owner", FILTER_WORD, NULL, "the officer's login, or none; me is also what others who are away leave to me today"},
    {"alternate", FILTER_WORD, NULL, "the officer who stands in; me and none have their meaning"},
    {"team", FILTER_WORD, NULL, "an officer in its team: lead, supporting or focal point; me and none have their meaning"},
    {"unit", FILTER_WORD, NULL, "the unit with all units below it; none has its meaning"},
    {"addressee", FILTER_WORD, NULL, "who is asked: a code such as SG, or part of the name"},
    {"role", FILTER_ONE_OF, "lead contributing consulted", "the role of someone who is asked"},
    {"due", FILTER_DATE, NULL, "the planning date: due:<2005-12-31, due:<+30d, due:2005-01-01..2005-12-31, due:none"},
    {"end", FILTER_DATE, NULL, "the customary end of the deadline"},
    {"updated", FILTER_DATE, NULL, "the last date of effect in its record"},
    {"adopted", FILTER_DATE, NULL, "when the resolution was adopted"},
    {"confidence", FILTER_NUMBER, NULL, "how sure the reader was: confidence:<0.8"},
    {"document", FILTER_WORD, NULL, "evidence in the record: document:A/60/131"},
    {"party", FILTER_WORD, NULL, "in the reports ratification and contributions: a State or organization, by any name"},
    {"group", FILTER_WORD, NULL, "in the same: the States of a group, such as LDC or AFRICA"},
    {"act", FILTER_ONE_OF, ACTS, "in the report ratification: how it joined the treaty"},
    {"signed", FILTER_DATE, NULL, "in the report ratification: when it signed"},
    {"deposited", FILTER_DATE, NULL, "in the report ratification: when it joined"},
    {"withdrew", FILTER_DATE, NULL, "in the report ratification: when it withdrew"},
    {"year", FILTER_NUMBER, NULL, "in the report contributions: the year that they are for: year:2005, year:>=2003"},
    {"text", FILTER_WORD, NULL, "words anywhere in it; the same as words without a field"},
};

#define FILTER_FIELDS (sizeof filter_fields / sizeof *filter_fields)

const struct filter_field *filter_field_at(size_t i)
{
	return i < FILTER_FIELDS ? &filter_fields[i] : NULL;
}

struct filter {
	struct slice rest;
	const char *start;
	struct json_writer writer;
	size_t terms;
	int depth;
	struct error *error;
};

static int filter_any(struct filter *filter);

static size_t filter_column(const struct filter *filter, const char *at)
{
	return (size_t)(at - filter->start) + 1;
}

static int filter_fault(const struct filter *filter, const char *what)
{
	return error_set(filter->error, E_INPUT, "bad_filter", "filter, column %zu: %s",
	    filter_column(filter, filter->rest.at), what);
}

/* A word ends at a blank or a parenthesis, but not inside double quotes. */
static size_t filter_word_length(struct slice text)
{
	bool quoted = false;
	size_t len = 0;

	for (; len < text.len; len++) {
		char c = text.at[len];

		if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '(' || c == ')'))
			break;
	}
	return len;
}

/* An operator only as a whole word without quotes. */
static bool filter_at_word(const struct filter *filter, const char *word)
{
	return slice_equal_nocase(slice_cut(filter->rest, 0, filter_word_length(filter->rest)), slice_of(word));
}

static void filter_operator(struct filter *filter, const char *word)
{
	json_write_text(&filter->writer, word);
}

static void filter_leaf_open(struct filter *filter, struct slice field, const char *op)
{
	json_write_object(&filter->writer);
	json_write_key(&filter->writer, "field");
	json_write_slice(&filter->writer, field);
	json_write_key(&filter->writer, "op");
	json_write_text(&filter->writer, op);
	json_write_key(&filter->writer, "value");
}

static void filter_leaf(struct filter *filter, const char *field, const char *op, struct slice value)
{
	filter_leaf_open(filter, slice_of(field), op);
	json_write_slice(&filter->writer, value);
	json_write_end(&filter->writer);
}

static const struct filter_field *filter_find(struct slice name)
{
	for (size_t i = 0; i < FILTER_FIELDS; i++)
		if (slice_equal_nocase(name, slice_of(filter_fields[i].name)))
			return &filter_fields[i];
	return NULL;
}

static int filter_unknown(const struct filter *filter, struct slice name)
{
	const char *best = NULL;
	size_t least = 3;
	struct buf hint;
	int code;

	buf_init(&hint, BUF_MAX_LINE);
	for (size_t i = 0; i < FILTER_FIELDS; i++) {
		size_t distance = slice_distance(name, slice_of(filter_fields[i].name));

		if (distance < least && distance < name.len) {
			least = distance;
			best = filter_fields[i].name;
		}
	}
	if (best != NULL) {
		buf_printf(&hint, "did you mean \"%s\"?", best);
	} else {
		buf_append_text(&hint, "there are:");
		for (size_t i = 0; i < FILTER_FIELDS; i++)
			buf_printf(&hint, " %s", filter_fields[i].name);
	}
	code = error_set(filter->error, E_INPUT, "unknown_field",
	    "filter, column %zu: there is no field \"%.*s\"; %s", filter_column(filter, name.at),
	    SLICE_ARG(slice_cut(name, 0, 40)), buf_text(&hint));
	buf_release(&hint);
	return code;
}

static bool filter_allowed(const char *values, struct slice word)
{
	struct slice rest = slice_of(values), value;

	while (slice_take_until(&rest, ' ', &value))
		if (slice_equal(value, word))
			return true;
	return false;
}

static int filter_not_one_of(const struct filter *filter, const struct filter_field *field, struct slice value)
{
	return error_set(filter->error, E_INPUT, "bad_filter", "filter, column %zu: %s: \"%.*s\" is not one of: %s",
	    filter_column(filter, value.at), field->name, SLICE_ARG(slice_cut(value, 0, 40)), field->values);
}

/* is:overdue and its like stand for other fields. */
static void filter_is(struct filter *filter, struct slice value)
{
	if (slice_is(value, "open") || slice_is(value, "done"))
		filter_leaf(filter, "status", "=", value);
	else if (slice_is(value, "live") || slice_is(value, "draft"))
		filter_leaf(filter, "live", "=", slice_is(value, "live") ? SLICE("yes") : SLICE("no"));
	else
		filter_leaf(filter, "timeliness", "=", value);
}

/* kind:reporting,ratification is any of them. */
static int filter_words(struct filter *filter, const struct filter_field *field, struct slice values)
{
	size_t count = 0;
	struct slice value;

	while (slice_take_until(&values, ',', &value)) {
		if (value.len == 0)
			return error_set(filter->error, E_INPUT, "bad_filter", "filter, column %zu: %s: a value is missing",
			    filter_column(filter, value.at), field->name);
		if (field->values != NULL && !filter_allowed(field->values, value))
			return filter_not_one_of(filter, field, value);
		if (strcmp(field->name, "is") == 0)
			filter_is(filter, value);
		else
			filter_leaf(filter, field->name, "=", value);
		if (++filter->terms > FILTER_TERMS)
			return filter_fault(filter, "too many terms");
		if (count++ > 0)
			filter_operator(filter, "or");
	}
	return 0;
}

static int filter_date_value(struct filter *filter, struct slice text)
{
	struct slice rest = text;
	struct day day;
	uint64_t count;
	bool ahead = slice_take_byte(&rest, '+');

	if ((ahead || slice_take_byte(&rest, '-')) && slice_take_number(&rest, 36500, &count) && rest.len == 1 &&
	    strchr("dwmy", rest.at[0]) != NULL) {
		json_write_object(&filter->writer);
		json_write_key(&filter->writer, "relative");
		json_write_slice(&filter->writer, text);
		json_write_end(&filter->writer);
		return 0;
	}
	if (date_parse(text, &day, filter->error) != 0) {
		error_prefix(filter->error, "filter, column %zu", filter_column(filter, text.at));
		return E_INPUT;
	}
	json_write_date(&filter->writer, day);
	return 0;
}

static const char *filter_comparison(struct slice *value)
{
	static const char *const operators[] = {"<=", ">=", "<", ">", "="};

	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (slice_take(value, slice_of(operators[i])))
			return operators[i];
	return "=";
}

static int filter_date(struct filter *filter, const struct filter_field *field, struct slice value)
{
	const char *start = value.at, *op = filter_comparison(&value);
	ptrdiff_t range = slice_find(value, SLICE(".."));
	int code;

	if (strcmp(op, "=") != 0 && (range >= 0 || slice_is(value, "none")))
		return error_set(filter->error, E_INPUT, "bad_filter", "filter, column %zu: %s takes no %s before %s",
		    filter_column(filter, start), field->name, op, range >= 0 ? "a range" : "none");
	if (slice_is(value, "none")) {
		filter_leaf(filter, field->name, "=", value);
		return 0;
	}
	filter_leaf_open(filter, slice_of(field->name), range >= 0 ? ".." : op);
	code = filter_date_value(filter, slice_cut(value, 0, range >= 0 ? (size_t)range : value.len));
	if (code == 0 && range >= 0) {
		json_write_key(&filter->writer, "to");
		code = filter_date_value(filter, slice_from(value, (size_t)range + 2));
	}
	if (code == 0)
		json_write_end(&filter->writer);
	return code;
}

static int filter_number(struct filter *filter, const struct filter_field *field, struct slice value)
{
	const char *op = filter_comparison(&value);
	struct slice rest = value;
	uint64_t whole;

	if (!slice_take_number(&rest, 1000000, &whole) ||
	    (slice_take_byte(&rest, '.') && !slice_take_number(&rest, 1000000, &whole)) || rest.len > 0)
		return error_set(filter->error, E_INPUT, "bad_filter", "filter, column %zu: %s takes a number such as <0.8",
		    filter_column(filter, value.at), field->name);
	filter_leaf(filter, field->name, op, value);
	return 0;
}

/* The value without its quotes. */
static struct slice filter_unquote(struct slice value)
{
	if (value.len >= 2 && value.at[0] == '"' && value.at[value.len - 1] == '"')
		return slice_cut(value, 1, value.len - 1);
	return value;
}

static int filter_field_term(struct filter *filter, struct slice name, struct slice value)
{
	const struct filter_field *field = filter_find(name);

	if (field == NULL)
		return filter_unknown(filter, name);
	value = filter_unquote(value);
	if (value.len == 0)
		return error_set(filter->error, E_INPUT, "bad_filter", "filter, column %zu: %s: a value is missing",
		    filter_column(filter, value.at), field->name);
	switch (field->type) {
	case FILTER_DATE:
		return filter_date(filter, field, value);
	case FILTER_NUMBER:
		return filter_number(filter, field, value);
	case FILTER_WORD:
		if (strcmp(field->name, "text") == 0 || strcmp(field->name, "addressee") == 0) {
			filter_leaf(filter, field->name, ":", value);
			return 0;
		}
		return filter_words(filter, field, value);
	case FILTER_FLAG:
	case FILTER_ONE_OF:
		return filter_words(filter, field, value);
	}
	return 0;
}

/* The colon that ends a field's name: letters only before it, so that a reference
 * ("2004/23:9") and a quoted text stay text. */
static ptrdiff_t filter_colon(struct slice word)
{
	for (size_t i = 0; i < word.len; i++) {
		char c = word.at[i];

		if (c == ':')
			return i > 0 ? (ptrdiff_t)i : -1;
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'))
			return -1;
	}
	return -1;
}

/* Quotes stand round a whole text: nothing before them but a field's name, nothing after. */
static int filter_quotes(struct filter *filter, struct slice word, ptrdiff_t colon)
{
	size_t begin = colon > 0 ? (size_t)colon + 1 : 0;
	ptrdiff_t first = slice_find_byte(word, '"'), length;
	const char *what = NULL;

	if (first < 0)
		return 0;
	length = slice_find_byte(slice_from(word, (size_t)first + 1), '"');
	if (length < 0)
		return filter_fault(filter, "a quotation mark is never closed");
	if ((size_t)first != begin)
		what = "text before the opening quotation mark";
	else if ((size_t)first + (size_t)length + 2 != word.len)
		what = "text after the closing quotation mark";
	if (what != NULL)
		filter->rest = slice_from(filter->rest, (size_t)first + (begin == (size_t)first ? (size_t)length + 2 : 0));
	return what != NULL ? filter_fault(filter, what) : 0;
}

static int filter_term(struct filter *filter)
{
	size_t len = filter_word_length(filter->rest);
	struct slice word = slice_cut(filter->rest, 0, len);
	ptrdiff_t colon = filter_colon(word);
	int code = filter_quotes(filter, word, colon);

	if (code != 0)
		return code;
	if (++filter->terms > FILTER_TERMS)
		return filter_fault(filter, "too many terms");
	if (colon > 0) {
		code = filter_field_term(filter, slice_cut(word, 0, (size_t)colon), slice_from(word, (size_t)colon + 1));
	} else {
		if (filter_unquote(word).len == 0)
			return filter_fault(filter, "an empty text finds nothing");
		filter_leaf(filter, "text", ":", filter_unquote(word));
	}
	if (code == 0)
		filter->rest = slice_from(filter->rest, len);
	return code;
}

/* One term, perhaps turned round: -term, not term, ( … ). */
static int filter_one(struct filter *filter)
{
	bool word_not;
	int code;

	slice_skip_blanks(&filter->rest);
	word_not = filter_at_word(filter, "not");
	if (filter->rest.len == 0)
		return filter_fault(filter, "something is missing at the end");
	if (filter_at_word(filter, "and") || filter_at_word(filter, "or"))
		return filter_fault(filter, "a term is missing here; to find the word itself put it in double quotes");
	if (filter->rest.at[0] == ')')
		return filter_fault(filter, "a term is missing before the parenthesis");
	if (++filter->depth > FILTER_DEPTH)
		return filter_fault(filter, "nested too deeply");
	if (word_not || filter->rest.at[0] == '-') {
		filter->rest = slice_from(filter->rest, word_not ? 3 : 1);
		code = filter_one(filter);
		if (code == 0)
			filter_operator(filter, "not");
	} else if (slice_take_byte(&filter->rest, '(')) {
		code = filter_any(filter);
		slice_skip_blanks(&filter->rest);
		if (code == 0 && !slice_take_byte(&filter->rest, ')'))
			code = filter_fault(filter, "a parenthesis is never closed");
	} else {
		code = filter_term(filter);
	}
	filter->depth--;
	return code;
}

static bool filter_goes_on(struct filter *filter)
{
	slice_skip_blanks(&filter->rest);
	return filter->rest.len > 0 && filter->rest.at[0] != ')';
}

static int filter_all(struct filter *filter)
{
	int code = filter_one(filter);

	while (code == 0 && filter_goes_on(filter) && !filter_at_word(filter, "or")) {
		if (filter_at_word(filter, "and"))
			filter->rest = slice_from(filter->rest, 3);
		code = filter_one(filter);
		if (code == 0)
			filter_operator(filter, "and");
	}
	return code;
}

static int filter_any(struct filter *filter)
{
	int code = filter_all(filter);

	while (code == 0 && filter_goes_on(filter) && filter_at_word(filter, "or")) {
		filter->rest = slice_from(filter->rest, 2);
		code = filter_all(filter);
		if (code == 0)
			filter_operator(filter, "or");
	}
	return code;
}

int filter_parse(struct slice words, struct buf *json, struct error *error)
{
	struct filter filter = {.rest = words, .start = words.at, .error = error};
	int code = 0;

	if (words.len > FILTER_MAX)
		return error_set(error, E_INPUT, "bad_filter", "the filter is longer than %d characters", FILTER_MAX);
	json_write_init(&filter.writer, json);
	json_write_array(&filter.writer);
	slice_skip_blanks(&filter.rest);
	if (filter.rest.len > 0)
		code = filter_any(&filter);
	if (code == 0 && filter.rest.len > 0)
		code = filter_fault(&filter, "there is no parenthesis to close");
	if (code == 0)
		json_write_end(&filter.writer);
	return code;
}
