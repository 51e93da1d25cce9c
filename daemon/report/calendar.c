#include "calendar.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/json.h"
#include "event.h"
#include "phrase.h"
#include "picture.h"

struct calendar {
	struct arena *arena;
	const json_t *model;
	struct buf *out;
};

typedef void calendar_write_fn(const struct calendar *calendar);

/* The words of an event: "slot", "forecast confirmed"; done and missed in words, never in colour alone. */
static const char *calendar_event(const struct calendar *calendar, const json_t *row)
{
	return arena_printf(calendar->arena, "%s%s", phrase_word(calendar->arena, NULL, json_text_of(row, "event")),
	    json_flag_of(row, "done")     ? " (done)"
	    : json_flag_of(row, "missed") ? " (missed)"
	                                  : "");
}

static const char *calendar_asked(const struct calendar *calendar, const json_t *row)
{
	const char *names = "";
	const json_t *one;
	size_t i;

	json_array_foreach (json_member(row, "addressees"), i, one)
		if (strcmp(json_text_of(one, "role"), "consulted") != 0)
			names = arena_printf(calendar->arena, "%s%s%s", names, *names != '\0' ? "; " : "", json_text_of(one, "text"));
	return names;
}

static const char *calendar_what(const json_t *row)
{
	const char *action = json_text_of(row, "action");

	return *action != '\0' ? action : json_text_of(row, "kind");
}

/* "July 2005" of "2005-07-29". */
static const char *calendar_month(const struct calendar *calendar, const char *iso)
{
	struct civil civil;
	struct day day;

	if (date_parse(slice_of(iso), &day, NULL) != 0)
		return iso;
	civil = date_to_civil(day);
	return arena_printf(calendar->arena, "%s %d", date_month_name(civil.month), civil.year);
}

static const char *calendar_title(const struct calendar *calendar)
{
	return arena_printf(calendar->arena, "What falls due from %s to %s",
	    phrase_date(calendar->arena, NULL, json_text_of(calendar->model, "from")),
	    phrase_date(calendar->arena, NULL, json_text_of(calendar->model, "until")));
}

static bool calendar_new_month(const json_t *rows, size_t i)
{
	return i == 0 || strncmp(json_text_of(json_array_get(rows, i - 1), "on"), json_text_of(json_array_get(rows, i), "on"), 7) != 0;
}

static void calendar_text(const struct calendar *calendar)
{
	const json_t *rows = json_member(calendar->model, "rows"), *row;
	size_t i;

	buf_printf(calendar->out, "%s, as of %s\n", calendar_title(calendar),
	    phrase_date(calendar->arena, NULL, json_text_of(calendar->model, "as_of")));
	json_array_foreach (rows, i, row) {
		if (calendar_new_month(rows, i))
			buf_printf(calendar->out, "\n%s\n", calendar_month(calendar, json_text_of(row, "on")));
		buf_printf(calendar->out, "  %s  %-26s %s  %s\n", json_text_of(row, "on"), calendar_event(calendar, row),
		    json_text_of(row, "reference"), calendar_asked(calendar, row));
		buf_printf(calendar->out, "%14s%s\n", "", calendar_what(row));
	}
	if (json_array_size(rows) == 0)
		buf_append_text(calendar->out, "\nNothing.\n");
}

static const char calendar_style[] =
    "body{margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1b2733;font:16px/1.5 \"Source Sans 3\",Roboto,Arial,sans-serif}\n"
    "h1{font-size:1.6rem}table{border-collapse:collapse;width:100%;margin:1.5rem 0}caption{text-align:left;font-size:1.2rem;font-weight:600;color:#0b5c8f}\n"
    "th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #d5dde5;font-weight:400}\n"
    "thead th{color:#4a5a6a}tbody th{white-space:nowrap;font-variant-numeric:tabular-nums}.missed{color:#a8201a;font-weight:600}.done{color:#1d6b3a}\n"
    "@media print{@page{margin:2cm}tr{break-inside:avoid}}\n";

static void calendar_cell(const struct calendar *calendar, const char *name, const char *text)
{
	buf_printf(calendar->out, "<td%s>", name);
	picture_text(calendar->out, text);
	buf_append_text(calendar->out, "</td>");
}

static void calendar_html_row(const struct calendar *calendar, const json_t *row)
{
	buf_append_text(calendar->out, "<tr><th scope=\"row\">");
	picture_text(calendar->out, phrase_date(calendar->arena, NULL, json_text_of(row, "on")));
	buf_append_text(calendar->out, "</th>");
	calendar_cell(calendar, json_flag_of(row, "done") ? " class=\"done\"" : json_flag_of(row, "missed") ? " class=\"missed\"" : "",
	    calendar_event(calendar, row));
	calendar_cell(calendar, "", json_text_of(row, "reference"));
	calendar_cell(calendar, "", calendar_asked(calendar, row));
	calendar_cell(calendar, "", calendar_what(row));
	calendar_cell(calendar, "", json_text_of(json_member(row, "owner"), "name"));
	buf_append_text(calendar->out, "</tr>\n");
}

static void calendar_html(const struct calendar *calendar)
{
	const json_t *rows = json_member(calendar->model, "rows"), *row;
	struct buf *out = calendar->out;
	size_t i;

	buf_append_text(out, "<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<meta charset=\"utf-8\"/>\n"
	    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>");
	picture_text(out, calendar_title(calendar));
	buf_printf(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<main>\n<h1>%s</h1>\n<p>As of %s</p>\n", calendar_style,
	    calendar_title(calendar), phrase_date(calendar->arena, NULL, json_text_of(calendar->model, "as_of")));
	json_array_foreach (rows, i, row) {
		if (calendar_new_month(rows, i))
			buf_printf(out, "%s<table>\n<caption>%s</caption>\n<thead><tr><th scope=\"col\">Day</th><th scope=\"col\">What</th><th scope=\"col\">Obligation</th>"
			    "<th scope=\"col\">Asked</th><th scope=\"col\">To do</th><th scope=\"col\">Owner</th></tr></thead>\n<tbody>\n",
			    i > 0 ? "</tbody>\n</table>\n" : "", calendar_month(calendar, json_text_of(row, "on")));
		calendar_html_row(calendar, row);
	}
	buf_append_text(out, json_array_size(rows) > 0 ? "</tbody>\n</table>\n" : "<p>Nothing.</p>\n");
	buf_append_text(out, "</main>\n</body>\n</html>\n");
}

static void calendar_ics(const struct calendar *calendar)
{
	const json_t *row;
	size_t i;

	event_begin(calendar->out, "", false);
	json_array_foreach (json_member(calendar->model, "rows"), i, row) {
		const char *asked = calendar_asked(calendar, row), *why = json_text_of(row, "why");

		event_write(calendar->out, calendar->arena, &(struct event){
		    .reference = json_text_of(row, "reference"), .name = json_text_of(row, "event"), .on = json_text_of(row, "on"),
		    .stamp = json_text_of(calendar->model, "as_of"), .sequence = json_integer_of(row, "version"),
		    .summary = arena_printf(calendar->arena, "%s: %s", calendar_event(calendar, row), json_text_of(row, "reference")),
		    .description = arena_printf(calendar->arena, "%s%s%s%s%s", asked, *asked != '\0' ? ": " : "", calendar_what(row),
		        *why != '\0' ? "\n" : "", why),
		    .category = json_text_of(row, "kind")});
	}
	event_end(calendar->out);
}

static void calendar_json(const struct calendar *calendar)
{
	char *text = json_dumps(calendar->model, JSON_INDENT(2) | JSON_SORT_KEYS);

	buf_append_text(calendar->out, text);
	buf_append_byte(calendar->out, '\n');
	free(text);
}

static const struct {
	const char *name, *type;
	calendar_write_fn *write;
} calendar_formats[] = {
    {"text", "text/plain; charset=utf-8", calendar_text},
    {"html", "text/html; charset=utf-8", calendar_html},
    {"ics", "text/calendar; charset=utf-8", calendar_ics},
    {"json", "application/json", calendar_json},
};
#define CALENDAR_FORMATS (sizeof calendar_formats / sizeof *calendar_formats)

const char *calendar_type(const char *format)
{
	for (size_t i = 0; i < CALENDAR_FORMATS; i++)
		if (strcmp(calendar_formats[i].name, format) == 0)
			return calendar_formats[i].type;
	return NULL;
}

int calendar_render(struct slice model, const char *format, struct buf *out, struct error *error)
{
	struct calendar calendar = {.arena = arena_new(), .out = out};
	json_t *json = NULL;
	int code = json_read(model, &json, error);

	if (code == 0 && !json_is_array(json_member(json, "rows")))
		code = error_set(error, E_INPUT, "bad_report", "a calendar has rows");
	calendar.model = json;
	for (size_t i = 0; code == 0 && i < CALENDAR_FORMATS; i++)
		if (strcmp(calendar_formats[i].name, format) == 0)
			calendar_formats[i].write(&calendar);
	json_decref(json);
	arena_free(calendar.arena);
	if (code == 0 && buf_failed(out))
		code = error_set(error, E_TOO_BIG, "too_big", "the calendar is over %zu MiB; use a narrower filter", out->max >> 20);
	return code;
}
