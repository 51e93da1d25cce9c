/*
 * What conversions leave in a text and no reader wants to know about: one pass
 * over the bytes, with the way back kept.
 */
#include "reader/normalize.h"

#include <stdbool.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"

#define TAG_MAX 300 /* longer than this is no tag */

void text_release(struct text *text)
{
	free(text->at);
	free(text->runs);
	*text = (struct text){ 0 };
}

void text_append(struct text *text, const char *bytes, size_t len, size_t in)
{
	const struct text_run *last = text->run_count > 0 ? &text->runs[text->run_count - 1] : NULL;

	if (len == 0)
		return;
	if (text->len + len > text->room) {
		text->room = text->len + len + text->room / 2 + 256;
		text->at = xreallocarray(text->at, text->room, 1);
	}
	if (last == NULL || in - last->in != text->len - last->out) {
		if (text->run_count == text->run_room) {
			text->run_room += text->run_room / 2 + 32;
			text->runs = xreallocarray(text->runs, text->run_room, sizeof(*text->runs));
		}
		text->runs[text->run_count++] = (struct text_run){ (uint32_t)text->len, (uint32_t)in };
	}
	memcpy(text->at + text->len, bytes, len);
	text->len += len;
}

size_t text_source(const struct text *text, size_t out)
{
	size_t low = 0, high = text->run_count;

	if (high == 0)
		return 0;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (text->runs[middle].out <= out)
			low = middle;
		else
			high = middle;
	}
	return text->runs[low].in + (out - text->runs[low].out);
}

size_t text_source_next(const struct text *text, size_t out, size_t *run)
{
	if (text->run_count == 0)
		return 0;
	if (*run >= text->run_count || text->runs[*run].out > out)
		return text_source(text, out);
	while (*run + 1 < text->run_count && text->runs[*run + 1].out <= out)
		*run += 1;
	return text->runs[*run].in + (out - text->runs[*run].out);
}

static bool byte_is_letter(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xC3;
}

static bool byte_is_word(unsigned char c)
{
	return byte_is_letter(c) || (c >= '0' && c <= '9');
}

struct cursor {
	struct slice source;
	size_t at;
	struct text *out;
	bool comments; /* a comment that does not end was seen: look for no more */
	bool scripts;  /* the same of scripts and styles */
};

static unsigned char cursor_byte(const struct cursor *cursor, size_t ahead)
{
	return cursor->at + ahead < cursor->source.len ?
	    (unsigned char)cursor->source.at[cursor->at + ahead] : 0;
}

static unsigned char cursor_before(const struct cursor *cursor)
{
	return cursor->out->len == 0 ? '\n' : (unsigned char)cursor->out->at[cursor->out->len - 1];
}

static void cursor_put(struct cursor *cursor, const char *bytes, size_t skip)
{
	text_append(cursor->out, bytes, strlen(bytes), cursor->at);
	cursor->at += skip;
}

/* What goes with an opening tag: a script, a style, the number of a footnote within a line. */
static size_t normalize_content(struct cursor *cursor, struct slice name, struct slice after)
{
	bool script = slice_starts_nocase(name, SLICE("script")), style = slice_starts_nocase(name, SLICE("style"));
	size_t digits = 0;
	ptrdiff_t end;

	if ((script || style) && !cursor->scripts) {
		end = slice_find_nocase(after, script ? SLICE("</script") : SLICE("</style"));
		cursor->scripts = end < 0;
		return end < 0 ? 0 : (size_t)end;
	}
	if (!slice_starts_nocase(name, SLICE("sup")) || cursor_before(cursor) == '\n')
		return 0;
	while (digits < after.len && digits < 3 && after.at[digits] >= '0' && after.at[digits] <= '9')
		digits++;
	return slice_starts_nocase(slice_from(after, digits), SLICE("</sup>")) ? digits : 0;
}

/* "<p>", "</em>", "<!-- Page 1 -->"; false when it is just a less-than sign. */
static bool normalize_tag(struct cursor *cursor)
{
	struct slice rest = slice_from(cursor->source, cursor->at);
	const char *end;
	unsigned char c = cursor_byte(cursor, 1);

	if (!cursor->comments && slice_starts(rest, SLICE("<!--"))) {
		end = memmem(rest.at, rest.len, "-->", 3);
		if (end != NULL) {
			cursor->at += (size_t)(end - rest.at) + 3;
			return true;
		}
		cursor->comments = true;
	}
	if (c == '/')
		c = cursor_byte(cursor, 2);
	if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')))
		return false;
	end = memchr(rest.at, '>', rest.len < TAG_MAX ? rest.len : TAG_MAX);
	if (end == NULL || memchr(rest.at, '\n', (size_t)(end - rest.at)) != NULL)
		return false;
	rest = slice_from(slice_range(rest.at, end), cursor_byte(cursor, 1) == '/' ? 2 : 1);
	if (slice_starts_nocase(rest, SLICE("p")) || slice_starts_nocase(rest, SLICE("br")) ||
	    slice_starts_nocase(rest, SLICE("div")) || slice_starts_nocase(rest, SLICE("li")) ||
	    slice_starts_nocase(rest, SLICE("h")) || slice_starts_nocase(rest, SLICE("t")))
		text_append(cursor->out, "\n", 1, cursor->at);
	cursor->at = (size_t)(end - cursor->source.at) + 1;
	if (rest.at[-1] == '<')
		cursor->at += normalize_content(cursor, rest, slice_from(cursor->source, cursor->at));
	return true;
}

/* "&#8220;", "&#x201C;": the character, but no control, blank or invisible one, of which the plain
 * text has its own ways. */
static bool normalize_reference(struct cursor *cursor)
{
	struct slice rest = slice_cut(cursor->source, cursor->at, cursor->at + 12);
	bool hexadecimal = slice_starts_nocase(rest, SLICE("&#x"));
	size_t i = hexadecimal ? 3 : 2, digits = 0;
	uint32_t character = 0;
	char bytes[UTF8_MAX + 1] = { 0 };

	for (; i < rest.len && digits < 7; i++, digits++) {
		char c = rest.at[i];
		int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 :
		    c >= 'A' && c <= 'F' ? c - 'A' + 10 : 16;

		if (digit >= (hexadecimal ? 16 : 10))
			break;
		character = character * (hexadecimal ? 16 : 10) + (uint32_t)digit;
	}
	if (digits == 0 || i >= rest.len || rest.at[i] != ';')
		return false;
	if (character <= 0x20 || character == 0xA0 || (character >= 0x2000 && character <= 0x200A) || character == 0x202F)
		bytes[0] = ' ';
	else if (character != 0xAD && !(character >= 0x200B && character <= 0x200F) &&
	    utf8_put(bytes, character) == 0)
		return false;
	cursor_put(cursor, bytes, i + 1);
	return true;
}

static bool normalize_entity(struct cursor *cursor)
{
	static const struct {
		const char *name, *is;
	} entities[] = {
		{ "&nbsp;", " " }, { "&amp;", "&" }, { "&quot;", "\"" }, { "&lt;", "<" }, { "&gt;", ">" },
		{ "&#39;", "'" }, { "&rsquo;", "\xE2\x80\x99" }, { "&ldquo;", "\xE2\x80\x9C" },
		{ "&rdquo;", "\xE2\x80\x9D" }, { "&ndash;", "\xE2\x80\x93" }, { "&mdash;", "\xE2\x80\x94" },
		{ "&lsquo;", "\xE2\x80\x98" }, { "&laquo;", "\xC2\xAB" }, { "&raquo;", "\xC2\xBB" }, { "&shy;", "" },
	};
	struct slice rest = slice_from(cursor->source, cursor->at);

	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
		if (slice_starts(rest, slice_of(entities[i].name))) {
			cursor_put(cursor, entities[i].is, strlen(entities[i].name));
			return true;
		}
	return slice_starts(rest, SLICE("&#")) && normalize_reference(cursor);
}

/* "*Urges*", "**WHEREAS**", "_recognizing_": marks at the edge of a word. A star with blanks on
 * its right is a bullet or a footnote mark and stays. */
static bool normalize_emphasis(struct cursor *cursor)
{
	unsigned char mark = cursor_byte(cursor, 0), before = cursor_before(cursor), after;
	size_t run = 1;

	while (run < 3 && cursor_byte(cursor, run) == mark)
		run++;
	after = cursor_byte(cursor, run);
	if (after == mark || (mark == '_' && run > 2))
		return false;
	if (mark == '_' && byte_is_word(before) && byte_is_word(after))
		return false;
	if (!byte_is_word(before) && before != '.' && before != ',' && before != ';' && before != ':' &&
	    before != ')' && !byte_is_word(after) && after != '(' && after != '"' && after != '[' &&
	    after != 0xE2)
		return false;
	if (before == '\n' && after == ' ')
		return false;
	cursor->at += run;
	return true;
}

/* The footnote mark of a body text; "m²" is none. */
static bool normalize_superscript(struct cursor *cursor, size_t len)
{
	const struct text *out = cursor->out;
	size_t letters = 0;

	if (cursor_before(cursor) == '\n' || cursor_before(cursor) == ' ')
		return false;
	while (letters < 3 && letters < out->len && byte_is_letter((unsigned char)out->at[out->len - 1 - letters]))
		letters++;
	if (letters == 1 || letters == 2)
		return false;
	cursor->at += len;
	return true;
}

static bool normalize_two(struct cursor *cursor, unsigned char second)
{
	switch (second) {
	case 0xA0: cursor_put(cursor, " ", 2); return true;
	case 0xAD: cursor->at += 2; return true;
	case 0xB9: case 0xB2: case 0xB3: return normalize_superscript(cursor, 2);
	default: return false;
	}
}

static bool normalize_three(struct cursor *cursor, unsigned char second, unsigned char third)
{
	if (second == 0x80) {
		if (third <= 0x8A || third == 0xAF) {
			cursor_put(cursor, " ", 3);
			return true;
		}
		if (third <= 0x8F || (third >= 0xAA && third <= 0xAE)) {
			cursor->at += 3;
			return true;
		}
		if (third == 0x90 || third == 0x91) {
			cursor_put(cursor, "-", 3);
			return true;
		}
		if (third == 0xA8 || third == 0xA9) {
			cursor_put(cursor, "\n", 3);
			return true;
		}
	}
	if (second == 0x81 && third == 0xA0) {
		cursor->at += 3;
		return true;
	}
	if (second == 0x81 && (third == 0xB0 || (third >= 0xB4 && third <= 0xB9)))
		return normalize_superscript(cursor, 3);
	return false;
}

/* Ligatures of reprints, and the byte order mark. */
static bool normalize_ef(struct cursor *cursor, unsigned char second, unsigned char third)
{
	static const char *const ligatures[] = { "ff", "fi", "fl", "ffi", "ffl" };

	if (second == 0xBB && third == 0xBF) {
		cursor->at += 3;
		return true;
	}
	if (second == 0xAC && third >= 0x80 && third <= 0x84) {
		/* Letters of one source character: only the first is mapped exactly. */
		cursor_put(cursor, ligatures[third - 0x80], 3);
		return true;
	}
	return false;
}

static bool normalize_special(struct cursor *cursor)
{
	unsigned char c = cursor_byte(cursor, 0), next = cursor_byte(cursor, 1);

	switch (c) {
	case '\r': cursor_put(cursor, "\n", next == '\n' ? 2 : 1); return true;
	case '\f': case '\v': cursor_put(cursor, "\n", 1); return true;
	case '\t': cursor_put(cursor, " ", 1); return true;
	case '<': return normalize_tag(cursor);
	case '&': return normalize_entity(cursor);
	case '*': case '_': return normalize_emphasis(cursor);
	case '\\':
		if (next == 0 || byte_is_word(next) || next == '\n')
			return false;
		cursor->at += 1;
		return true;
	case 0xC2: return normalize_two(cursor, next);
	case 0xE2: return normalize_three(cursor, next, cursor_byte(cursor, 2));
	case 0xEF: return normalize_ef(cursor, next, cursor_byte(cursor, 2));
	default:
		if (c < 0x20 && c != '\n') {
			cursor_put(cursor, " ", 1);
			return true;
		}
		return false;
	}
}

static const unsigned char normalize_plain_end[256] = {
	['\r'] = 1, ['\f'] = 1, ['\v'] = 1, ['\t'] = 1, ['<'] = 1, ['&'] = 1, ['*'] = 1, ['_'] = 1,
	['\\'] = 1, [0xC2] = 1, [0xE2] = 1, [0xEF] = 1,
	[0x00] = 1, [0x01] = 1, [0x02] = 1, [0x03] = 1, [0x04] = 1, [0x05] = 1, [0x06] = 1, [0x07] = 1,
	[0x08] = 1, [0x0E] = 1, [0x0F] = 1, [0x10] = 1, [0x11] = 1, [0x12] = 1, [0x13] = 1, [0x14] = 1,
	[0x15] = 1, [0x16] = 1, [0x17] = 1, [0x18] = 1, [0x19] = 1, [0x1A] = 1, [0x1B] = 1, [0x1C] = 1,
	[0x1D] = 1, [0x1E] = 1, [0x1F] = 1,
};

#define EACH(byte) ((uint64_t)(byte) * 0x0101010101010101U) /* the byte in each of eight */
#define HIGH EACH(0x80)

/* The high bit of every byte, all below 0x80, that is not this one. */
static inline uint64_t normalize_other(uint64_t bytes, unsigned char byte)
{
	return (bytes ^ EACH(byte)) + EACH(0x7F);
}

/* Whether none of eight bytes is one of normalize_plain_end, a line end or outside ASCII. */
static inline bool normalize_plain(const char *at)
{
	uint64_t bytes;

	memcpy(&bytes, at, sizeof bytes);
	return (bytes & HIGH) == 0 &&
	    ((bytes + EACH(0x60)) & normalize_other(bytes, '<') & normalize_other(bytes, '&') & normalize_other(bytes, '*') &
	        normalize_other(bytes, '_') & normalize_other(bytes, '\\') & HIGH) == HIGH;
}

/* From byte at on, to the next that may not stay as it is. */
static size_t normalize_until(struct slice source, size_t at)
{
	while (at < source.len) {
		if (source.len - at >= 8 && normalize_plain(source.at + at))
			at += 8;
		else if (!normalize_plain_end[(unsigned char)source.at[at]])
			at++;
		else
			break;
	}
	return at;
}

void normalize(struct slice source, struct text *ret)
{
	struct cursor cursor = { .source = source, .out = ret };
	size_t from;

	*ret = (struct text){ 0 };
	ret->room = source.len + 64;
	ret->at = xmalloc(ret->room);
	while (cursor.at < source.len) {
		if (normalize_plain_end[(unsigned char)source.at[cursor.at]] && normalize_special(&cursor))
			continue;
		from = cursor.at;
		cursor.at = normalize_until(source, from + 1);
		text_append(ret, source.at + from, cursor.at - from, from);
	}
}
