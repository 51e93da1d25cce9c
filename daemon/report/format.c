#include <string.h>

#include "base/json.h"
#include "model.h"

static const struct report_format formats[] = {
    {"text", "text/plain; charset=utf-8", "txt", "for the terminal, wrapped to its width, with bars"},
    {"markdown", "text/markdown; charset=utf-8", "md", "for a wiki or a draft"},
    {"csv", "text/csv; charset=utf-8", "csv", "one row for each obligation, every field a column"},
    {"json", "application/json", "json", "the model itself, for programs"},
    {"html", "text/html; charset=utf-8", "html", "one page with pictures that needs nothing else and prints well"},
};
#define FORMATS (sizeof formats / sizeof *formats)

static report_write_fn *const writers[FORMATS] = {
    report_write_text, report_write_markdown, report_write_csv, report_write_json, report_write_html};

const struct report_format *report_format_at(size_t i)
{
	return i < FORMATS ? &formats[i] : NULL;
}

const struct report_format *report_format_find(const char *name)
{
	for (size_t i = 0; i < FORMATS; i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	return NULL;
}

static int format_check(const char *format, const struct report_options *options, struct error *error)
{
	if (report_format_find(format) == NULL)
		return error_set(error, E_INPUT, "unknown_format",
		    "there is no report format \"%.40s\"; there are: text, markdown, csv, json, html", format);
	if (options->language != NULL && strcmp(options->language, "en") != 0)
		return error_set(error, E_INPUT, "unknown_language", "reports are written in: en; not in \"%.40s\"",
		    options->language);
	return 0;
}

int report_render_with(struct slice model, const char *format, const struct report_options *options, struct buf *out,
    struct error *error)
{
	struct arena *arena = arena_new();
	struct report report;
	json_t *json = NULL;
	int code;

	code = format_check(format, options, error);
	if (code == 0)
		code = json_read(model, &json, error);
	if (code == 0)
		code = report_read(json, arena, &report, error);
	if (code == 0) {
		writers[report_format_find(format) - formats](&report, options, out);
		if (buf_failed(out))
			code = error_set(error, E_TOO_BIG, "too_big", "the report is over %zu MiB; use a narrower filter",
			    out->max >> 20);
	}
	json_decref(json);
	arena_free(arena);
	return code;
}

int report_render(struct slice model, const char *format, struct buf *out, struct error *error)
{
	static const struct report_options plain;

	return report_render_with(model, format, &plain, out, error);
}
