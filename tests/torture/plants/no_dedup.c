/* SPDX-License-Identifier: Apache-2.0
 *
 * A fault planted for the judge of the kill matrix to find: no text is known for one that came before, neither by its
 * id nor by its words. Linked by --wrap=batch_open.
 */
#include <stdio.h>
#include <stdlib.h>

#include "db/batch.h"

enum db_status __real_batch_open(struct db *db, struct arena *arena, const char *home, const struct mo *mos, size_t n,
                                 const struct lookup *lookups, size_t n_lookups, struct sender *senders_r,
                                 struct found *found_r);
enum db_status __wrap_batch_open(struct db *db, struct arena *arena, const char *home, struct mo *mos, size_t n,
                                 const struct lookup *lookups, size_t n_lookups, struct sender *senders_r,
                                 struct found *found_r);

/* The caller's texts are its own and not const; they keep what is put into them until the commit. */
enum db_status __wrap_batch_open(struct db *db, struct arena *arena, const char *home, struct mo *mos, size_t n,
                                 const struct lookup *lookups, size_t n_lookups, struct sender *senders_r,
                                 struct found *found_r)
{
    for (size_t i = 0; i < n; i++) {
        char id[64];
        mos[i].text_hash = (uint64_t)random() << 32 | (uint64_t)random();
        snprintf(id, sizeof id, "%.36s-%016llx", mos[i].kannel_id, (unsigned long long)mos[i].text_hash);
        mos[i].kannel_id = arena_copy(arena, slice_of(id));
    }
    return __real_batch_open(db, arena, home, mos, n, lookups, n_lookups, senders_r, found_r);
}
