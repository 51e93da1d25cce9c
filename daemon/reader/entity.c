#include "reader/entity.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/csv.h"
#include "base/file.h"

#define COMPOUND_WORDS 4 /* a name of so many may hold a joiner */

struct entity_key {
	struct slice name;
	const struct entity *entity;
};

struct entities {
	struct arena *arena;
	struct entity_key *keys; /* sorted by name, without case */
	size_t count, room;
	struct slice *compounds; /* names that may run over a comma or joiner, by their first letter */
	size_t compound_count, compound_room;
	size_t first[27];
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

static size_t entity_letter(struct slice name)
{
	char c = name.len > 0 ? (char)(name.at[0] | 0x20) : 0;

	return c >= 'a' && c <= 'z' ? (size_t)(c - 'a') : 26;
}

static size_t entity_words(struct slice name)
{
	size_t words = 1;

	for (size_t i = 0; i < name.len; i++)
		words += name.at[i] == ' ';
	return words;
}

/* From the sorted keys, so that those with one first letter stand together. */
static void entities_compounds(struct entities *entities)
{
	for (size_t i = 0; i < entities->count; i++) {
		struct slice name = entities->keys[i].name, *compound;

		if (entity_letter(name) == 26 || (slice_find_byte(name, ',') < 0 && entity_words(name) < COMPOUND_WORDS))
			continue;
		compound = arena_push(entities->arena, (void **)&entities->compounds, &entities->compound_count,
		    &entities->compound_room, sizeof *compound);
		*compound = name;
		for (size_t letter = entity_letter(name) + 1; letter < 27; letter++)
			entities->first[letter] = entities->compound_count;
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

size_t entities_compound(const struct entities *entities, struct slice text)
{
	size_t letter = entity_letter(text), longest = 0;

	for (size_t i = letter < 26 ? entities->first[letter] : 0; letter < 26 && i < entities->first[letter + 1]; i++) {
		struct slice name = entities->compounds[i];

		if (name.len > longest && slice_starts_nocase(text, name))
			longest = name.len;
	}
	return longest;
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
