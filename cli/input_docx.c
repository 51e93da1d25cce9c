/*
 * The text of a Word document: a zip file with word/document.xml in it, and the
 * footnotes beside it. Deleted text, field codes and fallbacks are no text.
 */
#include <libxml/xmlreader.h>
#include <stdio.h>
#include <string.h>
#include <zip.h>

#include "flow.h"
#include "input.h"

struct docx {
	struct flow flow;
	bool in_text;
	size_t references, footnotes; /* seen so far */
};

/* One part of the file. 0; or E_NOT_FOUND, E_TOO_BIG, E_INPUT. */
static int docx_part(zip_t *zip, const char *name, struct buf *out, struct error *error)
{
	zip_file_t *file = zip_fopen(zip, name, 0);
	char chunk[65536];
	zip_int64_t got = 0;

	if (file == NULL)
		return error_set(error, E_NOT_FOUND, "not_text", "a zip file without a Word document (%s) in it", name);
	while (!buf_failed(out) && (got = zip_fread(file, chunk, sizeof chunk)) > 0)
		buf_append(out, chunk, (size_t)got);
	zip_fclose(file);
	if (buf_failed(out))
		return error_set(error, E_TOO_BIG, "too_big", "%s in it is larger than the limit of %zu bytes", name, out->max);
	return got < 0 ? error_set(error, E_INPUT, "not_text", "a Word document that is damaged (%s)", name) : 0;
}

static bool docx_is(const xmlChar *name, const char *other)
{
	return strcmp((const char *)name, other) == 0;
}

static void docx_number(struct docx *docx, size_t number)
{
	char digits[24];

	snprintf(digits, sizeof digits, "%zu", number);
	flow_mark(&docx->flow, slice_of(digits));
}

/* Word keeps two notes for the lines above the footnotes. */
static bool docx_is_separator(xmlTextReaderPtr reader)
{
	xmlChar *type = xmlTextReaderGetAttribute(reader, BAD_CAST "w:type");
	bool separator = type != NULL && !docx_is(type, "normal");

	xmlFree(type);
	return separator;
}

/* A start tag; false: what is in it is to be passed over. */
static bool docx_enter(struct docx *docx, xmlTextReaderPtr reader, const xmlChar *name)
{
	if (docx_is(name, "del") || docx_is(name, "moveFrom") || docx_is(name, "instrText") || docx_is(name, "Fallback"))
		return false;
	if (docx_is(name, "t")) {
		docx->in_text = !xmlTextReaderIsEmptyElement(reader);
	} else if (docx_is(name, "p")) {
		flow_break(&docx->flow, 2);
	} else if (docx_is(name, "tr")) {
		flow_row(&docx->flow);
	} else if (docx_is(name, "tc")) {
		flow_glue(&docx->flow);
	} else if (docx_is(name, "tab")) {
		flow_text(&docx->flow, SLICE(" "));
	} else if (docx_is(name, "br") || docx_is(name, "cr")) {
		flow_break(&docx->flow, 1);
	} else if (docx_is(name, "noBreakHyphen")) {
		flow_text(&docx->flow, SLICE("-"));
	} else if (docx_is(name, "footnoteReference")) {
		docx_number(docx, ++docx->references);
	} else if (docx_is(name, "footnote")) {
		if (docx_is_separator(reader))
			return false;
		flow_break(&docx->flow, 2);
		docx_number(docx, ++docx->footnotes);
		flow_glue(&docx->flow);
	}
	return true;
}

static void docx_leave(struct docx *docx, const xmlChar *name)
{
	if (docx_is(name, "t"))
		docx->in_text = false;
	else if (docx_is(name, "p") || docx_is(name, "tr"))
		flow_break(&docx->flow, 2);
}

static int docx_read(struct docx *docx, struct slice part, struct error *error)
{
	xmlTextReaderPtr reader = xmlReaderForMemory(part.at, (int)part.len, NULL, NULL,
	    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	int more = reader != NULL ? xmlTextReaderRead(reader) : -1;

	while (more == 1) {
		int type = xmlTextReaderNodeType(reader);
		const xmlChar *name = xmlTextReaderConstLocalName(reader);
		bool enter = true;

		if (type == XML_READER_TYPE_ELEMENT)
			enter = docx_enter(docx, reader, name);
		else if (type == XML_READER_TYPE_END_ELEMENT)
			docx_leave(docx, name);
		else if (docx->in_text && (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE ||
		                              type == XML_READER_TYPE_WHITESPACE))
			flow_text(&docx->flow, slice_of((const char *)xmlTextReaderConstValue(reader)));
		more = enter ? xmlTextReaderRead(reader) : xmlTextReaderNext(reader);
	}
	xmlFreeTextReader(reader);
	return more == 0 ? 0 : error_set(error, E_INPUT, "not_text", "a Word document that is damaged");
}

static int docx_text(zip_t *zip, struct buf *out, struct error *error)
{
	struct docx docx = {.flow = {.out = out}};
	struct buf part;
	int code;

	buf_init(&part, out->max);
	code = docx_part(zip, "word/document.xml", &part, error);
	if (code == 0)
		code = docx_read(&docx, buf_slice(&part), error);
	buf_clear(&part);
	if (code == 0 && docx.references > 0 && docx_part(zip, "word/footnotes.xml", &part, error) == 0)
		code = docx_read(&docx, buf_slice(&part), error);
	buf_append_byte(out, '\n');
	buf_release(&part);
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
