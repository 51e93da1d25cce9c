/* Pictures of counts: bars from the left with their parts end to end, columns side by side over the years. */
#include <string.h>

#include "base/json.h"
#include "base/utf8.h"
#include "phrase.h"
#include "picture_part.h"

static const char *chart_number(const struct report_page *page, const json_t *value, const char *unit)
{
	const char *number = json_is_real(value) ? phrase_amount(page->arena, page->language,
	    arena_printf(page->arena, "%.2f", json_real_value(value)), "") :
	    phrase_number(page->arena, page->language, json_integer_value(value));

	return *unit == '\0' ? number : arena_printf(page->arena, "%s %s", number, unit);
}

static double chart_sum(const json_t *one)
{
	const char *name;
	double sum = 0;
	json_t *value;

	json_object_foreach(json_object_get(one, "parts"), name, value)
		sum += json_number_value(value);
	return sum;
}

/* The highest of all parts, or of their sums. */
static double chart_most(const json_t *series, bool stacked)
{
	const json_t *one;
	const char *name;
	double most = 0;
	json_t *value;
	size_t i;

	json_array_foreach(series, i, one) {
		if (stacked && chart_sum(one) > most)
			most = chart_sum(one);
		json_object_foreach(json_object_get(one, "parts"), name, value)
			if (!stacked && json_number_value(value) > most)
				most = json_number_value(value);
	}
	return most > 0 ? most : 1;
}

/* All figures in words, for who cannot see them. */
static void chart_words(struct report_page *page, const json_t *series, const json_t *names, const char *unit)
{
	const json_t *one;
	const char *name;
	json_t *place;
	size_t i;

	json_array_foreach(series, i, one) {
		picture_text(page->out, phrase_word(page->arena, page->language, json_text_of(one, "label")));
		buf_append_byte(page->out, ':');
		json_object_foreach((json_t *)(uintptr_t)names, name, place) {
			const json_t *value = json_object_get(json_object_get(one, "parts"), name);

			if (value == NULL)
				continue;
			buf_append_byte(page->out, ' ');
			picture_text(page->out, phrase_word(page->arena, page->language, name));
			buf_printf(page->out, " %s;", chart_number(page, value, unit));
		}
		buf_append_byte(page->out, ' ');
	}
	buf_append_text(page->out, "</desc>\n");
}

/* What a pointer that rests on it is told. */
static void chart_tip(struct report_page *page, const json_t *one, const char *name, const json_t *value)
{
	buf_append_text(page->out, "><title>");
	picture_text(page->out, arena_printf(page->arena, "%s, %s: %s", phrase_word(page->arena, page->language, json_text_of(one, "label")),
	    phrase_word(page->arena, page->language, name), chart_number(page, value, "")));
	buf_append_text(page->out, "</title></rect>\n");
}

/* One bar, its parts end to end, each with its number where there is room for it. */
static void chart_bar(struct report_page *page, const json_t *one, const json_t *names, double most, int y)
{
	const json_t *parts = json_object_get(one, "parts");
	const char *name, *number;
	double x = PICTURE_LEFT;
	json_t *place;

	picture_label(page, PICTURE_LEFT - 10, y + 14, "end", NULL, phrase_word(page->arena, page->language, json_text_of(one, "label")));
	json_object_foreach((json_t *)(uintptr_t)names, name, place) {
		const json_t *value = json_object_get(parts, name);
		double width = json_number_value(value) * (PICTURE_RIGHT - PICTURE_LEFT) / most;

		if (value == NULL)
			continue;
		buf_printf(page->out, "<rect fill=\"#%06x\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"18\"",
		    picture_colour(name, (size_t)json_integer_value(place)), x, y, width > 2 ? width - 1 : 1.0);
		chart_tip(page, one, name, value);
		number = chart_number(page, value, "");
		if (json_object_size(parts) > 1 && width > (double)utf8_columns(slice_of(number)) * PICTURE_LETTER + 6)
			picture_label(page, (int)(x + width / 2), y + 13, "middle", "in", number);
		x += width;
	}
	picture_label(page, (int)x + 6, y + 14, "start", NULL, phrase_number(page->arena, page->language, (int64_t)chart_sum(one)));
}

void picture_bars(struct report_page *page, const json_t *picture, const json_t *series)
{
	json_t *names = picture_names(series);
	double most = chart_most(series, true);
	int bottom = (int)json_array_size(series) * PICTURE_ROW + 8;
	const json_t *one;
	size_t i;

	picture_open(page, picture, bottom + picture_keys_height(page, names));
	chart_words(page, series, names, "");
	json_array_foreach(series, i, one)
		chart_bar(page, one, names, most, 4 + (int)i * PICTURE_ROW);
	picture_keys(page, names, bottom);
	picture_close(page, picture_caption(page, picture));
	json_decref(names);
}

/* Where columns stand: years at their distance from each other, anything else one beside the other. */
struct chart_places {
	long first; /* the year of the first place */
	size_t count;
	bool years;
};

#define CHART_YEARS 60 /* beyond that, a year that has nothing gets no place */

static long chart_year(const json_t *one)
{
	const char *label = json_text_of(one, "label");
	long year = 0;

	if (strlen(label) != 4 || strspn(label, "0123456789") != 4)
		return 0;
	for (; *label != '\0'; label++)
		year = year * 10 + (*label - '0');
	return year;
}

static struct chart_places chart_places(const json_t *series)
{
	struct chart_places ret = {0, json_array_size(series), true};
	long last = 0;
	const json_t *one;
	size_t i;

	json_array_foreach(series, i, one) {
		long year = chart_year(one);

		ret.years = ret.years && year > last;
		ret.first = i == 0 ? year : ret.first;
		last = year;
	}
	ret.years = ret.years && last - ret.first < CHART_YEARS;
	if (ret.years)
		ret.count = (size_t)(last - ret.first) + 1;
	return ret;
}

static void chart_column(struct report_page *page, const json_t *one, const json_t *names, const struct picture_scale *scale,
    double left, double width)
{
	double each = width / (double)json_object_size(names);
	const char *name;
	json_t *value;

	json_object_foreach(json_object_get(one, "parts"), name, value) {
		size_t place = (size_t)json_integer_value(json_object_get(names, name));
		int y = picture_scale_y(scale, json_number_value(value));

		buf_printf(page->out, "<rect fill=\"#%06x\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"", picture_colour(name, place),
		    left + (double)place * each, y, each > 2 ? each - 1 : each, PICTURE_TALL > y ? PICTURE_TALL - y : 1);
		chart_tip(page, one, name, value);
	}
}

void picture_columns(struct report_page *page, const json_t *picture, const json_t *series)
{
	const char *unit = json_text_of(picture, "unit");
	struct picture_scale scale = picture_scale_for(page, chart_most(series, false));
	struct chart_places places = chart_places(series);
	json_t *names = picture_names(series);
	double each = (double)(PICTURE_RIGHT - scale.left) / (double)places.count;
	size_t every = places.count / 14 + 1, i;
	const json_t *one;

	if (each > 90)
		each = 90;
	picture_open(page, picture, PICTURE_TALL + PICTURE_FOOT - 12 + picture_keys_height(page, names));
	chart_words(page, series, names, unit);
	picture_scale_draw(page, &scale);
	json_array_foreach(series, i, one) {
		size_t place = places.years ? (size_t)(chart_year(one) - places.first) : i;

		chart_column(page, one, names, &scale, scale.left + each * ((double)place + 0.1), each * 0.8);
	}
	for (i = 0; i < places.count; i += every)
		picture_label(page, (int)(scale.left + each * ((double)i + 0.5)), PICTURE_TALL + 18, "middle", NULL,
		    places.years ? arena_printf(page->arena, "%ld", places.first + (long)i) :
		    json_text_of(json_array_get(series, i), "label"));
	picture_keys(page, names, PICTURE_TALL + PICTURE_FOOT - 12);
	picture_close(page, picture_caption(page, picture));
	json_decref(names);
}
