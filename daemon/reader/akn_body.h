#ifndef MANDATE_READER_AKN_BODY_H
#define MANDATE_READER_AKN_BODY_H

#include "reader/akn.h"

/*
 * The text of one document as its parts: what akn_text.c, akn_front.c and akn_body.c share. A
 * cursor goes over the document's paragraphs; each is written once, in order.
 */

#define BODY_SECTIONS 6 /* "II.A" has two levels */

struct body {
	struct akn_outline *outline;
	const struct akn_document *document;
	struct akn_xml *xml;
	size_t at; /* paragraph, or AKN_NONE */
	struct slice section[BODY_SECTIONS]; /* open ones */
	const char *section_eid[BODY_SECTIONS];
	size_t section_count;
	size_t lettered;     /* sections so far whose name has no Latin letter or digit */
	bool division;       /* one is open */
	bool typed;          /* docType is written */
	size_t formula_n, container_n, note_n; /* in the document */
	size_t division_n, heading_n, text_n, unnumbered; /* in the section */
	const char *context; /* what eIds begin with: "cmp_1__sec_II__" */
	void *eids;          /* of this document, each once: see akn_eid_is_new */
};

/* Where the cursor is; NULL behind the last. */
const struct paragraph *body_paragraph(const struct body *body);
/* Its section within that of the document. */
struct slice body_section(const struct body *body, const struct paragraph *p);

/* An eId of this document. One that is taken gets the paragraph's place in the reading appended,
 * which no other can have. */
const char *body_eid(struct body *body, const char *context, const char *name);
/* The attribute: context, name and n. */
const char *body_id(struct body *body, const char *context, const char *name, size_t n);

/* The text where the cursor is, with what hangs on it; moves on. eid: of what holds it. */
void body_text(struct body *body, const char *eid);
void body_block(struct body *body, const char *eid);
/* The footnotes and furniture that follow a text, inside of it; moves past them. */
void body_notes(struct body *body);
/* The paragraph of a preamble, or another that is no operative one. */
void body_container(struct body *body, const char *context);

void body_preface(struct body *body);
void body_preamble(struct body *body);
void body_conclusions(struct body *body);

#endif
