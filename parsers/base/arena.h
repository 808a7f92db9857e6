/* SPDX-License-Identifier: Apache-2.0
 *
 * Memory that lives as long as one message: everything made while a text is read, acted on and
 * answered comes from here and goes in one call. One thread at a time. Allocation does not fail:
 * out of memory is a bug of sizing, and aborts with a line on stderr.
 *
 *     struct arena *a = arena_new(4096);
 *     char *s = arena_printf(a, "%d dong", 8500);
 *     arena_reset(a);            // s is gone, the blocks are kept for the next message
 *     arena_free(&a);
 */
#ifndef PARSERS_BASE_ARENA_H
#define PARSERS_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/base/slice.h"

struct arena;

/* A new arena whose first block holds `block` bytes (at least 64). Free with arena_free. */
struct arena *arena_new(size_t block);

/* Frees the arena and all that came from it, and nulls the pointer. NULL is fine. */
void arena_free(struct arena **arena);

/* Forgets all allocations; keeps the memory for the next round. */
void arena_reset(struct arena *arena);

/* How far an arena is used: what comes from it later is scratch that arena_rewind takes back alone. */
struct arena_mark {
    void *block;
    size_t used;
};
struct arena_mark arena_mark(const struct arena *arena);

/* Forgets what was allocated since the mark, which must be of this round. */
void arena_rewind(struct arena *arena, struct arena_mark mark);

/* Bytes given out since the last reset, with what alignment took. */
size_t arena_used(const struct arena *arena);

/* n zeroed bytes, aligned for any type. n may be 0: the pointer is then valid and empty. */
void *arena_alloc(struct arena *arena, size_t n);

/* count * size zeroed bytes; aborts on overflow. */
void *arena_calloc(struct arena *arena, size_t count, size_t size);

/* A NUL-terminated copy of the slice. */
char *arena_copy(struct arena *arena, struct slice text);

/* A NUL-terminated formatted string. */
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
