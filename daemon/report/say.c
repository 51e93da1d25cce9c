#include "say.h"

#include <stddef.h>
#include <string.h>

#include "base/buf.h"
#include "catalog.h"

const char *const say_titles[] = {
    /* Reports and their parts. */
    SAY("Status of follow-up"), SAY("Matrix of obligations"), SAY("What falls due"), SAY("Overdue"),
    SAY("Compliance with slots"), SAY("Status of a treaty"), SAY("Contributions"), SAY("Changes"),
    SAY("Dossier"), SAY("Difference"), SAY("Obligations"),
    /* Pictures. */
    SAY("Status by kind"), SAY("Deadlines"),
    NULL,
};

static const struct catalog *say_catalog(const char *language)
{
	const struct catalog *catalog = catalogs;

	if (language == NULL)
		return NULL;
	while (catalog->language != NULL && strcmp(catalog->language, language) != 0)
		catalog++;
	return catalog->language ? catalog : NULL;
}

const char *report_say(const char *language, const char *english)
{
	const struct catalog *catalog = say_catalog(language);
	/* The catalog's head stands under "". */
	const char *said = catalog && *english ? catalog_find(catalog, english) : NULL;

	return said ? said : english;
}

const char *report_say_as(const char *language, const char *context, const char *english)
{
	const struct catalog *catalog = say_catalog(language);
	const char *said = NULL;
	struct buf key;

	if (catalog == NULL)
		return english;
	buf_init(&key, BUF_MAX_LINE);
	buf_printf(&key, "%s\004%s", context, english);
	said = catalog_find(catalog, buf_text(&key));
	buf_release(&key);
	return said ? said : english;
}

const char *report_say_count(const char *language, const char *one, const char *many, int64_t n)
{
	const struct catalog *catalog = say_catalog(language);
	const char *said = catalog ? catalog_find(catalog, one) : NULL;
	unsigned long count = (unsigned long)(n < 0 ? -n : n);

	if (said == NULL)
		return n == 1 ? one : many;
	return catalog_form(said, catalog->plural(count));
}

bool report_speaks(const char *language)
{
	return language == NULL || strcmp(language, "en") == 0 || say_catalog(language) != NULL;
}

const char *report_languages(void)
{
	static char names[64] = "";

	if (*names == '\0') {
		struct buf buf;

		buf_init(&buf, sizeof names);
		buf_append_text(&buf, "en");
		for (const struct catalog *catalog = catalogs; catalog->language != NULL; catalog++)
			buf_printf(&buf, ", %s", catalog->language);
		memcpy(names, buf_text(&buf), buf.len < sizeof names ? buf.len + 1 : 1);
		buf_release(&buf);
	}
	return names;
}

bool report_is_leftward(const char *language)
{
	return strcmp(report_say_as(language, "direction of the script", "left to right"), "right to left") == 0;
}
