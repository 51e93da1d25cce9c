/* report, calendar: fetched in their format, printed or written to a file. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "ask.h"
#include "exit.h"
#include "obligation.h"

/* What the daemon renders, printed or written to the file of --output. */
static int report_fetch(const struct invocation *invocation, const char *path)
{
	const char *file = option_value(invocation, OPTION_OUTPUT);
	struct error error = ERROR_NONE;
	struct client *client = client_open(invocation, &error);
	struct page page;
	int code;

	if (client == NULL)
		return exit_fail(&error);
	page_init(&page, invocation);
	code = client_fetch(client, path, &page.out, &error);
	if (code == 0 && file != NULL) {
		code = file_write(file, buf_slice(&page.out), &error);
		if (code == 0 && !option_given(invocation, OPTION_QUIET))
			fprintf(stderr, "mandate: wrote %s, %zu bytes\n", file, page.out.len);
		buf_clear(&page.out);
	}
	if (code != 0) {
		buf_release(&page.out);
		return client_fail(client, &error);
	}
	client_close(client);
	return page_finish(&page, EXIT_DONE);
}

/* The path of what is rendered, with the options that all of them have. To be released. */
static void report_path(const struct invocation *invocation, const char *head, struct buf *path)
{
	const char *format = option_value(invocation, OPTION_FORMAT);

	buf_init(path, BUF_MAX_LINE);
	filter_path(path, head, invocation->words, invocation->word_count);
	client_query(path, "format", format ? format : "text");
	client_query(path, "as_of", option_value(invocation, OPTION_AS_OF));
}

int report_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	struct buf path;
	int code;

	if (option_date(invocation, OPTION_AS_OF, &error) != 0)
		return exit_fail(&error);
	report_path(invocation, "/v1/reports/status", &path);
	client_query(&path, "known_at", option_value(invocation, OPTION_KNOWN_AT));
	code = report_fetch(invocation, buf_text(&path));
	buf_release(&path);
	return code;
}

/* The first and the last day of "2005" or "2005-07". */
static int calendar_span(const struct invocation *invocation, char from[DATE_TEXT], char until[DATE_TEXT], struct error *error)
{
	const char *year = option_value(invocation, OPTION_YEAR), *month = option_value(invocation, OPTION_MONTH);
	struct buf text;
	struct day day;
	int code;

	buf_init(&text, BUF_MAX_LINE);
	buf_printf(&text, "%s%s", year ? year : month, year ? "-01-01" : "-01");
	code = date_parse(buf_slice(&text), &day, error);
	buf_release(&text);
	if (code != 0)
		return error_set(error, E_INPUT, "usage", "--%s takes %s, not \"%s\"", year ? "year" : "month", year ? "YYYY" : "YYYY-MM", year ? year : month);
	date_format(day, from);
	day = date_add_months(day, year ? 12 : 1);
	day.n--;
	date_format(day, until);
	return 0;
}

int calendar_run(const struct invocation *invocation)
{
	const char *from = option_value(invocation, OPTION_FROM), *until = option_value(invocation, OPTION_UNTIL);
	char first[DATE_TEXT], last[DATE_TEXT];
	struct error error = ERROR_NONE;
	struct buf path;
	int code = option_date(invocation, OPTION_AS_OF, &error);

	if (code == 0)
		code = option_date(invocation, OPTION_FROM, &error);
	if (code == 0)
		code = option_date(invocation, OPTION_UNTIL, &error);
	if (code == 0 && (option_given(invocation, OPTION_YEAR) || option_given(invocation, OPTION_MONTH))) {
		code = calendar_span(invocation, first, last, &error);
		from = first;
		until = last;
	}
	if (code != 0)
		return exit_fail(&error);
	report_path(invocation, "/v1/calendar", &path);
	client_query(&path, "from", from);
	client_query(&path, "until", until);
	code = report_fetch(invocation, buf_text(&path));
	buf_release(&path);
	return code;
}
