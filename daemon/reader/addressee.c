/*
 * Between the verb and its infinitive stand those who are asked, parted by commas
 * and joiners, with restrictors, members of a set, and those to be consulted.
 */
#include "reader/addressee.h"

#include <string.h>

#define PHRASE_MAX 120  /* words between a verb and its infinitive */
#define AGENT_WITHIN 16 /* words between a verb and "by all parties" */
#define DECIDED_WITHIN 30 /* words between "decides that" and "shall" */

struct asker {
	const struct lexicon *lexicon;
	const struct words *words;
	struct addressee_list *out;
	size_t stop;
	bool passive; /* "States are invited": what leads up to them may stand before */
};

static bool asker_is(const struct asker *a, size_t i, enum role role)
{
	return i < a->stop && lexicon_is(a->lexicon, a->words, i, role);
}

static const struct phrase *asker_at(const struct asker *a, size_t i, enum role role)
{
	return i < a->stop ? lexicon_at(a->lexicon, a->words, i, ROLE_BIT(role)) : NULL;
}

static bool asker_capital(const struct asker *a, size_t i)
{
	return i < a->stop && (a->words->at[i].flags & WORD_CAPITAL);
}

/* "regional and international organizations": what stands before the joiner needs the noun after it. */
static bool asker_is_adjective(const struct asker *a, size_t i)
{
	return !asker_capital(a, i) && lexicon_is_adjective(a->lexicon, word_text(a->words, i));
}

/* A preposition: a small word that is no article. */
static bool asker_is_preposition(const struct asker *a, size_t i)
{
	return asker_is(a, i, ROLE_NEVER) && !asker_is(a, i, ROLE_ARTICLE);
}

/* "of": what follows belongs to the name before it. */
static bool asker_is_of(const struct asker *a, size_t i)
{
	const struct phrase *never = asker_at(a, i, ROLE_NEVER);

	return never != NULL && slice_is(never->value, "of");
}

/* French "aux": it says to whom, and is no part of the name. */
static bool asker_is_dative(const struct asker *a, size_t i)
{
	const struct phrase *article = asker_at(a, i, ROLE_ARTICLE);

	return article != NULL && slice_is(article->value, "to");
}

/* "leveraging the mechanism": a thing to do, and nobody. "Participating" is in the list of articles. */
static bool asker_is_gerund(const struct asker *a, size_t i)
{
	struct slice word = word_text(a->words, i);

	return !asker_capital(a, i) && !asker_is(a, i, ROLE_ARTICLE) && !asker_is(a, i, ROLE_SET) &&
	    slice_find_byte(word, '-') < 0 && lexicon_is_participle(a->lexicon, word);
}

/* Where the head noun's own words end: at "who", "concerned", "that supports", or any preposition. */
static bool asker_ends_head(const struct asker *a, size_t i)
{
	return asker_is(a, i, ROLE_RELATIVE) || asker_is(a, i, ROLE_RESTRICTOR) || asker_is(a, i, ROLE_THAT) ||
	    asker_is_preposition(a, i);
}

/* "those involved in the planning", "those who": the article is the noun. */
static bool asker_is_those(const struct asker *a, size_t article)
{
	size_t next = article + 1;

	return asker_is(a, article, ROLE_ACTOR) && next < a->stop &&
	    (asker_ends_head(a, next) || asker_is_gerund(a, next) || lexicon_is_past(a->lexicon, word_text(a->words, next)));
}

/* Whether words from to end name somebody: the head noun, before any preposition, is a name or
 * one of the lexicon's actors. "The provision of incentives" is asked nothing. */
static bool asker_names(const struct asker *a, size_t from, size_t end)
{
	size_t i = from, head;
	bool names = false;

	while (i < end && asker_is(a, i, ROLE_ARTICLE))
		i++;
	if (i == end)
		return end > from && asker_is(a, end - 1, ROLE_ACTOR);
	if (i > from && asker_is_those(a, i - 1))
		return true;
	for (head = i; i < end; i++) {
		if (i > from && asker_ends_head(a, i))
			break;
		names |= asker_is(a, i, ROLE_ACTOR) || (asker_capital(a, i) && (i > from || i + 1 == end));
		head = i;
	}
	return names && !asker_is(a, head, ROLE_THING);
}

static void asker_add(struct asker *a, size_t from, size_t end, const char *role)
{
	struct addressee_span *span;
	const struct phrase *phrase;
	bool within = false;

	while (from < end && (asker_is(a, from, ROLE_JOINER) || asker_is(a, from, ROLE_MODIFIER) || asker_is_dative(a, from)))
		from++;
	if (from >= end || a->out->count == ADDRESSEES || asker_is_preposition(a, from) ||
	    asker_is(a, from, ROLE_RELATIVE) || asker_is_gerund(a, from) || !asker_names(a, from, end))
		return;
	/* "the Forum should continue to …": a sentence of its own. */
	for (size_t i = from; i < end && a->passive; i++)
		if (asker_is(a, i, ROLE_MODAL))
			return;
	span = &a->out->at[a->out->count++];
	*span = (struct addressee_span){ .from = from, .end = end, .restrictor = end, .role = role };
	for (size_t i = from; i < end; i++) {
		/* "the Think Tank for Landlocked Developing Countries" is none of them. */
		within |= i > from && asker_is_preposition(a, i);
		phrase = within ? NULL : asker_at(a, i, ROLE_SET);
		if (span->set == NULL && phrase != NULL)
			span->set = phrase;
		if (i > from && (asker_is(a, i, ROLE_RESTRICTOR) || asker_is(a, i, ROLE_RELATIVE))) {
			span->restrictor = i;
			break;
		}
	}
}

/* "relevant organizations and bodies of the system": two nouns of one phrase. "Member States and
 * organizations" are two, since the set is complete. */
static bool asker_is_pair(const struct asker *a, size_t from, size_t before, size_t i)
{
	if (asker_capital(a, i) || asker_capital(a, before) || !asker_is(a, i, ROLE_ACTOR) ||
	    !asker_is(a, before, ROLE_ACTOR) || asker_is(a, before, ROLE_SET))
		return false;
	if (before == from)
		return asker_is_of(a, i + 1);
	if (asker_is(a, before - 1, ROLE_SET))
		return false;
	return i + 1 >= a->stop || a->words->at[i + 1].gap != 0 || asker_ends_head(a, i + 1) || asker_is_gerund(a, i + 1) ||
	    lexicon_infinitive(a->lexicon, a->words, i + 1) > 0 || asker_is(a, i + 1, ROLE_JOINER);
}

/* "troop- and police-contributing countries": the first word waits for the end of the second. */
static bool asker_hangs(const struct asker *a, size_t i)
{
	size_t end = a->words->at[i].at + a->words->at[i].len;

	return end < a->words->text.len && a->words->text.at[end] == '-';
}

/* "the system and its individual entities": they are a part of what stands before. */
static bool asker_is_own(const struct asker *a, size_t i)
{
	const struct phrase *article = asker_at(a, i, ROLE_ARTICLE);
	size_t noun = i + 1;

	if (article == NULL || !slice_is(article->value, "own"))
		return false;
	while (noun < a->stop && asker_is_adjective(a, noun))
		noun++;
	return asker_is(a, noun, ROLE_ACTOR) && !asker_capital(a, noun);
}

/* "the governing bodies of the funds and programmes", "Governments of origin, transit and destination":
 * what stands behind "of" is a list itself, and i goes on with it. */
static bool asker_is_complement(const struct asker *a, size_t from, size_t before, size_t i)
{
	size_t noun = before;
	bool set = false, actor = false;

	while (noun > from && !asker_is_of(a, noun) && before - noun < 4) {
		set |= asker_is(a, noun, ROLE_SET);
		actor |= asker_is(a, noun, ROLE_ACTOR) || asker_capital(a, noun) || asker_is(a, noun, ROLE_ARTICLE);
		noun--;
	}
	if (noun <= from || !asker_is_of(a, noun) || asker_capital(a, i))
		return false;
	if (set)
		return asker_is(a, i, ROLE_SET);
	return !actor && !asker_is(a, i, ROLE_ARTICLE) && !asker_is(a, i, ROLE_SET) && !asker_is(a, i, ROLE_ACTOR);
}

/* "troop and police contributing countries": a bare noun that names nobody waits for the one behind it. */
static bool asker_is_bare(const struct asker *a, size_t from, size_t before)
{
	return (before == from || (a->words->at[before].gap & GAP_COMMA)) && !asker_capital(a, before) && !asker_is(a, before, ROLE_ACTOR) && !asker_is(a, before, ROLE_SET);
}

/* Whether a new noun phrase begins at i, after a joiner that follows word before. */
static bool asker_splits(const struct asker *a, size_t before, size_t i, size_t from)
{
	if (i >= a->stop || (a->words->at[i].flags & WORD_NAMED) || asker_hangs(a, before))
		return false;
	if (asker_is_own(a, i) || asker_is_complement(a, from, before, i))
		return false;
	/* "the Convention on the Rights of All Migrant Workers and Members of Their Families" */
	if (asker_capital(a, i) && asker_capital(a, before) && !asker_names(a, from, before + 1))
		return false;
	if (asker_is(a, i, ROLE_ARTICLE) || asker_is(a, i, ROLE_SET))
		return !asker_is_adjective(a, before);
	if (asker_is_adjective(a, before) || asker_is_pair(a, from, before, i) || asker_is_bare(a, from, before))
		return false;
	if (asker_capital(a, i) && asker_capital(a, before))
		return asker_is(a, before, ROLE_ACTOR) || asker_is(a, before, ROLE_SET) ||
		    (before > from && asker_is(a, before - 1, ROLE_SET));
	/* "las organizaciones regionales y subregionales": where adjectives stand behind, one is no new noun. */
	if (lexicon_adjectives_follow(a->lexicon) && !asker_is(a, i, ROLE_ACTOR) && !asker_capital(a, i))
		return false;
	return !asker_is(a, before, ROLE_NEVER);
}

/* "in particular those that have the capacity": some of the set before, who have been named with it. */
static bool asker_is_subset(const struct asker *a, const struct phrase *include, size_t i)
{
	return !slice_is(include->value, "and") && asker_is(a, i, ROLE_ARTICLE) && asker_is_those(a, i);
}

/* One stretch without commas: "all States and relevant organizations that have not done so". */
static void asker_segment(struct asker *a, size_t from, size_t end, const char *role)
{
	const char *member = slice_is(slice_of(role), "consulted") ? role : "contributing";
	const struct phrase *include;
	size_t start = from;
	bool relative = false;

	if ((include = asker_at(a, from, ROLE_INCLUDE)) != NULL) {
		start = from = from + include->count;
		role = member;
		if (asker_is_subset(a, include, start))
			return;
	}
	for (size_t i = from; i < end; i++) {
		const struct phrase *joiner = asker_at(a, i, ROLE_JOINER);

		if (asker_is(a, i, ROLE_RELATIVE) || asker_is(a, i, ROLE_RESTRICTOR))
			relative = true;
		include = i > start && !(a->words->at[i].flags & WORD_BRACKETED) ? asker_at(a, i, ROLE_INCLUDE) : NULL;
		if (include != NULL && !relative) {
			asker_add(a, start, i, role);
			if (a->out->count == 0)
				return;
			role = member;
			start = i + include->count;
			i = start - 1;
			if (asker_is_subset(a, include, start))
				return;
			continue;
		}
		if (joiner == NULL || i == from || relative ||
		    !asker_splits(a, i - 1, i + joiner->count, start))
			continue;
		asker_add(a, start, i, role);
		/* "cooperation between the Council and the Fund": a thing is asked for. */
		if (a->out->count == 0 && !a->passive)
			return;
		start = i + joiner->count;
		i = start - 1;
	}
	asker_add(a, start, end, role);
}

/* Prepositions begin an insertion and no further addressee. */
static bool asker_is_insertion(const struct asker *a, size_t i)
{
	const uint64_t roles = ROLE_BIT(ROLE_CONDITION) | ROLE_BIT(ROLE_ADVERBIAL) | ROLE_BIT(ROLE_VEHICLE) |
	    ROLE_BIT(ROLE_PARTICIPLE) | ROLE_BIT(ROLE_RELATIVE);

	if (i >= a->stop)
		return true;
	if (asker_is(a, i, ROLE_ARTICLE) || asker_is(a, i, ROLE_SET) || asker_is(a, i, ROLE_INCLUDE) ||
	    asker_is(a, i, ROLE_JOINER))
		return false;
	return lexicon_at(a->lexicon, a->words, i, roles) != NULL || asker_is(a, i, ROLE_NEVER) ||
	    lexicon_is_participle(a->lexicon, word_text(a->words, i)) ||
	    (asker_is(a, i, ROLE_MODIFIER) && !asker_capital(a, i + 1));
}

/* "national, subnational and local governments": the comma parts adjectives of one noun. */
static bool asker_is_series(const struct asker *a, size_t start, size_t i)
{
	return asker_is_adjective(a, i - 1) && !asker_names(a, start, i) && !asker_is(a, i, ROLE_ARTICLE) &&
	    !asker_is_insertion(a, start) && !asker_is_insertion(a, i);
}

static bool asker_parts(const struct asker *a, size_t start, size_t i)
{
	return i > start && (a->words->at[i].gap & (GAP_COMMA | GAP_SEMICOLON)) && !(a->words->at[i].flags & WORD_NAMED) &&
	    !asker_is_series(a, start, i) && !asker_is_complement(a, start, i - 1, i);
}

static void asker_segments(struct asker *a, size_t from, size_t end)
{
	const char *further = "contributing"; /* who follows those to be consulted is consulted too */
	size_t start = from;

	for (size_t i = from; i <= end; i++) {
		const struct phrase *consult;

		if (i < end && !asker_parts(a, start, i))
			continue;
		consult = asker_at(a, start, ROLE_CONSULT);
		if (consult != NULL) {
			further = "consulted";
			asker_segment(a, start + consult->count, i, further);
		} else if (start == from && i > start && !a->passive) {
			asker_segment(a, start, i, "lead");
			if (a->out->count == 0)
				return; /* nobody: what stands before the infinitive is a thing */
		} else if (!asker_is_insertion(a, start))
			asker_segment(a, start, i, a->out->count == 0 ? "lead" : further);
		start = i;
	}
}

/* "Requests the Secretary-General to:", "Pide al Secretario General que:": what is asked stands below. */
static bool asker_is_last(const struct asker *a, size_t i)
{
	const struct phrase *phrase = asker_at(a, i, ROLE_INFINITIVE);

	return phrase != NULL && i + phrase->count == a->words->count && (a->words->gap_end & GAP_COLON);
}

/* The infinitive that ends those who are asked. "States parties to the Convention to implement":
 * an article or a name after it means that it is none. */
static size_t asker_infinitive(const struct asker *a, size_t from)
{
	size_t i = from;

	while (i < a->stop && i < from + PHRASE_MAX) {
		const struct phrase *skip = asker_at(a, i, ROLE_RESTRICTOR);

		if (i > from && (a->words->at[i].gap & (GAP_COLON | GAP_STOP)))
			return i;
		if (skip != NULL && skip->count > 1) {
			i += skip->count;
			continue;
		}
		if (asker_is_last(a, i))
			return i;
		if (!(a->words->at[i].flags & (WORD_BRACKETED | WORD_QUOTED)) && lexicon_infinitive(a->lexicon, a->words, i) > 0)
			return i;
		i++;
	}
	return a->stop;
}

/* "que todas las partes cooperen": the verb behind somebody who is no name. */
static bool asker_acts(const struct asker *a, size_t from, size_t i)
{
	const uint64_t acts = ROLE_BIT(ROLE_KIND) | ROLE_BIT(ROLE_LIGHT) | ROLE_BIT(ROLE_LOOK);

	return i > from && !asker_capital(a, i) && !asker_is_preposition(a, i - 1) && !asker_is(a, i - 1, ROLE_ARTICLE) &&
	    lexicon_at(a->lexicon, a->words, i, acts) != NULL && asker_names(a, from, i);
}

/* Where the name that ends before word end begins: at its article. */
static size_t asker_name_before(const struct asker *a, size_t from, size_t end)
{
	size_t i = end;

	while (i > from && !asker_is(a, i - 1, ROLE_ARTICLE))
		i--;
	return i > from ? i - 1 : end;
}

/* "that the Secretary-General submit", "that States should …". */
static size_t asker_that(struct asker *a, size_t i)
{
	size_t from = i, capitals = 0;

	while (i < a->stop && i < from + 30) {
		if (asker_is(a, i, ROLE_MODAL) || asker_acts(a, from, i))
			break;
		if (i > from && (a->words->at[i].gap & (GAP_COMMA | GAP_SEMICOLON)))
			break;
		if (capitals > 0 && !asker_capital(a, i) && !(a->words->at[i].flags & WORD_NUMBER) && !asker_is(a, i, ROLE_NEVER) &&
		    !asker_is(a, i, ROLE_JOINER) && !asker_is(a, i, ROLE_ARTICLE))
			break;
		capitals += asker_capital(a, i);
		i++;
	}
	if (i < a->stop)
		asker_segments(a, from, i);
	/* "that in fulfilment of Article 64 of the Charter the Secretary-General report". */
	if (i < a->stop && a->out->count == 0 && asker_is_preposition(a, from) && a->words->at[i].gap == 0)
		asker_add(a, asker_name_before(a, from, i), i, "lead");
	return i;
}

/* "shall be reviewed": it says what becomes of a thing, and asks nobody. */
static bool asker_is_passive(const struct asker *a, size_t modal)
{
	size_t i = modal + asker_at(a, modal, ROLE_MODAL)->count;

	for (size_t k = i; k < a->stop && k < i + 3 && (k == i || a->words->at[k].gap == 0); k++)
		if (lexicon_is_past(a->lexicon, word_text(a->words, k)))
			return true;
	return false;
}

/* "Decides that the Executive Director shall report": whose duty it becomes stands before the modal verb, the act
 * behind it. Returns the word of the modal verb, or 0 where there is none. */
static size_t asker_decided(struct asker *a, size_t from)
{
	size_t i = from;

	while (i < a->stop && i < from + DECIDED_WITHIN && !asker_is(a, i, ROLE_MODAL)) {
		if (i > from && (a->words->at[i].gap & (GAP_SEMICOLON | GAP_COLON | GAP_STOP)))
			return 0;
		i++;
	}
	if (!asker_is(a, i, ROLE_MODAL))
		return 0;
	if (!asker_is_passive(a, i))
		asker_segments(a, from, i);
	return i;
}

/* "Recommends to the General Assembly the adoption of …". */
static size_t asker_to(struct asker *a, size_t i)
{
	const struct phrase *organ = asker_at(a, i + 1, ROLE_OPENER);
	size_t end = i + 2;

	if (organ != NULL)
		end = i + 1 + organ->count;
	while (organ == NULL && end < a->stop && asker_capital(a, end))
		end++;
	asker_add(a, i + 1, end, "lead");
	return end;
}

/* A preposition that does not go on with the name before it, as "of" does. */
static bool asker_ends_name(const struct asker *a, size_t i)
{
	if (!asker_is_preposition(a, i) || asker_is_of(a, i))
		return false;
	/* "the Office for Disaster Risk Reduction" */
	return i == 0 || i + 1 >= a->stop || !asker_capital(a, i - 1) || !asker_capital(a, i + 1);
}

/* Where the noun phrase at from ends when no infinitive follows: "calls upon the Movement for
 * technical support". */
static size_t asker_plain_end(const struct asker *a, size_t from)
{
	size_t i = from + 1;

	while (i < a->stop && !asker_ends_name(a, i))
		i++;
	return i;
}

/* Where those whose thing it is end: they stand behind "by". */
static size_t asker_agents_end(const struct asker *a, size_t from)
{
	size_t end = from + 1;

	while (end < a->stop && !asker_ends_name(a, end) && lexicon_infinitive(a->lexicon, a->words, end) == 0 &&
	    !asker_is(a, end, ROLE_THAT))
		end++;
	return end;
}

/* "the text adopted by the Council", "lending among creditors": what has been done or is, and not asked for. */
static bool asker_is_done(const struct asker *a, size_t i)
{
	return lexicon_is_past(a->lexicon, word_text(a->words, i)) || asker_is_gerund(a, i);
}

/* "Encourages cooperation among States", "calls for efforts by all parties": a thing is asked for, and
 * those whose it is stand behind it. */
static void asker_agents(struct asker *a, size_t from)
{
	bool aside = false;

	for (size_t i = from + 1; i < a->stop && i < from + AGENT_WITHIN; i++) {
		const struct phrase *agent = asker_at(a, i, ROLE_AGENT);

		if (a->words->at[i].gap & (GAP_SEMICOLON | GAP_COLON | GAP_STOP))
			return;
		/* "the commitments, including those by", and not what follows between the next commas */
		aside = asker_is(a, i, ROLE_INCLUDE) || (aside && !(a->words->at[i].gap & GAP_COMMA));
		if (agent == NULL || aside || (agent->count == 1 && asker_is_done(a, i - 1)))
			continue;
		asker_segments(a, i + agent->count, asker_agents_end(a, i + agent->count));
		if (a->out->count > 0)
			return;
	}
}

/* "que, en consulta con los Estados Miembros, presente": those to be consulted stand behind the word that
 * ends those who are asked, between commas. */
static void asker_inserted(struct asker *a, size_t end)
{
	const struct phrase *infinitive = asker_at(a, end, ROLE_INFINITIVE), *consult;
	size_t from = end + (infinitive != NULL ? infinitive->count : 0), close;

	consult = asker_at(a, from, ROLE_CONSULT);
	if (infinitive == NULL || consult == NULL || !(a->words->at[from].gap & GAP_COMMA))
		return;
	for (close = from + consult->count; close < a->stop && !(a->words->at[close].gap & GAP_COMMA);)
		close++;
	if (close < a->stop)
		asker_segment(a, from + consult->count, close, "consulted");
}

static void asker_find(const struct lexicon *lexicon, const struct words *words,
    const struct clause_head *head, bool shared, struct addressee_list *ret)
{
	struct asker a = { .lexicon = lexicon, .words = words, .out = ret, .stop = head->stop };
	size_t from = head->end, end;
	const struct phrase *skip;

	ret->count = 0;
	ret->action = head->end;
	if (head->subject_end > head->start) {
		a.stop = head->subject_end;
		a.passive = true;
		asker_segments(&a, head->start, head->subject_end);
		return;
	}
	if (head->directive != NULL) {
		from += head->directive->count;
		/* "its call upon", "its request to": the preposition goes. */
		if (from < a.stop && !asker_is(&a, from, ROLE_THAT) && asker_is(&a, from, ROLE_NEVER) &&
		    !asker_is(&a, from, ROLE_ARTICLE))
			from++;
		else if (from < a.stop && asker_is(&a, from, ROLE_INFINITIVE))
			from++;
	}
	while ((skip = asker_at(&a, from, ROLE_MODIFIER)) != NULL || (skip = asker_at(&a, from, ROLE_ADVERBIAL)) != NULL)
		from += skip->count;
	ret->action = from;
	if (from >= a.stop)
		return;
	if (head->directive == NULL && !head->verb->asks) {
		if (asker_is(&a, from, ROLE_THAT) && strcmp(head->verb->class, "deciding") == 0)
			ret->act = asker_decided(&a, from + 1);
		return;
	}
	if (asker_is(&a, from, ROLE_THAT)) {
		ret->action = from;
		ret->act = asker_that(&a, from + 1);
		return;
	}
	if (asker_is(&a, from, ROLE_INFINITIVE) && !asker_is(&a, from, ROLE_ARTICLE) &&
	    (asker_is(&a, from + 1, ROLE_ARTICLE) || asker_capital(&a, from + 1))) {
		ret->action = asker_to(&a, from);
		return;
	}
	end = asker_infinitive(&a, from);
	/* Nobody is asked to do anything: "Encourages the use of", unless the text goes on below
	 * ("Urges all States:") or the verb is one that only somebody can follow ("Calls upon"). */
	if (end >= a.stop && !((words->gap_end & GAP_COLON) && a.stop == words->count) && !shared)
		end = head->verb->somebody ? asker_plain_end(&a, from) : from;
	if (end > from) {
		asker_segments(&a, from, end);
		if (ret->count > 0) {
			ret->action = end;
			asker_inserted(&a, end);
		}
	}
	if (ret->count == 0)
		asker_agents(&a, from);
}

void addressee_agents(const struct lexicon *lexicon, const struct words *words,
    const struct clause_head *head, struct addressee_list *ret)
{
	struct asker a = { .lexicon = lexicon, .words = words, .out = ret, .stop = head->stop };

	ret->count = 0;
	asker_agents(&a, head->end);
}

void addressee_find(const struct lexicon *lexicon, const struct words *words,
    const struct clause_head *head, bool shared, struct addressee_list *ret)
{
	ret->act = 0;
	asker_find(lexicon, words, head, shared, ret);
	if (ret->act == 0)
		ret->act = ret->action;
}
