/* report, diff, calendar: in their format, printed or written to a file. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "ask.h"
#include "exit.h"
#include "obligation.h"
#include "report.h"

int report_fetch(const struct invocation *invocation, const char *path)
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
	if (page.fit && format_is(invocation, "text"))
		page_fold(&page);
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

/* Reports whose first word after the name says of what they are. */
static const char *const report_of_one[] = {"ratification", "contributions", "dossier"};

static bool report_has_subject(const char *name)
{
	for (size_t i = 0; i < sizeof report_of_one / sizeof *report_of_one; i++)
		if (strcmp(report_of_one[i], name) == 0)
			return true;
	return false;
}

/* A report's name is a word of small letters alone; a filter has a field or a quotation mark. */
static bool report_is_name(const char *word)
{
	return word[strspn(word, "abcdefghijklmnopqrstuvwxyz")] == '\0';
}

/* field:value, turned round or in parentheses, or a text in quotation marks; a reference has no colon after letters alone. */
static bool report_is_filter(const char *word)
{
	return strchr("-(\"", *word) != NULL || word[strspn(word, "abcdefghijklmnopqrstuvwxyz")] == ':';
}

/* Into the file as it comes: under another name until it is whole. */
static int report_into_file(struct client *client, const char *path, const char *file, struct error *error)
{
	char *part = xasprintf("%s.part", file);
	FILE *out = fopen(part, "wb");
	int code;

	if (out == NULL) {
		code = error_set(error, E_SYSTEM, "system", "%s: cannot write: %s", part, strerror(errno));
		free(part);
		return code;
	}
	code = client_stream(client, path, out, error);
	if ((fflush(out) != 0 || fsync(fileno(out)) != 0) && code == 0)
		code = error_set(error, E_SYSTEM, "system", "%s: cannot write: %s", part, strerror(errno));
	fclose(out);
	if (code == 0 && rename(part, file) != 0)
		code = error_set(error, E_SYSTEM, "system", "%s: cannot write: %s", file, strerror(errno));
	if (code != 0)
		(void)unlink(part);
	free(part);
	return code;
}

static int report_stream(const struct invocation *invocation, const char *path)
{
	const char *file = option_value(invocation, OPTION_OUTPUT);
	struct error error = ERROR_NONE;
	struct client *client = client_open(invocation, &error);
	int code;

	if (client == NULL)
		return exit_fail(&error);
	code = file != NULL ? report_into_file(client, path, file, &error) : client_stream(client, path, stdout, &error);
	if (code == 0 && file == NULL && fflush(stdout) != 0)
		code = error_set(&error, E_SYSTEM, "system", "cannot write: %s", strerror(errno));
	if (code != 0)
		return client_fail(client, &error);
	if (file != NULL && !option_given(invocation, OPTION_QUIET))
		fprintf(stderr, "mandate: wrote %s\n", file);
	client_close(client);
	return EXIT_DONE;
}

/* What all reports can be told: format, times, order, language, and the terminal that text is for. */
static int report_ask(const struct invocation *invocation, const char *head, char **words, size_t count, const char *since,
    const char *as_of, const char *subject)
{
	const char *format = option_value(invocation, OPTION_FORMAT);
	bool text = format == NULL || strcmp(format, "text") == 0;
	char width[24];
	struct buf path;
	struct page page;
	int code;

	page_init(&page, invocation);
	(void)snprintf(width, sizeof width, "%zu", page.width < 40 ? 40 : page.width);
	buf_init(&path, BUF_MAX_LINE);
	filter_path(&path, head, words, count);
	client_query(&path, "format", text ? "text" : format);
	client_query(&path, "as_of", as_of);
	client_query(&path, "since", since);
	client_query(&path, "subject", subject);
	client_query(&path, "known_at", option_value(invocation, OPTION_KNOWN_AT));
	client_query(&path, "group", option_value(invocation, OPTION_GROUP));
	client_query(&path, "sort", option_value(invocation, OPTION_SORT));
	client_query(&path, "lang", option_value(invocation, OPTION_LANG));
	if (text && page.fit)
		client_query(&path, "width", width);
	if (text && page.colour && option_value(invocation, OPTION_OUTPUT) == NULL)
		client_query(&path, "colour", "yes");
	code = report_stream(invocation, buf_text(&path));
	buf_release(&path);
	buf_release(&page.out);
	return code;
}

void report_asked_read(const struct invocation *invocation, struct report_asked *ret)
{
	*ret = (struct report_asked){"status", NULL, invocation->words, invocation->word_count};
	if (ret->count > 0 && report_is_name(ret->words[0])) {
		ret->name = *ret->words++;
		ret->count--;
	}
	if (ret->count > 0 && report_has_subject(ret->name) && !report_is_filter(ret->words[0])) {
		ret->subject = *ret->words++;
		ret->count--;
	}
}

/* "report diff DATE1 DATE2" is the command diff: two days are no words to be found. */
static bool report_is_diff(const struct report_asked *asked)
{
	struct error ignored = ERROR_NONE;
	struct day day;

	return strcmp(asked->name, "diff") == 0 && asked->count >= 2 && date_parse(slice_of(asked->words[0]), &day, &ignored) == 0 &&
	    date_parse(slice_of(asked->words[1]), &day, &ignored) == 0;
}

int report_run(const struct invocation *invocation)
{
	const char *since = option_value(invocation, OPTION_SINCE), *as_of = option_value(invocation, OPTION_AS_OF);
	struct error error = ERROR_NONE;
	struct report_asked asked;
	char *head;
	int code;

	if (option_date(invocation, OPTION_AS_OF, &error) != 0 || option_date(invocation, OPTION_SINCE, &error) != 0)
		return exit_fail(&error);
	report_asked_read(invocation, &asked);
	if (report_is_diff(&asked)) {
		since = asked.words[0];
		as_of = asked.words[1];
		asked.words += 2;
		asked.count -= 2;
	}
	head = client_path("/v1/reports/", asked.name, "");
	code = report_ask(invocation, head, asked.words, asked.count, since, as_of, asked.subject);
	free(head);
	return code;
}

int diff_run(const struct invocation *invocation)
{
	struct error error = ERROR_NONE;
	struct day day;

	for (size_t i = 0; i < 2; i++)
		if (date_parse(slice_of(invocation->words[i]), &day, &error) != 0)
			return exit_fail(&error);
	return report_ask(invocation, "/v1/reports/diff", invocation->words + 2, invocation->word_count - 2,
	    invocation->words[0], invocation->words[1], NULL);
}

static void report_list_words(struct page *page, const char *head, const json_t *words)
{
	const json_t *word;
	size_t i;

	if (json_array_size(words) == 0)
		return;
	buf_printf(&page->out, "    %s:", head);
	json_array_foreach (words, i, word)
		buf_printf(&page->out, "%s %s", i > 0 ? "," : "", json_string_value(word));
	buf_append_byte(&page->out, '\n');
}

static int report_list_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	const json_t *rows = json_member(answer, "rows"), *row;
	size_t i;

	(void)invocation;
	json_array_foreach (rows, i, row) {
		const char *subject = json_text_of(row, "subject");

		page_text(page, TONE_STRONG, json_text_of(row, "name"));
		buf_printf(&page->out, "%s%s\n", *subject != '\0' ? " " : "", subject);
		page_wrap(page, 4, json_text_of(row, "sentence"));
		report_list_words(page, "grouped by", json_member(row, "groups"));
		report_list_words(page, "sorted by", json_member(row, "sorts"));
	}
	return EXIT_DONE;
}

int report_list_run(const struct invocation *invocation)
{
	return ask(invocation, "GET", xstrdup("/v1/reports"), NULL, report_list_print);
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
