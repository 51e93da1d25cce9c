#include "phrase.h"

#include <string.h>

#include "base/date.h"

const char *phrase_date(struct arena *arena, const char *iso)
{
	struct civil civil;
	struct day day;

	if (date_parse(slice_of(iso), &day, NULL) != 0)
		return iso;
	civil = date_to_civil(day);
	return arena_printf(arena, "%d %s %d", civil.day, date_month_name(civil.month), civil.year);
}

const char *phrase_word(struct arena *arena, const char *word)
{
	char *text = arena_text(arena, slice_of(word));

	for (char *at = text; *at != '\0'; at++)
		if (*at == '_')
			*at = ' ';
	return text;
}

bool phrase_status_is_done(const char *status)
{
	return strcmp(status, "implemented") == 0 || strcmp(status, "closed") == 0 ||
	    strcmp(status, "overtaken") == 0 || strcmp(status, "not_applicable") == 0;
}

const char *phrase_share(struct arena *arena, int64_t part, int64_t whole)
{
	if (whole <= 0)
		return arena_printf(arena, "%lld of %lld", (long long)part, (long long)whole);
	return arena_printf(arena, "%lld of %lld (%lld per cent)", (long long)part, (long long)whole,
	    (long long)((part * 200 + whole) / (2 * whole)));
}

void phrase_origin(const struct report *report, struct phrase_line lines[PHRASE_ORIGIN])
{
	struct arena *arena = report->arena;

	lines[0] = (struct phrase_line){"As of", phrase_date(arena, report->as_of)};
	lines[1] = (struct phrase_line){"As known at", report->known_at};
	lines[2] = (struct phrase_line){"Filter", *report->filter ? report->filter : "none: every obligation"};
	lines[3] = (struct phrase_line){"Data", arena_printf(arena, "%lld %s in the record; head of the audit chain %s",
	    (long long)report->records, report->records == 1 ? "update" : "updates", *report->head ? report->head : "none")};
}

void phrase_summary(const struct report *report, const char *lines[PHRASE_SUMMARY])
{
	const struct report_summary *sum = &report->summary;
	struct arena *arena = report->arena;

	lines[0] = arena_printf(arena, "%lld %s in %zu %s.", (long long)sum->obligations,
	    sum->obligations == 1 ? "obligation" : "obligations", report->count,
	    report->count == 1 ? "resolution" : "resolutions");
	lines[1] = sum->measured == 0 ? "None of them can be measured as implemented or not." :
	    arena_printf(arena, "Implemented: %s of those that are measured.",
	        phrase_share(arena, sum->implemented, sum->measured));
	lines[2] = arena_printf(arena, "Not measured: %lld hortatory (an encouragement not taken up is not a failure)%s",
	    (long long)sum->hortatory, sum->continuing == 0 ? "." :
	    arena_printf(arena, ", %lld continuing without an end.", (long long)sum->continuing));
}

const char *phrase_resolution(struct arena *arena, const struct report_resolution *resolution)
{
	return arena_printf(arena, "%s, %s%s%s%s%s", resolution->body, phrase_word(arena, resolution->state),
	    *resolution->adopted_on ? " " : "", phrase_date(arena, resolution->adopted_on),
	    *resolution->lineage ? "; " : "", resolution->lineage);
}

const char *phrase_own_text(const struct report_paragraph *paragraph, const struct report_obligation *obligation)
{
	const char *text = obligation->value[FIELD_TEXT];

	return strcmp(text, paragraph->text) == 0 ? "" : text;
}
