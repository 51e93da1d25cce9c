#ifndef MANDATE_JSON_H
#define MANDATE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

#include "buf.h"
#include "date.h"
#include "error.h"
#include "slice.h"

/*
 * Writing: a stack of scopes puts the commas and quotes in; a key is written
 * before each member of an object and never in an array.
 */
#define JSON_DEPTH 32

struct json_writer {
	struct buf *out;
	int depth;
	bool filled[JSON_DEPTH];
	char closing[JSON_DEPTH];
	bool after_key;
};

void json_write_init(struct json_writer *writer, struct buf *out);
void json_write_object(struct json_writer *writer);
void json_write_array(struct json_writer *writer);
void json_write_end(struct json_writer *writer); /* closes the innermost scope */
void json_write_key(struct json_writer *writer, const char *key);
/* Bytes that are not UTF-8 come out as U+FFFD. */
void json_write_slice(struct json_writer *writer, struct slice text);
void json_write_text(struct json_writer *writer, const char *text); /* NULL gives null */
void json_write_integer(struct json_writer *writer, int64_t value);
void json_write_fraction(struct json_writer *writer, double value); /* two places */
void json_write_boolean(struct json_writer *writer, bool value);
void json_write_null(struct json_writer *writer);
/* Text that is JSON already. */
void json_write_raw(struct json_writer *writer, struct slice json);
void json_write_date(struct json_writer *writer, struct day day);

/*
 * Reading, with jansson: duplicate keys are refused, the message says line and column.
 * The caller releases with json_decref.
 */
MUST_CHECK int json_read(struct slice text, json_t **ret, struct error *error);

/* Members for display: "" or 0 where missing or of another type. */
const char *json_text_of(const json_t *object, const char *key);
int64_t json_integer_of(const json_t *object, const char *key);
bool json_flag_of(const json_t *object, const char *key);
json_t *json_member(const json_t *object, const char *key); /* never null: a JSON null if missing */

#endif
