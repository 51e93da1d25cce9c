#ifndef MANDATE_ALLOC_H
#define MANDATE_ALLOC_H

#include <stddef.h>

/*
 * Memory that cannot be had ends the process: writes are idempotent and the
 * service is restarted, so no caller has a branch for it. What a user can make
 * big has a limit and an error instead.
 */
void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xreallocarray(void *old, size_t count, size_t size);
char *xstrdup(const char *text);
char *xstrndup(const char *text, size_t len);
/* printf into fresh memory; the caller frees. */
char *xasprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
