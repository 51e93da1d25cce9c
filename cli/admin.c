/* audit, doctor, officers, tokens, version, completion, help. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ask.h"
#include "exit.h"
#include "people.h"

static int audit_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	const json_t *fault;
	size_t i;

	(void)invocation;
	if (json_flag_of(answer, "whole")) {
		page_text(page, TONE_GOOD, "The record is whole");
		buf_append_text(&page->out, ": ");
		page_count(&page->out, answer, "updates", "update of ", "updates of ");
		page_count(&page->out, answer, "obligations", "obligation and ", "obligations and ");
		page_count(&page->out, answer, "entries", "entry of ", "entries of ");
		page_count(&page->out, answer, "ledgers", "ledger", "ledgers");
		buf_printf(&page->out, ", each gives its hash and follows the one before.\nHead of the chain: %s\n", json_text_of(answer, "head"));
		return EXIT_DONE;
	}
	page_text(page, TONE_BAD, "The record was tampered with");
	buf_append_text(&page->out, ":\n");
	json_array_foreach (json_member(answer, "faults"), i, fault)
		buf_printf(&page->out, "  %s  entry %lld  %s: %s\n", json_text_of(fault, "reference"),
		    (long long)json_integer_of(fault, "n"), json_text_of(fault, "fault"), json_text_of(fault, "message"));
	return EXIT_REFUSED;
}

int audit_verify_run(const struct invocation *invocation)
{
	return ask(invocation, "GET", xstrdup("/v1/audit"), NULL, audit_print);
}

static int doctor_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	const json_t *check;
	size_t i;

	(void)invocation;
	json_array_foreach (json_member(answer, "checks"), i, check) {
		bool ok = json_flag_of(check, "ok");

		page_text(page, ok ? TONE_GOOD : TONE_WARN, ok ? "ok    " : "look  ");
		buf_printf(&page->out, "%-15s %s\n", json_text_of(check, "name"), json_text_of(check, "message"));
		if (*json_text_of(check, "remedy") != '\0')
			buf_printf(&page->out, "      %-15s do: %s\n", "", json_text_of(check, "remedy"));
	}
	return json_flag_of(answer, "healthy") ? EXIT_DONE : EXIT_REFUSED;
}

int doctor_run(const struct invocation *invocation)
{
	return ask(invocation, "GET", xstrdup("/v1/doctor"), NULL, doctor_print);
}

/* A table of texts: which members of each row, under which titles. */
static int admin_rows(struct page *page, const json_t *answer, size_t columns, const char *const titles[],
    const char *const members[])
{
	struct table table = {.titles = titles, .columns = columns, .flexible = columns - 1, .arena = arena_new()};
	const json_t *row;
	size_t i;

	json_array_foreach (json_member(answer, "rows"), i, row) {
		for (size_t c = 0; c < columns; c++) {
			const json_t *value = json_member(row, members[c]);

			if (json_is_integer(value))
				table_add(&table, arena_printf(table.arena, "%lld", (long long)json_integer_value(value)), TONE_PLAIN);
			else
				table_add(&table, json_is_boolean(value) ? (json_is_true(value) ? "yes" : "no") : json_text_of(row, members[c]), TONE_PLAIN);
		}
	}
	page_table(page, &table);
	arena_free(table.arena);
	return EXIT_DONE;
}

static int officers_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	static const char *const titles[] = {"LOGIN", "ROLE", "ACTIVE", "UID", "UNIT", "MAIL", "NAME"};
	static const char *const members[] = {"login", "role", "active", "uid", "unit", "mail", "name"};
	const json_t *row;
	size_t i;

	(void)invocation;
	(void)admin_rows(page, answer, 7, titles, members);
	json_array_foreach (json_member(answer, "rows"), i, row) {
		const json_t *away = json_member(row, "away");

		if (!json_is_object(away))
			continue;
		buf_printf(&page->out, "%s is ", json_text_of(row, "login"));
		people_away(away, json_text_of(json_member(away, "to"), "login"), &page->out);
		buf_append_byte(&page->out, '\n');
	}
	return EXIT_DONE;
}

static int officer_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	(void)invocation;
	buf_printf(&page->out, "%s  %s  %s\n", json_text_of(answer, "login"), json_text_of(answer, "role"), json_text_of(answer, "name"));
	buf_printf(&page->out, "reminded %s by %s, %s to %s %s, at most %lld %s a day%s%s\n", json_text_of(answer, "digest"),
	    json_text_of(answer, "channel"), json_text_of(answer, "work_from"), json_text_of(answer, "work_until"), json_text_of(answer, "time_zone"),
	    (long long)json_integer_of(answer, "daily_cap"), word_of(json_integer_of(answer, "daily_cap"), "message", "messages"), *json_text_of(answer, "supervisor") != '\0' ? "; supervisor " : "",
	    json_text_of(answer, "supervisor"));
	return EXIT_DONE;
}

int officer_list_run(const struct invocation *invocation)
{
	return ask(invocation, "GET", xstrdup("/v1/officers"), NULL, officers_print);
}

/* What an officer is made of; false where an option is not what it should be. */
static int officer_body(const struct invocation *invocation, json_t *body, struct error *error)
{
	static const struct {
		enum option option;
		const char *member;
	} members[] = {{OPTION_NAME, "name"}, {OPTION_ROLE, "role"}, {OPTION_MAIL, "mail"}, {OPTION_TIME_ZONE, "time_zone"},
	    {OPTION_DIGEST, "digest"}, {OPTION_WORK_FROM, "work_from"}, {OPTION_WORK_UNTIL, "work_until"}, {OPTION_CHANNEL, "channel"},
	    {OPTION_WEBHOOK, "webhook_url"}, {OPTION_SUPERVISOR, "supervisor"}};
	static const char *const may_go[] = {"webhook_url", "supervisor"};
	const char *uid = option_value(invocation, OPTION_UID), *active = option_value(invocation, OPTION_ACTIVE);
	const char *cap = option_value(invocation, OPTION_DAILY_CAP);
	struct slice rest = slice_of(uid);
	uint64_t number;

	for (size_t i = 0; i < sizeof members / sizeof *members; i++)
		if (option_given(invocation, members[i].option))
			json_object_set_new(body, members[i].member, json_string(option_value(invocation, members[i].option)));
	option_member_none(invocation, OPTION_UNIT, body, "unit");
	if (uid != NULL) {
		if (!slice_take_number(&rest, INT32_MAX, &number) || rest.len > 0)
			return error_set(error, E_INPUT, "usage", "--uid takes a number, not \"%s\"; id -u LOGIN prints it", uid);
		json_object_set_new(body, "uid", json_integer((json_int_t)number));
	}
	for (size_t i = 0; i < sizeof may_go / sizeof *may_go; i++)
		if (strcmp(json_text_of(body, may_go[i]), "none") == 0)
			json_object_set_new(body, may_go[i], json_null());
	if (cap != NULL) {
		rest = slice_of(cap);
		if (!slice_take_number(&rest, 1000, &number) || rest.len > 0)
			return error_set(error, E_INPUT, "usage", "--daily-cap takes a number, not \"%s\"", cap);
		json_object_set_new(body, "daily_cap", json_integer((json_int_t)number));
	}
	if (active != NULL)
		json_object_set_new(body, "active", json_boolean(strcmp(active, "yes") == 0));
	return 0;
}

int officer_add_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	json_t *body = json_pack("{s:s}", "login", invocation->words[0]);

	if (!option_given(invocation, OPTION_NAME))
		json_object_set_new(body, "name", json_string(invocation->words[0]));
	if (officer_body(invocation, body, &error) != 0) {
		json_decref(body);
		return exit_fail(&error);
	}
	return ask(invocation, "POST", xstrdup("/v1/officers"), body, officer_print);
}

int officer_edit_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	char *path = client_path("/v1/officers/", invocation->words[0], "");
	json_t *body = json_object();

	if (officer_body(invocation, body, &error) != 0) {
		json_decref(body);
		free(path);
		return exit_fail(&error);
	}
	return ask(invocation, "PATCH", path, body, officer_print);
}

static int tokens_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	static const char *const titles[] = {"ID", "LOGIN", "CREATED", "EXPIRES", "REVOKED", "LABEL"};
	static const char *const members[] = {"id", "login", "created_at", "expires_on", "revoked_at", "label"};

	(void)invocation;
	return admin_rows(page, answer, 6, titles, members);
}

static int token_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	const char *secret = json_text_of(answer, "secret");

	(void)invocation;
	if (*secret != '\0')
		buf_printf(&page->out, "%s\n", secret);
	if (*secret != '\0' && json_flag_of(answer, "feed"))
		fprintf(stderr, "mandate: for calendars /v1/deadlines.ics?token=SECRET, for feed readers /v1/changes.atom?token=SECRET, behind the service's address\n");
	fprintf(stderr, "mandate: token %lld of %s%s\n", (long long)json_integer_of(answer, "id"), json_text_of(answer, "login"),
	    *secret ? "; this is the only time that its secret is shown" : " is revoked");
	return EXIT_DONE;
}

int token_list_run(const struct invocation *invocation)
{
	return ask(invocation, "GET", xstrdup("/v1/tokens"), NULL, tokens_print);
}

int token_add_run(const struct invocation *invocation)
{
	const char *label = option_value(invocation, OPTION_LABEL);
	json_t *body;

	if (label == NULL && option_given(invocation, OPTION_FEED))
		label = "feed";
	if (label == NULL || *label == '\0') {
		fprintf(stderr, "mandate: a token needs --label TEXT, what it is for, by which it is found again: --label laptop\n");
		return EXIT_USAGE;
	}
	body = json_pack("{s:s, s:s}", "login", invocation->words[0], "label", label);
	if (option_given(invocation, OPTION_EXPIRES))
		json_object_set_new(body, "expires_on", json_string(option_value(invocation, OPTION_EXPIRES)));
	if (option_given(invocation, OPTION_FEED))
		json_object_set_new(body, "feed", json_true());
	return ask(invocation, "POST", xstrdup("/v1/tokens"), body, token_print);
}

int token_revoke_run(const struct invocation *invocation)
{
	char *path = client_path("/v1/tokens/", invocation->words[0], "");

	return ask(invocation, "DELETE", path, json_object(), token_print);
}

static int version_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	(void)invocation;
	buf_printf(&page->out, "mandate %s\nmandated %s, schema %lld\n", MANDATE_VERSION, json_text_of(answer, "version"),
	    (long long)json_integer_of(answer, "schema"));
	return EXIT_DONE;
}

int version_run(const struct invocation *invocation)
{
	return ask(invocation, "GET", xstrdup("/v1/version"), NULL, version_print);
}

int completion_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	struct page page;

	page_init(&page, invocation);
	if (command_completion(invocation->words[0], &page.out, &error) != 0) {
		buf_release(&page.out);
		return exit_fail(&error);
	}
	return page_finish(&page, EXIT_DONE);
}

int help_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	struct page page;

	page_init(&page, invocation);
	if (format_is(invocation, "json")) {
		command_help_json(&page.out);
		buf_append_byte(&page.out, '\n');
	} else if (invocation->word_count == 0) {
		command_help_all(&page.out);
	} else {
		char *argv[] = {NULL, invocation->words[0], invocation->words[1], (char[]){"--help"}};
		struct invocation asked;

		/* words is NULL-terminated, so one word leaves the second out. */
		if (invocation->word_count == 1)
			argv[2] = argv[3];
		if (command_parse(&asked, invocation->word_count == 1 ? 3 : 4, argv, &error) == 0)
			command_help(asked.command, &page.out);
		invocation_release(&asked);
		if (*error.message != '\0') {
			buf_release(&page.out);
			return exit_fail(&error);
		}
	}
	return page_finish(&page, EXIT_DONE);
}
