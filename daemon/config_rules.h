#ifndef MANDATE_CONFIG_RULES_H
#define MANDATE_CONFIG_RULES_H

#include <libconfig.h>

#include "base/buf.h"

/*
 * The rules of reminders: a list in the configuration, JSON for the database. A member that a
 * rule does not name is that of the built-in rule for any; that one is there unless another is set.
 */

/* The built-in rules as JSON; to be freed. */
char *rules_default(void);
/* The list as JSON, to be freed; NULL with the faults, each with file and line. */
char *rules_read(const config_setting_t *setting, const char *file, struct buf *faults);
/* JSON as a list that rules_read reads. */
void rules_print(const char *json, struct buf *out);

#endif
