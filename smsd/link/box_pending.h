/* SPDX-License-Identifier: Apache-2.0
 *
 * The texts that were sent and have no verdict yet, by the id they were sent under, and in the order in which their
 * time runs out. One thread.
 */
#ifndef SMSD_LINK_BOX_PENDING_H
#define SMSD_LINK_BOX_PENDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A text on its way. */
struct box_mt {
    int64_t id, created_us; /* its row in the outbox; 0 = it has none */
    int attempts, segments;
    bool is_answer; /* it went back with its question; otherwise the sender submitted it */
};

struct box_pending;

struct box_pending *box_pending_new(void);

/* Frees and nulls, entries too. */
void box_pending_free(struct box_pending **pending);

size_t box_pending_count(const struct box_pending *pending);

/* `uuid` is 16 random octets; deadlines never go back. */
void box_pending_add(struct box_pending *pending, const unsigned char *uuid, const struct box_mt *mt,
                     int64_t deadline_us);

/* Takes out the text of that id; false when there is none. */
bool box_pending_take(struct box_pending *pending, const unsigned char *uuid, struct box_mt *mt_r);

/* Takes out one whose deadline is at or before now; INT64_MAX takes any. False when there is none. */
bool box_pending_expire(struct box_pending *pending, int64_t now_us, struct box_mt *mt_r);

/* The first deadline; INT64_MAX when nothing is pending. */
int64_t box_pending_deadline(const struct box_pending *pending);

#endif
