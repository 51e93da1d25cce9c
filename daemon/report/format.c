#include "report.h"

#include <string.h>

#include "model.h"

struct format_row {
	struct report_format format;
	model_render *render;
};

static const struct format_row format_rows[] = {
    {{"text", "text/plain; charset=utf-8", "txt", "for a terminal"}, report_text},
    {{"markdown", "text/markdown; charset=utf-8", "md", "for pages and issue trackers"}, report_markdown},
    {{"csv", "text/csv; charset=utf-8", "csv", "one row an obligation, for spreadsheets"}, report_csv},
    {{"json", "application/json", "json", "the whole model, for programs"}, report_json},
    {{"html", "text/html; charset=utf-8", "html", "one file for a browser, a printer or a word processor"}, report_html},
};

#define FORMAT_ROWS (sizeof format_rows / sizeof *format_rows)

const struct report_format *report_format_at(size_t i)
{
	return i < FORMAT_ROWS ? &format_rows[i].format : NULL;
}

static const struct format_row *format_find(const char *name)
{
	for (size_t i = 0; i < FORMAT_ROWS; i++)
		if (strcmp(format_rows[i].format.name, name) == 0)
			return &format_rows[i];
	return NULL;
}

const struct report_format *report_format_find(const char *name)
{
	const struct format_row *row = format_find(name);

	return row ? &row->format : NULL;
}

int report_render(struct slice model, const char *format, struct buf *out, struct error *error)
{
	const struct format_row *row = format_find(format);
	json_t *parsed;
	int code;

	if (row == NULL)
		return error_set(error, E_INPUT, "unknown_format",
		    "there is no format \"%s\"; there are: text, markdown, csv, json, html", format);
	code = json_read(model, &parsed, error);
	if (code != 0)
		return code;
	row->render(parsed, out);
	json_decref(parsed);
	if (buf_failed(out))
		return error_set(error, E_TOO_BIG, "too_big", "the report is larger than %zu bytes; narrow its filter", out->max);
	return 0;
}
