/*
 * The follow-up of a resolution as its analysis: what an office has confirmed and recorded of its
 * obligations, in place of what was read. An obligation finds its paragraph by label and text, so
 * a text that is read otherwise than it was when it was imported still carries its own.
 */
#include "base/json.h"
#include "reader/akn.h"

static struct slice follow_text(const json_t *json, const char *key)
{
	return slice_of(json_text_of(json, key));
}

static bool follow_is_of(const json_t *obligation, const struct paragraph *paragraph)
{
	return slice_equal(follow_text(obligation, "text"), paragraph->text) &&
	    (paragraph->label.len == 0 || slice_equal(follow_text(obligation, "paragraph"), paragraph->label));
}

static bool follow_has_place(const struct akn_outline *outline, const json_t *obligation)
{
	for (size_t i = 0; i < outline->reading->paragraph_count; i++)
		if (follow_is_of(obligation, &outline->reading->paragraphs[i]))
			return true;
	return false;
}

static void follow_attribute(struct akn_xml *xml, const char *name, struct slice value)
{
	if (value.len > 0)
		xml_attribute_slice(xml, name, value);
}

static void follow_element(struct akn_xml *xml, const char *name, struct slice text)
{
	if (text.len == 0)
		return;
	xml_open(xml, name);
	xml_text(xml, text);
	xml_close(xml);
}

static void follow_addressees(struct akn_xml *xml, struct arena *arena, const json_t *obligation)
{
	const json_t *one;
	size_t i;

	json_array_foreach (json_member(obligation, "addressees"), i, one) {
		xml_open(xml, "mandate:addressee");
		akn_refer(xml, arena, follow_text(one, "code"));
		follow_attribute(xml, "role", follow_text(one, "role"));
		follow_attribute(xml, "code", follow_text(one, "code"));
		follow_attribute(xml, "name", follow_text(one, "name"));
		xml_text(xml, follow_text(one, "text"));
		xml_close(xml);
	}
}

static void follow_deadline(struct akn_xml *xml, const json_t *obligation)
{
	const json_t *deadline = json_member(obligation, "deadline");

	if (follow_text(deadline, "type").len == 0 && follow_text(obligation, "due_on").len == 0)
		return;
	xml_open(xml, "mandate:deadline");
	follow_attribute(xml, "type", follow_text(deadline, "type"));
	follow_attribute(xml, "planned", follow_text(obligation, "due_on"));
	follow_attribute(xml, "customaryEnd", follow_text(obligation, "due_end"));
	follow_attribute(xml, "legalEnd", follow_text(obligation, "legal_end"));
	xml_text(xml, follow_text(deadline, "text"));
	xml_close(xml);
	follow_element(xml, "mandate:derivation", follow_text(obligation, "due_why"));
}

static void follow_last(struct akn_xml *xml, const json_t *last)
{
	const json_t *one;
	size_t i;

	if (follow_text(last, "effective_on").len == 0)
		return;
	xml_open(xml, "mandate:update");
	follow_attribute(xml, "kind", follow_text(last, "kind"));
	follow_attribute(xml, "on", follow_text(last, "effective_on"));
	follow_attribute(xml, "recordedAt", follow_text(last, "recorded_at"));
	follow_attribute(xml, "by", follow_text(json_member(last, "officer"), "login"));
	follow_attribute(xml, "hash", follow_text(last, "hash"));
	follow_element(xml, "mandate:note", follow_text(last, "note"));
	json_array_foreach (json_member(last, "evidence"), i, one)
		follow_element(xml, "mandate:evidence", slice_of(json_string_value(one)));
	xml_close_line(xml);
}

static void follow_milestones(struct akn_xml *xml, const json_t *obligation)
{
	const json_t *one;
	size_t i;

	json_array_foreach (json_member(obligation, "milestones"), i, one) {
		xml_open(xml, "mandate:milestone");
		follow_attribute(xml, "name", follow_text(one, "name"));
		follow_attribute(xml, "on", follow_text(one, "on"));
		follow_attribute(xml, "doneOn", follow_text(one, "done_on"));
		xml_text(xml, follow_text(one, "why"));
		xml_close(xml);
	}
}

static void follow_status(struct akn_xml *xml, const json_t *obligation)
{
	xml_open(xml, "mandate:status");
	follow_attribute(xml, "value", follow_text(obligation, "status"));
	follow_attribute(xml, "since", follow_text(obligation, "status_since"));
	follow_attribute(xml, "timeliness", follow_text(obligation, "timeliness"));
	follow_attribute(xml, "clearance", follow_text(obligation, "clearance"));
	follow_attribute(xml, "owner", follow_text(json_member(obligation, "owner"), "login"));
	follow_attribute(xml, "unit", follow_text(obligation, "unit"));
	follow_milestones(xml, obligation);
	follow_last(xml, json_member(obligation, "last_update"));
	xml_close_line(xml);
}

/* eid NULL: the text has no such paragraph any more. */
static void follow_obligation(const struct akn_outline *outline, const json_t *obligation, const char *eid, struct akn_xml *xml)
{
	const json_t *condition;
	size_t i;

	xml_open(xml, "mandate:obligation");
	if (eid != NULL)
		xml_attribute(xml, "refersTo", arena_printf(outline->arena, "#%s", eid));
	follow_attribute(xml, "reference", follow_text(obligation, "reference"));
	xml_attribute(xml, "clause", arena_printf(outline->arena, "%lld", (long long)json_integer_of(obligation, "clause")));
	follow_attribute(xml, "class", follow_text(obligation, "class"));
	follow_attribute(xml, "force", follow_text(obligation, "force"));
	follow_attribute(xml, "kind", follow_text(obligation, "kind"));
	xml_attribute(xml, "live", json_flag_of(obligation, "live") ? "true" : "false");
	xml_attribute(xml, "version", arena_printf(outline->arena, "%lld", (long long)json_integer_of(obligation, "version")));
	xml_open(xml, "mandate:verb");
	follow_attribute(xml, "lemma", follow_text(obligation, "lemma"));
	xml_text(xml, follow_text(obligation, "verb"));
	xml_close(xml);
	follow_addressees(xml, outline->arena, obligation);
	follow_element(xml, "mandate:action", follow_text(obligation, "action"));
	follow_deadline(xml, obligation);
	json_array_foreach (json_member(obligation, "conditions"), i, condition)
		follow_element(xml, "mandate:condition", slice_of(json_string_value(condition)));
	follow_element(xml, "mandate:vehicle", follow_text(obligation, "vehicle"));
	follow_status(xml, obligation);
	xml_close_line(xml);
}

/* The obligations of a document's paragraphs, in their order; after them, in the first document,
 * those that have no place in the text. write false: only says whether there are any. */
static bool follow_walk(const struct akn_outline *outline, const struct akn_document *document, struct akn_xml *xml, bool write)
{
	const json_t *list = json_member(outline->follow_up, "obligations"), *one;
	bool found = false;
	size_t n;

	for (size_t i = document->first; i != AKN_NONE; i = outline->next[i])
		json_array_foreach (list, n, one) {
			if (outline->eid[i] == NULL || !follow_is_of(one, &outline->reading->paragraphs[i]))
				continue;
			found = true;
			if (write)
				follow_obligation(outline, one, outline->eid[i], xml);
		}
	json_array_foreach (list, n, one) {
		if (document != outline->documents || follow_has_place(outline, one))
			continue;
		found = true;
		if (write)
			follow_obligation(outline, one, NULL, xml);
	}
	return found;
}

void akn_follow(const struct akn_outline *outline, const struct akn_document *document, struct akn_xml *xml)
{
	if (!follow_walk(outline, document, xml, false))
		return;
	akn_analysis_open(xml);
	xml_open(xml, "mandate:origin");
	follow_attribute(xml, "asOf", follow_text(outline->follow_up, "as_of"));
	follow_attribute(xml, "knownAt", follow_text(outline->follow_up, "known_at"));
	follow_attribute(xml, "auditHead", follow_text(outline->follow_up, "head"));
	xml_close(xml);
	(void)follow_walk(outline, document, xml, true);
	akn_analysis_close(xml);
}
