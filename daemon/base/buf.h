#ifndef MANDATE_BUF_H
#define MANDATE_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

/*
 * Growing bytes with a maximum. A buffer fails stickily: append as you like
 * and ask once at the end (buf_failed). It is always NUL-terminated.
 */
struct buf {
	char *at;
	size_t len, room, max;
	bool failed;
};

/* All maxima in one list. */
#define BUF_MAX_LINE ((size_t)64 << 10)
#define BUF_MAX_BODY ((size_t)64 << 20)    /* one answer or document */
#define BUF_MAX_DOCUMENT ((size_t)1 << 30) /* a report, a reading */

void buf_init(struct buf *buf, size_t max);
void buf_release(struct buf *buf);
void buf_clear(struct buf *buf);
bool buf_failed(const struct buf *buf);
const char *buf_text(const struct buf *buf);
struct slice buf_slice(const struct buf *buf);
/* Hands the bytes (NUL-terminated, to be freed) to the caller; the buffer is empty after. */
char *buf_take(struct buf *buf);

void buf_append(struct buf *buf, const void *bytes, size_t len);
void buf_append_slice(struct buf *buf, struct slice text);
void buf_append_text(struct buf *buf, const char *text);
void buf_append_byte(struct buf *buf, char byte);
void buf_append_repeat(struct buf *buf, char byte, size_t count);
void buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
