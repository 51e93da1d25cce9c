/* The page for people: the text with who is asked marked in it, the obligations below. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "read.h"

#define READ_SURE 0.8

void read_mark(struct marks *marks, struct slice text, struct slice part, enum tone tone)
{
	struct mark mark;
	size_t i;

	if (part.len == 0 || part.at < text.at || part.at + part.len > text.at + text.len || marks->count == READ_MARKS)
		return;
	mark = (struct mark){(size_t)(part.at - text.at), (size_t)(part.at - text.at) + part.len, tone};
	for (i = 0; i < marks->count; i++)
		if (mark.start < marks->at[i].end && marks->at[i].start < mark.end)
			return;
	for (i = marks->count++; i > 0 && marks->at[i - 1].start > mark.start; i--)
		marks->at[i] = marks->at[i - 1];
	marks->at[i] = mark;
}

/* A paragraph's text: the verb of each clause strong, who is asked underlined, the deadline in
 * a colour of its own. */
static void read_text(struct page *page, const struct paragraph *p)
{
	struct marks marks = {.count = 0};

	for (size_t i = 0; i < p->clause_count; i++) {
		const struct clause *clause = &p->clauses[i];

		read_mark(&marks, p->text, clause->verb, TONE_STRONG);
		if (!clause->obligation)
			continue;
		for (size_t j = 0; j < clause->addressee_count; j++)
			read_mark(&marks, p->text, clause->addressees[j].text, TONE_MARK);
		read_mark(&marks, p->text, clause->deadline->text, TONE_WARN);
	}
	page_wrap_marked(page, 4, p->text, marks.at, marks.count);
}

void read_addressees(const struct clause *clause, struct buf *out)
{
	for (size_t i = 0; i < clause->addressee_count; i++) {
		const struct addressee *a = &clause->addressees[i];

		buf_printf(out, "%s%.*s", i > 0 ? "; " : "", SLICE_ARG(a->text));
		if (a->code.len > 0 && !slice_equal(a->code, a->text))
			buf_printf(out, " (%.*s)", SLICE_ARG(a->code));
		if (strcmp(a->role, "lead") != 0)
			buf_printf(out, " [%s]", a->role);
	}
}

void read_deadline(const struct deadline *d, struct buf *out)
{
	if (d->type == DEADLINE_NONE)
		return;
	buf_printf(out, "%s", deadline_type_name(d->type));
	if (d->value.len > 0 && !slice_equal(d->value, d->text))
		buf_printf(out, " %.*s", SLICE_ARG(d->value));
	buf_printf(out, " (\"%.*s\")", SLICE_ARG(d->text));
}

static void read_clause(struct page *page, const struct clause *clause)
{
	struct buf line;

	buf_init(&line, BUF_MAX_BODY);
	if (!clause->obligation) {
		buf_printf(&line, "%.*s: %s, asks nothing", SLICE_ARG(clause->verb), clause->class);
	} else {
		buf_printf(&line, "→ %.*s: %s, %s; of ", SLICE_ARG(clause->verb), clause->kind ? clause->kind : "other",
		    clause->force);
		if (clause->addressee_count > 0)
			read_addressees(clause, &line);
		else
			buf_append_text(&line, "nobody named");
		if (clause->deadline->type != DEADLINE_NONE) {
			buf_append_text(&line, "; deadline: ");
			read_deadline(clause->deadline, &line);
		}
		for (size_t i = 0; i < clause->condition_count; i++)
			buf_printf(&line, "%s\"%.*s\"", i == 0 ? "; qualified by " : ", ", SLICE_ARG(clause->conditions[i]));
		if (clause->vehicle.len > 0)
			buf_printf(&line, "; in: %.*s", SLICE_ARG(clause->vehicle));
	}
	if (clause->confidence < READ_SURE)
		buf_printf(&line, "; %.0f%% sure%s%.*s", clause->confidence * 100, clause->reason.len > 0 ? ": " : "",
		    SLICE_ARG(clause->reason));
	page_wrap(page, 6, buf_text(&line));
	buf_release(&line);
}

static void read_summary(struct page *page, const struct reading *r)
{
	static const char *const titles[] = {"PARAGRAPH", "VERB", "KIND", "FORCE", "DEADLINE", "OF WHOM"};
	struct table table = {.titles = titles, .columns = 6, .flexible = 5, .arena = arena_new()};
	struct buf text;

	buf_init(&text, BUF_MAX_BODY);
	for (size_t i = 0; i < r->paragraph_count; i++) {
		const struct paragraph *p = &r->paragraphs[i];

		for (size_t j = 0; j < p->clause_count; j++) {
			const struct clause *c = &p->clauses[j];

			if (!c->obligation)
				continue;
			table_add(&table, arena_printf(table.arena, "%s %.*s", p->speaker, SLICE_ARG(p->label)), TONE_STRONG);
			table_add(&table, arena_text(table.arena, c->verb), TONE_PLAIN);
			table_add(&table, c->kind ? c->kind : "other", TONE_PLAIN);
			table_add(&table, c->force, TONE_PLAIN);
			buf_clear(&text);
			read_deadline(c->deadline, &text);
			table_add(&table, text.len > 0 ? buf_text(&text) : "none", TONE_PLAIN);
			buf_clear(&text);
			read_addressees(c, &text);
			table_add(&table, buf_text(&text), TONE_PLAIN);
		}
	}
	buf_append_byte(&page->out, '\n');
	page_table(page, &table);
	buf_release(&text);
	arena_free(table.arena);
}

static void read_head(struct page *page, const struct reading *r)
{
	char date[DATE_TEXT];

	page_slice(page, TONE_STRONG, r->symbol.len > 0 ? r->symbol : SLICE("(the text does not say its symbol)"));
	buf_printf(&page->out, "  %s", r->body ? r->body : "");
	if (r->has_adopted_on) {
		date_format(r->adopted_on, date);
		buf_printf(&page->out, "  %s", date);
	}
	if (r->recommends_to != NULL)
		buf_printf(&page->out, "  proposes a draft to %s", r->recommends_to);
	buf_append_byte(&page->out, '\n');
	if (r->title.len > 0) {
		char *title = xstrndup(r->title.at, r->title.len);

		page_wrap(page, 0, title);
		free(title);
	}
}

void read_page(struct page *page, const struct reading *r)
{
	const char *speaker = "";

	read_head(page, r);
	for (size_t i = 0; i < r->paragraph_count; i++) {
		const struct paragraph *p = &r->paragraphs[i];

		if (p->part != PART_OPERATIVE)
			continue;
		if (strcmp(speaker, p->speaker) != 0) {
			speaker = p->speaker;
			buf_printf(&page->out, "\n%s says:\n", speaker);
		}
		buf_append_byte(&page->out, '\n');
		if (p->label.len > 0)
			buf_printf(&page->out, "%.*s\n", SLICE_ARG(p->label));
		read_text(page, p);
		for (size_t j = 0; j < p->clause_count; j++)
			read_clause(page, &p->clauses[j]);
	}
	read_summary(page, r);
	for (size_t i = 0; i < r->warning_count; i++)
		buf_printf(&page->out, "note, byte %u: %.*s\n", r->warnings[i].where.start, SLICE_ARG(r->warnings[i].message));
}
