#ifndef MANDATE_REPORT_TEXT_H
#define MANDATE_REPORT_TEXT_H

#include "model.h"

/* What text.c and text_table.c share. */
#define TEXT_COLUMNS 64

/* The state of the format: how wide each column of the present table is. */
struct text_table {
	size_t width[TEXT_COLUMNS];
	size_t count;
	bool fits; /* else each row is a short list */
};

void text_table_begin(struct report_page *page);
void text_table_row(struct report_page *page, const json_t *row);
void text_picture(struct report_page *page, const json_t *picture);
void text_bar(struct report_page *page, const char *label, const char *colour, int64_t n, int64_t whole, const char *figure);

#endif
