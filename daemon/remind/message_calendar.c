/* The days of a message as iCalendar, RFC 5545. The UID stays while an event moves, and is the one
 * of the calendar that the service gives out. */
#include <libical/ical.h>

#include "base/json.h"
#include "message.h"

/* "2005-06-07T09:30:00.000000Z" or "2005-06-07" in the basic format. */
static struct icaltimetype calendar_time(const struct message *message, const char *iso)
{
	char *text = arena_text(message->arena, slice_of(iso)), *to = text;

	for (const char *from = text; *from != '\0' && *from != '.'; from++)
		if (*from != '-' && *from != ':')
			*to++ = *from;
	*to = '\0';
	return icaltime_from_string(arena_printf(message->arena, "%s%s", text, to - text > 8 ? "Z" : ""));
}

static icalcomponent *calendar_event(const struct message *message, const json_t *item, struct icaltimetype stamp)
{
	struct icaltimetype start = calendar_time(message, json_text_of(item, "due_on")), end = start;

	icaltime_adjust(&end, 1, 0, 0, 0);
	return icalcomponent_vanew(ICAL_VEVENT_COMPONENT,
	    icalproperty_new_uid(arena_printf(message->arena, "%s/%s@mandate", json_text_of(item, "reference"), json_text_of(item, "milestone"))),
	    icalproperty_new_dtstamp(stamp), icalproperty_new_dtstart(start), icalproperty_new_dtend(end),
	    icalproperty_new_sequence((int)json_integer_of(item, "version")), icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT),
	    icalproperty_new_status(ICAL_STATUS_CONFIRMED),
	    icalproperty_new_summary(arena_printf(message->arena, "%s: %s (%s)", message_label(message, item), message_title(message, item),
	        message_place(message, item))),
	    icalproperty_new_description(arena_printf(message->arena, "%s\n%s\nWhen it is done: %s", message_asked(message, item),
	        json_text_of(item, "because"), message_command(message, item))),
	    (void *)0);
}

void message_calendar(const struct message *message, const char *created_at, struct buf *out)
{
	icalcomponent *whole = icalcomponent_vanew(ICAL_VCALENDAR_COMPONENT, icalproperty_new_version("2.0"),
	    icalproperty_new_prodid("-//Mandate//Reminders//EN"), icalproperty_new_calscale("GREGORIAN"),
	    icalproperty_new_method(ICAL_METHOD_PUBLISH), (void *)0);
	struct icaltimetype stamp = calendar_time(message, created_at);
	char *text;

	for (size_t i = 0; i < message->count; i++)
		icalcomponent_add_component(whole, calendar_event(message, message->items[i], stamp));
	text = icalcomponent_as_ical_string_r(whole);
	buf_append_text(out, text);
	icalmemory_free_buffer(text);
	icalcomponent_free(whole);
}
