#ifndef MANDATE_ARENA_H
#define MANDATE_ARENA_H

#include <stddef.h>

#include "slice.h"

/*
 * Memory that goes with its owner: what hangs on an arena is never freed
 * alone. Under AddressSanitizer every piece is an allocation of its own, so
 * that an overrun is seen.
 */
struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena);
/* Zeroed, aligned for pointers and any number but a long double. */
void *arena_alloc(struct arena *arena, size_t size);
/* A NUL-terminated copy. */
char *arena_text(struct arena *arena, struct slice text);
struct slice arena_slice(struct arena *arena, struct slice text);
char *arena_printf(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Bytes handed out so far. */
size_t arena_size(const struct arena *arena);

/*
 * Grows an array that lives on an arena: returns room for one more element of
 * the given size, doubling *items where needed (the old copy stays on the arena).
 */
void *arena_push(struct arena *arena, void **items, size_t *count, size_t *room, size_t size);

#endif
