/* Dates, numbers and words of the vocabulary as a language writes them. */
#include <string.h>

#include "base/date.h"
#include "base/buf.h"
#include "phrase.h"

/* Every word that the record and its reports use, as it is read. */
static const struct {
	const char *word, *english;
} phrase_words[] = {
    {"proposed", SAY("proposed")}, {"not_started", SAY("not started")}, {"in_progress", SAY("in progress")},
    {"continuing", SAY("continuing")}, {"implemented", SAY("implemented")}, {"closed", SAY("closed")},
    {"overtaken", SAY("overtaken")}, {"not_applicable", SAY("not applicable")},
    {"draft", SAY("draft")}, {"submitted", SAY("submitted")}, {"cleared", SAY("cleared")}, {"returned", SAY("returned")},
    {"on_track", SAY("on track")}, {"due_soon", SAY("due soon")}, {"overdue", SAY("overdue")},
    {"done_late", SAY("done late")}, {"undated", SAY("undated")},
    {"adopted", SAY("adopted")}, {"superseded", SAY("superseded")}, {"not_adopted", SAY("not adopted")},
    {"adoption", SAY("adoption")}, {"ratification", SAY("ratification")}, {"contribution", SAY("contribution")},
    {"reporting", SAY("reporting")}, {"assistance", SAY("assistance")}, {"cooperation", SAY("cooperation")},
    {"dissemination", SAY("dissemination")}, {"resources", SAY("resources")}, {"legislation", SAY("legislation")},
    {"convening", SAY("convening")}, {"appointment", SAY("appointment")}, {"agenda", SAY("agenda")}, {"other", SAY("other")},
    {"binding", SAY("binding")}, {"request", SAY("request")}, {"decision", SAY("decision")}, {"urging", SAY("urging")},
    {"encouragement", SAY("encouragement")}, {"none", SAY("none")},
    {"directive", SAY("directive")}, {"deciding", SAY("deciding")}, {"reinforcing", SAY("reinforcing")},
    {"evaluative", SAY("evaluative")}, {"observing", SAY("observing")},
    {"created", SAY("created")}, {"status", SAY("status changed")}, {"note", SAY("note added")},
    {"assignment", SAY("assigned")}, {"edit", SAY("edited")}, {"deadline", SAY("deadline")},
    {"milestone", SAY("milestone")}, {"report", SAY("report")},
    {"forecast", SAY("forecast")}, {"forecast_confirmed", SAY("forecast confirmed")}, {"clearance", SAY("clearance")},
    {"slot", SAY("slot")}, {"issuance", SAY("issuance")}, {"consideration", SAY("consideration")}, {"review", SAY("review")},
    {"lead", SAY("lead")}, {"contributing", SAY("contributing")}, {"consulted", SAY("consulted")},
    {"date", SAY("date")}, {"session", SAY("session")}, {"period", SAY("period")}, {"interval", SAY("interval")},
    {"recurring", SAY("recurring")}, {"event", SAY("event")}, {"soft", SAY("soft")},
    {"signature", SAY("signature")}, {"acceptance", SAY("acceptance")}, {"approval", SAY("approval")},
    {"accession", SAY("accession")}, {"succession", SAY("succession")}, {"withdrawal", SAY("withdrawal")},
    {"denunciation", SAY("denunciation")},
    {"pledge", SAY("pledge")}, {"receipt", SAY("receipt")}, {"cash", SAY("cash")}, {"in_kind", SAY("in kind")},
    {"general", SAY("general")}, {"earmarked", SAY("earmarked")},
    {"on_time", SAY("on time")}, {"late", SAY("late")}, {"missed", SAY("missed")}, {"open", SAY("open")}, {"done", SAY("done")},
    {"planning", SAY("planning")}, {"customary end", SAY("customary end")}, {"legal end", SAY("legal end")},
    {"awaited", SAY("awaited")}, {"outstanding", SAY("outstanding")}, {"0-30 days", SAY("0-30 days")}, {"31-90 days", SAY("31-90 days")},
    {"91-180 days", SAY("91-180 days")}, {"more than 180 days", SAY("more than 180 days")},
    {"new", SAY("new")}, {"reference", SAY("reference")}, {"due_on", SAY("due on")}, {"due_end", SAY("due end")},
    {"owner", SAY("owner")}, {"alternate", SAY("alternate")}, {"unit", SAY("unit")}, {"kind", SAY("kind")}, {"force", SAY("force")},
    {"action", SAY("action")}, {"document", SAY("document")}, {"review_on", SAY("review on")}, {"timeliness", SAY("timeliness")},
    {"treaty", SAY("treaty")}, {"signatories", SAY("signatories")}, {"parties", SAY("parties")},
    {"organizations among them", SAY("organizations among them")}, {"needed for entry into force", SAY("needed for entry into force")},
    {"still lacking", SAY("still lacking")}, {"in force since", SAY("in force since")}, {"not in force", SAY("not in force")},
    {"parties that fit the filter", SAY("parties that fit the filter")}, {"members that have not joined", SAY("members that have not joined")},
    {"why", SAY("why")}, {"pledged", SAY("pledged")}, {"received", SAY("received")},
    {"yes", SAY("yes")}, {"no", SAY("no")},
};

/* In a date, where several languages have the genitive, and alone in a heading. */
static const char *const phrase_months[] = {SAY("January"), SAY("February"), SAY("March"), SAY("April"), SAY("May"), SAY("June"),
    SAY("July"), SAY("August"), SAY("September"), SAY("October"), SAY("November"), SAY("December")};
static const char *const phrase_months_alone[] = {SAY_AS("month alone", "January"), SAY_AS("month alone", "February"),
    SAY_AS("month alone", "March"), SAY_AS("month alone", "April"), SAY_AS("month alone", "May"), SAY_AS("month alone", "June"),
    SAY_AS("month alone", "July"), SAY_AS("month alone", "August"), SAY_AS("month alone", "September"),
    SAY_AS("month alone", "October"), SAY_AS("month alone", "November"), SAY_AS("month alone", "December")};

const char *phrase_word(struct arena *arena, const char *language, const char *word)
{
	char *text;

	for (size_t i = 0; i < sizeof phrase_words / sizeof *phrase_words; i++)
		if (strcmp(phrase_words[i].word, word) == 0)
			return report_say(language, phrase_words[i].english);
	text = arena_text(arena, slice_of(word));
	for (char *at = text; *at != '\0'; at++)
		if (*at == '_')
			*at = ' ';
	return text;
}

/* "{day} {month} {year}" with its places filled. */
static const char *phrase_filled(struct arena *arena, const char *pattern, const char *day, const char *month, int year)
{
	struct slice rest = slice_of(pattern);
	const char *ret;
	struct buf buf;

	buf_init(&buf, BUF_MAX_LINE);
	while (rest.len > 0) {
		if (slice_take(&rest, SLICE("{day}")))
			buf_append_text(&buf, day);
		else if (slice_take(&rest, SLICE("{month}")))
			buf_append_text(&buf, month);
		else if (slice_take(&rest, SLICE("{year}")))
			buf_printf(&buf, "%d", year);
		else {
			buf_append_byte(&buf, *rest.at);
			rest = slice_from(rest, 1);
		}
	}
	ret = arena_text(arena, buf_slice(&buf));
	buf_release(&buf);
	return ret;
}

const char *phrase_date(struct arena *arena, const char *language, const char *iso)
{
	struct civil civil;
	struct day day;

	if (date_parse(slice_of(iso), &day, NULL) != 0)
		return iso;
	civil = date_to_civil(day);
	return phrase_filled(arena, report_say(language, "{day} {month} {year}"),
	    civil.day == 1 ? report_say_as(language, "first day of a month", "1") : arena_printf(arena, "%d", civil.day),
	    report_say(language, phrase_months[civil.month - 1]), civil.year);
}

const char *phrase_month(struct arena *arena, const char *language, const char *month)
{
	struct civil civil;
	struct day day;

	if (date_parse(slice_of(arena_printf(arena, "%s-01", month)), &day, NULL) != 0)
		return month;
	civil = date_to_civil(day);
	return phrase_filled(arena, report_say(language, "{month} {year}"), "",
	    report_say_as(language, "month alone", phrase_months_alone[civil.month - 1]), civil.year);
}

const char *phrase_time(struct arena *arena, const char *language, const char *time)
{
	const char *day = arena_text(arena, slice_cut(slice_of(time), 0, 10));

	if (strlen(time) < 20 || time[10] != 'T')
		return time;
	return arena_printf(arena, report_say(language, "%s, %s UTC"), phrase_date(arena, language, day),
	    arena_text(arena, slice_cut(slice_of(time), 11, 19)));
}

const char *phrase_decimal(struct arena *arena, const char *language, const char *decimal)
{
	const char *from = decimal, *ret;
	size_t digits;
	struct buf buf;

	if (*from == '-')
		from++;
	digits = strspn(from, "0123456789");
	if (digits == 0 || (from[digits] != '\0' && from[digits] != '.'))
		return decimal;
	buf_init(&buf, BUF_MAX_LINE);
	/* U+2212, the minus sign, so that no line breaks after it. */
	buf_append_text(&buf, from > decimal ? "\xE2\x88\x92" : "");
	for (size_t i = 0; i < digits; i++) {
		if (i > 0 && (digits - i) % 3 == 0)
			buf_append_text(&buf, report_say_as(language, "between thousands", ","));
		buf_append_byte(&buf, from[i]);
	}
	if (from[digits] == '.') {
		buf_append_text(&buf, report_say_as(language, "before decimals", "."));
		buf_append_text(&buf, from + digits + 1);
	}
	ret = arena_text(arena, buf_slice(&buf));
	buf_release(&buf);
	return ret;
}

const char *phrase_number(struct arena *arena, const char *language, int64_t n)
{
	return phrase_decimal(arena, language, arena_printf(arena, "%lld", (long long)n));
}

const char *phrase_amount(struct arena *arena, const char *language, const char *amount, const char *currency)
{
	const char *number = phrase_decimal(arena, language, amount);

	return *currency == '\0' ? number : arena_printf(arena, "%s\u00a0%s", number, currency);
}

const char *phrase_share(struct arena *arena, const char *language, int64_t part, int64_t whole)
{
	const char *n = phrase_number(arena, language, part), *of = phrase_number(arena, language, whole);

	if (whole <= 0)
		return arena_printf(arena, report_say(language, "%s of %s"), n, of);
	return arena_printf(arena, report_say(language, "%s of %s (%s per cent)"), n, of,
	    phrase_number(arena, language, (part * 200 + whole) / (2 * whole)));
}
