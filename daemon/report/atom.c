/*
 * An Atom feed, RFC 4287: an entry for each row, for readers that look again every hour. Rows of the record keep
 * their name for ever, so that nothing is shown twice.
 */
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
	atom_element(page->out, "id", arena_printf(page->arena, "urn:mandate:entry:%s/%lld", reference, (long long)json_integer_of(row, "entry")));
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
