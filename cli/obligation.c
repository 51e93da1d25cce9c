/* list, next, search, due: many obligations. */
#include "obligation.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/utf8.h"
#include "ask.h"
#include "exit.h"

void obligation_addressees(const json_t *addressees, struct buf *out)
{
	const json_t *one;
	size_t i;

	json_array_foreach (addressees, i, one) {
		const char *name = json_text_of(one, "text");

		if (strcmp(json_text_of(one, "role"), "consulted") == 0)
			continue;
		buf_printf(out, "%s%s", out->len > 0 && out->at[out->len - 1] != ' ' ? "; " : "",
		    *name != '\0' ? name : json_text_of(one, "name"));
	}
}

/* "12 days", "3 months", "21 years": as a person would say it. */
static void obligation_period(int64_t days, struct buf *out)
{
	int64_t count = days < 90 ? days : days < 730 ? days / 30 : days / 365;
	const char *unit = days < 90 ? "day" : days < 730 ? "month" : "year";

	buf_printf(out, "%lld %s%s", (long long)count, unit, count == 1 ? "" : "s");
}

enum tone obligation_due(const json_t *o, struct buf *out)
{
	const char *timeliness = json_text_of(o, "timeliness"), *due = json_text_of(o, "due_on");
	int64_t days = json_integer_of(o, "days");

	if (strcmp(json_text_of(json_member(o, "deadline"), "type"), "soft") == 0 && *due == '\0') {
		buf_printf(out, "%s", json_text_of(json_member(o, "deadline"), "text"));
		return TONE_FAINT;
	}
	if (*due == '\0')
		return TONE_FAINT;
	buf_append_text(out, due);
	if (strcmp(timeliness, "overdue") == 0) {
		buf_append_text(out, " overdue by ");
		obligation_period(-days, out);
		return TONE_BAD;
	}
	if (strcmp(timeliness, "due_soon") == 0) {
		if (days >= 0 && strcmp(due, json_text_of(o, "due_end")) == 0) {
			buf_append_text(out, " in ");
			obligation_period(days, out);
		} else if (days >= 0) {
			buf_printf(out, " (until %s)", json_text_of(o, "due_end"));
		}
		return TONE_WARN;
	}
	if (strcmp(timeliness, "done_late") == 0)
		buf_append_text(out, " done late");
	return TONE_PLAIN;
}

static enum tone obligation_tone(const char *status)
{
	if (strcmp(status, "implemented") == 0)
		return TONE_GOOD;
	return strcmp(status, "not_started") == 0 ? TONE_WARN : TONE_PLAIN;
}

static void obligation_what(const json_t *o, struct buf *out)
{
	const char *action = json_text_of(o, "action");

	buf_printf(out, "%s: %s", json_text_of(o, "kind"), *action != '\0' ? action : json_text_of(o, "verb"));
	if (!json_flag_of(o, "live"))
		buf_append_text(out, " [draft]");
}

void obligation_table(struct page *page, const json_t *rows)
{
	static const char *const titles[] = {"REFERENCE", "WHO", "STATUS", "DUE", "OWNER", "WHAT"};
	struct table table = {.titles = titles, .columns = 6, .flexible = 5, .arena = arena_new()};
	const json_t *o;
	size_t i;

	json_array_foreach (rows, i, o) {
		const char *status = json_text_of(o, "status"), *owner = json_text_of(json_member(o, "owner"), "login");
		struct buf text;
		enum tone tone;

		buf_init(&text, BUF_MAX_BODY);
		table_add(&table, json_text_of(o, "reference"), TONE_STRONG);
		obligation_addressees(json_member(o, "addressees"), &text);
		if (page->fit && utf8_columns(buf_slice(&text)) > 24) {
			struct slice head = slice_trim(utf8_fit(buf_slice(&text), 23));

			table_add(&table, arena_printf(table.arena, "%.*s…", SLICE_ARG(head)), TONE_PLAIN);
		} else {
			table_add(&table, buf_text(&text), TONE_PLAIN);
		}
		table_add(&table, status, obligation_tone(status));
		buf_clear(&text);
		tone = obligation_due(o, &text);
		table_add(&table, buf_text(&text), tone);
		table_add(&table, *owner != '\0' ? owner : "-", TONE_PLAIN);
		buf_clear(&text);
		obligation_what(o, &text);
		table_add(&table, buf_text(&text), TONE_PLAIN);
		buf_release(&text);
	}
	page_table(page, &table);
	arena_free(table.arena);
}

/* "6 obligations: 1 overdue, 2 due soon" below a list. */
static void obligation_counts(struct page *page, const json_t *rows)
{
	static const char *const words[] = {"overdue", "due_soon", "done_late"};
	static const char *const said[] = {"overdue", "due soon", "done late"};
	const json_t *o;
	size_t i;

	buf_printf(&page->out, "\n%zu obligation%s", json_array_size(rows), json_array_size(rows) == 1 ? "" : "s");
	for (size_t w = 0, named = 0; w < 3; w++) {
		size_t count = 0;

		json_array_foreach (rows, i, o)
			count += strcmp(json_text_of(o, "timeliness"), words[w]) == 0;
		if (count > 0)
			buf_printf(&page->out, "%s%zu %s", named++ == 0 ? ": " : ", ", count, said[w]);
	}
	buf_append_byte(&page->out, '\n');
}

static void obligation_csv(struct page *page, const json_t *rows)
{
	static const char *const members[] = {"kind", "force", "action", "status", "clearance", "timeliness", "due_on", "due_end"};
	const json_t *o;
	size_t i;

	buf_append_text(&page->out, "reference,asked,kind,force,action,status,clearance,timeliness,due_on,due_end,owner\n");
	json_array_foreach (rows, i, o) {
		struct buf who;

		buf_init(&who, BUF_MAX_BODY);
		obligation_addressees(json_member(o, "addressees"), &who);
		csv_write(&page->out, json_text_of(o, "reference"), ',');
		csv_write(&page->out, buf_text(&who), ',');
		for (size_t m = 0; m < sizeof members / sizeof *members; m++)
			csv_write(&page->out, json_text_of(o, members[m]), ',');
		csv_write(&page->out, json_text_of(json_member(o, "owner"), "login"), '\n');
		buf_release(&who);
	}
}

static void obligation_refs(struct page *page, const json_t *rows)
{
	const json_t *o;
	size_t i;

	json_array_foreach (rows, i, o)
		buf_printf(&page->out, "%s\n", json_text_of(o, "reference"));
}

static int obligation_rows(const struct invocation *invocation, const char *path, const char *nothing)
{
	struct error error = ERROR_NONE;
	struct client *client = client_open(invocation, &error);
	json_t *rows = NULL, *whole = NULL;
	struct page page;

	if (client == NULL)
		return exit_fail(&error);
	if (client_list(client, path, &rows, &whole, &error) != 0)
		return client_fail(client, &error);
	page_init(&page, invocation);
	if (format_is(invocation, "json")) {
		page_json(&page, rows);
	} else if (format_is(invocation, "refs")) {
		obligation_refs(&page, rows);
	} else if (format_is(invocation, "csv")) {
		obligation_csv(&page, rows);
	} else if (json_array_size(rows) == 0) {
		buf_printf(&page.out, "%s\n", nothing);
	} else {
		obligation_table(&page, rows);
		obligation_counts(&page, rows);
	}
	json_decref(rows);
	json_decref(whole);
	client_close(client);
	return page_finish(&page, EXIT_DONE);
}

int list_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	struct buf path;
	int code;

	if (option_date(invocation, OPTION_AS_OF, &error) != 0)
		return exit_fail(&error);
	buf_init(&path, BUF_MAX_LINE);
	filter_path(&path, "/v1/obligations", invocation->words, invocation->word_count);
	client_query(&path, "as_of", option_value(invocation, OPTION_AS_OF));
	client_query(&path, "known_at", option_value(invocation, OPTION_KNOWN_AT));
	client_query(&path, "sort", option_value(invocation, OPTION_SORT));
	code = obligation_rows(invocation, buf_text(&path), invocation->word_count > 0
	    ? "No obligation fits." : "No obligations yet; bring a resolution in with: mandate import FILE --confirm");
	buf_release(&path);
	return code;
}

int search_run(const struct invocation *invocation)
{
	struct buf words, path;
	int code;

	buf_init(&words, BUF_MAX_LINE);
	buf_init(&path, BUF_MAX_LINE);
	for (size_t i = 0; i < invocation->word_count; i++) {
		buf_append_text(&words, i > 0 ? " \"" : "\"");
		for (const char *at = invocation->words[i]; *at != '\0'; at++)
			if (*at != '"')
				buf_append_byte(&words, *at);
		buf_append_byte(&words, '"');
	}
	buf_append_text(&path, "/v1/obligations");
	client_query(&path, "filter", buf_text(&words));
	code = obligation_rows(invocation, buf_text(&path), "No obligation has these words.");
	buf_release(&path);
	buf_release(&words);
	return code;
}

/* "90d", "12w", "6m" or plain days, as days. */
static int due_within(const char *text, struct buf *days, struct error *error)
{
	struct slice rest = slice_of(text);
	uint64_t count, factor = 1;

	if (slice_take_number(&rest, 36500, &count)) {
		if (slice_is(rest, "w"))
			factor = 7;
		else if (slice_is(rest, "m"))
			factor = 30;
		else if (slice_is(rest, "y"))
			factor = 365;
		else if (rest.len > 0 && !slice_is(rest, "d"))
			factor = 0;
		if (factor > 0) {
			buf_printf(days, "%llu", (unsigned long long)(count * factor));
			return 0;
		}
	}
	return error_set(error, E_INPUT, "usage", "--within takes a period such as 90d, 12w or 6m, not \"%s\"", text);
}

int due_run(const struct invocation *invocation)
{
	const char *within = option_value(invocation, OPTION_WITHIN);
	struct error error = ERROR_NONE;
	struct buf path, days;
	int code;

	buf_init(&days, BUF_MAX_LINE);
	if (due_within(within ? within : "90d", &days, &error) != 0 || option_date(invocation, OPTION_AS_OF, &error) != 0) {
		buf_release(&days);
		return exit_fail(&error);
	}
	buf_init(&path, BUF_MAX_LINE);
	filter_path(&path, "/v1/due", invocation->words, invocation->word_count);
	client_query(&path, "within", buf_text(&days));
	client_query(&path, "as_of", option_value(invocation, OPTION_AS_OF));
	code = obligation_rows(invocation, buf_text(&path), "Nothing is overdue and nothing falls due in that time.");
	buf_release(&path);
	buf_release(&days);
	return code;
}

static void next_page(struct page *page, const json_t *rows, bool why)
{
	const json_t *o, *reason;
	struct buf line;
	size_t i, j;

	json_array_foreach (rows, i, o) {
		const json_t *urgency = json_member(o, "urgency");

		buf_init(&line, BUF_MAX_BODY);
		buf_printf(&page->out, "%2zu. ", i + 1);
		page_text(page, TONE_STRONG, json_text_of(o, "reference"));
		obligation_addressees(json_member(o, "addressees"), &line);
		buf_printf(&page->out, "  %s\n", buf_text(&line));
		buf_clear(&line);
		obligation_what(o, &line);
		page_wrap(page, 4, buf_text(&line));
		buf_clear(&line);
		json_array_foreach (json_member(urgency, "why"), j, reason) {
			buf_printf(&line, "%s%s", j > 0 ? ", " : "", json_text_of(reason, "because"));
			if (why)
				buf_printf(&line, " (%lld)", (long long)json_integer_of(reason, "points"));
		}
		if (why)
			buf_printf(&line, ": %lld %s", (long long)json_integer_of(urgency, "points"),
			    word_of(json_integer_of(urgency, "points"), "point", "points"));
		page_wrap(page, 4, buf_text(&line));
		buf_release(&line);
	}
}

static int next_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	const json_t *rows = json_member(answer, "rows");

	if (json_array_size(rows) == 0)
		buf_append_text(&page->out, "Nothing waits.\n");
	else
		next_page(page, rows, option_given(invocation, OPTION_WHY));
	return EXIT_DONE;
}

int next_run(const struct invocation *invocation)
{
	struct buf path;

	buf_init(&path, BUF_MAX_LINE);
	filter_path(&path, "/v1/next", invocation->words, invocation->word_count);
	client_query(&path, "limit", option_value(invocation, OPTION_LIMIT));
	return ask(invocation, "GET", buf_take(&path), NULL, next_print);
}
