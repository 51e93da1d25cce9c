#ifndef MANDATE_READER_LABEL_H
#define MANDATE_READER_LABEL_H

#include <stdbool.h>

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

struct label {
	enum label_kind kind;
	struct slice written; /* "3 bis.", with its marks */
	struct slice core;    /* "3 bis" */
	bool bracketed;       /* "(a)" and not "a." */
};

/* Takes a label and the blanks after it off the front of the text. */
bool label_take(struct slice *text, struct label *ret);
/* The value of a roman numeral in either case; 0 when it is none. */
int label_roman(struct slice text);
/* Whether label can follow previous at the same level: "(i)" after "(h)" is a letter. */
bool label_follows(struct slice previous, struct slice core);

#endif
