#ifndef MANDATE_REPORT_FIELD_H
#define MANDATE_REPORT_FIELD_H

#include <jansson.h>

#include "base/arena.h"

/*
 * The one table of an obligation's fields. CSV makes a column of each row, the other formats a
 * line of each that is not empty, so that no format leaves out what another has.
 */
enum field {
	FIELD_REFERENCE, FIELD_FORMER, FIELD_SYMBOL, FIELD_TITLE, FIELD_BODY, FIELD_STATE,
	FIELD_ADOPTED, FIELD_LINEAGE, FIELD_PARAGRAPH, FIELD_TEXT,
	FIELD_ADDRESSEES, FIELD_ACTION, FIELD_CONDITIONS, FIELD_VEHICLE, FIELD_SPEAKER, FIELD_CLAUSE,
	FIELD_VERB, FIELD_CLASS, FIELD_FORCE, FIELD_KIND,
	FIELD_STATUS, FIELD_SINCE, FIELD_TIMELINESS, FIELD_DAYS, FIELD_CLEARANCE, FIELD_LIVE,
	FIELD_LAST_ON, FIELD_LAST_KIND, FIELD_LAST_BY, FIELD_LAST_NOTE, FIELD_EVIDENCE,
	FIELD_NEXT, FIELD_DEADLINE, FIELD_DUE_ON, FIELD_DUE_END, FIELD_LEGAL_END, FIELD_DUE_WHY,
	FIELD_OVERRIDE, FIELD_REVIEW, FIELD_MILESTONES,
	FIELD_OWNER, FIELD_ALTERNATE, FIELD_UNIT,
	FIELD_UPDATES, FIELD_VERSION, FIELD_RECORDED, FIELD_HASH, FIELD_PREVIOUS, FIELD_CONFIDENCE, FIELD_AS_OF,
	FIELD_COUNT
};

/* How a member is put into words. */
enum field_shape {
	SHAPE_TEXT,    /* as it stands; numbers and booleans too */
	SHAPE_WORD,    /* a word of the vocabulary: in_progress, read "in progress" */
	SHAPE_DATE,    /* 2005-06-30, read "30 June 2005" */
	SHAPE_TIME,    /* RFC 3339 */
	SHAPE_LIST, SHAPE_ADDRESSEES, SHAPE_PERSON, SHAPE_MILESTONES, SHAPE_NEXT, SHAPE_LINEAGE, SHAPE_DEADLINE,
};

/* Where prose shows it. */
enum field_group {
	GROUP_HEADING, /* in the heading of the resolution, paragraph or obligation */
	GROUP_ASKED, GROUP_STATUS, GROUP_WHEN, GROUP_WHO, GROUP_RECORD,
	GROUP_COUNT
};

struct field_row {
	const char *name;    /* the column */
	const char *heading; /* the words in prose */
	const char *path;    /* in the JSON of an obligation */
	enum field_shape shape;
	enum field_group group;
};

extern const struct field_row field_table[FIELD_COUNT];
extern const char *const field_group_names[GROUP_COUNT];

/* The value for a column; "" where there is none. */
const char *field_value(struct arena *arena, const json_t *obligation, enum field field);
/* The value for prose. */
const char *field_prose(struct arena *arena, enum field field, const char *value);
/* "proposed in E/RES/2004/23 (ECOSOC), adopted 21 July 2004" */
const char *field_lineage(struct arena *arena, const json_t *lineage);

#endif
