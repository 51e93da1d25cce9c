/* Markdown: headings, tables for the figures, a list for each obligation. */
#include <string.h>

#include "model.h"
#include "phrase.h"

/* On one line, with what Markdown would read as its own escaped. */
static void markdown_text(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text == '\n' || *text == '\r') {
			buf_append_byte(out, ' ');
			continue;
		}
		if (strchr("\\`*_[]<>#|&~", *text) != NULL)
			buf_append_byte(out, '\\');
		buf_append_byte(out, *text);
	}
}

static void markdown_item(struct buf *out, const char *label, const char *value)
{
	buf_printf(out, "- **%s:** ", label);
	markdown_text(out, value);
	buf_append_byte(out, '\n');
}

static void markdown_tally(const struct report *report, struct buf *out, const char *title,
    const struct report_tally *tally)
{
	if (tally->count == 0)
		return;
	buf_printf(out, "\n| %s | Obligations |\n| --- | ---: |\n", title);
	for (size_t i = 0; i < tally->count; i++) {
		buf_append_text(out, "| ");
		markdown_text(out, phrase_word(report->arena, tally->items[i].name));
		buf_printf(out, " | %s |\n", phrase_share(report->arena, tally->items[i].n, report->summary.obligations));
	}
}

static void markdown_head(const struct report *report, struct buf *out)
{
	struct phrase_line origin[PHRASE_ORIGIN];
	const char *summary[PHRASE_SUMMARY];

	buf_append_text(out, "# ");
	markdown_text(out, report->title);
	buf_append_text(out, "\n\n");
	phrase_origin(report, origin);
	for (size_t i = 0; i < PHRASE_ORIGIN; i++)
		markdown_item(out, origin[i].label, origin[i].text);
	buf_append_text(out, "\n## Summary\n\n");
	phrase_summary(report, summary);
	for (size_t i = 0; i < PHRASE_SUMMARY; i++)
		buf_printf(out, "%s\n", summary[i]);
	markdown_tally(report, out, "Status", &report->summary.status);
	markdown_tally(report, out, "Timeliness", &report->summary.timeliness);
	markdown_tally(report, out, "Kind", &report->summary.kind);
}

static void markdown_obligation(const struct report *report, struct buf *out, const struct report_paragraph *paragraph,
    const struct report_obligation *obligation)
{
	const char *text = phrase_own_text(paragraph, obligation);

	buf_append_text(out, "\n#### ");
	markdown_text(out, obligation->value[FIELD_REFERENCE]);
	buf_append_text(out, "\n\n");
	if (*text != '\0')
		markdown_item(out, "Text", text);
	for (enum field_group group = GROUP_ASKED; group < GROUP_COUNT; group++) {
		for (enum field field = 0; field < FIELD_COUNT; field++) {
			const char *value = obligation->value[field];

			if (field_table[field].group == group && *value != '\0')
				markdown_item(out, field_table[field].heading, field_prose(report->arena, field, value));
		}
	}
}

static void markdown_paragraph(const struct report *report, struct buf *out, const struct report_paragraph *paragraph)
{
	buf_append_text(out, "\n### Paragraph ");
	markdown_text(out, paragraph->label);
	buf_append_text(out, "\n\n> ");
	markdown_text(out, paragraph->text);
	buf_append_byte(out, '\n');
	if (paragraph->asks_nothing)
		buf_append_text(out, "\nAsks nothing.\n");
	for (size_t i = 0; i < paragraph->count; i++)
		markdown_obligation(report, out, paragraph, &paragraph->obligations[i]);
}

void report_write_markdown(const struct report *report, const struct report_options *options, struct buf *out)
{
	(void)options;
	markdown_head(report, out);
	for (size_t i = 0; i < report->count; i++) {
		const struct report_resolution *resolution = &report->resolutions[i];

		buf_append_text(out, "\n## ");
		markdown_text(out, resolution->symbol);
		buf_append_text(out, ": ");
		markdown_text(out, resolution->title);
		buf_append_text(out, "\n\n");
		markdown_text(out, phrase_resolution(report->arena, resolution));
		buf_append_byte(out, '\n');
		for (size_t p = 0; p < resolution->count; p++)
			markdown_paragraph(report, out, &resolution->paragraphs[p]);
	}
	if (report->count == 0)
		buf_append_text(out, "\nNo obligation fits.\n");
}
