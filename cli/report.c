/* report: fetched in its format, printed or written to a file. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "exit.h"
#include "obligation.h"

int report_run(const struct invocation *invocation)
{
	const char *as_of = option_value(invocation, OPTION_AS_OF), *file = option_value(invocation, OPTION_OUTPUT);
	const char *format = option_value(invocation, OPTION_FORMAT);
	struct error error = ERROR_NONE;
	struct client *client;
	struct page page;
	struct buf path;
	struct day day;
	int code;

	if (as_of != NULL && date_parse(slice_of(as_of), &day, &error) != 0)
		return exit_fail(&error);
	client = client_open(invocation, &error);
	if (client == NULL)
		return exit_fail(&error);
	page_init(&page, invocation);
	buf_init(&path, BUF_MAX_LINE);
	filter_path(&path, "/v1/reports/status", invocation->words, invocation->word_count);
	client_query(&path, "format", format ? format : "text");
	client_query(&path, "as_of", as_of);
	client_query(&path, "known_at", option_value(invocation, OPTION_KNOWN_AT));
	code = client_fetch(client, buf_text(&path), &page.out, &error);
	buf_release(&path);
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
