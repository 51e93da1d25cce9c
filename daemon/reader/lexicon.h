#ifndef MANDATE_READER_LEXICON_H
#define MANDATE_READER_LEXICON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/slice.h"
#include "reader/word.h"

/*
 * One language's words, read from lexicon/<language>.conf. The code knows roles,
 * the file knows words: a new language is a new file.
 *
 * Verbs stand in "verbs", one group each:
 *   lemma, class, force       as in struct clause
 *   third, base               arrays: "requests", "request" (with "we"); phrases allowed
 *   participle, past          arrays, may be missing: "requesting", "requested"
 *   noun = true               its third-person form is a plural noun as well ("requests")
 *   asks = true               somebody is asked: look for an addressee
 *   somebody = true           only somebody can follow it ("calls upon"), with an infinitive or without
 *   self = true               the organ binds itself (obligation when the force is "decision")
 * Every other role is a list of strings, or of groups { text, value }. Beside the roles stand
 *   language                  "en"
 *   common                    the commonest words, by which the language is told
 *   letters                   the letters beyond a to z: words with others are of another language
 *   participle_endings, past_endings, adjective_endings, infinitive_endings
 *   year_middles              what makes the middle of a year in one word with it: "mid-" in "mid-2025"
 *   inserts                   what may stand behind the first word of a verb of several: "takes also note"
 *   clitics                   pronouns before a verb that asks (fr: "les prie")
 *   elisions                  words that an apostrophe cuts off the next one (fr: "l", "qu")
 *   structure_only            true: verbs and terms are not known yet
 */
enum role {
	ROLE_THIRD,      /* verbs.third: "requests", "takes note" */
	ROLE_BASE,       /* verbs.base */
	ROLE_PARTICIPLE, /* verbs.participle */
	ROLE_PAST,       /* verbs.past */
	ROLE_MODIFIER,   /* modifiers: "also", "once again", "strongly"; value "repeat" for a repetition */
	ROLE_ADVERBIAL,  /* adverbials: "in this regard", "to this end" */
	ROLE_JOINER,     /* joiners: "and", "as well as" */
	ROLE_SUBJECT,    /* subjects: "we" */
	ROLE_RELATIVE,   /* relatives: "which", "who" */
	ROLE_DIRECTIVE,  /* noun_directives: "its request"; value is the force */
	ROLE_OPENER,     /* openers: "the general assembly"; value is the body's code */
	ROLE_PREAMBLE,   /* preamble: adjectives and participles that are no verb's: "mindful" */
	ROLE_INFINITIVE, /* infinitive: "to" (fr: "de", "à"; es: "a que"): ends an addressee; value "verb":
	                  * only before a word with one of the infinitive_endings (es: "a"); "clause":
	                  * whatever follows (es: "que") */
	ROLE_THAT,       /* that: "that", "que" */
	ROLE_ARTICLE,    /* articles: "the", "all", "its"; value "own" when it is the possessive of whoever stands
	                  * before ("its"), "to" when it says to whom and is no part of the
	                  * name (fr: "aux") */
	ROLE_RESTRICTOR, /* restrictors: "that have not", "in a position to", "concerned" */
	ROLE_CONSULT,    /* consult: "in consultation with" */
	ROLE_INCLUDE,    /* include: "including", "in particular": after it members of the set; value "and" when what
	                  * follows is none ("as well as") */
	ROLE_CONDITION,  /* conditions: "upon request", "within existing resources"; value "open": the words that
	                  * follow belong to it ("within existing") */
	ROLE_VEHICLE,    /* vehicles: "in his report", "in her next report" */
	ROLE_RECOMMEND,  /* recommends: "adoption of the following draft resolution"; a draft follows */
	ROLE_FURNITURE,  /* furniture: a line that is no text: "united nations", "distr general" */
	ROLE_MASTHEAD,   /* mastheads: "resolution adopted by", "on the report of" */
	ROLE_MEETING,    /* meetings: "plenary meeting", "meeting" */
	ROLE_MONTH,      /* months, January first: value is the number */
	ROLE_ANNEX,      /* annexes: "annex", "appendix"; value "alone": a heading of nothing else, "sources" */
	ROLE_VOTE,       /* votes: "in favour", "adopted without a vote" */
	ROLE_NOTE,       /* notes: a footnote's beginning that is no text: "ibid", "see" */
	ROLE_RESOLUTION, /* resolution_words: "resolution"; value "decision" for a decision */
	ROLE_MODAL,      /* modals: "shall", "should", "will" */
	ROLE_NEVER,      /* never: words after which a verb's form is none: "to", "the", "of"; value "of" where what
	                  * follows is a part of the name before */
	ROLE_SET,        /* sets: "states", "member states", "governments"; value is the code */
	ROLE_SHORT,      /* short forms to resolve: "the office", "the fund" */
	ROLE_CONTINUE,   /* continuers: "continues to": before a verb's base form */
	ROLE_ACTOR,      /* actors: nouns that name somebody who can be asked */
	ROLE_STATE,      /* states_of_mind: "are", "is", "remains": before an adjective verb */
	ROLE_ORDINAL,    /* ordinals: "sixtieth"; value is the number */
	ROLE_NUMBER,     /* numbers: "six"; value is the number */
	ROLE_SESSION,    /* sessions: "session" */
	ROLE_UNIT,       /* units: "months"; value is "hour", "day", "week", "month" or "year" */
	ROLE_BY,         /* by: "not later than"; a last day follows */
	ROLE_END,        /* ends: "the end of"; value is month and day, "12-31" */
	ROLE_WITHIN,     /* within: a length of time follows; value "term" where something lasts so long */
	ROLE_EVERY,      /* every: "annually"; value is count and unit, "1 year"; "from 1 year": where a
	                  * start is named ("annual"); "each": a length of time follows; none: "regularly" */
	ROLE_PERIOD,     /* periods: "biennium"; years follow */
	ROLE_SOFT,       /* softs: "as soon as possible" */
	ROLE_EVENT,      /* events: "prior to"; something with a date of its own follows */
	ROLE_OCCASION,   /* occasions: "conference": what such a thing is called */
	ROLE_AT,         /* at: "at", "to": before a session */
	ROLE_SESSION_KIND, /* session_kinds: "regular", "resumed"; value "resumed", "next", or "special": none of ours */
	ROLE_HISTORY,    /* histories: "taken": what follows has been; value "pending" ("be"): behind a participle it has not */
	ROLE_IN,         /* in: "in": before a year to come */
	ROLE_ORIGIN,     /* origins: "after": what an interval counts from; value "adoption" when it is that */
	ROLE_START,      /* starts: "starting"; value "before" when the start has been named: "thereafter" */
	ROLE_KIND,       /* kinds: "report"; value is the kind of obligation */
	ROLE_LIGHT,      /* light_verbs: "provide": the kind is its object's */
	ROLE_LOOK,       /* looked_through: "continue to", "take measures to": the kind is that of what follows */
	ROLE_WEAK,       /* weakeners: "to consider": a condition when a participle or infinitive follows */
	ROLE_AGENT,      /* agents: "by", "among": before those who do what is asked for */
	ROLE_THING,      /* things: nouns that end a name that nobody bears: "convention" */
	ROLE_PRONOUN,    /* pronouns: "them": whoever was asked last; value "many" for a plural, "speaker" for what may be the
	                  * organ itself ("it") */
	ROLE_BODY,       /* bodies: openers without "the", added by themselves; more may be listed */
	ROLE_RANGE,      /* number_ranges: "to", between the first number and the last */
	ROLE_OF,         /* belongs: "of the", between a resolution's number and whose it is */
	ROLE_COUNT
};

struct verb {
	struct slice lemma;
	const char *class, *force;
	bool noun, asks, somebody, self;
};

struct phrase {
	uint32_t *ids;
	uint32_t count;
	enum role role;
	const struct verb *verb; /* of ROLE_THIRD … ROLE_PAST */
	struct slice value;
};

/* NULL on error (file and line in the message). */
struct lexicon *lexicon_open(const char *path, struct error *error);
void lexicon_close(struct lexicon *lexicon);
const char *lexicon_language(const struct lexicon *lexicon);
bool lexicon_structure_only(const struct lexicon *lexicon);

/* Cuts text into words known by their numbers. words is reused. */
void lexicon_words(const struct lexicon *lexicon, struct slice text, struct words *words);
/* The same, but a word is only cut when words_has or lexicon_at asks for it: words->count and what is quoted
 * are not to be relied on. Where words are those of this text already they stay. */
void lexicon_head(const struct lexicon *lexicon, struct slice text, struct words *words);
/* Goes on with the cutting until there is a word behind word i, or all are cut; whether there is a word i. */
bool words_go_on(const struct words *words, size_t i);
static inline bool words_has(const struct words *words, size_t i)
{
	return i < words->count || words_go_on(words, i);
}
void words_release(struct words *words);

/* The longest phrase of one of the roles (a mask of ROLE_BIT) that begins at word i, or NULL.
 * No mark may stand inside it. */
#define ROLE_BIT(role) ((uint64_t)1 << (role))
const struct phrase *lexicon_find(const struct lexicon *lexicon, const struct words *words, size_t i,
    uint64_t roles);

/* The roles of the phrases that may begin at word i: more than do, since only a look tells. */
static inline uint64_t lexicon_roles(const struct words *words, size_t i)
{
	const struct word *word = &words->at[i];

	return words->roles[2 * (size_t)word->id + (word->flags & WORD_BEGINS ? 1 : 0)];
}

/* The same as lexicon_find; here because most words have none of the roles. */
static inline const struct phrase *lexicon_at(const struct lexicon *lexicon, const struct words *words,
    size_t i, uint64_t roles)
{
	/* Whether a phrase of several words may begin with a word the next one tells. */
	if ((i + 1 >= words->count && !words_go_on(words, i)) || (lexicon_roles(words, i) & roles) == 0)
		return NULL;
	return lexicon_find(lexicon, words, i, roles);
}

/* Whether any phrase of the role begins at word i. */
static inline bool lexicon_is(const struct lexicon *lexicon, const struct words *words, size_t i,
    enum role role)
{
	return lexicon_at(lexicon, words, i, ROLE_BIT(role)) != NULL;
}

/* Whether the word has one of the endings that make a preambular participle ("ing"). */
bool lexicon_is_participle(const struct lexicon *lexicon, struct slice word);
/* Whether the word has one of the endings of past participles ("ed"). */
bool lexicon_is_past(const struct lexicon *lexicon, struct slice word);
/* How much of the word says that it is the middle of the year behind it ("mid-2025"), 0: nothing. */
size_t lexicon_year_middle(const struct lexicon *lexicon, struct slice word);
/* Whether an infinitive begins at word i: "to act", and not "to the Council"; returns how many words its
 * marker has, 0: none. */
size_t lexicon_infinitive(const struct lexicon *lexicon, const struct words *words, size_t i);
/* Whether the word has one of the endings of adjectives ("al", "ed"). */
bool lexicon_is_adjective(const struct lexicon *lexicon, struct slice word);
/* Whether adjectives stand behind their noun: the language names no endings to tell them by. */
bool lexicon_adjectives_follow(const struct lexicon *lexicon);
/* Whether the word has one of the endings of infinitives ("ar"); none in English. */
bool lexicon_is_infinitive(const struct lexicon *lexicon, struct slice word);
/* Either: what stands behind a weakener ("consider ratifying", "la posibilidad de ratificar"). */
bool lexicon_is_verbal(const struct lexicon *lexicon, struct slice word);
/* How many of the words of text are among the language's commonest, for choosing a language. */
size_t lexicon_common(const struct lexicon *lexicon, struct slice text, size_t *ret_words);
/* The same of several languages; those that cut words alike cut them once. */
void lexicons_common(struct lexicon *const lexicons[], size_t count, struct slice text, size_t ret[], size_t ret_words[]);
/* How many words of text, names apart, have a Latin letter that the language does not write; 0 where it does not say which it does. */
size_t lexicon_foreign(const struct lexicon *lexicon, struct slice text);

#endif
