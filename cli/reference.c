/* Which obligations a command means: a reference, a filter, or references from a pipe. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "obligation.h"

#define REFERENCES_INPUT ((size_t)4 << 20)
#define REFERENCES_SHOWN 10

/* A reference has a colon after a symbol's digits or closing bracket; a filter's field is letters. */
bool reference_is(const char *word)
{
	const char *colon = strchr(word, ':');

	if (colon == NULL || colon == word || colon[1] == '\0' || strchr(word, '/') == NULL)
		return false;
	for (const char *at = word; at < colon; at++)
		if (*at >= '0' && *at <= '9')
			return true;
	return false;
}

void filter_path(struct buf *path, const char *head, char *const words[], size_t count)
{
	struct buf filter;

	buf_append_text(path, head);
	if (count == 0)
		return;
	buf_init(&filter, BUF_MAX_LINE);
	for (size_t i = 0; i < count; i++) {
		/* A word with a blank was quoted in the shell: quote it for the filter, too. */
		bool quote = strchr(words[i], ' ') != NULL && strchr(words[i], ':') == NULL &&
		    strpbrk(words[i], "\"()") == NULL;

		buf_printf(&filter, quote ? "%s\"%s\"" : "%s%s", i > 0 ? " " : "", words[i]);
	}
	client_query(path, "filter", buf_text(&filter));
	buf_release(&filter);
}

static int references_read(json_t *references, struct error *error)
{
	struct slice rest, line;
	struct buf text;
	int code;

	buf_init(&text, REFERENCES_INPUT);
	code = file_read("-", &text, error);
	rest = buf_slice(&text);
	while (code == 0 && slice_take_until(&rest, '\n', &line)) {
		line = slice_trim(line);
		if (line.len > 0)
			json_array_append_new(references, json_stringn(line.at, line.len));
	}
	buf_release(&text);
	return code;
}

int references_find(struct client *client, char *const words[], size_t count, json_t **ret,
    struct error *error)
{
	json_t *references = json_array(), *rows = NULL, *whole = NULL, *row;
	struct buf path;
	size_t i;
	int code = 0;

	if (count == 1 && strcmp(words[0], "-") == 0) {
		code = references_read(references, error);
	} else if (count == 1 && reference_is(words[0])) {
		json_array_append_new(references, json_string(words[0]));
	} else {
		buf_init(&path, BUF_MAX_BODY);
		filter_path(&path, "/v1/obligations", words, count);
		code = client_list(client, buf_text(&path), &rows, &whole, error);
		buf_release(&path);
		json_array_foreach (rows, i, row)
			json_array_append(references, json_member(row, "reference"));
		json_decref(rows);
		json_decref(whole);
	}
	if (code == 0 && json_array_size(references) == 0)
		code = error_set(error, E_NOT_FOUND, "no_obligation", "no obligation fits; mandate list shows what there is");
	if (code == 0)
		*ret = references;
	else
		json_decref(references);
	return code;
}

int references_confirm(const struct invocation *invocation, const json_t *references, const char *what,
    struct error *error)
{
	size_t count = json_array_size(references);
	char answer[16] = "";

	if (count <= 1 || option_given(invocation, OPTION_YES) || option_given(invocation, OPTION_DRY_RUN))
		return 0;
	fprintf(stderr, "This will %s %zu obligations:\n", what, count);
	for (size_t i = 0; i < count && i < REFERENCES_SHOWN; i++)
		fprintf(stderr, "  %s\n", json_string_value(json_array_get(references, i)));
	if (count > REFERENCES_SHOWN)
		fprintf(stderr, "  … and %zu more\n", count - REFERENCES_SHOWN);
	if (!isatty(STDIN_FILENO))
		return error_set(error, E_INPUT, "not_confirmed",
		    "nothing was changed; add --yes to change them all, or --dry-run to see what would happen");
	fputs("Go on? [y/N] ", stderr);
	if (fgets(answer, sizeof answer, stdin) == NULL || (answer[0] != 'y' && answer[0] != 'Y'))
		return error_set(error, E_INPUT, "not_confirmed", "nothing was changed");
	return 0;
}
