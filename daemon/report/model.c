#include "model.h"

#include <string.h>

#include "base/json.h"

/* The order in which a tally is shown; what it does not name follows, the most first. */
static const char *const model_statuses[] = {"implemented", "in_progress", "continuing", "not_started", "proposed",
    "closed", "overtaken", "not_applicable", NULL};
static const char *const model_timeliness[] = {"overdue", "due_soon", "on_track", "done_late", "undated", NULL};
static const char *const model_none[] = {NULL};

static bool model_names(const char *const *names, const char *name)
{
	for (; *names != NULL; names++)
		if (strcmp(*names, name) == 0)
			return true;
	return false;
}

static const char *model_text(struct arena *arena, const json_t *json, const char *key)
{
	return arena_text(arena, slice_of(json_text_of(json, key)));
}

static bool model_counts_more(const struct report_count *a, const struct report_count *b)
{
	return a->n != b->n ? a->n > b->n : strcmp(a->name, b->name) < 0;
}

/* Puts a count into its place among those from the one given on. */
static void model_tally_sort(struct report_tally *tally, size_t from, struct report_count count)
{
	size_t at = tally->count++;

	while (at > from && model_counts_more(&count, &tally->items[at - 1])) {
		tally->items[at] = tally->items[at - 1];
		at--;
	}
	tally->items[at] = count;
}

static struct report_tally model_tally(struct arena *arena, const json_t *counts, const char *const *order)
{
	struct report_tally tally = {arena_alloc(arena, (json_object_size(counts) + 1) * sizeof *tally.items), 0};
	const char *const *name;
	const char *key;
	json_t *value;
	size_t named;

	for (name = order; *name != NULL; name++)
		if ((value = json_object_get(counts, *name)) != NULL)
			tally.items[tally.count++] = (struct report_count){*name, json_integer_value(value)};
	named = tally.count;
	json_object_foreach((json_t *)(uintptr_t)counts, key, value)
		if (!model_names(order, key))
			model_tally_sort(&tally, named, (struct report_count){arena_text(arena, slice_of(key)), json_integer_value(value)});
	return tally;
}

static struct report_summary model_summary(struct arena *arena, const json_t *json)
{
	return (struct report_summary){
	    .given = json_is_object(json),
	    .obligations = json_integer_of(json, "obligations"),
	    .resolutions = json_integer_of(json, "resolutions"),
	    .measured = json_integer_of(json, "measured"),
	    .hortatory = json_integer_of(json, "hortatory"),
	    .continuing = json_integer_of(json, "continuing"),
	    .implemented = json_integer_of(json, "implemented"),
	    .status = model_tally(arena, json_object_get(json, "by_status"), model_statuses),
	    .timeliness = model_tally(arena, json_object_get(json, "by_timeliness"), model_timeliness),
	    .kind = model_tally(arena, json_object_get(json, "by_kind"), model_none),
	};
}

static int model_columns(const json_t *names, struct arena *arena, const struct field_row *const **ret, size_t *ret_count,
    struct error *error)
{
	const struct field_row **columns = arena_alloc(arena, (json_array_size(names) + 1) * sizeof(const struct field_row *));
	const json_t *name;
	size_t i;

	json_array_foreach(names, i, name) {
		columns[i] = field_find(slice_of(json_string_value(name)));
		if (columns[i] == NULL)
			return error_set(error, E_INPUT, "bad_report", "the report has a column \"%.40s\" that the table of fields has not",
			    json_is_string(name) ? json_string_value(name) : "");
	}
	*ret = columns;
	*ret_count = json_array_size(names);
	return 0;
}

static void model_notes(const json_t *notes, struct arena *arena, struct report_head *ret)
{
	const char **texts = arena_alloc(arena, (json_array_size(notes) + 1) * sizeof(const char *));
	const json_t *note;
	size_t i;

	json_array_foreach(notes, i, note)
		texts[i] = arena_text(arena, slice_of(json_string_value(note)));
	ret->notes = texts;
	ret->note_count = json_array_size(notes);
}

int model_head(const json_t *json, struct arena *arena, struct report_head *ret, struct error *error)
{
	*ret = (struct report_head){
	    .report = model_text(arena, json, "report"),
	    .title = model_text(arena, json, "title"),
	    .as_of = model_text(arena, json, "as_of"),
	    .known_at = model_text(arena, json, "known_at"),
	    .since = model_text(arena, json, "since"),
	    .subject = model_text(arena, json, "subject"),
	    .filter = model_text(arena, json, "filter"),
	    .head = model_text(arena, json, "head"),
	    .records = json_integer_of(json, "records"),
	    .summary = model_summary(arena, json_object_get(json, "summary")),
	};
	model_notes(json_object_get(json, "notes"), arena, ret);
	return model_columns(json_object_get(json, "columns"), arena, &ret->columns, &ret->count, error);
}

int model_part(const json_t *json, struct arena *arena, struct report_part *ret, struct error *error)
{
	*ret = (struct report_part){
	    .name = model_text(arena, json, "part"),
	    .title = model_text(arena, json, "title"),
	    .table = strcmp(json_text_of(json, "layout"), "table") == 0,
	};
	return model_columns(json_object_get(json, "columns"), arena, &ret->columns, &ret->count, error);
}

int model_heading(const json_t *json, struct report_heading *ret, struct error *error)
{
	*ret = (struct report_heading){
	    .level = (int)json_integer_of(json, "level"),
	    .of = field_find(slice_of(json_text_of(json, "of"))),
	    .value = json_object_get(json, "value"),
	    .title = json_text_of(json, "title"),
	    .text = json_text_of(json, "text"),
	    .asks_nothing = json_flag_of(json, "asks_nothing"),
	    .fields = json_object_get(json, "fields"),
	};
	if (ret->of == NULL || ret->level < 1 || ret->level > 2)
		return error_set(error, E_INPUT, "bad_report", "a heading is of level 1 or 2 and of a column of the table of fields");
	return 0;
}
