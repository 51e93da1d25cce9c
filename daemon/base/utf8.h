#ifndef MANDATE_UTF8_H
#define MANDATE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

#define UTF8_MAX 4

/* Takes one character off the front; false at the end or where the bytes are
 * not UTF-8 (nothing is taken then). */
bool utf8_take(struct slice *text, uint32_t *ret);
/* Writes 1 to 4 bytes and returns how many; 0 for a value that is no character. */
size_t utf8_put(char out[UTF8_MAX], uint32_t character);
/* Whether all of text is well-formed; if not, *ret_bad is the offset of the first bad byte. */
bool utf8_valid(struct slice text, size_t *ret_bad);
/* Columns on a terminal: 0 for combining marks, 2 for wide East Asian characters, else 1. */
int utf8_width(uint32_t character);
size_t utf8_columns(struct slice text);
/* The longest head of text that fits into so many columns. */
struct slice utf8_fit(struct slice text, size_t columns);

#endif
