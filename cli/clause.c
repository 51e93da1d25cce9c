/* A clause on a page: what it asks, and what the reader had said where an officer corrected it. */
#include "clause.h"

#include <string.h>

static void clause_addressee(const json_t *one, struct buf *out)
{
	const char *text = json_text_of(one, "text"), *code = json_text_of(one, "code"), *role = json_text_of(one, "role");

	buf_append_text(out, *text != '\0' ? text : json_text_of(one, "name"));
	if (*code != '\0' && strcmp(code, text) != 0)
		buf_printf(out, " (%s)", code);
	if (*role != '\0' && strcmp(role, "lead") != 0)
		buf_printf(out, " [%s]", role);
}

void clause_value(const json_t *value, struct buf *out)
{
	const json_t *one;
	size_t i;

	if (json_is_array(value) && json_array_size(value) > 0) {
		json_array_foreach (value, i, one) {
			buf_append_text(out, i > 0 ? "; " : "");
			if (json_is_object(one))
				clause_addressee(one, out);
			else
				clause_value(one, out);
		}
	} else if (json_is_object(value)) {
		const char *short_form = json_text_of(value, "value"), *text = json_text_of(value, "text");

		buf_append_text(out, *short_form != '\0' ? short_form : text);
		if (*short_form != '\0' && *text != '\0' && strcmp(short_form, text) != 0)
			buf_printf(out, " (\"%s\")", text);
	} else if (json_is_string(value)) {
		buf_append_text(out, json_string_value(value));
	} else {
		buf_append_text(out, "none");
	}
}

/* Where its words went, or came from. */
static void clause_origin(const json_t *clause, struct buf *out)
{
	int64_t split = json_integer_of(clause, "split_off"), merged = json_integer_of(clause, "merged_into");

	if (split > 0)
		buf_printf(out, "split off clause %lld", (long long)split);
	if (merged > 0)
		buf_printf(out, "merged into clause %lld", (long long)merged);
}

void clause_corrected(const json_t *clause, struct buf *out)
{
	const json_t *correction = json_member(clause, "correction"), *was = json_member(correction, "was");
	size_t from = out->len;
	const char *key;
	json_t *value;

	if (!json_is_object(correction))
		return;
	clause_origin(clause, out);
	json_object_foreach ((json_t *)(uintptr_t)was, key, value) {
		if (strcmp(key, "tracked") == 0 || strcmp(key, "lemma") == 0)
			continue;
		buf_printf(out, "%s%s: ", out->len > from ? "; " : "", key);
		clause_value(json_member(clause, key), out);
		buf_append_text(out, " (read as: ");
		clause_value(value, out);
		buf_append_byte(out, ')');
	}
	buf_printf(out, "%s%s by %s on %.10s", out->len > from ? "; " : "", *json_text_of(clause, "dropped") != '\0' ? "dropped"
	    : strcmp(json_text_of(clause, "origin"), "added") == 0 ? "added" : "corrected", json_text_of(json_member(correction, "officer"), "name"),
	    json_text_of(correction, "at"));
	if (*json_text_of(correction, "reason") != '\0')
		buf_printf(out, ": %s", json_text_of(correction, "reason"));
}

/* A member, and what was read instead where it was corrected. */
static void clause_field(struct page *page, const json_t *clause, const char *title, const char *member)
{
	const json_t *was = json_object_get(json_member(json_member(clause, "correction"), "was"), member);
	struct buf line;

	buf_init(&line, BUF_MAX_BODY);
	clause_value(json_member(clause, member), &line);
	if (was != NULL) {
		buf_append_text(&line, " (read as: ");
		clause_value(was, &line);
		buf_append_byte(&line, ')');
	}
	page_field(page, title, buf_text(&line));
	buf_release(&line);
}

static void clause_due(struct page *page, const json_t *clause)
{
	const char *due = json_text_of(clause, "due_on"), *end = json_text_of(clause, "due_end");
	struct buf line;

	buf_init(&line, BUF_MAX_LINE);
	if (*due != '\0')
		buf_printf(&line, "%s%s%s: ", due, strcmp(due, end) != 0 ? " to " : "", strcmp(due, end) != 0 ? end : "");
	buf_append_text(&line, json_text_of(clause, "due_why"));
	page_field(page, "due", buf_text(&line));
	buf_release(&line);
}

void clause_page(struct page *page, const json_t *clause)
{
	clause_field(page, clause, "verb", "verb");
	clause_field(page, clause, "force", "force");
	clause_field(page, clause, "of whom", "addressees");
	clause_field(page, clause, "to do", "action");
	clause_field(page, clause, "kind", "kind");
	clause_field(page, clause, "deadline", "deadline");
	clause_due(page, clause);
	if (json_is_string(json_member(clause, "vehicle")))
		clause_field(page, clause, "in", "vehicle");
	if (json_array_size(json_member(clause, "conditions")) > 0)
		clause_field(page, clause, "condition", "conditions");
	page_field(page, "owner", json_text_of(clause, "owner"));
}
