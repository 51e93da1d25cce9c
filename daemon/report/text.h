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
/* False where the terminal is too narrow: then it is a list of its fields. */
bool text_table_row(struct report_page *page, const json_t *row);
void text_picture(struct report_page *page, const json_t *picture);
/* The columns that the labels of some bars take: those of the longest, and no fewer than TEXT_BAR_LABEL. */
#define TEXT_BAR_LABEL 18
size_t text_bar_label(size_t columns, const char *label);
void text_bar(struct report_page *page, const char *label, size_t columns, const char *colour, int64_t n, int64_t whole, const char *figure);

#endif
