#ifndef MANDATE_REPORT_PAGE_H
#define MANDATE_REPORT_PAGE_H

#include "model.h"

/* What formats for people do alike with a row that is shown as a list of its fields. */

/* Its first column, which names it. */
const char *page_row_title(const struct report_page *page, const json_t *row);

/*
 * Walks through the other fields in the order of the groups, beginning with a zeroed struct. What
 * is empty is passed over, and what a heading above has said already.
 */
struct page_field {
	size_t at; /* counts through groups times columns */
	const struct field_row *field;
	const char *heading, *value;
	bool opens; /* the first of its group */
};
bool page_field_next(const struct report_page *page, const json_t *row, struct page_field *ret);

#endif
