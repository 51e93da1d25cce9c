/*
 * The firmest expression of a clause wins: a day that it must be done by, what comes again, a session,
 * an interval; then a term, a year, an event; a soft phrase last. Of two that are equally firm the first.
 */
#include "reader/seeker.h"

#define LOOK_AHEAD 12 /* words after "prior to" in which the occasion must come */
#define EVENT_WORDS 12

static enum deadline_unit seek_unit_of(struct slice word)
{
	static const char *const names[] = {"", "day", "week", "month", "year", "session"};

	for (size_t i = 1; i < sizeof names / sizeof *names; i++)
		if (slice_is(word, names[i]))
			return (enum deadline_unit)i;
	return UNIT_NONE;
}

static bool seek_count(struct slice value, struct deadline *ret)
{
	uint64_t count;

	if (!slice_take_number(&value, 999, &count) || !slice_take_byte(&value, ' '))
		return false;
	ret->count = (int)count;
	ret->unit = seek_unit_of(value);
	return true;
}

/* "six months", "sixty (60) days", "24 hours" (a day). */
static size_t seek_length(const struct seeker *s, size_t i, struct deadline *ret)
{
	size_t count;
	int number = seek_number(s, i, &count);
	const struct phrase *unit = seek_at(s, i + count, ROLE_UNIT);

	if (number == 0 || unit == NULL)
		return 0;
	ret->count = number;
	ret->unit = seek_unit_of(unit->value);
	if (ret->unit == UNIT_NONE) { /* hours */
		ret->count = (number + 23) / 24;
		ret->unit = UNIT_DAY;
	}
	return count + unit->count;
}

/* "not later than 31 October 2025", "by 2030"; *ret_goal: "by 2030" is mostly a goal's year, and "no later than
 * 2030" is none. */
static size_t seek_by(const struct seeker *s, size_t i, struct deadline *ret, bool *ret_goal)
{
	const struct phrase *by = seek_at(s, i, ROLE_BY);
	bool bare = false;
	size_t count = by != NULL ? seek_day(s, i + by->count, &ret->date, &bare) : 0;

	if (count == 0 || (s->scope->has_adopted_on && ret->date.n < s->scope->adopted_on.n))
		return 0;
	ret->type = DEADLINE_DATE;
	ret->has_date = true;
	*ret_goal = bare && by->count == 1;
	return by->count + count;
}

static size_t seek_date(const struct seeker *s, size_t i, struct deadline *ret)
{
	bool goal;

	return seek_by(s, i, ret, &goal);
}

static size_t seek_firm_date(const struct seeker *s, size_t i, struct deadline *ret)
{
	bool goal = false;
	size_t count = seek_by(s, i, ret, &goal);

	return goal ? 0 : count;
}

/* "in 2028", "in October 2006": a date when it is still to come. */
static size_t seek_in_date(const struct seeker *s, size_t i, struct deadline *ret)
{
	const struct phrase *in = seek_at(s, i, ROLE_IN);
	bool bare;
	size_t count = in != NULL ? seek_day(s, i + in->count, &ret->date, &bare) : 0;

	if (count == 0 || (s->scope->has_adopted_on && ret->date.n <= s->scope->adopted_on.n) || seek_is_history(s, i))
		return 0;
	ret->type = DEADLINE_DATE;
	ret->has_date = true;
	return in->count + count;
}

/* What an interval counts from: "of the adoption" is what counts anyway, else the event in words. */
static size_t seek_origin(const struct seeker *s, size_t i, struct deadline *ret)
{
	const struct phrase *origin = seek_at(s, i, ROLE_ORIGIN);
	size_t end;

	if (origin == NULL || s->words->at[i].gap != 0)
		return 0;
	if (slice_is(origin->value, "adoption"))
		return origin->count;
	for (end = i + origin->count; end < s->stop && end < i + EVENT_WORDS && s->words->at[end].gap == 0;)
		end++;
	ret->event = words_range(s->words, i + origin->count, end);
	return end - i;
}

/* "within six months of the adoption", "sixty days after receipt". */
static size_t seek_interval(const struct seeker *s, size_t i, struct deadline *ret)
{
	const struct phrase *within = seek_at(s, i, ROLE_WITHIN);
	size_t at = i + (within != NULL ? within->count : 0), length = seek_length(s, at, ret), origin;

	if (length == 0)
		return 0;
	origin = seek_origin(s, at + length, ret);
	if ((within == NULL && origin == 0) || (within != NULL && slice_is(within->value, "term")))
		return 0;
	/* "persons below five years of age" counts from nothing. */
	if (within == NULL && (s->words->at[at].gap & GAP_OPEN))
		return 0;
	ret->type = DEADLINE_INTERVAL;
	return at + length + origin - i;
}

/* Where a series starts: the session of which word i tells. */
static bool seek_first_session(const struct seeker *s, size_t i, struct deadline *ret)
{
	struct deadline session = {.type = DEADLINE_NONE};

	if (seek_session(s, i, &session) == 0)
		return false;
	ret->body = session.body;
	ret->session = session.session;
	ret->year = session.year;
	return true;
}

/* The same with a day. */
static bool seek_first_day(const struct seeker *s, size_t i, struct deadline *ret)
{
	bool bare;

	ret->has_date = seek_day(s, i, &ret->date, &bare) > 0;
	return ret->has_date;
}

/* "starting in 2006", "beginning at its sixtieth session": fills where the first one is. */
static bool seek_start(const struct seeker *s, struct deadline *ret)
{
	for (size_t i = s->from; i < s->stop; i++) {
		const struct phrase *start = seek_at(s, i, ROLE_START), *in;
		size_t at;

		if (start == NULL || slice_is(start->value, "before") || (s->words->at[i].flags & WORD_QUOTED))
			continue;
		/* "beginning at": the phrase may have the preposition with it. */
		at = i + start->count;
		if (seek_first_session(s, at, ret) || seek_first_session(s, at - 1, ret))
			return true;
		in = seek_at(s, at, ROLE_IN);
		if (seek_first_day(s, at + (in != NULL ? in->count : 0), ret))
			return true;
	}
	return false;
}

/* "at its twenty-first session and biennially thereafter". */
static bool seek_first(const struct seeker *s, struct deadline *ret)
{
	bool after = false;

	for (size_t i = s->from; i < s->stop && !after; i++)
		after = seek_at(s, i, ROLE_START) != NULL && slice_is(seek_at(s, i, ROLE_START)->value, "before");
	for (size_t i = s->from; after && i < s->stop; i++) {
		if (seek_first_session(s, i, ret))
			return true;
		if ((seek_at(s, i, ROLE_BY) != NULL || seek_at(s, i, ROLE_IN) != NULL) && seek_first_day(s, i + 1, ret))
			return true;
	}
	return false;
}

/* "every six months", "each year": a length of time behind word i. */
static size_t seek_each(const struct seeker *s, size_t i, struct deadline *ret)
{
	size_t length = seek_length(s, i, ret);
	const struct phrase *unit = length == 0 ? seek_at(s, i, ROLE_UNIT) : NULL;

	if (unit == NULL)
		return length;
	ret->count = 1;
	ret->unit = seek_unit_of(unit->value);
	return unit->count;
}

/* "annually", "every six months", "regularly"; an adjective ("annual") only with a start. */
static size_t seek_recurring(const struct seeker *s, size_t i, struct deadline *ret)
{
	const struct phrase *every = seek_at(s, i, ROLE_EVERY);
	struct slice value = every != NULL ? every->value : SLICE("");
	size_t words = every != NULL ? every->count : 0, length;

	if (every == NULL)
		return 0;
	if (slice_is(value, "each")) {
		if ((length = seek_each(s, i + words, ret)) == 0)
			return 0;
		words += length;
	} else if (slice_take(&value, SLICE("from "))) {
		if (!seek_count(value, ret) || !seek_start(s, ret))
			return 0;
	} else {
		(void)seek_count(value, ret);
	}
	ret->type = DEADLINE_RECURRING;
	if (!ret->has_date && ret->session == 0 && ret->year == 0 && !seek_start(s, ret))
		(void)seek_first(s, ret);
	return words;
}

/* What recurs from somewhere on holds that session or day as well, and more. */
static size_t seek_series(const struct seeker *s, size_t i, struct deadline *ret)
{
	size_t count = seek_recurring(s, i, ret);

	return ret->has_date || ret->body.len > 0 ? count : 0;
}

/* "for a further period of three years". */
static size_t seek_term(const struct seeker *s, size_t i, struct deadline *ret)
{
	const struct phrase *term = seek_at(s, i, ROLE_WITHIN);
	size_t length = term != NULL && slice_is(term->value, "term") ? seek_length(s, i + term->count, ret) : 0;

	if (length == 0)
		return 0;
	ret->type = DEADLINE_PERIOD;
	return term->count + length;
}

/* "biennium 2004-2005". */
static size_t seek_period(const struct seeker *s, size_t i, struct deadline *ret)
{
	const struct phrase *period = seek_at(s, i, ROLE_PERIOD);
	struct slice text;
	uint64_t first, last;

	if (period == NULL || i + period->count >= s->stop)
		return 0;
	text = slice_from(s->words->text, s->words->at[i + period->count].at);
	if (!slice_take_number(&text, 2199, &first) || first < 1900 ||
	    (!slice_take_byte(&text, '-') && !slice_take(&text, SLICE("\xE2\x80\x93"))) ||
	    !slice_take_number(&text, 2199, &last))
		return 0;
	if (last < 100)
		last += first / 100 * 100 + (last < first % 100 ? 100 : 0); /* "1999-00" */
	ret->has_date = date_from_civil((struct civil){(int)first, 1, 1}, &ret->date);
	ret->has_last = date_from_civil((struct civil){(int)last, 12, 31}, &ret->last);
	if (!ret->has_date || !ret->has_last || last < first ||
	    (s->scope->has_adopted_on && ret->last.n < s->scope->adopted_on.n))
		return 0;
	ret->type = DEADLINE_PERIOD;
	return period->count + 1;
}

/* "prior to the third session of the Conference of the Parties". */
static size_t seek_event(const struct seeker *s, size_t i, struct deadline *ret)
{
	const struct phrase *event = seek_at(s, i, ROLE_EVENT);

	for (size_t at = i + (event != NULL ? event->count : 0); event != NULL && at < s->stop && at < i + LOOK_AHEAD; at++) {
		if (at > i + event->count && (s->words->at[at].gap & (GAP_COMMA | GAP_SEMICOLON | GAP_COLON | GAP_STOP)))
			return 0;
		if (seek_at(s, at, ROLE_OCCASION) == NULL)
			continue;
		ret->event = words_range(s->words, i + event->count, at + 1);
		ret->type = DEADLINE_EVENT;
		return at + 1 - i;
	}
	return 0;
}

static size_t seek_soft(const struct seeker *s, size_t i, struct deadline *ret)
{
	const struct phrase *soft = seek_at(s, i, ROLE_SOFT);

	if (soft == NULL)
		return 0;
	ret->type = DEADLINE_SOFT;
	return soft->count;
}

/* "at its fifty-eighth session, and an oral update at its sixtieth session": the later ones too. */
static void deadline_further(const struct seeker *s, struct deadline *deadline)
{
	size_t count = 0;
	int last = deadline->session;

	if (deadline->type != DEADLINE_SESSION || deadline->next || deadline->session == 0)
		return;
	while (count < DEADLINE_FURTHER && deadline->further[count] != 0)
		last = deadline->further[count++];
	for (size_t i = (size_t)(deadline->text.at + deadline->text.len - s->words->text.at), k = s->from; k < s->stop; k++) {
		struct deadline found = {.type = DEADLINE_NONE};

		if (s->words->at[k].at < i)
			continue;
		if (s->words->at[k].gap & GAP_STOP)
			return; /* another sentence speaks of another thing */
		if (seek_session(s, k, &found) == 0 || !slice_equal(found.body, deadline->body))
			continue;
		if (found.session > last && count < DEADLINE_FURTHER)
			last = deadline->further[count++] = found.session;
	}
}

static struct slice deadline_session_text(const struct deadline *deadline, struct arena *arena)
{
	struct slice text = deadline->body;

	if (deadline->year > 0)
		return slice_of(arena_printf(arena, "%.*s %d", SLICE_ARG(text), deadline->year));
	if (deadline->next)
		return slice_of(arena_printf(arena, "%.*s next", SLICE_ARG(text)));
	text = slice_of(arena_printf(arena, "%.*s %d", SLICE_ARG(text), deadline->session));
	for (size_t i = 0; i < DEADLINE_FURTHER && deadline->further[i] != 0; i++)
		text = slice_of(arena_printf(arena, "%.*s,%d", SLICE_ARG(text), deadline->further[i]));
	return deadline->resumed ? slice_of(arena_printf(arena, "%.*s resumed", SLICE_ARG(text))) : text;
}

static struct slice deadline_date_text(struct day day, struct arena *arena)
{
	char text[DATE_TEXT];

	date_format(day, text);
	return arena_slice(arena, slice_of(text));
}

static struct slice deadline_recurring_text(const struct deadline *deadline, struct arena *arena)
{
	struct slice start = SLICE("");
	const char *every = deadline->count == 0 ? "regularly" :
	    arena_printf(arena, "%d %s", deadline->count, deadline_unit_name(deadline->unit));

	if (deadline->session > 0 || deadline->year > 0)
		start = deadline_session_text(deadline, arena);
	else if (deadline->has_date)
		start = deadline_date_text(deadline->date, arena);
	return slice_of(start.len > 0 ? arena_printf(arena, "%s from %.*s", every, SLICE_ARG(start)) : every);
}

static struct slice deadline_span_text(const struct deadline *deadline, struct arena *arena)
{
	if (deadline->has_last)
		return slice_of(arena_printf(arena, "%d-%d", date_to_civil(deadline->date).year, date_to_civil(deadline->last).year));
	return slice_of(arena_printf(arena, "%d %s", deadline->count, deadline_unit_name(deadline->unit)));
}

static struct slice deadline_value(const struct deadline *deadline, struct arena *arena)
{
	switch (deadline->type) {
	case DEADLINE_NONE:
		break;
	case DEADLINE_DATE:
		return deadline_date_text(deadline->date, arena);
	case DEADLINE_SESSION:
		return deadline_session_text(deadline, arena);
	case DEADLINE_RECURRING:
		return deadline_recurring_text(deadline, arena);
	case DEADLINE_PERIOD:
	case DEADLINE_INTERVAL:
		return deadline_span_text(deadline, arena);
	case DEADLINE_EVENT:
		return deadline->event;
	case DEADLINE_SOFT:
		return deadline->text;
	}
	return SLICE("");
}

struct deadline deadline_find(const struct lexicon *lexicon, const struct words *words, size_t from,
    size_t stop, const struct deadline_scope *scope, struct arena *arena)
{
	/* In the order of their firmness; those of one rank in the order of the text. begins: the roles of a
	 * word that an expression begins with; some begin with a number. */
	static const struct {
		int rank;
		uint64_t begins;
		bool numbers;
		size_t (*seek)(const struct seeker *, size_t, struct deadline *);
	} seeks[] = {
	    {0, ROLE_BIT(ROLE_EVERY), false, seek_series}, {1, ROLE_BIT(ROLE_BY), false, seek_firm_date},
	    {1, ROLE_BIT(ROLE_EVERY), false, seek_recurring}, {1, ROLE_BIT(ROLE_AT), false, seek_session},
	    {1, ROLE_BIT(ROLE_WITHIN) | ROLE_BIT(ROLE_NUMBER), true, seek_interval}, {2, ROLE_BIT(ROLE_WITHIN), false, seek_term},
	    {2, ROLE_BIT(ROLE_BY), false, seek_date}, {2, ROLE_BIT(ROLE_IN), false, seek_in_date},
	    {3, ROLE_BIT(ROLE_PERIOD), false, seek_period}, {3, ROLE_BIT(ROLE_EVENT), false, seek_event},
	    {4, ROLE_BIT(ROLE_SOFT), false, seek_soft}};
	struct seeker s = {lexicon, words, from, stop, scope};
	struct deadline best = {.type = DEADLINE_NONE};
	uint64_t begins = 0;
	int rank = 5;

	for (size_t k = 0; k < sizeof seeks / sizeof *seeks; k++)
		begins |= seeks[k].begins;
	for (size_t i = from; i < stop && rank > 0; i++) {
		const uint64_t roles = lexicon_roles(words, i);
		const bool number = words->at[i].flags & WORD_NUMBER;

		if (!(roles & begins) && !number)
			continue;
		if (words->at[i].flags & WORD_QUOTED)
			continue; /* a title, not an expression of the text */
		for (size_t k = 0; k < sizeof seeks / sizeof *seeks && seeks[k].rank < rank; k++) {
			struct deadline found;
			size_t count;

			if (!(roles & seeks[k].begins) && !(number && seeks[k].numbers))
				continue;
			found = (struct deadline){.type = DEADLINE_NONE};
			if ((count = seeks[k].seek(&s, i, &found)) == 0)
				continue;
			found.text = words_range(words, i, i + count);
			best = found;
			rank = seeks[k].rank;
		}
	}
	deadline_further(&s, &best);
	best.body = arena_slice(arena, best.body);
	best.value = deadline_value(&best, arena);
	return best;
}
