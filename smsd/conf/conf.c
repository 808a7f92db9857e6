/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/conf/conf.h"

#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "parsers/conf/ini.h"
#include "smsd/conf/option.h"

#define FILE_MAX (1 << 20)

/* A conf with what keeps it; the conf comes first, so a pointer to it is one to the box. */
struct box {
    struct conf conf;
    struct arena *arena; /* its strings */
    _Atomic int references;
};

static bool __attribute__((format(printf, 2, 3))) fail(struct conf_error *error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vsnprintf(error->text, sizeof error->text, format, args);
    va_end(args);
    return false;
}

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
        return fail(error, "%s:%d: %s.%s is not an option: %s", file, entry->line, entry->section, entry->key,
                    known_names(box->arena, entry->section));
    int *line = &lines[option - OPTIONS];
    if (*line)
        return fail(error, "%s:%d: %s.%s was given before, in line %d: give it once", file, entry->line, entry->section,
                    entry->key, *line);
    *line = entry->line;
    if (option_set(option, &box->conf, box->arena, entry->value))
        return true;
    return fail(error, "%s:%d: %s.%s is %s: %s is allowed", file, entry->line, entry->section, entry->key,
                option->type == CONF_SECRET ? "not as it must be" : entry->value, option_allowed(option, box->arena));
}

static bool check_required(const struct box *box, const int lines[OPTION_COUNT], const char *file,
                           struct conf_error *error)
{
    for (size_t i = 0; i < OPTION_COUNT; i++)
        if (option_required(&OPTIONS[i]) && !lines[i])
            return fail(error, "%s: %s.%s must be given: %s (%s)", file, OPTIONS[i].section, OPTIONS[i].name,
                        option_allowed(&OPTIONS[i], box->arena), OPTIONS[i].help);
    return true;
}

/* What no single option can be checked for. */
static bool check_together(const struct conf *conf, const int lines[OPTION_COUNT], const char *file,
                           struct conf_error *error)
{
    static const char unreserved[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    if (conf->http.secret[strspn(conf->http.secret, unreserved)] != '\0')
        return fail(error, "%s:%d: http.secret goes into URLs: only letters, digits, - . _ ~ are allowed", file,
                    lines[OPTION_http_secret]);
    if (conf->send.lease <= conf->kannel.timeout)
        return fail(error, "%s:%d: send.lease (%d s) must be longer than kannel.timeout (%d s)", file,
                    lines[OPTION_send_lease], conf->send.lease, conf->kannel.timeout);
    if (conf->send.retry_base > conf->send.retry_max)
        return fail(error, "%s:%d: send.retry_base (%d s) must not be longer than send.retry_max (%d s)", file,
                    lines[OPTION_send_retry_base], conf->send.retry_base, conf->send.retry_max);
    return true;
}

static bool fill(struct box *box, struct slice text, const char *file, struct conf_error *error)
{
    const struct ini_entry *entries;
    size_t n;
    const char *problem;
    int lines[OPTION_COUNT] = {0}; /* where each was given; 0 = not */
    if (!ini_read(box->arena, text, &entries, &n, &problem))
        return fail(error, "%s: %s", file, problem);
    for (size_t i = 0; i < n; i++)
        if (!apply(box, &entries[i], lines, file, error))
            return false;
    return check_required(box, lines, file, error) && check_together(&box->conf, lines, file, error);
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
        fail(error, "%s: %s", path, strerror(errno));
    } else {
        size_t n = fread(text, 1, FILE_MAX, in);
        if (ferror(in))
            fail(error, "%s: %s", path, strerror(errno));
        else if (n == FILE_MAX)
            fail(error, "%s: larger than %d bytes", path, FILE_MAX - 1);
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
    struct conf *conf = conf_load(path, error);
    *kept_r = "";
    for (size_t i = 0; conf && i < OPTION_COUNT; i++) {
        const struct option *option = &OPTIONS[i];
        if (option->change == CONF_RELOAD || option_equal(option, running, conf))
            continue;
        *kept_r = arena_printf(arena, "%s%s%s.%s", *kept_r, **kept_r ? " " : "", option->section, option->name);
        option_copy(option, conf, running, ((struct box *)conf)->arena);
    }
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
