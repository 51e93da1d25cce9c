#ifndef MANDATE_REPORT_PICTURE_H
#define MANDATE_REPORT_PICTURE_H

#include "model.h"

/* Text with what XML would read as its own escaped; control characters become U+FFFD. */
void picture_text(struct buf *out, const char *text);
/* Pictures as inline SVG, each with its text alternative. Nothing where there is nothing to show. */
void picture_kinds(const struct report *report, struct buf *out);
void picture_deadlines(const struct report *report, struct buf *out);

#endif
