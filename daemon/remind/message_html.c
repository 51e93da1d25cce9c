/* A message as HTML: styles in the elements, nothing from outside, words where there is colour. */
#include "base/json.h"
#include "message.h"

#define FONT "font-family:'Source Sans 3',Roboto,Arial,sans-serif"
#define CELL "padding:2px 0;vertical-align:top;text-align:left;font-weight:400"
#define CODE "display:block;margin:4px 0 0;padding:8px 10px;background:#f0f4f7;border-radius:4px;font-family:monospace;font-size:14px;color:#1b2733;white-space:pre-wrap;word-break:break-word"

static void html_text(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++) {
		switch (*text) {
		case '&':
			buf_append_text(out, "&amp;");
			break;
		case '<':
			buf_append_text(out, "&lt;");
			break;
		case '>':
			buf_append_text(out, "&gt;");
			break;
		case '"':
			buf_append_text(out, "&quot;");
			break;
		default:
			buf_append_byte(out, *text);
		}
	}
}

/* One element with a style and a text. */
static void html_element(struct buf *out, const char *name, const char *style, const char *text)
{
	buf_printf(out, "<%s style=\"%s\">", name, style);
	html_text(out, text);
	buf_printf(out, "</%s>\n", name);
}

static void html_field(struct buf *out, const char *name, const char *value)
{
	if (*value == '\0')
		return;
	buf_append_text(out, "<tr><th scope=\"row\" style=\"" CELL ";color:#4a5a6a;padding-right:14px;white-space:nowrap\">");
	html_text(out, name);
	buf_append_text(out, "</th><td style=\"" CELL "\">");
	html_text(out, value);
	buf_append_text(out, "</td></tr>\n");
}

static void html_item(const struct message *message, size_t i, struct buf *out)
{
	const json_t *item = message->items[i];
	bool overdue = i < message->overdue;

	buf_printf(out, "<div style=\"margin:0 0 18px;padding:12px 16px;border:1px solid #d5dde5;border-left:4px solid %s;border-radius:4px\">\n",
	    overdue ? "#a8201a" : "#0b5c8f");
	buf_printf(out, "<h3 style=\"margin:0 0 8px;font-size:17px;line-height:1.35\"><span style=\"color:%s\">", overdue ? "#a8201a" : "#0b5c8f");
	html_text(out, message_heading(message, item));
	buf_append_text(out, "</span>: ");
	html_text(out, message_title(message, item));
	buf_append_text(out, "</h3>\n<table style=\"border-collapse:collapse;width:100%;font-size:15px;line-height:1.45\">\n");
	html_field(out, "Due", message_due(message, item));
	if (message_is_new(message, i)) {
		html_field(out, "Asked", message_asked(message, item));
		html_field(out, "In", message_source(message, item));
		html_field(out, "Last", message_last(message, item));
		html_field(out, "You are", message_part(message, item));
	} else {
		html_field(out, "In", arena_printf(message->arena, "%s, as above", message_place(message, item)));
	}
	buf_append_text(out, "</table>\n");
	html_element(out, "p", "margin:10px 0 0;font-size:14px;color:#4a5a6a", message_prompt(item));
	html_element(out, "code", CODE, message_command(message, item));
	buf_append_text(out, "</div>\n");
}

static void html_alarms(const struct message *message, struct buf *out)
{
	const json_t *alarm;
	size_t i;

	if (json_array_size(message->alarms) == 0)
		return;
	buf_append_text(out, "<div role=\"alert\" style=\"margin:0 0 18px;padding:12px 16px;background:#fdf1e3;border:1px solid #b8610b;border-radius:4px\">\n"
	    "<h2 style=\"margin:0 0 6px;font-size:17px\">The reminders themselves need you</h2>\n<ul style=\"margin:0;padding-left:20px\">\n");
	json_array_foreach (message->alarms, i, alarm)
		html_element(out, "li", "margin:0", json_is_string(alarm) ? json_string_value(alarm) : "");
	buf_append_text(out, "</ul>\n");
	html_element(out, "code", CODE, "mandate doctor");
	buf_append_text(out, "</div>\n");
}

static void html_letter(const struct message *message, struct buf *out)
{
	const json_t *paragraph;
	bool command;
	size_t i;

	json_array_foreach (message->paragraphs, i, paragraph) {
		const char *words = message_paragraph(paragraph, &command);

		html_element(out, command ? "pre" : "p", command ? "margin:0 0 12px 16px;white-space:pre-wrap" : "margin:0 0 12px", words);
	}
}

static void html_footer(const struct message *message, struct buf *out)
{
	const char *what, *command;

	buf_append_text(out, "<hr style=\"border:0;border-top:1px solid #d5dde5;margin:20px 0 12px\"/>\n");
	html_element(out, "p", "margin:0 0 8px;font-size:14px;color:#4a5a6a",
	    arena_printf(message->arena, "Sent by Mandate to %s (%s), who alone gets this message.", message->name, message->login));
	buf_append_text(out, "<table style=\"border-collapse:collapse;font-size:14px;color:#4a5a6a\">\n");
	for (size_t i = 0; (what = message_hint(message, i, &command)) != NULL; i++) {
		buf_append_text(out, "<tr><th scope=\"row\" style=\"" CELL ";padding-right:14px;white-space:nowrap\">");
		html_text(out, what);
		buf_append_text(out, "</th><td style=\"" CELL ";font-family:monospace;font-size:13px\">");
		html_text(out, command);
		buf_append_text(out, "</td></tr>\n");
	}
	buf_append_text(out, "</table>\n");
}

void message_html(const struct message *message, struct buf *out)
{
	buf_append_text(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
	    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>");
	html_text(out, message->subject);
	buf_append_text(out, "</title>\n</head>\n<body style=\"margin:0;padding:16px;background:#ffffff;color:#1b2733;font-size:16px;line-height:1.5;" FONT "\">\n"
	    "<div style=\"max-width:640px;margin:0 auto\">\n");
	if (message->exercise)
		html_element(out, "p", "margin:0 0 16px;padding:8px 12px;background:#1b2733;color:#ffffff;border-radius:4px", message_exercise(message));
	html_alarms(message, out);
	html_element(out, "h1", "margin:0 0 16px;font-size:20px;line-height:1.3", message->summary);
	html_letter(message, out);
	for (size_t i = 0; i < message->count; i++) {
		if (i == 0 && message->overdue > 0)
			html_element(out, "h2", "margin:0 0 8px;font-size:17px;color:#a8201a", "Overdue");
		else if (i == message->overdue)
			html_element(out, "h2", "margin:0 0 8px;font-size:17px;color:#0b5c8f", "Due soon");
		html_item(message, i, out);
	}
	html_footer(message, out);
	buf_append_text(out, "</div>\n</body>\n</html>\n");
}
