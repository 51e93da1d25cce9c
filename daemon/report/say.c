#include "say.h"

#include <stddef.h>
#include <string.h>

/*
 * What the database sends in English and a reader sees: titles of reports and parts, notes, and the
 * vocabulary. Here only so that the translators' tools find them.
 */
const char *const say_words[] = {
    /* Reports and their parts. */
    SAY("Status of follow-up"), SAY("Matrix of obligations"), SAY("What falls due"), SAY("Overdue"),
    SAY("Compliance with slots"), SAY("Status of a treaty"), SAY("Contributions"), SAY("Changes"),
    SAY("Dossier"), SAY("Difference"), SAY("Obligations"),
    NULL,
};

const char *report_say(const char *language, const char *english)
{
	(void)language;
	return english;
}

int report_speaks(const char *language)
{
	return language == NULL || strcmp(language, "en") == 0;
}

const char *report_languages(void)
{
	return "en";
}
