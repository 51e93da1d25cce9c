#ifndef MANDATE_READER_ENTITY_H
#define MANDATE_READER_ENTITY_H

#include "base/error.h"
#include "base/slice.h"

/*
 * The table of entities (data/entities.csv): from a name or an alias, in any case and with or
 * without its article, to the code and the official name.
 */
struct entities;

struct entity {
	struct slice code, name;
};

/* A missing file is no error: names then stay as written. NULL on a fault in the file. */
struct entities *entities_open(const char *path, struct error *error);
void entities_close(struct entities *entities);
/* The length of the longest of the names that may have a joiner or comma in them ("United Nations Educational,
 * Scientific and Cultural Organization") that the text begins with, 0: none. */
size_t entities_compound(const struct entities *entities, struct slice text);
/* NULL where the table has no such name. */
const struct entity *entities_find(const struct entities *entities, struct slice name);

#endif
