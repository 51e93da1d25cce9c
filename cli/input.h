#ifndef MANDATE_CLI_INPUT_H
#define MANDATE_CLI_INPUT_H

#include "base/buf.h"
#include "base/error.h"

/*
 * A file as the text that is in it. What it is, is told by its first bytes, not by its name:
 * text and Markdown as they are, HTML and Word (DOCX) here, PDF by pdftotext.
 */

/* Once, before any thread: the libraries' own beginnings. */
void input_start(void);

/* Reads a file ("-": standard input) into an initialized buffer, whose maximum holds for what comes out
 * too. Errors: those of file_read; E_INPUT "not_text" for what cannot be read, "no_converter" where a
 * program is missing; E_TOO_BIG "too_big". */
MUST_CHECK int input_read(const char *file, struct buf *out, struct error *error);

/* The same for bytes at hand; name is for messages. */
MUST_CHECK int input_convert(const char *name, struct slice bytes, struct buf *out, struct error *error);

/* By format. They write UTF-8 with a blank line between paragraphs. */
MUST_CHECK int input_html(struct slice bytes, struct buf *out, struct error *error);
MUST_CHECK int input_docx(struct slice bytes, struct buf *out, struct error *error);

#endif
