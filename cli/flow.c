#include "flow.h"

#define FLOW_NUMBER 14 /* "\n\n" and "(xviii) bis" */

static void flow_pending(struct flow *flow)
{
	if (flow->breaks > 0 && flow->out->len > 0)
		buf_append_repeat(flow->out, '\n', (size_t)flow->breaks);
	else if (flow->blank && flow->out->len > 0)
		buf_append_byte(flow->out, ' ');
	flow->breaks = 0;
	flow->blank = false;
	flow->glue = false;
}

void flow_text(struct flow *flow, struct slice text)
{
	size_t i = 0;

	while (i < text.len) {
		size_t from = i;

		while (i < text.len && text.at[i] != ' ' && text.at[i] != '\n' && text.at[i] != '\t' && text.at[i] != '\r')
			i++;
		if (i > from) {
			flow_pending(flow);
			buf_append_slice(flow->out, slice_cut(text, from, i));
		} else {
			flow->blank = true;
			i++;
		}
	}
}

void flow_break(struct flow *flow, int lines)
{
	if (!flow->glue && flow->breaks < lines)
		flow->breaks = lines;
}

void flow_mark(struct flow *flow, struct slice digits)
{
	static const char *const raised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};

	flow_pending(flow);
	for (size_t i = 0; i < digits.len; i++)
		if (digits.at[i] >= '0' && digits.at[i] <= '9')
			buf_append_text(flow->out, raised[digits.at[i] - '0']);
}

void flow_row(struct flow *flow)
{
	flow_break(flow, 2);
	flow->row = flow->out->len;
}

void flow_glue(struct flow *flow)
{
	size_t used = flow->out->len - flow->row;

	if (flow->breaks > 0 && (used == 0 || used > FLOW_NUMBER))
		return;
	flow->breaks = 0;
	flow->blank = true;
	flow->glue = true;
}
