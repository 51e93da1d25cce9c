/* Markdown: headings, tables where there are few columns, else a list for each row. */
#include <string.h>

#include "base/json.h"
#include "model.h"
#include "page.h"
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

static void markdown_heading_line(struct report_page *page, int level, const char *text)
{
	buf_append_byte(page->out, '\n');
	buf_append_repeat(page->out, '#', (size_t)level);
	buf_append_byte(page->out, ' ');
	markdown_text(page->out, text);
	buf_append_text(page->out, "\n\n");
}

static void markdown_item(struct buf *out, const char *label, const char *value)
{
	buf_printf(out, "- **%s:** ", label);
	markdown_text(out, value);
	buf_append_byte(out, '\n');
}

static void markdown_tally(struct report_page *page, const char *title, const struct report_tally *tally)
{
	if (tally->count == 0)
		return;
	buf_printf(page->out, "\n| %s | %s |\n| --- | ---: |\n", report_say(page->language, title),
	    report_say(page->language, SAY("Obligations")));
	for (size_t i = 0; i < tally->count; i++) {
		buf_append_text(page->out, "| ");
		markdown_text(page->out, phrase_word(page->arena, page->language, tally->items[i].name));
		buf_printf(page->out, " | %s |\n",
		    phrase_share(page->arena, page->language, tally->items[i].n, page->head->summary.obligations));
	}
}

static void markdown_begin(struct report_page *page)
{
	struct phrase_line origin[PHRASE_ORIGIN];
	const char *lines[PHRASE_SUMMARY];
	size_t n = phrase_origin(page, origin);

	buf_append_text(page->out, "# ");
	markdown_text(page->out, phrase_title(page));
	buf_append_text(page->out, "\n\n");
	for (size_t i = 0; i < n; i++)
		markdown_item(page->out, origin[i].label, origin[i].text);
	for (size_t i = 0; i < page->head->note_count; i++)
		buf_printf(page->out, "\n%s\n", report_say(page->language, page->head->notes[i]));
	n = phrase_summary(page, lines);
	if (n == 0)
		return;
	markdown_heading_line(page, 2, report_say(page->language, SAY("Summary")));
	for (size_t i = 0; i < n; i++)
		buf_printf(page->out, "%s\n", lines[i]);
	markdown_tally(page, SAY("Status"), &page->head->summary.status);
	markdown_tally(page, SAY("Timeliness"), &page->head->summary.timeliness);
	markdown_tally(page, SAY("Kind"), &page->head->summary.kind);
}

static void markdown_table_head(struct report_page *page)
{
	for (size_t i = 0; i < page->part->count; i++)
		buf_printf(page->out, "| %s ", field_heading(page->language, page->part->columns[i]));
	buf_append_text(page->out, "|\n");
	for (size_t i = 0; i < page->part->count; i++)
		buf_append_text(page->out, field_is_number(page->part->columns[i]) ? "| ---: " : "| --- ");
	buf_append_text(page->out, "|\n");
}

static void markdown_part(struct report_page *page)
{
	bool *headed = page->state;

	markdown_heading_line(page, 2, report_say(page->language, page->part->title));
	*headed = false;
}

static void markdown_heading(struct report_page *page, const struct report_heading *heading)
{
	const char *under = phrase_under(page, heading);
	bool *headed = page->state;

	markdown_heading_line(page, heading->level + 2, phrase_heading(page, heading));
	*headed = false;
	if (*under != '\0') {
		markdown_text(page->out, under);
		buf_append_text(page->out, "\n\n");
	}
	if (*heading->text != '\0') {
		buf_append_text(page->out, "> ");
		markdown_text(page->out, heading->text);
		buf_append_text(page->out, "\n\n");
	}
	if (heading->asks_nothing)
		buf_printf(page->out, "%s\n", report_say(page->language, SAY("Asks nothing.")));
}

/* A group's table gets its head with its first row, so that an empty group has none. */
static void markdown_table_row(struct report_page *page, const json_t *row)
{
	bool *headed = page->state;

	if (!*headed)
		markdown_table_head(page);
	*headed = true;
	for (size_t i = 0; i < page->part->count; i++) {
		const struct field_row *field = page->part->columns[i];

		buf_append_text(page->out, "| ");
		markdown_text(page->out, field_prose(page->arena, page->language, field, json_object_get(row, field->name)));
		buf_append_byte(page->out, ' ');
	}
	buf_append_text(page->out, "|\n");
}

static void markdown_row(struct report_page *page, const json_t *row)
{
	struct page_field at = {0};

	if (page->part->table) {
		markdown_table_row(page, row);
		return;
	}
	markdown_heading_line(page, 5, page_row_title(page, row));
	while (page_field_next(page, row, &at))
		markdown_item(page->out, at.heading, at.value);
}

static void markdown_end(struct report_page *page, int64_t rows)
{
	buf_printf(page->out, "\n%s\n", phrase_end(page, rows));
}

const struct report_writer report_markdown = {
    .state = sizeof(bool),
    .begin = markdown_begin,
    .part = markdown_part,
    .heading = markdown_heading,
    .row = markdown_row,
    .end = markdown_end,
};
