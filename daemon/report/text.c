/* For the terminal: wrapped to its width, fields aligned, bars for the figures. */
#include <string.h>

#include "base/json.h"
#include "base/utf8.h"
#include "model.h"
#include "page.h"
#include "phrase.h"
#include "text.h"

#define TEXT_LABEL 26 /* columns of a field's name */
#define TEXT_BAR 24

static size_t text_width(const struct report_page *page)
{
	int width = page->options->width;

	return width >= 40 ? (size_t)width : width > 0 ? 40 : 80;
}

static const char *text_bold(const struct report_page *page, bool on)
{
	return !page->options->colour ? "" : on ? "\033[1m" : "\033[0m";
}

/* Words of text from the present column on, later lines indented. A word longer than a
 * line stays whole: a symbol or hash must be copied in one piece. */
static void text_wrap(struct report_page *page, size_t column, size_t indent, const char *text)
{
	struct slice rest = slice_of(text), word;
	size_t width = text_width(page);
	bool begun = false;

	while (rest.len > 0) {
		size_t len = 0;

		rest = slice_trim(rest);
		while (len < rest.len && strchr(" \n\t\r", rest.at[len]) == NULL)
			len++;
		word = slice_cut(rest, 0, len);
		rest = slice_from(rest, len);
		if (begun && column + 1 + utf8_columns(word) > width) {
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

static void text_heading_line(struct report_page *page, const char *text, char line)
{
	size_t columns = utf8_columns(slice_of(text)), width = text_width(page);

	buf_append_text(page->out, text_bold(page, true));
	text_wrap(page, 0, 0, text);
	buf_append_text(page->out, text_bold(page, false));
	buf_append_repeat(page->out, line, columns < width ? columns : width);
	buf_append_byte(page->out, '\n');
}

static void text_label(struct report_page *page, size_t indent, const char *label, size_t width)
{
	size_t columns = utf8_columns(slice_of(label));

	buf_append_repeat(page->out, ' ', indent);
	buf_append_text(page->out, label);
	buf_append_repeat(page->out, ' ', columns < width ? width - columns : 1);
}

static const char *text_colour(const struct report_page *page, const char *name)
{
	if (!page->options->colour)
		return "";
	if (strcmp(name, "implemented") == 0 || strcmp(name, "on_track") == 0)
		return "\033[32m";
	if (strcmp(name, "overdue") == 0)
		return "\033[31m";
	if (strcmp(name, "due_soon") == 0 || strcmp(name, "in_progress") == 0 || strcmp(name, "done_late") == 0)
		return "\033[33m";
	return "";
}

size_t text_bar_label(size_t columns, const char *label)
{
	size_t own = utf8_columns(slice_of(label)) + 1;

	return own > columns ? own : columns;
}

void text_bar(struct report_page *page, const char *label, size_t columns, const char *colour, int64_t n, int64_t whole, const char *figure)
{
	int64_t filled = whole > 0 ? (n * TEXT_BAR + whole - 1) / whole : 0;

	text_label(page, 4, label, columns);
	buf_append_text(page->out, colour);
	for (int64_t i = 0; i < TEXT_BAR; i++)
		buf_append_text(page->out, i < filled ? "█" : "░");
	buf_printf(page->out, "%s %s\n", *colour ? "\033[0m" : "", figure);
}

static void text_tally(struct report_page *page, const char *title, const struct report_tally *tally)
{
	int64_t whole = page->head->summary.obligations;
	size_t columns = TEXT_BAR_LABEL;

	if (tally->count == 0)
		return;
	for (size_t i = 0; i < tally->count; i++)
		columns = text_bar_label(columns, phrase_word(page->arena, page->language, tally->items[i].name));
	buf_printf(page->out, "\n  %s\n", report_say(page->language, title));
	for (size_t i = 0; i < tally->count; i++)
		text_bar(page, phrase_word(page->arena, page->language, tally->items[i].name), columns,
		    text_colour(page, tally->items[i].name), tally->items[i].n, whole,
		    phrase_share(page->arena, page->language, tally->items[i].n, whole));
}

static void text_begin(struct report_page *page)
{
	const struct report_summary *summary = &page->head->summary;
	struct phrase_line origin[PHRASE_ORIGIN];
	const char *lines[PHRASE_SUMMARY];
	size_t n = phrase_origin(page, origin);

	text_heading_line(page, phrase_title(page), '=');
	for (size_t i = 0; i < n; i++) {
		text_label(page, 0, origin[i].label, 15);
		text_wrap(page, 15, 15, origin[i].text);
	}
	for (size_t i = 0; i < page->head->note_count; i++)
		text_wrap(page, 0, 0, report_say(page->language, page->head->notes[i]));
	if (!summary->given)
		return;
	buf_append_byte(page->out, '\n');
	text_heading_line(page, report_say(page->language, SAY("Summary")), '-');
	n = phrase_summary(page, lines);
	for (size_t i = 0; i < n; i++) {
		buf_append_repeat(page->out, ' ', 2);
		text_wrap(page, 2, 2, lines[i]);
	}
	text_tally(page, SAY("Status"), &summary->status);
	text_tally(page, SAY("Timeliness"), &summary->timeliness);
	text_tally(page, SAY("Kind"), &summary->kind);
}

static void text_part(struct report_page *page)
{
	buf_append_byte(page->out, '\n');
	text_heading_line(page, report_say(page->language, page->part->title), '=');
	if (page->part->table)
		text_table_begin(page);
}

static void text_heading(struct report_page *page, const struct report_heading *heading)
{
	const char *under = phrase_under(page, heading);

	buf_append_byte(page->out, '\n');
	if (heading->level == 1)
		text_heading_line(page, phrase_heading(page, heading), '-');
	else
		buf_printf(page->out, "%s%s%s\n", text_bold(page, true), phrase_heading(page, heading), text_bold(page, false));
	if (*under != '\0')
		text_wrap(page, 0, 0, under);
	if (*heading->text != '\0') {
		buf_append_repeat(page->out, ' ', 2);
		text_wrap(page, 2, 2, heading->text);
	}
	if (heading->asks_nothing)
		buf_printf(page->out, "  %s\n", report_say(page->language, SAY("Asks nothing.")));
}

static void text_row(struct report_page *page, const json_t *row)
{
	struct page_field at = {0};

	if (page->part->table && text_table_row(page, row))
		return;
	buf_printf(page->out, "\n  %s%s%s\n", text_bold(page, true), page_row_title(page, row), text_bold(page, false));
	while (page_field_next(page, row, &at)) {
		text_label(page, 4, at.heading, TEXT_LABEL);
		text_wrap(page, 4 + TEXT_LABEL, 4 + TEXT_LABEL, at.value);
	}
}

static void text_end(struct report_page *page, int64_t rows)
{
	buf_printf(page->out, "\n%s\n", phrase_end(page, rows));
}

const struct report_writer report_text = {
    .state = sizeof(struct text_table),
    .begin = text_begin,
    .part = text_part,
    .heading = text_heading,
    .row = text_row,
    .picture = text_picture,
    .end = text_end,
};
