/* SPDX-License-Identifier: Apache-2.0
 *
 * A listing of the database as replies say it, in one language. All strings in the arena or as long as the knowledge.
 */
#ifndef SMSD_FLOW_LISTING_WORDS_H
#define SMSD_FLOW_LISTING_WORDS_H

#include "db/batch.h"
#include "smsd/knowledge/knowledge.h"

struct listing_words {
    const char *side;     /* "bán" */
    const char *done;     /* the command for it is sold or bought: "BAN ROI", "MUA DU" */
    const char *goods;    /* "tôm thẻ 50 con/kg" */
    const char *quantity; /* "2 tấn": what is left */
    const char *price;    /* "8.500đ/kg" */
    const char *place;
    const char *ready; /* "25/11"; NULL = not said */
    const char *until; /* "06/12" */
};

struct listing_words listing_words(struct arena *arena, const struct knowledge *knowledge, enum lang lang, day_t today,
                                   const struct listing_facts *listing);

#endif
