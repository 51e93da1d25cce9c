#include "model.h"

#include <string.h>

#include "base/date.h"

void model_date(const char *iso, struct buf *out)
{
	struct civil civil;
	struct day day;

	if (date_parse(slice_of(iso), &day, NULL) != 0) {
		buf_append_text(out, iso);
		return;
	}
	civil = date_to_civil(day);
	buf_printf(out, "%d %s %d", civil.day, date_month_name(civil.month), civil.year);
}

void model_word(const char *word, struct buf *out)
{
	for (; *word != '\0'; word++)
		buf_append_byte(out, *word == '_' ? ' ' : *word);
}

void model_addressees(const json_t *obligation, struct buf *out)
{
	const json_t *one;
	size_t i;

	json_array_foreach (json_member(obligation, "addressees"), i, one) {
		const char *text = json_text_of(one, "text"), *role = json_text_of(one, "role");

		buf_printf(out, "%s%s", i > 0 ? "; " : "", *text != '\0' ? text : json_text_of(one, "name"));
		if (*role != '\0' && strcmp(role, "lead") != 0)
			buf_printf(out, " (%s)", role);
	}
}

void model_kind(const json_t *obligation, struct buf *out)
{
	buf_printf(out, "%s, %s", json_text_of(obligation, "kind"), json_text_of(obligation, "force"));
}

void model_due(const json_t *obligation, struct buf *out)
{
	const char *due = json_text_of(obligation, "due_on"), *end = json_text_of(obligation, "due_end");

	if (*due == '\0') {
		buf_append_text(out, "undated: ");
		buf_append_text(out, json_text_of(obligation, "due_why"));
		return;
	}
	model_word(json_text_of(obligation, "timeliness"), out);
	buf_append_text(out, "; due ");
	model_date(due, out);
	if (strcmp(due, end) != 0) {
		buf_append_text(out, ", at the latest ");
		model_date(end, out);
	}
	buf_printf(out, " (%s)", json_text_of(obligation, "due_why"));
}

void model_list(const json_t *texts, struct buf *out)
{
	const json_t *one;
	size_t i;

	json_array_foreach (texts, i, one)
		buf_printf(out, "%s%s", i > 0 ? ", " : "", json_string_value(one));
}

void model_last(const json_t *obligation, struct buf *out)
{
	const json_t *last = json_member(obligation, "last_update");

	if (!json_is_object(last))
		return;
	model_date(json_text_of(last, "effective_on"), out);
	buf_printf(out, ", %s", json_text_of(json_member(last, "officer"), "name"));
	if (*json_text_of(last, "note") != '\0')
		buf_printf(out, ": %s", json_text_of(last, "note"));
}

static void model_tally(const json_t *tally, const char *title, struct buf *out)
{
	const char *key, *separator = "";
	json_t *count;

	if (json_object_size(tally) == 0)
		return;
	buf_printf(out, "%s: ", title);
	json_object_foreach ((json_t *)(uintptr_t)tally, key, count) {
		buf_printf(out, "%s", separator);
		model_word(key, out);
		buf_printf(out, " %lld", (long long)json_integer_value(count));
		separator = ", ";
	}
	buf_append_byte(out, '\n');
}

void model_summary(const json_t *model, struct buf *out)
{
	const json_t *summary = json_member(model, "summary");
	long long measured = json_integer_of(summary, "measured"), implemented =
	    json_integer_value(json_array_get(json_member(summary, "implemented_of_measured"), 0));

	buf_printf(out, "%lld obligations.", (long long)json_integer_of(summary, "obligations"));
	if (measured > 0)
		buf_printf(out, " Of %lld that can be completed, %lld implemented (%lld%%).", measured, implemented,
		    (200 * implemented / measured + 1) / 2);
	buf_printf(out, " %lld duties without an end continue. %lld encouragements are shown and not measured.\n",
	    (long long)json_integer_of(summary, "continuing"), (long long)json_integer_of(summary, "hortatory"));
	model_tally(json_member(summary, "by_status"), "By status", out);
	model_tally(json_member(summary, "by_timeliness"), "By timeliness", out);
	model_tally(json_member(summary, "by_kind"), "By kind", out);
}

void model_basis(const json_t *model, struct buf *out)
{
	const char *filter = json_text_of(model, "filter");

	buf_append_text(out, "As of ");
	model_date(json_text_of(model, "as_of"), out);
	buf_printf(out, ", from %lld entries recorded by %s (head of the chain %.16s).",
	    (long long)json_integer_of(model, "records"), json_text_of(model, "known_at"), json_text_of(model, "head"));
	if (*filter != '\0')
		buf_printf(out, " Filter: %s", filter);
	else
		buf_append_text(out, " No filter.");
}

void model_resolution(const json_t *resolution, struct buf *out)
{
	const json_t *from;
	size_t i;

	buf_append_text(out, json_text_of(resolution, "symbol"));
	if (*json_text_of(resolution, "adopted_on") != '\0') {
		buf_append_text(out, ", adopted on ");
		model_date(json_text_of(resolution, "adopted_on"), out);
	}
	json_array_foreach (json_member(resolution, "lineage"), i, from)
		buf_printf(out, "; %s %s", json_text_of(from, "relation"), json_text_of(from, "symbol"));
}
