/* SPDX-License-Identifier: Apache-2.0
 *
 * What came in and waits for a worker: one bounded queue a worker, in two lanes (USSD before SMS; delivery reports wait
 * with the SMS). A person always meets the same worker, so texts of one person are never handled at
 * the same time nor out of order.
 *
 * The inbox never owns an envelope: it lends what links put in to the worker that takes it. Any thread may put;
 * each shard has one taker.
 */
#ifndef SMSD_INBOX_INBOX_H
#define SMSD_INBOX_INBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "smsd/link/link.h"

struct inbox;

/* `shards` queues (one a worker) that hold at most `limit` envelopes each, and an eighth more and one where what comes
 * is a keypress. */
struct inbox *inbox_new(size_t shards, size_t limit);

/* Frees and nulls. Must be empty and without users. */
void inbox_free(struct inbox **inbox);

/* Queues an envelope at the shard of its person. False when that shard is full or the inbox is closed: the envelope
 * stays with the link, which tells its gateway to come again. */
bool inbox_put(struct inbox *inbox, struct envelope *envelope);

/* Takes up to `max` envelopes of a shard, at most one MO a person, oldest first; waits until there is one. 0 only
 * when the inbox was closed and the shard is empty: the worker may go. */
size_t inbox_take(struct inbox *inbox, size_t shard, struct envelope **taken_r, size_t max);

/* Refuses what comes from now on; takers drain what is there and then get 0. */
void inbox_close(struct inbox *inbox);

/* Envelopes that wait now, over all shards. For /metrics. */
size_t inbox_waiting(struct inbox *inbox);

#endif
