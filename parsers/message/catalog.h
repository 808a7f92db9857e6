/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads a message catalogue as msgfmt writes it (GNU gettext manual, "The Format of GNU MO Files"), of either byte
 * order. The bytes may be anything: all offsets are checked once, when it is opened. Plural forms are not
 * used here; an entry that holds a NUL is refused.
 *
 *     struct catalog c;
 *     const char *error;
 *     if (catalog_open(&c, bytes, &error))
 *         puts(catalog_get(&c, "help"));
 */
#ifndef PARSERS_MESSAGE_CATALOG_H
#define PARSERS_MESSAGE_CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

struct catalog {
    struct slice bytes; /* borrowed: they must outlive the catalogue */
    bool swapped;       /* the other byte order */
    uint32_t count;
    uint32_t ids, texts; /* offsets of the two tables */
};

/* Checks the bytes. False with *error (static text) when they are no sound catalogue. */
bool catalog_open(struct catalog *catalog, struct slice bytes, const char **error);

/* The text of a msgid; NULL when there is none. It lives in the bytes. */
const char *catalog_get(const struct catalog *catalog, const char *id);

/* The value of a field of the header entry ("X-Reviewed"), in the arena; NULL when it is not there. */
const char *catalog_field(const struct catalog *catalog, struct arena *arena, const char *name);

#endif
