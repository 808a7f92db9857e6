/* SPDX-License-Identifier: Apache-2.0
 *
 * Thins out what repeats: of one event at most LIMIT_LINES lines in LIMIT_WINDOW_US; the first line after that says how
 * many were left out. The caller brings the clock and the lock.
 */
#ifndef SMSD_LOG_LIMIT_H
#define SMSD_LOG_LIMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LIMIT_LINES 10
#define LIMIT_WINDOW_US 10000000 /* 10 s */
#define LIMIT_SLOTS 64           /* events told apart; two that share a slot share its allowance */

struct limit {
    struct limit_slot {
        int64_t since_us; /* start of the window */
        int lines;        /* written in it */
        int64_t dropped;  /* left out since the last line written */
    } slots[LIMIT_SLOTS];
};

/* May a line of this event be written now? When yes, *dropped_r is how many were left out before it. */
bool limit_allow(struct limit *limit, const char *event, int64_t now_us, int64_t *dropped_r);

#endif
