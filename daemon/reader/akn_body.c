/*
 * The text of one document: preface, preamble, mainBody, conclusions. A cursor
 * goes over the document's paragraphs; each is written once, in order.
 */
#include <string.h>

#include "reader/akn.h"

#define SECTIONS 6 /* "II.A" has two levels */
#define POINTS 8   /* levels of sub-paragraphs */
#define EID_MAX 400

struct body {
	struct akn_outline *outline;
	const struct akn_document *document;
	struct akn_xml *xml;
	size_t at; /* paragraph, or AKN_NONE */
	struct slice section[SECTIONS]; /* open ones */
	const char *section_eid[SECTIONS];
	size_t section_count;
	size_t lettered;     /* sections so far whose name has no Latin letter or digit */
	bool division;       /* one is open */
	bool typed;          /* docType is written */
	size_t formula_n, container_n, note_n; /* in the document */
	size_t division_n, heading_n, text_n, unnumbered; /* in the section */
	const char *context; /* what eIds begin with: "cmp_1__sec_II__" */
	void *eids;          /* of this document, each once: see akn_eid_is_new */
};

static const struct paragraph *body_paragraph(const struct body *body)
{
	return body->at == AKN_NONE ? NULL : &body->outline->reading->paragraphs[body->at];
}

/* An eId of this document. One that is taken gets the paragraph's place in the reading appended,
 * which no other can have. */
static const char *body_eid(struct body *body, const char *context, const char *name)
{
	struct arena *arena = body->outline->arena;
	const char *eid = arena_printf(arena, "%s%s", context, name);

	if (akn_eid_is_new(&body->eids, eid))
		return eid;
	eid = arena_printf(arena, "%s-%zu", eid, body->at + 1);
	akn_eid_is_new(&body->eids, eid);
	return eid;
}

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

/* --- Text ----------------------------------------------------------------------------------- */

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

static const char *write_id(struct body *body, const char *context, const char *format, size_t n)
{
	const char *eid = body_eid(body, context, arena_printf(body->outline->arena, "%s_%zu", format, n));

	xml_attribute(body->xml, "eId", eid);
	return eid;
}

/* The footnotes and furniture that follow a text, inside of it; moves past them. */
static void write_notes(struct body *body)
{
	const struct paragraph *p;

	while ((p = body_paragraph(body)) != NULL && p->part == PART_NOTE && !akn_is_heading(body->outline, body->at)) {
		size_t mark = akn_note_mark(p->text);

		xml_open_inline(body->xml, "authorialNote");
		write_id(body, body->document->prefix, "authorialNote", ++body->note_n);
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

/* The text where the cursor is, with what hangs on it; moves on. eid: of what holds it. */
static void write_text(struct body *body, const char *eid)
{
	size_t paragraph = body->at;

	write_citing(body, paragraph, eid);
	if (body->outline->draft[paragraph] != AKN_NONE)
		write_draft(body, body->outline->draft[paragraph], eid);
	body->at = body->outline->next[paragraph];
	write_notes(body);
}

static void write_block(struct body *body, const char *eid)
{
	xml_open(body->xml, "p");
	write_text(body, eid);
	xml_close(body->xml);
}

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

static void preface(struct body *body)
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

static void write_container(struct body *body, const char *context)
{
	const struct paragraph *p = body_paragraph(body);
	bool formula = p->part == PART_OPENER && strstr(context, "preamble") != NULL;
	const char *eid;

	xml_open(body->xml, formula ? "formula" : "container");
	eid = write_id(body, context, formula ? "formula" : "container", formula ? ++body->formula_n : ++body->container_n);
	if (formula)
		xml_attribute(body->xml, "name", "enactingFormula");
	else if (p->part == PART_PREAMBULAR)
		xml_attribute_slice(body->xml, "name", container_name(body->outline->arena, p->text));
	else
		xml_attribute(body->xml, "name", p->part == PART_NOTE ? "heading" : part_name(p->part));
	write_block(body, eid);
	xml_close_line(body->xml);
}

static struct slice body_section(const struct body *body, const struct paragraph *p)
{
	struct slice base = body->document->section, section = p->section;

	if (base.len == 0 || !slice_take(&section, base))
		return section;
	return section.len > 0 && section.at[0] == '.' ? slice_from(section, 1) : section;
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

static void preamble(struct body *body)
{
	const char *context = arena_printf(body->outline->arena, "%spreamble__", body->document->prefix);

	if (!is_preamble(body))
		return;
	xml_open(body->xml, "preamble");
	while (is_preamble(body))
		write_container(body, context);
	xml_close_line(body->xml);
}

/* --- mainBody ------------------------------------------------------------------------------- */

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
	write_text(body, write_id(body, body->context, "heading", ++body->heading_n));
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
	struct slice wanted[SECTIONS];
	size_t count = 0, same = 0;

	while (count < SECTIONS && slice_take_until(&rest, '.', &part))
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
	write_block(body, eid);
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
		write_container(body, body->context);
		return;
	}
	xml_open(body->xml, "crossHeading");
	eid = write_id(body, body->context, "crossHeading", ++body->container_n);
	if (preambular)
		xml_attribute(body->xml, "refersTo", "#preamble");
	write_text(body, eid);
	xml_close(body->xml);
}

static void open_division(struct body *body)
{
	close_division(body);
	xml_open(body->xml, "division");
	write_id(body, body->context, "dvs", ++body->division_n);
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

/* --- Conclusions ---------------------------------------------------------------------------- */

static void conclusion_line(struct body *body, const struct paragraph *p, const char *context)
{
	const struct reading *reading = body->outline->reading;
	ptrdiff_t at = reading->meeting.len > 0 ? slice_find(p->text, reading->meeting) : -1;
	struct slice rest = p->text, date;

	if (at >= 0) {
		xml_text(body->xml, slice_cut(rest, 0, (size_t)at));
		xml_open_inline(body->xml, "event");
		write_id(body, context, "event", 1);
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

static void conclusions(struct body *body)
{
	const char *context = arena_printf(body->outline->arena, "%sconclusions__", body->document->prefix);
	const struct paragraph *p;

	if (body->at == AKN_NONE)
		return;
	xml_open(body->xml, "conclusions");
	xml_open(body->xml, "container");
	write_id(body, context, "container", 1);
	xml_attribute(body->xml, "name", "conclusion");
	while ((p = body_paragraph(body)) != NULL) {
		xml_open(body->xml, "p");
		conclusion_line(body, p, context);
		body->at = body->outline->next[body->at];
		write_notes(body);
		xml_close(body->xml);
	}
	xml_close_line(body->xml);
	xml_close_line(body->xml);
}

void akn_body(struct akn_outline *outline, const struct akn_document *document, struct akn_xml *xml)
{
	struct body body = { .outline = outline, .document = document, .xml = xml, .at = document->first,
		.context = document->prefix };

	preface(&body);
	preamble(&body);
	main_body(&body);
	conclusions(&body);
	akn_eids_forget(&body.eids);
}
