#ifndef MANDATE_REPORT_MODEL_H
#define MANDATE_REPORT_MODEL_H

#include <jansson.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "field.h"
#include "report.h"

/*
 * A report in memory. Everything hangs on the arena, or is borrowed from the JSON that
 * report_render holds until the document is made. No text is NULL; what is missing is "".
 */
struct report_count {
	const char *name;
	int64_t n;
};

struct report_tally {
	struct report_count *items;
	size_t count;
};

struct report_summary {
	int64_t obligations, measured, hortatory, continuing, implemented;
	struct report_tally status, timeliness, kind;
};

struct report_obligation {
	const char *value[FIELD_COUNT];
};

struct report_paragraph {
	const char *label, *text;
	bool asks_nothing;
	struct report_obligation *obligations;
	size_t count;
};

struct report_resolution {
	const char *symbol, *title, *body, *adopted_on, *state, *lineage;
	struct report_paragraph *paragraphs;
	size_t count;
};

struct report {
	struct arena *arena;
	const json_t *json;
	const char *title, *as_of, *known_at, *filter, *head;
	int64_t records;
	struct report_summary summary;
	struct report_resolution *resolutions;
	size_t count;
};

/* json must outlive the report. */
MUST_CHECK int report_read(const json_t *json, struct arena *arena, struct report *ret, struct error *error);

typedef void report_write_fn(const struct report *report, const struct report_options *options, struct buf *out);
report_write_fn report_write_text, report_write_markdown, report_write_csv, report_write_json, report_write_html;

#endif
