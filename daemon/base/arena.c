#include "arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_BLOCK 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_BLOCK 0
#endif
#endif
#ifndef ARENA_BLOCK
#define ARENA_BLOCK 16384
#endif

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	_Alignas(uint64_t) char bytes[];
};

struct arena {
	struct arena_block *blocks;
	size_t total;
};

struct arena *arena_new(void)
{
	return xcalloc(1, sizeof(struct arena));
}

void arena_free(struct arena *arena)
{
	struct arena_block *block, *next;

	if (arena == NULL)
		return;
	for (block = arena->blocks; block != NULL; block = next) {
		next = block->next;
		free(block);
	}
	free(arena);
}

static struct arena_block *arena_block_new(struct arena *arena, size_t size)
{
	struct arena_block *block = xmalloc(sizeof *block + size);

	block->used = 0;
	block->size = size;
	block->next = arena->blocks;
	arena->blocks = block;
	return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	const size_t align = _Alignof(uint64_t);
	struct arena_block *block = arena->blocks;
	size_t room;
	char *piece;

	room = ARENA_BLOCK > 0 ? (size + align - 1) / align * align : size;
	arena->total += size;
	if (block == NULL || block->size - block->used < room)
		block = arena_block_new(arena, room > ARENA_BLOCK ? room : ARENA_BLOCK);
	piece = block->bytes + block->used;
	block->used += room;
	return memset(piece, 0, size);
}

char *arena_text(struct arena *arena, struct slice text)
{
	char *copy = arena_alloc(arena, text.len + 1);

	if (text.len > 0)
		memcpy(copy, text.at, text.len);
	return copy;
}

struct slice arena_slice(struct arena *arena, struct slice text)
{
	return (struct slice){arena_text(arena, text), text.len};
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *printed, *text;
	int len;

	va_start(args, format);
	len = vasprintf(&printed, format, args);
	va_end(args);
	if (len < 0)
		abort();
	text = arena_text(arena, (struct slice){printed, (size_t)len});
	free(printed);
	return text;
}

size_t arena_size(const struct arena *arena)
{
	return arena->total;
}

void *arena_push(struct arena *arena, void **items, size_t *count, size_t *room, size_t size)
{
	if (*count == *room) {
		size_t wider = *room ? *room * 2 : 8;
		void *moved = arena_alloc(arena, wider * size);

		if (*count > 0)
			memcpy(moved, *items, *count * size);
		*items = moved;
		*room = wider;
	}
	return (char *)*items + (*count)++ * size;
}
