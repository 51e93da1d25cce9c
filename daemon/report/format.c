/* The one table of formats. */
#include <string.h>

#include "model.h"
#include "say.h"

static const struct report_format formats[] = {
    {"text", "text/plain; charset=utf-8", "txt", "for the terminal, wrapped to its width, with bars",
        REPORT_IN_DAEMON, &report_text},
    {"markdown", "text/markdown; charset=utf-8", "md", "for a wiki or a draft", REPORT_IN_DAEMON, &report_markdown},
    {"csv", "text/csv; charset=utf-8", "csv", "one table, every column there is", REPORT_IN_DAEMON, &report_csv},
    {"json", "application/json", "json", "one document, for programs", REPORT_IN_DAEMON, &report_json},
    {"jsonl", "application/jsonl", "jsonl", "the report's records as they come, one JSON object a line",
        REPORT_IN_DAEMON, &report_lines},
    {"html", "text/html; charset=utf-8", "html", "one page with pictures that needs nothing else and prints well",
        REPORT_IN_DAEMON, &report_html},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx",
        "a spreadsheet: a sheet for each part, typed cells, native charts", REPORT_IN_WORKER, &report_xlsx},
    {"pdf", "application/pdf", "pdf", "pages for print, with numbers, bookmarks and pictures", REPORT_IN_WORKER, &report_pdf},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx",
        "a Word document to go on writing in, made by pandoc where that is installed", REPORT_IN_WORKER, &report_docx},
    {"ics", "text/calendar; charset=utf-8", "ics", "deadlines and milestones as all-day events, for a calendar",
        REPORT_IN_DAEMON, &report_ics},
    {"todo", "text/calendar; charset=utf-8", "todo.ics", "the same as to-dos, for programs that show them",
        REPORT_IN_DAEMON, &report_todo},
};
#define FORMATS (sizeof formats / sizeof *formats)

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

int report_format_choose(const char *name, const struct report_options *options, const struct report_format **ret,
    struct error *error)
{
	const struct report_format *format = report_format_find(name);
	struct buf known;
	int code;

	if (!report_speaks(options->language))
		return error_set(error, E_INPUT, "unknown_language", "reports are written in: %s; not in \"%.40s\"",
		    report_languages(), options->language);
	if (format != NULL) {
		*ret = format;
		return 0;
	}
	buf_init(&known, BUF_MAX_LINE);
	for (size_t i = 0; i < FORMATS; i++)
		buf_printf(&known, "%s%s", i > 0 ? ", " : "", formats[i].name);
	code = error_set(error, E_INPUT, "unknown_format", "there is no report format \"%.40s\"; there are: %s", name,
	    buf_text(&known));
	buf_release(&known);
	return code;
}
