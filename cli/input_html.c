/* The text of an HTML page: what a person would see of it. */
#include <libxml/HTMLparser.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "flow.h"
#include "input.h"

/* Elements by what they do to the text. Names between blanks. */
static const char html_hidden[] = " head script style noscript template svg math button select textarea nav iframe object ";
static const char html_paragraph[] = " p div h1 h2 h3 h4 h5 h6 ul ol table tr section article blockquote header footer "
                                     "main aside dl dt dd figure figcaption hr address pre form fieldset ";

static bool html_in(const char *names, const xmlChar *name)
{
	char word[16];
	int len = snprintf(word, sizeof word, " %s ", (const char *)name);

	return len > 0 && (size_t)len < sizeof word && strstr(names, word) != NULL;
}

static bool html_is(xmlNodePtr node, const char *name)
{
	return node != NULL && node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

/* Raised numbers are footnote marks; "47th" is not. */
static bool html_mark(struct flow *flow, xmlNodePtr node)
{
	const xmlNode *child = node->children;
	struct slice text = {0};
	bool mark;

	if (child != NULL && child->next == NULL && child->type == XML_TEXT_NODE)
		text = slice_trim(slice_of((const char *)child->content));
	mark = text.len > 0 && text.len < 4;

	for (size_t i = 0; i < text.len; i++)
		mark = mark && text.at[i] >= '0' && text.at[i] <= '9';
	if (mark)
		flow_mark(flow, text);
	return mark;
}

/* The number that a browser would put before an item of a numbered list. The list counts its items in
 * its _private, which libxml2 leaves to us. */
static void html_item(struct flow *flow, xmlNodePtr item)
{
	xmlChar *start = html_is(item->parent, "ol") ? xmlGetProp(item->parent, BAD_CAST "start") : NULL;
	xmlChar *type = html_is(item->parent, "ol") ? xmlGetProp(item->parent, BAD_CAST "type") : NULL;
	struct slice given = slice_of((const char *)start);
	uint64_t n = 1;
	char number[32];

	flow_break(flow, 2);
	(void)slice_take_number(&given, 100000, &n);
	if (html_is(item->parent, "ol")) {
		n += (uintptr_t)item->parent->_private;
		item->parent->_private = (void *)((uintptr_t)item->parent->_private + 1);
		if (type != NULL && type[0] == 'a' && n >= 1 && n <= 26)
			snprintf(number, sizeof number, "(%c)", (char)('a' + n - 1));
		else
			snprintf(number, sizeof number, "%llu.", (unsigned long long)n);
		flow_text(flow, slice_of(number));
		flow_glue(flow);
	}
	xmlFree(start);
	xmlFree(type);
}

/* Before an element's content; false: it has none for us. */
static bool html_enter(struct flow *flow, xmlNodePtr node)
{
	if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
		flow_text(flow, slice_of((const char *)node->content));
		return false;
	}
	if (node->type != XML_ELEMENT_NODE || html_in(html_hidden, node->name) || xmlHasProp(node, BAD_CAST "hidden"))
		return false;
	if (html_is(node, "br"))
		flow_break(flow, 1);
	else if (html_is(node, "li"))
		html_item(flow, node);
	else if (html_is(node, "td") || html_is(node, "th"))
		flow_glue(flow);
	else if (html_is(node, "tr"))
		flow_row(flow);
	else if (html_in(html_paragraph, node->name))
		flow_break(flow, 2);
	return !(html_is(node, "sup") && html_mark(flow, node));
}

static void html_leave(struct flow *flow, xmlNodePtr node)
{
	if (node->type == XML_ELEMENT_NODE && (html_in(html_paragraph, node->name) || html_is(node, "li")))
		flow_break(flow, 2);
}

/* All nodes in order, without recursion: pages nest as deep as they like. */
static void html_walk(struct flow *flow, xmlNodePtr root)
{
	xmlNodePtr node = root;

	while (node != NULL) {
		if (html_enter(flow, node) && node->children != NULL) {
			node = node->children;
			continue;
		}
		html_leave(flow, node);
		while (node != root && node->next == NULL) {
			node = node->parent;
			html_leave(flow, node);
		}
		node = node == root ? NULL : node->next;
	}
}

int input_html(struct slice bytes, struct buf *out, struct error *error)
{
	size_t bad;
	/* Where the bytes are UTF-8 they are that, whatever the page says of itself. */
	const char *encoding = utf8_valid(bytes, &bad) ? "UTF-8" : NULL;
	htmlDocPtr page = htmlReadMemory(bytes.at, (int)bytes.len, NULL, encoding,
	    HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_COMPACT);
	struct flow flow = {.out = out};

	if (page == NULL)
		return error_set(error, E_INPUT, "not_text", "an HTML page that cannot be read");
	html_walk(&flow, xmlDocGetRootElement(page));
	buf_append_byte(out, '\n');
	xmlFreeDoc(page);
	return 0;
}
