/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/conf/conf.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/conf/ini.h"
#include "smsd/conf/check.h"
#include "smsd/conf/option.h"

#define FILE_MAX (1 << 20)

/* A conf with what keeps it; the conf comes first, so a pointer to it is one to the box. */
struct box {
    struct conf conf;
    struct arena *arena; /* its strings */
    _Atomic int references;
};

static struct box *box_new(void)
{
    struct box *box = calloc(1, sizeof *box);
    if (!box)
        abort();
    box->arena = arena_new(4096);
    box->references = 1;
    return box;
}

/* A default that is too short for its option is one that must be given; it stands as an empty string until then. */
static void set_defaults(struct box *box)
{
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if (option_required(&OPTIONS[i]))
            *(const char **)(void *)((char *)&box->conf + OPTIONS[i].offset) = "";
        else
            option_set(&OPTIONS[i], &box->conf, box->arena, OPTIONS[i].fallback);
    }
}

static const struct option *find_option(const struct ini_entry *entry)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (strcmp(OPTIONS[i].section, entry->section) == 0 && strcmp(OPTIONS[i].name, entry->key) == 0)
            return &OPTIONS[i];
    return NULL;
}

static const char *add_name(struct arena *arena, const char *names, const char *name)
{
    return arena_printf(arena, "%s%s%s", names, *names ? ", " : "", name);
}

/* "[http] has listen, port, secret", or the sections when there is no such section. */
static const char *known_names(struct arena *arena, const char *section)
{
    const char *names = "";
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (strcmp(OPTIONS[i].section, section) == 0)
            names = add_name(arena, names, OPTIONS[i].name);
    if (*names)
        return arena_printf(arena, "[%s] has %s", section, names);
    for (size_t i = 0; i < SECTION_COUNT; i++)
        names = add_name(arena, names, SECTIONS[i].name);
    return arena_printf(arena, "the sections are %s", names);
}

static bool apply(struct box *box, const struct ini_entry *entry, int lines[OPTION_COUNT], const char *file,
                  struct conf_error *error)
{
    const struct option *option = find_option(entry);
    if (!option)
        return conf_fail(error, "%s:%d: %s.%s is not an option: %s", file, entry->line, entry->section, entry->key,
                         known_names(box->arena, entry->section));
    int *line = &lines[option - OPTIONS];
    if (*line)
        return conf_fail(error, "%s:%d: %s.%s was given before, in line %d: give it once", file, entry->line,
                         entry->section, entry->key, *line);
    *line = entry->line;
    if (option_set(option, &box->conf, box->arena, entry->value))
        return true;
    return conf_fail(error, "%s:%d: %s.%s is %s: %s is allowed", file, entry->line, entry->section, entry->key,
                     option->type == CONF_SECRET ? "not as it must be" : entry->value,
                     option_allowed(option, box->arena));
}

static bool check_required(const struct box *box, const int lines[OPTION_COUNT], const char *file,
                           struct conf_error *error)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (option_required(&OPTIONS[i]) && !lines[i])
            return conf_fail(error, "%s: %s.%s must be given: %s (%s)", file, OPTIONS[i].section, OPTIONS[i].name,
                             option_allowed(&OPTIONS[i], box->arena), OPTIONS[i].help);
    return true;
}

static bool fill(struct box *box, struct slice text, const char *file, struct conf_error *error)
{
    const struct ini_entry *entries;
    size_t n;
    const char *problem;
    int lines[OPTION_COUNT] = {0}; /* where each was given; 0 = not */
    if (!ini_read(box->arena, text, &entries, &n, &problem))
        return conf_fail(error, "%s: %s", file, problem);
    for (size_t i = 0; i < n; i++)
        if (!apply(box, &entries[i], lines, file, error))
            return false;
    return check_required(box, lines, file, error) && conf_check(&box->conf, lines, file, error);
}

struct conf *conf_parse(struct slice text, const char *file, struct conf_error *error)
{
    struct box *box = box_new();
    struct conf *conf = &box->conf;
    set_defaults(box);
    if (!fill(box, text, file, error))
        conf_unref(&conf);
    return conf;
}

struct conf *conf_load(const char *path, struct conf_error *error)
{
    FILE *in = fopen(path, "re");
    char *text = malloc(FILE_MAX);
    struct conf *conf = NULL;
    if (!in || !text) {
        conf_fail(error, "%s: %s", path, strerror(errno));
    } else {
        size_t n = fread(text, 1, FILE_MAX, in);
        if (ferror(in))
            conf_fail(error, "%s: %s", path, strerror(errno));
        else if (n == FILE_MAX)
            conf_fail(error, "%s: larger than %d bytes", path, FILE_MAX - 1);
        else
            conf = conf_parse((struct slice){text, n}, path, error);
    }
    if (in)
        fclose(in);
    free(text);
    return conf;
}

struct conf *conf_reload(const struct conf *running, const char *path, struct arena *arena, const char **kept_r,
                         struct conf_error *error)
{
    static const int nowhere[OPTION_COUNT] = {0}; /* what is kept stands in no line of this file */
    struct conf *conf = conf_load(path, error);
    *kept_r = "";
    for (size_t i = 0; conf && i < OPTION_COUNT; i++) {
        const struct option *option = &OPTIONS[i];
        if (option->change == CONF_RELOAD || option_equal(option, running, conf))
            continue;
        *kept_r = arena_printf(arena, "%s%s%s.%s", *kept_r, **kept_r ? " " : "", option->section, option->name);
        option_copy(option, conf, running, ((struct box *)conf)->arena);
    }
    if (conf && !conf_check(conf, nowhere, path, error))
        conf_unref(&conf);
    return conf;
}

struct conf *conf_ref(struct conf *conf)
{
    atomic_fetch_add_explicit(&((struct box *)conf)->references, 1, memory_order_relaxed);
    return conf;
}

void conf_unref(struct conf **conf)
{
    struct box *box = (struct box *)*conf;
    *conf = NULL;
    if (!box || atomic_fetch_sub_explicit(&box->references, 1, memory_order_acq_rel) > 1)
        return;
    arena_free(&box->arena);
    free(box);
}
