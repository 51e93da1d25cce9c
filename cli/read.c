/* read: a resolution's reading, offline. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/place.h"
#include "exit.h"
#include "print.h"
#include "reader/reader.h"

#define READ_SURE 0.8

/* A paragraph's text with the verb of each clause marked. */
static void read_text(struct page *page, const struct paragraph *p)
{
	struct buf marked;

	if (!page->colour) {
		char *text = xstrndup(p->text.at, p->text.len);

		page_wrap(page, 4, text);
		free(text);
		return;
	}
	buf_init(&marked, BUF_MAX_BODY);
	for (size_t i = 0, from = 0; i <= p->clause_count; i++) {
		const struct slice verb = i < p->clause_count ? p->clauses[i].verb : (struct slice){0};
		ptrdiff_t at = verb.len > 0 ? slice_find(slice_from(p->text, from), verb) : -1;

		if (i == p->clause_count) {
			buf_append_slice(&marked, slice_from(p->text, from));
		} else if (at >= 0) {
			buf_append_slice(&marked, slice_cut(p->text, from, from + (size_t)at));
			buf_printf(&marked, "\033[1m%.*s\033[0m", SLICE_ARG(verb));
			from += (size_t)at + verb.len;
		}
	}
	page_wrap(page, 4, buf_text(&marked));
	buf_release(&marked);
}

static void read_addressees(const struct clause *clause, struct buf *out)
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

static void read_deadline(const struct deadline *d, struct buf *out)
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
		if (clause->deadline.type != DEADLINE_NONE) {
			buf_append_text(&line, "; deadline: ");
			read_deadline(&clause->deadline, &line);
		}
		for (size_t i = 0; i < clause->condition_count; i++)
			buf_printf(&line, "; condition: %.*s", SLICE_ARG(clause->conditions[i]));
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
			read_deadline(&c->deadline, &text);
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
	if (r->structure_only)
		buf_printf(&page->out, "Read in structure only: there is no lexicon for the language \"%s\" yet.\n", r->language);
}

static void read_page(struct page *page, const struct reading *r)
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
		buf_printf(&page->out, "\n%.*s\n", SLICE_ARG(p->label));
		read_text(page, p);
		for (size_t j = 0; j < p->clause_count; j++)
			read_clause(page, &p->clauses[j]);
	}
	read_summary(page, r);
	for (size_t i = 0; i < r->warning_count; i++)
		buf_printf(&page->out, "note, byte %zu: %.*s\n", r->warnings[i].where.start, SLICE_ARG(r->warnings[i].message));
}

static int read_one(const struct reader *reader, const struct invocation *invocation, const char *file,
    struct page *page)
{
	struct error error = ERROR_NONE;
	struct reading *reading = NULL;
	struct buf text;
	int code;

	buf_init(&text, READER_MAX);
	code = file_read(file, &text, &error);
	if (code == 0) {
		code = reader_read(reader, buf_slice(&text), &reading, &error);
		if (code != 0)
			error_prefix(&error, "%s", strcmp(file, "-") == 0 ? "standard input" : file);
	}
	buf_release(&text);
	if (code != 0)
		return exit_fail(&error);
	if (format_is(invocation, "json")) {
		reading_write_json(reading, &page->out);
		buf_append_byte(&page->out, '\n');
	} else if (format_is(invocation, "akn")) {
		reading_write_akn(reading, &page->out);
	} else {
		read_page(page, reading);
	}
	reading_free(reading);
	return EXIT_DONE;
}

int read_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	struct reader *reader;
	struct page page;
	char *data;
	int worst = EXIT_DONE;

	data = place_data();
	reader = reader_open(data, &error);
	free(data);
	if (reader == NULL)
		return exit_fail(&error);
	page_init(&page, invocation);
	for (size_t i = 0; i < invocation->word_count; i++) {
		int code = read_one(reader, invocation, invocation->words[i], &page);

		if (code != EXIT_DONE)
			worst = code;
	}
	reader_close(reader);
	return page_finish(&page, worst);
}
