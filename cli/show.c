/* show and edit: one obligation. */
#include <stdlib.h>
#include <string.h>

#include "ask.h"
#include "exit.h"
#include "obligation.h"
#include "people.h"

static void show_update(struct page *page, const json_t *update)
{
	struct buf line;
	const json_t *evidence;
	size_t i;

	if (!json_is_object(update))
		return;
	buf_init(&line, BUF_MAX_BODY);
	buf_printf(&line, "%s, %s", json_text_of(update, "effective_on"), json_text_of(json_member(update, "officer"), "name"));
	if (*json_text_of(update, "note") != '\0')
		buf_printf(&line, ": %s", json_text_of(update, "note"));
	json_array_foreach (json_member(update, "evidence"), i, evidence)
		buf_printf(&line, "%s%s", i > 0 ? ", " : " [", json_string_value(evidence));
	if (json_array_size(json_member(update, "evidence")) > 0)
		buf_append_byte(&line, ']');
	page_field(page, "last said", buf_text(&line));
	buf_release(&line);
}

/* The live set of those who have joined, and of those who have not. */
static void show_treaty(struct page *page, const json_t *treaty)
{
	size_t missing = json_array_size(json_member(treaty, "missing"));
	struct buf line;

	if (!json_is_object(treaty))
		return;
	buf_init(&line, BUF_MAX_LINE);
	buf_printf(&line, "%s: ", json_text_of(treaty, "code"));
	page_count(&line, treaty, "parties", "party; ", "parties; ");
	buf_printf(&line, "%zu of %lld Member States %s not joined", missing, (long long)json_integer_of(treaty, "members"),
	    word_of((int64_t)missing, "has", "have"));
	if (missing > 0) {
		buf_append_text(&line, ", ");
		page_count(&line, treaty, "missing_signed", "of these has signed", "of these have signed");
	}
	if (*json_text_of(treaty, "in_force_on") != '\0')
		buf_printf(&line, "; in force since %s", json_text_of(treaty, "in_force_on"));
	else {
		buf_append_text(&line, "; to enter into force it lacks ");
		page_count(&line, treaty, "lacking", "instrument", "instruments");
	}
	buf_printf(&line, " (mandate treaty status %s)", json_text_of(treaty, "code"));
	page_field(page, "treaty", buf_text(&line));
	buf_release(&line);
}

static void show_status(struct page *page, const json_t *o)
{
	struct buf line;

	buf_init(&line, BUF_MAX_BODY);
	buf_printf(&line, "%s since %s (%s)", json_text_of(o, "status"), json_text_of(o, "status_since"), json_text_of(o, "clearance"));
	page_field(page, "status", buf_text(&line));
	buf_clear(&line);
	(void)obligation_due(o, &line);
	page_field(page, "due", line.len > 0 ? buf_text(&line) : "undated");
	page_field(page, "because", json_text_of(o, "due_why"));
	page_field(page, "review", json_text_of(o, "review_on"));
	page_field(page, "reminders", json_text_of(o, "remind_rule"));
	if (json_is_object(json_member(o, "next_milestone"))) {
		buf_clear(&line);
		buf_printf(&line, "%s %s", json_text_of(json_member(o, "next_milestone"), "on"), json_text_of(json_member(o, "next_milestone"), "name"));
		page_field(page, "next step", buf_text(&line));
	}
	page_field(page, "answered", json_text_of(o, "document"));
	page_field(page, "late", json_text_of(o, "late_reason"));
	buf_release(&line);
}

/* The series that it is one of, each with status and date. */
static void show_occurrences(struct page *page, const json_t *o)
{
	const json_t *occurrences = json_member(o, "occurrences"), *one;
	struct buf line;
	size_t i;

	buf_init(&line, BUF_MAX_LINE);
	json_array_foreach (occurrences, i, one) {
		const char *due = json_text_of(one, "due_on");

		buf_clear(&line);
		buf_printf(&line, "%s  %s  %s%s", *due != '\0' ? due : "undated", json_text_of(one, "reference"), json_text_of(one, "status"),
		    strcmp(json_text_of(one, "timeliness"), "overdue") == 0 ? ", overdue" : "");
		page_field(page, i == 0 ? "series" : " ", buf_text(&line));
	}
	buf_release(&line);
}

/* "Anna Officer (away until 2026-08-20, Bela Officer stands in)" */
static void show_owner(struct page *page, const json_t *o)
{
	const char *owner = json_text_of(json_member(o, "owner"), "name"), *acting = json_text_of(json_member(o, "acting"), "name");
	const json_t *away = json_member(o, "owner_away");
	struct buf line;

	buf_init(&line, BUF_MAX_LINE);
	buf_append_text(&line, *owner != '\0' ? owner : "nobody");
	if (json_is_object(away)) {
		buf_append_text(&line, " (");
		people_away(away, acting, &line);
		buf_append_byte(&line, ')');
	} else if (*owner != '\0' && !json_flag_of(o, "owner_active")) {
		buf_printf(&line, " (has left%s%s)", *acting != '\0' ? "; stands in: " : "", acting);
	}
	page_field(page, "owner", buf_text(&line));
	buf_release(&line);
}

static void show_people(struct page *page, const json_t *o)
{
	const json_t *one;
	struct buf line;
	size_t i;

	show_owner(page, o);
	page_field(page, "alternate", json_text_of(json_member(o, "alternate"), "name"));
	buf_init(&line, BUF_MAX_BODY);
	json_array_foreach (json_member(o, "team"), i, one) {
		const char *part = json_text_of(one, "role");

		buf_printf(&line, "%s%s (%s)", i > 0 ? ", " : "", json_text_of(one, "name"), strcmp(part, "focal_point") == 0 ? "focal point" : part);
	}
	page_field(page, "team", buf_text(&line));
	page_field(page, "unit", json_text_of(o, "unit"));
	buf_release(&line);
}

static int show_print(const struct invocation *invocation, struct page *page, const json_t *o)
{
	const json_t *resolution = json_member(o, "resolution"), *one;
	struct buf line;
	size_t i;

	buf_init(&line, BUF_MAX_BODY);
	page_text(page, TONE_STRONG, json_text_of(o, "reference"));
	buf_printf(&page->out, "%s\n", json_flag_of(o, "live") ? "" : "  in a draft that is not yet adopted");
	page_wrap(page, 0, json_text_of(resolution, "title"));
	buf_append_byte(&page->out, '\n');
	page_wrap(page, 2, json_text_of(o, "text"));
	buf_append_byte(&page->out, '\n');
	buf_printf(&line, "%s, %s", json_text_of(o, "kind"), json_text_of(o, "force"));
	page_field(page, "kind", buf_text(&line));
	buf_clear(&line);
	obligation_addressees(json_member(o, "addressees"), &line);
	page_field(page, "asked", buf_text(&line));
	page_field(page, "to do", json_text_of(o, "action"));
	buf_clear(&line);
	json_array_foreach (json_member(o, "conditions"), i, one)
		buf_printf(&line, "%s\"%s\"", i > 0 ? ", " : "", json_string_value(one));
	page_field(page, "qualified by", buf_text(&line));
	page_field(page, "in", json_text_of(o, "vehicle"));
	show_treaty(page, json_member(o, "treaty"));
	page_field(page, "fund", json_text_of(json_member(o, "fund"), "name"));
	page_field(page, "contributions", json_text_of(json_member(o, "fund"), "said"));
	show_status(page, o);
	show_people(page, o);
	show_occurrences(page, o);
	json_array_foreach (json_member(o, "former_references"), i, one)
		page_field(page, "formerly", json_string_value(one));
	show_update(page, json_member(o, "last_update"));
	if (option_given(invocation, OPTION_WHY) && json_array_size(json_member(o, "milestones")) > 0) {
		buf_append_byte(&page->out, '\n');
		milestone_table(page, json_member(o, "milestones"));
	}
	buf_append_byte(&page->out, '\n');
	page_count(&page->out, o, "updates", "entry", "entries");
	buf_printf(&page->out, " in its record: mandate log %s\nAnswer it:  mandate update %s --status STATUS --note TEXT --evidence SYMBOL\n",
	    json_text_of(o, "reference"), json_text_of(o, "reference"));
	buf_release(&line);
	return EXIT_DONE;
}

int show_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	struct buf path;
	char *head;

	if (option_date(invocation, OPTION_AS_OF, &error) != 0)
		return exit_fail(&error);
	head = client_path("/v1/obligations/", invocation->words[0], "");
	buf_init(&path, BUF_MAX_LINE);
	buf_append_text(&path, head);
	free(head);
	client_query(&path, "as_of", option_value(invocation, OPTION_AS_OF));
	client_query(&path, "known_at", option_value(invocation, OPTION_KNOWN_AT));
	return ask(invocation, "GET", buf_take(&path), NULL, show_print);
}

int edit_run(const struct invocation *invocation)
{
	static const struct {
		enum option option;
		const char *member;
	} members[] = {{OPTION_KIND, "kind"}, {OPTION_FORCE, "force"}, {OPTION_ACTION, "action"},
	    {OPTION_VEHICLE, "vehicle"}, {OPTION_FUND, "fund"}, {OPTION_TREATY, "treaty"}, {OPTION_DUE, "due_on"}, {OPTION_REVIEW, "review_on"}, {OPTION_REMIND, "remind_rule"}, {OPTION_REASON, "reason"}};
	struct error error = ERROR_NONE;
	json_t *body = json_object();

	for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
		const char *value = option_value(invocation, members[i].option);

		if (value != NULL)
			json_object_set_new(body, members[i].member, strcmp(value, "none") == 0 ? json_null() : json_string(value));
	}
	if (option_seen(invocation, body, &error) != 0) {
		json_decref(body);
		return exit_fail(&error);
	}
	return ask(invocation, "PATCH", client_path("/v1/obligations/", invocation->words[0], ""), body, show_print);
}
