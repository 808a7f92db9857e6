/* SPDX-License-Identifier: Apache-2.0
 *
 * New codes for listings and deals, of one kind: what is answered to one never means the other.
 */
#ifndef SMSD_MARKET_CODE_H
#define SMSD_MARKET_CODE_H

#include "db/conn.h"
#include "parsers/base/arena.h"
#include "parsers/lexicon/lexicon.h"

/* Serials that one code may take: about every second gives one. To be reserved before (ids_reserve). */
#define CODE_SERIALS 8

/* The next code that is no word of the lexicon, in the arena. */
const char *code_fresh(struct db *db, const struct lexicon *lexicon, struct arena *arena);

#endif
