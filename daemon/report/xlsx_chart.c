/* The pictures of a report as native charts, over figures that stand beside them. */
#include <string.h>

#include "base/date.h"
#include "base/json.h"
#include "phrase.h"
#include "picture.h"
#include "xlsx.h"

#define CHART_ACROSS 720 /* pixels; the library's own chart has 480 by 288, and a row 20 */
#define CHART_HIGH 340
#define CHART_BAR 24     /* of one bar, so that none is without its name */
#define CHART_FIGURES 8  /* columns at the most: the statuses */
#define CHART_SOFT 0xD5DDE5

/* Puts a chart beside the figures that it is drawn from. Returns how many rows it takes. */
static uint32_t chart_insert(lxw_worksheet *sheet, uint32_t row, uint16_t column, lxw_chart *chart, size_t bars)
{
	double high = CHART_HIGH > (double)bars * CHART_BAR + 120 ? CHART_HIGH : (double)bars * CHART_BAR + 120;
	lxw_chart_options options = {.x_scale = CHART_ACROSS / 480.0, .y_scale = high / 288};

	if (bars > 0)
		chart_set_series_gap(chart, 40);
	worksheet_insert_chart_opt(sheet, row, column, chart, &options);
	return (uint32_t)(high / 20) + 2;
}

/* Thin lines across what is counted. */
static void chart_grid(lxw_chart_axis *counted)
{
	lxw_chart_line soft = {.color = CHART_SOFT, .width = 0.75};

	chart_axis_major_gridlines_set_line(counted, &soft);
	chart_axis_major_gridlines_set_visible(counted, LXW_TRUE);
}

static void chart_stroke(lxw_chart_series *series, uint32_t colour)
{
	lxw_chart_line line = {.color = colour, .width = 2.25};

	chart_series_set_line(series, &line);
}

static void chart_fill(lxw_chart_series *series, uint32_t colour)
{
	lxw_chart_fill fill = {.color = colour};

	chart_series_set_fill(series, &fill);
}

/* Obligations are whole: no line at half of one. */
static void chart_whole(lxw_chart_axis *counted, double most)
{
	chart_axis_set_num_format(counted, "#,##0");
	if (most < 10)
		chart_axis_set_major_unit(counted, 1);
}

uint32_t xlsx_chart_tally(struct xlsx *xlsx, const char *title, uint32_t first, const struct report_tally *tally)
{
	uint32_t last = first + (uint32_t)tally->count - 1;
	lxw_chart *chart = workbook_add_chart(xlsx->book, LXW_CHART_BAR);
	lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
	int64_t most = 0;

	chart_series_set_categories(series, xlsx->front->name, first, 0, last, 0);
	chart_series_set_values(series, xlsx->front->name, first, 1, last, 1);
	chart_fill(series, picture_colour("", 0));
	chart_series_set_labels(series);
	chart_title_set_name(chart, title);
	chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
	chart_axis_set_reverse(chart->y_axis);
	chart_grid(chart->x_axis);
	for (size_t i = 0; i < tally->count; i++)
		most = tally->items[i].n > most ? tally->items[i].n : most;
	chart_whole(chart->x_axis, (double)most);
	return chart_insert(xlsx->front, first > 0 ? first - 1 : 0, 4, chart, tally->count);
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

/* The header of a table of parts: a library in constant memory wants rows in their order. */
static json_t *chart_names(struct report_page *page, const json_t *series, uint32_t row)
{
	json_t *names = picture_names(series), *place;
	const char *name;

	json_object_foreach(names, name, place)
		chart_put(page, row, (uint16_t)(json_integer_value(place) + 1), phrase_word(page->arena, page->language, name), true);
	return names;
}

/* The figures of one bar, from the left to the right. Returns their sum. */
static double chart_figures(struct xlsx *xlsx, const json_t *parts, const json_t *names, uint32_t row)
{
	const char *name;
	double sum = 0;
	json_t *place;

	json_object_foreach((json_t *)(uintptr_t)names, name, place) {
		const json_t *value = json_object_get(parts, name);

		if (value == NULL)
			continue;
		worksheet_write_number(xlsx->pictures, row, (uint16_t)(json_integer_value(place) + 1), json_number_value(value),
		    json_is_integer(value) ? xlsx->whole : xlsx->fraction);
		sum += json_number_value(value);
	}
	return sum;
}

static lxw_chart *chart_parts(struct report_page *page, const json_t *series, uint8_t type)
{
	struct xlsx *xlsx = page->state;
	uint32_t header = xlsx->picture_row, row = header;
	json_t *names = chart_names(page, series, header), *place;
	lxw_chart *chart = workbook_add_chart(xlsx->book, type);
	double sum, most = 0;
	const json_t *one;
	const char *name;
	size_t i;

	json_array_foreach(series, i, one) {
		row++;
		chart_put(page, row, 0, phrase_word(page->arena, page->language, json_text_of(one, "label")), false);
		sum = chart_figures(xlsx, json_object_get(one, "parts"), names, row);
		most = sum > most ? sum : most;
	}
	json_object_foreach(names, name, place)
		chart_fill(chart_line(xlsx, chart, header, row - header, (uint16_t)(json_integer_value(place) + 1)),
		    picture_colour(name, (size_t)json_integer_value(place)));
	chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
	if (type == LXW_CHART_BAR_STACKED) {
		chart_axis_set_reverse(chart->y_axis);
		chart_whole(chart->x_axis, most);
		chart_grid(chart->x_axis);
	} else {
		chart_axis_set_num_format(chart->y_axis, "#,##0");
		chart_grid(chart->y_axis);
	}
	xlsx->picture_columns = (uint16_t)(json_object_size(names) + 1);
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
	chart_fill(chart_line(xlsx, chart, header, row - header, 2), picture_colour("", 0));
	chart_grid(chart->x_axis);
	xlsx->picture_columns = 4;
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
	chart_stroke(chart_line(xlsx, chart, header, row - header, 1), picture_colour("", 0));
	if (needed > 0)
		chart_stroke(chart_line(xlsx, chart, header, row - header, 2), 0xA8201A);
	chart_axis_set_num_format(chart->x_axis, "yyyy-mm-dd");
	chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
	chart_grid(chart->y_axis);
	xlsx->picture_columns = 3;
	xlsx->picture_row = row + 1;
	return chart;
}

void xlsx_chart(struct report_page *page, const json_t *picture)
{
	struct xlsx *xlsx = page->state;
	const char *kind = json_text_of(picture, "kind"), *title = report_say(page->language, json_text_of(picture, "title"));
	const json_t *series = json_object_get(picture, "series");
	uint32_t first = xlsx->picture_row, rows;
	lxw_chart *chart;

	if (first == 0) {
		worksheet_set_column(xlsx->pictures, 0, 0, 34, NULL);
		worksheet_set_column(xlsx->pictures, 1, CHART_FIGURES, 18, NULL);
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
	rows = chart_insert(xlsx->pictures, first, (uint16_t)(xlsx->picture_columns + 1), chart,
	    strcmp(kind, "columns") == 0 || strcmp(kind, "curve") == 0 ? 0 : json_array_size(series));
	if (xlsx->picture_row < first + rows)
		xlsx->picture_row = first + rows;
	xlsx->picture_row++;
}
