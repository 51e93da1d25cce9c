#ifndef MANDATE_REPORT_FIELD_H
#define MANDATE_REPORT_FIELD_H

#include <jansson.h>

#include "base/arena.h"
#include "base/slice.h"

/*
 * The one table of what a row can have. The database says which columns a part has and in which
 * order; here stands what each is called and how its value is put into words.
 */
enum field_shape {
	SHAPE_TEXT,   /* as it stands */
	SHAPE_WORD,   /* a word of the vocabulary: in_progress, read "in progress" */
	SHAPE_DATE,   /* 2005-06-30, read "30 June 2005" */
	SHAPE_MONTH,  /* 2005-06, read "June 2005" */
	SHAPE_TIME,   /* RFC 3339 */
	SHAPE_NUMBER, /* a whole number, or a fraction such as a confidence */
	SHAPE_FLAG,   /* true, read "yes" */
	SHAPE_SHARE,  /* {"n":3,"of":4}, read "3 of 4 (75 per cent)" */
	SHAPE_AMOUNT, /* {"amount":"1000.00","currency":"USD"} */
	SHAPE_VALUE,  /* {"word":…}, {"date":…}, {"number":…}, {"person":…} or a text: of whatever kind it is */
	SHAPE_LIST,   /* of texts */
	SHAPE_PARTY,  /* {"code":"PER","name":"Peru","fr":"Pérou",…} */
	SHAPE_PERSON, /* {"login":…,"name":…} */
	SHAPE_ADDRESSEES, SHAPE_MILESTONES, SHAPE_NEXT, SHAPE_LINEAGE, SHAPE_DEADLINE,
};

/* Where a list of fields shows it. */
enum field_group {
	GROUP_HEADING, /* in the heading of the group or row */
	GROUP_ASKED, GROUP_STATUS, GROUP_WHEN, GROUP_WHO, GROUP_RECORD,
	GROUP_COUNT
};

struct field_row {
	const char *name;    /* the column */
	const char *heading; /* in English; report_say puts it into another language */
	enum field_shape shape;
	enum field_group group;
	int width; /* of a column of a table of text: characters, 0 takes what is left */
};

/* NULL where there is none. */
const struct field_row *field_find(struct slice name);
/* Field i, or NULL past the last. */
const struct field_row *field_at(size_t i);
/* "What is asked", in a language. */
const char *field_group_name(const char *language, enum field_group group);
const char *field_heading(const char *language, const struct field_row *field);
/* Columns on a terminal that the longest word of a text takes, or that of a field's heading. */
size_t field_longest_word(const char *text);
size_t field_heading_word(const char *language, const struct field_row *field);
/* Whether a table aligns it to the right. */
bool field_is_number(const struct field_row *field);

/* The value for a program, with dates as YYYY-MM-DD; "" where there is none. */
const char *field_plain(struct arena *arena, const struct field_row *field, const json_t *value);
/* The value for a reader. */
const char *field_prose(struct arena *arena, const char *language, const struct field_row *field, const json_t *value);

#endif
