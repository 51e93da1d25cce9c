#include "json.h"

#include <assert.h>
#include <string.h>

#include "utf8.h"

void json_write_init(struct json_writer *writer, struct buf *out)
{
	*writer = (struct json_writer){.out = out};
}

/* What must stand before the next value: a comma, or nothing after a key. */
static void json_write_next(struct json_writer *writer)
{
	if (writer->after_key) {
		writer->after_key = false;
		return;
	}
	if (writer->filled[writer->depth])
		buf_append_byte(writer->out, ',');
	writer->filled[writer->depth] = true;
}

static void json_write_open(struct json_writer *writer, char opening, char closing)
{
	json_write_next(writer);
	assert(writer->depth + 1 < JSON_DEPTH);
	buf_append_byte(writer->out, opening);
	writer->depth++;
	writer->filled[writer->depth] = false;
	writer->closing[writer->depth] = closing;
}

void json_write_object(struct json_writer *writer)
{
	json_write_open(writer, '{', '}');
}

void json_write_array(struct json_writer *writer)
{
	json_write_open(writer, '[', ']');
}

void json_write_end(struct json_writer *writer)
{
	assert(writer->depth > 0 && !writer->after_key);
	buf_append_byte(writer->out, writer->closing[writer->depth--]);
}

static void json_write_escape(struct buf *out, unsigned char byte)
{
	switch (byte) {
	case '"':
		buf_append_text(out, "\\\"");
		break;
	case '\\':
		buf_append_text(out, "\\\\");
		break;
	case '\n':
		buf_append_text(out, "\\n");
		break;
	case '\t':
		buf_append_text(out, "\\t");
		break;
	case '\r':
		buf_append_text(out, "\\r");
		break;
	default:
		buf_printf(out, "\\u%04x", byte);
	}
}

static void json_write_quoted(struct buf *out, struct slice text)
{
	buf_append_byte(out, '"');
	while (text.len > 0) {
		struct slice rest = text;
		size_t plain = 0;
		uint32_t c;

		while (plain < text.len && (unsigned char)text.at[plain] >= 0x20 &&
		    (unsigned char)text.at[plain] < 0x80 && text.at[plain] != '"' &&
		    text.at[plain] != '\\')
			plain++;
		if (plain > 0) {
			buf_append(out, text.at, plain);
			text = slice_from(text, plain);
		} else if ((unsigned char)text.at[0] < 0x80) {
			json_write_escape(out, (unsigned char)text.at[0]);
			text = slice_from(text, 1);
		} else if (utf8_take(&rest, &c)) {
			buf_append(out, text.at, (size_t)(rest.at - text.at));
			text = rest;
		} else {
			buf_append_text(out, "\xEF\xBF\xBD");
			text = slice_from(text, 1);
		}
	}
	buf_append_byte(out, '"');
}

void json_write_key(struct json_writer *writer, const char *key)
{
	assert(writer->depth > 0 && writer->closing[writer->depth] == '}' && !writer->after_key);
	json_write_next(writer);
	json_write_quoted(writer->out, slice_of(key));
	buf_append_byte(writer->out, ':');
	writer->after_key = true;
}

void json_write_slice(struct json_writer *writer, struct slice text)
{
	json_write_next(writer);
	json_write_quoted(writer->out, text);
}

void json_write_text(struct json_writer *writer, const char *text)
{
	if (text == NULL)
		json_write_null(writer);
	else
		json_write_slice(writer, slice_of(text));
}

void json_write_integer(struct json_writer *writer, int64_t value)
{
	json_write_next(writer);
	buf_printf(writer->out, "%lld", (long long)value);
}

void json_write_fraction(struct json_writer *writer, double value)
{
	json_write_next(writer);
	buf_printf(writer->out, "%.2f", value);
}

void json_write_boolean(struct json_writer *writer, bool value)
{
	json_write_next(writer);
	buf_append_text(writer->out, value ? "true" : "false");
}

void json_write_null(struct json_writer *writer)
{
	json_write_next(writer);
	buf_append_text(writer->out, "null");
}

void json_write_raw(struct json_writer *writer, struct slice json)
{
	json_write_next(writer);
	buf_append_slice(writer->out, json);
}

void json_write_date(struct json_writer *writer, struct day day)
{
	char text[DATE_TEXT];

	date_format(day, text);
	json_write_text(writer, text);
}

int json_read(struct slice text, json_t **ret, struct error *error)
{
	json_error_t fault;
	json_t *value = json_loadb(text.at, text.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &fault);

	if (value == NULL)
		return error_set(error, E_INPUT, "bad_json", "not JSON: line %d, column %d: %s", fault.line,
		    fault.column, fault.text);
	*ret = value;
	return 0;
}

json_t *json_member(const json_t *object, const char *key)
{
	json_t *value = json_object_get(object, key);

	return value != NULL ? value : json_null();
}

const char *json_text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text != NULL ? text : "";
}

int64_t json_integer_of(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

bool json_flag_of(const json_t *object, const char *key)
{
	return json_is_true(json_object_get(object, key));
}
