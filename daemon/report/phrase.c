#include "phrase.h"

#include <string.h>

#include "base/json.h"

bool phrase_status_is_done(const char *status)
{
	return strcmp(status, "implemented") == 0 || strcmp(status, "closed") == 0 ||
	    strcmp(status, "overtaken") == 0 || strcmp(status, "not_applicable") == 0;
}

const char *phrase_title(const struct report_page *page)
{
	const char *title = report_say(page->language, page->head->title);

	return *page->head->subject == '\0' ? title :
	    arena_printf(page->arena, report_say(page->language, SAY("%s: %s")), title, page->head->subject);
}

size_t phrase_origin(const struct report_page *page, struct phrase_line lines[PHRASE_ORIGIN])
{
	const struct report_head *head = page->head;
	const char *language = page->language;
	size_t n = 0;

	lines[n++] = (struct phrase_line){report_say(language, SAY("As of")), phrase_date(page->arena, language, head->as_of)};
	lines[n++] = (struct phrase_line){report_say(language, SAY("As known at")), head->known_at};
	if (*head->since != '\0')
		lines[n++] = (struct phrase_line){report_say(language, SAY("Changes since")),
		    phrase_date(page->arena, language, head->since)};
	lines[n++] = (struct phrase_line){report_say(language, SAY("Filter")),
	    *head->filter ? head->filter : report_say(language, head->summary.given ? SAY("none: every obligation") : SAY("none"))};
	lines[n++] = (struct phrase_line){report_say(language, SAY("Data")),
	    arena_printf(page->arena, report_say(language, SAY("updates in the record: %s; head of the audit chain: %s")),
	        phrase_number(page->arena, language, head->records), *head->head ? head->head : report_say(language, SAY("none")))};
	return n;
}

size_t phrase_summary(const struct report_page *page, const char *lines[PHRASE_SUMMARY])
{
	const struct report_summary *sum = &page->head->summary;
	const char *language = page->language;
	struct arena *arena = page->arena;

	if (!sum->given)
		return 0;
	lines[0] = arena_printf(arena, report_say(language, SAY("Obligations: %s. Resolutions: %s.")),
	    phrase_number(arena, language, sum->obligations), phrase_number(arena, language, sum->resolutions));
	lines[1] = sum->measured == 0 ? report_say(language, SAY("None of them can be measured as implemented or not.")) :
	    arena_printf(arena, report_say(language, SAY("Implemented: %s of those that are measured.")),
	        phrase_share(arena, language, sum->implemented, sum->measured));
	lines[2] = arena_printf(arena, report_say(language, SAY("Not measured: hortatory %s (an encouragement not taken up is "
	    "not a failure); continuing without an end %s; overtaken or not applicable %s.")),
	    phrase_number(arena, language, sum->hortatory), phrase_number(arena, language, sum->continuing),
	    phrase_number(arena, language, sum->obligations - sum->measured - sum->hortatory - sum->continuing));
	return PHRASE_SUMMARY;
}

const char *phrase_heading(const struct report_page *page, const struct report_heading *heading)
{
	const char *language = page->language;
	const char *value = field_prose(page->arena, language, heading->of, heading->value);

	if (*value == '\0')
		value = report_say(language, SAY("none"));
	if (strcmp(heading->of->name, "resolution") != 0)
		value = arena_printf(page->arena, report_say(language, SAY("%s: %s")), field_heading(language, heading->of), value);
	if (strcmp(heading->of->name, "paragraph") == 0)
		value = arena_printf(page->arena, report_say(language, SAY("Paragraph %s")),
		    field_prose(page->arena, language, heading->of, heading->value));
	return *heading->title == '\0' ? value :
	    arena_printf(page->arena, report_say(language, SAY("%s: %s")), value, heading->title);
}

const char *phrase_under(const struct report_page *page, const struct report_heading *heading)
{
	const char *language = page->language, *key, *ret = "";
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)heading->fields, key, value) {
		const struct field_row *field = field_find(slice_of(key));
		const char *text = field ? field_prose(page->arena, language, field, value) : "";

		if (*text == '\0' || field == heading->of || (heading->level > 1 && json_object_get(page->shown[0], key) != NULL) || strcmp(key, "text") == 0 || strcmp(key, "resolution_title") == 0)
			continue;
		ret = arena_printf(page->arena, "%s%s%s", ret, *ret ? "; " : "",
		    arena_printf(page->arena, report_say(language, SAY("%s: %s")), field_heading(language, field), text));
	}
	return ret;
}

const char *phrase_end(const struct report_page *page, int64_t rows)
{
	if (rows == 0)
		return report_say(page->language, SAY("Nothing fits. End of the report."));
	return arena_printf(page->arena, report_say_count(page->language, "End of the report: %s row.", "End of the report: %s rows.", rows),
	    phrase_number(page->arena, page->language, rows));
}
