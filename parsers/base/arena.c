/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* gcc says it by a macro, clang by a feature. */
#ifdef __SANITIZE_ADDRESS__
#define SCRATCH_IS_WATCHED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SCRATCH_IS_WATCHED
#endif
#endif

struct block {
    struct block *next;
    size_t size; /* bytes of data */
    size_t used;
    alignas(max_align_t) char data[];
};

struct arena {
    struct block *first;
    struct block *current;
};

static void out_of_memory(void)
{
    fputs("arena: out of memory\n", stderr);
    abort();
}

static struct block *block_new(size_t size)
{
    struct block *block = malloc(sizeof *block + size);
    if (!block)
        out_of_memory();
    block->next = NULL;
    block->size = size;
    block->used = 0;
    return block;
}

struct arena *arena_new(size_t block)
{
    struct arena *arena = calloc(1, sizeof *arena);
    if (!arena)
        out_of_memory();
    arena->first = arena->current = block_new(block < 64 ? 64 : block);
    return arena;
}

void arena_free(struct arena **arena)
{
    if (!*arena)
        return;
    for (struct block *b = (*arena)->first, *next; b; b = next) {
        next = b->next;
        free(b);
    }
    free(*arena);
    *arena = NULL;
}

void arena_reset(struct arena *arena)
{
    for (struct block *b = arena->first; b; b = b->next)
        b->used = 0;
    arena->current = arena->first;
}

struct arena_mark arena_mark(const struct arena *arena)
{
    return (struct arena_mark){arena->current, arena->current->used};
}

void arena_rewind(struct arena *arena, struct arena_mark mark)
{
    arena->current = mark.block;
    for (struct block *b = mark.block; b; b = b->next) {
        size_t keep = b == mark.block ? mark.used : 0;
#ifdef SCRATCH_IS_WATCHED
        memset(b->data + keep, 0xdb, b->used - keep); /* who still looks there shall see it */
#endif
        b->used = keep;
    }
}

size_t arena_used(const struct arena *arena)
{
    size_t used = 0;
    for (const struct block *b = arena->first; b; b = b->next)
        used += b->used;
    return used;
}

/* The next block with room for n bytes: one kept from an earlier round, else a new one. */
static struct block *block_with_room(struct arena *arena, size_t n)
{
    struct block *b = arena->current;
    while (b->next && b->size - b->used < n)
        b = b->next;
    if (b->size - b->used < n) {
        size_t size = b->size * 2 > n ? b->size * 2 : n;
        b->next = block_new(size);
        b = b->next;
    }
    return arena->current = b;
}

void *arena_alloc(struct arena *arena, size_t n)
{
    const size_t align = alignof(max_align_t);
    if (n > SIZE_MAX / 4)
        out_of_memory();
    size_t rounded = (n + align - 1) / align * align;
    struct block *b = block_with_room(arena, rounded);
    void *at = b->data + b->used;
    b->used += rounded;
    return memset(at, 0, rounded);
}

void *arena_calloc(struct arena *arena, size_t count, size_t size)
{
    size_t n;
    if (__builtin_mul_overflow(count, size, &n))
        out_of_memory();
    return arena_alloc(arena, n);
}

char *arena_copy(struct arena *arena, struct slice text)
{
    char *copy = arena_alloc(arena, text.n + 1);
    if (text.n)
        memcpy(copy, text.at, text.n);
    return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0)
        out_of_memory();
    char *text = arena_alloc(arena, (size_t)n + 1);
    vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    return text;
}
