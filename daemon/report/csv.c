/* RFC 4180 in UTF-8: a row for each obligation, every field a column, dates as YYYY-MM-DD. */
#include <string.h>

#include "model.h"

/*
 * Spreadsheets run a cell that begins with one of these as a formula; an apostrophe
 * before it makes it text. A plain negative number is left alone.
 */
static bool csv_is_formula(const char *text)
{
	if (*text == '\0' || strchr("=+-@\t\r", *text) == NULL)
		return false;
	return *text != '-' || text[1] == '\0' || text[1 + strspn(text + 1, "0123456789")] != '\0';
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

static void csv_row(struct buf *out, const struct report *report, const struct report_obligation *obligation)
{
	for (enum field field = 0; field < FIELD_COUNT; field++)
		csv_cell(out, obligation->value[field], field == 0);
	csv_cell(out, report->known_at, false);
	csv_cell(out, report->filter, false);
	csv_cell(out, report->head, false);
	buf_append_text(out, "\r\n");
}

void report_write_csv(const struct report *report, const struct report_options *options, struct buf *out)
{
	(void)options;
	for (enum field field = 0; field < FIELD_COUNT; field++)
		csv_cell(out, field_table[field].name, field == 0);
	buf_append_text(out, ",known_at,filter,audit_head\r\n");
	for (size_t r = 0; r < report->count; r++) {
		const struct report_resolution *resolution = &report->resolutions[r];

		for (size_t p = 0; p < resolution->count; p++)
			for (size_t o = 0; o < resolution->paragraphs[p].count; o++)
				csv_row(out, report, &resolution->paragraphs[p].obligations[o]);
	}
}
