/* Tables of a PDF: widths from the table of fields, headers again on each page, from right to left where the language is. */
#include "pdf.h"
#include "phrase.h"

#define TABLE_CHARACTER 4.6 /* points, of the small font */
#define TABLE_GAP 8.0
#define TABLE_OPEN 90.0     /* least width of a column of text */
#define TABLE_LANDSCAPE 7   /* columns from which a page lies on its side */

/* Widths as the fields want them; open ones share what is left; all shrink where they are too many. */
static void table_widths(struct report_page *page, double room)
{
	struct pdf_table *table = &((struct pdf_painter *)page->state)->table;
	double fixed = 0, sum = 0, left = 0;
	size_t open = 0;

	for (size_t i = 0; i < table->count; i++) {
		table->width[i] = page->part->columns[i]->width * TABLE_CHARACTER + TABLE_GAP;
		if (page->part->columns[i]->width == 0)
			open++;
		else
			fixed += table->width[i];
	}
	for (size_t i = 0; i < table->count; i++) {
		if (page->part->columns[i]->width == 0)
			table->width[i] = (room - fixed) / (double)open > TABLE_OPEN ? (room - fixed) / (double)open : TABLE_OPEN;
		sum += table->width[i];
	}
	for (size_t i = 0; i < table->count; i++) {
		table->width[i] *= sum > room || open == 0 ? room / sum : 1;
		table->left[i] = left;
		left += table->width[i];
	}
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
		table_place(page, &painter->table.header[i], i, PDF_SMALL_BOLD, field_heading(page->language, page->part->columns[i]));
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

		table_place(page, &table->cells[i], i, PDF_SMALL, field_prose(page->arena, page->language, field, json_object_get(row, field->name)));
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
