#include "reader/entity.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/csv.h"
#include "base/file.h"

struct entity_key {
	struct slice name;
	const struct entity *entity;
};

struct entities {
	struct arena *arena;
	struct entity_key *keys; /* sorted by name, without case */
	size_t count, room;
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
	if (name.len == 0)
		return;
	key = arena_push(entities->arena, (void **)&entities->keys, &entities->count, &entities->room, sizeof *key);
	*key = (struct entity_key){name, entity};
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
	return entities;
}

void entities_close(struct entities *entities)
{
	if (entities == NULL)
		return;
	arena_free(entities->arena);
	free(entities);
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
