/* SPDX-License-Identifier: Apache-2.0
 *
 * What is said of a deal to one of its two sides, in a proposal, in an answer, and when it ends.
 */
#ifndef SMSD_MARKET_DEAL_H
#define SMSD_MARKET_DEAL_H

#include "db/deals.h"
#include "parsers/base/arena.h"
#include "smsd/knowledge/knowledge.h"
#include "smsd/message/message.h"

/* The message about the deal as this side sees it, in this language: each takes of what is known the arguments it has.
 * Its quantity is told in the unit of the side's own listing where that comes out even, else in the base unit. */
struct message_args deal_args(struct arena *arena, const struct lexicon *lexicon, enum lang lang, enum message message,
                              const struct deal_party *party);

/* The same deal from the other side. */
struct deal_party deal_turned(const struct deal_party *party);

#endif
