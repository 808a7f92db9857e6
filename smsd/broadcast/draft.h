/* SPDX-License-Identifier: Apache-2.0
 *
 * A broadcast before it is one: to whom, in which words, until when; and what it comes to. What goes into the database
 * is JSON:
 *     {"area": "845", "commodity": "LUA", "role": "", "langs": [], "subscribers": false, "commercial": false,
 * "disaster": "", "words": "...", "bulletins": ["forecast"], "people": 812, "segments": 812, "expires": 1764...,
 * "state": "running", "texts": [{"lang": "vi", "body": "...", "coding": 0, "segments": 1}, ...]} and all but the words
 * of it says who the audience is.
 */
#ifndef SMSD_BROADCAST_DRAFT_H
#define SMSD_BROADCAST_DRAFT_H

#include <stdbool.h>
#include <stdint.h>

#include "db/bulletins.h"
#include "smsd/broadcast/rules.h"
#include "smsd/knowledge/knowledge.h"
#include "smsd/message/message.h"

/* Characters of the words at most: two segments of UCS-2. What is broadcast is also a bulletin. */
#define BROADCAST_WORDS_MAX 134
_Static_assert(BROADCAST_WORDS_MAX <= BULLETIN_MAX, "it is a bulletin too");

struct broadcast_draft {
    const char *area, *commodity; /* codes; "" = everywhere, everybody's */
    const char *role;             /* "" = any */
    const char *langs;            /* "km zh"; "" = all */
    bool subscribers, commercial;
    const char *disaster; /* why it may go out at night; "" = it may not */
    const char
        *words[LANG_COUNT]; /* as they were given, NULL where not: nothing is translated. LANG_VI_DAU has LANG_VI's */
    const char *bulletins;  /* "forecast salinity": what it is to whoever asks; "" = nothing */
    int64_t expires_us;
    const char *state;
};

struct broadcast_text {
    const char *body;
    int coding, segments;
};

/* What a broadcast comes to. */
struct broadcast_cost {
    int64_t people, segments;
    int64_t price;   /* đồng; 0 = not told */
    int64_t ends_us; /* when the last one is sent */
};

/* What people of each language get, in the arena: their own words where those were given, else the Vietnamese, else the
 * first. */
void broadcast_render(const struct message_book *book, struct arena *arena, const struct broadcast_draft *draft,
                      struct broadcast_text texts_r[LANG_COUNT]);

struct broadcast_cost broadcast_cost(const struct broadcast_rules *rules, const struct broadcast_draft *draft,
                                     const struct broadcast_text texts[LANG_COUNT], const int64_t people[LANG_COUNT],
                                     int64_t now_us);

/* For the database, in the arena. */
const char *broadcast_json(struct arena *arena, const struct broadcast_draft *draft,
                           const struct broadcast_text texts[LANG_COUNT], const struct broadcast_cost *cost);

/* "lúa, Cầu Kè", and words for everybody where neither is said. In the arena. */
const char *broadcast_what(struct arena *arena, const struct knowledge *knowledge, enum lang lang, const char *area,
                           const char *commodity);

#endif
