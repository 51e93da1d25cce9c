/*
 * RFC 4180 in UTF-8: one table for all parts, a row for each, every column there is, dates as
 * YYYY-MM-DD. The first column names the part; the last say from which data the row is. A paragraph
 * without a row of its own is a row too, so that nothing is missing. The last line counts the rows.
 */
#include <string.h>

#include "base/alloc.h"
#include "base/json.h"
#include "model.h"

struct csv {
	json_t *heading; /* the fields of one that has no row yet, or NULL */
};

/*
 * Spreadsheets run a cell that begins with one of these as a formula; an apostrophe
 * before it makes it text. A plain negative number is left alone.
 */
static bool csv_is_formula(const char *text)
{
	if (*text == '\0' || strchr("=+-@\t\r", *text) == NULL)
		return false;
	return *text != '-' || text[1] == '\0' || text[1 + strspn(text + 1, "0123456789.")] != '\0';
}

static void csv_cell(struct buf *out, const char *text, bool first)
{
	bool quoted = strpbrk(text, ",\"\r\n") != NULL;

	if (!first)
		buf_append_byte(out, ',');
	if (quoted)
		buf_append_byte(out, '"');
	if (csv_is_formula(text))
		buf_append_byte(out, '\'');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			buf_append_byte(out, '"');
		buf_append_byte(out, *text);
	}
	if (quoted)
		buf_append_byte(out, '"');
}

/* On each line, so that a line that is cut out still says of what it is. */
static void csv_origin(struct report_page *page)
{
	const struct report_head *head = page->head;
	const char *const cells[] = {head->as_of, head->known_at, head->since, head->subject, head->filter, head->head};

	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
		csv_cell(page->out, cells[i], false);
	buf_append_text(page->out, "\r\n");
}

static void csv_line(struct report_page *page, const char *part, const json_t *row)
{
	const struct report_head *head = page->head;

	csv_cell(page->out, part, true);
	for (size_t i = 0; i < head->count; i++)
		csv_cell(page->out, field_plain(page->arena, head->columns[i], json_object_get(row, head->columns[i]->name)), false);
	csv_origin(page);
}

static void csv_lonely(struct report_page *page)
{
	struct csv *csv = page->state;

	if (csv->heading != NULL)
		csv_line(page, page->part->name, csv->heading);
	json_decref(csv->heading);
	csv->heading = NULL;
}

static void csv_begin(struct report_page *page)
{
	csv_cell(page->out, "part", true);
	for (size_t i = 0; i < page->head->count; i++)
		csv_cell(page->out, page->head->columns[i]->name, false);
	buf_append_text(page->out, ",as_of,known_at,since,subject,filter,audit_head\r\n");
}

static void csv_part(struct report_page *page)
{
	csv_lonely(page);
}

static void csv_heading(struct report_page *page, const struct report_heading *heading)
{
	struct csv *csv = page->state;

	csv_lonely(page);
	if (heading->asks_nothing)
		csv->heading = json_incref((json_t *)(uintptr_t)heading->fields);
}

static void csv_row(struct report_page *page, const json_t *row)
{
	csv_lonely(page);
	csv_line(page, page->part->name, row);
}

static void csv_end(struct report_page *page, int64_t rows)
{
	struct csv *csv = page->state;

	if (csv->heading != NULL)
		csv_lonely(page);
	csv_cell(page->out, "end", true);
	csv_cell(page->out, arena_printf(page->arena, "rows: %lld", (long long)rows), false);
	for (size_t i = 1; i < page->head->count; i++)
		buf_append_byte(page->out, ',');
	csv_origin(page);
}

static void csv_release(struct report_page *page)
{
	struct csv *csv = page->state;

	json_decref(csv->heading);
}

const struct report_writer report_csv = {
    .state = sizeof(struct csv),
    .begin = csv_begin,
    .part = csv_part,
    .heading = csv_heading,
    .row = csv_row,
    .end = csv_end,
    .release = csv_release,
};
