/* treaty and state: who has signed and joined what, and who the States are. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/csv.h"
#include "ask.h"
#include "exit.h"
#include "rows.h"

/* The members of each row as columns of a table. Numbers as they are. */
static void treaty_table(struct page *page, const json_t *rows, size_t columns, const char *const titles[], const char *const members[])
{
	struct table table = {.titles = titles, .columns = columns, .flexible = columns - 1, .arena = arena_new()};
	const json_t *row;
	size_t i;

	json_array_foreach (rows, i, row)
		for (size_t c = 0; c < columns; c++)
			table_add(&table, json_is_integer(json_member(row, members[c]))
			        ? arena_printf(table.arena, "%lld", (long long)json_integer_of(row, members[c]))
			        : json_text_of(row, members[c]), c == 0 ? TONE_STRONG : TONE_PLAIN);
	page_table(page, &table);
	arena_free(table.arena);
}

static int treaties_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	static const char *const titles[] = {"CODE", "ADOPTED", "SIGNED", "PARTIES", "THRESHOLD", "IN FORCE", "NAME"};
	static const char *const members[] = {"code", "adopted_on", "signatories", "parties", "threshold", "in_force_on", "name"};

	(void)invocation;
	treaty_table(page, json_member(answer, "rows"), 7, titles, members);
	return EXIT_DONE;
}

int treaty_list_run(const struct invocation *invocation)
{
	return ask(invocation, "GET", xstrdup("/v1/treaties"), NULL, treaties_print);
}

static int treaty_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	(void)invocation;
	buf_printf(&page->out, "%s  %s\nRecord what States do: mandate treaty action %s PARTY ratification --on DATE\n", json_text_of(answer, "code"),
	    json_text_of(answer, "name"), json_text_of(answer, "code"));
	return EXIT_DONE;
}

int treaty_add_run(const struct invocation *invocation)
{
	const char *threshold = option_value(invocation, OPTION_THRESHOLD);
	struct slice rest = slice_of(threshold);
	struct error error = ERROR_NONE;
	uint64_t number = 0;
	json_t *body;

	if (!option_given(invocation, OPTION_NAME) || threshold == NULL || !slice_take_number(&rest, 1000, &number) || rest.len > 0 || number == 0) {
		(void)error_set(&error, E_INPUT, "usage", "treaty add needs --name NAME and --threshold NUMBER, how many instruments bring it into force");
		return exit_fail(&error);
	}
	if (option_date(invocation, OPTION_ADOPTED, &error) != 0)
		return exit_fail(&error);
	body = json_pack("{s:s, s:I}", "code", invocation->words[0], "threshold", (json_int_t)number);
	option_member(invocation, OPTION_NAME, body, "name");
	option_member(invocation, OPTION_ALIASES, body, "aliases");
	option_member(invocation, OPTION_ADOPTED, body, "adopted_on");
	option_member(invocation, OPTION_ADOPTED_BY, body, "adopted_by");
	option_member(invocation, OPTION_PARENT, body, "parent");
	return ask(invocation, "POST", xstrdup("/v1/treaties"), body, treaty_print);
}

static void status_csv(struct page *page, const json_t *rows)
{
	static const char *const members[] = {"party", "name", "signed_on", "action", "deposited_on", "in_force_on", "withdrew_on", "left_on"};
	const size_t count = sizeof members / sizeof *members;
	const json_t *row;
	size_t i;

	for (size_t m = 0; m < count; m++)
		csv_write(&page->out, members[m], m + 1 < count ? ',' : '\n');
	json_array_foreach (rows, i, row)
		for (size_t m = 0; m < count; m++)
			csv_write(&page->out, json_text_of(row, members[m]), m + 1 < count ? ',' : '\n');
}

/* "Peru, Kenya": names one after the other. */
static void status_names(struct page *page, const char *name, const json_t *rows)
{
	const json_t *row;
	struct buf line;
	size_t i;

	buf_init(&line, BUF_MAX_BODY);
	buf_printf(&line, "%zu", json_array_size(rows));
	json_array_foreach (rows, i, row)
		buf_printf(&line, "%s%s", i == 0 ? ": " : ", ", json_text_of(row, "name"));
	page_field(page, name, buf_text(&line));
	buf_release(&line);
}

static void status_head(struct page *page, const json_t *answer)
{
	const char *force = json_text_of(answer, "in_force_on");
	struct buf line;

	buf_init(&line, BUF_MAX_BODY);
	page_text(page, TONE_STRONG, json_text_of(json_member(answer, "treaty"), "code"));
	buf_printf(&page->out, "  as of %s%s%s\n", json_text_of(answer, "as_of"), *json_text_of(answer, "group") != '\0' ? ", " : "", json_text_of(answer, "group"));
	page_wrap(page, 0, json_text_of(json_member(answer, "treaty"), "name"));
	buf_append_byte(&page->out, '\n');
	page_count(&line, answer, "signatories", "signatory, ", "signatories, ");
	page_count(&line, answer, "parties", "party", "parties");
	if (json_integer_of(answer, "organizations") > 0) {
		buf_append_text(&line, ", ");
		page_count(&line, answer, "organizations", "of them an organization", "of them organizations");
	}
	page_field(page, "joined", buf_text(&line));
	buf_clear(&line);
	if (*json_text_of(answer, "group") != '\0') {
		int64_t members = json_integer_of(answer, "members"),
		        out_of_it = (int64_t)json_array_size(json_member(answer, "signed_only")) + (int64_t)json_array_size(json_member(answer, "neither"));

		buf_printf(&line, "%lld of its %lld members %s joined", (long long)(members - out_of_it), (long long)members,
		    word_of(members - out_of_it, "has", "have"));
		page_field(page, json_text_of(answer, "group"), buf_text(&line));
		buf_clear(&line);
	}
	if (*force != '\0')
		buf_printf(&line, "%s: %s", force, json_text_of(answer, "in_force_why"));
	else {
		buf_append_text(&line, "not yet, ");
		page_count(&line, answer, "lacking", "instrument is lacking: ", "instruments are lacking: ");
		buf_append_text(&line, json_text_of(answer, "in_force_why"));
	}
	page_field(page, "in force", buf_text(&line));
	buf_release(&line);
}

static int status_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	static const char *const titles[] = {"CODE", "SIGNED", "ACT", "DEPOSITED", "IN FORCE", "LEFT", "PARTICIPANT"};
	static const char *const members[] = {"party", "signed_on", "action", "deposited_on", "in_force_on", "left_on", "name"};

	if (format_is(invocation, "csv")) {
		status_csv(page, json_member(answer, "rows"));
		return EXIT_DONE;
	}
	status_head(page, answer);
	buf_append_byte(&page->out, '\n');
	treaty_table(page, json_member(answer, "rows"), 7, titles, members);
	buf_append_byte(&page->out, '\n');
	status_names(page, "signed only", json_member(answer, "signed_only"));
	status_names(page, "neither", json_member(answer, "neither"));
	return EXIT_DONE;
}

int treaty_status_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	struct buf path;
	char *head;

	if (option_date(invocation, OPTION_AS_OF, &error) != 0)
		return exit_fail(&error);
	head = client_path("/v1/treaties/", invocation->words[0], "");
	buf_init(&path, BUF_MAX_LINE);
	buf_append_text(&path, head);
	free(head);
	client_query(&path, "as_of", option_value(invocation, OPTION_AS_OF));
	client_query(&path, "known_at", option_value(invocation, OPTION_KNOWN_AT));
	client_query(&path, "group", option_value(invocation, OPTION_GROUP));
	return ask(invocation, "GET", buf_take(&path), NULL, status_print);
}

static void treaty_warnings(const json_t *answer)
{
	const json_t *warning;
	size_t i;

	json_array_foreach (json_member(answer, "warnings"), i, warning)
		fprintf(stderr, "mandate: note: %s\n", json_string_value(warning));
}

static int action_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	const json_t *status = json_member(answer, "status");

	(void)invocation;
	treaty_warnings(answer);
	buf_printf(&page->out, "%s: %s of %s on %s%s\n", json_text_of(answer, "treaty"), json_text_of(answer, "action"), json_text_of(answer, "name"),
	    json_text_of(answer, "on"), json_flag_of(answer, "already") ? ", which was here already" : "");
	if (*json_text_of(status, "in_force_on") != '\0')
		buf_printf(&page->out, "  in force for it from %s: %s\n", json_text_of(status, "in_force_on"), json_text_of(status, "why"));
	buf_append_text(&page->out, "  ");
	page_count(&page->out, answer, "parties", "party now", "parties now");
	if (json_integer_of(answer, "lacking") > 0) {
		buf_append_text(&page->out, "; to enter into force it lacks ");
		page_count(&page->out, answer, "lacking", "instrument", "instruments");
	}
	buf_append_byte(&page->out, '\n');
	return EXIT_DONE;
}

int treaty_action_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	json_t *body;

	if (option_date(invocation, OPTION_ON, &error) != 0)
		return exit_fail(&error);
	body = json_pack("{s:s, s:s}", "party", invocation->words[1], "action", invocation->words[2]);
	option_member(invocation, OPTION_ON, body, "on");
	option_member(invocation, OPTION_NOTE, body, "note");
	option_evidence(invocation, body);
	return ask(invocation, "POST", client_path("/v1/treaties/", invocation->words[0], "/entries"), body, action_print);
}

static int correct_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	(void)invocation;
	buf_printf(&page->out, "%s entry %lld: %s of %s on %s\n", json_text_of(answer, "ledger"), (long long)json_integer_of(answer, "n"),
	    json_text_of(answer, "action"), json_text_of(answer, "party"), json_text_of(answer, "effective_on"));
	return EXIT_DONE;
}

int treaty_correct_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	char *head, *path;
	json_t *body;

	if (option_date(invocation, OPTION_ON, &error) != 0)
		return exit_fail(&error);
	body = json_object();
	option_member(invocation, OPTION_PARTY, body, "party");
	option_member(invocation, OPTION_ACTION, body, "action");
	option_member(invocation, OPTION_ON, body, "on");
	json_object_set_new(body, "note", json_string(option_given(invocation, OPTION_NOTE) ? option_value(invocation, OPTION_NOTE) : ""));
	if (option_given(invocation, OPTION_VOID))
		json_object_set_new(body, "void", json_true());
	head = client_path("/v1/treaties/", invocation->words[0], "/entries/");
	path = client_path(head, invocation->words[1], "");
	free(head);
	return ask(invocation, "POST", path, body, correct_print);
}

static int import_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	(void)invocation;
	treaty_warnings(answer);
	if (json_flag_of(answer, "dry_run"))
		buf_append_text(&page->out, "(nothing was changed) ");
	page_count(&page->out, answer, "rows", "row: ", "rows: ");
	buf_printf(&page->out, "%lld recorded, ", (long long)json_integer_of(answer, "added"));
	page_count(&page->out, answer, "already", "was here already\n", "were here already\n");
	return EXIT_DONE;
}

int treaty_import_run(const struct invocation *invocation)
{
	static const char *const named[] = {"participant", "action", "date", "treaty", "evidence", "note", NULL};
	static const char *const mixed[] = {"treaty", "participant", "action", "date", "evidence", "note", NULL};
	const bool one = invocation->word_count == 2;
	const struct rows_columns columns = one ? (struct rows_columns){named, 3} : (struct rows_columns){mixed, 4};
	json_t *body = json_object();

	if (one)
		json_object_set_new(body, "treaty", json_string(invocation->words[0]));
	return rows_send(invocation, &columns, xstrdup("/v1/treaty-actions"), body, import_print);
}

static int entries_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	static const char *const titles[] = {"N", "DATE", "ACT", "RECORDED", "CORRECTS", "CORRECTED BY", "NOTE", "PARTICIPANT"};
	static const char *const members[] = {"n", "effective_on", "action", "recorded_at", "corrects", "corrected_by", "note", "name"};

	(void)invocation;
	treaty_table(page, json_member(answer, "rows"), 8, titles, members);
	return EXIT_DONE;
}

int treaty_log_run(const struct invocation *invocation)
{
	struct buf path;
	char *head = client_path("/v1/treaties/", invocation->words[0], "/entries");

	buf_init(&path, BUF_MAX_LINE);
	buf_append_text(&path, head);
	free(head);
	if (invocation->word_count > 1)
		client_query(&path, "party", invocation->words[1]);
	return ask(invocation, "GET", buf_take(&path), NULL, entries_print);
}

static int states_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	static const char *const titles[] = {"CODE", "MEMBER SINCE", "REGION", "NAME"};
	static const char *const members[] = {"alpha3", "un_member_since", "region", "name"};

	(void)invocation;
	treaty_table(page, json_member(answer, "rows"), 4, titles, members);
	buf_printf(&page->out, "\n%zu States\n", json_array_size(json_member(answer, "rows")));
	return EXIT_DONE;
}

int state_list_run(const struct invocation *invocation)
{
	struct buf path;

	buf_init(&path, BUF_MAX_LINE);
	buf_append_text(&path, "/v1/states");
	client_query(&path, "group", option_value(invocation, OPTION_GROUP));
	client_query(&path, "as_of", option_value(invocation, OPTION_AS_OF));
	return ask(invocation, "GET", buf_take(&path), NULL, states_print);
}

static int state_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	static const char *const names[] = {"formal_en", "name_fr", "name_es", "name_ru", "name_zh", "name_ar"};
	static const char *const said[] = {"formally", "French", "Spanish", "Russian", "Chinese", "Arabic"};
	const json_t *group;
	struct buf line;
	size_t i;

	(void)invocation;
	buf_init(&line, BUF_MAX_LINE);
	page_text(page, TONE_STRONG, json_text_of(answer, "name"));
	buf_printf(&page->out, "  %s%s  %s  %s\n", json_text_of(answer, "alpha3"), json_text_of(answer, "code"), json_text_of(answer, "alpha2"), json_text_of(answer, "m49"));
	for (i = 0; i < sizeof names / sizeof *names; i++)
		page_field(page, said[i], json_text_of(answer, names[i]));
	json_array_foreach (json_member(answer, "groups"), i, group)
		buf_printf(&line, "%s%s", i > 0 ? ", " : "", json_string_value(group));
	page_field(page, "groups", buf_text(&line));
	page_field(page, "member", json_text_of(answer, "un_member_since"));
	buf_release(&line);
	return EXIT_DONE;
}

int state_show_run(const struct invocation *invocation)
{
	return ask(invocation, "GET", client_path("/v1/states/", invocation->words[0], ""), NULL, state_print);
}
