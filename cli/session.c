/* session and event: when bodies meet and when what deadlines wait for takes place. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ask.h"
#include "exit.h"

static enum tone session_tone(const char *state)
{
	if (strcmp(state, "set here") == 0)
		return TONE_MARK;
	return strcmp(state, "known") == 0 ? TONE_GOOD : TONE_FAINT;
}

/* The basis without the word that says the state already: "each year in May; the days are not known". */
static const char *session_basis(const json_t *session)
{
	const char *basis = json_text_of(session, "basis"), *state = json_text_of(session, "state");
	size_t len = strlen(state);

	if (strncmp(basis, state, len) != 0)
		return basis;
	return basis[len] == '\0' ? "" : strncmp(basis + len, ": ", 2) == 0 ? basis + len + 2 : basis;
}

static int sessions_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	static const char *const titles[] = {"BODY", "NUMBER", "OPENS", "CLOSES", "IS", "BASIS"};
	struct table table = {.titles = titles, .columns = 6, .flexible = 5, .arena = arena_new()};
	const json_t *row;
	size_t i;

	(void)invocation;
	json_array_foreach (json_member(answer, "rows"), i, row) {
		const char *state = json_text_of(row, "state");

		table_add(&table, json_text_of(row, "body"), TONE_STRONG);
		table_add(&table, arena_printf(table.arena, "%lld", (long long)json_integer_of(row, "number")), TONE_PLAIN);
		table_add(&table, json_text_of(row, "opens_on"), TONE_PLAIN);
		table_add(&table, json_text_of(row, "closes_on"), TONE_PLAIN);
		table_add(&table, state, session_tone(state));
		table_add(&table, session_basis(row), TONE_FAINT);
	}
	page_table(page, &table);
	arena_free(table.arena);
	return EXIT_DONE;
}

int session_list_run(const struct invocation *invocation)
{
	struct buf path;

	buf_init(&path, BUF_MAX_LINE);
	buf_append_text(&path, "/v1/sessions");
	if (invocation->word_count > 0)
		client_query(&path, "body", invocation->words[0]);
	return ask(invocation, "GET", buf_take(&path), NULL, sessions_print);
}

/* "2005-09-13 to 2006-09-11" */
static void session_days(struct page *page, const char *name, const json_t *session)
{
	const char *opens = json_text_of(session, "opens_on"), *closes = json_text_of(session, "closes_on");
	struct buf line;

	buf_init(&line, BUF_MAX_LINE);
	buf_printf(&line, "%s%s%s", *opens != '\0' ? opens : "not known", *closes != '\0' ? " to " : "", closes);
	page_field(page, name, buf_text(&line));
	buf_release(&line);
}

static int session_show_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	const json_t *otherwise = json_member(answer, "otherwise"), *one;
	const char *body = json_text_of(answer, "body");
	size_t i;

	(void)invocation;
	page_text(page, TONE_STRONG, json_text_of(answer, "name"));
	buf_append_byte(&page->out, '\n');
	session_days(page, "days", answer);
	page_field(page, "is", json_text_of(answer, "state"));
	page_field(page, "because", session_basis(answer));
	page_field(page, "set by", json_text_of(json_member(answer, "override_by"), "name"));
	if (json_is_object(otherwise)) {
		session_days(page, "otherwise", otherwise);
		page_field(page, " ", json_text_of(otherwise, "basis"));
	}
	json_array_foreach (json_member(answer, "obligations"), i, one)
		page_field(page, i == 0 ? "waiting" : " ", json_string_value(one));
	buf_printf(&page->out, "\nSet its days:  mandate session set %s %lld --opens DATE --reason TEXT\n", body,
	    (long long)json_integer_of(answer, "number"));
	return EXIT_DONE;
}

static int session_set_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	(void)invocation;
	buf_printf(&page->out, "%s opens %s (%s); ", json_text_of(answer, "name"), json_text_of(answer, "opens_on"), json_text_of(answer, "basis"));
	page_count(&page->out, answer, "moved", "deadline moved\n", "deadlines moved\n");
	return EXIT_DONE;
}

static char *session_path(const struct invocation *invocation)
{
	char *head = client_path("/v1/sessions/", invocation->words[0], "/");
	char *path = client_path(head, invocation->words[1], "");

	free(head);
	return path;
}

int session_show_run(const struct invocation *invocation)
{
	return ask(invocation, "GET", session_path(invocation), NULL, session_show_print);
}

int session_set_run(const struct invocation *invocation)
{
	const char *opens = option_value(invocation, OPTION_OPENS), *reason = option_value(invocation, OPTION_REASON);
	struct error error = ERROR_NONE;
	json_t *body;

	if (opens == NULL || reason == NULL) {
		(void)error_set(&error, E_INPUT, "usage", "session set needs --opens DATE and --reason TEXT");
		return exit_fail(&error);
	}
	body = json_pack("{s:s, s:s}", "opens_on", opens, "reason", reason);
	option_member(invocation, OPTION_CLOSES, body, "closes_on");
	return ask(invocation, "PUT", session_path(invocation), body, session_set_print);
}

int session_unset_run(const struct invocation *invocation)
{
	const char *reason = option_value(invocation, OPTION_REASON);
	struct error error = ERROR_NONE;

	if (reason == NULL) {
		(void)error_set(&error, E_INPUT, "usage", "session unset needs --reason TEXT");
		return exit_fail(&error);
	}
	return ask(invocation, "DELETE", session_path(invocation), json_pack("{s:s}", "reason", reason), session_set_print);
}

/* Where an event's date comes from, or what it may be. */
static const char *event_source(const json_t *row, struct arena *arena)
{
	const json_t *session = json_member(row, "suggestion");

	if (*json_text_of(row, "on") != '\0' || !json_is_object(session))
		return json_text_of(row, "reason");
	return arena_printf(arena, "perhaps the %s, which opens %s (%s)", json_text_of(session, "name"),
	    json_text_of(session, "opens_on"), json_text_of(session, "basis"));
}

static int events_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	static const char *const titles[] = {"EVENT", "DEADLINES", "ON", "BECAUSE"};
	struct table table = {.titles = titles, .columns = 4, .flexible = 3, .arena = arena_new()};
	const json_t *rows = json_member(answer, "rows"), *row;
	size_t i;

	(void)invocation;
	if (json_array_size(rows) == 0)
		buf_append_text(&page->out, "No deadline waits for an event.\n");
	json_array_foreach (rows, i, row) {
		const char *on = json_text_of(row, "on");

		table_add(&table, json_text_of(row, "name"), TONE_STRONG);
		table_add(&table, arena_printf(table.arena, "%lld", (long long)json_integer_of(row, "waiting")), TONE_PLAIN);
		table_add(&table, *on != '\0' ? on : "not known", *on != '\0' ? TONE_PLAIN : TONE_WARN);
		table_add(&table, event_source(row, table.arena), TONE_FAINT);
	}
	if (json_array_size(rows) > 0)
		page_table(page, &table);
	arena_free(table.arena);
	return EXIT_DONE;
}

int event_list_run(const struct invocation *invocation)
{
	return ask(invocation, "GET", xstrdup("/v1/events"), NULL, events_print);
}

static int event_set_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	const char *on = json_text_of(answer, "on");
	const json_t *row;
	size_t i;

	(void)invocation;
	buf_printf(&page->out, "%s: %s; ", json_text_of(answer, "name"), *on != '\0' ? on : "no date any more");
	page_count(&page->out, answer, "moved", "deadline moved\n", "deadlines moved\n");
	json_array_foreach (json_member(answer, "rows"), i, row) {
		const char *was = json_text_of(row, "was"), *due = json_text_of(row, "due_on");

		buf_printf(&page->out, "  %s  %s -> %s\n", json_text_of(row, "reference"), *was != '\0' ? was : "undated",
		    *due != '\0' ? due : "undated");
	}
	return EXIT_DONE;
}

int event_set_run(const struct invocation *invocation)
{
	const char *on = option_value(invocation, OPTION_ON), *reason = option_value(invocation, OPTION_REASON);
	struct error error = ERROR_NONE;
	json_t *body;

	if (on == NULL || reason == NULL) {
		(void)error_set(&error, E_INPUT, "usage", "event set needs --on DATE (or none) and --reason TEXT");
		return exit_fail(&error);
	}
	body = json_pack("{s:s, s:s}", "name", invocation->words[0], "reason", reason);
	json_object_set_new(body, "on", strcmp(on, "none") == 0 ? json_null() : json_string(on));
	return ask(invocation, "PUT", xstrdup("/v1/events"), body, event_set_print);
}
