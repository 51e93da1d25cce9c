/*
 * How works are called by the naming convention of Akoma Ntoso:
 * "/akn/un/statement/deliberation/un-ecosoc/2004-07-21/2004-23".
 */
#include <string.h>

#include "reader/akn.h"

const char *akn_actor(struct arena *arena, const char *body)
{
	char *name;

	if (body == NULL || *body == '\0')
		return "un";
	name = arena_text(arena, slice_of(body));
	for (char *c = name; *c != '\0'; c++) {
		*c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
		if (!((*c >= 'a' && *c <= 'z') || (*c >= '0' && *c <= '9')))
			*c = '-';
	}
	return name;
}

struct slice akn_number(struct slice symbol)
{
	ptrdiff_t at = slice_find(symbol, SLICE("/RES/"));

	return at < 0 ? symbol : slice_from(symbol, (size_t)at + 5);
}

const char *akn_part(struct arena *arena, struct slice text)
{
	char *part = arena_text(arena, text);

	for (char *c = part; *c != '\0'; c++)
		*c = *c == '/' ? '-' : *c == ' ' ? '_' : *c;
	return part;
}

int akn_year(struct slice symbol)
{
	struct slice rest = symbol;
	uint64_t n;
	ptrdiff_t at = slice_find_byte(rest, '(');

	if (at >= 0)
		rest = slice_from(rest, (size_t)at + 1);
	else if (!slice_take(&rest, SLICE("E/RES/")))
		return 0;
	return slice_take_number(&rest, 9999, &n) && n > 1944 ? (int)n : 0;
}

int akn_session_year(struct slice symbol)
{
	uint64_t n;

	return slice_take(&symbol, SLICE("A/RES/")) && slice_take_number(&symbol, 999, &n) && n > 30 ? (int)n + 1945 : 0;
}

const char *akn_work(struct arena *arena, const char *actor, const char *when, struct slice number)
{
	return arena_printf(arena, "/akn/un/statement/deliberation/%s%s%s%s/%s", strcmp(actor, "un") == 0 ? "" : "un-",
	    actor, *when != '\0' ? "/" : "", when, number.len > 0 ? akn_part(arena, number) : "nn");
}

/* The day with which it is cited, else the year that its number is of; "": neither. */
static const char *cited_when(struct arena *arena, const struct citation *citation)
{
	char iso[DATE_TEXT];
	int year = akn_year(citation->symbol);

	if (!citation->has_date)
		return year > 0 ? arena_printf(arena, "%d", year) : "";
	date_format(citation->date, iso);
	return arena_text(arena, slice_of(iso));
}

const char *akn_cited(struct arena *arena, const struct citation *citation)
{
	static const struct {
		const char *head, *actor;
	} organs[] = { { "A/HRC/RES/", "hrc" }, { "A/RES/", "ga" }, { "E/RES/", "ecosoc" }, { "S/RES/", "sc" } };
	char *name;

	for (size_t i = 0; i < sizeof(organs) / sizeof(organs[0]); i++) {
		struct slice number = citation->symbol;

		if (slice_take(&number, slice_of(organs[i].head)))
			return akn_work(arena, organs[i].actor, cited_when(arena, citation), number);
	}
	name = arena_printf(arena, "https://undocs.org/%.*s", SLICE_ARG(citation->symbol));
	for (char *c = name; *c != '\0'; c++)
		*c = *c == ' ' ? '_' : *c;
	return name;
}

const char *akn_language(const char *language)
{
	static const char *const pairs[][2] = { { "en", "eng" }, { "fr", "fra" }, { "es", "spa" }, { "ru", "rus" },
		{ "zh", "zho" }, { "ar", "ara" } };

	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++)
		if (strcmp(language, pairs[i][0]) == 0)
			return pairs[i][1];
	return *language != '\0' ? language : "und";
}
