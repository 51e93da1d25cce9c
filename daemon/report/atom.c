/*
 * An Atom feed, RFC 4287: an entry for each row, for readers that look again every hour. An entry of the
 * record has its hash for a name, which it keeps when its obligation gets another reference; so nothing is shown twice.
 */
#include <ctype.h>
#include <string.h>

#include "base/json.h"
#include "model.h"
#include "page.h"
#include "phrase.h"
#include "picture.h"

static void atom_element(struct buf *out, const char *name, const char *text)
{
	buf_printf(out, "<%s>", name);
	picture_text(out, text);
	buf_printf(out, "</%s>\n", name);
}

static const char *atom_column(const struct report_page *page, const json_t *row, const char *name)
{
	return field_prose(page->arena, page->language, field_find(slice_of(name)), json_object_get(row, name));
}

/* A name may have no blanks or brackets in it, as a reference can. */
static const char *atom_name(const struct report_page *page, const json_t *row, const char *reference)
{
	const char *hash = json_text_of(row, "hash"), *ret;
	struct buf name;

	if (*hash != '\0')
		return arena_printf(page->arena, "urn:mandate:entry:%s", hash);
	buf_init(&name, BUF_MAX_LINE);
	buf_append_text(&name, "urn:mandate:row:");
	for (; *reference != '\0'; reference++)
		if (isalnum((unsigned char)*reference) || strchr("/:.-_", *reference) != NULL)
			buf_append_byte(&name, *reference);
		else
			buf_printf(&name, "%%%02X", (unsigned)(unsigned char)*reference);
	ret = arena_text(page->arena, buf_slice(&name));
	buf_release(&name);
	return ret;
}

static void atom_begin(struct report_page *page)
{
	const char *language = page->language ? page->language : "en";

	buf_printf(page->out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"%s\">\n", language);
	atom_element(page->out, "title", arena_printf(page->arena, "Mandate: %s", phrase_title(page)));
	atom_element(page->out, "id", arena_printf(page->arena, "urn:mandate:report:%s", page->head->report));
	atom_element(page->out, "updated", page->head->known_at);
	buf_append_text(page->out, "<author><name>Mandate</name></author>\n");
}

static void atom_row(struct report_page *page, const json_t *row)
{
	const char *reference = page_row_title(page, row), *at = json_text_of(row, "recorded_at");
	const char *what = atom_column(page, row, "what");
	struct page_field field = {0};
	bool first = true;

	buf_append_text(page->out, "<entry>\n");
	atom_element(page->out, "title", *what ? arena_printf(page->arena, report_say(page->language, SAY("%s: %s")), reference, what) : reference);
	atom_element(page->out, "id", atom_name(page, row, reference));
	atom_element(page->out, "updated", *at ? at : page->head->known_at);
	buf_append_text(page->out, "<content type=\"text\">");
	for (; page_field_next(page, row, &field); first = false) {
		buf_append_text(page->out, first ? "" : "\n");
		picture_text(page->out, arena_printf(page->arena, report_say(page->language, SAY("%s: %s")), field.heading, field.value));
	}
	buf_append_text(page->out, "</content>\n</entry>\n");
}

static void atom_end(struct report_page *page, int64_t rows)
{
	(void)rows;
	buf_append_text(page->out, "</feed>\n");
}

const struct report_writer report_atom = {.begin = atom_begin, .row = atom_row, .end = atom_end};
