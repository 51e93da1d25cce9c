#include "reader/kind.h"

#define OBJECT_WORDS 14 /* in which a light verb's object must come */
#define NOUN_WORDS 8    /* the same where a thing is asked for without a verb */

struct act {
	const struct lexicon *lexicon;
	const struct words *words;
	size_t stop;
};

static const struct phrase *act_at(const struct act *a, size_t i, uint64_t roles)
{
	return i < a->stop ? lexicon_at(a->lexicon, a->words, i, roles) : NULL;
}

/* "to act": and not "to the Council". */
static bool act_is_infinitive(const struct act *a, size_t i)
{
	return i < a->stop && lexicon_infinitive(a->lexicon, a->words, i) > 0;
}

/* ", in consultation with the members, ": how far it goes; i where nothing is put in there. */
static size_t act_insertion(const struct act *a, size_t i)
{
	size_t end = i + 1;

	if (!(a->words->at[i].gap & GAP_COMMA) || act_is_infinitive(a, i) || act_at(a, i, ROLE_BIT(ROLE_ARTICLE)) != NULL ||
	    act_at(a, i, ROLE_BIT(ROLE_NEVER) | ROLE_BIT(ROLE_CONSULT) | ROLE_BIT(ROLE_BY) | ROLE_BIT(ROLE_CONDITION)) == NULL)
		return i;
	while (end < a->stop && !(a->words->at[end].gap & GAP_COMMA))
		end++;
	return end;
}

/* The word at which the act is named: behind infinitives, adverbs, insertions and what is looked through. */
static size_t act_begin(const struct act *a, size_t i)
{
	const uint64_t through = ROLE_BIT(ROLE_LOOK) | ROLE_BIT(ROLE_MODIFIER) | ROLE_BIT(ROLE_ADVERBIAL) |
	    ROLE_BIT(ROLE_CONDITION) | ROLE_BIT(ROLE_MODAL) | ROLE_BIT(ROLE_EVERY) | ROLE_BIT(ROLE_SOFT);
	const struct phrase *phrase;

	while (i < a->stop) {
		size_t inserted = act_insertion(a, i);

		if (inserted > i)
			i = inserted;
		else if ((phrase = act_at(a, i, ROLE_BIT(ROLE_WEAK))) != NULL && i + phrase->count < a->stop &&
		    lexicon_is_verbal(a->lexicon, word_text(a->words, i + phrase->count)))
			i += phrase->count; /* "consider ratifying"; "consider the matter" is an act */
		else if ((phrase = act_at(a, i, through)) != NULL)
			i += phrase->count;
		else if ((phrase = act_at(a, i, ROLE_BIT(ROLE_INFINITIVE) | ROLE_BIT(ROLE_JOINER))) != NULL)
			i += phrase->count;
		else
			return i;
	}
	return i;
}

/* The first kind among the words of an object; an infinitive begins another act. near: only up to a
 * small word or a comma ("strengthen the implementation of …"). */
static const char *act_object(const struct act *a, size_t i, size_t most, bool near)
{
	for (size_t start = i, end = i + most; i < a->stop && i < end; i++) {
		size_t inserted = near ? i : act_insertion(a, i);
		const struct phrase *phrase = act_at(a, i, ROLE_BIT(ROLE_KIND));

		if (inserted > i) {
			end += inserted - i;
			i = inserted - 1;
			continue;
		}
		if (near && i > start && ((a->words->at[i].gap & GAP_COMMA) ||
		                             (act_at(a, i, ROLE_BIT(ROLE_NEVER)) != NULL && act_at(a, i, ROLE_BIT(ROLE_ARTICLE)) == NULL)))
			break;
		if (phrase != NULL)
			return phrase->value.at;
		if (act_is_infinitive(a, i))
			break;
	}
	return "other";
}

/* The kind of the act named at i; "" where it is no known verb. */
static const char *act_kind(const struct act *a, size_t i)
{
	const struct phrase *phrase;

	if ((phrase = act_at(a, i, ROLE_BIT(ROLE_KIND))) != NULL)
		return phrase->value.at;
	if ((phrase = act_at(a, i, ROLE_BIT(ROLE_LIGHT))) != NULL)
		return act_object(a, i + phrase->count, OBJECT_WORDS, phrase->value.len > 0);
	return "";
}

/* The act that a deadline hangs on is the last one before it: "to proceed with the plans and to submit a
 * report at its next session". */
static const char *act_before(const struct act *a, size_t act, size_t due)
{
	for (size_t i = due; i-- > act + 1;) {
		const struct phrase *joiner = act_at(a, i, ROLE_BIT(ROLE_JOINER));
		const char *kind = "";

		if (act_is_infinitive(a, i))
			kind = act_kind(a, act_begin(a, i));
		else if (joiner != NULL && i + joiner->count < due)
			kind = act_kind(a, i + joiner->count);
		if (kind[0] != '\0')
			return kind;
	}
	return "";
}

const char *kind_find(const struct lexicon *lexicon, const struct words *words, size_t act, size_t stop, size_t due)
{
	const struct act a = {lexicon, words, stop};
	const char *kind = act_before(&a, act, due);

	if (kind[0] == '\0')
		kind = act_kind(&a, act_begin(&a, act));
	/* No verb: "calls for contributions", "encourages the exchange of views". */
	if (kind[0] == '\0' && act_at(&a, act, ROLE_BIT(ROLE_INFINITIVE)) == NULL)
		kind = act_object(&a, act, NOUN_WORDS, false);
	return kind[0] == '\0' ? "other" : kind;
}
