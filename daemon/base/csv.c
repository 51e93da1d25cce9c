#include "csv.h"

void csv_init(struct csv *csv, struct slice text, struct arena *arena)
{
	*csv = (struct csv){.rest = text, .arena = arena, .next_line = 1};
	(void)slice_take(&csv->rest, SLICE("\xEF\xBB\xBF"));
}

static int csv_take_quoted(struct csv *csv, size_t column, struct slice *ret, struct error *error)
{
	size_t started = csv->next_line;
	struct buf field;
	int code = 0;

	buf_init(&field, BUF_MAX_BODY);
	csv->rest = slice_from(csv->rest, 1);
	for (;;) {
		if (csv->rest.len == 0) {
			code = error_set(error, E_INPUT, "bad_csv",
			    "line %zu, column %zu: the quotation mark is never closed", started, column);
			goto out;
		}
		if (slice_take(&csv->rest, SLICE("\"\""))) {
			buf_append_byte(&field, '"');
			continue;
		}
		if (slice_take_byte(&csv->rest, '"'))
			break;
		if (csv->rest.at[0] == '\n')
			csv->next_line++;
		buf_append_byte(&field, csv->rest.at[0]);
		csv->rest = slice_from(csv->rest, 1);
	}
	if (csv->rest.len > 0 && csv->rest.at[0] != ',' && csv->rest.at[0] != '\n' &&
	    csv->rest.at[0] != '\r') {
		code = error_set(error, E_INPUT, "bad_csv",
		    "line %zu, column %zu: text after the closing quotation mark", csv->next_line, column);
		goto out;
	}
	*ret = arena_slice(csv->arena, buf_slice(&field));
out:
	buf_release(&field);
	return code;
}

static struct slice csv_take_plain(struct csv *csv)
{
	size_t end = 0;

	while (end < csv->rest.len && csv->rest.at[end] != ',' && csv->rest.at[end] != '\n' &&
	    csv->rest.at[end] != '\r')
		end++;
	return (struct slice){csv->rest.at, end};
}

int csv_next(struct csv *csv, struct error *error)
{
	size_t room = 0;

	csv->fields = NULL;
	csv->count = 0;
	csv->line = csv->next_line;
	if (csv->rest.len == 0)
		return 0;
	for (;;) {
		struct slice field = {"", 0};

		if (csv->rest.len > 0 && csv->rest.at[0] == '"') {
			int code = csv_take_quoted(csv, csv->count + 1, &field, error);

			if (code != 0)
				return code;
		} else {
			field = csv_take_plain(csv);
			csv->rest = slice_from(csv->rest, field.len);
		}
		*(struct slice *)arena_push(csv->arena, (void **)&csv->fields, &csv->count, &room,
		    sizeof field) = field;
		if (slice_take_byte(&csv->rest, ','))
			continue;
		(void)slice_take_byte(&csv->rest, '\r');
		if (slice_take_byte(&csv->rest, '\n'))
			csv->next_line++;
		return 1;
	}
}

ptrdiff_t csv_column(const struct csv *csv, const char *name)
{
	for (size_t i = 0; i < csv->count; i++)
		if (slice_is(csv->fields[i], name))
			return (ptrdiff_t)i;
	return -1;
}

struct slice csv_field(const struct csv *csv, ptrdiff_t i)
{
	return i >= 0 && (size_t)i < csv->count ? csv->fields[i] : SLICE("");
}

void csv_write(struct buf *out, const char *text, char end)
{
	buf_append_byte(out, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			buf_append_byte(out, '"');
		buf_append_byte(out, *text);
	}
	buf_append_byte(out, '"');
	buf_append_byte(out, end);
}
