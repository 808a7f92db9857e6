/* SPDX-License-Identifier: Apache-2.0
 *
 * An open question as it lies in the database between two texts: the reading so far, with what its writer has already
 * stood by, as JSON by codes, so that any
 * instance can take the conversation up, with whatever lexicon it has by then.
 */
#ifndef SMSD_FLOW_DRAFT_H
#define SMSD_FLOW_DRAFT_H

#include <stdbool.h>

#include "parsers/base/arena.h"
#include "parsers/read/reading.h"

enum draft_kind {
    DRAFT_ASK,   /* the reading lacks what reading.ask names */
    DRAFT_REPEAT, /* the reading is whole, but the same listing is open already: MOI posts it again */
    DRAFT_STOPPED, /* "TC" came while a place was asked for, and stopped; 1 says that it was the place */
    DRAFT_SOLD,    /* the reading is whole, but the same was sold of the listing today: yes counts it once more */
    DRAFT_CODE     /* a one-time code was sent: its digits alone are MA with them */
};

/* The JSON, in the arena. */
const char *draft_write(struct arena *arena, enum draft_kind kind, const struct reading *reading);

/* Back again. False when the text is not a draft or names something the lexicon no longer has: the question is then
 * forgotten. */
bool draft_read(const struct lexicon *lexicon, const char *json, enum draft_kind *kind_r, struct reading *reading_r);

#endif
