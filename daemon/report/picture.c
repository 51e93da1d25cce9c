/* The frame of every picture: its title and its words, its labels, its legend and its scale. */
#include <string.h>

#include "base/json.h"
#include "base/utf8.h"
#include "phrase.h"
#include "picture_part.h"

#define PICTURE_GAP 34 /* between a name of the legend and the colour of the next */

/* The statuses in their order. White upon a colour, and a colour upon white, are at 4.5 to 1. */
static const struct {
	const char *status;
	uint32_t colour;
} picture_statuses[] = {{"implemented", 0x1F7A4A}, {"in_progress", 0xA86400}, {"continuing", 0x2A76AB}, {"not_started", 0x697683},
    {"proposed", 0x35808A}, {"closed", 0x444D59}, {"overtaken", 0x7A5EA6}, {"not_applicable", 0x7D725A}};
#define PICTURE_STATUSES (sizeof picture_statuses / sizeof *picture_statuses)

uint32_t picture_colour(const char *name, size_t place)
{
	static const uint32_t others[] = {0x0B5C8F, 0xC07F0A, 0x1F7A4A, 0x7A5EA6};

	for (size_t i = 0; i < PICTURE_STATUSES; i++)
		if (strcmp(picture_statuses[i].status, name) == 0)
			return picture_statuses[i].colour;
	return others[place % (sizeof others / sizeof *others)];
}

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

/* Drawn from left to right in every language: in a page from right to left "end" would be the other end of a label. */
void picture_open(struct report_page *page, const json_t *picture, int height)
{
	buf_printf(page->out, "<figure>\n<svg role=\"img\" aria-labelledby=\"picture-%zu-title picture-%zu-words\" viewBox=\"0 0 %d %d\" direction=\"ltr\" "
	    "xmlns=\"http://www.w3.org/2000/svg\">\n<title id=\"picture-%zu-title\">", page->pictures, page->pictures,
	    PICTURE_WIDTH, height, page->pictures);
	picture_text(page->out, report_say(page->language, json_text_of(picture, "title")));
	buf_printf(page->out, "</title>\n<desc id=\"picture-%zu-words\">", page->pictures);
}

void picture_close(struct report_page *page, const char *caption)
{
	buf_append_text(page->out, "</svg>\n<figcaption>");
	picture_text(page->out, caption);
	buf_append_text(page->out, "</figcaption>\n</figure>\n");
}

void picture_label(struct report_page *page, int x, int y, const char *anchor, const char *class, const char *text)
{
	int across = (int)utf8_columns(slice_of(text)) * PICTURE_LETTER;

	/* What may lie upon a line gets the page under it. */
	if (class != NULL && strcmp(class, "in") != 0)
		buf_printf(page->out, "<rect fill=\"#ffffff\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"14\"/>",
		    strcmp(anchor, "end") == 0 ? x - across - 2 : x - 2, y - 11, across + 4);
	buf_append_text(page->out, "<text");
	if (class != NULL)
		buf_printf(page->out, " class=\"%s\"", class);
	buf_printf(page->out, " x=\"%d\" y=\"%d\" text-anchor=\"%s\">", x, y, anchor);
	picture_text(page->out, text);
	buf_append_text(page->out, "</text>\n");
}

void picture_line(struct report_page *page, const char *class, int x1, int y1, int x2, int y2)
{
	buf_printf(page->out, "<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", class, x1, y1, x2, y2);
}

/* --- The legend ------------------------------------------------------------------------------ */

static void picture_name(json_t *names, const char *name)
{
	if (json_object_get(names, name) == NULL)
		json_object_set_new(names, name, json_integer((json_int_t)json_object_size(names)));
}

static bool picture_has(const json_t *series, const char *name)
{
	const json_t *one;
	size_t i;

	json_array_foreach(series, i, one)
		if (json_object_get(json_object_get(one, "parts"), name) != NULL)
			return true;
	return false;
}

json_t *picture_names(const json_t *series)
{
	json_t *names = json_object(), *value;
	const json_t *one;
	const char *name;
	size_t i;

	for (i = 0; i < PICTURE_STATUSES; i++)
		if (picture_has(series, picture_statuses[i].status))
			picture_name(names, picture_statuses[i].status);
	json_array_foreach(series, i, one)
		json_object_foreach(json_object_get(one, "parts"), name, value)
			picture_name(names, name);
	return names;
}

/* Names side by side, as many lines as they need; where nothing is drawn, only the height of it is found. */
static int picture_keys_walk(struct report_page *page, const json_t *names, int top, bool drawn)
{
	const char *name;
	json_t *place;
	int x = 0, y = top;

	json_object_foreach((json_t *)(uintptr_t)names, name, place) {
		const char *word = phrase_word(page->arena, page->language, name);
		int across = 18 + (int)utf8_columns(slice_of(word)) * PICTURE_LETTER;

		if (x > 0 && x + across > PICTURE_WIDTH) {
			x = 0;
			y += 20;
		}
		if (drawn) {
			buf_printf(page->out, "<rect fill=\"#%06x\" x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" rx=\"2\"/>",
			    picture_colour(name, (size_t)json_integer_value(place)), x, y + 4);
			picture_label(page, x + 18, y + 14, "start", NULL, word);
		}
		x += across + PICTURE_GAP;
	}
	return y - top + 24;
}

int picture_keys_height(struct report_page *page, const json_t *names)
{
	return picture_keys_walk(page, names, 0, false);
}

void picture_keys(struct report_page *page, const json_t *names, int top)
{
	(void)picture_keys_walk(page, names, top, true);
}

/* --- The scale ------------------------------------------------------------------------------- */

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

struct picture_scale picture_scale_for(struct report_page *page, double most)
{
	struct picture_scale scale = {.step = picture_step(most)};

	while (scale.most < most || scale.most == 0)
		scale.most += scale.step;
	scale.left = 20 + PICTURE_LETTER * (int)strlen(phrase_number(page->arena, NULL, (int64_t)scale.most));
	return scale;
}

int picture_scale_y(const struct picture_scale *scale, double n)
{
	return PICTURE_TALL - (int)(n * (PICTURE_TALL - 20) / scale->most);
}

void picture_scale_draw(struct report_page *page, const struct picture_scale *scale)
{
	for (double at = 0; at <= scale->most; at += scale->step) {
		int y = picture_scale_y(scale, at);

		picture_line(page, "grid", scale->left, y, PICTURE_RIGHT, y);
		picture_label(page, scale->left - 10, y + 4, "end", NULL, phrase_number(page->arena, page->language, (int64_t)at));
	}
}

/* --- All of them ------------------------------------------------------------------------------ */

const char *picture_caption(const struct report_page *page, const json_t *picture)
{
	const char *kind = json_text_of(picture, "kind"), *unit = json_text_of(picture, "unit");
	const char *title = report_say(page->language, json_text_of(picture, "title"));
	const char *now = phrase_date(page->arena, page->language, json_text_of(picture, "as_of"));
	int64_t left_out = json_integer_of(picture, "left_out");

	if (strcmp(kind, "curve") == 0)
		return arena_printf(page->arena, report_say(page->language, SAY("%s; the broken line is %s.")), title, now);
	if (strcmp(kind, "timeline") != 0)
		return *unit == '\0' ? title : arena_printf(page->arena, "%s, %s", title, unit);
	title = arena_printf(page->arena, report_say(page->language,
	    SAY("Deadlines, from the planning date to the customary end; the broken line is %s.")), now);
	return left_out == 0 ? title : arena_printf(page->arena, report_say(page->language,
	    SAY("%s Not drawn: %s more; the table has them.")), title, phrase_number(page->arena, page->language, left_out));
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
