#include "phrase.h"

#include <string.h>

#include "base/date.h"
#include "base/json.h"

const char *phrase_date(struct arena *arena, const char *language, const char *iso)
{
	struct civil civil;
	struct day day;

	if (date_parse(slice_of(iso), &day, NULL) != 0)
		return iso;
	civil = date_to_civil(day);
	return arena_printf(arena, "%d %s %d", civil.day, report_say(language, date_month_name(civil.month)), civil.year);
}

const char *phrase_month(struct arena *arena, const char *language, const char *month)
{
	struct civil civil;
	struct day day;

	if (date_parse(slice_of(arena_printf(arena, "%s-01", month)), &day, NULL) != 0)
		return month;
	civil = date_to_civil(day);
	return arena_printf(arena, "%s %d", report_say(language, date_month_name(civil.month)), civil.year);
}

const char *phrase_word(struct arena *arena, const char *language, const char *word)
{
	char *text = arena_text(arena, slice_of(word));

	for (char *at = text; *at != '\0'; at++)
		if (*at == '_')
			*at = ' ';
	return report_say(language, text);
}

/* Digits in threes, as the Organization writes them in English: 12,345. */
static const char *phrase_digits(struct arena *arena, struct slice digits, const char *tail)
{
	struct buf buf;
	const char *ret;

	buf_init(&buf, BUF_MAX_LINE);
	for (size_t i = 0; i < digits.len; i++) {
		if (i > 0 && (digits.len - i) % 3 == 0 && digits.at[i - 1] != '-')
			buf_append_byte(&buf, ',');
		buf_append_byte(&buf, digits.at[i]);
	}
	buf_append_text(&buf, tail);
	ret = arena_text(arena, buf_slice(&buf));
	buf_release(&buf);
	return ret;
}

const char *phrase_number(struct arena *arena, const char *language, int64_t n)
{
	const char *plain = arena_printf(arena, "%lld", (long long)n);

	(void)language;
	return phrase_digits(arena, slice_of(plain), "");
}

const char *phrase_amount(struct arena *arena, const char *language, const char *amount, const char *currency)
{
	size_t whole = strcspn(amount, ".");
	const char *number = phrase_digits(arena, (struct slice){amount, whole}, amount + whole);

	(void)language;
	return *currency == '\0' ? number : arena_printf(arena, "%s %s", number, currency);
}

bool phrase_status_is_done(const char *status)
{
	return strcmp(status, "implemented") == 0 || strcmp(status, "closed") == 0 ||
	    strcmp(status, "overtaken") == 0 || strcmp(status, "not_applicable") == 0;
}

const char *phrase_share(struct arena *arena, const char *language, int64_t part, int64_t whole)
{
	const char *n = phrase_number(arena, language, part), *of = phrase_number(arena, language, whole);

	if (whole <= 0)
		return arena_printf(arena, report_say(language, SAY("%s of %s")), n, of);
	return arena_printf(arena, report_say(language, SAY("%s of %s (%s per cent)")), n, of,
	    phrase_number(arena, language, (part * 200 + whole) / (2 * whole)));
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
	    *head->filter ? head->filter : report_say(language, SAY("none: every obligation"))};
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
		ret = arena_printf(page->arena, "%s%s%s: %s", ret, *ret ? "; " : "", field_heading(language, field), text);
	}
	return ret;
}

const char *phrase_end(const struct report_page *page, int64_t rows)
{
	if (rows == 0)
		return report_say(page->language, SAY("Nothing fits. End of the report."));
	return arena_printf(page->arena, report_say(page->language, SAY("End of the report; rows: %s.")),
	    phrase_number(page->arena, page->language, rows));
}
