#include "page.h"

#include <string.h>

#include "base/json.h"
#include "phrase.h"

const char *page_row_title(const struct report_page *page, const json_t *row)
{
	const struct field_row *first = page->part->count > 0 ? page->part->columns[0] : NULL;

	return first == NULL ? "" : field_prose(page->arena, page->language, first, json_object_get(row, first->name));
}

static bool page_is_said(const struct report_page *page, const char *name, const json_t *value)
{
	for (int i = 0; i < 2; i++) {
		const json_t *shown = json_object_get(page->shown[i], name);

		if (shown != NULL && json_equal(shown, value))
			return true;
	}
	return false;
}

bool page_field_next(const struct report_page *page, const json_t *row, struct page_field *ret)
{
	const struct field_row *before = ret->field;
	size_t count = page->part->count;

	while (count > 0 && ret->at < count * GROUP_COUNT) {
		const struct field_row *field = page->part->columns[ret->at % count];
		size_t group = ret->at / count, column = ret->at % count;
		const json_t *value = json_object_get(row, field->name);

		ret->at++;
		if ((size_t)field->group != group || column == 0 || page_is_said(page, field->name, value))
			continue;
		ret->value = field_prose(page->arena, page->language, field, value);
		if (*ret->value == '\0')
			continue;
		ret->opens = before == NULL || before->group != field->group;
		ret->field = field;
		ret->heading = field_heading(page->language, field);
		return true;
	}
	return false;
}
