/*
 * What stands around the paragraphs of a document: preface, preamble, conclusions.
 */
#include <string.h>

#include "reader/akn_body.h"

/* --- Preface -------------------------------------------------------------------------------- */

/* "21 July 2004": from the number of the day to that of the year, in any language. */
static struct slice find_adoption(struct slice text, const struct reading *reading)
{
	struct civil civil = date_to_civil(reading->adopted_on);
	char number[12], year[12];
	ptrdiff_t from, to;

	if (!reading->has_adopted_on)
		return (struct slice){ 0 };
	snprintf(number, sizeof number, "%d ", civil.day);
	snprintf(year, sizeof year, " %d", civil.year);
	from = slice_find(text, slice_of(number));
	if (from < 0)
		return (struct slice){ 0 };
	to = slice_find(slice_from(text, (size_t)from), slice_of(year));
	if (to < 0 || to > 40)
		return (struct slice){ 0 };
	return slice_cut(text, (size_t)from, (size_t)(from + to) + strlen(year));
}

/* The date of adoption, as the text has it. */
static void write_date(struct body *body, struct slice text)
{
	char iso[DATE_TEXT];

	date_format(body->outline->reading->adopted_on, iso);
	xml_open_inline(body->xml, "docDate");
	xml_attribute(body->xml, "date", iso);
	xml_attribute(body->xml, "refersTo", "#adopted");
	xml_text(body->xml, text);
	xml_close(body->xml);
}

/* "Resolution" in the languages and letters in which a masthead says it. */
static struct slice find_type(struct slice text)
{
	static const char *const types[] = { "Resolution", "RESOLUTION", "R\xC3\xA9solution", "R\xC3\x89SOLUTION",
		"Resoluci\xC3\xB3n", "RESOLUCI\xC3\x93N", "Decision", "DECISION" };
	ptrdiff_t at;

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if ((at = slice_find(text, slice_of(types[i]))) >= 0)
			return slice_cut(text, (size_t)at, (size_t)at + strlen(types[i]));
	return (struct slice){ 0 };
}

struct preface_mark {
	const char *element;
	struct slice text; /* where it stands in the line; empty: it does not */
};

static struct slice find_in(struct slice text, struct slice what)
{
	ptrdiff_t at = what.len > 0 ? slice_find(text, what) : -1;

	return at < 0 ? slice_cut(text, 0, 0) : slice_cut(text, (size_t)at, (size_t)at + what.len);
}

/* The first thing in the line that the masthead says of the resolution; element NULL: nothing more. */
static struct preface_mark preface_mark(const struct reading *reading, struct slice text, bool typed)
{
	ptrdiff_t slash = slice_find(reading->symbol, SLICE("RES/"));
	struct preface_mark first = { 0 }, marks[] = {
		{ "docTitle", find_in(text, reading->title) },
		{ "session", find_in(text, reading->session) },
		{ "docNumber", find_in(text, slash < 0 ? reading->symbol : slice_from(reading->symbol, (size_t)slash + 4)) },
		{ "docDate", find_adoption(text, reading) },
		{ "docType", typed ? slice_cut(text, 0, 0) : find_type(text) },
	};

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (marks[i].text.len > 0 && (first.element == NULL || marks[i].text.at < first.text.at))
			first = marks[i];
	return first;
}

static void preface_line(struct body *body, const struct paragraph *p)
{
	struct slice text = p->text;
	struct preface_mark mark;

	xml_open(body->xml, "p");
	if (body->document->kind != AKN_RESOLUTION && (p->part == PART_TITLE || p->part == PART_ANNEX)) {
		xml_open_inline(body->xml, "docTitle");
		xml_text(body->xml, text);
		xml_close(body->xml);
		text.len = 0;
	}
	while ((mark = preface_mark(body->outline->reading, text, body->typed)).element != NULL) {
		xml_text(body->xml, slice_range(text.at, mark.text.at));
		if (strcmp(mark.element, "docDate") == 0) {
			write_date(body, mark.text);
		} else {
			xml_open_inline(body->xml, mark.element);
			xml_text(body->xml, mark.text);
			xml_close(body->xml);
		}
		body->typed = body->typed || strcmp(mark.element, "docType") == 0;
		text = slice_range(mark.text.at + mark.text.len, text.at + text.len);
	}
	xml_text(body->xml, text);
	xml_close(body->xml);
}

/* Titles and mastheads; in an annex its name and title, which the reading calls annex too. */
static bool is_preface(const struct body *body)
{
	const struct paragraph *p = body_paragraph(body);

	if (p == NULL || p->part == PART_TITLE || p->part == PART_NOTE)
		return p != NULL;
	return body->document->kind == AKN_ANNEX && p->part == PART_ANNEX && p->number.len == 0 &&
	    akn_is_short_line(p->text);
}

void body_preface(struct body *body)
{
	if (!is_preface(body))
		return;
	xml_open(body->xml, "preface");
	while (is_preface(body)) {
		preface_line(body, body_paragraph(body));
		body->at = body->outline->next[body->at];
	}
	xml_close_line(body->xml);
}

/* --- Preamble ------------------------------------------------------------------------------- */

/* The first word in small letters: what a paragraph of the preamble does. */
static struct slice container_name(struct arena *arena, struct slice text)
{
	size_t from = 0, len = 0;
	char *name;

	while (from < text.len && strchr(" \"*([", text.at[from]) != NULL)
		from++;
	while (from + len < text.len && strchr(" ,.;:\n\"", text.at[from + len]) == NULL)
		len++;
	name = arena_text(arena, slice_cut(text, from, from + len));
	for (size_t i = 0; i < len; i++)
		name[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] + 32) : name[i];
	return len > 0 ? (struct slice){ name, len } : SLICE("text");
}

void body_container(struct body *body, const char *context)
{
	const struct paragraph *p = body_paragraph(body);
	bool formula = p->part == PART_OPENER && strstr(context, "preamble") != NULL;
	const char *eid;

	xml_open(body->xml, formula ? "formula" : "container");
	eid = body_id(body, context, formula ? "formula" : "container", formula ? ++body->formula_n : ++body->container_n);
	if (formula)
		xml_attribute(body->xml, "name", "enactingFormula");
	else if (p->part == PART_PREAMBULAR)
		xml_attribute_slice(body->xml, "name", container_name(body->outline->arena, p->text));
	else
		xml_attribute(body->xml, "name", p->part == PART_NOTE ? "heading" : part_name(p->part));
	body_block(body, eid);
	xml_close_line(body->xml);
}

static bool is_preamble(const struct body *body)
{
	const struct paragraph *p = body_paragraph(body);
	size_t following;

	if (p == NULL || body_section(body, p).len > 0)
		return false;
	if (p->part == PART_OPENER || p->part == PART_PREAMBULAR)
		return true;
	if (p->part != PART_NOTE)
		return false;
	following = body->outline->following[body->at];
	p = following == AKN_NONE ? NULL : &body->outline->reading->paragraphs[following];
	return p != NULL && (p->part == PART_OPENER || p->part == PART_PREAMBULAR);
}

void body_preamble(struct body *body)
{
	const char *context = arena_printf(body->outline->arena, "%spreamble__", body->document->prefix);

	if (!is_preamble(body))
		return;
	xml_open(body->xml, "preamble");
	while (is_preamble(body))
		body_container(body, context);
	xml_close_line(body->xml);
}

/* --- Conclusions ---------------------------------------------------------------------------- */

static void conclusion_line(struct body *body, const struct paragraph *p, const char *context)
{
	const struct reading *reading = body->outline->reading;
	ptrdiff_t at = reading->meeting.len > 0 ? slice_find(p->text, reading->meeting) : -1;
	struct slice rest = p->text, date;

	if (at >= 0) {
		xml_text(body->xml, slice_cut(rest, 0, (size_t)at));
		xml_open_inline(body->xml, "event");
		body_id(body, context, "event", 1);
		xml_attribute(body->xml, "refersTo", "#meeting");
		xml_text(body->xml, reading->meeting);
		xml_close(body->xml);
		rest = slice_from(rest, (size_t)at + reading->meeting.len);
	}
	date = find_adoption(rest, reading);
	if (date.len > 0) {
		xml_text(body->xml, slice_range(rest.at, date.at));
		write_date(body, date);
		rest = slice_range(date.at + date.len, rest.at + rest.len);
	}
	xml_text(body->xml, rest);
}

void body_conclusions(struct body *body)
{
	const char *context = arena_printf(body->outline->arena, "%sconclusions__", body->document->prefix);
	const struct paragraph *p;

	if (body->at == AKN_NONE)
		return;
	xml_open(body->xml, "conclusions");
	xml_open(body->xml, "container");
	body_id(body, context, "container", 1);
	xml_attribute(body->xml, "name", "conclusion");
	while ((p = body_paragraph(body)) != NULL) {
		xml_open(body->xml, "p");
		conclusion_line(body, p, context);
		body->at = body->outline->next[body->at];
		body_notes(body);
		xml_close(body->xml);
	}
	xml_close_line(body->xml);
	xml_close_line(body->xml);
}
