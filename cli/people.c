/* Units, absences and handovers: where people are, who stands in, who follows them. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ask.h"
#include "exit.h"
#include "obligation.h"
#include "people.h"

/* "2 (+3 below)" where the units below hold some, too. */
static const char *unit_count(struct arena *arena, const json_t *row, const char *own, const char *all)
{
	long long here = (long long)json_integer_of(row, own), below = (long long)json_integer_of(row, all) - here;

	return below > 0 ? arena_printf(arena, "%lld (+%lld below)", here, below) : arena_printf(arena, "%lld", here);
}

static const char *unit_name(struct arena *arena, const json_t *row)
{
	const char *rules = json_text_of(row, "remind_rule");

	return *rules != '\0' ? arena_printf(arena, "%s (reminded by the rules %s)", json_text_of(row, "name"), rules) : json_text_of(row, "name");
}

static int units_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	static const char *const titles[] = {"UNIT", "OFFICERS", "OPEN", "NAME"};
	struct table table = {.titles = titles, .columns = 4, .flexible = 3, .arena = arena_new()};
	const json_t *row;
	size_t i;

	(void)invocation;
	json_array_foreach (json_member(answer, "rows"), i, row) {
		int indent = (int)json_integer_of(row, "depth") * 2;

		table_add(&table, arena_printf(table.arena, "%*s%s", indent, "", json_text_of(row, "code")), TONE_STRONG);
		table_add(&table, unit_count(table.arena, row, "officers", "officers_below"), TONE_PLAIN);
		table_add(&table, unit_count(table.arena, row, "open", "open_below"), TONE_PLAIN);
		table_add(&table, unit_name(table.arena, row), TONE_PLAIN);
	}
	if (table.count == 0)
		buf_append_text(&page->out, "No units yet; add one with: mandate unit add CODE --name NAME\n");
	else
		page_table(page, &table);
	arena_free(table.arena);
	return EXIT_DONE;
}

static int unit_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	const char *parent = json_text_of(answer, "parent"), *rules = json_text_of(answer, "remind_rule");

	(void)invocation;
	buf_printf(&page->out, "%s  %s%s%s%s%s\n", json_text_of(answer, "code"), json_text_of(answer, "name"),
	    *parent != '\0' ? "  in " : "", parent, *rules != '\0' ? "  reminded by the rules " : "", rules);
	return EXIT_DONE;
}

int unit_list_run(const struct invocation *invocation)
{
	return ask(invocation, "GET", xstrdup("/v1/units"), NULL, units_print);
}

int unit_add_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	json_t *body;

	if (!option_given(invocation, OPTION_NAME)) {
		(void)error_set(&error, E_INPUT, "usage", "a unit has a name: mandate unit add %s --name NAME", invocation->words[0]);
		return exit_fail(&error);
	}
	body = json_pack("{s:s}", "code", invocation->words[0]);
	option_member(invocation, OPTION_NAME, body, "name");
	option_member_none(invocation, OPTION_PARENT, body, "parent");
	return ask(invocation, "POST", xstrdup("/v1/units"), body, unit_print);
}

int unit_edit_run(const struct invocation *invocation)
{
	json_t *body = json_object();

	option_member(invocation, OPTION_NAME, body, "name");
	option_member_none(invocation, OPTION_PARENT, body, "parent");
	option_member_none(invocation, OPTION_REMIND, body, "remind_rule");
	return ask(invocation, "PATCH", client_path("/v1/units/", invocation->words[0], ""), body, unit_print);
}

void people_away(const json_t *away, const char *acting, struct buf *out)
{
	const char *until = json_text_of(away, "until");

	buf_printf(out, "away %s%s, ", *until != '\0' ? "until " : "until further notice", until);
	if (*acting != '\0')
		buf_printf(out, "%s stands in", acting);
	else
		buf_append_text(out, "nobody stands in");
}

static int away_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	const json_t *away = json_member(answer, "away"), *delegate = json_member(away, "to"), *further = json_member(answer, "to_away");
	long long open = (long long)json_integer_of(answer, "open");

	(void)invocation;
	buf_printf(&page->out, "%s: from %s ", json_text_of(json_member(answer, "officer"), "name"), json_text_of(away, "from"));
	people_away(away, json_text_of(delegate, "name"), &page->out);
	buf_printf(&page->out, "; owns %lld open obligation%s\n", open, open == 1 ? "" : "s");
	if (json_is_object(further))
		buf_printf(&page->out, "%s is away then, too%s%s.\n", json_text_of(delegate, "name"),
		    json_is_object(json_member(further, "to")) ? "; in turn stands in: " : ", and nobody stands in",
		    json_text_of(json_member(further, "to"), "name"));
	return EXIT_DONE;
}

int officer_away_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	json_t *body;

	if (option_date(invocation, OPTION_FROM, &error) != 0 || option_date(invocation, OPTION_UNTIL, &error) != 0)
		return exit_fail(&error);
	body = json_object();
	option_member(invocation, OPTION_FROM, body, "from");
	option_member(invocation, OPTION_UNTIL, body, "until");
	option_member(invocation, OPTION_TO, body, "to");
	option_member(invocation, OPTION_NOTE, body, "note");
	return ask(invocation, "POST", client_path("/v1/officers/", invocation->words[0], "/away"), body, away_print);
}

static int back_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	const json_t *was = json_member(answer, "was_away");
	const char *from = json_text_of(was, "from"), *back = json_text_of(answer, "back_on");

	(void)invocation;
	buf_printf(&page->out, "%s is here from %s on", json_text_of(json_member(answer, "officer"), "name"), back);
	if (strcmp(from, back) < 0)
		buf_printf(&page->out, "; was away since %s", from);
	buf_append_text(&page->out, ".\n");
	return EXIT_DONE;
}

int officer_back_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	json_t *body;

	if (option_date(invocation, OPTION_ON, &error) != 0)
		return exit_fail(&error);
	body = json_object();
	option_member(invocation, OPTION_ON, body, "on");
	option_member(invocation, OPTION_NOTE, body, "note");
	return ask(invocation, "POST", client_path("/v1/officers/", invocation->words[0], "/back"), body, back_print);
}

static void handover_page(struct page *page, const json_t *answer)
{
	static const char *const members[] = {"owner", "alternate", "team"};
	static const char *const said[] = {"as owner", "as alternate", "in the team"};
	const json_t *to = json_member(answer, "to"), *away = json_member(answer, "to_away");
	long long count = (long long)json_integer_of(answer, "obligations"), left = (long long)json_integer_of(answer, "left");

	buf_printf(&page->out, "%s from %s to %s: %lld obligation%s", json_flag_of(answer, "dry_run") ? "Would go" : "Handed over",
	    json_text_of(json_member(answer, "from"), "name"), json_text_of(to, "name"), count, count == 1 ? "" : "s");
	for (size_t i = 0, named = 0; i < 3; i++)
		if (json_integer_of(answer, members[i]) > 0)
			buf_printf(&page->out, "%s%lld %s", named++ == 0 ? " (" : ", ", (long long)json_integer_of(answer, members[i]), said[i]);
	buf_printf(&page->out, "%s.\n", count > 0 ? ")" : "");
	if (left > 0)
		buf_printf(&page->out, "%lld stay%s with %s: mandate list owner:%s\n", left, left == 1 ? "s" : "",
		    json_text_of(json_member(answer, "from"), "name"), json_text_of(json_member(answer, "from"), "login"));
	if (json_is_object(away)) {
		buf_printf(&page->out, "%s is ", json_text_of(to, "name"));
		people_away(away, json_text_of(json_member(away, "to"), "name"), &page->out);
		buf_append_text(&page->out, ".\n");
	}
}

static json_t *handover_body(const struct invocation *invocation, bool dry)
{
	json_t *body = json_pack("{s:s, s:s}", "from", invocation->words[0], "to", invocation->words[1]);

	option_member(invocation, OPTION_NOTE, body, "note");
	if (dry)
		json_object_set_new(body, "dry_run", json_true());
	return body;
}

/* Tries it first, so that the question can name what would go; the service finds the obligations itself. */
int handover_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	struct client *client = client_open(invocation, &error);
	json_t *answer = NULL;
	struct page page;
	struct buf path;
	int code;

	if (client == NULL)
		return exit_fail(&error);
	buf_init(&path, BUF_MAX_LINE);
	filter_path(&path, "/v1/handovers", invocation->words + 2, invocation->word_count - 2);
	code = client_write(client, "POST", buf_text(&path), handover_body(invocation, true), &answer, &error);
	if (code == 0)
		code = references_confirm(invocation, json_member(answer, "references"), "hand over", &error);
	if (code == 0 && !option_given(invocation, OPTION_DRY_RUN)) {
		json_decref(answer);
		answer = NULL;
		code = client_write(client, "POST", buf_text(&path), handover_body(invocation, false), &answer, &error);
	}
	buf_release(&path);
	if (code != 0) {
		json_decref(answer);
		return client_fail(client, &error);
	}
	page_init(&page, invocation);
	if (format_is(invocation, "json"))
		page_json(&page, answer);
	else
		handover_page(&page, answer);
	json_decref(answer);
	client_close(client);
	return page_finish(&page, EXIT_DONE);
}
