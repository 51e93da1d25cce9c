/* alias: names for entities that officers teach the service. */
#include "ask.h"
#include "base/alloc.h"
#include "exit.h"

static int alias_list_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	static const char *const titles[] = {"NAME", "CODE", "WHO IT IS", "ADDED BY", "ON"};
	struct table table = {.titles = titles, .columns = 5, .flexible = 2, .arena = arena_new()};
	const json_t *row;
	size_t i;

	(void)invocation;
	json_array_foreach (json_member(answer, "rows"), i, row) {
		table_add(&table, json_text_of(row, "name"), TONE_STRONG);
		table_add(&table, json_text_of(row, "code"), TONE_PLAIN);
		table_add(&table, json_text_of(row, "means"), TONE_PLAIN);
		table_add(&table, json_text_of(json_member(row, "officer"), "login"), TONE_PLAIN);
		table_add(&table, arena_printf(table.arena, "%.10s", json_text_of(row, "added_at")), TONE_PLAIN);
	}
	if (table.count > 0)
		page_table(page, &table);
	else
		buf_append_text(&page->out, "None yet; add one with: mandate alias add NAME CODE\n");
	arena_free(table.arena);
	return EXIT_DONE;
}

int alias_list_run(const struct invocation *invocation)
{
	return ask(invocation, "GET", xstrdup("/v1/aliases"), NULL, alias_list_print);
}

static int alias_add_print(const struct invocation *invocation, struct page *page, const json_t *answer)
{
	(void)invocation;
	buf_printf(&page->out, "\"%s\" is %s (%s) in what is imported from now on.\n", json_text_of(answer, "name"), json_text_of(answer, "means"),
	    json_text_of(answer, "code"));
	return EXIT_DONE;
}

int alias_add_run(const struct invocation *invocation)
{
	return ask(invocation, "POST", xstrdup("/v1/aliases"),
	    json_pack("{s:s, s:s}", "name", invocation->words[0], "code", invocation->words[1]), alias_add_print);
}
