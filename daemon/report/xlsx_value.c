/* Values of a spreadsheet by their shape. */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/json.h"
#include "xlsx.h"

/* The calendar of spreadsheets is right from March 1900 on; earlier days are text. */
static bool xlsx_moment(const char *iso, lxw_datetime *ret)
{
	struct slice rest = slice_of(iso), time;
	uint64_t hour = 0, minute = 0, second = 0, fraction = 0;
	struct civil civil;
	struct day day;

	if (date_parse(slice_cut(rest, 0, 10), &day, NULL) != 0)
		return false;
	civil = date_to_civil(day);
	if (civil.year < 1900 || (civil.year == 1900 && civil.month < 3))
		return false;
	time = slice_from(rest, 10);
	if (slice_take_byte(&time, 'T') && !(slice_take_number(&time, 23, &hour) && slice_take_byte(&time, ':') &&
	        slice_take_number(&time, 59, &minute) && slice_take_byte(&time, ':') && slice_take_number(&time, 60, &second)))
		return false;
	if (slice_take_byte(&time, '.'))
		(void)slice_take_number(&time, 999999, &fraction);
	*ret = (lxw_datetime){civil.year, civil.month, civil.day, (int)hour, (int)minute, (double)second + (double)fraction / 1e6};
	return true;
}

static lxw_format *xlsx_currency(struct report_page *page, const char *currency, size_t decimals)
{
	struct xlsx *xlsx = page->state;
	const char *name = arena_printf(page->arena, "#,##0%s%.*s%s%s%s", decimals > 0 ? "." : "", (int)(decimals < 12 ? decimals : 12),
	    "000000000000", *currency ? "\\ \"" : "", currency, *currency ? "\"" : "");
	size_t i = 0;

	while (i < XLSX_CURRENCIES - 1 && xlsx->currencies[i].name != NULL && strcmp(xlsx->currencies[i].name, name) != 0)
		i++;
	if (xlsx->currencies[i].name == NULL || strcmp(xlsx->currencies[i].name, name) != 0) {
		xlsx->currencies[i].name = arena_text(page->whole, slice_of(name));
		xlsx->currencies[i].format = workbook_add_format(xlsx->book);
		format_set_align(xlsx->currencies[i].format, LXW_ALIGN_VERTICAL_TOP);
		format_set_num_format(xlsx->currencies[i].format, name);
	}
	return xlsx->currencies[i].format;
}

/* A number in its currency; where a double would lose digits, all of them in a comment. */
static void xlsx_amount(struct report_page *page, uint16_t column, const json_t *value)
{
	struct xlsx *xlsx = page->state;
	const char *amount = json_text_of(value, "amount"), *point = strchr(amount, '.');
	size_t decimals = point ? strlen(point + 1) : 0, digits = strlen(amount) - (point != NULL) - (*amount == '-');
	char *end = NULL;
	double number = strtod(amount, &end);

	if (*amount == '\0')
		return;
	if (*end != '\0') {
		xlsx_text(page, xlsx->sheet, xlsx->row, column, amount, xlsx->text);
		return;
	}
	worksheet_write_number(xlsx->sheet, xlsx->row, column, number, xlsx_currency(page, json_text_of(value, "currency"), decimals));
	if (digits > 15)
		worksheet_write_comment(xlsx->sheet, xlsx->row, column, amount);
}

/* The share is a formula, so that a corrected number corrects it. */
static void xlsx_share(struct report_page *page, uint16_t column, const json_t *value)
{
	struct xlsx *xlsx = page->state;
	double n = (double)json_integer_of(value, "n"), of = (double)json_integer_of(value, "of");
	char first[LXW_MAX_CELL_NAME_LENGTH], second[LXW_MAX_CELL_NAME_LENGTH];

	worksheet_write_number(xlsx->sheet, xlsx->row, column, n, xlsx->whole);
	worksheet_write_number(xlsx->sheet, xlsx->row, (lxw_col_t)(column + 1), of, xlsx->whole);
	if (of <= 0)
		return;
	lxw_rowcol_to_cell(first, xlsx->row, column);
	lxw_rowcol_to_cell(second, xlsx->row, (lxw_col_t)(column + 1));
	worksheet_write_formula_num(xlsx->sheet, xlsx->row, (lxw_col_t)(column + 2),
	    arena_printf(page->arena, "=%s/%s", first, second), xlsx->share, n / of);
}

void xlsx_value(struct report_page *page, uint16_t column, const struct field_row *field, const json_t *value)
{
	struct xlsx *xlsx = page->state;
	const char *text = json_is_string(value) ? json_string_value(value) : "";
	lxw_datetime moment;

	if (value == NULL || json_is_null(value))
		return;
	if (field->shape == SHAPE_NUMBER && json_is_number(value))
		worksheet_write_number(xlsx->sheet, xlsx->row, column, json_number_value(value),
		    json_is_integer(value) ? xlsx->whole : xlsx->fraction);
	else if (field->shape == SHAPE_FLAG && json_is_boolean(value))
		worksheet_write_boolean(xlsx->sheet, xlsx->row, column, json_is_true(value), xlsx->text);
	else if (field->shape == SHAPE_DATE && xlsx_moment(text, &moment))
		worksheet_write_datetime(xlsx->sheet, xlsx->row, column, &moment, xlsx->date);
	else if (field->shape == SHAPE_TIME && xlsx_moment(text, &moment))
		worksheet_write_datetime(xlsx->sheet, xlsx->row, column, &moment, xlsx->time);
	else if (field->shape == SHAPE_MONTH && xlsx_moment(arena_printf(page->arena, "%s-01", text), &moment))
		worksheet_write_datetime(xlsx->sheet, xlsx->row, column, &moment, xlsx->month);
	else if (field->shape == SHAPE_AMOUNT && json_is_object(value))
		xlsx_amount(page, column, value);
	else if (field->shape == SHAPE_SHARE && json_is_object(value))
		xlsx_share(page, column, value);
	else {
		text = field_prose(page->arena, page->language, field, value);
		if (*text != '\0')
			xlsx_text(page, xlsx->sheet, xlsx->row, column, text, xlsx->text);
	}
}
