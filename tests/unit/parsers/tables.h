/* SPDX-License-Identifier: Apache-2.0
 *
 * The project's own lexicon for tests and fuzzers, read from locales/lexicon. They run in the project's folder.
 */
#ifndef TESTS_UNIT_PARSERS_TABLES_H
#define TESTS_UNIT_PARSERS_TABLES_H

#include <stdio.h>
#include <stdlib.h>

#include "parsers/base/table.h"
#include "parsers/lexicon/lexicon.h"

/* A table out of a TSV file; ends the program when it cannot be read. */
static inline const struct table *table_of_file(struct arena *arena, const char *path, const char *name)
{
    FILE *file = fopen(path, "rb");
    char *text = NULL;
    size_t room = 0;
    ssize_t n = file ? getdelim(&text, &room, EOF, file) : -1;
    const char *error = "cannot read it";
    const struct table *table = n < 0 ? NULL : table_from_tsv(arena, name, (struct slice){text, (size_t)n}, &error);
    if (!table) {
        fprintf(stderr, "%s: %s\n", path, error);
        exit(1);
    }
    fclose(file);
    free(text);
    return table;
}

static inline const struct table *lexicon_table(struct arena *arena, const char *name)
{
    return table_of_file(arena, arena_printf(arena, "locales/lexicon/%s.tsv", name), name);
}

static inline struct lexicon_tables lexicon_tables_of_files(struct arena *arena)
{
    return (struct lexicon_tables){.commodities = lexicon_table(arena, "commodities"),
                                   .places = lexicon_table(arena, "places"),
                                   .units = lexicon_table(arena, "units"),
                                   .seasons = lexicon_table(arena, "seasons"),
                                   .keywords = lexicon_table(arena, "keywords")};
}

/* The whole lexicon; ends the program when it is bad. */
static inline struct lexicon *lexicon_of_files(void)
{
    struct arena *arena = arena_new(1 << 20);
    struct lexicon_tables tables = lexicon_tables_of_files(arena);
    const char *error = "";
    struct lexicon *lexicon = lexicon_build(&tables, arena, &error);
    if (!lexicon) {
        fprintf(stderr, "%s\n", error);
        exit(1);
    }
    arena_free(&arena);
    return lexicon;
}

#endif
