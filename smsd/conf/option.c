/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/conf/option.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

const struct option OPTIONS[OPTION_COUNT] = {
#define RELOAD CONF_RELOAD
#define RESTART CONF_RESTART
#define SECTION(section, help)
/* NOLINTNEXTLINE(bugprone-macro-parentheses): a name of a field */
#define FIELD(section, name) offsetof(struct conf, section.name)
#define OPTION(section, name, type, fallback, min, max, unit, change, help) \
    {#section, #name, CONF_##type, fallback, min, max, unit, change, help, FIELD(section, name)},
#define END(section)
#include "smsd/conf/options.def"
#undef SECTION
#undef OPTION
};

const struct section SECTIONS[SECTION_COUNT] = {
#define SECTION(section, help) {#section, help},
#define OPTION(section, name, ...)
#include "smsd/conf/options.def"
#undef SECTION
#undef OPTION
#undef END
};

static void *field(const struct option *option, struct conf *conf)
{
    return (char *)conf + option->offset;
}

static const void *const_field(const struct option *option, const struct conf *conf)
{
    return (const char *)conf + option->offset;
}

static const char *string_of(const struct option *option, const struct conf *conf)
{
    return *(const char *const *)const_field(option, conf);
}

static int int_of(const struct option *option, const struct conf *conf)
{
    return *(const int *)const_field(option, conf);
}

static bool bool_of(const struct option *option, const struct conf *conf)
{
    return *(const bool *)const_field(option, conf);
}

/* A whole number and what follows it; false when there is none or it does not fit. */
static bool read_number(const char *text, long *number_r, const char **rest_r)
{
    char *rest;
    if (*text < '0' || *text > '9')
        return false;
    errno = 0;
    *number_r = strtol(text, &rest, 10);
    *rest_r = rest;
    return errno == 0 && *number_r <= INT_MAX;
}

static bool set_ranged(const struct option *option, struct conf *conf, long number)
{
    if (number < option->min || number > option->max)
        return false;
    *(int *)field(option, conf) = (int)number;
    return true;
}

static bool set_string(const struct option *option, struct conf *conf, struct arena *arena, const char *text)
{
    size_t n = strlen(text);
    if (n < (size_t)option->min || n > (size_t)option->max)
        return false;
    *(const char **)field(option, conf) = arena_copy(arena, slice_of(text));
    return true;
}

static bool set_int(const struct option *option, struct conf *conf, struct arena *arena, const char *text)
{
    (void)arena;
    long number;
    const char *rest;
    return read_number(text, &number, &rest) && *rest == '\0' && set_ranged(option, conf, number);
}

static const struct {
    char letter;
    int seconds;
} DURATIONS[] = {{'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}};
enum { DURATION_COUNT = sizeof DURATIONS / sizeof DURATIONS[0] };

static bool set_duration(const struct option *option, struct conf *conf, struct arena *arena, const char *text)
{
    (void)arena;
    long number;
    const char *rest;
    if (!read_number(text, &number, &rest))
        return false;
    if (*rest == '\0')
        return set_ranged(option, conf, number);
    for (size_t i = 0; i < DURATION_COUNT; i++)
        if (rest[0] == DURATIONS[i].letter && rest[1] == '\0')
            return set_ranged(option, conf, number * DURATIONS[i].seconds);
    return false;
}

static bool set_bool(const struct option *option, struct conf *conf, struct arena *arena, const char *text)
{
    (void)arena;
    bool yes = strcmp(text, "yes") == 0;
    *(bool *)field(option, conf) = yes;
    return yes || strcmp(text, "no") == 0;
}

/* The word of that index in "a|b|c"; empty when there is none. */
static struct slice choice_word(const struct option *option, int index)
{
    const char *at = option->unit;
    for (; at && index > 0; index--) {
        at = strchr(at, '|');
        at = at ? at + 1 : NULL;
    }
    return (struct slice){at, at ? strcspn(at, "|") : 0};
}

static bool set_choice(const struct option *option, struct conf *conf, struct arena *arena, const char *text)
{
    (void)arena;
    struct slice word;
    for (int i = 0; (word = choice_word(option, i)).n > 0; i++) {
        if (slice_is(word, text)) {
            *(int *)field(option, conf) = i;
            return true;
        }
    }
    return false;
}

static void copy_string(const struct option *option, struct conf *to, const struct conf *from, struct arena *arena)
{
    *(const char **)field(option, to) = arena_copy(arena, slice_of(string_of(option, from)));
}

static void copy_int(const struct option *option, struct conf *to, const struct conf *from, struct arena *arena)
{
    (void)arena;
    *(int *)field(option, to) = int_of(option, from);
}

static void copy_bool(const struct option *option, struct conf *to, const struct conf *from, struct arena *arena)
{
    (void)arena;
    *(bool *)field(option, to) = bool_of(option, from);
}

static char *text_string(const struct option *option, const struct conf *conf, struct arena *arena)
{
    return arena_copy(arena, slice_of(string_of(option, conf)));
}

static char *text_secret(const struct option *option, const struct conf *conf, struct arena *arena)
{
    return arena_copy(arena, slice_of(*string_of(option, conf) ? "********" : ""));
}

static char *text_int(const struct option *option, const struct conf *conf, struct arena *arena)
{
    return arena_printf(arena, "%d", int_of(option, conf));
}

static char *text_bool(const struct option *option, const struct conf *conf, struct arena *arena)
{
    return arena_copy(arena, slice_of(bool_of(option, conf) ? "yes" : "no"));
}

static char *text_choice(const struct option *option, const struct conf *conf, struct arena *arena)
{
    return arena_copy(arena, choice_word(option, int_of(option, conf)));
}

/* In the largest unit that divides it. */
static char *duration_text(struct arena *arena, int seconds)
{
    for (size_t i = 0; i < DURATION_COUNT; i++)
        if (seconds >= DURATIONS[i].seconds && seconds % DURATIONS[i].seconds == 0)
            return arena_printf(arena, "%d%c", seconds / DURATIONS[i].seconds, DURATIONS[i].letter);
    return arena_printf(arena, "%ds", seconds);
}

static char *text_duration(const struct option *option, const struct conf *conf, struct arena *arena)
{
    return duration_text(arena, int_of(option, conf));
}

static char *allowed_string(const struct option *option, struct arena *arena)
{
    return arena_printf(arena, "text of %d to %d bytes", option->min, option->max);
}

static char *allowed_int(const struct option *option, struct arena *arena)
{
    return arena_printf(arena, "a whole number from %d to %d", option->min, option->max);
}

static char *allowed_bool(const struct option *option, struct arena *arena)
{
    (void)option;
    return arena_copy(arena, slice_of("yes or no"));
}

static char *allowed_duration(const struct option *option, struct arena *arena)
{
    return arena_printf(arena, "a duration from %s to %s", duration_text(arena, option->min),
                        duration_text(arena, option->max));
}

static char *allowed_choice(const struct option *option, struct arena *arena)
{
    char *words = arena_copy(arena, slice_of(option->unit));
    for (char *bar = words; (bar = strchr(bar, '|'));)
        *bar = ' ';
    return arena_printf(arena, "one of %s", words);
}

static const struct {
    bool (*set)(const struct option *, struct conf *, struct arena *, const char *);
    void (*copy)(const struct option *, struct conf *, const struct conf *, struct arena *);
    char *(*text)(const struct option *, const struct conf *, struct arena *);
    char *(*allowed)(const struct option *, struct arena *);
} TYPES[CONF_TYPE_COUNT] = {
    [CONF_STRING] = {set_string, copy_string, text_string, allowed_string},
    [CONF_SECRET] = {set_string, copy_string, text_secret, allowed_string},
    [CONF_PATH] = {set_string, copy_string, text_string, allowed_string},
    [CONF_INT] = {set_int, copy_int, text_int, allowed_int},
    [CONF_BOOL] = {set_bool, copy_bool, text_bool, allowed_bool},
    [CONF_DURATION] = {set_duration, copy_int, text_duration, allowed_duration},
    [CONF_CHOICE] = {set_choice, copy_int, text_choice, allowed_choice},
};

static bool is_string(const struct option *option)
{
    return TYPES[option->type].set == set_string;
}

bool option_required(const struct option *option)
{
    return is_string(option) && option->min > 0 && option->fallback[0] == '\0';
}

bool option_set(const struct option *option, struct conf *conf, struct arena *arena, const char *text)
{
    return TYPES[option->type].set(option, conf, arena, text);
}

void option_copy(const struct option *option, struct conf *to, const struct conf *from, struct arena *arena)
{
    TYPES[option->type].copy(option, to, from, arena);
}

bool option_equal(const struct option *option, const struct conf *a, const struct conf *b)
{
    if (is_string(option))
        return strcmp(string_of(option, a), string_of(option, b)) == 0;
    if (option->type == CONF_BOOL)
        return bool_of(option, a) == bool_of(option, b);
    return int_of(option, a) == int_of(option, b);
}

char *option_text(const struct option *option, const struct conf *conf, struct arena *arena)
{
    return TYPES[option->type].text(option, conf, arena);
}

char *option_allowed(const struct option *option, struct arena *arena)
{
    return TYPES[option->type].allowed(option, arena);
}
