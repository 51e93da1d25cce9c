#ifndef MANDATE_FILE_H
#define MANDATE_FILE_H

#include "buf.h"
#include "error.h"

/* Reads a whole file ("-" is standard input) into an initialized buffer. A file over
 * the buffer's maximum is E_TOO_BIG ("too_big"), a missing one E_NOT_FOUND ("no_file"). */
MUST_CHECK int file_read(const char *path, struct buf *out, struct error *error);
/* Writes to a temporary name beside path, then renames: a reader sees the old file or the new. */
MUST_CHECK int file_write(const char *path, struct slice bytes, struct error *error);

#endif
