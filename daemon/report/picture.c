#include "picture.h"

#include <string.h>

#include "base/date.h"
#include "base/json.h"
#include "phrase.h"

#define PICTURE_WIDTH 760
#define PICTURE_LEFT 150 /* of labels at the left */
#define PICTURE_SPAN 540 /* of what is drawn */
#define PICTURE_ROW 26
#define PICTURE_TALL 260 /* of columns and curves */
#define PICTURE_FOOT 40

void picture_text(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '&')
			buf_append_text(out, "&amp;");
		else if (c == '<')
			buf_append_text(out, "&lt;");
		else if (c == '>')
			buf_append_text(out, "&gt;");
		else if (c == '"')
			buf_append_text(out, "&quot;");
		else if (c < ' ' && c != '\n' && c != '\t')
			buf_append_text(out, c == '\r' ? " " : "\xEF\xBF\xBD");
		else
			buf_append_byte(out, *text);
	}
}

/* A status has its colour everywhere; anything else one by its place. */
static const char *picture_class(const struct report_page *page, const char *name, size_t place)
{
	static const char *const known[] = {"implemented", "in_progress", "continuing", "not_started", "proposed", "closed",
	    "overtaken", "not_applicable"};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(known[i], name) == 0)
			return arena_printf(page->arena, "s-%s", name);
	return arena_printf(page->arena, "c-%zu", place % 4);
}

static const char *picture_number(const struct report_page *page, const json_t *value, const char *unit)
{
	const char *number = json_is_real(value) ? phrase_amount(page->arena, page->language,
	    arena_printf(page->arena, "%.2f", json_real_value(value)), "") :
	    phrase_number(page->arena, page->language, json_integer_value(value));

	return *unit == '\0' ? number : arena_printf(page->arena, "%s %s", number, unit);
}

/* Drawn from left to right in every language: in a page from right to left "end" would be the other end of a label. */
static void picture_open(struct report_page *page, const json_t *picture, int height)
{
	buf_printf(page->out, "<figure>\n<svg role=\"img\" aria-labelledby=\"picture-%zu-title picture-%zu-words\" viewBox=\"0 0 %d %d\" direction=\"ltr\" "
	    "xmlns=\"http://www.w3.org/2000/svg\">\n<title id=\"picture-%zu-title\">", page->pictures, page->pictures,
	    PICTURE_WIDTH, height, page->pictures);
	picture_text(page->out, report_say(page->language, json_text_of(picture, "title")));
	buf_printf(page->out, "</title>\n<desc id=\"picture-%zu-words\">", page->pictures);
}

static void picture_label(struct report_page *page, int x, int y, const char *anchor, const char *text)
{
	buf_printf(page->out, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">", x, y, anchor);
	picture_text(page->out, text);
	buf_append_text(page->out, "</text>\n");
}

#define PICTURE_KEY 152 /* across, of one name of the legend */

/* What a legend adds to a picture's height. */
static int picture_keys_height(const json_t *names)
{
	return ((int)json_object_size(names) * PICTURE_KEY + PICTURE_WIDTH - 1) / PICTURE_WIDTH * 20;
}

/* What each colour means, under the picture. */
static void picture_keys(struct report_page *page, const json_t *names, int top)
{
	const char *name;
	json_t *place;
	int n = 0;

	json_object_foreach((json_t *)(uintptr_t)names, name, place) {
		int x = n * PICTURE_KEY % (PICTURE_WIDTH / PICTURE_KEY * PICTURE_KEY), y = top + n / (PICTURE_WIDTH / PICTURE_KEY) * 20;

		buf_printf(page->out, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"12\" height=\"12\"/>",
		    picture_class(page, name, (size_t)json_integer_value(place)), x, y + 4);
		picture_label(page, x + 18, y + 14, "start", phrase_word(page->arena, page->language, name));
		n++;
	}
}

static void picture_close(struct report_page *page, const char *caption)
{
	buf_append_text(page->out, "</svg>\n<figcaption>");
	picture_text(page->out, caption);
	buf_append_text(page->out, "</figcaption>\n</figure>\n");
}

/* The names of all parts of a series, each with its place in the order of appearance. */
static json_t *picture_names(const json_t *series)
{
	json_t *names = json_object(), *value;
	const json_t *one;
	const char *name;
	size_t i;

	json_array_foreach(series, i, one)
		json_object_foreach(json_object_get(one, "parts"), name, value)
			if (json_object_get(names, name) == NULL)
				json_object_set_new(names, name, json_integer((json_int_t)json_object_size(names)));
	return names;
}

static double picture_sum(const json_t *one)
{
	const char *name;
	double sum = 0;
	json_t *value;

	json_object_foreach(json_object_get(one, "parts"), name, value)
		sum += json_number_value(value);
	return sum;
}

/* The highest of all parts, or of their sums. */
static double picture_most(const json_t *series, bool stacked)
{
	const json_t *one;
	const char *name;
	double most = 0;
	json_t *value;
	size_t i;

	json_array_foreach(series, i, one) {
		if (stacked && picture_sum(one) > most)
			most = picture_sum(one);
		json_object_foreach(json_object_get(one, "parts"), name, value)
			if (!stacked && json_number_value(value) > most)
				most = json_number_value(value);
	}
	return most > 0 ? most : 1;
}

static void picture_parts_words(struct report_page *page, const json_t *series, const char *unit)
{
	const json_t *one;
	const char *name;
	json_t *value;
	size_t i;

	json_array_foreach(series, i, one) {
		picture_text(page->out, phrase_word(page->arena, page->language, json_text_of(one, "label")));
		buf_append_byte(page->out, ':');
		json_object_foreach(json_object_get(one, "parts"), name, value) {
			buf_append_byte(page->out, ' ');
			picture_text(page->out, phrase_word(page->arena, page->language, name));
			buf_printf(page->out, " %s;", picture_number(page, value, unit));
		}
		buf_append_byte(page->out, ' ');
	}
	buf_append_text(page->out, "</desc>\n");
}

const char *picture_caption(const struct report_page *page, const json_t *picture)
{
	const char *kind = json_text_of(picture, "kind"), *unit = json_text_of(picture, "unit");
	const char *title = report_say(page->language, json_text_of(picture, "title"));
	const char *now = phrase_date(page->arena, page->language, json_text_of(picture, "as_of"));
	int64_t left_out = json_integer_of(picture, "left_out");

	if (strcmp(kind, "curve") == 0)
		return arena_printf(page->arena, report_say(page->language, SAY("%s; the broken line is %s.")), title, now);
	if (strcmp(kind, "timeline") != 0)
		return *unit == '\0' ? title : arena_printf(page->arena, "%s, %s.", title, unit);
	title = arena_printf(page->arena, report_say(page->language,
	    SAY("Deadlines, from the planning date to the customary end; the broken line is %s.")), now);
	return left_out == 0 ? title : arena_printf(page->arena, report_say(page->language,
	    SAY("%s Not drawn: %s more; the table has them.")), title, phrase_number(page->arena, page->language, left_out));
}

/* One bar, its parts laid end to end. */
static void picture_bar(struct report_page *page, const json_t *one, const json_t *names, double most, int y)
{
	const char *label = phrase_word(page->arena, page->language, json_text_of(one, "label")), *name;
	double x = PICTURE_LEFT;
	json_t *value;

	picture_label(page, PICTURE_LEFT - 10, y + 14, "end", label);
	json_object_foreach(json_object_get(one, "parts"), name, value) {
		double width = json_number_value(value) * PICTURE_SPAN / most;
		size_t place = (size_t)json_integer_value(json_object_get(names, name));

		buf_printf(page->out, "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"18\"><title>",
		    picture_class(page, name, place), x, y, width > 2 ? width - 1 : 1.0);
		picture_text(page->out, arena_printf(page->arena, "%s, %s: %s", label,
		    phrase_word(page->arena, page->language, name), picture_number(page, value, "")));
		buf_append_text(page->out, "</title></rect>\n");
		x += width;
	}
	picture_label(page, (int)x + 6, y + 14, "start", phrase_number(page->arena, page->language, (int64_t)picture_sum(one)));
}

static void picture_bars(struct report_page *page, const json_t *picture, const json_t *series)
{
	json_t *names = picture_names(series);
	double most = picture_most(series, true);
	int bottom = (int)json_array_size(series) * PICTURE_ROW + 8;
	const json_t *one;
	size_t i;

	picture_open(page, picture, bottom + picture_keys_height(names));
	picture_parts_words(page, series, "");
	json_array_foreach(series, i, one)
		picture_bar(page, one, names, most, 4 + (int)i * PICTURE_ROW);
	picture_keys(page, names, bottom);
	picture_close(page, picture_caption(page, picture));
	json_decref(names);
}

/* A round number near a quarter of the most: 1, 2 or 5 with noughts. */
static double picture_step(double most)
{
	double step = 1;

	while (step * 10 * 4 <= most)
		step *= 10;
	if (step * 5 * 4 <= most)
		return step * 5;
	return step * 2 * 4 <= most ? step * 2 : step;
}

/* Lines across with their numbers. */
static void picture_scale(struct report_page *page, double most)
{
	double step = picture_step(most);

	for (double at = 0; at <= most; at += step) {
		int y = PICTURE_TALL - (int)(at * (PICTURE_TALL - 20) / most);

		buf_printf(page->out, "<line class=\"grid\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", PICTURE_LEFT, y,
		    PICTURE_LEFT + PICTURE_SPAN, y);
		picture_label(page, PICTURE_LEFT - 10, y + 4, "end", phrase_number(page->arena, page->language, (int64_t)at));
	}
}

static void picture_column(struct report_page *page, const json_t *one, const json_t *names, double most, double left, double width)
{
	size_t count = json_object_size(names);
	const char *name;
	json_t *value;

	json_object_foreach(json_object_get(one, "parts"), name, value) {
		size_t place = (size_t)json_integer_value(json_object_get(names, name));
		double height = json_number_value(value) * (PICTURE_TALL - 20) / most;

		buf_printf(page->out, "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>",
		    picture_class(page, name, place), left + (double)place * width / (double)count, PICTURE_TALL - height,
		    width / (double)count - 1, height > 0.5 ? height : 0.5);
		picture_text(page->out, arena_printf(page->arena, "%s, %s: %s", json_text_of(one, "label"),
		    phrase_word(page->arena, page->language, name), picture_number(page, value, "")));
		buf_append_text(page->out, "</title></rect>\n");
	}
}

static void picture_columns(struct report_page *page, const json_t *picture, const json_t *series)
{
	const char *unit = json_text_of(picture, "unit");
	json_t *names = picture_names(series);
	double most = picture_most(series, false), each = (double)PICTURE_SPAN / (double)json_array_size(series);
	size_t every = json_array_size(series) / 12 + 1, i;
	const json_t *one;

	if (each > 90)
		each = 90;
	picture_open(page, picture, PICTURE_TALL + PICTURE_FOOT + picture_keys_height(names));
	picture_parts_words(page, series, unit);
	picture_scale(page, most);
	json_array_foreach(series, i, one) {
		double left = PICTURE_LEFT + 8 + each * (double)i;

		picture_column(page, one, names, most, left, each * 0.8);
		if (i % every == 0)
			picture_label(page, (int)(left + each * 0.4), PICTURE_TALL + 18, "middle", json_text_of(one, "label"));
	}
	picture_keys(page, names, PICTURE_TALL + PICTURE_FOOT - 8);
	picture_close(page, picture_caption(page, picture));
	json_decref(names);
}

/* Days from one end to the other of a picture. */
struct picture_span {
	struct day from, to;
};

static bool picture_day(const json_t *one, const char *key, struct day *ret)
{
	return date_parse(slice_of(json_text_of(one, key)), ret, NULL) == 0;
}

static void picture_widen(struct picture_span *span, const json_t *one, const char *key)
{
	struct day day;

	if (!picture_day(one, key, &day))
		return;
	span->from.n = day.n < span->from.n ? day.n : span->from.n;
	span->to.n = day.n > span->to.n ? day.n : span->to.n;
}

static struct picture_span picture_measure(const json_t *picture, const json_t *series)
{
	struct picture_span span = {{INT32_MAX}, {INT32_MIN}};
	const json_t *one;
	size_t i;

	json_array_foreach(series, i, one) {
		picture_widen(&span, one, "from");
		picture_widen(&span, one, "to");
		picture_widen(&span, one, "on");
	}
	picture_widen(&span, picture, "as_of");
	span.from.n -= 31;
	span.to.n += 31;
	return span;
}

static int picture_x(const struct picture_span *span, struct day day)
{
	return PICTURE_LEFT + (int)((int64_t)(day.n - span->from.n) * PICTURE_SPAN / (span->to.n - span->from.n));
}

static void picture_years(struct report_page *page, const struct picture_span *span, int top, int bottom, int label)
{
	int first = date_to_civil(span->from).year + 1, last = date_to_civil(span->to).year;
	int step = (last - first) / 8 + 1;

	for (int year = first; year <= last; year += step) {
		struct day day;
		int x;

		if (!date_from_civil((struct civil){year, 1, 1}, &day))
			continue;
		x = picture_x(span, day);
		buf_printf(page->out, "<line class=\"grid\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", x, top, x, bottom);
		picture_label(page, x, label, "middle", arena_printf(page->arena, "%d", year));
	}
}

static void picture_now(struct report_page *page, const struct picture_span *span, const json_t *picture, int top, int bottom)
{
	struct day day;

	if (picture_day(picture, "as_of", &day))
		buf_printf(page->out, "<line class=\"now\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", picture_x(span, day), top,
		    picture_x(span, day), bottom);
}

static const char *picture_window(const struct report_page *page, const json_t *one)
{
	const char *from = json_text_of(one, "from"), *to = json_text_of(one, "to"), *timely = json_text_of(one, "timeliness");

	return arena_printf(page->arena, "%s: %s – %s, %s%s%s", json_text_of(one, "label"), phrase_date(page->arena, page->language, from),
	    phrase_date(page->arena, page->language, to), phrase_word(page->arena, page->language, json_text_of(one, "status")),
	    *timely ? ", " : "", phrase_word(page->arena, page->language, timely));
}

static void picture_timeline(struct report_page *page, const json_t *picture, const json_t *series)
{
	struct picture_span span = picture_measure(picture, series);
	int bottom = (int)json_array_size(series) * PICTURE_ROW + 26;
	const json_t *one;
	struct day from, to;
	size_t i;

	picture_open(page, picture, bottom + 4);
	json_array_foreach(series, i, one)
		picture_text(page->out, arena_printf(page->arena, "%s. ", picture_window(page, one)));
	buf_append_text(page->out, "</desc>\n");
	picture_years(page, &span, 18, bottom, 12);
	json_array_foreach(series, i, one) {
		int y = 24 + (int)i * PICTURE_ROW;

		if (!picture_day(one, "from", &from) || !picture_day(one, "to", &to))
			continue;
		picture_label(page, PICTURE_LEFT - 10, y + 13, "end", json_text_of(one, "label"));
		buf_printf(page->out, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"16\" rx=\"3\"><title>",
		    picture_class(page, json_text_of(one, "status"), 0), picture_x(&span, from), y,
		    picture_x(&span, to) - picture_x(&span, from) + 6);
		picture_text(page->out, picture_window(page, one));
		buf_append_text(page->out, "</title></rect>\n");
		if (strcmp(json_text_of(one, "timeliness"), "overdue") == 0)
			buf_printf(page->out, "<text class=\"late\" x=\"%d\" y=\"%d\">%s</text>\n", picture_x(&span, to) + 10, y + 13,
			    report_say(page->language, SAY("overdue")));
	}
	picture_now(page, &span, picture, 18, bottom);
	picture_close(page, picture_caption(page, picture));
}

static int picture_rise(double n, double most)
{
	return PICTURE_TALL - (int)(n * (PICTURE_TALL - 20) / most);
}

/* Steps: a count stays until it changes. */
static void picture_steps(struct report_page *page, const struct picture_span *span, const json_t *picture, const json_t *series, double most)
{
	const json_t *one;
	struct day day;
	int y = PICTURE_TALL;
	size_t i;

	buf_printf(page->out, "<path class=\"curve\" d=\"M%d %d", PICTURE_LEFT, PICTURE_TALL);
	json_array_foreach(series, i, one) {
		if (!picture_day(one, "on", &day))
			continue;
		y = picture_rise((double)json_integer_of(one, "n"), most);
		buf_printf(page->out, "H%dV%d", picture_x(span, day), y);
	}
	if (picture_day(picture, "as_of", &day))
		buf_printf(page->out, "H%d", picture_x(span, day));
	buf_append_text(page->out, "\"/>\n");
}

static void picture_curve(struct report_page *page, const json_t *picture, const json_t *series)
{
	const json_t *threshold = json_object_get(picture, "threshold"), *one;
	int64_t needed = json_integer_of(threshold, "n");
	struct picture_span span = picture_measure(picture, series);
	double most = (double)needed;
	size_t i;

	json_array_foreach(series, i, one)
		most = (double)json_integer_of(one, "n") > most ? (double)json_integer_of(one, "n") : most;
	most = most > 0 ? most * 1.1 : 1;
	picture_open(page, picture, PICTURE_TALL + PICTURE_FOOT);
	json_array_foreach(series, i, one)
		picture_text(page->out, arena_printf(page->arena, "%s: %s. ",
		    phrase_date(page->arena, page->language, json_text_of(one, "on")),
		    phrase_number(page->arena, page->language, json_integer_of(one, "n"))));
	buf_append_text(page->out, "</desc>\n");
	picture_scale(page, most);
	picture_years(page, &span, 20, PICTURE_TALL, PICTURE_TALL + 18);
	if (needed > 0) {
		int y = picture_rise((double)needed, most);

		buf_printf(page->out, "<line class=\"threshold\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", PICTURE_LEFT, y,
		    PICTURE_LEFT + PICTURE_SPAN, y);
		picture_label(page, PICTURE_LEFT + 6, y - 6, "start", arena_printf(page->arena, report_say(page->language, SAY("%s: %s")),
		    report_say(page->language, json_text_of(threshold, "label")), phrase_number(page->arena, page->language, needed)));
	}
	picture_steps(page, &span, picture, series, most);
	picture_now(page, &span, picture, 20, PICTURE_TALL);
	picture_close(page, picture_caption(page, picture));
}

void picture_svg(struct report_page *page, const json_t *picture)
{
	const char *kind = json_text_of(picture, "kind");
	const json_t *series = json_object_get(picture, "series");

	if (json_array_size(series) == 0)
		return;
	page->pictures++;
	if (strcmp(kind, "bars") == 0)
		picture_bars(page, picture, series);
	else if (strcmp(kind, "columns") == 0)
		picture_columns(page, picture, series);
	else if (strcmp(kind, "timeline") == 0)
		picture_timeline(page, picture, series);
	else if (strcmp(kind, "curve") == 0)
		picture_curve(page, picture, series);
}
