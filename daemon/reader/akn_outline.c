/*
 * Cuts a reading into documents: the resolution, the drafts that it proposes,
 * its annexes, and further resolutions where one text holds several.
 */
#include <string.h>

#include "reader/akn.h"

#define HEADING_MAX 200

struct cutter {
	struct akn_outline *outline;
	const size_t *ahead;  /* by paragraph: the next that is no note, of whatever document */
	size_t resolution;    /* documents being filled */
	size_t draft, annex;  /* AKN_NONE: none is open */
	size_t component_count;
	size_t last_operative;
};

size_t akn_note_mark(struct slice text)
{
	size_t i = 0;

	while (i < text.len && i < 3 && text.at[i] >= '0' && text.at[i] <= '9')
		i++;
	if (i > 0)
		return i < text.len && text.at[i] == ' ' ? i : 0;
	while (i < text.len && text.at[i] == '*')
		i++;
	while (i + 1 < text.len && (unsigned char)text.at[i] == 0xC2 &&
	    ((unsigned char)text.at[i + 1] == 0xB9 || (unsigned char)text.at[i + 1] == 0xB2 ||
	        (unsigned char)text.at[i + 1] == 0xB3))
		i += 2;
	while (i + 2 < text.len && (unsigned char)text.at[i] == 0xE2 && (unsigned char)text.at[i + 1] == 0x81 &&
	    (unsigned char)text.at[i + 2] >= 0xB0 && (unsigned char)text.at[i + 2] <= 0xB9)
		i += 3;
	return i;
}

bool akn_is_short_line(struct slice text)
{
	unsigned char first;

	if (text.len == 0 || text.len > HEADING_MAX || akn_note_mark(text) > 0 ||
	    slice_find(text, SLICE("   ")) >= 0 || slice_find(text, SLICE("....")) >= 0)
		return false;
	first = (unsigned char)text.at[0];
	return ((first >= 'A' && first <= 'Z') || first >= 0x80) && strchr(".,;:", text.at[text.len - 1]) == NULL;
}

bool akn_is_heading(const struct akn_outline *outline, size_t paragraph)
{
	const struct paragraph *p = &outline->reading->paragraphs[paragraph];
	size_t following = outline->following[paragraph];

	if (p->part != PART_NOTE || following == AKN_NONE || !akn_is_short_line(p->text))
		return false;
	p = &outline->reading->paragraphs[following];
	return p->part != PART_CLOSING && p->depth == 0;
}

static const char *document_component(struct akn_outline *outline, const struct akn_document *document)
{
	static const char *const names[] = { "resolution", "draft", "annex" };
	const struct akn_document *parent = &outline->documents[document->parent];
	const char *within = document->kind == AKN_ANNEX && document->parent != 0 ? parent->component : "";

	return arena_printf(outline->arena, "%s%s%s_%zu", within, *within ? "/" : "!", names[document->kind],
	    document->n);
}

static const char *document_prefix(struct akn_outline *outline, const struct akn_document *document)
{
	if (document->kind != AKN_ANNEX)
		return arena_printf(outline->arena, "cmp_%zu__", document->n);
	return arena_printf(outline->arena, "%satt_%zu__", outline->documents[document->parent].prefix, document->n);
}

static void outline_attach(struct akn_outline *outline, size_t annex)
{
	struct akn_document *parent = &outline->documents[outline->documents[annex].parent];

	if (parent->first_annex == AKN_NONE)
		parent->first_annex = annex;
	else
		outline->documents[parent->last_annex].next_annex = annex;
	parent->last_annex = annex;
}

static size_t cutter_new(struct cutter *cutter, enum akn_kind kind, const struct paragraph *p)
{
	struct akn_outline *outline = cutter->outline;
	struct akn_document *document;
	size_t index;

	arena_push(outline->arena, (void **)&outline->documents, &outline->count, &outline->room, sizeof(*document));
	index = outline->count - 1;
	document = &outline->documents[index];
	*document = (struct akn_document){ .kind = kind, .parent = kind == AKN_RESOLUTION ? 0 : cutter->resolution,
		.first = AKN_NONE, .last = AKN_NONE, .first_annex = AKN_NONE, .next_annex = AKN_NONE,
		.speaker = "", .prefix = "", .component = "!main" };
	if (index == 0)
		return 0;
	document->section = p->section;
	document->n = kind == AKN_ANNEX ? ++outline->documents[document->parent].annex_count :
	    ++cutter->component_count;
	document->prefix = document_prefix(outline, document);
	document->component = document_component(outline, document);
	if (kind == AKN_ANNEX)
		outline_attach(outline, index);
	return index;
}

static size_t cutter_draft(struct cutter *cutter, const struct paragraph *p)
{
	struct akn_outline *outline = cutter->outline;

	if (cutter->draft == AKN_NONE || (p->part == PART_OPENER && outline->documents[cutter->draft].operative)) {
		cutter->draft = cutter_new(cutter, AKN_DRAFT, p);
		if (cutter->last_operative != AKN_NONE)
			outline->draft[cutter->last_operative] = cutter->draft;
	}
	return cutter->draft;
}

/* Does the open annex go on with this paragraph? */
static bool cutter_in_annex(const struct cutter *cutter, const struct paragraph *p, enum part part)
{
	const struct akn_document *annex;

	if (cutter->annex == AKN_NONE)
		return false;
	annex = &cutter->outline->documents[cutter->annex];
	if (!slice_equal(p->section, annex->section) &&
	    !(annex->section.len > 0 && slice_starts(p->section, annex->section) &&
	        p->section.at[annex->section.len] == '.'))
		return false;
	return annex->section.len > 0 ? part != PART_OPENER && part != PART_TITLE : part == PART_ANNEX;
}

/* The document to which a paragraph belongs; a new one where it opens one. */
static size_t cutter_document(struct cutter *cutter, size_t i)
{
	const struct reading *reading = cutter->outline->reading;
	const struct paragraph *p = &reading->paragraphs[i];
	bool footnote = p->part == PART_NOTE && !akn_is_short_line(p->text);
	/* A heading goes with what it heads. */
	const struct paragraph *sense = p->part == PART_NOTE && cutter->ahead[i] != AKN_NONE ?
	    &reading->paragraphs[cutter->ahead[i]] : p;

	if (p->nest > 0)
		return cutter_draft(cutter, p);
	if (footnote)
		return cutter->annex != AKN_NONE ? cutter->annex : cutter->resolution;
	cutter->draft = AKN_NONE;
	if (cutter_in_annex(cutter, p, sense->part))
		return cutter->annex;
	cutter->annex = AKN_NONE;
	if (sense->part == PART_ANNEX && (p == sense || slice_equal(p->section, sense->section))) {
		cutter->annex = cutter_new(cutter, AKN_ANNEX, p);
		return cutter->annex;
	}
	if (cutter->outline->documents[cutter->resolution].closed && sense->nest == 0 &&
	    sense->part != PART_CLOSING && sense->part != PART_NOTE) {
		cutter->resolution = cutter_new(cutter, AKN_RESOLUTION, p);
		cutter->last_operative = AKN_NONE;
	}
	return cutter->resolution;
}

static void outline_append(struct akn_outline *outline, size_t document, size_t i)
{
	struct akn_document *d = &outline->documents[document];
	const struct paragraph *p = &outline->reading->paragraphs[i];

	if (d->first == AKN_NONE)
		d->first = i;
	else
		outline->next[d->last] = i;
	d->last = i;
	d->closed = d->closed || (p->part == PART_CLOSING && d->kind != AKN_ANNEX);
	d->operative = d->operative || p->part == PART_OPERATIVE;
	if (d->opener.len == 0 && p->part == PART_OPENER)
		d->opener = p->text;
	if (*d->speaker == '\0' && p->speaker != NULL)
		d->speaker = p->speaker;
}

/* For each paragraph the next of its document that is no note. */
static void outline_follow(struct akn_outline *outline, const size_t *owner)
{
	const struct reading *reading = outline->reading;
	size_t *latest = arena_alloc(outline->arena, outline->count * sizeof(*latest));

	for (size_t i = 0; i < outline->count; i++)
		latest[i] = AKN_NONE;
	for (size_t i = reading->paragraph_count; i-- > 0;) {
		outline->following[i] = latest[owner[i]];
		if (reading->paragraphs[i].part != PART_NOTE)
			latest[owner[i]] = i;
	}
}

static void outline_citations(struct akn_outline *outline)
{
	const struct reading *reading = outline->reading;

	for (size_t i = reading->citation_count; i-- > 0;)
		if (reading->citations[i].paragraph < reading->paragraph_count)
			outline->citation[reading->citations[i].paragraph] = i;
}

static size_t *outline_column(struct akn_outline *outline)
{
	size_t count = outline->reading->paragraph_count;
	size_t *column = arena_alloc(outline->arena, (count + 1) * sizeof(*column));

	for (size_t i = 0; i < count; i++)
		column[i] = AKN_NONE;
	return column;
}

void akn_outline(struct akn_outline *outline, const struct reading *reading, struct arena *arena)
{
	struct cutter cutter = { .outline = outline, .draft = AKN_NONE, .annex = AKN_NONE,
		.last_operative = AKN_NONE };
	size_t *ahead, *owner, latest = AKN_NONE;

	*outline = (struct akn_outline){ .reading = reading, .arena = arena };
	outline->next = outline_column(outline);
	outline->following = outline_column(outline);
	outline->draft = outline_column(outline);
	outline->citation = outline_column(outline);
	outline->eid = arena_alloc(arena, (reading->paragraph_count + 1) * sizeof(*outline->eid));
	ahead = outline_column(outline);
	owner = outline_column(outline);
	for (size_t i = reading->paragraph_count; i-- > 0;) {
		ahead[i] = latest;
		if (reading->paragraphs[i].part != PART_NOTE)
			latest = i;
	}
	cutter.ahead = ahead;
	cutter_new(&cutter, AKN_RESOLUTION, NULL);
	for (size_t i = 0; i < reading->paragraph_count; i++) {
		owner[i] = cutter_document(&cutter, i);
		outline_append(outline, owner[i], i);
		if (reading->paragraphs[i].part == PART_OPERATIVE && reading->paragraphs[i].nest == 0)
			cutter.last_operative = i;
	}
	outline_follow(outline, owner);
	outline_citations(outline);
}
