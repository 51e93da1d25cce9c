/* The full names of a text, by the nouns in them: what "the Office" means further on. */
#include "reader/addressee.h"

static void names_set(struct names *names, uint32_t id, struct slice noun, struct slice full)
{
	size_t i = 0;

	while (i < names->count && names->at[i].id != id)
		i++;
	if (i == NAMES)
		return;
	if (i == names->count)
		names->count++;
	names->at[i] = (struct name){ id, noun, full };
}

struct slice names_find(const struct names *names, struct slice noun)
{
	for (size_t i = 0; i < names->count; i++)
		if (slice_equal_nocase(names->at[i].noun, noun))
			return names->at[i].full;
	return SLICE("");
}

/* A name runs over capitals and the small words between them. */
static size_t name_end(const struct lexicon *lexicon, const struct words *words, size_t i, size_t *ret_capitals)
{
	size_t end = i + 1;

	*ret_capitals = 1;
	for (size_t k = i + 1; k < words->count && words->at[k].gap == 0 && k < i + 16; k++) {
		if (words->at[k].flags & (WORD_CAPITAL | WORD_NAMED)) {
			end = k + 1;
			*ret_capitals += 1;
		} else if (lexicon_is(lexicon, words, k, ROLE_JOINER)) {
			if (lexicon_is(lexicon, words, k + 1, ROLE_ARTICLE))
				break; /* another name */
		} else if (!lexicon_is(lexicon, words, k, ROLE_NEVER)) {
			break;
		}
	}
	return end;
}

void names_learn(struct names *names, const struct lexicon *lexicon, const struct words *words)
{
	size_t capitals, end;

	for (size_t i = 1; i < words->count; i++) {
		const struct phrase *article;

		if (!(words->at[i].flags & WORD_CAPITAL) || words->at[i].gap != 0 || words->at[i - 1].id == 0)
			continue;
		article = lexicon_at(lexicon, words, i - 1, ROLE_BIT(ROLE_ARTICLE));
		if (article == NULL || article->count != 1)
			continue;
		end = name_end(lexicon, words, i, &capitals);
		for (size_t k = i; k < end && capitals > 1; k++)
			if (words->at[k].id != 0 && (words->at[k].flags & WORD_CAPITAL) &&
			    !lexicon_is(lexicon, words, k, ROLE_MODIFIER))
				names_set(names, words->at[k].id, word_text(words, k), words_range(words, i, end));
		i = end > i + 1 ? end - 1 : i;
	}
}

struct slice addressee_name(const struct lexicon *lexicon, const struct names *names,
    const struct words *words, const struct addressee_span *span)
{
	const struct phrase *article = lexicon_at(lexicon, words, span->from, ROLE_BIT(ROLE_ARTICLE));
	size_t from = span->from + (article != NULL && span->from + article->count < span->end ? article->count : 0);

	if (lexicon_is(lexicon, words, span->from, ROLE_SHORT) && span->restrictor <= span->from + 3) {
		uint32_t id = words->at[span->restrictor - 1].id;

		for (size_t i = 0; i < names->count; i++)
			if (names->at[i].id == id)
				return names->at[i].full;
	}
	return words_range(words, from, span->restrictor);
}
