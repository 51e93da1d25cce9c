#include "rows_map.h"

#include <string.h>

#include "base/buf.h"
#include "base/csv.h"

static bool rows_map_in(const char *const *names, struct slice given, const char **ret)
{
	for (size_t i = 0; names != NULL && names[i] != NULL; i++) {
		if (slice_equal_nocase(given, slice_of(names[i]))) {
			*ret = names[i];
			return true;
		}
	}
	return false;
}

static int rows_map_refuse(const struct rows_map *map, struct slice ours, const char *const *columns, struct error *error)
{
	struct buf known;
	int code;

	buf_init(&known, BUF_MAX_LINE);
	for (size_t i = 0; columns[i] != NULL; i++)
		buf_printf(&known, "%s%s", i > 0 ? ", " : "", columns[i]);
	if (map->words_column != NULL) {
		buf_printf(&known, "; words of %s are ", map->words_column);
		for (size_t i = 0; map->words[i] != NULL; i++)
			buf_printf(&known, "%s%s", i > 0 ? ", " : "", map->words[i]);
	}
	code = error_set(error, E_INPUT, "usage", "--map: there is no \"%.*s\" here; columns are %s; - leaves a column out",
	    SLICE_ARG(ours), buf_text(&known));
	buf_release(&known);
	return code;
}

/* "theirs=ours", cut at the last sign, since a name of theirs may hold one. */
static int rows_map_pair(struct rows_map *map, struct slice text, const char *const *columns, struct arena *arena,
    struct error *error)
{
	struct rows_pair *pair = &map->pairs[map->count];
	size_t sign = text.len;
	struct slice ours;

	while (sign > 0 && text.at[sign - 1] != '=')
		sign--;
	if (sign < 2)
		return error_set(error, E_INPUT, "usage", "--map: \"%.*s\" is not a pair such as Para=paragraph", SLICE_ARG(text));
	ours = slice_trim(slice_from(text, sign));
	pair->theirs = arena_text(arena, slice_trim(slice_cut(text, 0, sign - 1)));
	pair->used = false;
	if (slice_is(ours, ROWS_PASSED))
		pair->ours = ROWS_PASSED;
	else if (!rows_map_in(columns, ours, &pair->ours) && !rows_map_in(map->words, ours, &pair->ours))
		return rows_map_refuse(map, ours, columns, error);
	map->count++;
	return 0;
}

int rows_map_read(struct rows_map *map, const char *text, const char *const *columns, struct arena *arena, struct error *error)
{
	struct csv csv;
	int code;

	csv_init(&csv, slice_of(text), arena);
	code = csv_next(&csv, error);
	if (code <= 0)
		return code;
	map->pairs = arena_alloc(arena, csv.count * sizeof *map->pairs);
	map->count = 0;
	code = 0;
	for (size_t i = 0; code == 0 && i < csv.count; i++)
		if (slice_trim(csv.fields[i]).len > 0)
			code = rows_map_pair(map, csv.fields[i], columns, arena, error);
	return code;
}

/* Whether a pair is about a column rather than a word in one. */
static bool rows_map_of_column(const struct rows_pair *pair, const char *const *columns)
{
	const char *same;

	return strcmp(pair->ours, ROWS_PASSED) == 0 || rows_map_in(columns, slice_of(pair->ours), &same);
}

const char *rows_map_column(struct rows_map *map, const char *const *columns, struct slice given)
{
	for (size_t i = 0; map != NULL && i < map->count; i++) {
		struct rows_pair *pair = &map->pairs[i];

		if (slice_equal_nocase(given, slice_of(pair->theirs)) && rows_map_of_column(pair, columns)) {
			pair->used = true;
			return pair->ours;
		}
	}
	return NULL;
}

struct slice rows_map_value(const struct rows_map *map, const char *column, struct slice given)
{
	const char *word;

	if (map == NULL || map->words_column == NULL || strcmp(column, map->words_column) != 0)
		return given;
	for (size_t i = 0; i < map->count; i++)
		if (slice_equal_nocase(given, slice_of(map->pairs[i].theirs)) &&
		    rows_map_in(map->words, slice_of(map->pairs[i].ours), &word))
			return slice_of(word);
	return given;
}

int rows_map_check(const struct rows_map *map, const char *const *columns, const char *file, struct error *error)
{
	for (size_t i = 0; map != NULL && i < map->count; i++)
		if (!map->pairs[i].used && rows_map_of_column(&map->pairs[i], columns))
			return error_set(error, E_INPUT, "bad_rows", "%s:1: there is no column \"%s\", which --map names", file, map->pairs[i].theirs);
	return 0;
}
