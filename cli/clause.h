#ifndef MANDATE_CLI_CLAUSE_H
#define MANDATE_CLI_CLAUSE_H

#include "base/buf.h"
#include "base/json.h"
#include "print.h"

/* A clause of a resolution as the service shows it, beside what the reader had said of it. */

/* "the Office (UNODC) [consulted]; States", "GA 60", "reporting", "none". */
void clause_value(const json_t *value, struct buf *out);
/* "kind: reporting (read as: other); corrected by Olga Officer on 2005-03-03: why", "split off clause 1", "merged
 * into clause 1"; nothing where the reading stands. */
void clause_corrected(const json_t *clause, struct buf *out);
/* All of it, a line for each member. */
void clause_page(struct page *page, const json_t *clause);

#endif
