#include "model.h"

#include <string.h>

#include "base/json.h"

/* The order in which a tally is shown; what it does not name follows. */
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

static struct report_tally model_tally(struct arena *arena, const json_t *counts, const char *const *order)
{
	struct report_tally tally = {arena_alloc(arena, (json_object_size(counts) + 1) * sizeof *tally.items), 0};
	const char *const *name;
	const char *key;
	json_t *value;

	for (name = order; *name != NULL; name++)
		if ((value = json_object_get(counts, *name)) != NULL)
			tally.items[tally.count++] = (struct report_count){*name, json_integer_value(value)};
	json_object_foreach((json_t *)(uintptr_t)counts, key, value)
		if (!model_names(order, key))
			tally.items[tally.count++] = (struct report_count){key, json_integer_value(value)};
	return tally;
}

static struct report_summary model_summary(struct arena *arena, const json_t *json)
{
	const json_t *share = json_object_get(json, "implemented_of_measured");

	return (struct report_summary){
	    .obligations = json_integer_of(json, "obligations"),
	    .measured = json_integer_of(json, "measured"),
	    .hortatory = json_integer_of(json, "hortatory"),
	    .continuing = json_integer_of(json, "continuing"),
	    .implemented = json_integer_value(json_array_get(share, 0)),
	    .status = model_tally(arena, json_object_get(json, "by_status"), model_statuses),
	    .timeliness = model_tally(arena, json_object_get(json, "by_timeliness"), model_timeliness),
	    .kind = model_tally(arena, json_object_get(json, "by_kind"), model_none),
	};
}

static void model_paragraph(struct arena *arena, const json_t *json, struct report_paragraph *ret)
{
	const json_t *obligations = json_object_get(json, "obligations"), *one;
	size_t i;

	ret->label = json_text_of(json, "label");
	ret->text = json_text_of(json, "text");
	ret->asks_nothing = json_flag_of(json, "asks_nothing");
	ret->count = json_array_size(obligations);
	ret->obligations = arena_alloc(arena, (ret->count + 1) * sizeof *ret->obligations);
	json_array_foreach(obligations, i, one)
		for (enum field field = 0; field < FIELD_COUNT; field++)
			ret->obligations[i].value[field] = field_value(arena, one, field);
}

static void model_resolution(struct arena *arena, const json_t *json, struct report_resolution *ret)
{
	const json_t *paragraphs = json_object_get(json, "paragraphs"), *one;
	size_t i;

	ret->symbol = json_text_of(json, "symbol");
	ret->title = json_text_of(json, "title");
	ret->body = json_text_of(json, "body");
	ret->adopted_on = json_text_of(json, "adopted_on");
	ret->state = json_text_of(json, "state");
	ret->lineage = field_lineage(arena, json_object_get(json, "lineage"));
	ret->count = json_array_size(paragraphs);
	ret->paragraphs = arena_alloc(arena, (ret->count + 1) * sizeof *ret->paragraphs);
	json_array_foreach(paragraphs, i, one)
		model_paragraph(arena, one, &ret->paragraphs[i]);
}

int report_read(const json_t *json, struct arena *arena, struct report *ret, struct error *error)
{
	const json_t *resolutions = json_object_get(json, "resolutions"), *one;
	size_t i;

	if (!json_is_object(json_object_get(json, "summary")) || !json_is_array(resolutions))
		return error_set(error, E_INPUT, "bad_report", "the model has no summary or no list of resolutions");
	*ret = (struct report){
	    .arena = arena,
	    .json = json,
	    .title = json_text_of(json, "title"),
	    .as_of = json_text_of(json, "as_of"),
	    .known_at = json_text_of(json, "known_at"),
	    .filter = json_text_of(json, "filter"),
	    .head = json_text_of(json, "head"),
	    .records = json_integer_of(json, "records"),
	    .summary = model_summary(arena, json_object_get(json, "summary")),
	    .count = json_array_size(resolutions),
	};
	ret->resolutions = arena_alloc(arena, (ret->count + 1) * sizeof *ret->resolutions);
	json_array_foreach(resolutions, i, one)
		model_resolution(arena, one, &ret->resolutions[i]);
	return 0;
}
