#ifndef MANDATE_SLICE_H
#define MANDATE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A slice points into text that somebody else owns. The slice_take functions
 * are a cursor: they advance the slice only when they succeed.
 */
struct slice {
	const char *at;
	size_t len;
};

#define SLICE(literal) ((struct slice){(literal), sizeof(literal) - 1})

struct slice slice_of(const char *text); /* NULL gives an empty slice */
struct slice slice_range(const char *from, const char *to);
/* From start to the end; clamped. */
struct slice slice_from(struct slice text, size_t start);
struct slice slice_cut(struct slice text, size_t start, size_t end);
struct slice slice_trim(struct slice text); /* ASCII blanks at both ends */

bool slice_is(struct slice text, const char *other);
bool slice_equal(struct slice a, struct slice b);
/* ASCII letters only. */
bool slice_equal_nocase(struct slice a, struct slice b);
int slice_compare(struct slice a, struct slice b);
bool slice_starts(struct slice text, struct slice head);
bool slice_starts_nocase(struct slice text, struct slice head);
bool slice_ends(struct slice text, struct slice tail);
/* Offset of the first occurrence, or -1. */
ptrdiff_t slice_find(struct slice text, struct slice what);
ptrdiff_t slice_find_nocase(struct slice text, struct slice what);
ptrdiff_t slice_find_byte(struct slice text, char byte);

/* How many letters must be changed, added or dropped, without regard to case; 99 for words too
 * long to be meant. */
size_t slice_distance(struct slice a, struct slice b);

/* Cursor. */
bool slice_take(struct slice *text, struct slice head);
bool slice_take_byte(struct slice *text, char byte);
/* Decimal digits, no sign; fails past max. */
bool slice_take_number(struct slice *text, uint64_t max, uint64_t *ret);
void slice_skip_blanks(struct slice *text);
/* Up to the byte (which is dropped) or the end; false when text is empty. */
bool slice_take_until(struct slice *text, char byte, struct slice *ret);

/* For printf: "%.*s", SLICE_ARG(s). */
#define SLICE_ARG(s) (int)(s).len, (s).at

#endif
