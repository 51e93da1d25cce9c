#ifndef MANDATE_CLI_PEOPLE_H
#define MANDATE_CLI_PEOPLE_H

#include "base/buf.h"
#include "base/json.h"

/* "away until 2026-08-20, Bela Officer stands in"; acting is who, "" for nobody. */
void people_away(const json_t *away, const char *acting, struct buf *out);

#endif
