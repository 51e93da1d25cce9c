/* Pictures over time: deadlines as they lie before and behind the day of the report, and a count that grows. */
#include <string.h>

#include "base/date.h"
#include "base/json.h"
#include "base/utf8.h"
#include "phrase.h"
#include "picture_part.h"

/* Days from one end to the other of a picture, and where they are drawn. */
struct time_span {
	struct day from, to;
	int left;
};

static bool time_day(const json_t *one, const char *key, struct day *ret)
{
	return date_parse(slice_of(json_text_of(one, key)), ret, NULL) == 0;
}

static void time_widen(struct time_span *span, const json_t *one, const char *key)
{
	struct day day;

	if (!time_day(one, key, &day))
		return;
	span->from.n = day.n < span->from.n ? day.n : span->from.n;
	span->to.n = day.n > span->to.n ? day.n : span->to.n;
}

static struct time_span time_measure(const json_t *picture, const json_t *series, int left)
{
	struct time_span span = {{INT32_MAX}, {INT32_MIN}, left};
	const json_t *one;
	size_t i;

	json_array_foreach(series, i, one) {
		time_widen(&span, one, "from");
		time_widen(&span, one, "to");
		time_widen(&span, one, "on");
	}
	time_widen(&span, picture, "as_of");
	span.from.n -= 31;
	span.to.n += 31;
	return span;
}

static int time_x(const struct time_span *span, struct day day)
{
	return span->left + (int)((int64_t)(day.n - span->from.n) * (PICTURE_RIGHT - span->left) / (span->to.n - span->from.n));
}

/* Months between the lines of a calendar, so that there are some ten at the most. */
static int time_step(const struct time_span *span)
{
	static const int steps[] = {1, 2, 3, 6, 12, 24, 60, 120};
	int months = (span->to.n - span->from.n) / 30;

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		if (months / steps[i] <= 10)
			return steps[i];
	return months / 120 * 12;
}

/* "2027" for a year that begins, "2027-04" for a month within it. */
static void time_calendar(struct report_page *page, const struct time_span *span, int top, int bottom, int label)
{
	struct civil first = date_to_civil(span->from);
	int step = time_step(span), month = (first.year * 12 + first.month - 1) / step * step + step;
	struct day day;

	for (; date_from_civil((struct civil){month / 12, month % 12 + 1, 1}, &day) && day.n <= span->to.n; month += step) {
		int x = time_x(span, day);

		picture_line(page, "grid", x, top, x, bottom);
		picture_label(page, x, label, "middle", NULL, month % 12 == 0 ? arena_printf(page->arena, "%d", month / 12) :
		    arena_printf(page->arena, "%d-%02d", month / 12, month % 12 + 1));
	}
}

static void time_now(struct report_page *page, const struct time_span *span, const json_t *picture, int top, int bottom)
{
	struct day day;

	if (time_day(picture, "as_of", &day))
		picture_line(page, "now", time_x(span, day), top, time_x(span, day), bottom);
}

static const char *time_window(const struct report_page *page, const json_t *one)
{
	const char *from = json_text_of(one, "from"), *to = json_text_of(one, "to"), *timely = json_text_of(one, "timeliness");

	return arena_printf(page->arena, "%s: %s – %s, %s%s%s", json_text_of(one, "label"), phrase_date(page->arena, page->language, from),
	    phrase_date(page->arena, page->language, to), phrase_word(page->arena, page->language, json_text_of(one, "status")),
	    *timely ? ", " : "", phrase_word(page->arena, page->language, timely));
}

/* The bar of one deadline; what is late says so beside it, left of it where the right has no room. */
static void time_bar(struct report_page *page, const struct time_span *span, const json_t *one, int y)
{
	const char *overdue = report_say(page->language, SAY("overdue"));
	struct day from, to;
	int left, right;

	if (!time_day(one, "from", &from) || !time_day(one, "to", &to))
		return;
	left = time_x(span, from);
	right = time_x(span, to) > left + 6 ? time_x(span, to) : left + 6;
	picture_label(page, PICTURE_LEFT - 10, y + 13, "end", NULL, json_text_of(one, "label"));
	buf_printf(page->out, "<rect fill=\"#%06x\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"16\" rx=\"3\"><title>",
	    picture_colour(json_text_of(one, "status"), 0), left, y, right - left);
	picture_text(page->out, time_window(page, one));
	buf_append_text(page->out, "</title></rect>\n");
	if (strcmp(json_text_of(one, "timeliness"), "overdue") != 0)
		return;
	if (right + 6 + (int)utf8_columns(slice_of(overdue)) * PICTURE_LETTER < PICTURE_WIDTH)
		picture_label(page, right + 6, y + 13, "start", "late", overdue);
	else
		picture_label(page, left - 6, y + 13, "end", "late", overdue);
}

/* The status of each bar, as names of a legend. */
static json_t *time_names(const json_t *series)
{
	json_t *parts = json_object(), *all = json_pack("[{s:o}]", "parts", parts), *names;
	const json_t *one;
	size_t i;

	json_array_foreach(series, i, one)
		json_object_set_new(parts, json_text_of(one, "status"), json_true());
	names = picture_names(all);
	json_decref(all);
	return names;
}

void picture_timeline(struct report_page *page, const json_t *picture, const json_t *series)
{
	struct time_span span = time_measure(picture, series, PICTURE_LEFT);
	int bottom = (int)json_array_size(series) * PICTURE_ROW + 26;
	json_t *names = time_names(series);
	const json_t *one;
	size_t i;

	picture_open(page, picture, bottom + 6 + picture_keys_height(page, names));
	json_array_foreach(series, i, one)
		picture_text(page->out, arena_printf(page->arena, "%s. ", time_window(page, one)));
	buf_append_text(page->out, "</desc>\n");
	time_calendar(page, &span, 18, bottom, 12);
	time_now(page, &span, picture, 18, bottom);
	json_array_foreach(series, i, one)
		time_bar(page, &span, one, 24 + (int)i * PICTURE_ROW);
	picture_keys(page, names, bottom + 4);
	picture_close(page, picture_caption(page, picture));
	json_decref(names);
}

/* Steps: a count stays until it changes. */
static void time_steps(struct report_page *page, const struct time_span *span, const struct picture_scale *scale, const json_t *picture,
    const json_t *series)
{
	const json_t *one;
	struct day day;
	size_t i;

	buf_printf(page->out, "<path class=\"curve\" d=\"M%d %d", span->left, PICTURE_TALL);
	json_array_foreach(series, i, one)
		if (time_day(one, "on", &day))
			buf_printf(page->out, "H%dV%d", time_x(span, day), picture_scale_y(scale, (double)json_integer_of(one, "n")));
	if (time_day(picture, "as_of", &day))
		buf_printf(page->out, "H%d", time_x(span, day));
	buf_append_text(page->out, "\"/>\n");
}

/* What the count must reach. Its name stands at the end, on the side of the line where the curve is not. */
static void time_threshold(struct report_page *page, const struct picture_scale *scale, const json_t *threshold, int64_t last)
{
	int64_t needed = json_integer_of(threshold, "n");
	int y = picture_scale_y(scale, (double)needed);

	picture_line(page, "threshold", scale->left, y, PICTURE_RIGHT, y);
	picture_label(page, PICTURE_RIGHT - 44, last >= needed ? y + 16 : y - 6, "end", "on", arena_printf(page->arena,
	    report_say(page->language, SAY("%s: %s")), report_say(page->language, json_text_of(threshold, "label")),
	    phrase_number(page->arena, page->language, needed)));
}

void picture_curve(struct report_page *page, const json_t *picture, const json_t *series)
{
	const json_t *threshold = json_object_get(picture, "threshold"), *one;
	int64_t needed = json_integer_of(threshold, "n"), most = needed, last = 0;
	struct picture_scale scale;
	struct time_span span;
	size_t i;

	json_array_foreach(series, i, one) {
		last = json_integer_of(one, "n");
		most = last > most ? last : most;
	}
	scale = picture_scale_for(page, (double)most);
	span = time_measure(picture, series, scale.left);
	picture_open(page, picture, PICTURE_TALL + PICTURE_FOOT - 12);
	json_array_foreach(series, i, one)
		picture_text(page->out, arena_printf(page->arena, "%s: %s. ",
		    phrase_date(page->arena, page->language, json_text_of(one, "on")),
		    phrase_number(page->arena, page->language, json_integer_of(one, "n"))));
	buf_append_text(page->out, "</desc>\n");
	picture_scale_draw(page, &scale);
	time_calendar(page, &span, 20, PICTURE_TALL, PICTURE_TALL + 18);
	if (needed > 0)
		time_threshold(page, &scale, threshold, last);
	time_steps(page, &span, &scale, picture, series);
	time_now(page, &span, picture, 20, PICTURE_TALL);
	picture_close(page, picture_caption(page, picture));
}
