/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "db/batch.h"
#include "db/pg.h"

/* Steps of the two sequences (db/migrations/0005_listings.sql): a nextval is a whole block. */
enum { IDS_BLOCK = 1024, SERIALS_BLOCK = 64 };

_Static_assert(IDS_RESERVE_MAX <= (NUMBER_BLOCKS_MAX - 2) * SERIALS_BLOCK, "the blocks hold what may be reserved");

static size_t at_hand(const struct number_blocks *blocks)
{
    size_t sum = 0;
    for (size_t i = 0; i < blocks->n; i++)
        sum += blocks->blocks[i].left;
    return sum;
}

static void drop_first(struct number_blocks *blocks)
{
    blocks->n--;
    memmove(&blocks->blocks[0], &blocks->blocks[1], blocks->n * sizeof blocks->blocks[0]);
}

/* Asks for as many blocks as are missing, in one round trip. */
static enum db_status refill(struct db *db, enum query query, struct number_blocks *blocks, size_t size, size_t wanted)
{
    size_t have = at_hand(blocks);
    if (have >= wanted)
        return DB_OK;
    size_t n = (wanted - have + size - 1) / size;
    if (n > NUMBER_BLOCKS_MAX - blocks->n)
        return pg_fail(db, DB_REFUSED, "more ids asked for than can be reserved");
    int64_t first[NUMBER_BLOCKS_MAX] = {0};
    pipe_begin(db);
    for (size_t i = 0; i < n; i++)
        PIPE_PLAIN(db, query, read_numbers, &first[i]);
    enum db_status status = pipe_end(db);
    for (size_t i = 0; status == DB_OK && i < n; i++)
        blocks->blocks[blocks->n++] = (struct number_block){first[i], size};
    return status;
}

enum db_status ids_reserve(struct db *db, size_t n)
{
    struct numbers *numbers = db_numbers(db);
    enum db_status status = refill(db, Q_IDS_BLOCK, &numbers->ids, IDS_BLOCK, n);
    if (status == DB_OK)
        status = refill(db, Q_SERIALS_BLOCK, &numbers->serials, SERIALS_BLOCK, n);
    return status;
}

static int64_t take(struct number_blocks *blocks)
{
    while (blocks->n && blocks->blocks[0].left == 0)
        drop_first(blocks);
    if (!blocks->n)
        abort();
    blocks->blocks[0].left--;
    return blocks->blocks[0].next++;
}

int64_t ids_take(struct db *db)
{
    return take(&db_numbers(db)->ids);
}

uint64_t serial_take(struct db *db)
{
    return (uint64_t)take(&db_numbers(db)->serials);
}
