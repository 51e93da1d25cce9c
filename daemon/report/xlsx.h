#ifndef MANDATE_REPORT_XLSX_H
#define MANDATE_REPORT_XLSX_H

#include <xlsxwriter.h>

#include "model.h"

/* What xlsx.c, xlsx_value.c and xlsx_chart.c share: the state of the format. */
#define XLSX_CURRENCIES 32

struct xlsx {
	lxw_workbook *book;
	const char *path;       /* the library writes a file; the stream reads it */
	lxw_worksheet *front;
	uint32_t front_row;     /* the next */
	lxw_worksheet *sheet;   /* of the present part */
	uint32_t row;
	uint16_t columns;
	lxw_worksheet *pictures; /* NULL: none so far */
	uint32_t picture_row;
	uint16_t picture_columns; /* of the figures of the present picture */
	json_t *heading;        /* the fields of one that has no row yet, or NULL */
	bool continued;         /* a part went on on another sheet */
	lxw_format *text, *date, *month, *time, *whole, *fraction, *share, *title, *label, *header;
	struct {
		const char *name; /* the number format */
		lxw_format *format;
	} currencies[XLSX_CURRENCIES];
};

/* Writes a text; one that is longer than a cell can be is cut, and says so. */
void xlsx_text(struct report_page *page, lxw_worksheet *sheet, uint32_t row, uint16_t column, const char *text, lxw_format *format);
/* A value of the present row by its shape. */
void xlsx_value(struct report_page *page, uint16_t column, const struct field_row *field, const json_t *value);
/* A chart of a tally that stands on the first sheet from a row on: names in column A, numbers in column B. Returns how many
 * rows the chart takes. */
uint32_t xlsx_chart_tally(struct xlsx *xlsx, const char *title, uint32_t first, const struct report_tally *tally);
/* A picture: its figures on the sheet of pictures, its chart beside them. */
void xlsx_chart(struct report_page *page, const json_t *picture);

#endif
