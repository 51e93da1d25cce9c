#ifndef MANDATE_READER_AKN_H
#define MANDATE_READER_AKN_H

#include <jansson.h>
#include <libxml/xmlwriter.h>

#include "reader/reader.h"

/*
 * A reading as Akoma Ntoso: what the files akn_*.c and reading_akn.c share. A reading is a row of
 * paragraphs, Akoma Ntoso a tree of documents; the outline says which paragraph is whose.
 */

/* --- XML, with line breaks only where they are no text ------------------------------------ */

struct akn_xml {
	xmlTextWriterPtr writer;
	int depth;
	struct buf scratch;
};

/* What is written goes to out, all of it by xml_end. */
void xml_begin(struct akn_xml *xml, int depth, struct buf *out);
void xml_end(struct akn_xml *xml);
void xml_open(struct akn_xml *xml, const char *name);        /* on a line of its own */
void xml_open_inline(struct akn_xml *xml, const char *name); /* within text */
void xml_attribute(struct akn_xml *xml, const char *name, const char *value);
void xml_attribute_slice(struct akn_xml *xml, const char *name, struct slice value);
/* Characters that XML cannot hold become U+FFFD. */
void xml_text(struct akn_xml *xml, struct slice text);
void xml_raw(struct akn_xml *xml, struct slice markup);
void xml_close(struct akn_xml *xml);      /* </name> where we are */
void xml_close_line(struct akn_xml *xml); /* </name> on a line of its own */

/* --- Which paragraph belongs to which document -------------------------------------------- */

#define AKN_NONE SIZE_MAX

enum akn_kind {
	AKN_RESOLUTION, /* the first is the text itself, more of them are components */
	AKN_DRAFT,      /* a draft inside a resolution: a component */
	AKN_ANNEX,      /* an attachment of its parent */
};

struct akn_document {
	enum akn_kind kind;
	size_t parent;             /* document */
	size_t n;                  /* from 1 among components, or among the parent's annexes */
	const char *prefix;        /* of its eIds: "", "cmp_1__", "att_1__" */
	const char *component;     /* "!main", "!draft_1", "!draft_1/annex_2" */
	const char *speaker;       /* body code, "" unknown */
	struct slice opener;       /* the paragraph that names the speaker */
	struct slice section;      /* in which all of it stands: "Annex II", "B" */
	size_t first, last;        /* paragraphs */
	size_t first_annex, last_annex, next_annex; /* documents */
	size_t annex_count;
	bool closed;               /* its closing line was seen */
	bool operative;            /* an operative paragraph was seen */
};

struct akn_outline {
	const struct reading *reading;
	const json_t *follow_up; /* what was recorded of its obligations, or NULL */
	struct arena *arena;
	struct akn_document *documents;
	size_t count, room;
	/* By paragraph: the next of the same document, the next that is no note, the draft that it
	 * proposes (document), its first citation, its eId. AKN_NONE or NULL: none. */
	size_t *next, *following, *draft, *citation;
	const char **eid;
};

void akn_outline(struct akn_outline *outline, const struct reading *reading, struct arena *arena);
/* Bytes of a footnote's mark at the start of a note ("3 ", "¹ ", "* "), 0: it has none. */
size_t akn_note_mark(struct slice text);
/* Does it look like a heading: short, a capital first, no mark at the end? */
bool akn_is_short_line(struct slice text);
/* A note that heads what follows it; other notes belong to the text before them. */
bool akn_is_heading(const struct akn_outline *outline, size_t paragraph);

/* --- eIds, each once ------------------------------------------------------------------------ */

/* Adds the eId to those that *eids has (NULL at first) and says whether it was not there. It must live as long. */
bool akn_eid_is_new(void **eids, const char *eid);
void akn_eids_forget(void **eids);

/* --- The parts of a document --------------------------------------------------------------- */

/* Preface, preamble, mainBody and conclusions; fills in the eIds of its paragraphs. */
void akn_body(struct akn_outline *outline, const struct akn_document *document, struct akn_xml *xml);
/* meta: identification, workflow, analysis, references. Reads the eIds. */
void akn_meta(const struct akn_outline *outline, const struct akn_document *document, struct akn_xml *xml);

/* The follow-up of its obligations, where there is one. */
void akn_follow(const struct akn_outline *outline, const struct akn_document *document, struct akn_xml *xml);
/* refersTo the organization with this code, where there is one. */
void akn_refer(struct akn_xml *xml, struct arena *arena, struct slice code);
void akn_analysis_open(struct akn_xml *xml);
void akn_analysis_close(struct akn_xml *xml);

/* --- Names of works --------------------------------------------------------------------------- */

/* "ecosoc"; "un" for an unknown body. */
const char *akn_actor(struct arena *arena, const char *body);
/* "2004/23" of "E/RES/2004/23", a symbol without "/RES/" whole; and how a name has it: "2004-23". */
struct slice akn_number(struct slice symbol);
const char *akn_part(struct arena *arena, struct slice text);
/* The year that a symbol tells: "E/RES/2004/23", "S/RES/1540 (2004)". 0: none. */
int akn_year(struct slice symbol);
/* The year in which the session of "A/RES/59/157" opened; it ends in the next. 0: none. */
int akn_session_year(struct slice symbol);
/* when: a day, a year, or "" for a name without; a work without a number is "nn". */
const char *akn_work(struct arena *arena, const char *actor, const char *when, struct slice number);
/* What is cited: a work as its own text would call itself, where the citation tells enough; else
 * its place in the library of documents. */
const char *akn_cited(struct arena *arena, const struct citation *citation);
/* "eng" for "en". */
const char *akn_language(const char *language);

#endif
