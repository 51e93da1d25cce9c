/* The dated obligations of a report as a calendar: of all-day events, or of to-dos. */
#include <string.h>

#include "base/json.h"
#include "event.h"
#include "model.h"
#include "phrase.h"

typedef void ical_write_fn(struct buf *out, struct arena *arena, const struct event *event);

static bool ical_has(const struct report_page *page, const char *name)
{
	for (size_t i = 0; i < page->head->count; i++)
		if (strcmp(page->head->columns[i]->name, name) == 0)
			return true;
	return false;
}

static void ical_begin(struct report_page *page)
{
	if (!ical_has(page, "reference") || !ical_has(page, "due_end")) {
		(void)error_set(page->error, E_INPUT, "no_calendar",
		    "the report \"%s\" has no deadlines of obligations, and a calendar is made of them; take another format, or a report such as due or status",
		    page->head->report);
		return;
	}
	event_begin(page->out, phrase_title(page), false);
}

static enum event_state ical_state(const json_t *row)
{
	const char *status = json_text_of(row, "status");
	const json_t *live = json_object_get(row, "live");

	if (strcmp(status, "implemented") == 0)
		return EVENT_DONE;
	if (phrase_status_is_done(status))
		return EVENT_CANCELLED;
	if (live != NULL && json_is_false(live))
		return EVENT_TENTATIVE;
	return strcmp(status, "in_progress") == 0 || strcmp(status, "continuing") == 0 ? EVENT_BEGUN : EVENT_OPEN;
}

static const char *ical_value(const struct report_page *page, const json_t *row, const char *name)
{
	return field_prose(page->arena, page->language, field_find(slice_of(name)), json_object_get(row, name));
}

/* Whom, what, and how the day was found, one a line. */
static const char *ical_description(const struct report_page *page, const json_t *row, const char *why)
{
	const char *who = ical_value(page, row, "addressees"), *what = ical_value(page, row, "action");
	const char *status = ical_value(page, row, "status");

	if (*what == '\0')
		what = ical_value(page, row, "text");
	return arena_printf(page->arena, "%s%s%s%s%s%s%s", who, *who ? ": " : "", what, *status ? "\n" : "", status, *why ? "\n" : "", why);
}

static void ical_day(struct report_page *page, const json_t *row, const char *name, const char *on, const char *done_on,
    const char *why, ical_write_fn *write)
{
	const char *reference = json_text_of(row, "reference");
	enum event_state state = ical_state(row);
	struct event event;

	if (*on == '\0' && *done_on == '\0')
		return;
	if (*done_on != '\0')
		state = EVENT_DONE;
	event = (struct event){
	    .reference = reference,
	    .name = name,
	    .on = *done_on ? done_on : on,
	    .stamp = page->head->known_at,
	    .done_on = *done_on ? done_on : state == EVENT_DONE ? json_text_of(row, "status_since") : "",
	    .sequence = json_integer_of(row, "updates"),
	    .state = state,
	    .summary = arena_printf(page->arena, state == EVENT_DONE ? "%s (%s): %s" : "%s%.0s: %s",
	        phrase_word(page->arena, page->language, name), phrase_word(page->arena, page->language, "done"), reference),
	    .description = ical_description(page, row, why),
	    .category = ical_value(page, row, "kind"),
	};
	write(page->out, page->arena, &event);
}

static void ical_days(struct report_page *page, const json_t *row, ical_write_fn *write)
{
	bool done = phrase_status_is_done(json_text_of(row, "status"));
	const json_t *stone;
	size_t i;

	if (*json_text_of(row, "reference") == '\0')
		return;
	json_array_foreach(json_object_get(row, "milestones"), i, stone) {
		const char *name = json_text_of(stone, "name");

		/* The deadline is the customary end; after it there is nothing to plan. A step that nobody recorded is not
		 * done because the whole is, and is not to be taken any more. */
		if (strcmp(name, "customary end") != 0 && strcmp(name, "legal end") != 0 && (!done || *json_text_of(stone, "done_on") != '\0'))
			ical_day(page, row, name, json_text_of(stone, "on"), json_text_of(stone, "done_on"), json_text_of(stone, "why"), write);
	}
	if (*json_text_of(row, "due_end") != '\0')
		ical_day(page, row, "deadline", json_text_of(row, "due_end"),
		    ical_state(row) == EVENT_DONE ? json_text_of(row, "status_since") : "", json_text_of(row, "due_why"), write);
	if (!done)
		ical_day(page, row, "review", json_text_of(row, "review_on"), "", "", write);
}

static void ical_row(struct report_page *page, const json_t *row)
{
	ical_days(page, row, event_write);
}

static void ical_row_todo(struct report_page *page, const json_t *row)
{
	ical_days(page, row, event_write_todo);
}

static void ical_end(struct report_page *page, int64_t rows)
{
	(void)rows;
	event_end(page->out);
}

const struct report_writer report_ics = {.begin = ical_begin, .row = ical_row, .end = ical_end};
const struct report_writer report_todo = {.begin = ical_begin, .row = ical_row_todo, .end = ical_end};
