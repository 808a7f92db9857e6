/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of messages.def as data: for message.c, and for the tests that walk it.
 */
#ifndef SMSD_MESSAGE_SHAPE_H
#define SMSD_MESSAGE_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/base/slice.h"
#include "smsd/message/message.h"

#define MESSAGE_PARTS_MAX 10
#define KEEP 0 /* drop of a part that stays */

struct message_part {
    enum { PART_LEAD, PART_TAIL } where;
    const char *name;
    int drop; /* the highest goes first */
    const char *args;
};

struct message_shape {
    const char *symbol, *key;
    size_t budget; /* segments in GSM-7 */
    const char *args;
    size_t n_parts;
    struct message_part parts[MESSAGE_PARTS_MAX]; /* in the order of the text, leads first */
};

const struct message_shape *message_shape(enum message message);

/* The keys of all phrases; NULL ends them. */
extern const char *const message_phrase_keys[];

/* Takes the next name off a list of arguments ("code ?own_place"), without the mark of a flag; false at its end. */
bool shape_next_arg(const char **list, struct slice *name);

/* Is the name in the list? */
bool shape_has_arg(const char *list, struct slice name);

#endif
