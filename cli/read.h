#ifndef MANDATE_CLI_READ_H
#define MANDATE_CLI_READ_H

#include "print.h"
#include "reader/reader.h"

/* A reading for people and as Markdown; what the formats of `mandate read` share. */
void read_page(struct page *page, const struct reading *reading);
void read_markdown(struct buf *out, const struct reading *reading);

#define READ_MARKS 64 /* of one paragraph; the rest of a longer one stays plain */

struct marks {
	struct mark at[READ_MARKS];
	size_t count;
};

/* Marks a part of the text where it stands, not where its words stand first; not over another mark. */
void read_mark(struct marks *marks, struct slice text, struct slice part, enum tone tone);

/* Text in which Markdown's and HTML's marks stand for themselves. */
void markdown_text(struct buf *out, struct slice text);

/* "the Office (UNODC); Member States [consulted]" */
void read_addressees(const struct clause *clause, struct buf *out);
/* "session GA 60 ("at its sixtieth session")"; nothing where there is none. */
void read_deadline(const struct deadline *deadline, struct buf *out);

#endif
