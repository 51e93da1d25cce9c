/* import, and the group resolution: list, show, confirm, adopt. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "ask.h"
#include "clause.h"
#include "exit.h"
#include "input.h"
#include "obligation.h"
#include "print.h"

#define IMPORT_MAX ((size_t)64 << 20)

static void import_note(struct page *page, const char *warning)
{
	struct buf note;

	buf_init(&note, BUF_MAX_BODY);
	buf_printf(&note, "note: %s", warning);
	page_wrap(page, 2, buf_text(&note));
	buf_release(&note);
}

static int import_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	const json_t *warnings = json_member(answer, "warnings"), *warning;
	size_t i;

	buf_printf(&page->out, "%s%s  %s\n", option_given(invocation, OPTION_DRY_RUN) ? "(nothing was changed) " : "", json_text_of(answer, "symbol"),
	    json_flag_of(answer, "already") ? "was here already with this text" : "imported");
	if (*json_text_of(answer, "title") != '\0')
		page_wrap(page, 2, json_text_of(answer, "title"));
	if (*json_text_of(answer, "adopted_on") != '\0')
		buf_printf(&page->out, "  adopted on %s\n", json_text_of(answer, "adopted_on"));
	buf_append_text(&page->out, "  ");
	page_count(&page->out, answer, "paragraphs", "operative paragraph, ", "operative paragraphs, ");
	page_count(&page->out, answer, "clauses", "clause, ", "clauses, ");
	page_count(&page->out, answer, "obligations", "of them asks something of someone\n", "of them ask something of someone\n");
	json_array_foreach (warnings, i, warning)
		import_note(page, json_string_value(warning));
	if (!json_flag_of(answer, "confirmed"))
		buf_printf(&page->out, "Go through it and confirm: mandate review %s\nOr take it as it is read:  mandate resolution confirm %s\n",
		    json_text_of(answer, "symbol"), json_text_of(answer, "symbol"));
	else
		buf_printf(&page->out, "Confirmed. See them with: mandate list symbol:%s\n", json_text_of(answer, "symbol"));
	return EXIT_DONE;
}

/* JSON carries UTF-8 alone, so what is not is refused here as the reader would refuse it. */
static int import_text(json_t *body, const char *file, struct slice text, struct error *error)
{
	size_t bad = 0;

	if (slice_trim(text).len == 0)
		return error_set(error, E_INPUT, "empty_text", "%s: the text is empty", file);
	if (!utf8_valid(text, &bad) || slice_find_byte(text, '\0') >= 0)
		return error_set(error, E_INPUT, "not_text",
		    "%s: not a text in UTF-8 (byte %zu); convert it first, for example with iconv or pdftotext", file,
		    utf8_valid(text, &bad) ? (size_t)slice_find_byte(text, '\0') : bad);
	json_object_set_new(body, "text", json_stringn(text.at, text.len));
	return 0;
}

int import_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	struct buf text;
	json_t *body;

	buf_init(&text, IMPORT_MAX);
	input_start();
	if (option_date(invocation, OPTION_ADOPTED, &error) != 0 || input_read(invocation->words[0], &text, &error) != 0) {
		buf_release(&text);
		return exit_fail(&error);
	}
	body = json_object();
	if (import_text(body, invocation->words[0], buf_slice(&text), &error) != 0) {
		json_decref(body);
		buf_release(&text);
		return exit_fail(&error);
	}
	buf_release(&text);
	option_member(invocation, OPTION_SYMBOL, body, "symbol");
	option_member(invocation, OPTION_ADOPTED, body, "adopted_on");
	option_member(invocation, OPTION_BODY, body, "body");
	option_member(invocation, OPTION_TITLE, body, "title");
	option_member(invocation, OPTION_LANGUAGE, body, "language");
	if (option_given(invocation, OPTION_REPLACE))
		json_object_set_new(body, "replace", json_true());
	if (option_given(invocation, OPTION_CONFIRM))
		json_object_set_new(body, "confirm", json_true());
	if (option_given(invocation, OPTION_DRY_RUN))
		json_object_set_new(body, "dry_run", json_true());
	return ask(invocation, "POST", xstrdup("/v1/resolutions"), body, import_print);
}

static void resolution_table(struct page *page, const json_t *rows)
{
	static const char *const titles[] = {"SYMBOL", "ADOPTED", "STATE", "OPEN", "TITLE"};
	struct table table = {.titles = titles, .columns = 5, .flexible = 4, .arena = arena_new()};
	const json_t *row;
	size_t i;

	json_array_foreach (rows, i, row) {
		const char *becomes = json_text_of(row, "becomes");

		table_add(&table, json_text_of(row, "symbol"), TONE_STRONG);
		table_add(&table, json_text_of(row, "adopted_on"), TONE_PLAIN);
		table_add(&table, *becomes ? arena_printf(table.arena, "became %s", becomes)
		    : json_flag_of(row, "confirmed") ? json_text_of(row, "state") : "to be confirmed", TONE_PLAIN);
		table_add(&table, arena_printf(table.arena, "%lld of %lld", (long long)json_integer_of(row, "open"),
		    (long long)json_integer_of(row, "obligations")), TONE_PLAIN);
		table_add(&table, json_text_of(row, "title"), TONE_PLAIN);
	}
	page_table(page, &table);
	arena_free(table.arena);
}

int resolution_list_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	struct client *client = client_open(invocation, &error);
	json_t *rows = NULL, *whole = NULL;
	struct page page;

	if (client == NULL)
		return exit_fail(&error);
	if (client_list(client, "/v1/resolutions", &rows, &whole, &error) != 0)
		return client_fail(client, &error);
	page_init(&page, invocation);
	if (format_is(invocation, "json"))
		page_json(&page, rows);
	else if (json_array_size(rows) == 0)
		buf_append_text(&page.out, "No resolutions yet; bring one in with: mandate import FILE\n");
	else
		resolution_table(&page, rows);
	json_decref(rows);
	json_decref(whole);
	client_close(client);
	return page_finish(&page, EXIT_DONE);
}

static void resolution_clause(struct page *page, const json_t *clause)
{
	const char *reference = json_text_of(clause, "obligation");
	const char *dropped = json_text_of(clause, "dropped");
	struct buf line;

	if (!json_flag_of(clause, "tracked") && json_integer_of(clause, "merged_into") == 0)
		return;
	buf_init(&line, BUF_MAX_BODY);
	buf_printf(&line, "→ %s · %s · ", json_text_of(clause, "kind"), json_text_of(clause, "force"));
	obligation_addressees(json_member(clause, "addressees"), &line);
	if (*json_text_of(json_member(clause, "deadline"), "text") != '\0')
		buf_printf(&line, " · %s", json_text_of(json_member(clause, "deadline"), "text"));
	if (*dropped != '\0')
		buf_printf(&line, " · dropped: %s", dropped);
	if (json_flag_of(clause, "tracked"))
		buf_printf(&line, " · %s", *reference != '\0' ? reference : *dropped != '\0' ? "no obligation" : "to be confirmed");
	page_wrap(page, 14, buf_text(&line));
	buf_clear(&line);
	clause_corrected(clause, &line);
	if (line.len > 0)
		page_wrap(page, 16, buf_text(&line));
	buf_release(&line);
}

static int resolution_print(const struct invocation *invocation, struct page *page, const json_t *r)
{
	const json_t *paragraph, *clause, *from;
	size_t i, j;

	(void)invocation;
	page_text(page, TONE_STRONG, json_text_of(r, "symbol"));
	buf_append_byte(&page->out, '\n');
	page_wrap(page, 0, json_text_of(r, "title"));
	page_field(page, "adopted", json_text_of(r, "adopted_on"));
	page_field(page, "state", json_text_of(r, "state"));
	page_field(page, "became", json_text_of(r, "becomes"));
	json_array_foreach (json_member(r, "lineage"), i, from)
		page_field(page, json_text_of(from, "relation"), json_text_of(from, "symbol"));
	json_array_foreach (json_member(r, "paragraphs"), i, paragraph) {
		const char *label = json_text_of(paragraph, "label");

		if (strcmp(json_text_of(paragraph, "part"), "operative") != 0)
			continue;
		buf_append_byte(&page->out, '\n');
		page_field(page, *label != '\0' ? label : "0", json_text_of(paragraph, "text"));
		json_array_foreach (json_member(paragraph, "clauses"), j, clause)
			resolution_clause(page, clause);
	}
	return EXIT_DONE;
}

/* Its text with the status of its obligations, as the daemon makes it. */
static int resolution_akn(const struct invocation *invocation)
{
	char *path = client_path("/v1/resolutions/", invocation->words[0], "/akn");
	struct buf query;
	int code;

	buf_init(&query, BUF_MAX_LINE);
	buf_append_text(&query, path);
	client_query(&query, "as_of", option_value(invocation, OPTION_AS_OF));
	client_query(&query, "known_at", option_value(invocation, OPTION_KNOWN_AT));
	code = report_fetch(invocation, buf_text(&query));
	buf_release(&query);
	free(path);
	return code;
}

int resolution_show_run(const struct invocation *invocation)
{
	if (format_is(invocation, "akn"))
		return resolution_akn(invocation);
	return ask(invocation, "GET", client_path("/v1/resolutions/", invocation->words[0], ""), NULL, resolution_print);
}

static int confirm_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	(void)invocation;
	buf_printf(&page->out, "%s %s; %zu %s. See them with: mandate list symbol:%s\n",
	    json_text_of(answer, "symbol"), json_flag_of(answer, "already") ? "was confirmed already" : "confirmed",
	    json_array_size(json_member(answer, "obligations")),
	    word_of((int64_t)json_array_size(json_member(answer, "obligations")), "obligation", "obligations"), json_text_of(answer, "symbol"));
	return EXIT_DONE;
}

int resolution_confirm_run(const struct invocation *invocation)
{
	return ask(invocation, "POST", client_path("/v1/resolutions/", invocation->words[0], "/confirm"), json_object(),
	    confirm_print);
}

static int adopt_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	const json_t *moved;
	size_t i;

	buf_printf(&page->out, "The draft in %s %s adopted as %s on %s.\n", json_text_of(answer, "from"),
	    json_flag_of(answer, "already") ? "was recorded before as" : "is recorded as", json_text_of(answer, "symbol"),
	    option_value(invocation, OPTION_ON));
	json_array_foreach (json_member(answer, "obligations"), i, moved)
		buf_printf(&page->out, "  %s  is now  %s\n", json_text_of(moved, "was"), json_text_of(moved, "is"));
	return EXIT_DONE;
}

int resolution_adopt_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	json_t *body;

	if (!option_given(invocation, OPTION_AS) || !option_given(invocation, OPTION_ON)) {
		(void)error_set(&error, E_INPUT, "usage", "adopt needs --as SYMBOL and --on DATE, for example --as A/RES/59/157 --on 2004-12-20");
		return exit_fail(&error);
	}
	if (option_date(invocation, OPTION_ON, &error) != 0)
		return exit_fail(&error);
	body = json_object();
	option_member(invocation, OPTION_AS, body, "as");
	option_member(invocation, OPTION_ON, body, "on");
	option_member(invocation, OPTION_NOTE, body, "note");
	return ask(invocation, "POST", client_path("/v1/resolutions/", invocation->words[0], "/adopt"), body, adopt_print);
}
