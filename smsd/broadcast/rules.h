/* SPDX-License-Identifier: Apache-2.0
 *
 * When broadcasts go out, how fast, and what they cost.
 */
#ifndef SMSD_BROADCAST_RULES_H
#define SMSD_BROADCAST_RULES_H

#include <stdint.h>

#include "smsd/conf/conf.h"

/* The section [broadcast] of the configuration, and what else it takes. */
struct broadcast_rules {
    const char *sender;       /* the short code; lives as long as the configuration */
    int quiet_from, quiet_to; /* hours of the day in the province; the same twice: none are quiet */
    int per_day;              /* most that one person gets within 24 h */
    int approval_above;       /* people; more need a coordinator */
    int segment_price;        /* đồng; 0 = not told */
    int rate;                 /* segments a second */
};

struct broadcast_rules broadcast_rules(const struct conf *conf);

/* Until when a text may go out that is ready at now_us: now_us itself in the quiet hours. */
int64_t broadcast_closes(const struct broadcast_rules *rules, int64_t now_us);

/* When so many segments are through that begin at now_us, quiet hours left out unless `nights`. */
int64_t broadcast_ends(const struct broadcast_rules *rules, int64_t now_us, int64_t segments, bool nights);

#endif
