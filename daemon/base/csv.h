#ifndef MANDATE_CSV_H
#define MANDATE_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "buf.h"
#include "error.h"
#include "slice.h"

/*
 * Reads RFC 4180 (fields in double quotes may hold commas, line breaks and
 * doubled quotes; a line ends in LF or CRLF; a byte order mark is skipped).
 * Fields live on the arena. The text must outlive the reader.
 */
struct csv {
	struct slice rest;
	struct arena *arena;
	size_t line; /* of the row last returned, from 1 */
	size_t next_line;
	struct slice *fields;
	size_t count;
};

void csv_init(struct csv *csv, struct slice text, struct arena *arena);
/* 1: a row is in fields; 0: the end; negative: a fault, with line and column in the message. */
MUST_CHECK int csv_next(struct csv *csv, struct error *error);
/* The column of that name in the row now in fields (a header row), or -1. */
ptrdiff_t csv_column(const struct csv *csv, const char *name);
/* Field i, empty where the row is shorter. */
struct slice csv_field(const struct csv *csv, ptrdiff_t i);
/* Appends a field in quotes, and what ends it: a comma or a line break. */
void csv_write(struct buf *out, const char *text, char end);

#endif
