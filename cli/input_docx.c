/*
 * The text of a Word document: a zip file with word/document.xml in it, its numbering and its footnotes beside
 * it. Deleted text, field codes and fallbacks are no text; the numbers of its lists are.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <zip.h>

#include "docx.h"
#include "flow.h"
#include "input.h"

#define PARAGRAPHS 8    /* one within the other: a text box stands in a paragraph */
#define NUMBER_MAX 200  /* bytes of a paragraph's number */

struct docx_paragraph {
	int list, level;
	xmlChar *style;
	struct buf number; /* to be written before its first text */
	bool counted;
	bool deleted; /* with its end, by a change that is tracked */
};

struct docx {
	struct flow flow;
	struct docx_lists *lists;
	struct docx_paragraph paragraphs[PARAGRAPHS];
	size_t depth, too_deep, cells;
	bool in_text;
	size_t references, footnotes; /* seen so far */
};

/* One part of the file. 0; or E_NOT_FOUND, E_TOO_BIG, E_INPUT. */
static int docx_part(zip_t *zip, const char *name, struct buf *out, struct error *error)
{
	zip_file_t *file = zip_fopen(zip, name, 0);
	char chunk[65536];
	zip_int64_t got = 0;

	buf_clear(out);
	if (file == NULL)
		return error_set(error, E_NOT_FOUND, "not_text", "a zip file without a Word document (%s) in it", name);
	while (!buf_failed(out) && (got = zip_fread(file, chunk, sizeof chunk)) > 0)
		buf_append(out, chunk, (size_t)got);
	zip_fclose(file);
	if (buf_failed(out))
		return error_set(error, E_TOO_BIG, "too_big", "%s in it is larger than the limit of %zu bytes", name, out->max);
	return got < 0 ? error_set(error, E_INPUT, "not_text", "a Word document that is damaged (%s)", name) : 0;
}

int docx_scan(struct slice part, const struct docx_scan *scan, struct error *error)
{
	xmlTextReaderPtr reader = xmlReaderForMemory(part.at, (int)part.len, NULL, NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	int more = reader != NULL ? xmlTextReaderRead(reader) : -1;

	while (more == 1) {
		int type = xmlTextReaderNodeType(reader);
		const char *name = (const char *)xmlTextReaderConstLocalName(reader);
		bool enter = true;

		if (type == XML_READER_TYPE_ELEMENT)
			enter = scan->enter(scan->arg, reader, name);
		else if (type == XML_READER_TYPE_END_ELEMENT && scan->leave != NULL)
			scan->leave(scan->arg, name);
		else if (scan->text != NULL && (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE ||
		                                   type == XML_READER_TYPE_WHITESPACE))
			scan->text(scan->arg, slice_of((const char *)xmlTextReaderConstValue(reader)));
		more = enter ? xmlTextReaderRead(reader) : xmlTextReaderNext(reader);
	}
	xmlFreeTextReader(reader);
	return more == 0 ? 0 : error_set(error, E_INPUT, "not_text", "a Word document that is damaged");
}

xmlChar *docx_attribute(xmlTextReaderPtr reader, const char *attribute)
{
	xmlChar *value = xmlTextReaderGetAttribute(reader, BAD_CAST attribute);

	return value != NULL ? value : xmlStrdup(BAD_CAST "");
}

int docx_number(xmlTextReaderPtr reader, const char *attribute, int fallback)
{
	xmlChar *value = docx_attribute(reader, attribute);
	struct slice rest = slice_of((const char *)value);
	uint64_t number;
	bool whole = slice_take_number(&rest, INT32_MAX, &number) && rest.len == 0;

	xmlFree(value);
	return whole ? (int)number : fallback;
}

static bool is(const char *name, const char *other)
{
	return strcmp(name, other) == 0;
}

/* The paragraph that is being read, or NULL between them. */
static struct docx_paragraph *docx_paragraph(struct docx *docx)
{
	return docx->depth > 0 && docx->too_deep == 0 ? &docx->paragraphs[docx->depth - 1] : NULL;
}

static void docx_count(struct docx *docx, struct docx_paragraph *paragraph)
{
	if (paragraph->counted)
		return;
	paragraph->counted = true;
	docx_lists_count(docx->lists, &(struct docx_numbered){paragraph->list, paragraph->level, (const char *)paragraph->style},
	    &paragraph->number);
}

/* Writes the number of the present paragraph, where it has one and there is text to follow. */
static void docx_number_write(struct docx *docx, struct docx_paragraph *paragraph)
{
	docx_count(docx, paragraph);
	if (paragraph->number.len == 0)
		return;
	if (!buf_failed(&paragraph->number)) {
		flow_text(&docx->flow, buf_slice(&paragraph->number));
		flow_glue(&docx->flow);
	}
	buf_clear(&paragraph->number);
}

static void docx_say(struct docx *docx, struct slice text)
{
	struct docx_paragraph *paragraph = docx_paragraph(docx);

	if (paragraph != NULL && slice_trim(text).len > 0)
		docx_number_write(docx, paragraph);
	flow_text(&docx->flow, text);
}

static void docx_mark(struct docx *docx, size_t number)
{
	char digits[24];

	snprintf(digits, sizeof digits, "%zu", number);
	flow_mark(&docx->flow, slice_of(digits));
}

/* Word keeps two notes for the lines above the footnotes. */
static bool docx_is_separator(xmlTextReaderPtr reader)
{
	xmlChar *type = docx_attribute(reader, "w:type");
	bool separator = *type != '\0' && !is((const char *)type, "normal");

	xmlFree(type);
	return separator;
}

static void docx_open(struct docx *docx, xmlTextReaderPtr reader)
{
	flow_break(&docx->flow, 2);
	if (xmlTextReaderIsEmptyElement(reader))
		return;
	if (docx->depth == PARAGRAPHS) {
		docx->too_deep++;
		return;
	}
	docx->paragraphs[docx->depth] = (struct docx_paragraph){.list = -1, .level = -1};
	buf_init(&docx->paragraphs[docx->depth++].number, NUMBER_MAX);
}

/* One without text counts too, unless it was deleted; its number is seen where it is all that a cell has. */
static void docx_close(struct docx *docx)
{
	struct docx_paragraph *paragraph = docx_paragraph(docx);

	flow_break(&docx->flow, 2);
	if (docx->too_deep > 0) {
		docx->too_deep--;
		return;
	}
	if (paragraph == NULL)
		return;
	if (!paragraph->deleted && docx->cells > 0)
		docx_number_write(docx, paragraph);
	else if (!paragraph->deleted)
		docx_count(docx, paragraph);
	xmlFree(paragraph->style);
	buf_release(&paragraph->number);
	docx->depth--;
}

/* What a paragraph says of itself. */
static void docx_property(struct docx_paragraph *paragraph, xmlTextReaderPtr reader, const char *name)
{
	if (is(name, "numId")) {
		paragraph->list = docx_number(reader, "w:val", -1);
	} else if (is(name, "ilvl")) {
		paragraph->level = docx_number(reader, "w:val", -1);
	} else if (is(name, "pStyle")) {
		xmlFree(paragraph->style);
		paragraph->style = docx_attribute(reader, "w:val");
	}
}

/* A change that is tracked: what was there before it. The mark of a paragraph that was deleted has no content. */
static bool docx_is_past(struct docx *docx, xmlTextReaderPtr reader, const char *name)
{
	struct docx_paragraph *paragraph = docx_paragraph(docx);
	bool deleted = is(name, "del") || is(name, "moveFrom");

	if (deleted && paragraph != NULL && xmlTextReaderIsEmptyElement(reader))
		paragraph->deleted = true;
	return deleted || is(name, "pPrChange");
}

/* A start tag; false: what is in it is to be passed over. */
static bool docx_enter(void *arg, xmlTextReaderPtr reader, const char *name)
{
	struct docx *docx = arg;

	if (docx_is_past(docx, reader, name) || is(name, "instrText") || is(name, "Fallback"))
		return false;
	if (is(name, "t")) {
		docx->in_text = !xmlTextReaderIsEmptyElement(reader);
	} else if (is(name, "p")) {
		docx_open(docx, reader);
	} else if (is(name, "tr")) {
		flow_row(&docx->flow);
	} else if (is(name, "tc")) {
		docx->cells += !xmlTextReaderIsEmptyElement(reader);
		flow_glue(&docx->flow);
	} else if (is(name, "tab")) {
		flow_text(&docx->flow, SLICE(" "));
	} else if (is(name, "br") || is(name, "cr")) {
		flow_break(&docx->flow, 1);
	} else if (is(name, "noBreakHyphen")) {
		docx_say(docx, SLICE("-"));
	} else if (is(name, "footnoteReference")) {
		docx_mark(docx, ++docx->references);
	} else if (is(name, "footnote")) {
		if (docx_is_separator(reader))
			return false;
		flow_break(&docx->flow, 2);
		docx_mark(docx, ++docx->footnotes);
		flow_glue(&docx->flow);
	} else if (docx_paragraph(docx) != NULL) {
		docx_property(docx_paragraph(docx), reader, name);
	}
	return true;
}

static void docx_leave(void *arg, const char *name)
{
	struct docx *docx = arg;

	if (is(name, "t"))
		docx->in_text = false;
	else if (is(name, "p"))
		docx_close(docx);
	else if (is(name, "tr"))
		flow_break(&docx->flow, 2);
	else if (is(name, "tc"))
		docx->cells -= docx->cells > 0;
}

static void docx_texts(void *arg, struct slice text)
{
	struct docx *docx = arg;

	if (docx->in_text)
		docx_say(docx, text);
}

static int docx_read(struct docx *docx, struct slice part, struct error *error)
{
	int code = docx_scan(part, &(struct docx_scan){docx_enter, docx_leave, docx_texts, docx}, error);

	while (docx->depth > 0) {
		xmlFree(docx->paragraphs[--docx->depth].style);
		buf_release(&docx->paragraphs[docx->depth].number);
	}
	docx->too_deep = docx->cells = 0;
	docx->in_text = false;
	return code;
}

/* A part that a document may lack. */
static int docx_more(zip_t *zip, const char *name, struct buf *part, struct docx_lists *lists,
    int (*read)(struct docx_lists *lists, struct slice part, struct error *error), struct error *error)
{
	struct error ignored = ERROR_NONE;
	int code = docx_part(zip, name, part, &ignored);

	if (code == E_NOT_FOUND)
		return 0;
	if (code != 0)
		return error_set(error, code, ignored.name, "%s", ignored.message);
	return read(lists, buf_slice(part), error);
}

static int docx_text(zip_t *zip, struct buf *out, struct error *error)
{
	struct docx docx = {.flow = {.out = out}, .lists = docx_lists_new()};
	struct error ignored = ERROR_NONE;
	struct buf part;
	int code;

	buf_init(&part, out->max);
	code = docx_more(zip, "word/numbering.xml", &part, docx.lists, docx_lists_read, error);
	if (code == 0)
		code = docx_more(zip, "word/styles.xml", &part, docx.lists, docx_lists_styles, error);
	docx_lists_ready(docx.lists);
	if (code == 0)
		code = docx_part(zip, "word/document.xml", &part, error);
	if (code == 0)
		code = docx_read(&docx, buf_slice(&part), error);
	if (code == 0 && docx.references > 0 && docx_part(zip, "word/footnotes.xml", &part, &ignored) == 0)
		code = docx_read(&docx, buf_slice(&part), error);
	buf_append_byte(out, '\n');
	buf_release(&part);
	docx_lists_free(docx.lists);
	return code == E_NOT_FOUND ? E_INPUT : code;
}

int input_docx(struct slice bytes, struct buf *out, struct error *error)
{
	zip_error_t fault;
	zip_source_t *source;
	zip_t *zip = NULL;
	int code;

	zip_error_init(&fault);
	source = zip_source_buffer_create(bytes.at, bytes.len, 0, &fault);
	if (source != NULL)
		zip = zip_open_from_source(source, ZIP_RDONLY, &fault);
	if (zip != NULL) {
		code = docx_text(zip, out, error);
		zip_discard(zip);
	} else {
		zip_source_free(source);
		code = error_set(error, E_INPUT, "not_text", "a zip file that is damaged");
	}
	zip_error_fini(&fault);
	return code;
}
