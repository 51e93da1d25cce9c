#ifndef MANDATE_API_SHAPE_H
#define MANDATE_API_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/json.h"
#include "base/slice.h"

/*
 * What a route's parameters look like, and the check of what a request brings
 * against it. Path, query and body members end up in one list of values, which
 * is written as the flat object that the SQL function gets. A fault names the
 * member it is about ("references[3]").
 */
enum shape_place {
	SHAPE_PATH,
	SHAPE_QUERY,
	SHAPE_BODY,
};

enum shape_type {
	SHAPE_TEXT,    /* least to most bytes of UTF-8 */
	SHAPE_INTEGER, /* least to most */
	SHAPE_DATE,    /* 2005-09-13 */
	SHAPE_TIME,    /* 2005-09-13T10:00:00Z, or a date */
	SHAPE_BOOLEAN,
	SHAPE_WORD,    /* one of words */
	SHAPE_TEXTS,   /* a list of at most `most` texts */
	SHAPE_FILTER,  /* filter words, compiled here */
	SHAPE_LIST,    /* any JSON list; the SQL function looks inside */
};

#define SHAPE_REQUIRED 1u
#define SHAPE_NULLABLE 2u /* null is a value of its own */
#define SHAPE_OURS 4u     /* for the handler; not passed on */

struct shape {
	const char *name; /* NULL ends a list of shapes */
	enum shape_place place;
	enum shape_type type;
	unsigned flags;
	int64_t least, most;
	const char *words; /* separated by single spaces */
};

/* One member that is there. text: path and query, decoded, or the compiled filter; json: body. */
struct shape_value {
	const struct shape *shape;
	struct slice text;
	struct slice words; /* of a filter, as typed */
	json_t *json; /* borrowed from the body */
};

#define SHAPE_MAX 20

struct shape_values {
	size_t count;
	struct shape_value at[SHAPE_MAX];
};

struct shape_input {
	const struct shape *shapes;
	const struct slice *path; /* still percent-encoded, in the order of the SHAPE_PATH shapes */
	const char *query;        /* still percent-encoded, or NULL */
	const json_t *body;       /* an object, or NULL */
};

struct shape_fault {
	struct error error;
	char member[160]; /* "" where it is about none */
};

/* Texts live on the arena, JSON in the body. Fills fault and returns a negative code on the
 * first thing that does not fit. */
MUST_CHECK int shape_read(const struct shape_input *input, struct arena *arena,
    struct shape_values *ret, struct shape_fault *fault);
/* The members, but for SHAPE_OURS, into an open object. */
void shape_write(const struct shape_values *values, struct json_writer *writer);
/* NULL where the member is not there. */
const struct shape_value *shape_find(const struct shape_values *values, const char *name);
/* "" where it is not there. */
struct slice shape_text(const struct shape_values *values, const char *name);
/* For help: "text", "integer" … */
const char *shape_type_name(enum shape_type type);
const char *shape_place_name(enum shape_place place);

/* A body's bytes to an object: UTF-8 and JSON are checked, duplicate members refused. Empty
 * gives NULL and 0. */
MUST_CHECK int shape_body(struct slice bytes, json_t **ret, struct shape_fault *fault);
/* %41 to A, and + to a blank where plus is set. False where it is not well-formed, or holds a NUL. */
bool shape_decode(struct arena *arena, struct slice text, bool plus, struct slice *ret);

#endif
