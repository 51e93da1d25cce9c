#ifndef MANDATE_ERROR_H
#define MANDATE_ERROR_H

/*
 * Errors are out-parameters: a function that can fail returns 0 or a negative
 * code and fills its last parameter with a message fit for the user (what is
 * wrong, where, what would be right). Nothing here logs or exits.
 */

#define MUST_CHECK __attribute__((warn_unused_result))

enum error_code {
	E_INPUT = -1,     /* the user's text or words are wrong */
	E_TOO_BIG = -2,   /* over a documented limit */
	E_NOT_FOUND = -3, /* no such thing */
	E_CONFLICT = -4,  /* something newer or different is in the way */
	E_DENIED = -5,    /* not permitted */
	E_SYSTEM = -6,    /* the operating system said no */
	E_STORE = -7,     /* the database said no */
};

/*
 * name is a short stable word for programs ("empty_text"), always a string
 * literal; it travels as "code" in problem documents and chooses the command's
 * exit code. The message has a fixed size so that an error owns no memory.
 */
struct error {
	int code;
	const char *name;
	char message[1024];
};

#define ERROR_NONE ((struct error){0})

/* Fills error and returns code, so that "return error_set(…)" reads well. A
 * message that is too long is cut at a character. error may be NULL. */
int error_set(struct error *error, int code, const char *name, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Puts "prefix: " before the message. */
void error_prefix(struct error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
