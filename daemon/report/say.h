#ifndef MANDATE_REPORT_SAY_H
#define MANDATE_REPORT_SAY_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The words of reports in a language. Every English text for people goes through report_say, and
 * a text that stands in a table is marked with SAY, so that the translators' tools find both.
 * The languages are in po/ and are built in, so a process speaks all of them at once, whatever
 * its environment says. A language is "en", "fr", …; NULL and one that is not there are English.
 */
#define SAY(english) english
#define SAY_AS(context, english) english

/* The text in the language; the English where it is not translated. Lives for ever. */
const char *report_say(const char *language, const char *english) __attribute__((format_arg(2)));
/* The same for a text that has several meanings: ("fr", "month in a heading", "May"). */
const char *report_say_as(const char *language, const char *context, const char *english);
/* The form that n has in the language: ("ru", "%s update", "%s updates", 3). */
const char *report_say_count(const char *language, const char *one, const char *many, int64_t n)
    __attribute__((format_arg(2), format_arg(3)));

/* Whether reports are written in it. */
bool report_speaks(const char *language);
/* "en, fr": for messages. */
const char *report_languages(void);
/* Whether it is written from right to left. */
bool report_is_leftward(const char *language);

/* What the database sends in English and a reader sees: titles, notes. Ends with NULL. */
extern const char *const say_titles[];

#endif
