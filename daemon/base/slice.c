#include "slice.h"

#include <string.h>
#include <strings.h>

struct slice slice_of(const char *text)
{
	return (struct slice){text ? text : "", text ? strlen(text) : 0};
}

struct slice slice_range(const char *from, const char *to)
{
	return (struct slice){from, to > from ? (size_t)(to - from) : 0};
}

struct slice slice_from(struct slice text, size_t start)
{
	return slice_cut(text, start, text.len);
}

struct slice slice_cut(struct slice text, size_t start, size_t end)
{
	if (end > text.len)
		end = text.len;
	if (start > end)
		start = end;
	return (struct slice){text.at + start, end - start};
}

static bool slice_blank(char byte)
{
	return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

struct slice slice_trim(struct slice text)
{
	slice_skip_blanks(&text);
	while (text.len > 0 && slice_blank(text.at[text.len - 1]))
		text.len--;
	return text;
}

bool slice_is(struct slice text, const char *other)
{
	return slice_equal(text, slice_of(other));
}

bool slice_equal(struct slice a, struct slice b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

bool slice_equal_nocase(struct slice a, struct slice b)
{
	return a.len == b.len && (a.len == 0 || strncasecmp(a.at, b.at, a.len) == 0);
}

int slice_compare(struct slice a, struct slice b)
{
	size_t shorter = a.len < b.len ? a.len : b.len;
	int order = shorter ? memcmp(a.at, b.at, shorter) : 0;

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool slice_starts(struct slice text, struct slice head)
{
	return text.len >= head.len && slice_equal(slice_cut(text, 0, head.len), head);
}

bool slice_starts_nocase(struct slice text, struct slice head)
{
	return text.len >= head.len && slice_equal_nocase(slice_cut(text, 0, head.len), head);
}

bool slice_ends(struct slice text, struct slice tail)
{
	return text.len >= tail.len && slice_equal(slice_from(text, text.len - tail.len), tail);
}

ptrdiff_t slice_find(struct slice text, struct slice what)
{
	const char *hit;

	if (what.len == 0)
		return 0;
	if (text.len < what.len)
		return -1;
	hit = memmem(text.at, text.len, what.at, what.len);
	return hit ? hit - text.at : -1;
}

ptrdiff_t slice_find_nocase(struct slice text, struct slice what)
{
	for (size_t i = 0; i + what.len <= text.len; i++)
		if (slice_starts_nocase(slice_from(text, i), what))
			return (ptrdiff_t)i;
	return -1;
}

ptrdiff_t slice_find_byte(struct slice text, char byte)
{
	const char *hit = text.len ? memchr(text.at, byte, text.len) : NULL;

	return hit ? hit - text.at : -1;
}

size_t slice_distance(struct slice a, struct slice b)
{
	size_t rows[2][64];

	if (a.len > 62 || b.len > 62)
		return 99;
	for (size_t j = 0; j <= b.len; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t *now = rows[i % 2], *before = rows[(i + 1) % 2];

		now[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			bool same = slice_equal_nocase(slice_cut(a, i - 1, i), slice_cut(b, j - 1, j));
			size_t change = before[j - 1] + !same;
			size_t one = (before[j] < now[j - 1] ? before[j] : now[j - 1]) + 1;

			now[j] = change < one ? change : one;
		}
	}
	return rows[a.len % 2][b.len];
}

bool slice_take(struct slice *text, struct slice head)
{
	if (!slice_starts(*text, head))
		return false;
	*text = slice_from(*text, head.len);
	return true;
}

bool slice_take_byte(struct slice *text, char byte)
{
	return slice_take(text, (struct slice){&byte, 1});
}

bool slice_take_number(struct slice *text, uint64_t max, uint64_t *ret)
{
	uint64_t value = 0;
	size_t i;

	for (i = 0; i < text->len && text->at[i] >= '0' && text->at[i] <= '9'; i++) {
		uint64_t digit = (uint64_t)(text->at[i] - '0');

		if (digit > max || value > (max - digit) / 10)
			return false;
		value = value * 10 + digit;
	}
	if (i == 0)
		return false;
	*text = slice_from(*text, i);
	*ret = value;
	return true;
}

void slice_skip_blanks(struct slice *text)
{
	while (text->len > 0 && slice_blank(*text->at))
		*text = slice_from(*text, 1);
}

bool slice_take_until(struct slice *text, char byte, struct slice *ret)
{
	ptrdiff_t end;

	if (text->len == 0)
		return false;
	end = slice_find_byte(*text, byte);
	*ret = slice_cut(*text, 0, end < 0 ? text->len : (size_t)end);
	*text = slice_from(*text, end < 0 ? text->len : (size_t)end + 1);
	return true;
}
