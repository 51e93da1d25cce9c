#ifndef MANDATE_REPORT_PHRASE_H
#define MANDATE_REPORT_PHRASE_H

#include "model.h"
#include "say.h"

/* The words that all formats for people share, in a language. Results live on the arena. */

/* "30 June 2005"; what is no date stays as it is. */
const char *phrase_date(struct arena *arena, const char *language, const char *iso);
/* "2005-06" as "June 2005". */
const char *phrase_month(struct arena *arena, const char *language, const char *month);
/* "in_progress" as "in progress". */
const char *phrase_word(struct arena *arena, const char *language, const char *word);
const char *phrase_number(struct arena *arena, const char *language, int64_t n);
/* "1,234.50 USD"; the amount is a decimal text. */
const char *phrase_amount(struct arena *arena, const char *language, const char *amount, const char *currency);
/* "1 of 4 (25 per cent)"; no percentage of nothing. */
const char *phrase_share(struct arena *arena, const char *language, int64_t part, int64_t whole);
bool phrase_status_is_done(const char *status);

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
