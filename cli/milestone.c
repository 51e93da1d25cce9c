/* milestone, report-document, forecast: the way to a report. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "ask.h"
#include "exit.h"
#include "obligation.h"

void milestone_table(struct page *page, const json_t *milestones)
{
	static const char *const titles[] = {"MILESTONE", "DUE", "DONE", "WHY THEN"};
	struct table table = {.titles = titles, .columns = 4, .flexible = 3, .arena = arena_new()};
	const json_t *one;
	size_t i;

	json_array_foreach (milestones, i, one) {
		bool late = json_flag_of(one, "late"), missed = json_flag_of(one, "missed");

		table_add(&table, json_text_of(one, "name"), TONE_PLAIN);
		table_add(&table, json_text_of(one, "on"), missed ? TONE_BAD : TONE_PLAIN);
		table_add(&table, missed ? "missed" : arena_printf(table.arena, "%s%s", json_text_of(one, "done_on"), late ? " late" : ""),
		    missed || late ? TONE_BAD : TONE_GOOD);
		table_add(&table, json_text_of(one, "why"), TONE_FAINT);
	}
	page_table(page, &table);
	arena_free(table.arena);
}

static int milestone_print(const struct invocation *invocation, struct page *page, const json_t *o)
{
	struct buf line;

	(void)invocation;
	page_text(page, TONE_STRONG, json_text_of(o, "reference"));
	buf_init(&line, BUF_MAX_LINE);
	(void)obligation_due(o, &line);
	buf_printf(&page->out, "  %s  due %s\n\n", json_text_of(o, "status"), line.len > 0 ? buf_text(&line) : "undated");
	buf_release(&line);
	milestone_table(page, json_member(o, "milestones"));
	return EXIT_DONE;
}

/* A date or "none"; 0 where it was not given. */
static int milestone_date(const struct invocation *invocation, enum option option, const char *member, json_t *body, struct error *error)
{
	const char *value = option_value(invocation, option);

	if (value == NULL)
		return 0;
	if (strcmp(value, "none") != 0 && option_date(invocation, option, error) != 0)
		return -1;
	json_object_set_new(body, member, strcmp(value, "none") == 0 ? json_null() : json_string(value));
	return 0;
}

static int milestone_body(const struct invocation *invocation, json_t *body, struct error *error)
{
	const char *words = option_value(invocation, OPTION_WORDS);
	struct slice rest = slice_of(words);
	uint64_t number;

	if (milestone_date(invocation, OPTION_ON, "on", body, error) != 0 ||
	    milestone_date(invocation, OPTION_DONE, "done_on", body, error) != 0 || option_seen(invocation, body, error) != 0)
		return -1;
	if (words != NULL && (!slice_take_number(&rest, INT32_MAX, &number) || rest.len > 0 || number == 0))
		return error_set(error, E_INPUT, "usage", "--words takes a number, not \"%s\"", words);
	if (words != NULL)
		json_object_set_new(body, "words", json_integer((json_int_t)number));
	option_member(invocation, OPTION_REASON, body, "reason");
	option_member(invocation, OPTION_NOTE, body, "note");
	option_evidence(invocation, body);
	return 0;
}

int milestone_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	json_t *body;

	if (invocation->word_count == 1)
		return ask(invocation, "GET", client_path("/v1/obligations/", invocation->words[0], ""), NULL, milestone_print);
	body = json_pack("{s:s}", "name", invocation->words[1]);
	if (milestone_body(invocation, body, &error) != 0) {
		json_decref(body);
		return exit_fail(&error);
	}
	return ask(invocation, "POST", client_path("/v1/obligations/", invocation->words[0], "/milestones"), body, milestone_print);
}

static int document_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	(void)invocation;
	page_text(page, TONE_STRONG, json_text_of(answer, "symbol"));
	buf_append_text(&page->out, " answers\n");
	if (json_is_integer(json_member(answer, "updated")))
		update_page(page, answer);
	else
		obligation_table(page, json_member(answer, "rows"));
	return EXIT_DONE;
}

int report_document_run(const struct invocation *invocation)
{
	char *path = client_path("/v1/documents/", invocation->words[0], "");
	struct error error = ERROR_NONE;
	json_t *body, *references;

	if (invocation->word_count == 1 && !option_given(invocation, OPTION_ANSWERS))
		return ask(invocation, "GET", path, NULL, document_print);
	references = json_array();
	if (option_given(invocation, OPTION_ANSWERS))
		json_array_append_new(references, json_string(option_value(invocation, OPTION_ANSWERS)));
	for (size_t i = 1; i < invocation->word_count; i++)
		json_array_append_new(references, json_string(invocation->words[i]));
	body = json_pack("{s:o}", "references", references);
	if (option_date(invocation, OPTION_ON, &error) != 0) {
		json_decref(body);
		free(path);
		return exit_fail(&error);
	}
	option_member(invocation, OPTION_ON, body, "on");
	option_member(invocation, OPTION_LATE_REASON, body, "late_reason");
	option_member(invocation, OPTION_NOTE, body, "note");
	if (option_given(invocation, OPTION_DRY_RUN))
		json_object_set_new(body, "dry_run", json_true());
	return ask(invocation, "POST", path, body, document_print);
}

/* The members of a forecast's record, as the CSV's columns. */
static const char *const forecast_members[] = {"title", "mandate", "words", "original_language", "languages", "submission_on",
    "issuance_on", "meeting", "considered_on", "owners"};
#define FORECAST_MEMBERS (sizeof forecast_members / sizeof *forecast_members)

static const char *forecast_value(struct arena *arena, const json_t *row, const char *member)
{
	return json_is_integer(json_member(row, member)) ? arena_printf(arena, "%lld", (long long)json_integer_of(row, member))
	                                                 : json_text_of(row, member);
}

static void forecast_csv(struct page *page, const json_t *rows)
{
	struct arena *arena = arena_new();
	const json_t *row;
	size_t i;

	for (size_t m = 0; m < FORECAST_MEMBERS; m++)
		csv_write(&page->out, forecast_members[m], m + 1 < FORECAST_MEMBERS ? ',' : '\n');
	json_array_foreach (rows, i, row)
		for (size_t m = 0; m < FORECAST_MEMBERS; m++)
			csv_write(&page->out, forecast_value(arena, row, forecast_members[m]), m + 1 < FORECAST_MEMBERS ? ',' : '\n');
	arena_free(arena);
}

static int forecast_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	const json_t *rows = json_member(answer, "rows"), *row;
	size_t i;

	if (format_is(invocation, "csv")) {
		forecast_csv(page, rows);
		return EXIT_DONE;
	}
	buf_printf(&page->out, "Reports taken up from %s to %s\n", json_text_of(answer, "from"), json_text_of(answer, "until"));
	json_array_foreach (rows, i, row) {
		buf_append_byte(&page->out, '\n');
		page_text(page, TONE_STRONG, json_text_of(row, "title"));
		buf_append_byte(&page->out, '\n');
		page_field(page, "mandate", json_text_of(row, "mandate"));
		page_field(page, "meeting", json_text_of(row, "meeting"));
		page_field(page, json_flag_of(row, "consideration_known") ? "taken up" : "opens", json_text_of(row, "considered_on"));
		page_field(page, "submission", json_text_of(row, "submission_on"));
		page_field(page, "issuance", json_text_of(row, "issuance_on"));
		buf_printf(&page->out, "  %lld words, original in %s\n", (long long)json_integer_of(row, "words"), json_text_of(row, "original_language"));
	}
	if (json_array_size(rows) == 0)
		buf_append_text(&page->out, "\nNone.\n");
	return EXIT_DONE;
}

int forecast_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	struct buf path;

	if (option_date(invocation, OPTION_FROM, &error) != 0 || option_date(invocation, OPTION_UNTIL, &error) != 0)
		return exit_fail(&error);
	buf_init(&path, BUF_MAX_LINE);
	filter_path(&path, "/v1/forecast", invocation->words, invocation->word_count);
	client_query(&path, "from", option_value(invocation, OPTION_FROM));
	client_query(&path, "until", option_value(invocation, OPTION_UNTIL));
	return ask(invocation, "GET", buf_take(&path), NULL, forecast_print);
}
