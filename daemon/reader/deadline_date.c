/* Numbers, days, months and years, as resolutions write them. */
#include "reader/seeker.h"

int seek_value(const struct phrase *phrase)
{
	struct slice text = phrase->value;
	uint64_t value;

	return slice_take_number(&text, 9999, &value) ? (int)value : 0;
}

static int seek_digits(const struct seeker *s, size_t i)
{
	struct slice text = i < s->stop ? word_text(s->words, i) : SLICE("");
	uint64_t value;

	return slice_take_number(&text, 9999, &value) && text.len == 0 ? (int)value : 0;
}

int seek_number(const struct seeker *s, size_t i, size_t *ret_count)
{
	const struct phrase *phrase = seek_at(s, i, ROLE_NUMBER);
	int value = phrase != NULL ? seek_value(phrase) : seek_digits(s, i);

	*ret_count = phrase != NULL ? phrase->count : 1;
	if (phrase != NULL && i + *ret_count < s->stop && (s->words->at[i + *ret_count].flags & WORD_BRACKETED) &&
	    seek_digits(s, i + *ret_count) == value)
		*ret_count += 1;
	return value;
}

int seek_year(const struct seeker *s, size_t i)
{
	int year = seek_digits(s, i);

	return year >= 1900 && year < 2200 && word_text(s->words, i).len == 4 ? year : 0;
}

/* "31 October 2025", "October 2025", "31 October" in the year after the adoption. */
static size_t seek_month(const struct seeker *s, size_t i, struct day *ret)
{
	size_t count, day_words = 0;
	int day = seek_number(s, i, &count), year, number;
	const struct phrase *month;
	struct civil civil;

	if (day >= 1 && day <= 31 && seek_at(s, i + count, ROLE_MONTH) != NULL)
		day_words = count;
	month = seek_at(s, i + day_words, ROLE_MONTH);
	number = month != NULL ? seek_value(month) : 0;
	if (number < 1 || number > 12)
		return 0;
	year = seek_year(s, i + day_words + month->count);
	if (year != 0) {
		civil = (struct civil){year, number, day_words > 0 ? day : date_days_in_month(year, number)};
		return date_from_civil(civil, ret) ? day_words + month->count + 1 : 0;
	}
	if (day_words == 0 || !s->scope->has_adopted_on)
		return 0;
	civil = (struct civil){date_to_civil(s->scope->adopted_on).year, number, day};
	if (!date_from_civil(civil, ret))
		return 0;
	if (ret->n <= s->scope->adopted_on.n) {
		civil.year++;
		if (!date_from_civil(civil, ret))
			return 0;
	}
	return day_words + month->count;
}

/* The last day of a year, or of the part of it that end says ("06-30"). */
static bool seek_year_end(int year, struct slice end, struct day *ret)
{
	uint64_t month = 12, day = 31;

	if (end.len == 5) {
		(void)slice_take_number(&end, 12, &month);
		(void)slice_take_byte(&end, '-');
		(void)slice_take_number(&end, 31, &day);
	}
	return date_from_civil((struct civil){year, (int)month, (int)day}, ret);
}

/* "mid-2025": one word; "la mi-2025". */
static size_t seek_year_middle(const struct seeker *s, size_t i, struct day *ret)
{
	const struct phrase *article = seek_at(s, i, ROLE_ARTICLE);
	const size_t at = i + (article != NULL ? article->count : 0);
	struct slice text = at < s->stop ? word_text(s->words, at) : SLICE("");
	const size_t middle = lexicon_year_middle(s->lexicon, text);
	uint64_t year;

	text = slice_from(text, middle);
	return middle > 0 && slice_take_number(&text, 2199, &year) && year >= 1900 && text.len == 0 &&
	    seek_year_end((int)year, SLICE("06-30"), ret) ? at + 1 - i : 0;
}

/* "the 2030 Agenda", "2005/12": the number at i is part of a name. */
static bool seek_is_name(const struct seeker *s, size_t i)
{
	size_t end = s->words->at[i].at + 4;

	return (end < s->words->text.len && s->words->text.at[end] == '/') ||
	    (i + 1 < s->stop && (s->words->at[i + 1].flags & WORD_CAPITAL) && s->words->at[i + 1].gap == 0);
}

size_t seek_day(const struct seeker *s, size_t i, struct day *ret, bool *ret_bare)
{
	const struct phrase *end = seek_at(s, i, ROLE_END);
	size_t at = i + (end != NULL ? end->count : 0), count = seek_month(s, at, ret);
	int year;

	*ret_bare = false;
	if (count == 0)
		count = seek_year_middle(s, at, ret);
	if (count > 0)
		return at + count - i;
	year = seek_year(s, at);
	if (year == 0 || seek_is_name(s, at))
		return 0;
	*ret_bare = end == NULL;
	return seek_year_end(year, end != NULL ? end->value : SLICE(""), ret) ? at + 1 - i : 0;
}
