/* contribution pledge, receive, correct, log, import: what is written in a fund's book, and the book. */
#include "contribution.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "exit.h"
#include "rows.h"

void amount_put(struct buf *out, const char *amount)
{
	size_t whole = strcspn(amount, ".");
	const char *cents = amount[whole] == '.' ? amount + whole + 1 : "";

	for (size_t i = 0; i < whole; i++) {
		if (i > 0 && (whole - i) % 3 == 0)
			buf_append_byte(out, ',');
		buf_append_byte(out, amount[i]);
	}
	buf_printf(out, ".%s%s", cents, strlen(cents) == 0 ? "00" : strlen(cents) == 1 ? "0" : "");
}

void amount_of(struct buf *out, const json_t *object)
{
	buf_printf(out, "%s ", json_text_of(object, "currency"));
	amount_put(out, json_text_of(object, "amount"));
}

void warnings_say(const json_t *answer)
{
	const json_t *warning;
	size_t i;

	json_array_foreach (json_member(answer, "warnings"), i, warning)
		fprintf(stderr, "mandate: note: %s\n", json_string_value(warning));
}

/* The date, or null where it says "none". */
static int member_date(const struct invocation *invocation, enum option option, json_t *body, const char *name, struct error *error)
{
	const char *value = option_value(invocation, option);

	if (value != NULL && strcmp(value, "none") == 0)
		json_object_set_new(body, name, json_null());
	else if (value != NULL && option_date(invocation, option, error) != 0)
		return E_INPUT;
	else
		option_member(invocation, option, body, name);
	return 0;
}

static int member_year(const struct invocation *invocation, json_t *body, struct error *error)
{
	const char *value = option_value(invocation, OPTION_FOR_YEAR);
	struct slice rest = slice_of(value);
	uint64_t year;

	if (value == NULL)
		return 0;
	if (strcmp(value, "none") == 0)
		return json_object_set_new(body, "for_year", json_null());
	if (!slice_take_number(&rest, 9999, &year) || rest.len > 0)
		return error_set(error, E_INPUT, "usage", "--for-year takes a year such as 2005, not \"%s\"", value);
	return json_object_set_new(body, "for_year", json_integer((json_int_t)year));
}

int contribution_members(const struct invocation *invocation, json_t *body, struct error *error)
{
	static const struct {
		enum option option;
		const char *member;
	} members[] = {{OPTION_DONOR, "donor"}, {OPTION_AMOUNT, "amount"}, {OPTION_CURRENCY, "currency"}, {OPTION_EARMARK, "earmark"},
	    {OPTION_IN_KIND, "in_kind"}, {OPTION_AGREEMENT, "agreement"}, {OPTION_RATE, "rate"}, {OPTION_PLEDGE, "pledge"}, {OPTION_NOTE, "note"}};
	json_t *evidence;

	for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
		const char *value = option_value(invocation, members[i].option);

		if (value != NULL)
			json_object_set_new(body, members[i].member, strcmp(value, "none") == 0 ? json_null() : json_string(value));
	}
	if (option_given(invocation, OPTION_PRIVATE))
		json_object_set_new(body, "donor_type", json_string("private"));
	if (member_date(invocation, OPTION_ON, body, "date", error) != 0 || member_date(invocation, OPTION_DUE, body, "due", error) != 0 ||
	    member_date(invocation, OPTION_RATE_DATE, body, "rate_date", error) != 0 || member_year(invocation, body, error) != 0)
		return E_INPUT;
	if (invocation->evidence_count == 0)
		return 0;
	evidence = json_array();
	for (size_t i = 0; i < invocation->evidence_count; i++)
		json_array_append_new(evidence, json_string(invocation->evidence[i]));
	return json_object_set_new(body, "evidence", evidence);
}

/* "at 0.8 for one dollar, the rate of 2004-01-01" */
static void entry_dollars(struct buf *out, const json_t *e)
{
	buf_append_text(out, "US$ ");
	amount_put(out, json_text_of(e, "usd"));
	if (strcmp(json_text_of(e, "currency"), "USD") != 0)
		buf_printf(out, " at %s for one dollar, %s %s", json_text_of(e, "rate"),
		    json_flag_of(e, "rate_given") ? "given for" : "the rate from", json_text_of(e, "rate_date"));
}

static int entry_print(const struct invocation *invocation, struct page *page, const json_t *e)
{
	const char *action = json_text_of(e, "action");
	bool takes_back = strcmp(action, "void") == 0;
	long long corrects = (long long)json_integer_of(e, "corrects");

	(void)invocation;
	buf_printf(&page->out, "%s entry %lld", json_text_of(e, "fund"), (long long)json_integer_of(e, "n"));
	if (takes_back)
		buf_printf(&page->out, " takes back entry %lld: ", corrects);
	else
		buf_printf(&page->out, ": %s of ", action);
	amount_of(&page->out, e);
	buf_printf(&page->out, " %s %s on %s\n  ", strcmp(action, "pledge") == 0 ? "by" : "from",
	    json_text_of(json_member(e, "donor"), "name"), json_text_of(e, "effective_on"));
	entry_dollars(&page->out, e);
	buf_append_byte(&page->out, '\n');
	if (!takes_back && corrects > 0)
		buf_printf(&page->out, "  in the place of entry %lld, which is kept\n", corrects);
	warnings_say(e);
	return EXIT_DONE;
}

static int contribution_send(const struct invocation *invocation, char *path_take, json_t *body_take)
{
	struct error error = ERROR_NONE;

	if (contribution_members(invocation, body_take, &error) != 0) {
		json_decref(body_take);
		free(path_take);
		return exit_fail(&error);
	}
	return ask(invocation, "POST", path_take, body_take, entry_print);
}

static int contribution_write(const struct invocation *invocation, const char *action)
{
	char *const *words = invocation->words;

	return contribution_send(invocation, client_path("/v1/funds/", words[0], "/entries"),
	    json_pack("{s:s, s:s, s:s, s:s}", "action", action, "donor", words[1], "amount", words[2], "currency", words[3]));
}

int contribution_pledge_run(const struct invocation *invocation)
{
	return contribution_write(invocation, "pledge");
}

int contribution_receive_run(const struct invocation *invocation)
{
	return contribution_write(invocation, "receipt");
}

int contribution_correct_run(const struct invocation *invocation)
{
	char *head = client_path("/v1/funds/", invocation->words[0], "/entries/");
	char *path = client_path(head, invocation->words[1], "/correction");
	json_t *body = json_object();

	free(head);
	if (option_given(invocation, OPTION_VOID))
		json_object_set_new(body, "void", json_true());
	return contribution_send(invocation, path, body);
}

/* What an entry says beside its amount, one after the other. */
static void log_details(struct buf *line, const json_t *e)
{
	static const char *const members[] = {"in_kind", "earmark", "agreement", "due", "note"};
	static const char *const said[] = {"in kind", "earmarked", "agreement", "due", "note"};
	const json_t *evidence;
	size_t i;

	if (json_is_integer(json_member(e, "pledge")))
		buf_printf(line, "for pledge %lld", (long long)json_integer_of(e, "pledge"));
	if (json_is_integer(json_member(e, "for_year")))
		buf_printf(line, "%sfor %lld", line->len > 0 ? "; " : "", (long long)json_integer_of(e, "for_year"));
	for (i = 0; i < sizeof members / sizeof *members; i++)
		if (*json_text_of(e, members[i]) != '\0')
			buf_printf(line, "%s%s: %s", line->len > 0 ? "; " : "", said[i], json_text_of(e, members[i]));
	json_array_foreach (json_member(e, "evidence"), i, evidence)
		buf_printf(line, "%s%s", i > 0 ? ", " : line->len > 0 ? "; evidence: " : "evidence: ", json_string_value(evidence));
}

static void log_entry(struct page *page, const json_t *e)
{
	const char *action = json_text_of(e, "action");
	struct buf line;

	buf_init(&line, BUF_MAX_BODY);
	buf_printf(&page->out, "%4lld  ", (long long)json_integer_of(e, "n"));
	page_text(page, TONE_STRONG, json_text_of(e, "effective_on"));
	buf_printf(&page->out, "  %-7s  %s  ", action, json_text_of(json_member(e, "donor"), "name"));
	amount_of(&page->out, e);
	buf_append_text(&page->out, "  ");
	entry_dollars(&page->out, e);
	buf_append_byte(&page->out, '\n');
	if (json_is_integer(json_member(e, "corrects")))
		buf_printf(&page->out, "      %s entry %lld\n", strcmp(action, "void") == 0 ? "takes back" : "in the place of",
		    (long long)json_integer_of(e, "corrects"));
	if (json_is_integer(json_member(e, "corrected_by")))
		buf_printf(&page->out, "      corrected by entry %lld\n", (long long)json_integer_of(e, "corrected_by"));
	log_details(&line, e);
	if (line.len > 0)
		page_wrap(page, 6, buf_text(&line));
	buf_clear(&line);
	buf_printf(&line, "      recorded %.19s UTC by %s, hash %.12s…\n", json_text_of(e, "recorded_at"),
	    json_text_of(json_member(e, "officer"), "login"), json_text_of(e, "hash"));
	page_text(page, TONE_FAINT, buf_text(&line));
	buf_release(&line);
}

static int log_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	const json_t *row;
	size_t i;

	(void)invocation;
	page_text(page, TONE_STRONG, json_text_of(json_member(answer, "fund"), "name"));
	buf_append_byte(&page->out, '\n');
	json_array_foreach (json_member(answer, "rows"), i, row)
		log_entry(page, row);
	if (json_array_size(json_member(answer, "rows")) == 0)
		buf_append_text(&page->out, "No entries.\n");
	return EXIT_DONE;
}

int contribution_log_run(const struct invocation *invocation)
{
	char *head = client_path("/v1/funds/", invocation->words[0], "/entries");
	struct buf path;

	buf_init(&path, BUF_MAX_LINE);
	buf_append_text(&path, head);
	free(head);
	if (invocation->word_count > 1)
		client_query(&path, "donor", invocation->words[1]);
	return ask(invocation, "GET", buf_take(&path), NULL, log_print);
}

static int import_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	const char *fund;
	json_t *many;

	(void)invocation;
	page_count(&page->out, answer, "added", "entry added, ", "entries added, ");
	page_count(&page->out, answer, "already", "was here already", "were here already");
	buf_printf(&page->out, "%s\n", json_flag_of(answer, "dry_run") ? " (nothing was changed)" : "");
	json_object_foreach ((json_t *)(uintptr_t)json_member(answer, "funds"), fund, many)
		buf_printf(&page->out, "  %s: %lld\n", fund, (long long)json_integer_value(many));
	warnings_say(answer);
	return EXIT_DONE;
}

int contribution_import_run(const struct invocation *invocation)
{
	static const char *const names[] = {"fund", "action", "donor", "amount", "currency", "date", "earmark", "in_kind", "for_year", "due",
	    "agreement", "rate", "rate_date", "pledge", "donor_type", "note", "evidence", NULL};
	static const struct rows_columns columns = {names, 6};

	return rows_send(invocation, &columns, xstrdup("/v1/contributions/import"), json_object(), import_print);
}
