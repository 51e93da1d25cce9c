/* remind, holiday: what is owed to whom when, and what people answer to it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ask.h"
#include "exit.h"
#include "obligation.h"

/* "slot, 7 days before", "deadline, 14 days overdue", "slot, the day itself". */
static const char *remind_step(struct arena *arena, const json_t *row)
{
	const char *step = json_text_of(row, "step");

	if (strcmp(step, "0 days before") == 0)
		step = "the day itself";
	else if (strncmp(step, "1 days ", 7) == 0)
		step = arena_printf(arena, "1 day %s", step + 7);
	return arena_printf(arena, "%s, %s", json_text_of(row, "milestone"), step);
}

/* Why on that day; by which rules where they are not those for all. */
static const char *remind_why(struct arena *arena, const json_t *row)
{
	const char *why = json_text_of(row, "why"), *rule = json_text_of(row, "rule");

	return *rule != '\0' ? arena_printf(arena, "%s (by the rules %s)", why, rule) : why;
}

/* Those of one obligation do not name it. */
static void remind_rows(struct page *page, const json_t *rows)
{
	static const char *const titles[] = {"ON", "TO", "AS", "OBLIGATION", "STEP", "DUE", "WHY"};
	static const char *const titles_of_one[] = {"ON", "TO", "AS", "STEP", "DUE", "WHY"};
	bool of_one = *json_text_of(json_array_get(rows, 0), "reference") == '\0';
	struct table table = {.titles = of_one ? titles_of_one : titles, .columns = of_one ? 6 : 7, .flexible = of_one ? 5 : 6,
	    .wrapped = true, .arena = arena_new()};
	const json_t *row;
	size_t i;

	json_array_foreach (rows, i, row) {
		bool overdue = strstr(json_text_of(row, "step"), "overdue") != NULL;

		table_add(&table, json_text_of(row, "on"), TONE_PLAIN);
		table_add(&table, json_text_of(row, "person"), TONE_PLAIN);
		table_add(&table, json_text_of(row, "part"), TONE_FAINT);
		if (!of_one)
			table_add(&table, json_text_of(row, "reference"), TONE_PLAIN);
		table_add(&table, remind_step(table.arena, row), overdue ? TONE_BAD : TONE_PLAIN);
		table_add(&table, json_text_of(row, "due_on"), TONE_PLAIN);
		table_add(&table, remind_why(table.arena, row), TONE_FAINT);
	}
	page_table(page, &table);
	arena_free(table.arena);
}

static int plan_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	(void)invocation;
	if (json_array_size(json_member(answer, "rows")) == 0)
		buf_printf(&page->out, "Nobody is reminded of anything until %s.\n", json_text_of(answer, "until"));
	else
		remind_rows(page, json_member(answer, "rows"));
	return EXIT_DONE;
}

int remind_plan_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	struct buf path;

	if (option_date(invocation, OPTION_UNTIL, &error) != 0)
		return exit_fail(&error);
	buf_init(&path, BUF_MAX_LINE);
	filter_path(&path, "/v1/reminders", invocation->words, invocation->word_count);
	client_query(&path, "until", option_value(invocation, OPTION_UNTIL));
	return ask(invocation, "GET", buf_take(&path), NULL, plan_print);
}

static void explain_rules(struct page *page, const json_t *rules)
{
	const json_t *rule;
	size_t i;

	json_array_foreach (rules, i, rule) {
		const json_t *before = json_member(rule, "before"), *days;
		struct buf whose;
		size_t k;

		buf_init(&whose, BUF_MAX_LINE);
		buf_printf(&page->out, "  %-20s", json_text_of(rule, "for"));
		json_array_foreach (before, k, days)
			buf_printf(&page->out, "%s%lld", k > 0 ? ", " : "", (long long)json_integer_value(days));
		if (*json_text_of(rule, "name") != '\0')
			buf_printf(&whose, " (by the rules %s)", json_text_of(rule, "name"));
		buf_printf(&page->out, " days before; overdue every %lld days, after %lld times every %lld; the supervisor from %lld days on%s\n",
		    (long long)json_integer_of(rule, "overdue_every"), (long long)json_integer_of(rule, "overdue_times"),
		    (long long)json_integer_of(rule, "overdue_then"), (long long)json_integer_of(rule, "escalate_after"), buf_text(&whose));
		buf_release(&whose);
	}
}

static void explain_told(struct page *page, const json_t *told)
{
	static const char *const titles[] = {"ON", "TO", "STEP", "DUE", "MESSAGE", "TRIES", "ANSWER"};
	struct table table = {.titles = titles, .columns = 7, .flexible = 6, .arena = arena_new()};
	const json_t *row;
	size_t i;

	json_array_foreach (told, i, row) {
		const json_t *message = json_member(row, "message");
		const char *state = json_text_of(message, "state");

		table_add(&table, json_text_of(row, "on"), TONE_PLAIN);
		table_add(&table, json_text_of(row, "person"), TONE_PLAIN);
		table_add(&table, remind_step(table.arena, row), TONE_PLAIN);
		table_add(&table, json_text_of(row, "due_on"), TONE_PLAIN);
		table_add(&table, state, strcmp(state, "failed") == 0 ? TONE_BAD : TONE_PLAIN);
		table_add(&table, *state != '\0' ? arena_printf(table.arena, "%lld", (long long)json_integer_of(message, "attempts")) : "", TONE_PLAIN);
		table_add(&table, json_text_of(message, "answer"), TONE_FAINT);
	}
	page_table(page, &table);
	arena_free(table.arena);
}

static void explain_answers(struct page *page, const json_t *answers)
{
	const json_t *row;
	size_t i;

	json_array_foreach (answers, i, row)
		buf_printf(&page->out, "  %.10s  %s  %s %s%s%s\n", json_text_of(row, "recorded_at"), json_text_of(row, "person"), json_text_of(row, "kind"),
		    json_text_of(row, "milestone"), json_text_of(row, "until"), json_text_of(row, "reason"));
}

/* A part of the page with its title, where there is something in it. */
static void explain_part(struct page *page, const char *title, const json_t *rows, void (*print)(struct page *page, const json_t *rows))
{
	if (json_array_size(rows) == 0)
		return;
	buf_append_byte(&page->out, '\n');
	page_text(page, TONE_STRONG, title);
	buf_append_byte(&page->out, '\n');
	print(page, rows);
}

static int explain_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	(void)invocation;
	page_text(page, TONE_STRONG, json_text_of(answer, "reference"));
	if (*json_text_of(answer, "why_not") != '\0')
		buf_printf(&page->out, "  nobody is reminded: %s", json_text_of(answer, "why_not"));
	else if (json_array_size(json_member(answer, "rules")) == 0)
		buf_append_text(&page->out, "  nobody is reminded: it has no date; set one with mandate edit REF --review DATE");
	buf_append_byte(&page->out, '\n');
	explain_part(page, "Rules", json_member(answer, "rules"), explain_rules);
	explain_part(page, "Told", json_member(answer, "told"), explain_told);
	explain_part(page, "Owed, and not told yet", json_member(answer, "owed"), explain_told);
	explain_part(page, "Withdrawn before it was told", json_member(answer, "withdrawn"), explain_told);
	explain_part(page, "Answered", json_member(answer, "answers"), explain_answers);
	explain_part(page, "To come", json_member(answer, "to_come"), remind_rows);
	return EXIT_DONE;
}

int remind_explain_run(const struct invocation *invocation)
{
	return ask(invocation, "GET", client_path("/v1/obligations/", invocation->words[0], "/reminders"), NULL, explain_print);
}

static void inbox_message(struct page *page, const json_t *message)
{
	const json_t *item, *alarm;
	size_t i;

	page_text(page, TONE_STRONG, json_text_of(message, "on"));
	buf_printf(&page->out, "  by %s, %s", json_text_of(message, "channel"), json_text_of(message, "state"));
	buf_printf(&page->out, "%s%s\n", *json_text_of(message, "answer") != '\0' ? ": " : "", json_text_of(message, "answer"));
	json_array_foreach (json_member(message, "alarms"), i, alarm)
		buf_printf(&page->out, "  ! %s\n", json_is_string(alarm) ? json_string_value(alarm) : "");
	if (json_member(message, "letter") != NULL)
		page_wrap(page, 2, json_text_of(json_member(message, "letter"), "subject"));
	json_array_foreach (json_member(message, "items"), i, item) {
		struct arena *arena = arena_new();

		buf_printf(&page->out, "  %s  due %s  %s\n", json_text_of(item, "reference"), json_text_of(item, "due_on"), remind_step(arena, item));
		page_wrap(page, 4, json_text_of(item, "what"));
		arena_free(arena);
	}
}

static int inbox_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	const json_t *message;
	size_t i;

	(void)invocation;
	json_array_foreach (json_member(answer, "rows"), i, message) {
		if (i > 0)
			buf_append_byte(&page->out, '\n');
		inbox_message(page, message);
	}
	if (json_array_size(json_member(answer, "rows")) == 0)
		buf_append_text(&page->out, "You were told nothing.\n");
	return EXIT_DONE;
}

int remind_inbox_run(const struct invocation *invocation)
{
	struct buf path;

	buf_init(&path, BUF_MAX_LINE);
	buf_append_text(&path, "/v1/inbox");
	client_query(&path, "days", option_value(invocation, OPTION_DAYS));
	return ask(invocation, "GET", buf_take(&path), NULL, inbox_print);
}

static int answer_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	const char *kind = json_text_of(answer, "answer"), *until = json_text_of(answer, "until");

	(void)invocation;
	page_text(page, TONE_STRONG, json_text_of(answer, "reference"));
	if (strcmp(kind, "ack") == 0)
		buf_append_text(&page->out, ": seen; you will not hear of these steps again\n");
	else if (strcmp(kind, "snooze") == 0)
		buf_printf(&page->out, ": you will hear of it from %s on\n", until);
	else if (strcmp(kind, "mute") == 0)
		buf_append_text(&page->out, ": you will not hear of it again; mandate remind wake takes that back\n");
	else
		buf_append_text(&page->out, ": you will hear of it again\n");
	return EXIT_DONE;
}

static int remind_answer(const struct invocation *invocation, const char *kind)
{
	struct error error = ERROR_NONE;
	json_t *body;

	if (option_date(invocation, OPTION_UNTIL, &error) != 0)
		return exit_fail(&error);
	body = json_pack("{s:s}", "answer", kind);
	option_member(invocation, OPTION_UNTIL, body, "until");
	option_member(invocation, OPTION_REASON, body, "reason");
	return ask(invocation, "POST", client_path("/v1/obligations/", invocation->words[0], "/reminders"), body, answer_print);
}

int remind_ack_run(const struct invocation *invocation)
{
	return remind_answer(invocation, "ack");
}

int remind_snooze_run(const struct invocation *invocation)
{
	return remind_answer(invocation, "snooze");
}

int remind_mute_run(const struct invocation *invocation)
{
	return remind_answer(invocation, "mute");
}

int remind_wake_run(const struct invocation *invocation)
{
	return remind_answer(invocation, "wake");
}

static int holidays_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	const json_t *row;
	size_t i;

	(void)invocation;
	json_array_foreach (json_member(answer, "rows"), i, row)
		buf_printf(&page->out, "%s  %s\n", json_text_of(row, "on"), json_text_of(row, "name"));
	if (json_array_size(json_member(answer, "rows")) == 0)
		buf_append_text(&page->out, "None; add one with: mandate holiday add DATE NAME\n");
	return EXIT_DONE;
}

static int holiday_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	(void)invocation;
	buf_printf(&page->out, "%s  %s%s\n", json_text_of(answer, "on"), json_text_of(answer, "name"),
	    json_flag_of(answer, "removed") ? " is a working day again" : "");
	return EXIT_DONE;
}

int holiday_list_run(const struct invocation *invocation)
{
	return ask(invocation, "GET", xstrdup("/v1/holidays"), NULL, holidays_print);
}

int holiday_add_run(const struct invocation *invocation)
{
	return ask(invocation, "PUT", client_path("/v1/holidays/", invocation->words[0], ""), json_pack("{s:s}", "name", invocation->words[1]), holiday_print);
}

int holiday_remove_run(const struct invocation *invocation)
{
	return ask(invocation, "DELETE", client_path("/v1/holidays/", invocation->words[0], ""), json_object(), holiday_print);
}
