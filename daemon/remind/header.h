#ifndef MANDATE_REMIND_HEADER_H
#define MANDATE_REMIND_HEADER_H

#include "base/buf.h"

/*
 * Header fields of a mail, RFC 5322 and 2047. Whatever a name or a title holds, one field stays one
 * field: control characters become blanks, what is not ASCII is encoded, long lines are folded.
 */

/* "Subject: text" without the last line break. */
void header_text(struct buf *out, const char *field, const char *text);
/* "To: "Anna Officer" <anna@example.org>"; the name may be empty. */
void header_address(struct buf *out, const char *field, const char *name, const char *address);
/* "Tue, 07 Jun 2005 09:30:00 +0000" of "2005-06-07T09:30:00.000000Z"; "" where it is no time. */
void header_date(struct buf *out, const char *iso);
/* The name and the address of "Mandate <mandate@example.org>" or of the address alone. */
void header_split(const char *text, struct buf *name, struct buf *address);
/* Whether an address can stand in a mail's envelope: one @ with something on both sides, no blanks,
 * control characters or angle brackets. */
bool header_address_good(const char *address);

#endif
