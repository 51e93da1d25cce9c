/*
 * Where clauses begin. The organ's verbs stand at the beginning, after a comma or
 * semicolon, or after a joiner; what stands between the joiner and the verb are
 * modifiers and adverbials, which a forward scan has just passed.
 */
#include "reader/clause.h"

#include "base/alloc.h"

#define TOLD_WITHIN 32 /* words before the organ of a decision that is told in the past */

struct scan {
	const struct lexicon *lexicon;
	const struct words *words;
	struct clause_list *out;
	size_t lead_from, lead_to; /* the run of modifiers and adverbials last passed */
	bool we;                   /* a declaration: "we" is the subject */
	bool foreign;              /* since the last clause, another subject has spoken */
	bool told;                 /* a decision in the past tense */
	bool named;                /* the paragraph began with the organ's name, or "it" */
	const struct phrase *name; /* that name, where it was one */
	size_t sentence;           /* where the sentence began */
};

static bool scan_is(const struct scan *scan, size_t i, enum role role)
{
	return lexicon_is(scan->lexicon, scan->words, i, role);
}

static const struct phrase *scan_at(const struct scan *scan, size_t i, uint64_t roles)
{
	return lexicon_at(scan->lexicon, scan->words, i, roles);
}

static uint8_t scan_gap(const struct scan *scan, size_t i)
{
	return i < scan->words->count ? scan->words->at[i].gap : scan->words->gap_end;
}

/* Words that can begin what a verb governs, and hardly anything else. */
static bool scan_is_object(const struct scan *scan, size_t i)
{
	if (i >= scan->words->count)
		return (scan->words->gap_end & GAP_COLON) != 0;
	if (scan->words->at[i].gap & (GAP_COMMA | GAP_COLON | GAP_OPEN))
		return (scan->words->at[i].gap & GAP_COMMA) && scan_is(scan, i, ROLE_ADVERBIAL);
	return scan_at(scan, i, ROLE_BIT(ROLE_ARTICLE) | ROLE_BIT(ROLE_THAT) | ROLE_BIT(ROLE_SET) |
	           ROLE_BIT(ROLE_MODIFIER) | ROLE_BIT(ROLE_ADVERBIAL) | ROLE_BIT(ROLE_ACTOR)) != NULL ||
	    (scan->words->at[i].flags & WORD_CAPITAL);
}

static void scan_add(struct scan *scan, size_t start, size_t verb, const struct phrase *phrase,
    double confidence, const char *reason)
{
	struct clause_list *out = scan->out;
	size_t end = verb + phrase->count;
	const struct phrase *after;

	if (out->count == out->room) {
		out->room = out->room == 0 ? 16 : out->room * 2;
		out->at = xreallocarray(out->at, out->room, sizeof(*out->at));
	}
	/* "Decides also that", "Notes with satisfaction". */
	while (end < scan->words->count && scan_gap(scan, end) == 0 &&
	    (after = scan_at(scan, end, ROLE_BIT(ROLE_MODIFIER) | ROLE_BIT(ROLE_ADVERBIAL))) != NULL)
		end += after->count;
	out->at[out->count] = (struct clause_head){ .start = start, .end = end, .verb = phrase->verb,
		.confidence = confidence, .reason = reason };
	if (end < scan->words->count && scan_gap(scan, end) == 0)
		out->at[out->count].directive = scan_at(scan, end, ROLE_BIT(ROLE_DIRECTIVE));
	out->count++;
	scan->foreign = false;
}

/* The first word of what leads up to word i: its modifiers and adverbials. */
static size_t scan_lead(const struct scan *scan, size_t i)
{
	return scan->lead_to == i && i > 0 ? scan->lead_from : i;
}

/* Whether the word before i joins two verbs of one subject; *ret_from is where the joiner begins. */
static bool scan_joined(const struct scan *scan, size_t i, size_t *ret_from)
{
	for (size_t back = 1; back <= 3 && back <= i; back++) {
		const struct phrase *joiner = scan_at(scan, i - back, ROLE_BIT(ROLE_JOINER));

		if (joiner != NULL && joiner->count == back) {
			*ret_from = i - back;
			return true;
		}
	}
	return false;
}

/* The operative verb at i, in the form that the speaker needs. "Continues to encourage" is one:
 * *ret_before is how many words stand before the verb itself. */
static const struct phrase *scan_verb(const struct scan *scan, size_t i, enum role form, size_t *ret_before)
{
	const struct phrase *before = scan_at(scan, i, ROLE_BIT(ROLE_CONTINUE)), *verb;

	*ret_before = 0;
	if (before != NULL) {
		verb = scan_at(scan, i + before->count, ROLE_BIT(ROLE_BASE));
		if (verb != NULL && !verb->verb->self) {
			*ret_before = before->count;
			return verb;
		}
	}
	return scan_at(scan, i, ROLE_BIT(form));
}

/* A verb in the third person at i, not at the beginning. */
static void scan_third(struct scan *scan, size_t i, size_t before, const struct phrase *phrase)
{
	const struct verb *verb = phrase->verb;
	size_t start = scan_lead(scan, i), joiner = start;
	bool led = start < i, noun = (verb->noun || scan->told) && phrase->count == 1 && before == 0;
	bool joined = scan_joined(scan, start, &joiner);
	uint8_t gap = scan_gap(scan, joiner);
	bool marked = (gap & (GAP_COMMA | GAP_SEMICOLON | GAP_STOP)) != 0;

	if (!joined && !marked)
		return;
	if (noun && !scan_is_object(scan, i + phrase->count))
		return;
	if (noun && joined && !marked && !led && (scan->foreign || !scan_is_object(scan, i + 1)))
		return;
	if (scan->foreign && !marked && !led)
		return;
	scan_add(scan, start, i + before, phrase, joined && marked ? 0.95 : joined && led ? 0.93 : noun ? 0.75 : 0.85,
	    marked ? "" : "the verb is joined without a comma and may have another subject");
}

/* "We also reaffirm": the verb after the subject at i. */
static size_t scan_subject(struct scan *scan, size_t i)
{
	const struct phrase *phrase;
	size_t at = i + 1, before;
	bool modal = false;

	for (int steps = 0; steps < 6; steps++) {
		phrase = scan_at(scan, at, ROLE_BIT(ROLE_MODIFIER) | ROLE_BIT(ROLE_ADVERBIAL) | ROLE_BIT(ROLE_MODAL));
		if (phrase == NULL)
			break;
		modal |= phrase->role == ROLE_MODAL;
		/* "are committed" and "continue to" are looked for before their parts. */
		if (scan_is(scan, at, ROLE_BASE) && scan_at(scan, at, ROLE_BIT(ROLE_BASE))->count >= phrase->count)
			break;
		at += phrase->count;
	}
	phrase = scan_verb(scan, at, ROLE_BASE, &before);
	if (phrase == NULL || (scan->words->at[at].flags & WORD_QUOTED) || (modal && !phrase->verb->asks))
		return at;
	scan_add(scan, i, at + before, phrase, 0.95, "");
	return at + before + phrase->count;
}

/* A verb of a declaration, joined to one before. */
static void scan_base(struct scan *scan, size_t i, size_t before, const struct phrase *phrase)
{
	size_t start = scan_lead(scan, i), joiner = start;
	bool joined = scan_joined(scan, start, &joiner), led = start < i;
	bool marked = (scan_gap(scan, joiner) & (GAP_COMMA | GAP_SEMICOLON)) != 0;

	if (scan->out->count == 0 || scan->foreign || (!joined && !marked))
		return;
	if (phrase->verb->self && phrase->count == 1 &&
	    scan_at(scan, i + 1, ROLE_BIT(ROLE_INFINITIVE) | ROLE_BIT(ROLE_THAT)) == NULL)
		return;
	if (!led && !(joined && (marked || phrase->count > 1)) && phrase->verb->noun &&
	    scan_at(scan, i + before + phrase->count, ROLE_BIT(ROLE_ARTICLE) | ROLE_BIT(ROLE_THAT)) == NULL)
		return;
	scan_add(scan, start, i + before, phrase, marked ? 0.9 : 0.75, "the verb may belong to an infinitive before it");
}

/* "Countries are encouraged to", "The Secretary-General is requested to": in a sentence of its own,
 * whoever stands before is asked. Returns the word after the verb, or i. */
static size_t scan_passive(struct scan *scan, size_t i)
{
	const struct phrase *phrase = scan_at(scan, i, ROLE_BIT(ROLE_STATE));
	const struct clause_list *out = scan->out;
	struct clause_head *head;
	size_t at = i;

	if (phrase == NULL || i == scan->sentence || scan->foreign ||
	    (out->count > 0 && out->at[out->count - 1].start >= scan->sentence))
		return i;
	at += phrase->count;
	while ((phrase = scan_at(scan, at, ROLE_BIT(ROLE_MODIFIER))) != NULL)
		at += phrase->count;
	phrase = scan_at(scan, at, ROLE_BIT(ROLE_PAST));
	if (phrase == NULL || !phrase->verb->asks ||
	    !(scan_is(scan, at + phrase->count, ROLE_INFINITIVE) || (scan_gap(scan, at + phrase->count) & GAP_COLON)))
		return i;
	scan_add(scan, scan->sentence, at, phrase, 0.85, "");
	head = &scan->out->at[scan->out->count - 1];
	head->subject_end = i;
	return at + phrase->count;
}

/* Passes modifiers and adverbials; true when there was one at *i. */
static bool scan_pass_lead(struct scan *scan, size_t *i)
{
	const struct phrase *phrase = scan_at(scan, *i, ROLE_BIT(ROLE_MODIFIER) | ROLE_BIT(ROLE_ADVERBIAL));

	if (phrase == NULL)
		return false;
	if (scan->lead_to != *i || (scan_gap(scan, *i) & (GAP_SEMICOLON | GAP_STOP)) ||
	    scan->lead_from == scan->lead_to)
		scan->lead_from = *i;
	*i += phrase->count;
	scan->lead_to = *i;
	return true;
}

const struct phrase *clause_speaker(const struct lexicon *lexicon, const struct words *words, size_t i)
{
	const struct phrase *name = lexicon_at(lexicon, words, i, ROLE_BIT(ROLE_OPENER) | ROLE_BIT(ROLE_PRONOUN));

	return name != NULL && (name->role == ROLE_OPENER || slice_is(name->value, "speaker")) ? name : NULL;
}

const struct phrase *clause_told(const struct lexicon *lexicon, const struct words *words, size_t *ret_at,
    const struct phrase **ret_name)
{
	if (lexicon_at(lexicon, words, 0, ROLE_BIT(ROLE_AT) | ROLE_BIT(ROLE_IN)) == NULL)
		return NULL;
	for (size_t i = 1; i < TOLD_WITHIN && words_has(words, i) && !(words->at[i].gap & (GAP_STOP | GAP_SEMICOLON)); i++) {
		const struct phrase *opener = lexicon_at(lexicon, words, i, ROLE_BIT(ROLE_OPENER)), *lead;
		size_t at = i + (opener != NULL ? opener->count : 0);

		if (opener == NULL || !(words->at[i].gap & GAP_COMMA))
			continue;
		while ((lead = lexicon_at(lexicon, words, at, ROLE_BIT(ROLE_MODIFIER) | ROLE_BIT(ROLE_ADVERBIAL))) != NULL)
			at += lead->count;
		*ret_at = at;
		*ret_name = opener;
		return lexicon_at(lexicon, words, at, ROLE_BIT(ROLE_PAST));
	}
	return NULL;
}

/* Where the paragraph begins to speak: "Requests", "Also requests", "The Security Council
 * requests", "In this regard, requests". Fills the first clause. */
static size_t scan_begin(struct scan *scan, enum clause_place place)
{
	const struct phrase *opener = clause_speaker(scan->lexicon, scan->words, 0), *phrase;
	size_t i = opener != NULL ? opener->count : 0, before;

	scan->named = opener != NULL;
	scan->name = opener != NULL && opener->role == ROLE_OPENER ? opener : NULL;
	while (i < scan->words->count && scan_verb(scan, i, ROLE_THIRD, &before) == NULL &&
	    scan_pass_lead(scan, &i)) {
	}
	phrase = scan_verb(scan, i, ROLE_THIRD, &before);
	if (phrase != NULL && (opener == NULL || scan_gap(scan, i) == 0)) {
		scan_add(scan, 0, i + before, phrase, 0.98, "");
		return i + before + phrase->count;
	}
	phrase = clause_told(scan->lexicon, scan->words, &before, &opener);
	if (phrase != NULL) {
		scan->told = scan->named = true;
		scan->name = opener;
		scan_add(scan, 0, before, phrase, 0.9, "");
		return before + phrase->count;
	}
	phrase = scan_at(scan, 0, ROLE_BIT(ROLE_PAST));
	if (phrase != NULL && (scan->words->at[0].flags & WORD_CAPITALS)) {
		scan_add(scan, 0, 0, phrase, 0.9, "");
		return phrase->count;
	}
	if ((place == CLAUSE_DECIDED || place == CLAUSE_LIST) && opener == NULL && i == 0)
		i = lexicon_infinitive(scan->lexicon, scan->words, 0);
	phrase = scan_at(scan, i, ROLE_BIT(ROLE_BASE));
	if (phrase != NULL && opener == NULL && (place == CLAUSE_LIST || (place != CLAUSE_FULL && phrase->verb->asks)) &&
	    (!phrase->verb->noun || scan_is_object(scan, i + phrase->count))) {
		if (place == CLAUSE_LIST)
			scan_add(scan, 0, i, phrase, 0.95, "");
		else
			scan_add(scan, 0, i, phrase, 0.8, "a sub-paragraph in the infinitive");
		scan->we = true;
		return i + phrase->count;
	}
	for (size_t k = 0; k < scan->words->count && !scan->we; k++)
		scan->we = scan_is(scan, k, ROLE_SUBJECT);
	return 0;
}

/* A relative clause or a that-clause gives the word to somebody else until a comma. */
static void scan_note_subject(struct scan *scan, size_t i)
{
	if (scan_is(scan, i, ROLE_RELATIVE) && !scan_is(scan, i, ROLE_RESTRICTOR))
		scan->foreign = true;
}

/* Whether a name is the organ's: "the Council" of "the Security Council". */
static bool scan_is_same(const struct scan *scan, const struct phrase *name)
{
	if (name->role != ROLE_OPENER || scan->name == NULL)
		return name->role != ROLE_OPENER;
	for (size_t i = 0; i < scan->name->count; i++)
		if (scan->name->ids[i] == name->ids[name->count - 1])
			return true;
	return false;
}

/* The form of a verb that the organ is the subject of. */
static enum role scan_form(const struct scan *scan)
{
	return scan->told ? ROLE_PAST : ROLE_THIRD;
}

/* "It also requests", "The Council further requests": a sentence of its own, in which the organ is named again.
 * Returns the word after the verb, or i. */
static size_t scan_named(struct scan *scan, size_t i)
{
	const struct phrase *name = clause_speaker(scan->lexicon, scan->words, i), *phrase;
	size_t at = i + (name != NULL ? name->count : 0), before;

	if (name == NULL || !scan->named || !(scan_gap(scan, i) & GAP_STOP) || !scan_is_same(scan, name))
		return i;
	while ((phrase = scan_at(scan, at, ROLE_BIT(ROLE_MODIFIER) | ROLE_BIT(ROLE_ADVERBIAL))) != NULL &&
	    scan_verb(scan, at, scan_form(scan), &before) == NULL)
		at += phrase->count;
	phrase = scan_verb(scan, at, scan_form(scan), &before);
	if (phrase == NULL || scan_gap(scan, at) != 0)
		return i;
	scan_add(scan, i, at + before, phrase, 0.93, "");
	return at + before + phrase->count;
}

static void scan_words(struct scan *scan, size_t i)
{
	/* Of what is looked for below; most words have none of it. */
	const uint64_t begins = ROLE_BIT(ROLE_SUBJECT) | ROLE_BIT(ROLE_CONTINUE) | ROLE_BIT(ROLE_BASE) | ROLE_BIT(scan_form(scan)) |
	    ROLE_BIT(ROLE_STATE) | ROLE_BIT(ROLE_MODIFIER) | ROLE_BIT(ROLE_ADVERBIAL) | ROLE_BIT(ROLE_RELATIVE);
	const struct words *words = scan->words;
	const struct phrase *phrase;
	size_t before;

	while (i < words->count) {
		if (words->at[i].gap & (GAP_STOP | GAP_SEMICOLON)) {
			scan->sentence = i;
			scan->foreign = false;
			if ((before = scan_named(scan, i)) > i) {
				i = before;
				continue;
			}
		}
		if ((lexicon_roles(words, i) & begins) == 0 || (words->at[i].flags & (WORD_QUOTED | WORD_BRACKETED))) {
			i++;
			continue;
		}
		if (scan->we && scan_is(scan, i, ROLE_SUBJECT)) {
			i = scan_subject(scan, i);
			continue;
		}
		phrase = scan_verb(scan, i, scan->we ? ROLE_BASE : scan_form(scan), &before);
		if (phrase != NULL) {
			if (scan->we)
				scan_base(scan, i, before, phrase);
			else
				scan_third(scan, i, before, phrase);
			i += before + phrase->count;
			continue;
		}
		if ((before = scan_passive(scan, i)) > i) {
			i = before;
			continue;
		}
		if (scan_pass_lead(scan, &i))
			continue;
		scan_note_subject(scan, i);
		i++;
	}
}

void clause_find(const struct lexicon *lexicon, const struct words *words, enum clause_place place,
    struct clause_list *ret)
{
	struct scan scan = { .lexicon = lexicon, .words = words, .out = ret };

	ret->count = 0;
	scan_words(&scan, scan_begin(&scan, place));
	for (size_t i = 0; i < ret->count; i++) {
		size_t stop = i + 1 < ret->count ? ret->at[i + 1].start : words->count, joiner = stop;

		if (i + 1 < ret->count && scan_joined(&scan, stop, &joiner) && joiner >= ret->at[i].end)
			stop = joiner;
		ret->at[i].stop = stop > ret->at[i].end ? stop : ret->at[i].end;
	}
}

void clause_list_release(struct clause_list *list)
{
	free(list->at);
	*list = (struct clause_list){ 0 };
}
