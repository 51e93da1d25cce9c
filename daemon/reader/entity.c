#include "reader/entity.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/csv.h"
#include "base/file.h"

#define COMPOUND_WORDS 4    /* a name of so many may hold a joiner */
#define HEAD_LETTERS 16     /* at most */
#define HEADS 4096
#define NAME_MAX_BYTES 200

struct entity_key {
	struct slice name;
	const struct entity *entity;
};

struct entities {
	struct arena *arena;
	struct entity_key *keys; /* sorted by name, without case */
	size_t count, room;
	struct entity_key *compounds; /* those whose names may run over a comma or joiner, sorted too */
	size_t compound_count, compound_room;
	size_t head_letters;          /* no compound is shorter */
	uint8_t heads[HEADS / 8];     /* the first letters of compounds */
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

/* A bit for the first letters of a text, in any case. */
static size_t entity_head(const struct entities *entities, struct slice text)
{
	uint32_t head = 0;

	for (size_t i = 0; i < entities->head_letters && i < text.len; i++)
		head = head * 31 + ((unsigned char)text.at[i] | 0x20);
	return (head ^ head >> 12 ^ head >> 24) % HEADS;
}

/* From the sorted keys, so that they are sorted too. */
static void entities_compounds(struct entities *entities)
{
	entities->head_letters = HEAD_LETTERS;
	for (size_t i = 0; i < entities->count; i++) {
		const struct entity_key *key = &entities->keys[i];
		struct entity_key *compound;

		if (!entity_is_compound(key->name))
			continue;
		compound = arena_push(entities->arena, (void **)&entities->compounds, &entities->compound_count,
		    &entities->compound_room, sizeof *compound);
		*compound = *key;
		if (key->name.len < entities->head_letters)
			entities->head_letters = key->name.len;
	}
	for (size_t i = 0; i < entities->compound_count; i++) {
		const size_t head = entity_head(entities, entities->compounds[i].name);

		entities->heads[head / 8] |= (uint8_t)(1 << head % 8);
	}
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

/* How many of the compounds do not come behind the text. */
static size_t entities_until(const struct entities *entities, struct slice text)
{
	const struct entity_key wanted = {.name = text};
	size_t low = 0, high = entities->compound_count;

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
size_t entities_compound(const struct entities *entities, struct slice text)
{
	size_t head = entity_head(entities, text);

	if (!(entities->heads[head / 8] & (1 << head % 8)))
		return 0;
	for (text = slice_cut(text, 0, NAME_MAX_BYTES); text.len > 0;) {
		size_t until = entities_until(entities, text), common;

		if (until == 0)
			return 0;
		common = slice_common(entities->compounds[until - 1].name, text);
		if (common == entities->compounds[until - 1].name.len)
			return common;
		text.len = common;
	}
	return 0;
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
