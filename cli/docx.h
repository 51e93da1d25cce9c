#ifndef MANDATE_CLI_DOCX_H
#define MANDATE_CLI_DOCX_H

#include <libxml/xmlreader.h>
#include <stdbool.h>

#include "base/buf.h"
#include "base/error.h"

/*
 * What the readers of a Word document's parts share, and its numbered lists: the number that Word shows before
 * a paragraph stands in no text. Which list a paragraph is in, it says itself or its style does (word/styles.xml);
 * how a list counts, word/numbering.xml says.
 */

/* What is done at a part's tags and texts; leave and text may be NULL. */
struct docx_scan {
	bool (*enter)(void *arg, xmlTextReaderPtr reader, const char *name); /* false: what is in it is passed over */
	void (*leave)(void *arg, const char *name);
	void (*text)(void *arg, struct slice text);
	void *arg;
};

/* Names come without their prefix. E_INPUT "not_text" where it is no XML. */
MUST_CHECK int docx_scan(struct slice part, const struct docx_scan *scan, struct error *error);

/* An attribute of the present tag as a number; fallback where there is none. */
int docx_number(xmlTextReaderPtr reader, const char *attribute, int fallback);
/* The same as text; "" where it is not there. To be freed with xmlFree. */
xmlChar *docx_attribute(xmlTextReaderPtr reader, const char *attribute);

/* What a paragraph says of its number. */
struct docx_numbered {
	int list, level; /* -1: it does not say */
	const char *style; /* "" or NULL: the document's usual one */
};

struct docx_lists;

struct docx_lists *docx_lists_new(void);
void docx_lists_free(struct docx_lists *lists);
/* The two parts, in any order, each at most once. */
MUST_CHECK int docx_lists_read(struct docx_lists *lists, struct slice numbering, struct error *error);
MUST_CHECK int docx_lists_styles(struct docx_lists *lists, struct slice styles, struct error *error);
/* Between the parts and the first paragraph. */
void docx_lists_ready(struct docx_lists *lists);
/* Counts a paragraph, and appends its number as Word shows it: "2.", "(iv)"; nothing where it has none, or a bullet. */
void docx_lists_count(struct docx_lists *lists, const struct docx_numbered *paragraph, struct buf *out);

#endif
