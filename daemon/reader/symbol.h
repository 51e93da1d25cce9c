#ifndef MANDATE_READER_SYMBOL_H
#define MANDATE_READER_SYMBOL_H

#include <stdbool.h>

#include "base/slice.h"

/*
 * The symbols of United Nations documents and the numbers of resolutions, in one spelling:
 *   A/RES/55/25, A/RES/57/283 B, A/RES/217 A (III), A/RES/3363 (XXX), A/RES/3201 (S-VI),
 *   A/RES/S-20/2, A/HRC/RES/16/21, E/RES/2004/23, S/RES/1540 (2004), A/59/494/Add.1
 * A blank stands before a letter and before a parenthesis, hyphens are ASCII, "RES" and "DEC" are
 * capitals, an asterisk at the end (reissued for technical reasons) is dropped.
 */
enum number_form {
	NUMBER_SESSION,    /* 55/25, 16/21 */
	NUMBER_SPECIAL,    /* S-20/2, ES-10/15 */
	NUMBER_YEAR_FIRST, /* 2004/23 */
	NUMBER_YEAR,       /* 1540 (2004) */
	NUMBER_ROMAN,      /* 1514 (XV), 217 A (III), 3201 (S-VI) */
};

struct number {
	enum number_form form;
	int session;   /* or the year */
	int n;         /* within the session or year */
	char letter;   /* '\0': none */
	bool special;  /* of a special or emergency special session */
	char head[16]; /* as written, without the number: "S-20", "S-VI"; "" when session says it */
};

#define NUMBER_MAX 48
#define SYMBOL_MAX 160

/* Takes the number of a resolution off the front of the text; false: there is none. */
bool number_take(struct slice *text, struct number *ret);
void number_format(const struct number *number, char out[NUMBER_MAX]);
/* Takes one symbol off the front of the text and writes it in the spelling above. */
bool symbol_take(struct slice *text, char out[SYMBOL_MAX]);
/* Takes "Add.1", "Corr.2" or "Rev.1", as in "A/59/494 and Add.1 and 2"; *kind is "Add" and so on,
 * and when it is not empty already the word may be missing. Writes symbol, "/" and it. */
bool symbol_take_addition(struct slice *text, const char *symbol, struct slice *kind, char out[SYMBOL_MAX]);

#endif
