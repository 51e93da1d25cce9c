#ifndef MANDATE_CLI_ROWS_MAP_H
#define MANDATE_CLI_ROWS_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/slice.h"

/*
 * What a file of rows calls things by its own names: "Para=paragraph,Remarks=-,Sent=implemented".
 * What stands right of the sign tells what is meant: a column of ours, "-" for a column to be passed
 * over, or a word of the column that has words. A pair with a comma in it stands in double quotes,
 * as in a CSV file. Names are compared without case.
 */
struct rows_pair {
	const char *theirs, *ours;
	bool used; /* the file has it */
};

struct rows_map {
	struct rows_pair *pairs;
	size_t count;
	const char *words_column; /* "status", or NULL */
	const char *const *words; /* ended by NULL */
};

/* A column that is passed over. */
#define ROWS_PASSED "-"

/* Names live on the arena. map->words_column and words are set by the caller. */
MUST_CHECK int rows_map_read(struct rows_map *map, const char *text, const char *const *columns, struct arena *arena,
    struct error *error);
/* What the header's name is here: a column of ours or ROWS_PASSED; NULL where the map does not say. */
const char *rows_map_column(struct rows_map *map, const char *const *columns, struct slice given);
/* The value that stands for this one in a column; itself where the map does not say. */
struct slice rows_map_value(const struct rows_map *map, const char *column, struct slice given);
/* Refuses a map that names a column which the file does not have: most likely it is misspelt. */
MUST_CHECK int rows_map_check(const struct rows_map *map, const char *const *columns, const char *file, struct error *error);

#endif
