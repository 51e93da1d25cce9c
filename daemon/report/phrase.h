#ifndef MANDATE_REPORT_PHRASE_H
#define MANDATE_REPORT_PHRASE_H

#include "model.h"
#include "say.h"

/* The words that all formats for people share, in a language. Results live on the arena. */

/* --- Values as the language writes them. What is none stays as it is. --------------------- */

/* "2005-06-30": 30 June 2005, 30 juin 2005, 2005年6月30日. */
const char *phrase_date(struct arena *arena, const char *language, const char *iso);
/* "2005-06": June 2005, juin 2005, Июнь 2005 года. */
const char *phrase_month(struct arena *arena, const char *language, const char *month);
/* "2005-07-01T09:30:00.000000Z": 1 July 2005, 09:30:00 UTC. */
const char *phrase_time(struct arena *arena, const char *language, const char *time);
/* "in_progress": in progress, en cours. */
const char *phrase_word(struct arena *arena, const char *language, const char *word);
/* 1234567: 1,234,567; 1 234 567. */
const char *phrase_number(struct arena *arena, const char *language, int64_t n);
/* "1234567.50", of any length; all its digits stay. */
const char *phrase_decimal(struct arena *arena, const char *language, const char *decimal);
/* "1,234.50 USD"; the amount is a decimal text. */
const char *phrase_amount(struct arena *arena, const char *language, const char *amount, const char *currency);
/* "1 of 4 (25 per cent)"; no percentage of nothing. */
const char *phrase_share(struct arena *arena, const char *language, int64_t part, int64_t whole);

bool phrase_status_is_done(const char *status);

/* --- Sentences ----------------------------------------------------------------------------- */

/* "Overdue"; "Status of a treaty: FIREARMS", where it is of one. */
const char *phrase_title(const struct report_page *page);
/* The lines under the title: as of when, from which data, with which filter. Returns how many. */
#define PHRASE_ORIGIN 5
struct phrase_line {
	const char *label, *text;
};
size_t phrase_origin(const struct report_page *page, struct phrase_line lines[PHRASE_ORIGIN]);
/* The summary in sentences: what is measured and what is not. */
#define PHRASE_SUMMARY 3
size_t phrase_summary(const struct report_page *page, const char *lines[PHRASE_SUMMARY]);
/* "A/RES/59/157: title", "Paragraph 3", "June 2005", "91-180 days". */
const char *phrase_heading(const struct report_page *page, const struct report_heading *heading);
/* What stands under a heading, its fields in one sentence: "General Assembly, adopted …"; "" where nothing. */
const char *phrase_under(const struct report_page *page, const struct report_heading *heading);
/* "12 rows in all." */
const char *phrase_end(const struct report_page *page, int64_t rows);

#endif
