/* SPDX-License-Identifier: Apache-2.0
 *
 * options.def as a table, and the values of one option. For smsd/conf only.
 */
#ifndef SMSD_CONF_OPTION_H
#define SMSD_CONF_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "parsers/base/arena.h"
#include "smsd/conf/conf.h"

enum conf_type {
    CONF_STRING,
    CONF_SECRET,
    CONF_PATH,
    CONF_INT,
    CONF_BOOL,
    CONF_DURATION,
    CONF_CHOICE,
    CONF_TYPE_COUNT
};
enum conf_change { CONF_RELOAD, CONF_RESTART };

struct option {
    const char *section, *name;
    enum conf_type type;
    const char *fallback; /* the default, as in the file */
    int min, max;
    const char *unit;
    enum conf_change change;
    const char *help;
    size_t offset; /* in struct conf */
};

struct section {
    const char *name, *help;
};

enum {
#define SECTION(section, help)
#define OPTION(section, name, ...) OPTION_##section##_##name,
#define END(section)
#include "smsd/conf/options.def"
#undef SECTION
#undef OPTION
    OPTION_COUNT
};

enum {
#define SECTION(section, help) SECTION_##section,
#define OPTION(section, name, ...)
#include "smsd/conf/options.def"
#undef SECTION
#undef OPTION
#undef END
    SECTION_COUNT
};

extern const struct option OPTIONS[OPTION_COUNT];
extern const struct section SECTIONS[SECTION_COUNT];

/* Must it be given? */
bool option_required(const struct option *option);

/* Sets the option from the file's text; false when that is not allowed. Strings are copied into the arena. */
bool option_set(const struct option *option, struct conf *conf, struct arena *arena, const char *text);

/* Copies the option's value; strings into the arena. */
void option_copy(const struct option *option, struct conf *to, const struct conf *from, struct arena *arena);

/* Are the two values the same? */
bool option_equal(const struct option *option, const struct conf *a, const struct conf *b);

/* The value as it would stand in the file; a secret that is given as ********. */
char *option_text(const struct option *option, const struct conf *conf, struct arena *arena);

/* What is allowed: "a whole number from 1 to 65535". */
char *option_allowed(const struct option *option, struct arena *arena);

#endif
