/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/ctl/files.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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
