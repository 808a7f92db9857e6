/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/ctl/files.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "parsers/base/csv.h"

/* The folder the program is in. */
static const char *program_folder(struct arena *arena)
{
    char path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path);
    const char *slash = n > 0 ? memrchr(path, '/', (size_t)n) : NULL;
    return slash ? arena_copy(arena, (struct slice){path, (size_t)(slash - path)}) : ".";
}

/* build/smsctl has its locales in the source; bin/smsctl in share. */
static const char *beside_program(struct arena *arena)
{
    const char *program = program_folder(arena);
    const char *built = arena_printf(arena, "%s/../locales", program);
    return access(arena_printf(arena, "%s/lexicon", built), R_OK) == 0
               ? built
               : arena_printf(arena, "%s/../share/chonoi/locales", program);
}

const char *lexicon_folder(struct arena *arena, const char *given, const char *locales)
{
    const char *wanted = getenv("CHONOI_LOCALES");
    if (given)
        return given;
    if (wanted && *wanted)
        locales = wanted;
    return arena_printf(arena, "%s/lexicon", locales ? locales : beside_program(arena));
}

/* A whole file, in the arena. at is NULL when it cannot be read, with errno. */
static struct slice read_file(struct arena *arena, const char *path)
{
    struct slice text = {NULL, 0};
    struct stat info;
    FILE *file = fopen(path, "rbe");
    if (!file)
        return text;
    if (fstat(fileno(file), &info) == 0) {
        size_t size = (size_t)info.st_size;
        char *bytes = arena_alloc(arena, size);
        if (fread(bytes, 1, size, file) == size)
            text = (struct slice){bytes, size};
    }
    int why = errno;
    fclose(file);
    errno = why;
    return text;
}

const struct table *lexicon_file(struct arena *arena, const char *folder, const char *name, const char **error)
{
    const char *path = arena_printf(arena, "%s/%s.tsv", folder, name), *wrong = NULL;
    struct slice text = read_file(arena, path);
    const struct table *table = text.at ? table_from_tsv(arena, name, text, &wrong) : NULL;
    if (!table)
        *error = arena_printf(arena, "%s: %s", path, text.at ? wrong : strerror(errno));
    return table;
}

const struct table *table_file(struct arena *arena, const char *path, const char **error)
{
    const char *wrong = NULL;
    struct slice text = read_file(arena, path);
    const struct table *table = text.at ? table_from_csv(arena, path, text, &wrong) : NULL;
    if (!table)
        *error = text.at ? wrong : arena_printf(arena, "%s: %s", path, strerror(errno));
    return table;
}

static void write_row(FILE *file, const char *const *cells, size_t n)
{
    for (size_t i = 0; i < n; i++)
        fprintf(file, "%s%c", cells[i], i + 1 < n ? '\t' : '\n');
}

/* A cell with a tab or a line end in it would be read back as two; NULL when there is none. */
static const char *unfit_cell(const struct table *table)
{
    for (size_t i = 0; i < table->rows * table->columns; i++)
        if (strpbrk(table->cells[i], "\t\r\n"))
            return table->cells[i / table->columns * table->columns];
    return NULL;
}

bool lexicon_file_write(struct arena *arena, const char *folder, const struct table *table, const char **error)
{
    const char *path = arena_printf(arena, "%s/%s.tsv", folder, table->name);
    const char *fresh = arena_printf(arena, "%s.new", path), *unfit = unfit_cell(table);
    if (unfit) {
        *error = arena_printf(arena, "%s: a tab or a line end in the row \"%.40s\"", table->name, unfit);
        return false;
    }
    FILE *file = fopen(fresh, "we");
    if (file) {
        write_row(file, table->head, table->columns);
        for (size_t row = 0; row < table->rows; row++)
            write_row(file, table->cells + row * table->columns, table->columns);
    }
    bool written = file && !ferror(file);
    if (file && fclose(file) != 0)
        written = false;
    if (written && rename(fresh, path) == 0)
        return true;
    *error = arena_printf(arena, "%s: %s", path, strerror(errno));
    if (file)
        unlink(fresh);
    return false;
}
