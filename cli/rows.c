#include "rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/utf8.h"
#include "exit.h"

#define ROWS_MAX ((size_t)256 << 20)
#define ROWS_FAULT "fault"

/* The name as the service knows it, or NULL. */
static const char *rows_name(const struct rows_columns *columns, struct rows_map *map, struct slice given)
{
	const char *mapped = rows_map_column(map, columns->names, given);

	if (mapped != NULL)
		return mapped;
	for (size_t i = 0; columns->names[i] != NULL; i++)
		if (given.len == strlen(columns->names[i]) && strncasecmp(given.at, columns->names[i], given.len) == 0)
			return columns->names[i];
	return slice_is(given, ROWS_FAULT) ? ROWS_FAULT : NULL;
}

static void rows_say_columns(const struct rows_columns *columns, struct buf *out)
{
	for (size_t i = 0; columns->names[i] != NULL; i++)
		buf_printf(out, "%s%s%s", i > 0 ? ", " : "", columns->names[i],
		    i < columns->required || columns->required == 0 ? "" : " (may be missing)");
}

static int rows_refuse_header(const struct rows_columns *columns, const struct rows_map *map, const char *file,
    struct slice name, const char *what, struct error *error)
{
	struct buf known;
	int code;

	buf_init(&known, BUF_MAX_LINE);
	rows_say_columns(columns, &known);
	if (map != NULL)
		buf_printf(&known, "; say which one it is with --map \"%.*s=COLUMN\", or leave it out with --map \"%.*s=-\"",
		    SLICE_ARG(name), SLICE_ARG(name));
	code = error_set(error, E_INPUT, "bad_rows", "%s:1: %s \"%.*s\"; the columns are %s", file, what, SLICE_ARG(name), buf_text(&known));
	buf_release(&known);
	return code;
}

/* names[i] becomes the member for column i. */
static int rows_header(const struct rows_columns *columns, struct rows_map *map, const char *file, const struct csv *csv,
    const char **names, struct error *error)
{
	for (size_t i = 0; i < csv->count; i++) {
		struct slice name = slice_trim(csv->fields[i]);

		names[i] = rows_name(columns, map, name);
		if (names[i] == NULL)
			return rows_refuse_header(columns, map, file, name, "there is no column", error);
		for (size_t k = 0; k < i; k++)
			if (names[k] == names[i] && strcmp(names[i], ROWS_PASSED) != 0)
				return rows_refuse_header(columns, map, file, name, "twice the column", error);
	}
	for (size_t r = 0; r < columns->required; r++) {
		bool there = false;

		for (size_t i = 0; i < csv->count; i++)
			there = there || names[i] == columns->names[r];
		if (!there)
			return rows_refuse_header(columns, map, file, slice_of(columns->names[r]), "missing is the column", error);
	}
	return rows_map_check(map, columns->names, file, error);
}

/* A line of the file as an object; NULL where it is empty. */
static json_t *rows_row(const struct csv *csv, const struct rows_map *map, const char *const *names, size_t count)
{
	json_t *row = json_pack("{s:I}", "line", (json_int_t)csv->line);

	for (size_t i = 0; i < csv->count && i < count; i++) {
		struct slice value = slice_trim(csv->fields[i]);

		value = rows_map_value(map, names[i], value);
		if (value.len > 0 && strcmp(names[i], ROWS_FAULT) != 0 && strcmp(names[i], ROWS_PASSED) != 0)
			json_object_set_new(row, names[i], json_stringn(value.at, value.len));
	}
	if (json_object_size(row) > 1)
		return row;
	json_decref(row);
	return NULL;
}

static int rows_body(const struct rows_columns *columns, struct rows_map *map, const char *file, struct csv *csv,
    json_t *rows, struct error *error)
{
	const char **names = NULL;
	size_t count;
	int code = csv_next(csv, error);

	if (code == 0)
		return error_set(error, E_INPUT, "bad_rows", "%s: the file is empty; its first line names the columns", file);
	if (code < 0)
		return code;
	count = csv->count;
	names = arena_alloc(csv->arena, count * sizeof *names);
	code = rows_header(columns, map, file, csv, names, error);
	while (code == 0 && (code = csv_next(csv, error)) > 0) {
		json_t *row = NULL;

		code = 0;
		if (csv->count > count)
			code = error_set(error, E_INPUT, "bad_rows", "%s:%zu: %zu fields where the first line names %zu columns", file,
			    csv->line, csv->count, count);
		else
			row = rows_row(csv, map, names, count);
		if (row != NULL)
			json_array_append_new(rows, row);
	}
	return code;
}

int rows_read(const char *file, const struct rows_columns *columns, json_t **ret, struct error *error)
{
	return rows_read_mapped(file, columns, NULL, ret, error);
}

int rows_read_mapped(const char *file, const struct rows_columns *columns, struct rows_map *map, json_t **ret,
    struct error *error)
{
	struct arena *arena = arena_new();
	json_t *rows = json_array();
	struct csv csv;
	struct buf text;
	size_t bad;
	int code;

	buf_init(&text, ROWS_MAX);
	code = file_read(strcmp(file, "-") == 0 ? "/dev/stdin" : file, &text, error);
	if (code == 0 && !utf8_valid(buf_slice(&text), &bad))
		code = error_set(error, E_INPUT, "not_text", "%s: not a text in UTF-8 (byte %zu); save it as CSV in UTF-8", file, bad);
	if (code == 0) {
		csv_init(&csv, buf_slice(&text), arena);
		code = rows_body(columns, map, file, &csv, rows, error);
	}
	arena_free(arena);
	buf_release(&text);
	if (code != 0) {
		json_decref(rows);
		return code;
	}
	*ret = rows;
	return 0;
}

/* One row as it was given, with what is wrong with it at the end. Faults are in the order of their lines: *next is
 * the first that was not written yet. */
static void rows_write_row(struct buf *out, const struct rows_columns *columns, const json_t *row, const json_t *faults,
    size_t *next)
{
	const json_t *fault;
	struct buf said;

	buf_init(&said, BUF_MAX_BODY);
	for (; (fault = json_array_get(faults, *next)) != NULL && json_integer_of(fault, "line") <= json_integer_of(row, "line"); ++*next)
		buf_printf(&said, "%s%s: %s", said.len > 0 ? "; " : "", json_text_of(fault, "column"), json_text_of(fault, "message"));
	for (size_t i = 0; columns->names[i] != NULL; i++)
		csv_write(out, json_text_of(row, columns->names[i]), ',');
	csv_write(out, buf_text(&said), '\n');
	buf_release(&said);
}

static int rows_write_faults(const char *file, const struct rows_columns *columns, const json_t *rows, const json_t *faults,
    struct error *error)
{
	size_t i, next = 0;
	const json_t *row;
	struct buf out;
	int code;

	buf_init(&out, ROWS_MAX);
	for (i = 0; columns->names[i] != NULL; i++)
		buf_printf(&out, "%s,", columns->names[i]);
	buf_printf(&out, "%s\n", ROWS_FAULT);
	json_array_foreach (rows, i, row)
		rows_write_row(&out, columns, row, faults, &next);
	code = file_write(file, buf_slice(&out), error);
	if (code == 0)
		fprintf(stderr, "mandate: all rows are in %s, the wrong ones with what is wrong in the last column; mend them there and import that file\n",
		    file);
	buf_release(&out);
	return code;
}

/* Names every fault the way that editors understand. */
static void rows_say_faults(const char *file, const json_t *faults)
{
	const json_t *fault;
	size_t i;

	json_array_foreach (faults, i, fault)
		fprintf(stderr, "%s:%lld: %s: %s\n", file, (long long)json_integer_of(fault, "line"), json_text_of(fault, "column"),
		    json_text_of(fault, "message"));
}

int rows_send(const struct invocation *invocation, const struct rows_columns *columns, char *path_take,
    json_t *body_take, ask_print *print)
{
	return rows_send_mapped(invocation, columns, NULL, path_take, body_take, print);
}

int rows_send_mapped(const struct invocation *invocation, const struct rows_columns *columns, struct rows_map *map,
    char *path_take, json_t *body_take, ask_print *print)
{
	const char *file = invocation->words[invocation->word_count - 1];
	struct error error = ERROR_NONE, worse = ERROR_NONE;
	struct client *client = NULL;
	json_t *rows = NULL, *answer = NULL;
	const json_t *faults;
	struct page page;
	int code = rows_read_mapped(file, columns, map, &rows, &error);

	if (code == 0)
		client = client_open(invocation, &error);
	if (client == NULL) {
		json_decref(body_take);
		json_decref(rows);
		free(path_take);
		return exit_fail(&error);
	}
	json_object_set(body_take, "rows", rows);
	if (option_given(invocation, OPTION_DRY_RUN))
		json_object_set_new(body_take, "dry_run", json_true());
	code = client_write(client, "POST", path_take, body_take, &answer, &error);
	free(path_take);
	if (code != 0) {
		faults = json_member(client_problem(client), "faults");
		rows_say_faults(file, faults);
		if (option_given(invocation, OPTION_FAULTS) && json_array_size(faults) > 0 &&
		    rows_write_faults(option_value(invocation, OPTION_FAULTS), columns, rows, faults, &worse) != 0)
			(void)exit_fail(&worse);
		json_decref(rows);
		return client_fail(client, &error);
	}
	json_decref(rows);
	page_init(&page, invocation);
	if (format_is(invocation, "json"))
		page_json(&page, answer);
	else
		code = print(invocation, &page, answer);
	json_decref(answer);
	client_close(client);
	return page_finish(&page, code);
}
