#ifndef MANDATE_CLI_OBLIGATION_H
#define MANDATE_CLI_OBLIGATION_H

#include "base/buf.h"
#include "base/json.h"
#include "client.h"
#include "print.h"

/* "the Secretary-General; States" from an obligation's addressees. */
void obligation_addressees(const json_t *addressees, struct buf *out);
/* "in 12 days", "overdue by 3 months", "undated"; the tone says how pressing. */
enum tone obligation_due(const json_t *obligation, struct buf *out);
/* The steps towards a report, with why each is due when it is. */
void milestone_table(struct page *page, const json_t *milestones);
/* What a write did to each obligation; its warnings go to standard error. */
void update_page(struct page *page, const json_t *answer);
void obligation_table(struct page *page, const json_t *rows);

/* Whether a word means one obligation ("2004/23:9") and not a filter. */
bool reference_is(const char *word);
/* The path of a list with the words as its filter. */
void filter_path(struct buf *path, const char *head, char *const words[], size_t count);
/* The references that words mean: "-" reads them from standard input, one reference is itself, else
 * a filter is asked. *ret is an array of texts. */
MUST_CHECK int references_find(struct client *client, char *const words[], size_t count, json_t **ret,
    struct error *error);
/* Before several obligations change: says how many and asks, unless --yes. 0: go on. */
MUST_CHECK int references_confirm(const struct invocation *invocation, const json_t *references,
    const char *what, struct error *error);

#endif
