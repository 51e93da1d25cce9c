#ifndef MANDATE_CLI_ROWS_H
#define MANDATE_CLI_ROWS_H

#include "ask.h"
#include "rows_map.h"

/*
 * Imports of rows from a CSV file: RFC 4180 in UTF-8, the first line names the columns, in
 * any order. The service looks at all rows before it writes one; the faults it finds are
 * printed with file, line and column, and with --faults FILE all rows are written to a file with
 * a column "fault", which can be mended and given back. "-" is standard input.
 */

/* The columns that a file may have, ended by NULL; the first `required` of them it must have. */
struct rows_columns {
	const char *const *names;
	size_t required;
};

/* *ret becomes a list of {"line": 2, COLUMN: text…}, empty fields left out; to be released with
 * json_decref. Names are compared without case; the column "fault" is passed over. */
MUST_CHECK int rows_read(const char *file, const struct rows_columns *columns, json_t **ret,
    struct error *error);
/* Reads the file of the command's last word and sends it as the member "rows" of body_take, with
 * dry_run where that was asked for. Takes path_take and body_take. Returns the exit code. */
int rows_send(const struct invocation *invocation, const struct rows_columns *columns, char *path_take,
    json_t *body_take, ask_print *print);

/* The same for a file with names of its own; map may be NULL. */
MUST_CHECK int rows_read_mapped(const char *file, const struct rows_columns *columns, struct rows_map *map, json_t **ret,
    struct error *error);
int rows_send_mapped(const struct invocation *invocation, const struct rows_columns *columns, struct rows_map *map,
    char *path_take, json_t *body_take, ask_print *print);

#endif
