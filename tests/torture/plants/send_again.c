/* SPDX-License-Identifier: Apache-2.0
 *
 * A fault planted for the judge of the kill matrix to find: what may or may not have gone out goes out again, whatever
 * it is. Linked by --wrap=outbox_reclaim.
 */
#include "db/outbox.h"
#include "db/pg.h"

enum db_status __real_outbox_reclaim(struct db *db, size_t *requeued, size_t *uncertain, size_t *expired);
enum db_status __wrap_outbox_reclaim(struct db *db, size_t *requeued, size_t *uncertain, size_t *expired);

enum db_status __wrap_outbox_reclaim(struct db *db, size_t *requeued, size_t *uncertain, size_t *expired)
{
    enum db_status status = __real_outbox_reclaim(db, requeued, uncertain, expired);
    return status == DB_OK ? pg_script(db, "UPDATE outbox SET state = 'queued' WHERE state = 'uncertain'") : status;
}
