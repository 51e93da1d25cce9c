/*
 * A reading as Akoma Ntoso 3.0 in the profile of the United Nations (AKN4UN).
 * The resolution is a statement; its annexes are its attachments; drafts that
 * it proposes, and further resolutions of the same text, are components.
 */
#include "reader/akn.h"

#define AKN_NAMESPACE "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"

/* "cmp_1__" as the eId of what holds the document. */
static struct slice document_eid(const struct akn_document *document)
{
	struct slice prefix = slice_of(document->prefix);

	return slice_cut(prefix, 0, prefix.len - 2);
}

static void write_document(struct akn_outline *outline, size_t index, struct akn_xml *xml);

static void write_annexes(struct akn_outline *outline, size_t parent, struct akn_xml *xml)
{
	size_t annex = outline->documents[parent].first_annex;

	if (annex == AKN_NONE)
		return;
	xml_open(xml, "attachments");
	for (; annex != AKN_NONE; annex = outline->documents[annex].next_annex) {
		xml_open(xml, "attachment");
		xml_attribute_slice(xml, "eId", document_eid(&outline->documents[annex]));
		write_document(outline, annex, xml);
		xml_close_line(xml);
	}
	xml_close_line(xml);
}

static void write_document(struct akn_outline *outline, size_t index, struct akn_xml *xml)
{
	static const char *const names[] = { "resolution", "resolutionDraft", "annex" };
	const struct akn_document *document = &outline->documents[index];
	struct akn_xml body;
	struct buf text;

	/* The text first, since meta refers to the eIds that it gets. */
	buf_init(&text, BUF_MAX_DOCUMENT);
	xml_begin(&body, xml->depth + 1, &text);
	akn_body(outline, document, &body);
	xml_end(&body);
	xml_open(xml, document->kind == AKN_ANNEX ? "doc" : "statement");
	xml_attribute(xml, "name", names[document->kind]);
	xml_attribute(xml, "contains", "originalVersion");
	akn_meta(outline, document, xml);
	xml_raw(xml, buf_slice(&text));
	buf_release(&text);
	write_annexes(outline, index, xml);
	xml_close_line(xml);
}

static void write_components(struct akn_outline *outline, struct akn_xml *xml)
{
	bool open = false;

	for (size_t i = 1; i < outline->count; i++) {
		if (outline->documents[i].kind == AKN_ANNEX)
			continue;
		if (!open)
			xml_open(xml, "components");
		open = true;
		xml_open(xml, "component");
		xml_attribute_slice(xml, "eId", document_eid(&outline->documents[i]));
		write_document(outline, i, xml);
		xml_close_line(xml);
	}
	if (open)
		xml_close_line(xml);
}

void reading_write_akn(const struct reading *reading, const json_t *follow_up, struct buf *out)
{
	struct arena *arena = arena_new();
	struct akn_outline outline;
	struct akn_xml xml;

	akn_outline(&outline, reading, arena);
	outline.follow_up = follow_up;
	xml_begin(&xml, 0, out);
	xml_raw(&xml, SLICE("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"));
	xml_open(&xml, "akomaNtoso");
	xml_attribute(&xml, "xmlns", AKN_NAMESPACE);
	write_document(&outline, 0, &xml);
	write_components(&outline, &xml);
	xml_close_line(&xml);
	xml_end(&xml);
	buf_append_byte(out, '\n');
	arena_free(arena);
}
