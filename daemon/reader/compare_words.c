/* One pair of paragraphs: the longest common sequence of words, and the terms of their requests. */
#include "reader/compare_words.h"

#include <string.h>

#include "base/alloc.h"

#define CELLS_MOST ((size_t)4 << 20) /* beyond it the middle of two texts counts as replaced */

/* A word with the marks behind it. */
struct token {
	struct slice text;
	uint32_t hash;
};

struct tokens {
	struct token *at;
	size_t count;
};

static struct tokens tokens_of(struct arena *arena, struct slice text)
{
	struct tokens tokens = {.at = arena_alloc(arena, (text.len / 2 + 2) * sizeof *tokens.at)};
	struct word word;
	struct word_key key;
	size_t at = 0;

	while (word_next(text, &at, &word, &key)) {
		struct token *last = tokens.count > 0 ? &tokens.at[tokens.count - 1] : NULL;

		/* "67/290" is one word here. */
		if (last != NULL && slice_find_byte(slice_range(last->text.at, text.at + word.at), ' ') < 0) {
			last->hash = last->hash * 31 + key.hash;
			continue;
		}
		if (last != NULL)
			last->text = slice_trim(slice_range(last->text.at, text.at + word.at));
		tokens.at[tokens.count++] = (struct token){slice_from(text, word.at), key.hash};
	}
	return tokens;
}

static bool token_is(const struct tokens *a, size_t i, const struct tokens *b, size_t k)
{
	return a->at[i].hash == b->at[k].hash;
}

static void pair_run(struct arena *arena, struct compare_pair *pair, size_t *room, enum compare_mark mark,
    const struct tokens *tokens, size_t from, size_t end)
{
	struct compare_run *run;

	if (from == end)
		return;
	run = arena_push(arena, (void **)&pair->runs, &pair->run_count, room, sizeof *run);
	*run = (struct compare_run){mark, slice_trim(slice_range(tokens->at[from].text.at,
	    tokens->at[end - 1].text.at + tokens->at[end - 1].text.len))};
}

/* The table of the longest common sequences' lengths, of words from there to the end. */
static uint16_t *table_new(const struct tokens *a, size_t from_a, size_t end_a, const struct tokens *b, size_t from_b,
    size_t end_b)
{
	size_t wide = end_b - from_b + 1;
	uint16_t *table = xcalloc((end_a - from_a + 1) * wide, sizeof *table);

	for (size_t i = end_a; i-- > from_a;)
		for (size_t k = end_b; k-- > from_b;) {
			uint16_t *cell = &table[(i - from_a) * wide + (k - from_b)];

			if (token_is(a, i, b, k))
				*cell = (uint16_t)(cell[wide + 1] + 1);
			else
				*cell = cell[wide] > cell[1] ? cell[wide] : cell[1];
		}
	return table;
}

/* Between equal beginnings and ends. */
static void pair_middle(struct arena *arena, struct compare_pair *pair, size_t *room, const struct tokens *a, size_t from_a,
    size_t end_a, const struct tokens *b, size_t from_b, size_t end_b)
{
	size_t i = from_a, k = from_b, wide = end_b - from_b + 1;
	uint16_t *table = (end_a - from_a + 1) * wide <= CELLS_MOST ? table_new(a, from_a, end_a, b, from_b, end_b) : NULL;

	while (table != NULL && i < end_a && k < end_b) {
		size_t start_a = i, start_b = k;

		while (i < end_a && k < end_b && !token_is(a, i, b, k)) {
			const uint16_t *cell = &table[(i - from_a) * wide + (k - from_b)];

			if (cell[wide] >= cell[1])
				i++;
			else
				k++;
		}
		if (i == end_a || k == end_b) {
			i = start_a;
			k = start_b;
			break;
		}
		pair_run(arena, pair, room, COMPARE_GONE, a, start_a, i);
		pair_run(arena, pair, room, COMPARE_ADDED, b, start_b, k);
		start_b = k;
		while (i < end_a && k < end_b && token_is(a, i, b, k)) {
			i++;
			k++;
		}
		pair_run(arena, pair, room, COMPARE_KEPT, b, start_b, k);
	}
	pair_run(arena, pair, room, COMPARE_GONE, a, i, end_a);
	pair_run(arena, pair, room, COMPARE_ADDED, b, k, end_b);
	free(table);
}

void compare_words(struct arena *arena, struct compare_pair *pair)
{
	struct tokens a = tokens_of(arena, pair->from->text), b = tokens_of(arena, pair->to->text);
	size_t head = 0, tail = 0, room = 0;

	while (head < a.count && head < b.count && token_is(&a, head, &b, head))
		head++;
	while (tail < a.count - head && tail < b.count - head && token_is(&a, a.count - tail - 1, &b, b.count - tail - 1))
		tail++;
	pair_run(arena, pair, &room, COMPARE_KEPT, &b, 0, head);
	pair_middle(arena, pair, &room, &a, head, a.count - tail, &b, head, b.count - tail);
	pair_run(arena, pair, &room, COMPARE_KEPT, &b, b.count - tail, b.count);
}

static struct slice clause_addressees(struct arena *arena, const struct clause *clause)
{
	struct slice all = SLICE("");

	for (size_t i = 0; i < clause->addressee_count; i++) {
		const struct addressee *a = &clause->addressees[i];

		all = slice_of(arena_printf(arena, "%.*s%s%.*s%s", SLICE_ARG(all), i > 0 ? "; " : "", SLICE_ARG(a->text),
		    strcmp(a->role, "consulted") == 0 ? " (consulted)" : ""));
	}
	return all;
}

static struct slice clause_conditions(struct arena *arena, const struct clause *clause)
{
	struct slice all = SLICE("");

	for (size_t i = 0; i < clause->condition_count; i++)
		all = slice_of(arena_printf(arena, "%.*s%s%.*s", SLICE_ARG(all), i > 0 ? "; " : "", SLICE_ARG(clause->conditions[i])));
	return all;
}

static void pair_change(struct arena *arena, struct compare_pair *pair, size_t *room, struct slice verb, const char *what,
    struct slice from, struct slice to)
{
	struct compare_change *change;

	if (slice_equal_nocase(from, to))
		return;
	change = arena_push(arena, (void **)&pair->changes, &pair->change_count, room, sizeof *change);
	*change = (struct compare_change){verb, what, from, to};
}

static void pair_clause(struct arena *arena, struct compare_pair *pair, size_t *room, const struct clause *a,
    const struct clause *b)
{
	pair_change(arena, pair, room, b->verb, "force", slice_of(a->force), slice_of(b->force));
	pair_change(arena, pair, room, b->verb, "kind", slice_of(a->kind), slice_of(b->kind));
	pair_change(arena, pair, room, b->verb, "deadline", a->deadline->value, b->deadline->value);
	pair_change(arena, pair, room, b->verb, "addressees", clause_addressees(arena, a), clause_addressees(arena, b));
	pair_change(arena, pair, room, b->verb, "conditions", clause_conditions(arena, a), clause_conditions(arena, b));
}

/* The next request of a paragraph from clause i on, or NULL. */
static const struct clause *next_request(const struct paragraph *paragraph, size_t *i)
{
	while (*i < paragraph->clause_count)
		if (paragraph->clauses[(*i)++].obligation)
			return &paragraph->clauses[*i - 1];
	return NULL;
}

static bool has_request(const struct paragraph *paragraph, size_t i, struct slice lemma)
{
	const struct clause *clause;

	while ((clause = next_request(paragraph, &i)) != NULL)
		if (slice_equal(clause->lemma, lemma))
			return true;
	return false;
}

/* Requests are compared in their order; one whose verb the other paragraph has not, is new or gone, unless it
 * stands where the other has one that is alone as well: then the verb has changed. */
void compare_terms(struct arena *arena, struct compare_pair *pair)
{
	size_t i = 0, k = 0, room = 0;
	const struct clause *a = next_request(pair->from, &i), *b = next_request(pair->to, &k);

	while (a != NULL || b != NULL) {
		bool alone_a = a != NULL && !(b != NULL && slice_equal(a->lemma, b->lemma)) && !has_request(pair->to, k, a->lemma);
		bool alone_b = b != NULL && !(a != NULL && slice_equal(a->lemma, b->lemma)) && !has_request(pair->from, i, b->lemma);

		if (a != NULL && b != NULL && alone_a == alone_b) {
			pair_clause(arena, pair, &room, a, b);
			a = next_request(pair->from, &i);
			b = next_request(pair->to, &k);
		} else if (a != NULL && (alone_a || b == NULL)) {
			pair_change(arena, pair, &room, a->verb, "request", a->text, SLICE(""));
			a = next_request(pair->from, &i);
		} else {
			pair_change(arena, pair, &room, b->verb, "request", SLICE(""), b->text);
			b = next_request(pair->to, &k);
		}
	}
}
