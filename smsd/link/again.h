/* SPDX-License-Identifier: Apache-2.0
 *
 * The link of texts that come a second time: dead letters that somebody put in again (smsctl again) go through the
 * inbox like any text; their answers, as no gateway waits for them, go out by the sender.
 */
#ifndef SMSD_LINK_AGAIN_H
#define SMSD_LINK_AGAIN_H

#include "db/again.h"
#include "smsd/inbox/inbox.h"

struct again;

struct again *again_new(struct inbox *inbox);

/* Frees and nulls, when no envelope is under way any more: after the workers. */
void again_free(struct again **again);

/* Writes down what became of the texts put in before and, when that is all, puts more in. For one thread. */
enum db_status again_serve(struct again *again, struct db *db, struct arena *arena, int64_t now_us);

#endif
