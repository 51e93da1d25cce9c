/*
 * What a document's parts have in common: eIds, and the text of a paragraph with its citations,
 * its notes and the draft that it proposes.
 */
#include <string.h>

#include "reader/akn_body.h"

const struct paragraph *body_paragraph(const struct body *body)
{
	return body->at == AKN_NONE ? NULL : &body->outline->reading->paragraphs[body->at];
}

const char *body_eid(struct body *body, const char *context, const char *name)
{
	struct arena *arena = body->outline->arena;
	const char *eid = arena_printf(arena, "%s%s", context, name);

	if (akn_eid_is_new(&body->eids, eid))
		return eid;
	eid = arena_printf(arena, "%s-%zu", eid, body->at + 1);
	akn_eid_is_new(&body->eids, eid);
	return eid;
}

struct slice body_section(const struct body *body, const struct paragraph *p)
{
	struct slice base = body->document->section, section = p->section;

	if (base.len == 0 || !slice_take(&section, base))
		return section;
	return section.len > 0 && section.at[0] == '.' ? slice_from(section, 1) : section;
}

/* A paragraph's text, its citations as ref. eid: of what holds it. */
static void write_citing(struct body *body, size_t paragraph, const char *eid)
{
	const struct reading *reading = body->outline->reading;
	struct slice text = reading->paragraphs[paragraph].text;
	struct arena *arena = body->outline->arena;
	const char *end = text.at + text.len;
	size_t n = 0;

	for (size_t i = body->outline->citation[paragraph];
	     i < reading->citation_count && reading->citations[i].paragraph == paragraph; i++) {
		struct slice cited = reading->citations[i].text;

		/* Whose resolution it is, may not be known: then there is nothing to refer to. */
		if (reading->citations[i].symbol.len == 0 || cited.at < text.at || cited.at >= end ||
		    cited.at + cited.len > end || cited.len == 0)
			continue;
		xml_text(body->xml, slice_range(text.at, cited.at));
		xml_open_inline(body->xml, "ref");
		xml_attribute(body->xml, "eId", body_eid(body, eid, arena_printf(arena, "__ref_%zu", ++n)));
		xml_attribute(body->xml, "href", akn_cited(arena, &reading->citations[i]));
		xml_text(body->xml, cited);
		xml_close(body->xml);
		text = slice_range(cited.at + cited.len, end);
	}
	xml_text(body->xml, text);
}

const char *body_id(struct body *body, const char *context, const char *name, size_t n)
{
	const char *eid = body_eid(body, context, arena_printf(body->outline->arena, "%s_%zu", name, n));

	xml_attribute(body->xml, "eId", eid);
	return eid;
}

void body_notes(struct body *body)
{
	const struct paragraph *p;

	while ((p = body_paragraph(body)) != NULL && p->part == PART_NOTE && !akn_is_heading(body->outline, body->at)) {
		size_t mark = akn_note_mark(p->text);

		xml_open_inline(body->xml, "authorialNote");
		body_id(body, body->document->prefix, "authorialNote", ++body->note_n);
		if (mark > 0)
			xml_attribute_slice(body->xml, "marker", slice_cut(p->text, 0, mark));
		xml_attribute(body->xml, "placement", "bottom");
		xml_open_inline(body->xml, "p");
		if (mark > 0) {
			xml_open_inline(body->xml, "sup");
			xml_text(body->xml, slice_cut(p->text, 0, mark));
			xml_close(body->xml);
		}
		xml_text(body->xml, slice_from(p->text, mark));
		xml_close(body->xml);
		xml_close(body->xml);
		body->at = body->outline->next[body->at];
	}
}

/* The quotation mark in the source right before a paragraph; the reading leaves it out. */
static struct slice quote_before(const struct reading *reading, size_t paragraph)
{
	static const char *const quotes[] = { "\"", "\xE2\x80\x9C", "\xC2\xAB" };
	size_t start = paragraph == AKN_NONE ? 0 : reading->paragraphs[paragraph].where.start;
	struct slice before = slice_cut(reading->source, 0, start);

	for (size_t i = 0; i < sizeof(quotes) / sizeof(quotes[0]); i++)
		if (slice_ends(before, slice_of(quotes[i])))
			return slice_of(quotes[i]);
	return (struct slice){ 0 };
}

/* Drafts of before 2012 stand in quotation marks, opened again at each paragraph. */
static void write_quotes(struct body *body, const struct akn_document *draft)
{
	const struct reading *reading = body->outline->reading;
	struct slice start = quote_before(reading, draft->first);

	if (start.len == 0)
		return;
	xml_attribute_slice(body->xml, "startQuote", start);
	xml_attribute(body->xml, "endQuote", start.len == 1 ? "\"" : start.len == 3 ? "\xE2\x80\x9D" : "\xC2\xBB");
	if (quote_before(reading, body->outline->next[draft->first]).len > 0)
		xml_attribute_slice(body->xml, "inlineQuote", start);
}

/* Where a draft stands in the resolution that proposes it. */
static void write_draft(struct body *body, size_t draft, const char *eid)
{
	struct slice id = slice_of(body->outline->documents[draft].prefix);
	const char *component = arena_printf(body->outline->arena, "#%.*s", (int)id.len - 2, id.at);

	xml_open_inline(body->xml, "embeddedStructure");
	xml_attribute(body->xml, "eId", body_eid(body, eid, "__embeddedStructure_1"));
	write_quotes(body, &body->outline->documents[draft]);
	xml_open_inline(body->xml, "documentRef");
	xml_attribute(body->xml, "eId", body_eid(body, eid, "__embeddedStructure_1__dref_1"));
	xml_attribute(body->xml, "href", component);
	xml_attribute(body->xml, "showAs", "draft resolution");
	xml_close(body->xml);
	xml_close(body->xml);
}

void body_text(struct body *body, const char *eid)
{
	size_t paragraph = body->at;

	write_citing(body, paragraph, eid);
	if (body->outline->draft[paragraph] != AKN_NONE)
		write_draft(body, body->outline->draft[paragraph], eid);
	body->at = body->outline->next[paragraph];
	body_notes(body);
}

void body_block(struct body *body, const char *eid)
{
	xml_open(body->xml, "p");
	body_text(body, eid);
	xml_close(body->xml);
}
