#include "buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"

void buf_init(struct buf *buf, size_t max)
{
	*buf = (struct buf){.max = max};
}

void buf_release(struct buf *buf)
{
	free(buf->at);
	*buf = (struct buf){.max = buf->max};
}

void buf_clear(struct buf *buf)
{
	buf->len = 0;
	buf->failed = false;
	if (buf->at != NULL)
		buf->at[0] = '\0';
}

bool buf_failed(const struct buf *buf)
{
	return buf->failed;
}

const char *buf_text(const struct buf *buf)
{
	return buf->at ? buf->at : "";
}

struct slice buf_slice(const struct buf *buf)
{
	return (struct slice){buf_text(buf), buf->len};
}

char *buf_take(struct buf *buf)
{
	char *bytes = buf->at ? buf->at : xstrdup("");

	*buf = (struct buf){.max = buf->max};
	return bytes;
}

static bool buf_grow(struct buf *buf, size_t more)
{
	size_t room = buf->room ? buf->room : 128;

	if (buf->failed || more > buf->max || buf->len > buf->max - more) {
		buf->failed = true;
		return false;
	}
	while (room < buf->len + more + 1)
		room *= 2;
	if (room != buf->room) {
		buf->at = xreallocarray(buf->at, room, 1);
		buf->room = room;
	}
	return true;
}

void buf_append(struct buf *buf, const void *bytes, size_t len)
{
	if (!buf_grow(buf, len))
		return;
	if (len > 0)
		memcpy(buf->at + buf->len, bytes, len);
	buf->len += len;
	buf->at[buf->len] = '\0';
}

void buf_append_slice(struct buf *buf, struct slice text)
{
	buf_append(buf, text.at, text.len);
}

void buf_append_text(struct buf *buf, const char *text)
{
	buf_append(buf, text, strlen(text));
}

void buf_append_byte(struct buf *buf, char byte)
{
	buf_append(buf, &byte, 1);
}

void buf_append_repeat(struct buf *buf, char byte, size_t count)
{
	if (!buf_grow(buf, count))
		return;
	memset(buf->at + buf->len, byte, count);
	buf->len += count;
	buf->at[buf->len] = '\0';
}

void buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len < 0 || !buf_grow(buf, (size_t)len)) {
		buf->failed = true;
		return;
	}
	va_start(args, format);
	(void)vsnprintf(buf->at + buf->len, (size_t)len + 1, format, args);
	va_end(args);
	buf->len += (size_t)len;
}
