/* update, assign, log: what changes the record, and the record. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ask.h"
#include "exit.h"
#include "obligation.h"

void update_page(struct page *page, const json_t *answer)
{
	const json_t *row, *warning;
	size_t i;

	json_array_foreach (json_member(answer, "rows"), i, row) {
		const char *was = json_text_of(row, "was"), *now = json_text_of(row, "status");
		const json_t *opened = json_member(row, "opened");

		page_text(page, TONE_STRONG, json_text_of(row, "reference"));
		if (strcmp(was, now) == 0)
			buf_printf(&page->out, "  %s", now);
		else
			buf_printf(&page->out, "  %s -> %s", was, now);
		buf_printf(&page->out, "  on %s, entry %lld%s\n", json_text_of(row, "effective_on"),
		    (long long)json_integer_of(row, "n"), json_flag_of(answer, "dry_run") ? " (nothing was changed)" : "");
		if (json_is_object(opened))
			buf_printf(&page->out, "  it comes again: %s  due %s\n", json_text_of(opened, "reference"),
			    *json_text_of(opened, "due_on") != '\0' ? json_text_of(opened, "due_on") : "undated");
	}
	json_array_foreach (json_member(answer, "warnings"), i, warning)
		fprintf(stderr, "mandate: note: %s\n", json_string_value(warning));
}

/* Finds the references, asks, and writes the change to all of them in one transaction. */
static int update_send(const struct invocation *invocation, const char *path, char *const words[], size_t count,
    const char *what, json_t *body)
{
	struct error error = ERROR_NONE;
	struct client *client = client_open(invocation, &error);
	json_t *references = NULL, *answer = NULL;
	struct page page;

	if (client == NULL) {
		json_decref(body);
		return exit_fail(&error);
	}
	if (references_find(client, words, count, &references, &error) != 0 ||
	    references_confirm(invocation, references, what, &error) != 0) {
		json_decref(references);
		json_decref(body);
		return client_fail(client, &error);
	}
	json_object_set_new(body, "references", references);
	if (option_given(invocation, OPTION_DRY_RUN))
		json_object_set_new(body, "dry_run", json_true());
	if (client_write(client, "POST", path, body, &answer, &error) != 0)
		return client_fail(client, &error);
	page_init(&page, invocation);
	if (format_is(invocation, "json"))
		page_json(&page, answer);
	else
		update_page(&page, answer);
	json_decref(answer);
	client_close(client);
	return page_finish(&page, EXIT_DONE);
}

int update_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	json_t *body = json_object();

	if (option_date(invocation, OPTION_ON, &error) != 0 || option_seen(invocation, body, &error) != 0) {
		json_decref(body);
		return exit_fail(&error);
	}
	option_member(invocation, OPTION_STATUS, body, "status");
	option_member(invocation, OPTION_NOTE, body, "note");
	option_member(invocation, OPTION_CLEARANCE, body, "clearance");
	option_member(invocation, OPTION_ON, body, "on");
	option_evidence(invocation, body);
	return update_send(invocation, "/v1/updates", invocation->words, invocation->word_count, "update", body);
}

int assign_run(const struct invocation *invocation)
{
	size_t last = invocation->word_count - 1;
	const char *login = invocation->words[last];
	const char *as = option_value(invocation, OPTION_AS);
	json_t *body = json_object();

	if (as != NULL && strcmp(as, "owner") != 0) {
		json_object_set_new(body, "member", json_string(login));
		json_object_set_new(body, "as", json_string(as));
	} else {
		json_object_set_new(body, "owner", strcmp(login, "none") == 0 ? json_null() : json_string(login));
	}
	option_member_none(invocation, OPTION_ALTERNATE, body, "alternate");
	option_member_none(invocation, OPTION_UNIT, body, "unit");
	option_member(invocation, OPTION_NOTE, body, "note");
	return update_send(invocation, "/v1/assignments", invocation->words, last, "assign", body);
}

/* What an entry that is no status set: "owner: anna"; of the team, member by member. */
static void log_change(const json_t *change, struct buf *line)
{
	const char *key;
	json_t *value;

	json_object_foreach ((json_t *)(uintptr_t)change, key, value) {
		if (strcmp(key, "team") == 0)
			log_change(value, line);
		if (json_is_object(value) || json_is_array(value))
			continue;
		buf_printf(line, "%s%s: ", line->len > 0 ? ", " : "", key);
		if (json_is_string(value))
			buf_append_text(line, json_string_value(value));
		else if (json_is_integer(value))
			buf_printf(line, "%lld", (long long)json_integer_value(value));
		else
			buf_append_text(line, json_is_null(value) ? "none" : json_is_true(value) ? "yes" : "no");
	}
}

static void log_entry(struct page *page, const json_t *u)
{
	const char *status = json_text_of(u, "status");
	const json_t *evidence;
	struct buf line;
	size_t i;

	buf_init(&line, BUF_MAX_BODY);
	buf_printf(&page->out, "%3lld  ", (long long)json_integer_of(u, "n"));
	page_text(page, TONE_STRONG, json_text_of(u, "effective_on"));
	buf_printf(&page->out, "  %-11s %s%s%s\n", json_text_of(u, "kind"), status, *status ? "  " : "",
	    json_text_of(json_member(u, "officer"), "name"));
	if (strcmp(json_text_of(u, "kind"), "created") != 0 && strcmp(json_text_of(u, "kind"), "status") != 0 &&
	    strcmp(json_text_of(u, "kind"), "adopted") != 0)
		log_change(json_member(u, "change"), &line);
	if (line.len > 0)
		page_wrap(page, 5, buf_text(&line));
	buf_clear(&line);
	if (*json_text_of(u, "note") != '\0')
		page_wrap(page, 5, json_text_of(u, "note"));
	json_array_foreach (json_member(u, "evidence"), i, evidence)
		buf_printf(&line, "%s%s", i > 0 ? ", " : "evidence: ", json_string_value(evidence));
	if (line.len > 0)
		page_wrap(page, 5, buf_text(&line));
	buf_clear(&line);
	buf_printf(&line, "     recorded %.19s UTC by %s, hash %.12s…\n", json_text_of(u, "recorded_at"),
	    json_text_of(json_member(u, "officer"), "login"), json_text_of(u, "hash"));
	page_text(page, TONE_FAINT, buf_text(&line));
	buf_release(&line);
}

static int log_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	const json_t *row;
	size_t i;

	(void)invocation;
	page_text(page, TONE_STRONG, json_text_of(answer, "reference"));
	buf_append_byte(&page->out, '\n');
	json_array_foreach (json_member(answer, "rows"), i, row)
		log_entry(page, row);
	return EXIT_DONE;
}

int log_run(const struct invocation *invocation)
{
	return ask(invocation, "GET", client_path("/v1/obligations/", invocation->words[0], "/updates"), NULL, log_print);
}
