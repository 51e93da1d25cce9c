/* The days of a message as iCalendar, with the UIDs of the calendar that the service gives out. */
#include "base/json.h"
#include "message.h"
#include "report/event.h"

void message_calendar(const struct message *message, const char *created_at, struct buf *out)
{
	event_begin(out, "", true);
	for (size_t i = 0; i < message->count; i++) {
		const json_t *item = message->items[i];

		event_write(out, message->arena, &(struct event){
		    .reference = json_text_of(item, "reference"), .name = json_text_of(item, "milestone"), .on = json_text_of(item, "due_on"),
		    .stamp = created_at, .sequence = json_integer_of(item, "version"),
		    .summary = arena_printf(message->arena, "%s: %s (%s)", message_label(message, item), message_title(message, item),
		        message_place(message, item)),
		    .description = arena_printf(message->arena, "%s\n%s\nWhen it is done: %s", message_asked(message, item),
		        json_text_of(item, "because"), message_command(message, item))});
	}
	event_end(out);
}
