#include "header.h"

#include <string.h>

#include <openssl/evp.h>

#include "base/date.h"

#define LINE 76
#define WORD_BYTES 42 /* so that an encoded word stays under 75 characters */

static bool header_is_plain(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text > 126 || ((unsigned char)*text < 32 && *text != '\t'))
			return false;
	return true;
}

/* A text without control characters. */
static void header_clean(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++)
		buf_append_byte(out, (unsigned char)*text < 32 || *text == 127 ? ' ' : *text);
}

/* Encoded words of UTF-8, each on a line of its own, cut between characters. */
static void header_encode(struct buf *out, const char *text)
{
	size_t len = strlen(text), at = 0;

	while (at < len) {
		unsigned char encoded[4 * ((WORD_BYTES + 2) / 3) + 1];
		size_t most = len - at < WORD_BYTES ? len - at : WORD_BYTES;

		while (at + most < len && most > 1 && ((unsigned char)text[at + most] & 0xc0) == 0x80)
			most--;
		EVP_EncodeBlock(encoded, (const unsigned char *)text + at, (int)most);
		buf_printf(out, "%s=?UTF-8?B?%s?=", at > 0 ? "\r\n " : "", encoded);
		at += most;
	}
}

/* Words that fill a line go on in the next. */
static void header_fold(struct buf *out, size_t at, struct slice text)
{
	struct slice word;
	bool first = true;

	while (slice_take_until(&text, ' ', &word)) {
		if (!first && at + 1 + word.len > LINE) {
			buf_append_text(out, "\r\n");
			at = 0;
		}
		if (!first) {
			buf_append_byte(out, ' ');
			at++;
		}
		buf_append_slice(out, word);
		at += word.len;
		first = false;
	}
}

/* Blanks at the ends and doubled ones are of no use in a header, and a line of blanks would break it. */
static void header_squeeze(struct buf *out, const char *text)
{
	struct buf clean;
	struct slice rest, word;

	buf_init(&clean, BUF_MAX_LINE);
	header_clean(&clean, text);
	rest = buf_slice(&clean);
	while (slice_take_until(&rest, ' ', &word))
		if (word.len > 0)
			buf_printf(out, "%s%.*s", out->len > 0 ? " " : "", SLICE_ARG(word));
	buf_release(&clean);
}

void header_text(struct buf *out, const char *field, const char *text)
{
	struct buf clean;

	buf_init(&clean, BUF_MAX_LINE);
	header_squeeze(&clean, text);
	buf_printf(out, "%s: ", field);
	if (!header_is_plain(buf_text(&clean)) || strstr(buf_text(&clean), "=?") != NULL) {
		buf_append_text(out, "\r\n ");
		header_encode(out, buf_text(&clean));
	} else {
		header_fold(out, strlen(field) + 2, buf_slice(&clean));
	}
	buf_release(&clean);
}

void header_address(struct buf *out, const char *field, const char *name, const char *address)
{
	struct buf clean;

	buf_init(&clean, BUF_MAX_LINE);
	header_squeeze(&clean, name);
	buf_printf(out, "%s: ", field);
	if (clean.len > 0 && (!header_is_plain(buf_text(&clean)) || strstr(buf_text(&clean), "=?") != NULL)) {
		header_encode(out, buf_text(&clean));
		buf_append_text(out, "\r\n ");
	} else if (clean.len > 0) {
		bool fits = strlen(field) + clean.len + strlen(address) + 8 <= LINE;

		buf_append_byte(out, '"');
		for (const char *at = buf_text(&clean); *at != '\0'; at++) {
			if (*at == '"' || *at == '\\')
				buf_append_byte(out, '\\');
			buf_append_byte(out, *at);
		}
		buf_append_text(out, fits ? "\" " : "\"\r\n ");
	}
	buf_printf(out, "<%s>", address);
	buf_release(&clean);
}

void header_date(struct buf *out, const char *iso)
{
	static const char *const weekdays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
	struct slice text = slice_of(iso);
	struct civil civil;
	struct day day;

	if (text.len < 19 || date_parse(slice_cut(text, 0, 10), &day, NULL) != 0)
		return;
	civil = date_to_civil(day);
	buf_printf(out, "Date: %s, %02d %.3s %04d %.8s +0000", weekdays[date_weekday(day)], civil.day, date_month_name(civil.month), civil.year, iso + 11);
}

void header_split(const char *text, struct buf *name, struct buf *address)
{
	struct slice rest = slice_trim(slice_of(text)), head;
	ptrdiff_t open = slice_find_byte(rest, '<');

	if (open < 0 || !slice_ends(rest, SLICE(">"))) {
		buf_append_slice(address, rest);
		return;
	}
	head = slice_trim(slice_cut(rest, 0, (size_t)open));
	if (head.len >= 2 && head.at[0] == '"' && head.at[head.len - 1] == '"')
		head = slice_cut(head, 1, head.len - 1);
	buf_append_slice(name, head);
	buf_append_slice(address, slice_cut(rest, (size_t)open + 1, rest.len - 1));
}

bool header_address_good(const char *address)
{
	const char *at = strchr(address, '@');

	if (at == NULL || at == address || at[1] == '\0' || strchr(at + 1, '@') != NULL)
		return false;
	for (; *address != '\0'; address++)
		if ((unsigned char)*address <= 32 || *address == 127 || strchr("<>,;\"\\()", *address) != NULL)
			return false;
	return true;
}
