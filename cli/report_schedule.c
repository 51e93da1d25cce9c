/* report schedule, schedules, unschedule: reports that the daemon sends by itself. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "ask.h"
#include "exit.h"
#include "obligation.h"
#include "report.h"

static void schedule_member(struct page *page, const char *label, const json_t *row, const char *member)
{
	const char *text = json_text_of(row, member);

	if (*text != '\0')
		buf_printf(&page->out, "%s%s", label, text);
}

/* "3  status kind:reporting, weekly as csv to anna, bela; next on 2005-07-04, …". */
static void schedule_row(struct page *page, const json_t *row)
{
	const json_t *login;
	char id[24];
	size_t i;

	(void)snprintf(id, sizeof id, "%lld", (long long)json_integer_of(row, "id"));
	page_text(page, TONE_STRONG, id);
	buf_printf(&page->out, "  %s", json_text_of(row, "name"));
	schedule_member(page, " ", row, "subject");
	schedule_member(page, " ", row, "filter");
	schedule_member(page, ", by ", row, "group");
	schedule_member(page, "\n    ", row, "every");
	schedule_member(page, " as ", row, "format");
	schedule_member(page, " in ", row, "lang");
	json_array_foreach (json_member(row, "to"), i, login)
		buf_printf(&page->out, "%s%s", i > 0 ? ", " : " to ", json_string_value(login));
	schedule_member(page, ", scheduled by ", row, "by");
	schedule_member(page, "\n    next on ", row, "next_on");
	schedule_member(page, "; the last one as of ", row, "last_as_of");
	buf_append_byte(&page->out, '\n');
	if (*json_text_of(row, "fault") != '\0')
		page_wrap(page, 4, json_text_of(row, "fault"));
}

static int schedules_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	const json_t *row;
	size_t i;

	(void)invocation;
	json_array_foreach (json_member(answer, "rows"), i, row)
		schedule_row(page, row);
	if (i == 0)
		buf_append_text(&page->out, "no report is scheduled; mandate report schedule NAME --every monthly --to LOGIN has one sent\n");
	return EXIT_DONE;
}

static int schedule_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	(void)invocation;
	schedule_row(page, answer);
	return EXIT_DONE;
}

static int schedule_ended_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	(void)invocation;
	buf_printf(&page->out, json_flag_of(answer, "ended") ? "report %lld is sent no more\n" : "report %lld is sent to you no more; to others it is\n",
	    (long long)json_integer_of(answer, "id"));
	return EXIT_DONE;
}

int report_schedules_run(const struct invocation *invocation)
{
	return ask(invocation, "GET", xstrdup("/v1/report-schedules"), NULL, schedules_print);
}

/* "anna,bela" as a list. */
static json_t *schedule_to(const char *text)
{
	struct slice rest = slice_of(text), login;
	json_t *to = json_array();

	while (rest.len > 0) {
		if (!slice_take_until(&rest, ',', &login)) {
			login = rest;
			rest = SLICE("");
		}
		login = slice_trim(login);
		if (login.len > 0)
			json_array_append_new(to, json_stringn(login.at, login.len));
	}
	return to;
}

int report_schedule_run(const struct invocation *invocation)
{
	const char *every = option_value(invocation, OPTION_EVERY), *to = option_value(invocation, OPTION_TO);
	struct error error = ERROR_NONE;
	struct report_asked asked;
	struct buf path;
	json_t *body;
	int code;

	if (every == NULL || to == NULL) {
		(void)error_set(&error, E_INPUT, "usage", every == NULL ? "how often is it sent? add --every weekly, monthly or quarterly"
		                                                        : "to whom is it sent? add --to LOGIN, or several with commas between them");
		return exit_fail(&error);
	}
	report_asked_read(invocation, &asked);
	body = json_pack("{s:s, s:s, s:o}", "name", asked.name, "every", every, "to", schedule_to(to));
	if (asked.subject != NULL)
		json_object_set_new(body, "subject", json_string(asked.subject));
	option_member(invocation, OPTION_GROUP, body, "group");
	option_member(invocation, OPTION_LANG, body, "lang");
	option_member(invocation, OPTION_FORMAT, body, "format");
	buf_init(&path, BUF_MAX_LINE);
	filter_path(&path, "/v1/report-schedules", asked.words, asked.count);
	code = ask(invocation, "POST", xstrdup(buf_text(&path)), body, schedule_print);
	buf_release(&path);
	return code;
}

int report_unschedule_run(const struct invocation *invocation)
{
	return ask(invocation, "DELETE", client_path("/v1/report-schedules/", invocation->words[0], ""), json_object(), schedule_ended_print);
}
