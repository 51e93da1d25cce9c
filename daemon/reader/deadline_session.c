/* Sessions: "at its sixtieth session", "at the first part of its resumed 61st session", "at its session of 2014". */
#include "reader/seeker.h"

#include "reader/label.h"

#define LOOK_BACK 14    /* words before a session in which its body may be named */
#define SESSION_WORDS 14 /* at most between the preposition and the session */
#define SHORT_FORM_LEAST 5 /* letters of the noun that a short form is known by */

/* "to be presented", "is presented": what is still to come. */
static bool session_is_pending(const struct seeker *s, size_t i)
{
	const struct phrase *phrase = lexicon_at(s->lexicon, s->words, i, ROLE_BIT(ROLE_HISTORY));

	return phrase != NULL && slice_is(phrase->value, "pending");
}

bool seek_is_history(const struct seeker *s, size_t i)
{
	if (i == 0 || session_is_pending(s, i - 1) || (i > 1 && session_is_pending(s, i - 2)))
		return false;
	return lexicon_at(s->lexicon, s->words, i - 1, ROLE_BIT(ROLE_PAST) | ROLE_BIT(ROLE_HISTORY)) != NULL ||
	    lexicon_is_past(s->lexicon, word_text(s->words, i - 1));
}

/* "adopted by the Council at": the organ's part in what has been. */
static bool session_is_history(const struct seeker *s, size_t i)
{
	const uint64_t by = ROLE_BIT(ROLE_AGENT);

	if (seek_is_history(s, i))
		return true;
	for (size_t back = i; back-- > 0 && i - back < 10;) {
		const struct phrase *opener = lexicon_at(s->lexicon, s->words, back, ROLE_BIT(ROLE_OPENER));

		if (opener != NULL && back + opener->count == i)
			return back > 1 && lexicon_at(s->lexicon, s->words, back - 1, by) != NULL &&
			    seek_is_history(s, back - 1);
	}
	return false;
}

/* A short form's body ("COUNCIL") is the speaker where it is one, else the council named last. */
static struct slice session_resolved(const struct deadline_scope *scope, struct slice body)
{
	const struct entity *entity = entities_find(scope->entities, slice_of(scope->speaker));

	if (body.len < SHORT_FORM_LEAST)
		return body;
	if (entity != NULL && slice_find_nocase(entity->name, body) >= 0)
		return entity->code;
	entity = entities_find(scope->entities, names_find(scope->names, body));
	if (entity == NULL)
		entity = entities_find(scope->entities, body);
	return entity != NULL ? entity->code : body;
}

/* The organ named last before word i, or named behind the session ("of the Commission"). */
static struct slice session_body(const struct seeker *s, size_t i, size_t after)
{
	const struct phrase *opener;
	size_t least = i > LOOK_BACK ? i - LOOK_BACK : 0;

	for (size_t at = after; at < after + 2 && at < s->words->count && s->words->at[at].gap == 0; at++)
		if ((opener = lexicon_at(s->lexicon, s->words, at, ROLE_BIT(ROLE_OPENER))) != NULL && opener->value.len > 0)
			return session_resolved(s->scope, opener->value);
	for (size_t at = i; at-- > least;)
		if ((opener = lexicon_at(s->lexicon, s->words, at, ROLE_BIT(ROLE_OPENER))) != NULL && opener->value.len > 0)
			return session_resolved(s->scope, opener->value);
	return slice_of(s->scope->speaker);
}

/* "Encourages the Commission to consider it at its seventieth session": "its" may mean whoever is asked. */
static struct slice session_asked_body(const struct seeker *s)
{
	for (size_t i = s->from; i < s->from + 2 && i < s->stop; i++) {
		const struct phrase *opener = seek_at(s, i, ROLE_OPENER);

		if (opener != NULL && opener->value.len > 0)
			return session_resolved(s->scope, opener->value);
	}
	return SLICE("");
}

/* "sixty-first", "61st", "LXI": an ordinal at word i; *ret_count is how many words it took. */
static int session_ordinal(const struct seeker *s, size_t i, size_t *ret_count)
{
	const struct phrase *ordinal = seek_at(s, i, ROLE_ORDINAL);
	struct slice text = word_text(s->words, i);
	uint64_t number;
	int roman;

	*ret_count = ordinal != NULL ? ordinal->count : 1;
	if (ordinal != NULL)
		return seek_value(ordinal);
	if (slice_take_number(&text, 999, &number))
		return lexicon_at(s->lexicon, s->words, i, ROLE_BIT(ROLE_NUMBER)) == NULL && text.len > 0 && text.len <= 4 &&
		        (unsigned char)text.at[0] > '9' ? (int)number : 0; /* "61st", "61º" */
	if (!(s->words->at[i].flags & WORD_CAPITALS))
		return 0;
	roman = label_roman(text);
	return roman > 1 ? roman : 0;
}

/* What is said between the preposition and "session". */
struct session_said {
	int numbers[DEADLINE_FURTHER + 1];
	size_t count;
	int year;
	bool next, resumed, range, special;
};

static void session_push(struct session_said *said, int number)
{
	/* "sixtieth to sixty-third sessions" */
	if (said->range && said->count > 0)
		for (int between = said->numbers[said->count - 1] + 1; between < number && said->count < DEADLINE_FURTHER; between++)
			said->numbers[said->count++] = between;
	said->range = false;
	if (said->count <= DEADLINE_FURTHER)
		said->numbers[said->count++] = number;
}

/* Takes what stands at word i; returns how many words, 0: nothing that belongs to a session. */
static size_t session_take(const struct seeker *s, size_t i, struct session_said *said)
{
	const struct phrase *phrase = seek_at(s, i, ROLE_SESSION_KIND);
	size_t count;
	int number = session_ordinal(s, i, &count);

	if (number > 0 && (phrase == NULL || phrase->count <= count)) { /* "first resumed part of" is no first session */
		session_push(said, number);
		return count;
	}
	if (phrase != NULL) {
		said->resumed |= slice_is(phrase->value, "resumed");
		said->special |= slice_is(phrase->value, "special");
		said->next |= slice_is(phrase->value, "next");
		return phrase->count;
	}
	if ((number = seek_year(s, i)) > 0) {
		said->year = number;
		return 1;
	}
	if ((phrase = seek_at(s, i, ROLE_ARTICLE)) != NULL || (phrase = seek_at(s, i, ROLE_JOINER)) != NULL)
		return phrase->count;
	if ((phrase = seek_at(s, i, ROLE_INFINITIVE)) != NULL && said->count > 0) {
		said->range = true;
		return phrase->count;
	}
	return 0;
}

/* "of the Council" behind the session: how many words. */
static size_t session_organ_behind(const struct seeker *s, size_t i)
{
	for (size_t at = i + 1; at < i + 3 && at < s->stop && s->words->at[at].gap == 0; at++) {
		const struct phrase *organ = seek_at(s, at, ROLE_OPENER);

		if (organ != NULL && organ->value.len > 0)
			return at + organ->count - i;
	}
	return 0;
}

/* "of 2014", "of the Council in 2014" behind the session; how many words. */
static size_t session_year_behind(const struct seeker *s, size_t i, struct session_said *said)
{
	size_t at = i;

	if (said->year > 0 || i + 1 >= s->stop || s->words->at[i].gap != 0 || seek_at(s, i, ROLE_NEVER) == NULL)
		return 0;
	if (seek_year(s, i + 1) == 0 && said->count == 0)
		at += session_organ_behind(s, i);
	if (at + 1 >= s->stop || s->words->at[at].gap != 0 || seek_at(s, at, ROLE_NEVER) == NULL)
		return 0;
	said->year = seek_year(s, at + 1);
	return said->year > 0 ? at + 2 - i : 0;
}

/* A session that is over by the adoption is history. */
static bool session_is_past(const struct seeker *s, const struct session_said *said, struct slice body)
{
	const struct deadline_scope *scope = s->scope;
	int year = scope->has_adopted_on ? date_to_civil(scope->adopted_on).year : 0;

	if (said->year > 0 && year > 0)
		return said->year < year;
	if (said->count == 0)
		return false;
	if (slice_is(body, scope->speaker) && scope->session > 0)
		return said->numbers[said->count - 1] < scope->session;
	/* The Assembly's session n opens in the year 1945 + n. */
	return slice_is(body, "GA") && year > 0 && said->numbers[said->count - 1] < year - 1946;
}

size_t seek_session(const struct seeker *s, size_t i, struct deadline *ret)
{
	const struct phrase *at = seek_at(s, i, ROLE_AT), *session = NULL;
	struct session_said said = {.count = 0};
	size_t next = i + (at != NULL ? at->count : 0), behind, count = 1;
	struct slice asked;

	if (at == NULL)
		return 0;
	while (session == NULL && count > 0 && next < s->stop && next < i + SESSION_WORDS &&
	    !(s->words->at[next].gap & (GAP_STOP | GAP_SEMICOLON | GAP_COLON))) {
		session = seek_at(s, next, ROLE_SESSION);
		count = session != NULL ? session->count : session_take(s, next, &said);
		next += count;
	}
	if (session == NULL || said.special)
		return 0;
	behind = next;
	next += session_year_behind(s, next, &said);
	ret->body = session_body(s, i, behind);
	if (session_is_past(s, &said, ret->body) && (asked = session_asked_body(s)).len > 0 && !slice_equal(asked, ret->body))
		ret->body = asked; /* the speaker's is over */
	if ((said.count == 0 && said.year == 0 && !said.next) || session_is_history(s, i) || session_is_past(s, &said, ret->body))
		return 0;
	ret->type = DEADLINE_SESSION;
	ret->resumed = said.resumed;
	if (said.count > 0 && said.year == 0) {
		ret->session = said.numbers[0];
		for (size_t k = 1; k < said.count; k++)
			ret->further[k - 1] = said.numbers[k];
	} else if (said.year > 0) {
		ret->year = said.year;
	} else {
		ret->next = true;
		ret->session = slice_is(ret->body, s->scope->speaker) && s->scope->session > 0 ? s->scope->session + 1 : 0;
	}
	return next - i;
}
