/*
 * Checks what a request brings against its route's shapes. Pure: no request, no
 * store. The first fault ends the check and is named by member; everything that
 * passes is well-formed UTF-8 and of the type that the table says.
 */
#include "shape.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/utf8.h"
#include "store/filter.h"

static const char *const shape_type_names[] = {
	[SHAPE_TEXT] = "text",
	[SHAPE_INTEGER] = "integer",
	[SHAPE_DATE] = "date",
	[SHAPE_TIME] = "time",
	[SHAPE_BOOLEAN] = "boolean",
	[SHAPE_WORD] = "word",
	[SHAPE_TEXTS] = "list of text",
	[SHAPE_FILTER] = "filter",
	[SHAPE_LIST] = "list",
};

static const char *const shape_place_names[] = {
	[SHAPE_PATH] = "path",
	[SHAPE_QUERY] = "query",
	[SHAPE_BODY] = "body",
};

const char *shape_type_name(enum shape_type type)
{
	return shape_type_names[type];
}

const char *shape_place_name(enum shape_place place)
{
	return shape_place_names[place];
}

/* The message begins with the member, so that it can stand alone. */
static int shape_fault_at(struct shape_fault *fault, const char *member, const char *name,
    const char *message)
{
	(void)snprintf(fault->member, sizeof fault->member, "%s", member);
	return error_set(&fault->error, E_INPUT, name, "%s: %s", member, message);
}

static int shape_hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool shape_decode(struct arena *arena, struct slice text, bool plus, struct slice *ret)
{
	char *out = arena_alloc(arena, text.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (c == '%') {
			int high = i + 2 < text.len ? shape_hex(text.at[i + 1]) : -1;
			int low = i + 2 < text.len ? shape_hex(text.at[i + 2]) : -1;

			if (high < 0 || low < 0 || (high == 0 && low == 0))
				return false;
			c = (char)(high * 16 + low);
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		out[len++] = c;
	}
	*ret = (struct slice){out, len};
	return utf8_valid(*ret, &len);
}

static bool shape_word_is_in(struct slice word, const char *words)
{
	struct slice rest = slice_of(words), one;

	while (slice_take_until(&rest, ' ', &one))
		if (slice_equal(one, word))
			return true;
	return false;
}

static int shape_check_length(const struct shape *shape, const char *member, size_t len,
    struct shape_fault *fault)
{
	char message[96];

	if ((int64_t)len < shape->least)
		return shape_fault_at(fault, member, "bad_value", "may not be empty");
	if (shape->most > 0 && (int64_t)len > shape->most) {
		(void)snprintf(message, sizeof message, "longer than %lld bytes",
		    (long long)shape->most);
		return shape_fault_at(fault, member, "too_long", message);
	}
	return 0;
}

static int shape_check_integer(const struct shape *shape, const char *member, int64_t value,
    struct shape_fault *fault)
{
	char message[96];

	if (value >= shape->least && value <= shape->most)
		return 0;
	(void)snprintf(message, sizeof message, "%lld is not between %lld and %lld", (long long)value,
	    (long long)shape->least, (long long)shape->most);
	return shape_fault_at(fault, member, "bad_value", message);
}

static int shape_check_word(const struct shape *shape, const char *member, struct slice word,
    struct shape_fault *fault)
{
	if (shape_word_is_in(word, shape->words))
		return 0;
	(void)snprintf(fault->member, sizeof fault->member, "%s", member);
	return error_set(&fault->error, E_INPUT, "bad_value", "%s: \"%.*s\" is none of: %s", member,
	    (int)(word.len < 60 ? word.len : 60), word.at, shape->words);
}

static int shape_check_date(const char *member, struct slice text, struct shape_fault *fault)
{
	struct day day;

	if (date_parse(text, &day, &fault->error) == 0)
		return 0;
	error_prefix(&fault->error, "%s", member);
	(void)snprintf(fault->member, sizeof fault->member, "%s", member);
	return E_INPUT;
}

/* Two digits up to max. */
static bool shape_take_pair(struct slice *text, uint64_t max)
{
	struct slice pair = slice_cut(*text, 0, 2);
	uint64_t value;

	if (pair.len != 2 || !slice_take_number(&pair, max, &value) || pair.len != 0)
		return false;
	*text = slice_from(*text, 2);
	return true;
}

/* hh:mm[:ss[.ffffff]] and Z or +hh:mm, after the T. */
static bool shape_clock_is_good(struct slice text)
{
	uint64_t fraction;

	if (!shape_take_pair(&text, 23) || !slice_take_byte(&text, ':') || !shape_take_pair(&text, 59))
		return false;
	if (slice_take_byte(&text, ':')) {
		if (!shape_take_pair(&text, 60))
			return false;
		if (slice_take_byte(&text, '.') && !slice_take_number(&text, 999999999, &fraction))
			return false;
	}
	if (slice_take_byte(&text, 'Z') || slice_take_byte(&text, 'z'))
		return text.len == 0;
	if (!slice_take_byte(&text, '+') && !slice_take_byte(&text, '-'))
		return false;
	return shape_take_pair(&text, 15) && slice_take_byte(&text, ':') &&
	    shape_take_pair(&text, 59) && text.len == 0;
}

static int shape_check_time(const char *member, struct slice text, struct shape_fault *fault)
{
	int ret = shape_check_date(member, slice_cut(text, 0, 10), fault);

	if (ret != 0 || text.len == 10)
		return ret;
	if ((text.at[10] != 'T' && text.at[10] != 't') || !shape_clock_is_good(slice_from(text, 11)))
		return shape_fault_at(fault, member, "bad_date",
		    "not a time; write it as in 2005-09-13T10:00:00Z");
	return 0;
}

/* Filter words become the compiled filter, on the arena. */
static int shape_compile(const char *member, struct slice *text, struct arena *arena,
    struct shape_fault *fault)
{
	struct buf json;
	int ret;

	buf_init(&json, BUF_MAX_LINE);
	ret = filter_parse(*text, &json, &fault->error);
	if (ret != 0)
		(void)snprintf(fault->member, sizeof fault->member, "%s", member);
	else if (buf_failed(&json))
		ret = shape_fault_at(fault, member, "bad_filter", "too long");
	else
		*text = arena_slice(arena, buf_slice(&json));
	buf_release(&json);
	return ret;
}

static bool shape_integer_of(struct slice text, int64_t *ret)
{
	bool negative = slice_take_byte(&text, '-');
	uint64_t value;

	if (!slice_take_number(&text, (uint64_t)1 << 53, &value) || text.len != 0)
		return false;
	*ret = negative ? -(int64_t)value : (int64_t)value;
	return true;
}

/* A member of the path or the query, decoded. */
static int shape_check_text(const struct shape *shape, struct arena *arena,
    struct shape_value *value, struct shape_fault *fault)
{
	const char *member = shape->name;
	int64_t number;

	switch (shape->type) {
	case SHAPE_TEXT:
		return shape_check_length(shape, member, value->text.len, fault);
	case SHAPE_INTEGER:
		if (!shape_integer_of(value->text, &number))
			return shape_fault_at(fault, member, "bad_value", "not a whole number");
		return shape_check_integer(shape, member, number, fault);
	case SHAPE_DATE:
		return shape_check_date(member, value->text, fault);
	case SHAPE_TIME:
		return shape_check_time(member, value->text, fault);
	case SHAPE_BOOLEAN:
		if (slice_is(value->text, "true") || slice_is(value->text, "false"))
			return 0;
		return shape_fault_at(fault, member, "bad_value", "neither true nor false");
	case SHAPE_WORD:
		return shape_check_word(shape, member, value->text, fault);
	case SHAPE_FILTER:
		value->words = value->text;
		return shape_compile(member, &value->text, arena, fault);
	case SHAPE_TEXTS:
	case SHAPE_LIST:
		break;
	}
	return shape_fault_at(fault, member, "bad_value", "has its place in the body");
}

static int shape_check_texts(const struct shape *shape, const json_t *list,
    struct shape_fault *fault)
{
	const struct shape one = {.name = shape->name, .least = 1, .most = 4096};
	char member[80], message[96];
	size_t i;
	json_t *item;

	if (!json_is_array(list))
		return shape_fault_at(fault, shape->name, "wrong_type", "not a list of text");
	if (shape->most > 0 && (int64_t)json_array_size(list) > shape->most) {
		(void)snprintf(message, sizeof message, "more than %lld", (long long)shape->most);
		return shape_fault_at(fault, shape->name, "too_many", message);
	}
	if ((int64_t)json_array_size(list) < shape->least)
		return shape_fault_at(fault, shape->name, "bad_value", "may not be empty");
	json_array_foreach(list, i, item) {
		(void)snprintf(member, sizeof member, "%s[%zu]", shape->name, i);
		if (!json_is_string(item))
			return shape_fault_at(fault, member, "wrong_type", "not a text");
		if (shape_check_length(&one, member, json_string_length(item), fault) != 0)
			return E_INPUT;
	}
	return 0;
}

/* A text of the body, checked like one of the query, but for its length. */
static int shape_check_string(const struct shape *shape, const json_t *json,
    struct shape_fault *fault)
{
	struct shape_value value = {.shape = shape};

	if (!json_is_string(json))
		return shape_fault_at(fault, shape->name, "wrong_type", "not a text");
	value.text = (struct slice){json_string_value(json), json_string_length(json)};
	return shape_check_text(shape, NULL, &value, fault);
}

static int shape_check_json(const struct shape *shape, const json_t *json,
    struct shape_fault *fault)
{
	if (json_is_null(json) && (shape->flags & SHAPE_NULLABLE))
		return 0;
	switch (shape->type) {
	case SHAPE_INTEGER:
		if (!json_is_integer(json))
			return shape_fault_at(fault, shape->name, "wrong_type", "not a whole number");
		return shape_check_integer(shape, shape->name, json_integer_value(json), fault);
	case SHAPE_BOOLEAN:
		if (json_is_boolean(json))
			return 0;
		return shape_fault_at(fault, shape->name, "wrong_type", "neither true nor false");
	case SHAPE_TEXTS:
		return shape_check_texts(shape, json, fault);
	case SHAPE_LIST:
		if (json_is_array(json))
			return 0;
		return shape_fault_at(fault, shape->name, "wrong_type", "not a list");
	case SHAPE_TEXT:
	case SHAPE_DATE:
	case SHAPE_TIME:
	case SHAPE_WORD:
	case SHAPE_FILTER:
		break;
	}
	return shape_check_string(shape, json, fault);
}

static const struct shape *shape_of(const struct shape *shapes, enum shape_place place,
    struct slice name)
{
	for (const struct shape *shape = shapes; shape->name != NULL; shape++)
		if (shape->place == place && slice_is(name, shape->name))
			return shape;
	return NULL;
}

static int shape_unknown(const struct shape *shapes, enum shape_place place, struct slice name,
    struct shape_fault *fault)
{
	struct buf known;
	int shown = (int)(name.len < 60 ? name.len : 60);

	buf_init(&known, BUF_MAX_LINE);
	for (const struct shape *shape = shapes; shape->name != NULL; shape++)
		if (shape->place == place)
			buf_printf(&known, "%s%s", known.len > 0 ? ", " : "", shape->name);
	(void)snprintf(fault->member, sizeof fault->member, "%.*s", shown, name.at);
	error_set(&fault->error, E_INPUT, "unknown_member", "%.*s: no such member of the %s; there %s%s",
	    shown, name.at, shape_place_names[place], known.len > 0 ? "are: " : "is none",
	    known.len > 0 ? buf_text(&known) : "");
	buf_release(&known);
	return E_INPUT;
}

static struct shape_value *shape_add(struct shape_values *values, const struct shape *shape)
{
	struct shape_value *value = &values->at[values->count++];

	*value = (struct shape_value){.shape = shape};
	return value;
}

static int shape_read_path(const struct shape_input *input, struct arena *arena,
    struct shape_values *values, struct shape_fault *fault)
{
	const struct slice *segment = input->path;

	for (const struct shape *shape = input->shapes; shape->name != NULL; shape++) {
		struct shape_value *value;
		int ret;

		if (shape->place != SHAPE_PATH)
			continue;
		value = shape_add(values, shape);
		if (!shape_decode(arena, *segment++, false, &value->text))
			return shape_fault_at(fault, shape->name, "not_text", "not UTF-8, percent-encoded");
		ret = shape_check_text(shape, arena, value, fault);
		if (ret != 0)
			return ret;
	}
	return 0;
}

static int shape_read_pair(const struct shape_input *input, struct slice pair, struct arena *arena,
    struct shape_values *values, struct shape_fault *fault)
{
	const struct shape *shape;
	struct shape_value *value;
	struct slice name, text;

	if (!slice_take_until(&pair, '=', &name))
		return 0;
	if (!shape_decode(arena, name, true, &name) || !shape_decode(arena, pair, true, &text))
		return shape_fault_at(fault, "query", "not_text", "not UTF-8, percent-encoded");
	shape = shape_of(input->shapes, SHAPE_QUERY, name);
	if (shape == NULL)
		return shape_unknown(input->shapes, SHAPE_QUERY, name, fault);
	if (shape_find(values, shape->name) != NULL)
		return shape_fault_at(fault, shape->name, "repeated_member", "given twice");
	value = shape_add(values, shape);
	value->text = text;
	return shape_check_text(shape, arena, value, fault);
}

static int shape_read_query(const struct shape_input *input, struct arena *arena,
    struct shape_values *values, struct shape_fault *fault)
{
	struct slice rest = slice_of(input->query), pair;

	while (slice_take_until(&rest, '&', &pair)) {
		int ret = shape_read_pair(input, pair, arena, values, fault);

		if (ret != 0)
			return ret;
	}
	return 0;
}

static int shape_read_body(const struct shape_input *input, struct shape_values *values,
    struct shape_fault *fault)
{
	const char *name;
	json_t *json;

	json_object_foreach((json_t *)input->body, name, json) {
		const struct shape *shape = shape_of(input->shapes, SHAPE_BODY, slice_of(name));
		int ret;

		if (shape == NULL)
			return shape_unknown(input->shapes, SHAPE_BODY, slice_of(name), fault);
		ret = shape_check_json(shape, json, fault);
		if (ret != 0)
			return ret;
		shape_add(values, shape)->json = json;
	}
	return 0;
}

static int shape_check_missing(const struct shape *shapes, const struct shape_values *values,
    struct shape_fault *fault)
{
	for (const struct shape *shape = shapes; shape->name != NULL; shape++)
		if ((shape->flags & SHAPE_REQUIRED) && shape_find(values, shape->name) == NULL)
			return shape_fault_at(fault, shape->name, "missing_member", "is missing");
	return 0;
}

int shape_read(const struct shape_input *input, struct arena *arena, struct shape_values *ret,
    struct shape_fault *fault)
{
	int code;

	*fault = (struct shape_fault){0};
	ret->count = 0;
	code = shape_read_path(input, arena, ret, fault);
	if (code == 0)
		code = shape_read_query(input, arena, ret, fault);
	if (code == 0)
		code = shape_read_body(input, ret, fault);
	if (code == 0)
		code = shape_check_missing(input->shapes, ret, fault);
	return code;
}

static void shape_write_json(const json_t *json, struct json_writer *writer)
{
	char *text;

	if (json_is_string(json)) {
		json_write_slice(writer,
		    (struct slice){json_string_value(json), json_string_length(json)});
		return;
	}
	text = json_dumps(json, JSON_COMPACT | JSON_ENCODE_ANY);
	json_write_raw(writer, slice_of(text != NULL ? text : "null"));
	free(text);
}

/* Not as it came: 007 is no JSON. */
static void shape_write_integer(struct slice text, struct json_writer *writer)
{
	int64_t value = 0;

	(void)shape_integer_of(text, &value);
	json_write_integer(writer, value);
}

void shape_write(const struct shape_values *values, struct json_writer *writer)
{
	for (size_t i = 0; i < values->count; i++) {
		const struct shape_value *value = &values->at[i];

		if (value->shape->flags & SHAPE_OURS)
			continue;
		json_write_key(writer, value->shape->name);
		if (value->json != NULL)
			shape_write_json(value->json, writer);
		else if (value->shape->type == SHAPE_INTEGER)
			shape_write_integer(value->text, writer);
		else if (value->shape->type == SHAPE_BOOLEAN || value->shape->type == SHAPE_FILTER)
			json_write_raw(writer, value->text);
		else
			json_write_slice(writer, value->text);
	}
}

const struct shape_value *shape_find(const struct shape_values *values, const char *name)
{
	for (size_t i = 0; i < values->count; i++)
		if (strcmp(values->at[i].shape->name, name) == 0)
			return &values->at[i];
	return NULL;
}

struct slice shape_text(const struct shape_values *values, const char *name)
{
	const struct shape_value *value = shape_find(values, name);

	if (value == NULL)
		return slice_of(NULL);
	if (value->json != NULL)
		return (struct slice){json_string_value(value->json), json_string_length(value->json)};
	return value->text;
}

int shape_body(struct slice bytes, json_t **ret, struct shape_fault *fault)
{
	json_t *body = NULL;
	size_t bad;
	int code;

	*fault = (struct shape_fault){0};
	*ret = NULL;
	if (slice_trim(bytes).len == 0)
		return 0;
	if (!utf8_valid(bytes, &bad))
		return error_set(&fault->error, E_INPUT, "not_text",
		    "the body is not UTF-8: byte %zu does not belong there", bad);
	code = json_read(bytes, &body, &fault->error);
	if (code != 0)
		return code;
	if (!json_is_object(body)) {
		json_decref(body);
		return error_set(&fault->error, E_INPUT, "bad_json", "the body is no JSON object");
	}
	*ret = body;
	return 0;
}
