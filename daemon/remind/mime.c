#include "mime.h"

#include <ctype.h>
#include <string.h>

#define LINE 76

void mime_multipart(struct buf *out, const char *subtype, const char *boundary)
{
	buf_printf(out, "Content-Type: multipart/%s; boundary=\"%s\"\r\n\r\n", subtype, boundary);
}

void mime_next(struct buf *out, const char *boundary)
{
	buf_printf(out, "--%s\r\n", boundary);
}

void mime_last(struct buf *out, const char *boundary)
{
	buf_printf(out, "--%s--\r\n", boundary);
}

/* A file's name: quoted, or where it is not ASCII by RFC 2231. */
static void mime_disposition(struct buf *out, const char *file)
{
	bool plain = true;

	for (const char *at = file; *at != '\0'; at++)
		plain = plain && (unsigned char)*at >= 32 && (unsigned char)*at < 127 && *at != '"' && *at != '\\';
	if (plain) {
		buf_printf(out, "Content-Disposition: attachment; filename=\"%s\"\r\n", file);
		return;
	}
	buf_append_text(out, "Content-Disposition: attachment; filename*=UTF-8''");
	for (; *file != '\0'; file++)
		if (isalnum((unsigned char)*file) || strchr(".-_", *file) != NULL)
			buf_append_byte(out, *file);
		else
			buf_printf(out, "%%%02X", (unsigned)(unsigned char)*file);
	buf_append_text(out, "\r\n");
}

static void mime_header(struct buf *out, const char *type, const char *file, const char *encoding)
{
	buf_printf(out, "Content-Type: %s\r\n", type);
	if (file != NULL)
		mime_disposition(out, file);
	buf_printf(out, "Content-Transfer-Encoding: %s\r\n\r\n", encoding);
}

/* What stands for itself: printing ASCII without "=". */
static bool quoted_plain(char byte)
{
	return (byte > 32 && byte < 127 && byte != '=');
}

/* One line of the text, without its end; no line of the output has more than 76 columns. */
static void quoted_line(struct buf *out, struct slice line)
{
	static const char digits[] = "0123456789ABCDEF";
	char row[LINE + 3];
	size_t len = 0;

	for (size_t i = 0; i < line.len; i++) {
		unsigned char byte = (unsigned char)line.at[i];
		bool last = i + 1 == line.len, plain = quoted_plain(line.at[i]) || ((byte == ' ' || byte == '\t') && !last);

		if (len + (plain ? 1 : 3) > LINE - 1U + (last ? 1U : 0U)) {
			memcpy(row + len, "=\r\n", 3);
			buf_append(out, row, len + 3);
			len = 0;
		}
		if (plain) {
			row[len++] = (char)byte;
		} else {
			row[len++] = '=';
			row[len++] = digits[byte >> 4];
			row[len++] = digits[byte & 15];
		}
	}
	memcpy(row + len, "\r\n", 2);
	buf_append(out, row, len + 2);
}

void mime_quoted(struct buf *out, struct slice text)
{
	struct slice line;

	while (slice_take_until(&text, '\n', &line)) {
		if (slice_ends(line, SLICE("\r")))
			line.len--;
		quoted_line(out, line);
	}
}

void mime_text(struct buf *out, const char *type, const char *file, struct slice text)
{
	mime_header(out, type, file, "quoted-printable");
	mime_quoted(out, text);
}

void mime_file(struct buf *out, const char *type, const char *file, struct slice base64)
{
	mime_header(out, type, file, "base64");
	for (size_t at = 0; at < base64.len; at += LINE) {
		buf_append_slice(out, slice_cut(base64, at, at + LINE < base64.len ? at + LINE : base64.len));
		buf_append_text(out, "\r\n");
	}
}
