/*
 * One self-contained page, well-formed as XML too: no script, no font, no picture from elsewhere.
 * Status colours are told in words as well, and all text is at 4.5 to 1 or better. Headings go down
 * by one level at a time; a table has its caption and the scope of its headers.
 */
#include "html.h"

#include <string.h>

#include "base/json.h"
#include "base/utf8.h"
#include "model.h"
#include "page.h"
#include "phrase.h"
#include "picture.h"

#define HTML_LETTER 0.46 /* across, of most letters */
#define HTML_SHORT 26    /* letters of a value that stands beside another */
#define HTML_UPRIGHT 112 /* letters that an upright page has room for, side by side */
#define HTML_OPEN 20     /* least letters of a column of texts */
#define HTML_GAP 3       /* letters between columns */

struct html {
	bool table;   /* a table is open */
	bool section; /* that of a part is */
	bool narrow;  /* for a Word document: upright pages alone, and no style to lay out a list of fields */
	char caption[200]; /* of the next one */
};

static void html_element(struct buf *out, const char *name, const char *text)
{
	buf_printf(out, "<%s>", name);
	picture_text(out, text);
	buf_printf(out, "</%s>\n", name);
}

static void html_pair(struct buf *out, const char *label, const char *value)
{
	html_element(out, "dt", label);
	html_element(out, "dd", value);
}

static void html_tally(struct report_page *page, const char *title, const struct report_tally *tally)
{
	const char *said = report_say(page->language, title);
	const struct html *html = page->state;

	if (tally->count == 0)
		return;
	buf_append_text(page->out, "<table>\n");
	if (!html->narrow)
		html_element(page->out, "caption", said);
	buf_append_text(page->out, "<thead><tr><th scope=\"col\">");
	picture_text(page->out, said);
	buf_append_text(page->out, "</th><th scope=\"col\">");
	picture_text(page->out, report_say(page->language, SAY("Obligations")));
	buf_append_text(page->out, "</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < tally->count; i++) {
		buf_append_text(page->out, "<tr><th scope=\"row\">");
		picture_text(page->out, phrase_word(page->arena, page->language, tally->items[i].name));
		buf_printf(page->out, "</th><td>%s</td></tr>\n",
		    phrase_share(page->arena, page->language, tally->items[i].n, page->head->summary.obligations));
	}
	buf_append_text(page->out, "</tbody>\n</table>\n");
}

static void html_head(struct report_page *page)
{
	const char *title = phrase_title(page);
	const char *language = page->language ? page->language : "en";

	buf_printf(page->out, "<!DOCTYPE html>\n<html lang=\"%s\"%s xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<meta charset=\"utf-8\"/>\n"
	    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>", language,
	    strcmp(language, "ar") == 0 ? " dir=\"rtl\"" : "");
	picture_text(page->out, arena_printf(page->arena, report_say(page->language, SAY("%s as of %s")), title,
	    phrase_date(page->arena, page->language, page->head->as_of)));
	buf_printf(page->out, "</title>\n<style>\n%s%s</style>\n</head>\n<body>\n<main>\n", html_style, html_picture_style);
	html_element(page->out, "h1", title);
}

static void html_begin(struct report_page *page)
{
	struct phrase_line origin[PHRASE_ORIGIN];
	const char *lines[PHRASE_SUMMARY];
	size_t n = phrase_origin(page, origin);

	((struct html *)page->state)->narrow = page->given != NULL;
	html_head(page);
	buf_append_text(page->out, "<dl>\n");
	for (size_t i = 0; i < n; i++)
		html_pair(page->out, origin[i].label, origin[i].text);
	buf_append_text(page->out, "</dl>\n");
	for (size_t i = 0; i < page->head->note_count; i++) {
		buf_append_text(page->out, "<p class=\"note\">");
		picture_text(page->out, report_say(page->language, page->head->notes[i]));
		buf_append_text(page->out, "</p>\n");
	}
	n = phrase_summary(page, lines);
	if (n == 0)
		return;
	html_element(page->out, "h2", report_say(page->language, SAY("Summary")));
	for (size_t i = 0; i < n; i++)
		html_element(page->out, "p", lines[i]);
	buf_append_text(page->out, "<div class=\"figures\">\n");
	html_tally(page, SAY("Status"), &page->head->summary.status);
	html_tally(page, SAY("Timeliness"), &page->head->summary.timeliness);
	html_tally(page, SAY("Kind"), &page->head->summary.kind);
	buf_append_text(page->out, "</div>\n");
}

static void html_close_table(struct report_page *page)
{
	struct html *html = page->state;

	if (html->table)
		buf_append_text(page->out, "</tbody>\n</table>\n</div>\n");
	html->table = false;
}

/* A text that outlives the record, cut where it is very long. */
static void html_set_caption(struct report_page *page, const char *text)
{
	struct html *html = page->state;
	size_t len = strlen(text);

	if (len >= sizeof html->caption) {
		len = sizeof html->caption - 1;
		while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
			len--;
	}
	memcpy(html->caption, text, len);
	html->caption[len] = '\0';
}

/* Letters of a column, and those of its heading, which are bold; an open one takes its share of what the others leave of an upright page. */
static size_t html_letters(const struct report_page *page, const struct field_row *field, size_t share)
{
	size_t word = field_heading_word(page->language, field) * 6 / 5, width = field->width == 0 ? share : (size_t)field->width;

	return (word > width ? word : width) + HTML_GAP;
}

/* What an open column gets, so that every table of the part has the same columns. */
static size_t html_share(const struct report_page *page)
{
	size_t fixed = 0, open = 0;

	for (size_t i = 0; i < page->part->count; i++) {
		bool is_open = page->part->columns[i]->width == 0;

		open += is_open;
		fixed += is_open ? HTML_GAP : html_letters(page, page->part->columns[i], 0);
	}
	return open > 0 && fixed + open * HTML_OPEN < HTML_UPRIGHT ? (HTML_UPRIGHT - fixed) / open : HTML_OPEN;
}

static size_t html_wanted(const struct report_page *page)
{
	size_t wanted = 0, share = html_share(page);

	for (size_t i = 0; i < page->part->count; i++)
		wanted += html_letters(page, page->part->columns[i], share);
	return wanted;
}

static void html_close_section(struct report_page *page)
{
	struct html *html = page->state;

	html_close_table(page);
	if (html->section)
		buf_append_text(page->out, "</section>\n");
	html->section = false;
}

static void html_part(struct report_page *page)
{
	struct html *html = page->state;
	const char *title = report_say(page->language, page->part->title);

	html_close_section(page);
	/* A table too wide for an upright page lies on its side on paper. */
	buf_append_text(page->out, page->part->table && html_wanted(page) > HTML_UPRIGHT ? "<section class=\"lying\">\n" : "<section>\n");
	html->section = true;
	html_element(page->out, "h2", title);
	html_set_caption(page, title);
}

static void html_heading(struct report_page *page, const struct report_heading *heading)
{
	const char *text = phrase_heading(page, heading), *under = phrase_under(page, heading);

	html_close_table(page);
	html_element(page->out, heading->level == 1 ? "h3" : "h4", text);
	html_set_caption(page, text);
	if (*under != '\0') {
		buf_append_text(page->out, "<p class=\"soft\">");
		picture_text(page->out, under);
		buf_append_text(page->out, "</p>\n");
	}
	if (*heading->text != '\0')
		html_element(page->out, "blockquote", heading->text);
	if (heading->asks_nothing) {
		buf_append_text(page->out, "<p class=\"soft\">");
		picture_text(page->out, report_say(page->language, SAY("Asks nothing.")));
		buf_append_text(page->out, "</p>\n");
	}
}

static void html_open_table(struct report_page *page)
{
	struct html *html = page->state;
	size_t wanted = html_wanted(page), share = html_share(page);

	/* Who has no mouse scrolls a wide table by keys: it takes the focus, and says whose it is. */
	buf_append_text(page->out, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"");
	picture_text(page->out, html->caption);
	buf_printf(page->out, "\">\n<table class=\"wide\" style=\"--wanted:%.0fem\">\n", (double)wanted * HTML_LETTER);
	if (!html->narrow)
		html_element(page->out, "caption", html->caption);
	buf_append_text(page->out, "<colgroup>");
	for (size_t i = 0; i < page->part->count; i++)
		buf_printf(page->out, "<col style=\"width:%.1f%%\"/>", (double)html_letters(page, page->part->columns[i], share) * 100.0 / (double)wanted);
	buf_append_text(page->out, "</colgroup>\n<thead><tr>");
	for (size_t i = 0; i < page->part->count; i++) {
		buf_printf(page->out, "<th scope=\"col\"%s>", field_is_number(page->part->columns[i]) ? " class=\"n\"" : "");
		picture_text(page->out, field_heading(page->language, page->part->columns[i]));
		buf_append_text(page->out, "</th>");
	}
	buf_append_text(page->out, "</tr></thead>\n<tbody>\n");
	html->table = true;
}

static void html_table_row(struct report_page *page, const json_t *row)
{
	struct html *html = page->state;

	if (!html->table)
		html_open_table(page);
	buf_append_text(page->out, "<tr>");
	for (size_t i = 0; i < page->part->count; i++) {
		const struct field_row *field = page->part->columns[i];

		buf_printf(page->out, "<%s%s>", i == 0 ? "th scope=\"row\"" : "td", i > 0 && field_is_number(field) ? " class=\"n\"" : "");
		picture_text(page->out, field_prose(page->arena, page->language, field, json_object_get(row, field->name)));
		buf_append_text(page->out, i == 0 ? "</th>" : "</td>");
	}
	buf_append_text(page->out, "</tr>\n");
}

/* A word in a frame; what it means is in the word, the colour only helps. */
static void html_badge(struct report_page *page, const char *class, const char *word)
{
	buf_printf(page->out, " <span class=\"badge %s\">", class);
	picture_text(page->out, phrase_word(page->arena, page->language, word));
	buf_append_text(page->out, "</span>");
}

/* Opens and closes a list of fields; in a Word document it is a table of two columns. */
static void html_list_open(struct report_page *page)
{
	const struct html *html = page->state;

	buf_append_text(page->out, html->narrow ? "<table>\n<colgroup><col style=\"width:26%\"/><col style=\"width:74%\"/></colgroup>\n<tbody>\n" :
	    "<dl>\n");
}

static void html_list_close(struct report_page *page)
{
	const struct html *html = page->state;

	buf_append_text(page->out, html->narrow ? "</tbody>\n</table>\n" : "</dl>\n");
}

static void html_list_field(struct report_page *page, const struct page_field *at)
{
	const struct html *html = page->state;

	if (html->narrow) {
		buf_append_text(page->out, "<tr><td>");
		html_element(page->out, "strong", at->heading);
		buf_append_text(page->out, "</td><td>");
		picture_text(page->out, at->value);
		buf_append_text(page->out, "</td></tr>\n");
		return;
	}
	buf_append_text(page->out, utf8_columns(slice_of(at->value)) > HTML_SHORT ? "<div class=\"long\">" : "<div>");
	html_pair(page->out, at->heading, at->value);
	buf_append_text(page->out, "</div>\n");
}

static void html_record(struct report_page *page, const json_t *row)
{
	const char *status = json_text_of(row, "status");
	struct page_field at = {0};
	bool listed = false;

	buf_printf(page->out, "<article>\n<h%d>", page->shown[1] != NULL ? 5 : page->shown[0] != NULL ? 4 : 3);
	picture_text(page->out, page_row_title(page, row));
	if (*status != '\0')
		html_badge(page, phrase_status_is_done(status) ? "done" : "open", status);
	if (strcmp(json_text_of(row, "timeliness"), "overdue") == 0)
		html_badge(page, "overdue", "overdue");
	buf_printf(page->out, "</h%d>\n", page->shown[1] != NULL ? 5 : page->shown[0] != NULL ? 4 : 3);
	while (page_field_next(page, row, &at)) {
		bool opens = at.opens && at.field->group != GROUP_HEADING;

		if (opens && listed)
			html_list_close(page);
		if (opens) {
			buf_append_text(page->out, "<p class=\"group\">");
			picture_text(page->out, field_group_name(page->language, at.field->group));
			buf_append_text(page->out, "</p>\n");
		}
		if (opens || !listed)
			html_list_open(page);
		listed = true;
		html_list_field(page, &at);
	}
	if (listed)
		html_list_close(page);
	buf_append_text(page->out, "</article>\n");
}

static void html_row(struct report_page *page, const json_t *row)
{
	const struct html *html = page->state;

	if (page->part->table && !(html->narrow && html_wanted(page) > HTML_UPRIGHT))
		html_table_row(page, row);
	else
		html_record(page, row);
}

static void html_picture(struct report_page *page, const json_t *picture)
{
	html_close_section(page);
	picture_svg(page, picture);
}

static void html_end(struct report_page *page, int64_t rows)
{
	/* In the last section, whose paper it shares. */
	html_close_table(page);
	buf_append_text(page->out, "<footer>");
	picture_text(page->out, phrase_end(page, rows));
	buf_append_text(page->out, "</footer>\n");
	html_close_section(page);
	buf_append_text(page->out, "</main>\n</body>\n</html>\n");
}

const struct report_writer report_html = {
    .state = sizeof(struct html),
    .begin = html_begin,
    .part = html_part,
    .heading = html_heading,
    .row = html_row,
    .picture = html_picture,
    .end = html_end,
};
