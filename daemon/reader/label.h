#ifndef MANDATE_READER_LABEL_H
#define MANDATE_READER_LABEL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

/*
 * The number before a paragraph: "3.", "3 bis.", "(a)", "a)", "(iv)", "IV.", "OP3".
 */
enum label_kind {
	LABEL_NONE,
	LABEL_NUMBER, /* 3, 3 bis */
	LABEL_LETTER, /* (a) */
	LABEL_ROMAN,  /* (iv): may be a letter as well, see label_next */
	LABEL_UPPER,  /* A. or IV.: a section */
};

/* Small, since every block has one. */
struct label {
	const char *at;             /* as written, with its marks: "(3 bis)" … */
	uint32_t len;
	uint8_t core_at, core_len;  /* … and "3 bis" in it */
	uint8_t kind;               /* enum label_kind */
	bool bracketed;             /* "(a)" and not "a." */
};

static inline struct slice label_written(const struct label *label)
{
	return (struct slice){label->at, label->len};
}

static inline struct slice label_core(const struct label *label)
{
	return label->core_len > 0 ? (struct slice){label->at + label->core_at, label->core_len} : SLICE("");
}

/* Takes a label and the blanks after it off the front of the text. */
bool label_take(struct slice *text, struct label *ret);
/* The value of a roman numeral in either case; 0 when it is none. */
int label_roman(struct slice text);
/* Whether label can follow previous at the same level: "(i)" after "(h)" is a letter. */
bool label_follows(struct slice previous, struct slice core);

#endif
