/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SMSD_LINK_TEXT_HASH_H
#define SMSD_LINK_TEXT_HASH_H

#include <stdint.h>

#include "db/batch.h"
#include "parsers/base/arena.h"

/* What tells whether two texts are the same by content: FNV-1a (64 bits) of the folded text and the channel. Stored
 * in the database, so it must never change. Never 0: that means "no text". The arena is for the folding. */
uint64_t text_hash(struct arena *arena, const char *text, enum channel channel);

#endif
