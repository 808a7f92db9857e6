/* SPDX-License-Identifier: Apache-2.0
 *
 * Workers: threads that take what waits in their shard of the inbox, up to 64 at a time, and handle it in one transaction:
 *     dedupe -> who -> read -> act -> reply -> commit -> the answers go back through their links.
 * Each owns one connection. A batch that fails is done again text by text; a text that is refused alone is laid aside as
 * a dead letter and its sender told. What PostgreSQL cannot do now, being away, busy or blocked, is answered "later", so
 * its gateway brings it again.
 */
#ifndef SMSD_WORKER_WORKER_H
#define SMSD_WORKER_WORKER_H

#include <stdbool.h>
#include <stddef.h>

#include "smsd/conf/conf.h"
#include "smsd/inbox/inbox.h"

struct workers;

/* Starts `n` workers on the shards 0 to n-1 of the inbox. They connect by themselves, and go on trying. */
struct workers *workers_start(struct inbox *inbox, size_t n, struct conf *conf);

/* The configuration to use from the next batch on (reload). */
void workers_set_conf(struct workers *workers, struct conf *conf);

/* Waits until the inbox, closed before, is empty and all workers are gone; frees and nulls. */
void workers_join(struct workers **workers);

#endif
