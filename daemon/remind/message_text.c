/* A message as plain text, in 72 columns. */
#include <string.h>

#include "base/json.h"
#include "message.h"

#define COLUMNS 72
#define FIELD 11 /* where a field's value begins */

/* How many columns; one for each character is near enough here. */
static size_t text_width(struct slice text)
{
	size_t width = 0;

	for (size_t i = 0; i < text.len; i++)
		width += ((unsigned char)text.at[i] & 0xc0) != 0x80;
	return width;
}

/* Words from column `at` on, with later lines indented; line breaks of the text are blanks. */
static void text_wrap(struct buf *out, size_t at, size_t indent, const char *text)
{
	struct slice rest = slice_of(text);
	bool first = true;

	for (;;) {
		struct slice word;
		size_t len = 0, width;

		slice_skip_blanks(&rest);
		while (rest.len > 0 && strchr("\n\r", *rest.at) != NULL) {
			rest = slice_from(rest, 1);
			slice_skip_blanks(&rest);
		}
		if (rest.len == 0)
			break;
		while (len < rest.len && strchr(" \t\r\n", rest.at[len]) == NULL)
			len++;
		word = slice_cut(rest, 0, len);
		rest = slice_from(rest, len);
		width = text_width(word);
		if (!first && at + 1 + width > COLUMNS) {
			buf_append_byte(out, '\n');
			buf_append_repeat(out, ' ', indent);
			at = indent;
		} else if (!first) {
			buf_append_byte(out, ' ');
			at++;
		}
		buf_append_slice(out, word);
		at += width;
		first = false;
	}
	buf_append_byte(out, '\n');
}

static void text_field(struct buf *out, const char *name, const char *value)
{
	if (*value == '\0')
		return;
	buf_printf(out, "  %-*s", FIELD - 2, name);
	text_wrap(out, FIELD, FIELD, value);
}

static void text_item(const struct message *message, size_t i, struct buf *out)
{
	const json_t *item = message->items[i];
	struct buf heading;

	buf_init(&heading, BUF_MAX_LINE);
	buf_printf(&heading, "%s: %s", message_heading(message, item), message_title(message, item));
	text_wrap(out, 0, 2, buf_text(&heading));
	buf_release(&heading);
	buf_append_byte(out, '\n');
	text_field(out, "Due", message_due(message, item));
	if (message_is_new(message, i)) {
		text_field(out, "Asked", message_asked(message, item));
		text_field(out, "In", message_source(message, item));
		text_field(out, "Last", message_last(message, item));
		text_field(out, "You are", message_part(message, item));
	} else {
		text_field(out, "In", arena_printf(message->arena, "%s, as above", message_place(message, item)));
	}
	buf_printf(out, "\n  %s\n    %s\n\n", message_prompt(item), message_command(message, item));
}

static void text_alarms(const struct message *message, struct buf *out)
{
	const json_t *alarm;
	size_t i;

	if (json_array_size(message->alarms) == 0)
		return;
	buf_append_text(out, "THE REMINDERS THEMSELVES NEED YOU\n\n");
	json_array_foreach (message->alarms, i, alarm) {
		buf_append_text(out, "  - ");
		text_wrap(out, 4, 4, json_is_string(alarm) ? json_string_value(alarm) : "");
	}
	buf_append_text(out, "\n  mandate doctor says what to do.\n\n");
}

static void text_letter(const struct message *message, struct buf *out)
{
	const json_t *paragraph;
	bool command;
	size_t i;

	json_array_foreach (message->paragraphs, i, paragraph) {
		const char *words = message_paragraph(paragraph, &command);

		if (command)
			buf_printf(out, "    %s\n", words);
		else
			text_wrap(out, 0, 0, words);
		buf_append_byte(out, '\n');
	}
}

void message_text(const struct message *message, struct buf *out)
{
	const char *what, *command;

	if (message->exercise) {
		text_wrap(out, 0, 0, message_exercise(message));
		buf_append_byte(out, '\n');
	}
	text_alarms(message, out);
	text_wrap(out, 0, 0, message->summary);
	buf_append_byte(out, '\n');
	text_letter(message, out);
	for (size_t i = 0; i < message->count; i++) {
		if (i == 0 && message->overdue > 0)
			buf_append_text(out, "OVERDUE\n\n");
		else if (i == message->overdue && i > 0)
			buf_append_text(out, "DUE SOON\n\n");
		text_item(message, i, out);
	}
	buf_append_repeat(out, '_', COLUMNS);
	buf_append_byte(out, '\n');
	text_wrap(out, 0, 0, arena_printf(message->arena, "Sent by Mandate to %s (%s), who alone gets this message.", message->name, message->login));
	for (size_t i = 0; (what = message_hint(message, i, &command)) != NULL; i++)
		buf_printf(out, "%s:\n    %s\n", what, command);
}
