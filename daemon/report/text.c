/* For the terminal: wrapped to its width, fields aligned, bars for the status. */
#include <string.h>

#include "base/utf8.h"
#include "model.h"
#include "phrase.h"

#define TEXT_LABEL 26 /* columns of a field's name */
#define TEXT_BAR 24

struct text {
	const struct report *report;
	struct buf *out;
	size_t width;
	bool colour;
};

/* Words of text from the present column on, later lines indented. A word longer than a
 * line stays whole: a symbol or hash must be copied in one piece. */
static void text_wrap(struct text *page, size_t column, size_t indent, const char *text)
{
	struct slice rest = slice_of(text), word;
	bool begun = false;

	while (rest.len > 0) {
		size_t len = 0;

		rest = slice_trim(rest);
		while (len < rest.len && strchr(" \n\t\r", rest.at[len]) == NULL)
			len++;
		word = slice_cut(rest, 0, len);
		rest = slice_from(rest, len);
		if (begun && column + 1 + utf8_columns(word) > page->width) {
			buf_append_byte(page->out, '\n');
			buf_append_repeat(page->out, ' ', indent);
			column = indent;
		} else if (begun) {
			buf_append_byte(page->out, ' ');
			column++;
		}
		buf_append_slice(page->out, word);
		column += utf8_columns(word);
		begun = true;
	}
	buf_append_byte(page->out, '\n');
}

static void text_heading(struct text *page, const char *text, char line)
{
	size_t columns = utf8_columns(slice_of(text));

	buf_printf(page->out, "%s", page->colour ? "\033[1m" : "");
	text_wrap(page, 0, 0, text);
	buf_printf(page->out, "%s", page->colour ? "\033[0m" : "");
	buf_append_repeat(page->out, line, columns < page->width ? columns : page->width);
	buf_append_byte(page->out, '\n');
}

static void text_label(struct text *page, size_t indent, const char *label, size_t width)
{
	size_t columns = utf8_columns(slice_of(label));

	buf_append_repeat(page->out, ' ', indent);
	buf_append_text(page->out, label);
	buf_append_repeat(page->out, ' ', columns < width ? width - columns : 1);
}

static void text_field(struct text *page, size_t indent, const char *label, const char *value)
{
	text_label(page, indent, label, TEXT_LABEL);
	text_wrap(page, indent + TEXT_LABEL, indent + TEXT_LABEL, value);
}

static const char *text_colour(const char *name)
{
	if (strcmp(name, "implemented") == 0 || strcmp(name, "on_track") == 0)
		return "\033[32m";
	if (strcmp(name, "overdue") == 0)
		return "\033[31m";
	if (strcmp(name, "due_soon") == 0 || strcmp(name, "in_progress") == 0 || strcmp(name, "done_late") == 0)
		return "\033[33m";
	return "";
}

static void text_bar(struct text *page, const struct report_count *count, int64_t whole)
{
	int64_t filled = whole > 0 ? (count->n * TEXT_BAR + whole - 1) / whole : 0;
	const char *colour = page->colour ? text_colour(count->name) : "";

	text_label(page, 4, phrase_word(page->report->arena, count->name), 18);
	buf_append_text(page->out, colour);
	for (int64_t i = 0; i < TEXT_BAR; i++)
		buf_append_text(page->out, i < filled ? "█" : "░");
	buf_printf(page->out, "%s %s\n", *colour ? "\033[0m" : "", phrase_share(page->report->arena, count->n, whole));
}

static void text_tally(struct text *page, const char *title, const struct report_tally *tally)
{
	if (tally->count == 0)
		return;
	buf_printf(page->out, "\n  %s\n", title);
	for (size_t i = 0; i < tally->count; i++)
		text_bar(page, &tally->items[i], page->report->summary.obligations);
}

static void text_summary(struct text *page)
{
	const struct report_summary *summary = &page->report->summary;
	const char *lines[PHRASE_SUMMARY];

	buf_append_byte(page->out, '\n');
	text_heading(page, "Summary", '-');
	phrase_summary(page->report, lines);
	for (size_t i = 0; i < PHRASE_SUMMARY; i++) {
		buf_append_repeat(page->out, ' ', 2);
		text_wrap(page, 2, 2, lines[i]);
	}
	text_tally(page, "Status", &summary->status);
	text_tally(page, "Timeliness", &summary->timeliness);
	text_tally(page, "Kind", &summary->kind);
}

static void text_obligation(struct text *page, const struct report_paragraph *paragraph,
    const struct report_obligation *obligation)
{
	const char *text = phrase_own_text(paragraph, obligation);

	buf_printf(page->out, "\n  %s%s%s\n", page->colour ? "\033[1m" : "", obligation->value[FIELD_REFERENCE],
	    page->colour ? "\033[0m" : "");
	if (*text != '\0')
		text_field(page, 4, "Text", text);
	for (enum field_group group = GROUP_ASKED; group < GROUP_COUNT; group++) {
		for (enum field field = 0; field < FIELD_COUNT; field++) {
			const char *value = obligation->value[field];

			if (field_table[field].group == group && *value != '\0')
				text_field(page, 4, field_table[field].heading, field_prose(page->report->arena, field, value));
		}
	}
}

static void text_paragraph(struct text *page, const struct report_paragraph *paragraph)
{
	buf_printf(page->out, "\nParagraph %s\n  ", paragraph->label);
	text_wrap(page, 2, 2, paragraph->text);
	if (paragraph->asks_nothing)
		buf_append_text(page->out, "  Asks nothing.\n");
	for (size_t i = 0; i < paragraph->count; i++)
		text_obligation(page, paragraph, &paragraph->obligations[i]);
}

static void text_resolution(struct text *page, const struct report_resolution *resolution)
{
	struct arena *arena = page->report->arena;

	buf_append_byte(page->out, '\n');
	text_heading(page, arena_printf(arena, "%s: %s", resolution->symbol, resolution->title), '=');
	text_wrap(page, 0, 0, phrase_resolution(arena, resolution));
	for (size_t i = 0; i < resolution->count; i++)
		text_paragraph(page, &resolution->paragraphs[i]);
}

void report_write_text(const struct report *report, const struct report_options *options, struct buf *out)
{
	struct text page = {report, out, options->width >= 40 ? (size_t)options->width : options->width > 0 ? 40 : 80,
	    options->colour};
	struct phrase_line lines[PHRASE_ORIGIN];

	text_heading(&page, report->title, '=');
	phrase_origin(report, lines);
	for (size_t i = 0; i < PHRASE_ORIGIN; i++) {
		text_label(&page, 0, lines[i].label, 14);
		text_wrap(&page, 14, 14, lines[i].text);
	}
	text_summary(&page);
	for (size_t i = 0; i < report->count; i++)
		text_resolution(&page, &report->resolutions[i]);
	if (report->count == 0)
		buf_append_text(out, "\nNo obligation fits.\n");
}
