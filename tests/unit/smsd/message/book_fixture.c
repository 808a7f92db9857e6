/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/smsd/message/book_fixture.h"

#include <stdio.h>
#include <stdlib.h>

struct arena *arena;
struct message_book *book;

const char *locales(void)
{
    const char *build = getenv("BUILD");
    return arena_printf(arena, "%s/locales", build ? build : "build");
}

int book_setup(void **state)
{
    (void)state;
    const char *error = NULL;
    arena = arena_new(1 << 16);
    book = message_book_load(locales(), true, arena, &error);
    if (!book)
        fprintf(stderr, "%s\n", error);
    return book ? 0 : -1;
}

int book_teardown(void **state)
{
    (void)state;
    message_book_free(&book);
    arena_free(&arena);
    return 0;
}
