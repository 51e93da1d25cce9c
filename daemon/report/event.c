#include "event.h"

#include <string.h>

#include <libical/ical.h>

#include "base/date.h"

/* "2005-06-07T09:30:00.000000Z" or "2005-06-07" in the basic format. */
static struct icaltimetype event_time(struct arena *arena, const char *iso, bool day_only)
{
	char *text = arena_text(arena, slice_cut(slice_of(iso), 0, day_only ? 10 : 19)), *to = text;

	for (const char *from = text; *from != '\0'; from++)
		if (*from != '-' && *from != ':')
			*to++ = *from;
	*to = '\0';
	if (day_only)
		return icaltime_from_string(text);
	return icaltime_from_string(arena_printf(arena, "%s%s", text, strlen(text) > 8 ? "Z" : "T000000Z"));
}

static void event_component(struct buf *out, icalcomponent *component)
{
	char *text = icalcomponent_as_ical_string_r(component);

	buf_append_text(out, text);
	icalmemory_free_buffer(text);
	icalcomponent_free(component);
}

static void event_property(struct buf *out, icalproperty *property)
{
	char *text = icalproperty_as_ical_string_r(property);

	buf_append_text(out, text);
	icalmemory_free_buffer(text);
	icalproperty_free(property);
}

void event_begin(struct buf *out, const char *name, bool publish)
{
	buf_append_text(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Mandate//Deadlines//EN\r\nCALSCALE:GREGORIAN\r\n");
	if (publish)
		buf_append_text(out, "METHOD:PUBLISH\r\n");
	if (name != NULL && *name != '\0') {
		icalproperty *property = icalproperty_new_x(name);

		icalproperty_set_x_name(property, "X-WR-CALNAME");
		event_property(out, property);
	}
}

void event_end(struct buf *out)
{
	buf_append_text(out, "END:VCALENDAR\r\n");
}

/* An event or a to-do with its name; NULL where there is no such day. */
static icalcomponent *event_new(struct arena *arena, const struct event *event, icalcomponent_kind kind)
{
	struct day day;

	if (date_parse(slice_of(event->on), &day, NULL) != 0)
		return NULL;
	return icalcomponent_vanew(kind,
	    icalproperty_new_uid(arena_printf(arena, "%s/%s@mandate", event->reference, event->name)),
	    icalproperty_new_dtstamp(event_time(arena, event->stamp, false)), (void *)0);
}

/* The words of a component, which is then written and gone. */
static void event_finish(struct buf *out, icalcomponent *component, const struct event *event)
{
	icalcomponent_add_property(component, icalproperty_new_summary(event->summary));
	icalcomponent_add_property(component, icalproperty_new_description(event->description));
	if (event->category != NULL && *event->category != '\0')
		icalcomponent_add_property(component, icalproperty_new_categories(event->category));
	event_component(out, component);
}

void event_write(struct buf *out, struct arena *arena, const struct event *event)
{
	icalcomponent *component = event_new(arena, event, ICAL_VEVENT_COMPONENT);
	struct icaltimetype start = event_time(arena, event->on, true), end = start;

	if (component == NULL)
		return;
	icaltime_adjust(&end, 1, 0, 0, 0);
	icalcomponent_add_property(component, icalproperty_new_dtstart(start));
	icalcomponent_add_property(component, icalproperty_new_dtend(end));
	icalcomponent_add_property(component, icalproperty_new_sequence((int)event->sequence));
	icalcomponent_add_property(component, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
	icalcomponent_add_property(component, icalproperty_new_status(event->state == EVENT_CANCELLED ? ICAL_STATUS_CANCELLED :
	    event->state == EVENT_TENTATIVE ? ICAL_STATUS_TENTATIVE : ICAL_STATUS_CONFIRMED));
	event_finish(out, component, event);
}

void event_write_todo(struct buf *out, struct arena *arena, const struct event *event)
{
	static const icalproperty_status states[] = {[EVENT_OPEN] = ICAL_STATUS_NEEDSACTION, [EVENT_BEGUN] = ICAL_STATUS_INPROCESS,
	    [EVENT_DONE] = ICAL_STATUS_COMPLETED, [EVENT_CANCELLED] = ICAL_STATUS_CANCELLED,
	    [EVENT_TENTATIVE] = ICAL_STATUS_NEEDSACTION};
	icalcomponent *component = event_new(arena, event, ICAL_VTODO_COMPONENT);

	if (component == NULL)
		return;
	icalcomponent_add_property(component, icalproperty_new_due(event_time(arena, event->on, true)));
	icalcomponent_add_property(component, icalproperty_new_sequence((int)event->sequence));
	icalcomponent_add_property(component, icalproperty_new_status(states[event->state]));
	icalcomponent_add_property(component, icalproperty_new_percentcomplete(event->state == EVENT_DONE ? 100 : 0));
	if (event->state == EVENT_DONE && event->done_on != NULL && *event->done_on != '\0')
		icalcomponent_add_property(component, icalproperty_new_completed(event_time(arena, event->done_on, false)));
	event_finish(out, component, event);
}
