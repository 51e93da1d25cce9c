/*
 * A spreadsheet: a first sheet with the title, the origin and the summary, a sheet for each part, and one
 * for the pictures as native charts with their figures. Cells are typed: a date is a date, a number a
 * number. Rows go to the library's files as they come and are not held in memory.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "model.h"
#include "phrase.h"
#include "xlsx.h"

#define XLSX_ROWS 1048576u       /* that a sheet has */
#define XLSX_NAME 31             /* characters of a sheet's name */
#define XLSX_WIDTH 48            /* of a column of text */
#define XLSX_LABEL 30            /* of the first column of the first sheet */
#define XLSX_PAPER 260.0          /* letters across one page on its side, made as small as can be read */

static lxw_format *xlsx_format(struct xlsx *xlsx, const char *number, bool wrap)
{
	lxw_format *format = workbook_add_format(xlsx->book);

	format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
	if (number != NULL)
		format_set_num_format(format, number);
	if (wrap)
		format_set_text_wrap(format);
	return format;
}

static void xlsx_formats(struct report_page *page)
{
	struct xlsx *xlsx = page->state;

	xlsx->text = xlsx_format(xlsx, NULL, true);
	/* Translators: how a spreadsheet shows a date, a month; LCID in [$-…] names the months' language. */
	xlsx->date = xlsx_format(xlsx, report_say_as(page->language, "date of a spreadsheet", "[$-809]d mmmm yyyy"), false);
	xlsx->month = xlsx_format(xlsx, report_say_as(page->language, "month of a spreadsheet", "[$-809]mmmm yyyy"), false);
	xlsx->time = xlsx_format(xlsx, "yyyy-mm-dd hh:mm:ss.000", false);
	xlsx->whole = xlsx_format(xlsx, "#,##0", false);
	xlsx->fraction = xlsx_format(xlsx, "0.00", false);
	xlsx->share = xlsx_format(xlsx, "0%", false);
	xlsx->title = xlsx_format(xlsx, NULL, false);
	format_set_bold(xlsx->title);
	format_set_font_size(xlsx->title, 16);
	xlsx->label = xlsx_format(xlsx, NULL, false);
	format_set_bold(xlsx->label);
	xlsx->header = xlsx_format(xlsx, NULL, true);
	format_set_bold(xlsx->header);
	format_set_bg_color(xlsx->header, 0xDCE8F2);
	format_set_bottom(xlsx->header, LXW_BORDER_THIN);
}

/* A name that a sheet may have and no other has; a number is added to one that comes again. */
static const char *xlsx_sheet_name(const struct report_page *page, const char *title)
{
	const struct xlsx *xlsx = page->state;
	const char *name = "";

	for (int n = 1; n < 1000; n++) {
		const char *tail = n == 1 ? "" : arena_printf(page->arena, " (%d)", n);
		size_t room = XLSX_NAME - strlen(tail), count = 0;
		char *head = arena_text(page->arena, slice_of(title)), *at = head;

		for (; *at != '\0'; at++) {
			if (((unsigned char)*at & 0xC0) != 0x80 && count++ == room)
				break;
			if (strchr("[]:*?/\\'", *at) != NULL)
				*at = ' ';
		}
		*at = '\0';
		name = arena_printf(page->arena, "%s%s", head, tail);
		if (workbook_validate_sheet_name(xlsx->book, name) == LXW_NO_ERROR)
			return name;
	}
	return NULL; /* the library then names it */
}

static lxw_worksheet *xlsx_sheet(struct report_page *page, const char *title)
{
	struct xlsx *xlsx = page->state;
	lxw_worksheet *sheet = workbook_add_worksheet(xlsx->book, xlsx_sheet_name(page, title));

	if (sheet == NULL) {
		(void)error_set(page->error, E_SYSTEM, "system", "the spreadsheet's library gives no sheet for \"%s\"", title);
		return NULL;
	}
	if (report_is_leftward(page->language))
		worksheet_right_to_left(sheet);
	worksheet_set_landscape(sheet);
	worksheet_set_paper(sheet, 9); /* A4 */
	worksheet_fit_to_pages(sheet, 1, 0);
	worksheet_set_footer(sheet, "&C&P / &N");
	return sheet;
}

void xlsx_text(struct report_page *page, lxw_worksheet *sheet, uint32_t row, uint16_t column, const char *text, lxw_format *format)
{
	lxw_error code = worksheet_write_string(sheet, row, column, text, format);

	/* Longer than a cell can be: what fits, and that it does not. */
	if (code == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED) {
		const char *said = report_say(page->language, SAY(" … (cut off: a cell holds no more)"));
		size_t len = 32000;

		while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
			len--;
		code = worksheet_write_string(sheet, row, column,
		    arena_printf(page->arena, "%.*s%s", (int)len, text, said), format);
	}
	if (code != LXW_NO_ERROR)
		(void)error_set(page->error, E_SYSTEM, "system", "cannot write a cell of the spreadsheet: %s", lxw_strerror(code));
}

/* --- The first sheet ----------------------------------------------------------------------- */

/* A tally as a table with its chart beside it. */
static void xlsx_tally(struct report_page *page, const char *title, const struct report_tally *tally)
{
	struct xlsx *xlsx = page->state;
	const char *said = report_say(page->language, title);
	uint32_t first, rows;

	if (tally->count == 0)
		return;
	xlsx->front_row++;
	xlsx_text(page, xlsx->front, xlsx->front_row, 0, said, xlsx->header);
	xlsx_text(page, xlsx->front, xlsx->front_row, 1, report_say(page->language, SAY("Obligations")), xlsx->header);
	xlsx_text(page, xlsx->front, xlsx->front_row++, 2, report_say(page->language, SAY("Share")), xlsx->header);
	first = xlsx->front_row;
	for (size_t i = 0; i < tally->count; i++, xlsx->front_row++) {
		const char *total = arena_printf(page->arena, "=B%u/%lld", xlsx->front_row + 1, (long long)page->head->summary.obligations);

		xlsx_text(page, xlsx->front, xlsx->front_row, 0, phrase_word(page->arena, page->language, tally->items[i].name), xlsx->text);
		worksheet_write_number(xlsx->front, xlsx->front_row, 1, (double)tally->items[i].n, xlsx->whole);
		if (page->head->summary.obligations > 0)
			worksheet_write_formula_num(xlsx->front, xlsx->front_row, 2, total, xlsx->share,
			    (double)tally->items[i].n / (double)page->head->summary.obligations);
	}
	rows = xlsx_chart_tally(xlsx, said, first, tally);
	if (xlsx->front_row < first + rows)
		xlsx->front_row = first + rows;
}

static void xlsx_front(struct report_page *page)
{
	struct xlsx *xlsx = page->state;
	struct phrase_line origin[PHRASE_ORIGIN];
	const char *lines[PHRASE_SUMMARY];
	size_t n = phrase_origin(page, origin);

	worksheet_set_column(xlsx->front, 0, 0, XLSX_LABEL, NULL);
	worksheet_set_column(xlsx->front, 1, 2, 16, NULL);
	worksheet_set_row(xlsx->front, 0, 24, NULL);
	xlsx_text(page, xlsx->front, xlsx->front_row++, 0, phrase_title(page), xlsx->title);
	for (size_t i = 0; i < n; i++) {
		xlsx_text(page, xlsx->front, xlsx->front_row, 0, origin[i].label, xlsx->label);
		xlsx_text(page, xlsx->front, xlsx->front_row++, 1, origin[i].text, NULL);
	}
	xlsx->front_row++;
	for (size_t i = 0; i < page->head->note_count; i++)
		xlsx_text(page, xlsx->front, xlsx->front_row++, 0, report_say(page->language, page->head->notes[i]), NULL);
	n = phrase_summary(page, lines);
	for (size_t i = 0; i < n; i++)
		xlsx_text(page, xlsx->front, xlsx->front_row++, 0, lines[i], NULL);
	xlsx_tally(page, SAY("Status"), &page->head->summary.status);
	xlsx_tally(page, SAY("Timeliness"), &page->head->summary.timeliness);
	xlsx_tally(page, SAY("Kind"), &page->head->summary.kind);
	xlsx->front_row++;
}

static void xlsx_properties(struct report_page *page)
{
	struct xlsx *xlsx = page->state;
	lxw_doc_properties properties = {0};
	struct day day;

	properties.title = arena_text(page->arena, slice_of(phrase_title(page)));
	properties.author = arena_text(page->arena, SLICE("Mandate"));
	properties.subject = arena_printf(page->arena, "%s %s", page->head->as_of, page->head->filter);
	/* Of the data and not of today, so that the same report is the same file. */
	if (date_parse(slice_cut(slice_of(page->head->known_at), 0, 10), &day, NULL) == 0)
		properties.created = (time_t)day.n * 86400;
	if (properties.created <= 0)
		properties.created = 1;
	workbook_set_properties(xlsx->book, &properties);
}

static void xlsx_begin(struct report_page *page)
{
	struct xlsx *xlsx = page->state;
	const char *directory = getenv("TMPDIR");
	lxw_workbook_options options = {.constant_memory = LXW_TRUE, .use_zip64 = LXW_FALSE};
	char *path = arena_printf(page->whole, "%s/mandate-XXXXXX", directory ? directory : "/tmp");
	int file = mkstemp(path);

	if (file < 0) {
		(void)error_set(page->error, E_SYSTEM, "system", "cannot make a temporary file in %s", directory ? directory : "/tmp");
		return;
	}
	close(file);
	xlsx->path = path;
	options.tmpdir = arena_text(page->whole, slice_of(directory ? directory : "/tmp"));
	xlsx->book = workbook_new_opt(path, &options);
	xlsx_formats(page);
	xlsx_properties(page);
	xlsx->front = xlsx_sheet(page, report_say(page->language, SAY("Summary")));
	if (xlsx->front != NULL)
		xlsx_front(page);
}

/* --- The sheet of a part ------------------------------------------------------------------- */

/* A share is three columns: how many, of how many, and the part that they are. */
static uint16_t xlsx_span(const struct field_row *field)
{
	return field->shape == SHAPE_SHARE ? 3 : 1;
}

static void xlsx_header(struct report_page *page)
{
	struct xlsx *xlsx = page->state;
	uint16_t column = 0;
	double across = 0;

	for (size_t i = 0; i < page->part->count; i++) {
		const struct field_row *field = page->part->columns[i];
		const char *heading = field_heading(page->language, field);
		double width = field->width > 0 ? field->width + 2 : XLSX_WIDTH;

		worksheet_set_column(xlsx->sheet, column, (lxw_col_t)(column + xlsx_span(field) - 1), width, NULL);
		xlsx_text(page, xlsx->sheet, 0, column, heading, xlsx->header);
		if (field->shape == SHAPE_SHARE) {
			xlsx_text(page, xlsx->sheet, 0, (uint16_t)(column + 1), report_say(page->language, SAY("of")), xlsx->header);
			xlsx_text(page, xlsx->sheet, 0, (uint16_t)(column + 2), report_say(page->language, SAY("Share")), xlsx->header);
		}
		column = (uint16_t)(column + xlsx_span(field));
		across += width * xlsx_span(field);
	}
	/* On paper, as many pages side by side as leave it readable, each with the first column. */
	worksheet_fit_to_pages(xlsx->sheet, (uint16_t)(across / XLSX_PAPER) + 1, 0);
	worksheet_repeat_columns(xlsx->sheet, 0, 0);
	xlsx->columns = column;
	worksheet_freeze_panes(xlsx->sheet, 1, 1);
	worksheet_repeat_rows(xlsx->sheet, 0, 0);
	xlsx->row = 1;
}

static void xlsx_close_sheet(struct report_page *page)
{
	struct xlsx *xlsx = page->state;

	if (xlsx->sheet != NULL && xlsx->columns > 0)
		worksheet_autofilter(xlsx->sheet, 0, 0, xlsx->row - 1, (lxw_col_t)(xlsx->columns - 1));
	xlsx->sheet = NULL;
}

static void xlsx_open_sheet(struct report_page *page)
{
	struct xlsx *xlsx = page->state;

	xlsx_close_sheet(page);
	xlsx->sheet = xlsx_sheet(page, report_say(page->language, page->part->title));
	if (xlsx->sheet != NULL)
		xlsx_header(page);
}

static void xlsx_line(struct report_page *page, const json_t *row)
{
	struct xlsx *xlsx = page->state;
	uint16_t column = 0;

	if (xlsx->sheet != NULL && xlsx->row == XLSX_ROWS) {
		xlsx->continued = true;
		xlsx_open_sheet(page);
	}
	if (xlsx->sheet == NULL)
		return;
	for (size_t i = 0; i < page->part->count; i++) {
		const struct field_row *field = page->part->columns[i];

		xlsx_value(page, column, field, json_object_get(row, field->name));
		column = (uint16_t)(column + xlsx_span(field));
	}
	xlsx->row++;
}

/* A paragraph without a row of its own is a row too, so that none is missing. */
static void xlsx_lonely(struct report_page *page)
{
	struct xlsx *xlsx = page->state;

	if (xlsx->heading != NULL)
		xlsx_line(page, xlsx->heading);
	json_decref(xlsx->heading);
	xlsx->heading = NULL;
}

static void xlsx_part(struct report_page *page)
{
	xlsx_lonely(page);
	xlsx_open_sheet(page);
}

static void xlsx_heading(struct report_page *page, const struct report_heading *heading)
{
	struct xlsx *xlsx = page->state;

	xlsx_lonely(page);
	if (heading->asks_nothing)
		xlsx->heading = json_incref((json_t *)(uintptr_t)heading->fields);
}

static void xlsx_row(struct report_page *page, const json_t *row)
{
	xlsx_lonely(page);
	xlsx_line(page, row);
}

static void xlsx_picture(struct report_page *page, const json_t *picture)
{
	struct xlsx *xlsx = page->state;

	if (json_array_size(json_object_get(picture, "series")) == 0)
		return;
	/* A part has pictures before its rows; their sheet stands where the first of them came. */
	if (xlsx->pictures == NULL)
		xlsx->pictures = xlsx_sheet(page, report_say(page->language, SAY("Pictures")));
	if (xlsx->pictures != NULL)
		xlsx_chart(page, picture);
}

static void xlsx_end(struct report_page *page, int64_t rows)
{
	struct xlsx *xlsx = page->state;
	lxw_error code;

	xlsx_lonely(page);
	xlsx_close_sheet(page);
	if (xlsx->front == NULL)
		return;
	if (xlsx->continued)
		xlsx_text(page, xlsx->front, xlsx->front_row++, 0, report_say(page->language,
		    SAY("A sheet holds 1,048,576 rows; what is more stands on the sheets that follow it under the same name with a number.")), NULL);
	xlsx_text(page, xlsx->front, xlsx->front_row, 0, phrase_end(page, rows), NULL);
	code = workbook_close(xlsx->book);
	xlsx->book = NULL;
	if (code != LXW_NO_ERROR) {
		(void)error_set(page->error, E_SYSTEM, "system", "cannot write the spreadsheet: %s", lxw_strerror(code));
		return;
	}
	page->document = fopen(xlsx->path, "rb");
	if (page->document == NULL)
		(void)error_set(page->error, E_SYSTEM, "system", "cannot read the spreadsheet that was made");
}

static void xlsx_release(struct report_page *page)
{
	struct xlsx *xlsx = page->state;

	json_decref(xlsx->heading);
	if (xlsx->book != NULL)
		lxw_workbook_free(xlsx->book);
	if (xlsx->path != NULL)
		unlink(xlsx->path);
}

const struct report_writer report_xlsx = {
    .state = sizeof(struct xlsx),
    .begin = xlsx_begin,
    .part = xlsx_part,
    .heading = xlsx_heading,
    .row = xlsx_row,
    .picture = xlsx_picture,
    .end = xlsx_end,
    .release = xlsx_release,
};
