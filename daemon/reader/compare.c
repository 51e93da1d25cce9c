/*
 * Paragraphs find their like by the pairs of words that they share: first those that are the same
 * word for word, then the likest of the rest, the surest first. What is left over is new or dropped.
 */
#include "reader/compare.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "reader/compare_words.h"

#define LIKE_LEAST 0.4  /* of the pairs of words, those that two paragraphs must share to be one */
#define COMMON_MOST 64  /* a pair of words in more paragraphs than this tells nothing */
#define CANDIDATES 4    /* likest paragraphs that are kept for each */

/* A paragraph with the numbers of its word pairs, sorted. */
struct subject {
	const struct paragraph *paragraph;
	uint64_t whole;   /* of all its words */
	uint32_t *shingles;
	size_t count;
	size_t partner;   /* index + 1 on the other side, 0: none */
};

struct side {
	struct subject *at;
	size_t count;
};

struct likeness {
	double share;
	size_t from, to;
};

static int number_compare(const void *a, const void *b)
{
	const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static void subject_fill(struct arena *arena, const struct paragraph *paragraph, struct subject *ret)
{
	struct word word;
	struct word_key key;
	uint32_t before = 2166136261U;
	size_t at = 0, room = paragraph->text.len / 2 + 1;

	*ret = (struct subject){.paragraph = paragraph, .whole = 14695981039346656037U};
	ret->shingles = arena_alloc(arena, room * sizeof *ret->shingles);
	while (word_next(paragraph->text, &at, &word, &key)) {
		ret->whole = (ret->whole ^ key.hash) * 1099511628211U;
		ret->shingles[ret->count++] = before * 31 + key.hash;
		before = key.hash;
	}
	qsort(ret->shingles, ret->count, sizeof *ret->shingles, number_compare);
}

static struct side side_of(struct arena *arena, const struct reading *reading, enum part part)
{
	struct side side = {.at = arena_alloc(arena, (reading->paragraph_count + 1) * sizeof *side.at)};

	for (size_t i = 0; i < reading->paragraph_count; i++)
		if (reading->paragraphs[i].part == part)
			subject_fill(arena, &reading->paragraphs[i], &side.at[side.count++]);
	return side;
}

static void side_pair(struct side *from, size_t i, struct side *to, size_t k)
{
	from->at[i].partner = k + 1;
	to->at[k].partner = i + 1;
}

/* Where a number stands: a paragraph of the old text. */
struct place {
	uint64_t number;
	size_t subject;
};

static int place_compare(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return (x->subject > y->subject) - (x->subject < y->subject);
}

/* The first place with the number, or count. */
static size_t place_find(const struct place *places, size_t count, uint64_t number)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (places[middle].number < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Word for word; of several that are, in their order. */
static void sides_match(struct arena *arena, struct side *from, struct side *to)
{
	struct place *places = arena_alloc(arena, (from->count + 1) * sizeof *places);

	for (size_t i = 0; i < from->count; i++)
		places[i] = (struct place){from->at[i].whole, i};
	qsort(places, from->count, sizeof *places, place_compare);
	for (size_t k = 0; k < to->count; k++)
		for (size_t i = place_find(places, from->count, to->at[k].whole);
		     i < from->count && places[i].number == to->at[k].whole; i++)
			if (from->at[places[i].subject].partner == 0) {
				side_pair(from, places[i].subject, to, k);
				break;
			}
}

/* All word pairs of the paragraphs that have no partner yet, with where they stand. */
static struct place *side_places(struct arena *arena, const struct side *side, size_t *ret_count)
{
	size_t room = 1, count = 0;
	struct place *places;

	for (size_t i = 0; i < side->count; i++)
		room += side->at[i].partner == 0 ? side->at[i].count : 0;
	places = arena_alloc(arena, room * sizeof *places);
	for (size_t i = 0; i < side->count; i++)
		for (size_t k = 0; side->at[i].partner == 0 && k < side->at[i].count; k++)
			places[count++] = (struct place){side->at[i].shingles[k], i};
	qsort(places, count, sizeof *places, place_compare);
	*ret_count = count;
	return places;
}

static int likeness_compare(const void *a, const void *b)
{
	const struct likeness *x = a, *y = b;

	if (x->share > y->share || x->share < y->share)
		return x->share > y->share ? -1 : 1;
	return x->to != y->to ? (x->to > y->to) - (x->to < y->to) : (x->from > y->from) - (x->from < y->from);
}

/* The likest of the old paragraphs to one new one, at most CANDIDATES. shared: for each old paragraph how many
 * pairs it shares; touched: those that share any. Both are scratch. */
static size_t subject_likest(const struct side *from, const struct subject *subject, size_t index,
    const struct place *places, size_t place_count, uint32_t *shared, size_t *touched, struct likeness *ret)
{
	size_t touched_count = 0, found = 0;

	for (size_t k = 0; k < subject->count; k++) {
		size_t first = place_find(places, place_count, subject->shingles[k]), last = first;

		while (last < place_count && places[last].number == subject->shingles[k] && last - first <= COMMON_MOST)
			last++;
		for (size_t i = first; last - first <= COMMON_MOST && i < last; i++)
			if (shared[places[i].subject]++ == 0)
				touched[touched_count++] = places[i].subject;
	}
	for (size_t i = 0; i < touched_count; i++) {
		const struct subject *other = &from->at[touched[i]];
		double share = 2.0 * shared[touched[i]] / (double)(subject->count + other->count);
		struct likeness likeness = {share > 1 ? 1 : share, touched[i], index};

		shared[touched[i]] = 0;
		if (share < LIKE_LEAST)
			continue;
		if (found < CANDIDATES)
			ret[found++] = likeness;
		else if (likeness_compare(&likeness, &ret[CANDIDATES - 1]) < 0)
			ret[CANDIDATES - 1] = likeness;
		qsort(ret, found, sizeof *ret, likeness_compare);
	}
	return found;
}

/* The surest pairs first. */
static void sides_liken(struct arena *arena, struct side *from, struct side *to)
{
	size_t place_count, count = 0;
	struct place *places = side_places(arena, from, &place_count);
	uint32_t *shared = arena_alloc(arena, (from->count + 1) * sizeof *shared);
	size_t *touched = arena_alloc(arena, (from->count + 1) * sizeof *touched);
	struct likeness *likest = arena_alloc(arena, (to->count * CANDIDATES + 1) * sizeof *likest);

	for (size_t k = 0; k < to->count; k++)
		if (to->at[k].partner == 0)
			count += subject_likest(from, &to->at[k], k, places, place_count, shared, touched, &likest[count]);
	qsort(likest, count, sizeof *likest, likeness_compare);
	for (size_t i = 0; i < count; i++)
		if (from->at[likest[i].from].partner == 0 && to->at[likest[i].to].partner == 0)
			side_pair(from, likest[i].from, to, likest[i].to);
}

static struct compare_pair *comparison_add(struct comparison *comparison, size_t *room, struct compare_pair pair)
{
	struct compare_pair *added = arena_push(comparison->arena, (void **)&comparison->pairs, &comparison->pair_count,
	    room, sizeof *added);

	*added = pair;
	comparison->counts[pair.verdict]++;
	return added;
}

/* Those that are not in the longest run of pairs that kept their order have moved. */
static void comparison_moves(struct comparison *comparison, const struct side *to)
{
	size_t *tails = arena_alloc(comparison->arena, (to->count + 1) * sizeof *tails), length = 0;
	size_t *before = arena_alloc(comparison->arena, (to->count + 1) * sizeof *before);
	bool *kept = arena_alloc(comparison->arena, to->count + 1);

	for (size_t k = 0; k < to->count; k++) {
		size_t low = 0, high = length;

		if (to->at[k].partner == 0)
			continue;
		while (low < high) {
			size_t middle = low + (high - low) / 2;

			if (to->at[tails[middle]].partner < to->at[k].partner)
				low = middle + 1;
			else
				high = middle;
		}
		before[k] = low > 0 ? tails[low - 1] + 1 : 0;
		tails[low] = k;
		length = low == length ? length + 1 : length;
	}
	for (size_t k = length > 0 ? tails[length - 1] + 1 : 0; k > 0; k = before[k - 1])
		kept[k - 1] = true;
	for (size_t i = 0, k = 0; i < comparison->pair_count; i++) {
		struct compare_pair *pair = &comparison->pairs[i];

		if (pair->to == NULL || pair->to->part != to->at[0].paragraph->part)
			continue;
		pair->moved = pair->from != NULL && !kept[k];
		comparison->moved += pair->moved;
		k++;
	}
}

static void comparison_part(struct comparison *comparison, size_t *room, const struct reading *from,
    const struct reading *to, enum part part)
{
	struct side old = side_of(comparison->arena, from, part), new = side_of(comparison->arena, to, part);
	size_t shown = 0;

	sides_match(comparison->arena, &old, &new);
	sides_liken(comparison->arena, &old, &new);
	for (size_t k = 0; k < new.count; k++) {
		const struct subject *mine = &new.at[k], *its = mine->partner > 0 ? &old.at[mine->partner - 1] : NULL;
		struct compare_pair pair = {.verdict = COMPARE_NEW, .to = mine->paragraph};

		/* Dropped ones stand before the paragraph that follows them in the old text. */
		for (; its != NULL && shown < mine->partner; shown++)
			if (old.at[shown].partner == 0)
				comparison_add(comparison, room, (struct compare_pair){.verdict = COMPARE_DROPPED, .from = old.at[shown].paragraph});
		if (its != NULL) {
			pair.from = its->paragraph;
			pair.verdict = its->whole == mine->whole ? COMPARE_SAME : COMPARE_CHANGED;
		}
		if (pair.verdict == COMPARE_CHANGED)
			compare_words(comparison->arena, &pair);
		if (pair.from != NULL)
			compare_terms(comparison->arena, &pair);
		comparison_add(comparison, room, pair);
	}
	for (; shown < old.count; shown++)
		if (old.at[shown].partner == 0)
			comparison_add(comparison, room, (struct compare_pair){.verdict = COMPARE_DROPPED, .from = old.at[shown].paragraph});
	if (new.count > 0)
		comparison_moves(comparison, &new);
}

struct comparison *comparison_new(const struct reading *from, const struct reading *to)
{
	struct comparison *comparison = xcalloc(1, sizeof *comparison);
	size_t room = 0;

	comparison->arena = arena_new();
	comparison_part(comparison, &room, from, to, PART_PREAMBULAR);
	comparison_part(comparison, &room, from, to, PART_OPERATIVE);
	return comparison;
}

void comparison_free(struct comparison *comparison)
{
	if (comparison == NULL)
		return;
	arena_free(comparison->arena);
	free(comparison);
}

const char *compare_verdict_name(enum compare_verdict verdict)
{
	static const char *const names[] = {"same", "changed", "new", "dropped"};

	return names[verdict];
}
