/* SPDX-License-Identifier: Apache-2.0
 *
 * The text of a configuration file as a list of settings, through inih. Which sections and keys there are, and
 * what their values mean, is the caller's business.
 *
 *     [database]
 *     conninfo = dbname=chonoi    ; a comment after a blank
 *
 * The syntax is inih's (`key = value` or `key: value`, comments begin with ; or #) without continuation lines:
 * an indented line is a line like any other. inih cuts what is too long without a word; here it is an error.
 */
#ifndef PARSERS_CONF_INI_H
#define PARSERS_CONF_INI_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

/* Longest names of sections and keys, in bytes. Lines are bounded by inih (197 bytes as Debian builds it). */
#define INI_NAME_MAX 48

struct ini_entry {
    const char *section; /* "" before the first section */
    const char *key, *value;
    int line; /* from 1 */
};

/* Reads the text. Entries come in the order of the file, repeated keys as often as they stand there; array and
 * strings are in the arena. On error (a line that is no setting, no section and no comment; a line or name too
 * long; a NUL) returns false and sets *error_r to a sentence with the number of the first bad line, in the arena. */
bool ini_read(struct arena *arena, struct slice text, const struct ini_entry **entries_r, size_t *n_r,
              const char **error_r);

#endif
