#include "reader/deadline.h"

#include <string.h>

#define LOOK_BACK 14  /* words before a session in which its body may be named */
#define LOOK_AHEAD 12 /* words after "prior to" in which the occasion must come */

struct seeker {
	const struct lexicon *lexicon;
	const struct words *words;
	size_t from, stop;
	const char *speaker;
	struct arena *arena;
	struct deadline *found;
};

static const struct phrase *seek_at(const struct seeker *s, size_t i, enum role role)
{
	return i < s->stop ? lexicon_at(s->lexicon, s->words, i, ROLE_BIT(role)) : NULL;
}

/* The number that a word writes in digits, or a phrase in letters; *ret_count is how many words it took. */
static int seek_number(const struct seeker *s, size_t i, size_t *ret_count)
{
	const struct phrase *phrase = seek_at(s, i, ROLE_NUMBER);
	struct slice text;
	uint64_t value;

	*ret_count = 1;
	if (i >= s->stop)
		return 0;
	text = word_text(s->words, i);
	if (slice_take_number(&text, 9999, &value))
		return text.len == 0 ? (int)value : 0;
	if (phrase == NULL)
		return 0;
	*ret_count = phrase->count;
	text = phrase->value;
	return slice_take_number(&text, 9999, &value) ? (int)value : 0;
}

static int seek_value(const struct phrase *phrase)
{
	struct slice text = phrase->value;
	uint64_t value;

	return slice_take_number(&text, 9999, &value) ? (int)value : 0;
}

static int seek_year(const struct seeker *s, size_t i)
{
	size_t count;
	int year = seek_number(s, i, &count);

	return year >= 1900 && year < 2200 && word_text(s->words, i).len == 4 ? year : 0;
}

static bool seek_found(struct seeker *s, enum deadline_type type, size_t from, size_t end)
{
	s->found->type = type;
	s->found->text = words_range(s->words, from, end);
	return true;
}

static void seek_set_date(struct seeker *s, struct civil civil)
{
	char text[DATE_TEXT];

	s->found->has_date = date_from_civil(civil, &s->found->date);
	if (!s->found->has_date)
		return;
	date_format(s->found->date, text);
	s->found->value = arena_slice(s->arena, slice_of(text));
}

/* "31 October 2025", "October 2025" (its last day), "2025" (its last day, or the day in end): at word
 * i. Returns how many words, 0: no date stands there. */
static size_t seek_date_at(struct seeker *s, size_t i, struct slice end)
{
	const struct phrase *month;
	size_t count, day_words = 0;
	int day = seek_number(s, i, &count), year;

	if (day >= 1 && day <= 31 && seek_at(s, i + count, ROLE_MONTH) != NULL)
		day_words = count;
	month = seek_at(s, i + day_words, ROLE_MONTH);
	if (month != NULL) {
		int number = seek_value(month);

		year = seek_year(s, i + day_words + month->count);
		if (year == 0 || number < 1 || number > 12)
			return 0;
		seek_set_date(s, (struct civil){year, number, day_words > 0 ? day : date_days_in_month(year, number)});
		return s->found->has_date ? day_words + month->count + 1 : 0;
	}
	year = seek_year(s, i);
	if (year == 0 || (i + 1 < s->stop && (s->words->at[i + 1].flags & WORD_CAPITAL) && s->words->at[i + 1].gap == 0))
		return 0; /* "the 2030 Agenda" is no date */
	if (end.len == 5) {
		uint64_t m = 0, d = 0;

		(void)slice_take_number(&end, 12, &m);
		(void)slice_take_byte(&end, '-');
		(void)slice_take_number(&end, 31, &d);
		seek_set_date(s, (struct civil){year, (int)m, (int)d});
	} else {
		seek_set_date(s, (struct civil){year, 12, 31});
	}
	return 1;
}

static bool seek_date(struct seeker *s, size_t i)
{
	const struct phrase *by = seek_at(s, i, ROLE_BY), *end;
	size_t at, count;

	if (by == NULL)
		return false;
	at = i + by->count;
	end = seek_at(s, at, ROLE_END);
	if (end != NULL)
		at += end->count;
	count = seek_date_at(s, at, end ? end->value : (struct slice){"", 0});
	return count > 0 && seek_found(s, DEADLINE_DATE, i, at + count);
}

/* The organ named last before word i, or named after the session ("of the Commission"). */
static struct slice seek_body(const struct seeker *s, size_t i, size_t after)
{
	const struct phrase *opener;
	size_t least = i > LOOK_BACK ? i - LOOK_BACK : 0;

	for (size_t at = after; at < after + 2 && at < s->words->count; at++)
		if ((opener = lexicon_at(s->lexicon, s->words, at, ROLE_BIT(ROLE_OPENER))) != NULL && opener->value.len > 0)
			return opener->value;
	for (size_t at = i; at-- > least;)
		if ((opener = lexicon_at(s->lexicon, s->words, at, ROLE_BIT(ROLE_OPENER))) != NULL && opener->value.len > 0)
			return opener->value;
	return slice_of(s->speaker);
}

/* "sixtieth session", "seventy-ninth and eighty-first sessions", "sixtieth regular session". */
static bool seek_session(struct seeker *s, size_t i)
{
	const struct phrase *ordinal = seek_at(s, i, ROLE_ORDINAL), *session = NULL;
	int numbers[DEADLINE_FURTHER + 1];
	size_t count = 0, at = i;

	for (size_t apart = 0; ordinal != NULL && apart < 3 && session == NULL;) {
		const struct phrase *next = seek_at(s, at, ROLE_ORDINAL);

		session = seek_at(s, at, ROLE_SESSION);
		if (session != NULL)
			break;
		if (next != NULL && count <= DEADLINE_FURTHER) {
			numbers[count++] = seek_value(next);
			at += next->count;
			apart = 0;
		} else {
			at++;
			apart++;
		}
	}
	if (session == NULL || count == 0)
		return false;
	s->found->session = numbers[0];
	for (size_t k = 1; k < count; k++)
		s->found->further[k - 1] = numbers[k];
	s->found->body = arena_slice(s->arena, seek_body(s, i, at + 1));
	s->found->value = slice_of(arena_printf(s->arena, "%.*s %d", SLICE_ARG(s->found->body), numbers[0]));
	/* "at its" belongs to the phrase. */
	return seek_found(s, DEADLINE_SESSION, i >= s->from + 2 ? i - 2 : i, at + 1);
}

static enum deadline_unit seek_unit_of(struct slice word)
{
	static const char *const names[] = {"", "day", "week", "month", "year", "session"};

	for (size_t i = 1; i < sizeof names / sizeof *names; i++)
		if (slice_is(word, names[i]))
			return (enum deadline_unit)i;
	return UNIT_NONE;
}

/* "within six months", "not later than 60 days". */
static bool seek_interval(struct seeker *s, size_t i)
{
	const struct phrase *within = seek_at(s, i, ROLE_WITHIN), *unit;
	size_t count, at;

	if (within == NULL)
		return false;
	at = i + within->count;
	s->found->count = seek_number(s, at, &count);
	unit = seek_at(s, at + count, ROLE_UNIT);
	if (s->found->count == 0 || unit == NULL) {
		s->found->count = 0;
		return false;
	}
	s->found->unit = seek_unit_of(unit->value);
	s->found->value = slice_of(arena_printf(s->arena, "%d %.*s", s->found->count, SLICE_ARG(unit->value)));
	return seek_found(s, DEADLINE_INTERVAL, i, at + count + unit->count);
}

static bool seek_recurring(struct seeker *s, size_t i)
{
	const struct phrase *every = seek_at(s, i, ROLE_EVERY);
	struct slice value;
	uint64_t count;

	if (every == NULL)
		return false;
	value = every->value;
	if (!slice_take_number(&value, 999, &count) || !slice_take_byte(&value, ' '))
		return false;
	s->found->count = (int)count;
	s->found->unit = seek_unit_of(value);
	s->found->value = every->value;
	return seek_found(s, DEADLINE_RECURRING, i, i + every->count);
}

/* "biennium 2004-2005". */
static bool seek_period(struct seeker *s, size_t i)
{
	const struct phrase *period = seek_at(s, i, ROLE_PERIOD);
	struct slice text;
	uint64_t first, last;

	if (period == NULL || i + period->count >= s->stop)
		return false;
	text = slice_from(s->words->text, s->words->at[i + period->count].at);
	if (!slice_take_number(&text, 2199, &first) || first < 1900)
		return false;
	if (!slice_take_byte(&text, '-') && !slice_take(&text, SLICE("\xE2\x80\x93")))
		return false;
	if (!slice_take_number(&text, 2199, &last))
		return false;
	if (last < 100)
		last += first / 100 * 100;
	seek_set_date(s, (struct civil){(int)first, 1, 1});
	s->found->has_last = date_from_civil((struct civil){(int)last, 12, 31}, &s->found->last);
	s->found->value = slice_of(arena_printf(s->arena, "%d-%d", (int)first, (int)last));
	return s->found->has_last && seek_found(s, DEADLINE_PERIOD, i, i + period->count + 1);
}

/* "prior to the third session of the Conference of the Parties". */
static bool seek_event(struct seeker *s, size_t i)
{
	const struct phrase *event = seek_at(s, i, ROLE_EVENT);
	size_t at;

	if (event == NULL)
		return false;
	for (at = i + event->count; at < s->stop && at < i + LOOK_AHEAD; at++) {
		if (at > i + event->count && (s->words->at[at].gap & (GAP_COMMA | GAP_SEMICOLON | GAP_COLON | GAP_STOP)))
			return false;
		if (seek_at(s, at, ROLE_OCCASION) == NULL)
			continue;
		s->found->event = words_range(s->words, i + event->count, at + 1);
		s->found->value = s->found->event;
		return seek_found(s, DEADLINE_EVENT, i, at + 1);
	}
	return false;
}

static bool seek_soft(struct seeker *s, size_t i)
{
	const struct phrase *soft = seek_at(s, i, ROLE_SOFT);

	if (soft == NULL)
		return false;
	s->found->value = words_range(s->words, i, i + soft->count);
	return seek_found(s, DEADLINE_SOFT, i, i + soft->count);
}

/* The firmest expression wins, wherever it stands: a date over a session over what recurs … */
struct deadline deadline_find(const struct lexicon *lexicon, const struct words *words, size_t from,
    size_t stop, const char *speaker, struct arena *arena)
{
	static bool (*const seeks[])(struct seeker *, size_t) = {
	    seek_date, seek_recurring, seek_session, seek_interval, seek_period, seek_event, seek_soft};
	struct deadline found = {.type = DEADLINE_NONE};
	struct seeker s = {lexicon, words, from, stop, speaker ? speaker : "", arena, &found};

	for (size_t k = 0; k < sizeof seeks / sizeof *seeks; k++)
		for (size_t i = from; i < stop; i++) {
			if (words->at[i].flags & WORD_QUOTED)
				continue; /* a title, not an expression of the text */
			if (seeks[k](&s, i))
				return found;
			found = (struct deadline){.type = DEADLINE_NONE};
		}
	return found;
}

const char *kind_find(const struct lexicon *lexicon, const struct words *words, size_t from, size_t stop)
{
	for (size_t i = from; i < stop; i++) {
		const struct phrase *phrase = lexicon_at(lexicon, words, i, ROLE_BIT(ROLE_KIND));

		if (phrase != NULL)
			return phrase->value.at;
	}
	return NULL;
}
