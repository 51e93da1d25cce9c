/* A reading as Markdown: the text with its verbs in bold, then a table of what is asked of whom. */
#include <string.h>

#include "read.h"

#define MARKDOWN_INDENT 2 /* blanks for each level of sub-paragraphs */

/* Marks of Markdown and of HTML in the text stand for themselves. */
void markdown_text(struct buf *out, struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (c == '\n' || c == '\r') {
			buf_append_byte(out, ' ');
			continue;
		}
		if (strchr("\\`*_[]<>|~&", c) != NULL && c != '\0')
			buf_append_byte(out, '\\');
		buf_append_byte(out, c);
	}
}

/* The same at the start of a line, where more marks count: "#", "-", "1." */
static void markdown_line(struct buf *out, struct slice text)
{
	size_t digits = 0;

	while (digits < text.len && text.at[digits] >= '0' && text.at[digits] <= '9')
		digits++;
	if (digits > 0 && digits < text.len && (text.at[digits] == '.' || text.at[digits] == ')')) {
		buf_append_slice(out, slice_cut(text, 0, digits));
		buf_printf(out, "\\%c", text.at[digits]);
		text = slice_from(text, digits + 1);
	} else if (text.len > 0 && strchr("#-+=", text.at[0]) != NULL) {
		buf_printf(out, "\\%c", text.at[0]);
		text = slice_from(text, 1);
	}
	markdown_text(out, text);
}

static void markdown_marked(struct buf *out, const struct paragraph *p)
{
	struct slice rest = p->text;

	for (size_t i = 0; i < p->clause_count; i++) {
		struct slice verb = p->clauses[i].verb;

		if (verb.len == 0 || verb.at < rest.at || verb.at + verb.len > rest.at + rest.len)
			continue;
		markdown_text(out, slice_range(rest.at, verb.at));
		buf_append_text(out, "**");
		markdown_text(out, verb);
		buf_append_text(out, "**");
		rest = slice_range(verb.at + verb.len, rest.at + rest.len);
	}
	markdown_text(out, rest);
}

static void markdown_paragraph(struct buf *out, const struct paragraph *p)
{
	if (p->nest > 0)
		buf_append_text(out, "> ");
	if (p->part == PART_TITLE)
		buf_append_text(out, "### ");
	if (p->depth > 0) {
		buf_append_repeat(out, ' ', (size_t)(p->depth - 1) * MARKDOWN_INDENT);
		buf_append_text(out, "- ");
	}
	if (p->number.len > 0) {
		markdown_line(out, p->number);
		buf_append_byte(out, ' ');
		markdown_marked(out, p);
	} else if (p->clause_count > 0) {
		markdown_marked(out, p);
	} else {
		markdown_line(out, p->text);
	}
	buf_append_text(out, p->nest > 0 ? "\n>\n" : "\n\n");
}

static void markdown_cell(struct buf *out, struct slice text)
{
	buf_append_text(out, " ");
	markdown_text(out, text);
	buf_append_text(out, " |");
}

static void markdown_row(struct buf *out, const struct paragraph *p, const struct clause *clause)
{
	struct buf text;

	buf_init(&text, BUF_MAX_BODY);
	buf_printf(&text, "%s %.*s", p->speaker, SLICE_ARG(p->label));
	buf_append_byte(out, '|');
	markdown_cell(out, slice_trim(buf_slice(&text)));
	markdown_cell(out, clause->verb);
	markdown_cell(out, slice_of(clause->kind != NULL ? clause->kind : "other"));
	markdown_cell(out, slice_of(clause->force));
	buf_clear(&text);
	read_deadline(clause->deadline, &text);
	markdown_cell(out, text.len > 0 ? buf_slice(&text) : SLICE("none"));
	buf_clear(&text);
	read_addressees(clause, &text);
	markdown_cell(out, text.len > 0 ? buf_slice(&text) : SLICE("nobody named"));
	buf_append_byte(out, '\n');
	buf_release(&text);
}

static void markdown_obligations(struct buf *out, const struct reading *reading)
{
	size_t count = 0;

	buf_append_text(out, "## What is asked\n\n");
	for (size_t i = 0; i < reading->paragraph_count; i++)
		for (size_t j = 0; j < reading->paragraphs[i].clause_count; j++) {
			if (!reading->paragraphs[i].clauses[j].obligation)
				continue;
			if (count++ == 0)
				buf_append_text(out, "| Paragraph | Verb | Kind | Force | Deadline | Of whom |\n"
				                     "| --- | --- | --- | --- | --- | --- |\n");
			markdown_row(out, &reading->paragraphs[i], &reading->paragraphs[i].clauses[j]);
		}
	if (count == 0)
		buf_append_text(out, "Nothing is asked of anybody.\n");
}

static void markdown_head(struct buf *out, const struct reading *reading)
{
	char date[DATE_TEXT];

	buf_append_text(out, "# ");
	markdown_text(out, reading->symbol.len > 0 ? reading->symbol : SLICE("A resolution without a symbol"));
	buf_append_text(out, "\n\n");
	if (reading->has_adopted_on) {
		date_format(reading->adopted_on, date);
		buf_printf(out, "Adopted on %s.", date);
	} else {
		buf_append_text(out, "The text does not say when it was adopted.");
	}
	if (reading->recommends_to != NULL)
		buf_printf(out, " Proposes a draft to %s.", reading->recommends_to);
	if (reading->structure_only)
		buf_append_text(out, " Its verbs are not known yet: read in structure only.");
	buf_append_text(out, "\n\n## Text\n\n");
}

void read_markdown(struct buf *out, const struct reading *reading)
{
	int nest = 0;

	markdown_head(out, reading);
	for (size_t i = 0; i < reading->paragraph_count; i++) {
		/* A blank line ends the quotation. */
		if (nest > 0 && reading->paragraphs[i].nest == 0)
			buf_append_byte(out, '\n');
		nest = reading->paragraphs[i].nest;
		markdown_paragraph(out, &reading->paragraphs[i]);
	}
	if (nest > 0)
		buf_append_byte(out, '\n');
	markdown_obligations(out, reading);
}
