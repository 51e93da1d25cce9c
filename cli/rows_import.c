/* obligation import: what an office followed in a spreadsheet until now. */
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "exit.h"
#include "rows.h"

static const char *const import_names[] = {"reference", "symbol", "paragraph", "text", "verb", "force", "kind", "addressee",
    "action", "due_on", "owner", "alternate", "unit", "status", "status_since", "note", "evidence", "title", "body",
    "adopted_on", NULL};
static const struct rows_columns import_columns = {import_names, 0};
static const char *const import_statuses[] = {"not_started", "in_progress", "continuing", "implemented", "closed",
    "overtaken", "not_applicable", NULL};

static int import_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	long long rows = (long long)json_integer_of(answer, "rows"), created = (long long)json_integer_of(answer, "created"),
	          already = (long long)json_integer_of(answer, "already"), updated = (long long)json_integer_of(answer, "updated"),
	          differ = (long long)json_integer_of(answer, "differ"), resolutions = (long long)json_integer_of(answer, "resolutions");
	const json_t *unknown = json_member(answer, "unknown_addressees"), *one;
	size_t i;

	buf_printf(&page->out, "%lld %s: %lld new %s, %lld here already", rows, word_of(rows, "row", "rows"),
	    created, word_of(created, "obligation", "obligations"), already);
	if (option_given(invocation, OPTION_UPDATE))
		buf_printf(&page->out, ", %lld of them updated", updated);
	else if (differ > 0)
		buf_printf(&page->out, " and left as they are, though the file says something else about %lld (--update records it)", differ);
	buf_printf(&page->out, "%s.\n", json_flag_of(answer, "dry_run") ? "; nothing was changed" : "");
	if (resolutions > 0)
		buf_printf(&page->out, "%lld %s here only by the rows' text; put the whole text in its place with: mandate import FILE --replace\n",
		    resolutions, word_of(resolutions, "resolution is", "resolutions are"));
	json_array_foreach (unknown, i, one)
		buf_printf(&page->out, "%s%s", i == 0 ? "Kept as written, since no body or State is known by that name: " : "; ", json_string_value(one));
	if (json_array_size(unknown) > 0)
		buf_append_byte(&page->out, '\n');
	return EXIT_DONE;
}

int obligation_import_run(const struct invocation *invocation)
{
	struct rows_map map = {.words_column = "status", .words = import_statuses};
	const char *given = option_value(invocation, OPTION_MAP), *file = invocation->words[0], *slash = strrchr(file, '/');
	struct error error = ERROR_NONE;
	struct arena *arena = arena_new();
	json_t *body;
	int code;

	if (given != NULL && rows_map_read(&map, given, import_names, arena, &error) != 0) {
		arena_free(arena);
		return exit_fail(&error);
	}
	/* The record names the file, not where it lay. */
	body = json_pack("{s:s}", "file", strcmp(file, "-") == 0 ? "standard input" : slash != NULL ? slash + 1 : file);
	if (option_given(invocation, OPTION_UPDATE))
		json_object_set_new(body, "update", json_true());
	code = rows_send_mapped(invocation, &import_columns, &map, xstrdup("/v1/obligations"), body, import_print);
	arena_free(arena);
	return code;
}
