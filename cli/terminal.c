#include "terminal.h"

#include <stdbool.h>

#define ESCAPE '\033'
#define C1_LEAD '\xc2' /* U+0080 to U+009F are this and a byte below 0xA0 */

static bool terminal_drops(char c)
{
	return ((unsigned char)c < ' ' && c != '\n' && c != '\t') || c == '\177';
}

static bool terminal_is_colour(const struct terminal *terminal, char c)
{
	if (terminal->len == 1)
		return c == '[';
	return (c >= '0' && c <= '9') || c == ';' || c == 'm';
}

static void terminal_keep(struct terminal *terminal, char c)
{
	terminal->held[terminal->len++] = c;
}

/* A byte behind what is held. False: it is still to be looked at by itself. */
static bool terminal_goes_on(struct terminal *terminal, char c, struct buf *out)
{
	bool escape = terminal->held[0] == ESCAPE, whole;

	if (escape && terminal->len < sizeof terminal->held && terminal_is_colour(terminal, c)) {
		terminal_keep(terminal, c);
		if (c == 'm') {
			buf_append(out, terminal->held, terminal->len);
			terminal->len = 0;
		}
		return true;
	}
	whole = !escape && (unsigned char)c >= 0xA0;
	if (whole)
		terminal_keep(terminal, c);
	if (escape || whole)
		buf_append(out, terminal->held + escape, terminal->len - escape);
	terminal->len = 0;
	return !escape && (unsigned char)c >= 0x80;
}

void terminal_show(struct terminal *terminal, struct slice piece, struct buf *out)
{
	for (size_t i = 0; i < piece.len; i++) {
		char c = piece.at[i];

		if (terminal->len > 0 && terminal_goes_on(terminal, c, out))
			continue;
		if (c == ESCAPE || c == C1_LEAD)
			terminal_keep(terminal, c);
		else if (!terminal_drops(c))
			buf_append_byte(out, c);
	}
}
