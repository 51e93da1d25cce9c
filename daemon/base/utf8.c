#include "utf8.h"

#include <string.h>

bool utf8_take(struct slice *text, uint32_t *ret)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	const unsigned char *at = (const unsigned char *)text->at;
	uint32_t value;
	size_t len;

	if (text->len == 0)
		return false;
	if (at[0] < 0x80) {
		len = 1;
		value = at[0];
	} else if ((at[0] & 0xE0) == 0xC0) {
		len = 2;
		value = at[0] & 0x1Fu;
	} else if ((at[0] & 0xF0) == 0xE0) {
		len = 3;
		value = at[0] & 0x0Fu;
	} else if ((at[0] & 0xF8) == 0xF0) {
		len = 4;
		value = at[0] & 0x07u;
	} else {
		return false;
	}
	if (text->len < len)
		return false;
	for (size_t i = 1; i < len; i++) {
		if ((at[i] & 0xC0) != 0x80)
			return false;
		value = value << 6 | (at[i] & 0x3Fu);
	}
	if (value < least[len] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
		return false;
	*text = slice_from(*text, len);
	*ret = value;
	return true;
}

size_t utf8_put(char out[UTF8_MAX], uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c >= 0xD800 && c <= 0xDFFF)
		return 0;
	if (c < 0x10000) {
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	if (c > 0x10FFFF)
		return 0;
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

/* How many bytes of ASCII the text begins with, eight by eight: nearly all of most texts. */
static size_t utf8_plain(struct slice text)
{
	size_t len = 0;
	uint64_t eight;

	for (; text.len - len >= sizeof eight; len += sizeof eight) {
		memcpy(&eight, text.at + len, sizeof eight);
		if ((eight & 0x8080808080808080U) != 0)
			break;
	}
	while (len < text.len && (unsigned char)text.at[len] < 0x80)
		len++;
	return len;
}

bool utf8_valid(struct slice text, size_t *ret_bad)
{
	const char *start = text.at;
	uint32_t c;

	for (;;) {
		text = slice_from(text, utf8_plain(text));
		if (text.len == 0)
			return true;
		if (!utf8_take(&text, &c)) {
			if (ret_bad != NULL)
				*ret_bad = (size_t)(text.at - start);
			return false;
		}
	}
}

struct utf8_range {
	uint32_t first, last;
};

static bool utf8_in(uint32_t c, const struct utf8_range *ranges, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return true;
	return false;
}

int utf8_width(uint32_t c)
{
	/* Combining marks of the scripts of the six official languages, and what has no ink. */
	static const struct utf8_range none[] = {{0x300, 0x36F}, {0x483, 0x489}, {0x610, 0x61A},
	    {0x64B, 0x65F}, {0x670, 0x670}, {0x6D6, 0x6DC}, {0x6DF, 0x6E4}, {0x200B, 0x200F},
	    {0x202A, 0x202E}, {0x2060, 0x2064}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xAD, 0xAD}};
	static const struct utf8_range wide[] = {{0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0x33FF},
	    {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xA000, 0xA4CF}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},
	    {0xFE30, 0xFE4F}, {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1FAFF},
	    {0x20000, 0x3FFFD}};

	if (c < 0x20 || (c >= 0x7F && c < 0xA0))
		return 0;
	if (c < 0xAD)
		return 1;
	if (utf8_in(c, none, sizeof none / sizeof *none))
		return 0;
	return utf8_in(c, wide, sizeof wide / sizeof *wide) ? 2 : 1;
}

struct slice utf8_fit(struct slice text, size_t columns)
{
	struct slice rest = text;
	size_t used = 0;
	uint32_t c;

	while (rest.len > 0) {
		struct slice before = rest;
		size_t width = 1;

		if (utf8_take(&rest, &c))
			width = (size_t)utf8_width(c);
		else
			rest = slice_from(rest, 1); /* a stray byte takes a column */
		if (used + width > columns)
			return slice_range(text.at, before.at);
		used += width;
	}
	return text;
}

size_t utf8_columns(struct slice text)
{
	size_t columns = 0;
	uint32_t c;

	while (text.len > 0) {
		if (utf8_take(&text, &c)) {
			columns += (size_t)utf8_width(c);
		} else {
			text = slice_from(text, 1);
			columns++;
		}
	}
	return columns;
}
