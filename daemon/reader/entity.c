#include "reader/entity.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/csv.h"
#include "base/file.h"

#define COMPOUND_WORDS 4    /* a name of so many may hold a joiner */
#define HEAD_LETTERS 16     /* by which most capitals are seen to begin no such name */
#define NAME_MAX_BYTES 200

struct entity_key {
	struct slice name;
	const struct entity *entity;
};

/* The first letters of compounds, in lower case, and which of them begin so. */
struct entity_head {
	uint64_t low, high;
	size_t from, end; /* end 0: a free seat */
};

struct entities {
	struct arena *arena;
	struct entity_key *keys; /* sorted by name, without case */
	size_t count, room;
	struct entity_key *compounds; /* those whose names may run over a comma or joiner, sorted too */
	size_t compound_count, compound_room;
	struct entity_head *heads;    /* by entity_seat */
	size_t head_room;
	bool short_compound;          /* one has fewer than HEAD_LETTERS */
};

static int entity_compare(const void *a, const void *b)
{
	const struct slice *x = &((const struct entity_key *)a)->name, *y = &((const struct entity_key *)b)->name;
	int order = strncasecmp(x->at, y->at, x->len < y->len ? x->len : y->len);

	return order != 0 ? order : (x->len > y->len) - (x->len < y->len);
}

static void entity_add(struct entities *entities, struct slice name, const struct entity *entity)
{
	struct entity_key *key;

	name = slice_trim(name);
	if (slice_starts_nocase(name, SLICE("the ")))
		name = slice_from(name, 4);
	if (name.len == 0)
		return;
	key = arena_push(entities->arena, (void **)&entities->keys, &entities->count, &entities->room, sizeof *key);
	*key = (struct entity_key){name, entity};
}

static size_t entity_words(struct slice name)
{
	size_t words = 1;

	for (size_t i = 0; i < name.len; i++)
		words += name.at[i] == ' ';
	return words;
}

/* Whether the name may hold a joiner or comma. */
static bool entity_is_compound(struct slice name)
{
	return slice_find_byte(name, ',') >= 0 || entity_words(name) >= COMPOUND_WORDS;
}

/* The seat of a text's first letters, or the free one where they belong. Any byte is folded as a letter is. */
static struct entity_head *entity_seat(const struct entities *entities, struct slice text, uint64_t ret[2])
{
	size_t at;

	memcpy(ret, text.at, HEAD_LETTERS);
	ret[0] |= 0x2020202020202020U;
	ret[1] |= 0x2020202020202020U;
	at = (size_t)((ret[0] * 0x9E3779B97F4A7C15U ^ ret[1] * 0xC2B2AE3D27D4EB4FU) >> 40);
	for (;; at++) {
		struct entity_head *head = &entities->heads[at & (entities->head_room - 1)];

		if (head->end == 0 || (head->low == ret[0] && head->high == ret[1]))
			return head;
	}
}

/* Compounds that begin alike stand together. */
static void entities_heads(struct entities *entities)
{
	for (entities->head_room = 64; entities->head_room < 4 * entities->compound_count;)
		entities->head_room *= 2;
	entities->heads = arena_alloc(entities->arena, entities->head_room * sizeof *entities->heads);
	for (size_t i = 0; i < entities->compound_count; i++) {
		const struct slice name = entities->compounds[i].name;
		struct entity_head *head;
		uint64_t letters[2];

		if (name.len < HEAD_LETTERS) {
			entities->short_compound = true;
			continue;
		}
		head = entity_seat(entities, name, letters);
		*head = (struct entity_head){letters[0], letters[1], head->end == 0 ? i : head->from, i + 1};
	}
}

/* From the sorted keys, so that they are sorted too. */
static void entities_compounds(struct entities *entities)
{
	for (size_t i = 0; i < entities->count; i++) {
		const struct entity_key *key = &entities->keys[i];
		struct entity_key *compound;

		if (!entity_is_compound(key->name))
			continue;
		compound = arena_push(entities->arena, (void **)&entities->compounds, &entities->compound_count,
		    &entities->compound_room, sizeof *compound);
		*compound = *key;
	}
	entities_heads(entities);
}

static int entities_read(struct entities *entities, struct slice text, struct error *error)
{
	ptrdiff_t code, name, aliases;
	struct csv csv;
	int got;

	csv_init(&csv, text, entities->arena);
	got = csv_next(&csv, error);
	code = csv_column(&csv, "code");
	name = csv_column(&csv, "name");
	aliases = csv_column(&csv, "aliases");
	if (got == 1 && (code < 0 || name < 0 || aliases < 0))
		return error_set(error, E_INPUT, "bad_csv", "line 1: the columns code, name and aliases are needed");
	while (got == 1 && (got = csv_next(&csv, error)) == 1) {
		struct entity *entity = arena_alloc(entities->arena, sizeof *entity);
		struct slice rest = csv_field(&csv, aliases), alias;

		entity->code = csv_field(&csv, code);
		entity->name = slice_trim(csv_field(&csv, name));
		entity_add(entities, entity->name, entity);
		entity_add(entities, entity->code, entity);
		while (slice_take_until(&rest, '|', &alias))
			entity_add(entities, alias, entity);
	}
	return got;
}

struct entities *entities_open(const char *path, struct error *error)
{
	struct entities *entities = xcalloc(1, sizeof *entities);
	struct error fault = ERROR_NONE;
	struct buf text;
	int code;

	entities->arena = arena_new();
	buf_init(&text, BUF_MAX_BODY);
	code = file_read(path, &text, &fault);
	if (code == 0)
		code = entities_read(entities, arena_slice(entities->arena, buf_slice(&text)), &fault);
	buf_release(&text);
	if (code < 0 && code != E_NOT_FOUND) {
		error_prefix(&fault, "%s", path);
		if (error != NULL)
			*error = fault;
		entities_close(entities);
		return NULL;
	}
	if (entities->count > 0)
		qsort(entities->keys, entities->count, sizeof *entities->keys, entity_compare);
	entities_compounds(entities);
	return entities;
}

void entities_close(struct entities *entities)
{
	if (entities == NULL)
		return;
	arena_free(entities->arena);
	free(entities);
}

static size_t slice_common(struct slice a, struct slice b)
{
	size_t i = 0;

	while (i < a.len && i < b.len && (a.at[i] == b.at[i] || strncasecmp(a.at + i, b.at + i, 1) == 0))
		i++;
	return i;
}

/* How many of the compounds do not come behind the text; it is among those from low to high. */
static size_t entities_until(const struct entities *entities, struct slice text, size_t low, size_t high)
{
	const struct entity_key wanted = {.name = text};

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (entity_compare(&entities->compounds[middle], &wanted) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The last name that does not come behind the text either begins it, or shares with it as much as any shorter
 * one can: with that much the search goes on. */
static size_t entities_begin(const struct entities *entities, struct slice text, size_t from, size_t end)
{
	while (text.len > 0) {
		size_t until = entities_until(entities, text, from, end), common;

		if (until == from)
			return 0;
		common = slice_common(entities->compounds[until - 1].name, text);
		if (common == entities->compounds[until - 1].name.len)
			return common;
		text.len = common;
	}
	return 0;
}

size_t entities_compound(const struct entities *entities, struct slice text)
{
	const struct entity_head *head;
	uint64_t letters[2];

	text = slice_cut(text, 0, NAME_MAX_BYTES);
	if (entities->short_compound)
		return entities_begin(entities, text, 0, entities->compound_count);
	if (text.len < HEAD_LETTERS)
		return 0;
	head = entity_seat(entities, text, letters);
	return head->end == 0 ? 0 : entities_begin(entities, text, head->from, head->end);
}

const struct entity *entities_find(const struct entities *entities, struct slice name)
{
	struct entity_key wanted = {.name = slice_trim(name)};
	const struct entity_key *hit;

	if (slice_starts_nocase(wanted.name, SLICE("the ")))
		wanted.name = slice_from(wanted.name, 4);
	if (entities->count == 0 || wanted.name.len == 0)
		return NULL;
	hit = bsearch(&wanted, entities->keys, entities->count, sizeof *hit, entity_compare);
	return hit != NULL ? hit->entity : NULL;
}
