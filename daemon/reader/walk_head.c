/*
 * The first words of a block: do they ask, decide or consider, and who speaks them?
 */
#include "reader/walk.h"

#include <string.h>

#include "reader/clause.h"

/* Without a footnote's mark glued to the last mark: "…;121", but not "2.5". */
static struct slice text_unmarked(struct slice text)
{
	size_t end = text.len;

	while (end > 0 && text.len - end < 3 && text.at[end - 1] >= '0' && text.at[end - 1] <= '9')
		end--;
	if (end == text.len || end < 2 || memchr(";:,.", text.at[end - 1], 4) == NULL ||
	    (text.at[end - 2] >= '0' && text.at[end - 2] <= '9'))
		return text;
	return slice_cut(text, 0, end);
}

char text_end(struct slice text)
{
	/* Of Chinese and of Arabic. */
	static const struct {
		const char *mark;
		char end;
	} wide[] = { { "\xE3\x80\x82", '.' }, { "\xEF\xBC\x8C", ',' }, { "\xEF\xBC\x9B", ';' }, { "\xEF\xBC\x9A", ':' },
		{ "\xD8\x8C", ',' }, { "\xD8\x9B", ';' } };

	text = text_unmarked(text);
	while (text.len > 0 && (text.at[text.len - 1] == '"' || text.at[text.len - 1] == ' ' ||
	                           text.at[text.len - 1] == ')'))
		text.len--;
	if (text.len > 3 && memcmp(text.at + text.len - 3, "\xE2\x80\x9D", 3) == 0)
		text.len -= 3;
	for (size_t i = 0; i < sizeof(wide) / sizeof(wide[0]); i++)
		if (slice_ends(text, slice_of(wide[i].mark)))
			return wide[i].end;
	return text.len == 0 ? '\0' : text.at[text.len - 1];
}

bool text_closes_quote(struct slice text)
{
	return slice_ends(text, SLICE("\"")) || slice_ends(text, SLICE("\xE2\x80\x9D")) ||
	    slice_ends(text, SLICE("\xC2\xBB"));
}

bool walk_speaks(struct structure *s)
{
	const struct phrase *opener = clause_speaker(s->lexicon, &s->words, 0);
	size_t i = opener != NULL ? opener->count : 0;

	while (opener != NULL && i < opener->count + 3 && lexicon_is(s->lexicon, &s->words, i, ROLE_MODIFIER))
		i++;
	return opener != NULL && words_has(&s->words, i) && s->words.at[i].gap == 0 &&
	    lexicon_is(s->lexicon, &s->words, i, ROLE_THIRD);
}

const struct phrase *walk_tells(struct structure *s, struct slice text)
{
	const struct phrase *name = NULL;
	size_t at;

	if (lexicon_at(s->lexicon, &s->words, 0, ROLE_BIT(ROLE_AT) | ROLE_BIT(ROLE_IN)) == NULL)
		return NULL;
	structure_words(s, slice_cut(text, 0, OPENER_BYTES));
	if (clause_told(s->lexicon, &s->words, &at, &name) == NULL)
		name = NULL;
	structure_words(s, slice_cut(text, 0, HEAD_BYTES));
	return name;
}

/* In an annex others speak too: "The Committee endorses the view". */
static bool walk_speaks_itself(struct walk *w)
{
	const struct phrase *opener;

	if (!walk_speaks(w->s))
		return false;
	opener = clause_speaker(w->s->lexicon, &w->s->words, 0);
	return w->annex.len == 0 || w->s->reading->body == NULL || slice_is(opener->value, w->s->reading->body);
}

struct head walk_head(struct walk *w, struct slice text)
{
	struct structure *s = w->s;
	struct head head = { 0 };
	const struct lexicon *lexicon = s->lexicon;

	structure_words(s, slice_cut(text, 0, HEAD_BYTES));
	if (!words_has(&s->words, 0))
		return head;
	head.subject = lexicon_is(lexicon, &s->words, 0, ROLE_SUBJECT);
	while (head.first < 5 && lexicon_is(lexicon, &s->words, head.first, ROLE_MODIFIER))
		head.first++;
	head.verb = lexicon_is(lexicon, &s->words, head.first, ROLE_THIRD) || walk_speaks_itself(w) || walk_tells(s, text) != NULL ||
	    ((s->words.at[0].flags & WORD_CAPITALS) && lexicon_is(lexicon, &s->words, 0, ROLE_PAST));
	head.base = lexicon_is(lexicon, &s->words, head.subject ? 1 : head.first, ROLE_BASE) && (head.subject || w->we);
	head.participle = lexicon_is(lexicon, &s->words, head.first, ROLE_PARTICIPLE) ||
	    lexicon_is_participle(lexicon, word_text(&s->words, words_has(&s->words, head.first) ? head.first : 0));
	head.adjective = lexicon_is(lexicon, &s->words, 0, ROLE_PREAMBLE);
	return head;
}
