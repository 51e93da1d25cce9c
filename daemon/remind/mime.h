#ifndef MANDATE_REMIND_MIME_H
#define MANDATE_REMIND_MIME_H

#include "base/buf.h"

/*
 * Parts of a mail, RFC 2045 and 2046. The same input gives the same bytes: a message that is sent again is the
 * same message. A boundary begins with "=_", which neither encoding can give.
 */

/* The header of a whole or a part that has parts: "Content-Type: multipart/mixed; …" and an empty line. */
void mime_multipart(struct buf *out, const char *subtype, const char *boundary);
/* The line before a part, and the one after the last. */
void mime_next(struct buf *out, const char *boundary);
void mime_last(struct buf *out, const char *boundary);
/* A text as a part: its header and its lines, quoted-printable. file: as an attachment of that name; or NULL. */
void mime_text(struct buf *out, const char *type, const char *file, struct slice text);
/* A file that is in base64 already. */
void mime_file(struct buf *out, const char *type, const char *file, struct slice base64);

void mime_quoted(struct buf *out, struct slice text);

#endif
