#ifndef MANDATE_READER_H
#define MANDATE_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/error.h"
#include "base/slice.h"

/*
 * The reader: bytes of a resolution in, a reading out. After reader_open it does no
 * input or output and looks at no clock; one reader may be used by many threads.
 *
 * A reading owns everything it points to (its arena, the text it was made from
 * included) and goes as a whole with reading_free. A slice that is not there has
 * len 0; a code ("SG", "directive") is one of a closed list of words.
 */

/* Bytes of the source, end exclusive; no text is longer than READER_MAX. */
struct span {
	uint32_t start, end;
};

enum part {
	PART_TITLE,
	PART_OPENER,     /* "The General Assembly," */
	PART_PREAMBULAR,
	PART_OPERATIVE,  /* sub-paragraphs too */
	PART_CLOSING,    /* the meeting and date line, votes */
	PART_ANNEX,
	PART_NOTE,       /* footnotes, mastheads, page furniture worth keeping, headings */
};

enum deadline_type {
	DEADLINE_NONE,
	DEADLINE_DATE,      /* date; several: one deadline with others in further */
	DEADLINE_SESSION,   /* body, session (or year), further sessions */
	DEADLINE_PERIOD,    /* a biennium, a mandate's term: date to last, or count and unit */
	DEADLINE_INTERVAL,  /* count and unit from event (empty: adoption) */
	DEADLINE_RECURRING, /* every count unit, from date or session when known */
	DEADLINE_EVENT,     /* event, in words */
	DEADLINE_SOFT,      /* "as soon as possible" */
};

enum deadline_unit { UNIT_NONE, UNIT_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_YEAR, UNIT_SESSION };

#define DEADLINE_FURTHER 6

struct deadline {
	enum deadline_type type;
	struct slice text; /* verbatim */
	struct span where;
	struct slice value; /* the typed value in one line: "GA 60", "GA 79,81", "GA 60 resumed", "GA next",
	                     * "ECOSOC 2014", "2005-10-31", "6 month", "1 year from GA 60", "2004-2005", else the phrase */
	struct slice body;  /* "GA"; empty when the text does not say and the speaker has no sessions */
	int session;        /* ordinal, 0: none */
	int year;           /* "its session of 2014", 0: none */
	bool next;          /* "its next session"; session then only where the one under way is known */
	bool resumed;
	int further[DEADLINE_FURTHER]; /* more sessions of a list, then zeros */
	bool has_date, has_last;
	struct day date, last; /* last: end of a period */
	int count;
	enum deadline_unit unit;
	struct slice event;
};

struct addressee {
	struct slice text;       /* as written, restrictors kept: "all States that have not done so" */
	struct slice name;       /* from the entity or State table, else the full form it was short for */
	struct slice code;       /* "SG", "UNODC", "STATES" …, empty when unknown */
	struct slice restrictor; /* "that have not done so" */
	const char *role;        /* "lead", "contributing", "consulted" */
	struct span where;
	bool set;                /* names a set: all States, States parties to … */
};

/* Clauses and paragraphs are many, and of a text of short lines most of what it takes in memory: their numbers
 * are as small as can be. */
struct clause {
	int n; /* from 1 in its paragraph */
	uint8_t addressee_count, condition_count;
	bool obligation;         /* is it followed up? */
	struct span where;
	struct slice text;       /* from the verb (with its modifiers) to the next clause */
	struct slice verb;       /* as written: "Once again strongly urges" */
	struct slice lemma;      /* "urge", "take note" */
	const char *class;       /* "directive" "deciding" "reinforcing" "evaluative" "observing" "none" */
	const char *force;       /* "binding" "request" "decision" "urging" "encouragement" "none" */
	const char *kind;        /* "reporting" "ratification" …; NULL: none */
	struct addressee *addressees;
	struct slice action;     /* "to report on …", "that …" */
	struct slice *conditions;
	struct slice vehicle;    /* the document that carries it: "his report on …" */
	const struct deadline *deadline; /* never NULL; type DEADLINE_NONE: without */
	double confidence;
	struct slice reason;     /* why the confidence is low */
};

struct paragraph {
	uint8_t part;            /* enum part */
	uint8_t depth;           /* 0 paragraph, 1 sub-paragraph … */
	uint8_t nest;            /* 0: the organ's own words; 1: inside a draft that it recommends */
	uint32_t clause_count;
	struct slice label;      /* "9", "9(a)", "0" (lone), "u2" (second of several without numbers) */
	struct slice number;     /* the label as written in the source: "9.", "(a)", empty */
	struct slice section;    /* "II", "A", "II.A"; empty outside sections */
	const char *speaker;     /* body code of who speaks here; "" unknown */
	struct slice text;       /* verbatim but for joined lines and what was dropped out of them */
	struct span where;
	struct clause *clauses;
};

struct citation {
	struct slice text;   /* "resolution 55/25 of 15 November 2000" */
	struct slice symbol; /* "A/RES/55/25" */
	struct span where;
	bool has_date;       /* one that its number can have */
	struct day date;     /* 15 November 2000 */
	size_t paragraph;    /* index into paragraphs */
};

struct warning {
	struct span where;
	struct slice message;
};

struct reading {
	struct arena *arena;
	struct slice source;     /* the bytes that were read */
	const char *language;    /* "en", "fr", "es"; "ru", "zh", "ar": structure only; "" unknown */
	bool structure_only;
	struct slice symbol;     /* "E/RES/2004/23"; empty when the text does not say */
	struct slice title;
	const char *body;        /* "ECOSOC" */
	struct slice session;    /* of the masthead, when there */
	struct slice meeting;    /* "47th plenary meeting" */
	bool has_adopted_on;
	struct day adopted_on;
	const char *recommends_to; /* body that a nested draft is recommended to, NULL: no nest */
	struct paragraph *paragraphs;
	size_t paragraph_count;
	struct citation *citations;
	size_t citation_count;
	struct warning *warnings;
	size_t warning_count;
};

/* Texts over this are refused. */
#define READER_MAX ((size_t)64 << 20)

struct reader;

/* Reads the lexicons (lexicon/<language>.conf) and tables (data/<name>.csv) below the directory,
 * once. NULL on error. */
struct reader *reader_open(const char *data_directory, struct error *error);
void reader_close(struct reader *reader);

/* What is known of a text beside it; it stands over what the text says of itself. NULL: nothing is known. */
struct reader_given {
	const char *language; /* by the code of a lexicon */
	const char *symbol, *title, *body;
	bool has_adopted_on;
	struct day adopted_on;
};

/* The text is copied. Errors: E_INPUT "empty_text", "not_text", "no_operative_paragraph",
 * "unknown_language"; E_TOO_BIG "too_big". */
MUST_CHECK int reader_read_given(const struct reader *reader, struct slice text, const struct reader_given *given,
    struct reading **ret, struct error *error);
/* The same of a text of which nothing else is known. */
MUST_CHECK int reader_read(const struct reader *reader, struct slice text, struct reading **ret,
    struct error *error);
void reading_free(struct reading *reading);
/* The bytes of memory that a reading takes. */
size_t reading_size(const struct reading *reading);

/* The reading as one JSON object. */
void reading_write_json(const struct reading *reading, struct buf *out);

/* The reading as one Akoma Ntoso 3.0 document (the United Nations' profile), valid against
 * akomantoso30.xsd. Every paragraph comes out once; the obligations stand in meta. follow_up, unless NULL, is what
 * was recorded of them, {"as_of", "known_at", "head", "obligations": […]}, and stands there in their place. */
void reading_write_akn(const struct reading *reading, const json_t *follow_up, struct buf *out);

/* "operative", "session", "month" */
const char *part_name(enum part part);
const char *deadline_type_name(enum deadline_type type);
const char *deadline_unit_name(enum deadline_unit unit);

#endif
