/*
 * Writing XML by libxml2's writer. Its own indenting adds blanks inside of
 * text, so lines are broken here, and only between elements.
 */
#include <string.h>

#include "reader/akn.h"

static int xml_write(void *out, const char *bytes, int len)
{
	buf_append(out, bytes, (size_t)len);
	return len;
}

void xml_begin(struct akn_xml *xml, int depth, struct buf *out)
{
	xmlOutputBufferPtr bytes = xmlOutputBufferCreateIO(xml_write, NULL, out, NULL);

	xml->writer = bytes != NULL ? xmlNewTextWriter(bytes) : NULL;
	if (xml->writer == NULL)
		abort(); /* no memory: as everywhere, the end of the process */
	xml->depth = depth;
	buf_init(&xml->scratch, BUF_MAX_DOCUMENT);
}

void xml_end(struct akn_xml *xml)
{
	xmlFreeTextWriter(xml->writer);
	buf_release(&xml->scratch);
}

static void xml_line(struct akn_xml *xml)
{
	xmlTextWriterWriteRaw(xml->writer, BAD_CAST "\n");
	for (int i = 0; i < xml->depth; i++)
		xmlTextWriterWriteRaw(xml->writer, BAD_CAST "  ");
}

void xml_open(struct akn_xml *xml, const char *name)
{
	xml_line(xml);
	xml_open_inline(xml, name);
}

void xml_open_inline(struct akn_xml *xml, const char *name)
{
	xmlTextWriterStartElement(xml->writer, BAD_CAST name);
	xml->depth++;
}

/* The text with a NUL, without what XML has no way to say. Only U+FFFE, U+FFFF and control
 * characters can stand in valid UTF-8 and not in XML. */
static const xmlChar *xml_clean(struct akn_xml *xml, struct slice text)
{
	size_t from = 0;

	buf_clear(&xml->scratch);
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];
		bool control = c < 0x20 && c != '\n' && c != '\t' && c != '\r';
		bool none = c == 0xEF && i + 2 < text.len && (unsigned char)text.at[i + 1] == 0xBF &&
		    (unsigned char)text.at[i + 2] >= 0xBE;

		if (!control && !none)
			continue;
		buf_append_slice(&xml->scratch, slice_cut(text, from, i));
		buf_append_text(&xml->scratch, "\xEF\xBF\xBD");
		i += none ? 2 : 0;
		from = i + 1;
	}
	buf_append_slice(&xml->scratch, slice_from(text, from));
	return BAD_CAST buf_text(&xml->scratch);
}

void xml_attribute(struct akn_xml *xml, const char *name, const char *value)
{
	xml_attribute_slice(xml, name, slice_of(value));
}

void xml_attribute_slice(struct akn_xml *xml, const char *name, struct slice value)
{
	xmlTextWriterWriteAttribute(xml->writer, BAD_CAST name, xml_clean(xml, value));
}

void xml_text(struct akn_xml *xml, struct slice text)
{
	if (text.len > 0)
		xmlTextWriterWriteString(xml->writer, xml_clean(xml, text));
}

void xml_raw(struct akn_xml *xml, struct slice markup)
{
	xmlTextWriterWriteRawLen(xml->writer, BAD_CAST markup.at, (int)markup.len);
}

void xml_close(struct akn_xml *xml)
{
	xml->depth--;
	xmlTextWriterEndElement(xml->writer);
}

void xml_close_line(struct akn_xml *xml)
{
	xml->depth--;
	xml_line(xml);
	xmlTextWriterEndElement(xml->writer);
}
