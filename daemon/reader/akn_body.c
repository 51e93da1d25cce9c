/*
 * The text of one document: its sections, divisions, paragraphs and points, between what
 * akn_front.c writes.
 */
#include <string.h>

#include "reader/akn_body.h"

#define POINTS 8 /* levels of sub-paragraphs */
#define EID_MAX 400

/* The letters and digits of a number: "3 bis." gives "3bis". */
static struct slice eid_part(struct arena *arena, struct slice number)
{
	char *part = arena_alloc(arena, number.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < number.len && len < EID_MAX; i++) {
		char c = number.at[i];

		if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
			part[len++] = c;
	}
	return (struct slice){ part, len };
}

static void close_division(struct body *body)
{
	if (body->division)
		xml_close_line(body->xml);
	body->division = false;
}

static void close_sections(struct body *body, size_t keep)
{
	close_division(body);
	for (; body->section_count > keep; body->section_count--)
		xml_close_line(body->xml);
	body->context = keep == 0 ? body->document->prefix :
	    arena_printf(body->outline->arena, "%s__", body->section_eid[keep - 1]);
	body->division_n = body->heading_n = body->text_n = body->unnumbered = 0;
}

static void write_heading(struct body *body)
{
	xml_open(body->xml, "heading");
	body_text(body, body_id(body, body->context, "heading", ++body->heading_n));
	xml_close(body->xml);
}

static void open_section(struct body *body, struct slice name)
{
	struct arena *arena = body->outline->arena;
	struct slice id = eid_part(arena, name), text;
	const struct paragraph *p = body_paragraph(body);
	const char *eid;

	if (id.len == 0)
		id = slice_of(arena_printf(arena, "%zu", ++body->lettered));
	eid = body_eid(body, body->context, arena_printf(arena, "sec_%.*s", SLICE_ARG(id)));
	body->section[body->section_count] = name;
	body->section_eid[body->section_count++] = eid;
	xml_open(body->xml, "section");
	xml_attribute(body->xml, "eId", eid);
	body->context = arena_printf(arena, "%s__", eid);
	if (p->part != PART_NOTE)
		return;
	text = slice_trim(p->text);
	if (slice_equal(text, name) || (slice_starts(text, name) && text.len == name.len + 1)) {
		xml_open(body->xml, "num");
		xml_text(body->xml, p->text);
		xml_close(body->xml);
		body->at = body->outline->next[body->at];
		p = body_paragraph(body);
	}
	if (p != NULL && akn_is_heading(body->outline, body->at) && slice_ends(body_section(body, p), name))
		write_heading(body);
}

/* Closes and opens sections until those of the paragraph are open. */
static void enter_section(struct body *body)
{
	struct slice rest = body_section(body, body_paragraph(body)), part;
	struct slice wanted[BODY_SECTIONS];
	size_t count = 0, same = 0;

	while (count < BODY_SECTIONS && slice_take_until(&rest, '.', &part))
		if (part.len > 0)
			wanted[count++] = part;
	while (same < count && same < body->section_count && slice_equal(wanted[same], body->section[same]))
		same++;
	if (same == count && same == body->section_count)
		return;
	close_sections(body, same);
	for (size_t i = same; i < count && body_paragraph(body) != NULL; i++)
		open_section(body, wanted[i]);
}

static bool is_item(const struct paragraph *p)
{
	return p != NULL && (p->part == PART_OPERATIVE || p->part == PART_ANNEX);
}

static bool has_points(const struct body *body, const struct paragraph *p)
{
	size_t following = body->outline->following[body->at];
	const struct paragraph *next = following == AKN_NONE ? NULL : &body->outline->reading->paragraphs[following];

	return is_item(next) && next->depth > p->depth && slice_equal(next->section, p->section);
}

/* A paragraph or point, with those below it. */
static void write_item(struct body *body, const char *element, const char *short_name, const char *context,
    size_t *unnumbered, int level)
{
	struct arena *arena = body->outline->arena;
	const struct paragraph *p = body_paragraph(body);
	struct slice part = eid_part(arena, p->number);
	bool points = level < POINTS && has_points(body, p);
	const char *eid, *list;
	size_t n = 0;
	int depth = p->depth;

	if (part.len == 0)
		part = slice_of(arena_printf(arena, "%zu", ++*unnumbered));
	eid = body_eid(body, context, arena_printf(arena, "%s_%.*s", short_name, SLICE_ARG(part)));
	body->outline->eid[body->at] = eid;
	xml_open(body->xml, element);
	xml_attribute(body->xml, "eId", eid);
	if (strcmp(element, "hcontainer") == 0)
		xml_attribute(body->xml, "name", "text");
	if (p->number.len > 0) {
		xml_open(body->xml, "num");
		xml_text(body->xml, p->number);
		xml_close(body->xml);
	}
	list = points ? body_eid(body, eid, "__list_1") : NULL;
	if (points) {
		xml_open(body->xml, "list");
		xml_attribute(body->xml, "eId", list);
	}
	xml_open(body->xml, points ? "intro" : "content");
	xml_attribute(body->xml, "eId", points ? body_eid(body, list, "__intro") : body_eid(body, eid, "__content"));
	body_block(body, eid);
	xml_close_line(body->xml);
	if (points)
		list = arena_printf(arena, "%s__", list);
	while (points && is_item(p = body_paragraph(body)) && p->depth > depth)
		write_item(body, "point", "point", list, &n, level + 1);
	if (points)
		xml_close_line(body->xml);
	xml_close_line(body->xml);
}

/* What is no paragraph and stands among them: a preamble repeated, a title. Inside of sections
 * only a crossHeading may. */
static void write_between(struct body *body)
{
	const struct paragraph *p = body_paragraph(body);
	bool preambular = p->part == PART_OPENER || p->part == PART_PREAMBULAR;
	const char *eid;

	close_division(body);
	if (body->section_count == 0) {
		body_container(body, body->context);
		return;
	}
	xml_open(body->xml, "crossHeading");
	eid = body_id(body, body->context, "crossHeading", ++body->container_n);
	if (preambular)
		xml_attribute(body->xml, "refersTo", "#preamble");
	body_text(body, eid);
	xml_close(body->xml);
}

static void open_division(struct body *body)
{
	close_division(body);
	xml_open(body->xml, "division");
	body_id(body, body->context, "dvs", ++body->division_n);
	body->division = true;
	write_heading(body);
}

static bool is_main(const struct body *body, const struct paragraph *p)
{
	return p != NULL && (p->part != PART_CLOSING || body->document->kind == AKN_ANNEX);
}

static void main_body(struct body *body)
{
	const struct paragraph *p;

	xml_open(body->xml, "mainBody");
	if (!is_main(body, body_paragraph(body))) {
		/* A text that breaks off before its first paragraph: said, not made up. */
		xml_open(body->xml, "p");
		xml_attribute(body->xml, "status", "incomplete");
		xml_close(body->xml);
	}
	while (is_main(body, body_paragraph(body))) {
		enter_section(body);
		p = body_paragraph(body);
		if (!is_main(body, p))
			break;
		if (is_item(p) && p->part == PART_ANNEX && p->number.len == 0)
			write_item(body, "hcontainer", "hcontainer", body->context, &body->text_n, 0);
		else if (is_item(p))
			write_item(body, "paragraph", "para", body->context, &body->unnumbered, 0);
		else if (akn_is_heading(body->outline, body->at))
			open_division(body);
		else
			write_between(body);
	}
	close_sections(body, 0);
	xml_close_line(body->xml);
}

void akn_body(struct akn_outline *outline, const struct akn_document *document, struct akn_xml *xml)
{
	struct body body = { .outline = outline, .document = document, .xml = xml, .at = document->first,
		.context = document->prefix };

	body_preface(&body);
	body_preamble(&body);
	main_body(&body);
	body_conclusions(&body);
	akn_eids_forget(&body.eids);
}
