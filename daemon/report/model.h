#ifndef MANDATE_REPORT_MODEL_H
#define MANDATE_REPORT_MODEL_H

#include <stdio.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "field.h"
#include "report.h"

/*
 * What a format sees of a report: one record at a time, checked and with its columns found in
 * the table of fields. No text is NULL; what is missing is "".
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
	bool given; /* a report of a treaty or a fund has none */
	int64_t obligations, resolutions, measured, hortatory, continuing, implemented;
	struct report_tally status, timeliness, kind;
};

/* The first record; lives as long as the document. */
struct report_head {
	const char *report, *title, *subject, *as_of, *known_at, *since, *filter, *head;
	int64_t records;
	const char *const *notes;
	size_t note_count;
	const struct field_row *const *columns; /* of all parts together, for formats that have one table */
	size_t count;
	struct report_summary summary;
};

/* A table; lives until the next. */
struct report_part {
	const char *name, *title;
	const struct field_row *const *columns;
	size_t count;
	bool table; /* few columns, side by side; else each row is a list of its fields */
	int64_t rows; /* so far */
};

/* Begins a group. Level 1 stands under the part, level 2 under level 1. */
struct report_heading {
	int level;
	const struct field_row *of; /* what the rows below have in common */
	const json_t *value;        /* of that column */
	const char *title;          /* beside the value, or "" */
	const char *text;           /* verbatim from the resolution, or "" */
	bool asks_nothing;
	const json_t *fields; /* what else the group has in common, by column */
};

/* The document being written. */
struct report_page {
	const struct report_options *options;
	const char *language;
	struct buf *out;     /* where bytes go now */
	struct arena *arena; /* of this record only */
	struct arena *whole; /* of the document */
	const struct report_head *head;
	const struct report_part *part; /* NULL before the first */
	size_t parts, pictures;         /* begun so far */
	json_t *shown[2];               /* what the headings of level 1 and 2 have said, by column, or NULL */
	int64_t rows;                   /* of all parts so far */
	struct slice line;              /* the record as it came */
	const json_t *json;             /* the same, read */
	void *state;                    /* the format's own */
	void *given;                    /* what a format that is made by another has from it */
	FILE *document;                 /* whole at the end, where a library writes a file; the stream closes it */
	struct error *error;            /* a format that cannot go on sets it */
};

/*
 * A format. Every function may be NULL. They are called in the order of the stream: begin, then
 * part, heading, row and picture as they come, then end; release always, also after a fault.
 */
struct report_writer {
	size_t state; /* bytes of its own state, zeroed at the beginning */
	void (*begin)(struct report_page *page);
	void (*part)(struct report_page *page);
	void (*heading)(struct report_page *page, const struct report_heading *heading);
	void (*row)(struct report_page *page, const json_t *row);
	void (*picture)(struct report_page *page, const json_t *picture);
	void (*end)(struct report_page *page, int64_t rows);
	void (*release)(struct report_page *page);
};

extern const struct report_writer report_text, report_markdown, report_csv, report_json, report_lines, report_html, report_xlsx, report_pdf,
    report_docx, report_ics, report_todo, report_atom;

/* For a format that makes another, before the first record. */
void report_stream_give(struct report_stream *stream, void *given);

/* Reading of the records, for stream.c. */
MUST_CHECK int model_head(const json_t *json, struct arena *arena, struct report_head *ret, struct error *error);
MUST_CHECK int model_part(const json_t *json, struct arena *arena, struct report_part *ret, struct error *error);
MUST_CHECK int model_heading(const json_t *json, struct report_heading *ret, struct error *error);

#endif
