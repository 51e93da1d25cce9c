#ifndef MANDATE_REPORT_PHRASE_H
#define MANDATE_REPORT_PHRASE_H

#include "model.h"

/* The words that all formats for people share. Results live on the arena. */

/* "30 June 2005"; what is no date stays as it is. */
const char *phrase_date(struct arena *arena, const char *iso);
/* "in_progress" as "in progress". */
const char *phrase_word(struct arena *arena, const char *word);
bool phrase_status_is_done(const char *status);

/* "1 of 4 (25 per cent)"; no percentage of nothing. */
const char *phrase_share(struct arena *arena, int64_t part, int64_t whole);

/* The lines under the title: as of when, from which data, with which filter. */
#define PHRASE_ORIGIN 4
struct phrase_line {
	const char *label, *text;
};
void phrase_origin(const struct report *report, struct phrase_line lines[PHRASE_ORIGIN]);
/* The summary in sentences: what is measured and what is not. */
#define PHRASE_SUMMARY 3
void phrase_summary(const struct report *report, const char *lines[PHRASE_SUMMARY]);
/* "A/RES/59/157: title" and "General …, adopted 20 December 2004; proposed in …" */
const char *phrase_resolution(struct arena *arena, const struct report_resolution *resolution);
/* The text of an obligation where it differs from its paragraph's, else "". */
const char *phrase_own_text(const struct report_paragraph *paragraph, const struct report_obligation *obligation);

#endif
