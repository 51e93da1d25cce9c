/*
 * What a document says of itself: its names on the three levels of FRBR, how
 * it came about, who is asked to do what (the obligations, in a namespace of
 * our own), and what the marks in the text refer to.
 */
#include <string.h>

#include "base/json.h"
#include "reader/akn.h"

#define OBLIGATION_NAMESPACE "urn:mandate:obligation:1"

struct meta {
	const struct akn_outline *outline;
	const struct akn_document *document;
	struct akn_xml *xml;
	const char *iri;            /* of the whole: "/akn/un/statement/deliberation/un-ecosoc/2004-07-21/2004-23" */
	struct slice number;        /* "2004/23"; empty: the text does not say */
	const char *date, *of;      /* FRBRdate and what the date is of */
	void *seen;                 /* eIds of references, see akn_eid_is_new */
};

/* --- Names and dates ------------------------------------------------------------------------ */

/*
 * The schema wants a date of every document, and has no way to leave it open. Where only the year
 * is known, or the session, which opens in that year, the year's first day stands for it, and the
 * name says of what; where nothing is, year 1 does, which is nobody's date, under the name
 * "unknown". None of these is written anywhere else.
 */
static void meta_date(struct meta *meta)
{
	const struct reading *reading = meta->outline->reading;
	struct arena *arena = meta->outline->arena;
	int year = akn_year(reading->symbol), session = year > 0 ? 0 : akn_session_year(reading->symbol);
	char iso[DATE_TEXT];

	if (reading->has_adopted_on) {
		date_format(reading->adopted_on, iso);
		meta->date = arena_text(arena, slice_of(iso));
		meta->of = meta->document->kind == AKN_DRAFT ? "proposal" : "adoption";
	} else {
		meta->date = arena_printf(arena, "%04d-01-01", year > 0 ? year : session > 0 ? session : 1);
		meta->of = year > 0 ? "year" : session > 0 ? "session" : "unknown";
	}
}

static void meta_iri(struct meta *meta)
{
	const struct reading *reading = meta->outline->reading;
	struct arena *arena = meta->outline->arena;
	const char *when = strcmp(meta->of, "unknown") == 0 ? "undated" :
	    reading->has_adopted_on ? meta->date : arena_printf(arena, "%.4s", meta->date);

	meta->number = akn_number(reading->symbol);
	meta->iri = akn_work(arena, akn_actor(arena, reading->body), when, meta->number);
}

/* --- Identification ------------------------------------------------------------------------- */

static void meta_value(struct meta *meta, const char *element, const char *value)
{
	xml_open(meta->xml, element);
	xml_attribute(meta->xml, "value", value);
	xml_close(meta->xml);
}

static const char *meta_author(const struct meta *meta)
{
	const char *body = meta->document->kind == AKN_DRAFT ? meta->document->speaker : meta->outline->reading->body;

	return arena_printf(meta->outline->arena, "#%s", akn_actor(meta->outline->arena, body));
}

/* The symbol by which everybody knows it: that of the first document, as it stands in the library. */
static void meta_alias(struct meta *meta)
{
	struct slice symbol = meta->outline->reading->symbol;

	if (symbol.len == 0 || meta->document != meta->outline->documents)
		return;
	xml_open(meta->xml, "FRBRalias");
	xml_attribute_slice(meta->xml, "value", symbol);
	xml_attribute(meta->xml, "name", "symbol");
	xml_close(meta->xml);
}

/* What all three levels have. */
static void meta_level(struct meta *meta, const char *level, const char *expression, const char *suffix,
    const char *author)
{
	struct arena *arena = meta->outline->arena;

	xml_open(meta->xml, level);
	meta_value(meta, "FRBRthis",
	    arena_printf(arena, "%s%s/%s%s", meta->iri, expression, meta->document->component, suffix));
	meta_value(meta, "FRBRuri", arena_printf(arena, "%s%s%s", meta->iri, expression, suffix));
	if (*expression == '\0')
		meta_alias(meta);
	xml_open(meta->xml, "FRBRdate");
	xml_attribute(meta->xml, "date", meta->date);
	xml_attribute(meta->xml, "name", meta->of);
	xml_close(meta->xml);
	xml_open(meta->xml, "FRBRauthor");
	xml_attribute(meta->xml, "href", author);
	xml_close(meta->xml);
}

static void meta_identification(struct meta *meta)
{
	struct arena *arena = meta->outline->arena;
	const char *language = akn_language(meta->outline->reading->language);
	const char *expression = arena_printf(arena, "/%s@", language);

	xml_open(meta->xml, "identification");
	xml_attribute(meta->xml, "source", "#mandate");
	meta_level(meta, "FRBRWork", "", "", meta_author(meta));
	meta_value(meta, "FRBRcountry", "un");
	meta_value(meta, "FRBRsubtype", "deliberation");
	if (meta->number.len > 0 && meta->document->kind != AKN_DRAFT) {
		xml_open(meta->xml, "FRBRnumber");
		xml_attribute(meta->xml, "value", akn_part(arena, meta->number));
		xml_attribute_slice(meta->xml, "showAs", meta->number);
		xml_close(meta->xml);
	}
	xml_close_line(meta->xml);
	meta_level(meta, "FRBRExpression", expression, "", meta_author(meta));
	xml_open(meta->xml, "FRBRlanguage");
	xml_attribute(meta->xml, "language", language);
	xml_close(meta->xml);
	xml_close_line(meta->xml);
	meta_level(meta, "FRBRManifestation", expression, ".xml", "#mandate");
	meta_value(meta, "FRBRformat", "xml");
	xml_close_line(meta->xml);
	xml_close_line(meta->xml);
}

static void workflow_step(struct meta *meta, const char *date, const char *body, const char *outcome, const char *href)
{
	struct arena *arena = meta->outline->arena;

	xml_open(meta->xml, "step");
	xml_attribute(meta->xml, "date", date);
	xml_attribute(meta->xml, "by", arena_printf(arena, "#%s", akn_actor(arena, body)));
	xml_attribute(meta->xml, "outcome", outcome);
	if (href != NULL)
		xml_attribute(meta->xml, "href", href);
	xml_close(meta->xml);
}

/* Is it the only draft of the file? Then what was adopted out of the text is what became of it. */
static bool is_the_draft(const struct meta *meta)
{
	bool found = meta->document->kind == AKN_DRAFT;

	for (size_t i = 0; i < meta->outline->count; i++)
		found = found && (meta->outline->documents[i].kind != AKN_DRAFT || &meta->outline->documents[i] == meta->document);
	return found;
}

/* What an office recorded: the draft was adopted, as which work. */
static void workflow_adopted(struct meta *meta)
{
	struct arena *arena = meta->outline->arena;
	const json_t *one;
	size_t i;

	json_array_foreach (json_member(meta->outline->follow_up, "adopted"), i, one) {
		const char *on = json_text_of(one, "adopted_on"), *body = json_text_of(one, "body");

		workflow_step(meta, on, body, "#adopted", akn_work(arena, akn_actor(arena, body), on,
		    akn_number(slice_of(json_text_of(one, "symbol")))));
	}
}

static void meta_workflow(struct meta *meta)
{
	const struct reading *reading = meta->outline->reading;
	bool draft = meta->document->kind == AKN_DRAFT;

	if (!reading->has_adopted_on || meta->document->kind == AKN_ANNEX)
		return;
	xml_open(meta->xml, "workflow");
	xml_attribute(meta->xml, "source", "#mandate");
	workflow_step(meta, meta->date, reading->body, draft ? "#proposed" : "#adopted", NULL);
	if (is_the_draft(meta))
		workflow_adopted(meta);
	xml_close_line(meta->xml);
}

/* --- Obligations ---------------------------------------------------------------------------- */

static void obligation_text(struct meta *meta, const char *element, struct slice text)
{
	if (text.len == 0)
		return;
	xml_open(meta->xml, element);
	xml_text(meta->xml, text);
	xml_close(meta->xml);
}

static void obligation_addressee(struct meta *meta, const struct addressee *addressee)
{
	xml_open(meta->xml, "mandate:addressee");
	akn_refer(meta->xml, meta->outline->arena, addressee->code);
	xml_attribute(meta->xml, "role", addressee->role);
	if (addressee->code.len > 0)
		xml_attribute_slice(meta->xml, "code", addressee->code);
	xml_attribute_slice(meta->xml, "name", addressee->name);
	if (addressee->set)
		xml_attribute(meta->xml, "set", "true");
	xml_text(meta->xml, addressee->text);
	xml_close(meta->xml);
}

static void obligation_deadline(struct meta *meta, const struct deadline *deadline)
{
	char iso[DATE_TEXT];

	if (deadline->type == DEADLINE_NONE)
		return;
	xml_open(meta->xml, "mandate:deadline");
	xml_attribute(meta->xml, "type", deadline_type_name(deadline->type));
	if (deadline->value.len > 0)
		xml_attribute_slice(meta->xml, "value", deadline->value);
	if (deadline->has_date) {
		date_format(deadline->date, iso);
		xml_attribute(meta->xml, "date", iso);
	}
	xml_text(meta->xml, deadline->text);
	xml_close(meta->xml);
}

static void obligation(struct meta *meta, const char *eid, const struct clause *clause)
{
	char confidence[16];

	snprintf(confidence, sizeof confidence, "%.2f", clause->confidence);
	xml_open(meta->xml, "mandate:obligation");
	xml_attribute(meta->xml, "refersTo", arena_printf(meta->outline->arena, "#%s", eid));
	xml_attribute(meta->xml, "clause", arena_printf(meta->outline->arena, "%d", clause->n));
	xml_attribute(meta->xml, "class", clause->class);
	xml_attribute(meta->xml, "force", clause->force);
	xml_attribute(meta->xml, "kind", clause->kind != NULL ? clause->kind : "other");
	xml_attribute(meta->xml, "confidence", confidence);
	xml_open(meta->xml, "mandate:verb");
	xml_attribute_slice(meta->xml, "lemma", clause->lemma);
	xml_text(meta->xml, clause->verb);
	xml_close(meta->xml);
	for (size_t i = 0; i < clause->addressee_count; i++)
		obligation_addressee(meta, &clause->addressees[i]);
	obligation_text(meta, "mandate:action", clause->action);
	obligation_deadline(meta, clause->deadline);
	for (size_t i = 0; i < clause->condition_count; i++)
		obligation_text(meta, "mandate:condition", clause->conditions[i]);
	obligation_text(meta, "mandate:vehicle", clause->vehicle);
	obligation_text(meta, "mandate:doubt", clause->reason);
	xml_close_line(meta->xml);
}

void akn_refer(struct akn_xml *xml, struct arena *arena, struct slice code)
{
	if (code.len > 0)
		xml_attribute(xml, "refersTo", arena_printf(arena, "#%s", akn_actor(arena, arena_text(arena, code))));
}

void akn_analysis_open(struct akn_xml *xml)
{
	xml_open(xml, "analysis");
	xml_attribute(xml, "source", "#mandate");
	xml_open(xml, "otherAnalysis");
	xml_attribute(xml, "source", "#mandate");
	xml_attribute(xml, "xmlns:mandate", OBLIGATION_NAMESPACE);
}

void akn_analysis_close(struct akn_xml *xml)
{
	xml_close_line(xml);
	xml_close_line(xml);
}

static void meta_analysis(struct meta *meta)
{
	const struct reading *reading = meta->outline->reading;
	bool open = false;

	for (size_t i = meta->document->first; i != AKN_NONE; i = meta->outline->next[i])
		for (size_t j = 0; j < reading->paragraphs[i].clause_count; j++) {
			if (!reading->paragraphs[i].clauses[j].obligation || meta->outline->eid[i] == NULL)
				continue;
			if (!open)
				akn_analysis_open(meta->xml);
			open = true;
			obligation(meta, meta->outline->eid[i], &reading->paragraphs[i].clauses[j]);
		}
	if (open)
		akn_analysis_close(meta->xml);
}

/* --- References ----------------------------------------------------------------------------- */

static void reference(struct meta *meta, const char *element, const char *eid, const char *href, struct slice show)
{
	if (!akn_eid_is_new(&meta->seen, eid))
		return;
	xml_open(meta->xml, element);
	xml_attribute(meta->xml, "eId", eid);
	xml_attribute(meta->xml, "href", href);
	xml_attribute_slice(meta->xml, "showAs", show);
	xml_close(meta->xml);
}

static void reference_organization(struct meta *meta, const char *code, struct slice show)
{
	struct arena *arena = meta->outline->arena;
	const char *name = akn_actor(arena, code);

	reference(meta, "TLCOrganization", arena_printf(arena, "%s", name),
	    arena_printf(arena, "/akn/ontology/organization/un/%s", name), show.len > 0 ? show : slice_of(code));
}

static void reference_concept(struct meta *meta, const char *name)
{
	reference(meta, "TLCConcept", arena_printf(meta->outline->arena, "%s", name),
	    arena_printf(meta->outline->arena, "/akn/ontology/concept/un/%s", name), slice_of(name));
}

/* Who adopted a draft, and whom an office found to be addressed, where the reading had not. */
static void reference_followed(struct meta *meta)
{
	const json_t *obligation, *one;
	size_t i, j;

	json_array_foreach (json_member(meta->outline->follow_up, "adopted"), i, one)
		reference_organization(meta, json_text_of(one, "body"), SLICE(""));
	json_array_foreach (json_member(meta->outline->follow_up, "obligations"), i, obligation)
		json_array_foreach (json_member(obligation, "addressees"), j, one)
			if (*json_text_of(one, "code") != '\0')
				reference_organization(meta, json_text_of(one, "code"), slice_of(json_text_of(one, "name")));
}

/* "The Economic and Social Council," without its comma. */
static struct slice opener_name(struct slice opener)
{
	opener = slice_trim(opener);
	while (opener.len > 0 && (opener.at[opener.len - 1] == ',' || opener.at[opener.len - 1] == ':'))
		opener.len--;
	return opener;
}

static void reference_addressees(struct meta *meta, const struct clause *clause)
{
	for (size_t i = 0; i < clause->addressee_count; i++)
		if (clause->addressees[i].code.len > 0)
			reference_organization(meta, arena_text(meta->outline->arena, clause->addressees[i].code),
			    clause->addressees[i].name);
}

/* "/akn/ontology/event/un/ecosoc.2004-07-21.meeting.47": one meeting, in all languages the same. */
static const char *meeting_iri(const struct meta *meta)
{
	const struct reading *reading = meta->outline->reading;
	struct arena *arena = meta->outline->arena;
	size_t from = 0, len = 0;

	while (from < reading->meeting.len && (reading->meeting.at[from] < '0' || reading->meeting.at[from] > '9'))
		from++;
	while (from + len < reading->meeting.len && reading->meeting.at[from + len] >= '0' &&
	       reading->meeting.at[from + len] <= '9')
		len++;
	return arena_printf(arena, "/akn/ontology/event/un/%s.%s.meeting%s%.*s", akn_actor(arena, reading->body),
	    reading->has_adopted_on ? meta->date : "undated", len > 0 ? "." : "", (int)len, reading->meeting.at + from);
}

/* All references of the file stand in its first document. */
static void meta_references(struct meta *meta)
{
	const struct reading *reading = meta->outline->reading;

	xml_open(meta->xml, "references");
	xml_attribute(meta->xml, "source", "#mandate");
	reference(meta, "TLCOrganization", "mandate", "/akn/ontology/organization/mandate", SLICE("Mandate"));
	reference(meta, "TLCOrganization", "un", "/akn/ontology/organization/un", SLICE("United Nations"));
	for (size_t i = 0; i < meta->outline->count; i++)
		reference_organization(meta, meta->outline->documents[i].speaker,
		    opener_name(meta->outline->documents[i].opener));
	reference_organization(meta, reading->body, slice_of(reading->body));
	for (size_t i = 0; i < reading->paragraph_count; i++)
		for (size_t j = 0; j < reading->paragraphs[i].clause_count; j++)
			reference_addressees(meta, &reading->paragraphs[i].clauses[j]);
	reference_followed(meta);
	reference_concept(meta, "preamble");
	reference_concept(meta, "adopted");
	reference_concept(meta, "proposed");
	if (reading->meeting.len > 0)
		reference(meta, "TLCEvent", "meeting", meeting_iri(meta), reading->meeting);
	xml_close_line(meta->xml);
	akn_eids_forget(&meta->seen);
}

/* Has an office taken the reading in hand? Before that there is only what was read. */
static bool is_followed(const struct akn_outline *outline)
{
	return json_flag_of(json_member(outline->follow_up, "document"), "confirmed") ||
	    json_array_size(json_member(outline->follow_up, "obligations")) > 0;
}

void akn_meta(const struct akn_outline *outline, const struct akn_document *document, struct akn_xml *xml)
{
	struct meta meta = { .outline = outline, .document = document, .xml = xml };

	meta_date(&meta);
	meta_iri(&meta);
	xml_open(xml, "meta");
	meta_identification(&meta);
	meta_workflow(&meta);
	if (is_followed(outline))
		akn_follow(outline, document, xml);
	else
		meta_analysis(&meta);
	if (document == outline->documents)
		meta_references(&meta);
	xml_close_line(xml);
}
