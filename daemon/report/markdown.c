/* Markdown that any converter takes: headings, quotes and tables. */
#include <string.h>

#include "model.h"

/* A table cell: no bar, no line break. */
static void markdown_cell(struct buf *out, struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '|')
			buf_append_byte(out, '\\');
		buf_append_byte(out, text.at[i] == '\n' ? ' ' : text.at[i]);
	}
}

static void markdown_row(struct buf *out, const char *name, struct slice value)
{
	if (value.len == 0)
		return;
	buf_printf(out, "| %s | ", name);
	markdown_cell(out, value);
	buf_append_text(out, " |\n");
}

static void markdown_rendered(struct buf *out, const char *name, const json_t *value,
    void (*render)(const json_t *, struct buf *))
{
	struct buf text;

	buf_init(&text, BUF_MAX_BODY);
	render(value, &text);
	markdown_row(out, name, buf_slice(&text));
	buf_release(&text);
}

static void markdown_obligation(const json_t *o, struct buf *out)
{
	struct buf status;

	buf_printf(out, "\n**%s**\n\n| | |\n|---|---|\n", json_text_of(o, "reference"));
	markdown_rendered(out, "Asked of", o, model_addressees);
	markdown_rendered(out, "Kind", o, model_kind);
	markdown_row(out, "To do", slice_of(json_text_of(o, "action")));
	markdown_rendered(out, "Conditions", json_member(o, "conditions"), model_list);
	markdown_row(out, "In", slice_of(json_text_of(o, "vehicle")));
	buf_init(&status, BUF_MAX_LINE);
	model_word(json_text_of(o, "status"), &status);
	buf_append_text(&status, " since ");
	model_date(json_text_of(o, "status_since"), &status);
	buf_printf(&status, "; %s", json_text_of(o, "clearance"));
	markdown_row(out, "Status", buf_slice(&status));
	buf_release(&status);
	markdown_rendered(out, "Due", o, model_due);
	markdown_row(out, "Owner", slice_of(json_text_of(json_member(o, "owner"), "name")));
	markdown_row(out, "Alternate", slice_of(json_text_of(json_member(o, "alternate"), "name")));
	markdown_row(out, "Unit", slice_of(json_text_of(o, "unit")));
	markdown_row(out, "Review", slice_of(json_text_of(o, "review_on")));
	markdown_rendered(out, "Last said", o, model_last);
	markdown_rendered(out, "Evidence", json_member(json_member(o, "last_update"), "evidence"), model_list);
	markdown_rendered(out, "Formerly", json_member(o, "former_references"), model_list);
}

void report_markdown(const json_t *model, struct buf *out)
{
	const json_t *resolution, *paragraph, *obligation;
	size_t i, j, k;

	buf_printf(out, "# %s\n\n", json_text_of(model, "title"));
	model_basis(model, out);
	buf_append_text(out, "\n\n");
	model_summary(model, out);
	json_array_foreach (json_member(model, "resolutions"), i, resolution) {
		buf_append_text(out, "\n## ");
		model_resolution(resolution, out);
		buf_printf(out, "\n\n%s\n", json_text_of(resolution, "title"));
		json_array_foreach (json_member(resolution, "paragraphs"), j, paragraph) {
			buf_printf(out, "\n### Paragraph %s\n\n> %s\n", json_text_of(paragraph, "label"), json_text_of(paragraph, "text"));
			if (json_flag_of(paragraph, "asks_nothing"))
				buf_append_text(out, "\nAsks nothing.\n");
			json_array_foreach (json_member(paragraph, "obligations"), k, obligation)
				markdown_obligation(obligation, out);
		}
	}
}
