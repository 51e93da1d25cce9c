/* The pictures of a report as native charts, over figures that stand beside them. */
#include <string.h>

#include "base/date.h"
#include "base/json.h"
#include "phrase.h"
#include "xlsx.h"

#define CHART_COLUMN 8 /* of the sheet of pictures, right of the figures */
#define CHART_ROWS 20  /* that a chart takes */

void xlsx_chart_tally(struct xlsx *xlsx, const char *title, uint32_t first, uint32_t last)
{
	lxw_chart *chart = workbook_add_chart(xlsx->book, LXW_CHART_BAR);
	lxw_chart_series *series = chart_add_series(chart, NULL, NULL);

	chart_series_set_categories(series, xlsx->front->name, first, 0, last, 0);
	chart_series_set_values(series, xlsx->front->name, first, 1, last, 1);
	chart_title_set_name(chart, title);
	chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
	chart_axis_set_reverse(chart->y_axis);
	worksheet_insert_chart(xlsx->front, first > 0 ? first - 1 : 0, 4, chart);
}

static void chart_put(struct report_page *page, uint32_t row, uint16_t column, const char *text, bool header)
{
	struct xlsx *xlsx = page->state;

	xlsx_text(page, xlsx->pictures, row, column, text, header ? xlsx->header : xlsx->text);
}

static void chart_put_day(struct report_page *page, uint32_t row, uint16_t column, struct day day)
{
	struct xlsx *xlsx = page->state;
	struct civil civil = date_to_civil(day);
	lxw_datetime moment = {civil.year, civil.month, civil.day, 0, 0, 0};

	worksheet_write_datetime(xlsx->pictures, row, column, &moment, xlsx->date);
}

static lxw_chart_series *chart_line(struct xlsx *xlsx, lxw_chart *chart, uint32_t header, uint32_t rows, uint16_t column)
{
	lxw_chart_series *series = chart_add_series(chart, NULL, NULL);

	chart_series_set_name_range(series, xlsx->pictures->name, header, column);
	chart_series_set_categories(series, xlsx->pictures->name, header + 1, 0, header + rows, 0);
	chart_series_set_values(series, xlsx->pictures->name, header + 1, column, header + rows, column);
	return series;
}

/* Columns of all names that the series have, in the order of appearance. */
static uint16_t chart_column(json_t *names, const char *name)
{
	json_t *place = json_object_get(names, name);

	if (place != NULL)
		return (uint16_t)json_integer_value(place);
	place = json_integer((json_int_t)json_object_size(names) + 1);
	json_object_set_new(names, name, place);
	return (uint16_t)json_integer_value(place);
}

/* The header of a table of parts: a library in constant memory wants rows in their order. */
static json_t *chart_names(struct report_page *page, const json_t *series, uint32_t row)
{
	json_t *names = json_object(), *value;
	const json_t *one;
	const char *name;
	size_t i;

	json_array_foreach(series, i, one)
		json_object_foreach(json_object_get(one, "parts"), name, value)
			(void)chart_column(names, name);
	json_object_foreach(names, name, value)
		chart_put(page, row, (uint16_t)json_integer_value(value), phrase_word(page->arena, page->language, name), true);
	return names;
}

static lxw_chart *chart_parts(struct report_page *page, const json_t *series, uint8_t type)
{
	struct xlsx *xlsx = page->state;
	uint32_t header = xlsx->picture_row, row = header;
	json_t *names = chart_names(page, series, header), *value;
	lxw_chart *chart = workbook_add_chart(xlsx->book, type);
	const json_t *one;
	const char *name;
	size_t i;

	json_array_foreach(series, i, one) {
		row++;
		chart_put(page, row, 0, phrase_word(page->arena, page->language, json_text_of(one, "label")), false);
		json_object_foreach(json_object_get(one, "parts"), name, value)
			worksheet_write_number(xlsx->pictures, row, chart_column(names, name), json_number_value(value),
			    json_is_integer(value) ? xlsx->whole : xlsx->fraction);
	}
	json_object_foreach(names, name, value)
		(void)chart_line(xlsx, chart, header, row - header, (uint16_t)json_integer_value(value));
	if (type == LXW_CHART_BAR_STACKED)
		chart_axis_set_reverse(chart->y_axis);
	json_decref(names);
	xlsx->picture_row = row + 1;
	return chart;
}

/* From the planning date to the customary end: a bar that cannot be seen before one that can. */
static lxw_chart *chart_timeline(struct report_page *page, const json_t *series)
{
	struct xlsx *xlsx = page->state;
	lxw_chart *chart = workbook_add_chart(xlsx->book, LXW_CHART_BAR_STACKED);
	lxw_chart_fill none = {.none = LXW_TRUE};
	uint32_t header = xlsx->picture_row, row = header;
	const json_t *one;
	struct day from, to;
	int32_t least = INT32_MAX;
	size_t i;

	chart_put(page, header, 1, report_say(page->language, SAY("Planning date")), true);
	chart_put(page, header, 2, report_say(page->language, SAY("Days")), true);
	chart_put(page, header, 3, report_say(page->language, SAY("Status")), true);
	json_array_foreach(series, i, one) {
		if (date_parse(slice_of(json_text_of(one, "from")), &from, NULL) != 0 ||
		    date_parse(slice_of(json_text_of(one, "to")), &to, NULL) != 0)
			continue;
		row++;
		chart_put(page, row, 0, json_text_of(one, "label"), false);
		chart_put_day(page, row, 1, from);
		worksheet_write_number(xlsx->pictures, row, 2, to.n - from.n + 1, xlsx->whole);
		chart_put(page, row, 3, phrase_word(page->arena, page->language, json_text_of(one, "status")), false);
		least = from.n < least ? from.n : least;
	}
	chart_series_set_fill(chart_line(xlsx, chart, header, row - header, 1), &none);
	(void)chart_line(xlsx, chart, header, row - header, 2);
	if (least != INT32_MAX) {
		/* Day 0 of a spreadsheet is 30 December 1899. */
		chart_axis_set_min(chart->x_axis, (double)least + 25569 - 31);
		chart_axis_set_num_format(chart->x_axis, "yyyy-mm-dd");
	}
	chart_axis_set_reverse(chart->y_axis);
	chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
	xlsx->picture_row = row + 1;
	return chart;
}

/* A count over time, with what it must reach. */
static lxw_chart *chart_curve(struct report_page *page, const json_t *picture, const json_t *series)
{
	struct xlsx *xlsx = page->state;
	const json_t *threshold = json_object_get(picture, "threshold"), *one;
	lxw_chart *chart = workbook_add_chart(xlsx->book, LXW_CHART_SCATTER_STRAIGHT);
	uint32_t header = xlsx->picture_row, row = header;
	int64_t needed = json_integer_of(threshold, "n");
	struct day day;
	size_t i;

	chart_put(page, header, 1, report_say(page->language, json_text_of(picture, "title")), true);
	if (needed > 0)
		chart_put(page, header, 2, report_say(page->language, json_text_of(threshold, "label")), true);
	json_array_foreach(series, i, one) {
		if (date_parse(slice_of(json_text_of(one, "on")), &day, NULL) != 0)
			continue;
		row++;
		chart_put_day(page, row, 0, day);
		worksheet_write_number(xlsx->pictures, row, 1, (double)json_integer_of(one, "n"), xlsx->whole);
		if (needed > 0)
			worksheet_write_number(xlsx->pictures, row, 2, (double)needed, xlsx->whole);
	}
	(void)chart_line(xlsx, chart, header, row - header, 1);
	if (needed > 0)
		(void)chart_line(xlsx, chart, header, row - header, 2);
	chart_axis_set_num_format(chart->x_axis, "yyyy-mm-dd");
	xlsx->picture_row = row + 1;
	return chart;
}

void xlsx_chart(struct report_page *page, const json_t *picture)
{
	struct xlsx *xlsx = page->state;
	const char *kind = json_text_of(picture, "kind"), *title = report_say(page->language, json_text_of(picture, "title"));
	const json_t *series = json_object_get(picture, "series");
	uint32_t first = xlsx->picture_row;
	lxw_chart *chart;

	if (first == 0) {
		worksheet_set_column(xlsx->pictures, 0, 0, 34, NULL);
		worksheet_set_column(xlsx->pictures, 1, CHART_COLUMN - 1, 18, NULL);
	}
	chart_put(page, xlsx->picture_row++, 0, title, true);
	if (strcmp(kind, "bars") == 0)
		chart = chart_parts(page, series, LXW_CHART_BAR_STACKED);
	else if (strcmp(kind, "columns") == 0)
		chart = chart_parts(page, series, LXW_CHART_COLUMN);
	else if (strcmp(kind, "timeline") == 0)
		chart = chart_timeline(page, series);
	else
		chart = chart_curve(page, picture, series);
	chart_title_set_name(chart, title);
	worksheet_insert_chart(xlsx->pictures, first, CHART_COLUMN, chart);
	if (xlsx->picture_row < first + CHART_ROWS)
		xlsx->picture_row = first + CHART_ROWS;
	xlsx->picture_row++;
}
