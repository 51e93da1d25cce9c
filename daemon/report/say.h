#ifndef MANDATE_REPORT_SAY_H
#define MANDATE_REPORT_SAY_H

/*
 * The words of reports in a language. Every English text for people goes through report_say, and
 * a text that stands in a table is marked with SAY, so that the translators' tools find both.
 */
#define SAY(english) english

/* The text in the language; the English where it is not translated. Lives for ever. */
const char *report_say(const char *language, const char *english);
/* Whether reports are written in it. */
int report_speaks(const char *language);
/* "en, fr": for messages. */
const char *report_languages(void);

#endif
