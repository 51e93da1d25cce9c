/* Tables of a PDF: widths from the table of fields, headers again on each page, from right to left where the language is. */
#include <string.h>

#include "pdf.h"
#include "phrase.h"

#define TABLE_LETTER 5.4     /* points, of the small font, a little more than most letters */
#define TABLE_BOLD 6.2       /* of a heading's */
#define TABLE_GAP 6.0
#define TABLE_WORD 9         /* letters of a word that is not to be cut: September */
#define TABLE_OPEN 78.0      /* least width of a column of text */
#define TABLE_ENOUGH 0.96    /* of what the words need, below which a row is a list instead */

/* So wide that no word of the heading is cut. */
static double table_heading(const struct report_page *page, const struct field_row *field)
{
	return (double)field_heading_word(page->language, field) * TABLE_BOLD;
}

/* What a column would like to have, and the least that cuts no word. An open one takes what it gets. */
static double table_wish(const struct report_page *page, const struct field_row *field, bool least)
{
	double heading = table_heading(page, field);
	int letters = least && field->width > TABLE_WORD ? TABLE_WORD : field->width;
	double width = field->width == 0 ? TABLE_OPEN : letters * (least ? TABLE_LETTER - 0.1 : TABLE_LETTER);

	return (width > heading ? width : heading) + TABLE_GAP;
}

static double table_sum(const struct report_page *page, bool least)
{
	double sum = 0;

	for (size_t i = 0; i < page->part->count; i++)
		sum += table_wish(page, page->part->columns[i], least);
	return sum;
}

double pdf_table_wanted(const struct report_page *page)
{
	return table_sum(page, false);
}

bool pdf_table_fits(const struct report_page *page, double room)
{
	return page->part->count <= PDF_COLUMNS && room >= table_sum(page, true) * TABLE_ENOUGH;
}

/* All have their wish and the open ones share what is left; where that is too much, all are made
 * narrower towards the least. */
static void table_widths(struct report_page *page, double room)
{
	struct pdf_table *table = &((struct pdf_painter *)page->state)->table;
	double wish = table_sum(page, false), least = table_sum(page, true), left = 0;
	size_t open = 0;

	for (size_t i = 0; i < table->count; i++)
		open += page->part->columns[i]->width == 0;
	for (size_t i = 0; i < table->count; i++) {
		const struct field_row *field = page->part->columns[i];
		double more = table_wish(page, field, false), less = table_wish(page, field, true);

		if (wish <= room)
			table->width[i] = open == 0 ? more * room / wish : more + (field->width == 0 ? (room - wish) / (double)open : 0);
		else if (least < room)
			table->width[i] = less + (more - less) * (room - least) / (wish - least);
		else
			table->width[i] = less * room / least;
		table->left[i] = left;
		left += table->width[i];
	}
	table->fits = pdf_table_fits(page, room);
}

static void table_place(struct report_page *page, struct pdf_cell *cell, size_t i, enum pdf_font font, const char *text)
{
	struct pdf_painter *painter = page->state;
	const struct pdf_table *table = &painter->table;
	double from = painter->leftward ? pdf_room_across(painter) - table->left[i] - table->width[i] + TABLE_GAP : table->left[i];

	pdf_cell_set(painter, cell, font, text, pdf_left(painter) + from, table->width[i] - TABLE_GAP,
	    field_is_number(page->part->columns[i]));
}

static void table_header(struct report_page *page)
{
	struct pdf_painter *painter = page->state;

	for (size_t i = 0; i < painter->table.count; i++)
		table_place(page, &painter->table.header[i], i, painter->landscape ? PDF_TINY_BOLD : PDF_SMALL_BOLD, field_heading(page->language, page->part->columns[i]));
	pdf_cells(page, painter->table.header, painter->table.count, NULL);
	painter->y += 2;
	pdf_rule(painter, 0.4);
	painter->y += 3;
}

void pdf_table_begin(struct report_page *page)
{
	struct pdf_painter *painter = page->state;

	painter->table.count = page->part->count < PDF_COLUMNS ? page->part->count : PDF_COLUMNS;
	pdf_need(page, 60);
	table_widths(page, pdf_room_across(painter));
	if (painter->table.fits)
		table_header(page);
}

void pdf_table_row(struct report_page *page, const json_t *row)
{
	struct pdf_painter *painter = page->state;
	struct pdf_table *table = &painter->table;
	int before = painter->page;
	double height = 0;

	for (size_t i = 0; i < table->count; i++) {
		const struct field_row *field = page->part->columns[i];
		double cell;

		table_place(page, &table->cells[i], i, painter->landscape ? PDF_TINY : PDF_SMALL, field_prose(page->arena, page->language, field, json_object_get(row, field->name)));
		cell = pdf_cell_height(&table->cells[i]);
		height = cell > height ? cell : height;
	}
	/* A row stays together unless it is longer than half a page. */
	pdf_need(page, height < painter->height / 2 ? height : 24);
	if (painter->page != before)
		table_header(page);
	pdf_cells(page, table->cells, table->count, table_header);
	painter->y += 2;
	pdf_rule(painter, 0.85);
	painter->y += 2;
}

void pdf_table_end(struct pdf_painter *painter)
{
	for (size_t i = 0; i < PDF_COLUMNS; i++) {
		pdf_cell_release(&painter->table.header[i]);
		pdf_cell_release(&painter->table.cells[i]);
	}
	painter->table.count = 0;
}
