/* fund and rate: what contributions are given to, and what a currency is worth. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "contribution.h"
#include "exit.h"
#include "rows.h"

static int funds_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	static const char *const titles[] = {"CODE", "ENTRIES", "MANAGER", "CREATED BY", "PART OF", "NAME"};
	struct table table = {.titles = titles, .columns = 6, .flexible = 5, .arena = arena_new()};
	const json_t *row;
	size_t i;

	(void)invocation;
	json_array_foreach (json_member(answer, "rows"), i, row) {
		table_add(&table, json_text_of(row, "code"), TONE_STRONG);
		table_add(&table, arena_printf(table.arena, "%7lld", (long long)json_integer_of(row, "entries")), TONE_PLAIN);
		table_add(&table, json_text_of(row, "manager"), TONE_PLAIN);
		table_add(&table, json_text_of(row, "created_by"), TONE_PLAIN);
		table_add(&table, json_text_of(row, "part_of"), TONE_PLAIN);
		table_add(&table, json_text_of(row, "name"), TONE_PLAIN);
	}
	page_table(page, &table);
	arena_free(table.arena);
	return EXIT_DONE;
}

int fund_list_run(const struct invocation *invocation)
{
	return ask(invocation, "GET", xstrdup("/v1/funds"), NULL, funds_print);
}

static int fund_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	(void)invocation;
	buf_printf(&page->out, "%s  %s\nRecord what is given: mandate contribution pledge %s DONOR AMOUNT CURRENCY\n",
	    json_text_of(answer, "code"), json_text_of(answer, "name"), json_text_of(answer, "code"));
	return EXIT_DONE;
}

int fund_add_run(const struct invocation *invocation)
{
	struct slice rest = slice_of(option_value(invocation, OPTION_ALIASES)), one;
	struct error error = ERROR_NONE;
	json_t *body, *aliases;

	if (!option_given(invocation, OPTION_NAME)) {
		(void)error_set(&error, E_INPUT, "usage", "a fund needs its name: --name \"Trust Fund for …\"");
		return exit_fail(&error);
	}
	body = json_pack("{s:s}", "code", invocation->words[0]);
	aliases = json_array();
	while (slice_take_until(&rest, '|', &one))
		json_array_append_new(aliases, json_stringn(slice_trim(one).at, slice_trim(one).len));
	json_object_set_new(body, "aliases", aliases);
	option_member(invocation, OPTION_NAME, body, "name");
	option_member(invocation, OPTION_MANAGER, body, "manager");
	option_member(invocation, OPTION_CREATED_BY, body, "created_by");
	option_member(invocation, OPTION_PART_OF, body, "part_of");
	return ask(invocation, "POST", xstrdup("/v1/funds"), body, fund_print);
}

static int rates_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	static const char *const titles[] = {"CURRENCY", "FROM", "FOR ONE DOLLAR", "SET BY", "REMARKS"};
	struct table table = {.titles = titles, .columns = 5, .flexible = 4, .arena = arena_new()};
	const json_t *row;
	size_t i;

	(void)invocation;
	if (json_array_size(json_member(answer, "rows")) == 0)
		buf_append_text(&page->out, "No rates yet; set one with: mandate rate set EUR 2005-01-01 0.734\n");
	json_array_foreach (json_member(answer, "rows"), i, row) {
		enum tone tone = json_flag_of(row, "holds") ? TONE_PLAIN : TONE_FAINT;

		table_add(&table, json_text_of(row, "currency"), tone);
		table_add(&table, json_text_of(row, "from"), tone);
		table_add(&table, json_text_of(row, "rate"), tone);
		table_add(&table, json_text_of(json_member(row, "officer"), "login"), tone);
		table_add(&table, arena_printf(table.arena, "%s%s", json_flag_of(row, "holds") ? "" : "corrected since  ",
		    json_text_of(row, "reason")), tone);
	}
	if (table.count > 0)
		page_table(page, &table);
	arena_free(table.arena);
	return EXIT_DONE;
}

int rate_list_run(const struct invocation *invocation)
{
	struct buf path;

	buf_init(&path, BUF_MAX_LINE);
	buf_append_text(&path, "/v1/rates");
	if (invocation->word_count > 0)
		client_query(&path, "currency", invocation->words[0]);
	return ask(invocation, "GET", buf_take(&path), NULL, rates_print);
}

static int rate_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	(void)invocation;
	buf_printf(&page->out, "%s for one dollar from %s: %s%s\n", json_text_of(answer, "currency"), json_text_of(answer, "from"),
	    json_text_of(answer, "rate"), json_flag_of(answer, "already") ? " (was here already)" : "");
	return EXIT_DONE;
}

int rate_set_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	struct day day;
	json_t *body, *evidence;

	if (date_parse(slice_of(invocation->words[1]), &day, &error) != 0)
		return exit_fail(&error);
	body = json_pack("{s:s, s:s, s:s}", "currency", invocation->words[0], "from", invocation->words[1], "rate", invocation->words[2]);
	evidence = json_array();
	option_member(invocation, OPTION_REASON, body, "reason");
	for (size_t i = 0; i < invocation->evidence_count; i++)
		json_array_append_new(evidence, json_string(invocation->evidence[i]));
	json_object_set_new(body, "evidence", evidence);
	return ask(invocation, "POST", xstrdup("/v1/rates"), body, rate_print);
}

static int rate_import_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	(void)invocation;
	page_count(&page->out, answer, "added", "rate added, ", "rates added, ");
	page_count(&page->out, answer, "already", "was here already", "were here already");
	buf_printf(&page->out, "%s\n", json_flag_of(answer, "dry_run") ? " (nothing was changed)" : "");
	return EXIT_DONE;
}

int rate_import_run(const struct invocation *invocation)
{
	static const char *const names[] = {"currency", "from", "rate", "reason", "evidence", NULL};
	static const struct rows_columns columns = {names, 3};

	return rows_send(invocation, &columns, xstrdup("/v1/rates/import"), json_object(), rate_import_print);
}
