/* One row an obligation, RFC 4180. A cell that a spreadsheet would take for a formula gets an
 * apostrophe in front. */
#include <string.h>

#include "model.h"

static void csv_cell(struct buf *out, const char *text, bool last)
{
	buf_append_byte(out, '"');
	if (*text != '\0' && strchr("=+-@\t\r", *text) != NULL)
		buf_append_byte(out, '\'');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			buf_append_byte(out, '"');
		buf_append_byte(out, *text);
	}
	buf_append_text(out, last ? "\"\r\n" : "\",");
}

static void csv_render(const json_t *value, void (*render)(const json_t *, struct buf *), struct buf *out, bool last)
{
	struct buf text;

	buf_init(&text, BUF_MAX_BODY);
	render(value, &text);
	csv_cell(out, buf_text(&text), last);
	buf_release(&text);
}

static void csv_last(const json_t *obligation, struct buf *out, const char *member)
{
	csv_cell(out, json_text_of(json_member(obligation, "last_update"), member), false);
}

static void csv_row(const json_t *model, const json_t *o, struct buf *out)
{
	static const char *const members[] = {"reference", "paragraph", "verb", "force", "kind", "action", "vehicle",
	    "status", "status_since", "clearance", "timeliness", "due_on", "due_end", "legal_end", "due_why", "review_on"};
	const json_t *last = json_member(o, "last_update");

	csv_cell(out, json_text_of(json_member(o, "resolution"), "symbol"), false);
	for (size_t i = 0; i < sizeof members / sizeof *members; i++)
		csv_cell(out, json_text_of(o, members[i]), false);
	csv_render(o, model_addressees, out, false);
	csv_render(json_member(o, "conditions"), model_list, out, false);
	csv_cell(out, json_text_of(json_member(o, "owner"), "name"), false);
	csv_cell(out, json_text_of(json_member(o, "alternate"), "name"), false);
	csv_cell(out, json_text_of(o, "unit"), false);
	csv_last(o, out, "effective_on");
	csv_last(o, out, "note");
	csv_cell(out, json_text_of(json_member(last, "officer"), "name"), false);
	csv_render(json_member(last, "evidence"), model_list, out, false);
	csv_render(json_member(o, "former_references"), model_list, out, false);
	csv_cell(out, json_text_of(o, "text"), false);
	csv_cell(out, json_text_of(model, "as_of"), true);
}

void report_csv(const json_t *model, struct buf *out)
{
	const json_t *resolution, *paragraph, *obligation;
	size_t i, j, k;

	buf_append_text(out, "symbol,reference,paragraph,verb,force,kind,action,vehicle,status,status_since,clearance,"
	                     "timeliness,due_on,due_end,legal_end,due_why,review_on,addressees,conditions,owner,alternate,"
	                     "unit,last_on,last_note,last_by,evidence,former_references,text,as_of\r\n");
	json_array_foreach (json_member(model, "resolutions"), i, resolution)
		json_array_foreach (json_member(resolution, "paragraphs"), j, paragraph)
			json_array_foreach (json_member(paragraph, "obligations"), k, obligation)
				csv_row(model, obligation, out);
}
