/* SPDX-License-Identifier: Apache-2.0
 *
 * What clearing reads of the market and leaves in it: the open orders of a kind of goods, the deals that are proposed
 * to their owners, and the end of those that nobody took.
 *
 * clearing_propose and clearing_free leave their transaction open, holding the rows of the people they are about, so
 * that what these are told goes with it (alerts_post): clearing_commit ends it, clearing_rollback undoes it. All
 * strings come from the arena.
 */
#ifndef DB_CLEARING_H
#define DB_CLEARING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/conn.h"
#include "db/deals.h"
#include "parsers/base/arena.h"
#include "parsers/base/day.h"

struct clearing_order { /* a listing */
    int64_t id, person_id;
    int room; /* how many more proposals the person gets now, > 0 */
    const char *commodity, *place;
    int64_t free_milli;                 /* neither sold nor reserved, in base_unit */
    int64_t whole_milli, entered_milli; /* the same quantity in base_unit and in entered_unit */
    const char *base_unit, *entered_unit;
    int64_t price_low, price_high; /* đồng per price_unit; 0 = none */
    const char *price_unit;
    day_t ready, until; /* ready: DAY_NONE when not said */
    const char *size, *grade, *state;
};

struct clearing_limits {
    size_t lots, requests; /* most of one kind of goods */
    int proposals;         /* most that are open with one person */
    int alerts;            /* most of all kinds within 24 hours */
};

struct clearing_book {
    const char *tree; /* code of the goods, with all kinds of them */
    struct clearing_order *lots, *requests;
    size_t n_lots, n_requests;
};

/* Is it time again, `every` seconds after the last? Then it is this caller's turn, and nobody else's. */
enum db_status clearing_claim(struct db *db, int64_t now_us, int64_t every, bool *mine_r);

/* The goods that are both offered and wanted. */
enum db_status clearing_trees(struct db *db, struct arena *arena, int64_t now_us, const char ***trees_r, size_t *n_r);

/* Their open orders; book->tree is given. */
enum db_status clearing_orders(struct db *db, struct arena *arena, const struct clearing_limits *limits, int64_t now_us,
                               struct clearing_book *book);

struct clearing_place {
    const char *code;
    int64_t lat, lon; /* millionths of a degree */
};

struct clearing_pair {
    int64_t sell_id, buy_id;
};

/* Where the places of a book are, those that are known, by code (strcmp); and which of its pairs were proposed before.
 */
struct clearing_context {
    struct clearing_place *places;
    size_t n_places;
    struct clearing_pair *barred;
    size_t n_barred;
};
enum db_status clearing_context(struct db *db, struct arena *arena, const struct clearing_book *book,
                                struct clearing_context *context_r);

struct clearing_proposal {
    const char *code;
    int64_t sell_id, buy_id, seller, buyer;
    int64_t quantity_milli; /* of the listings' base unit */
    int64_t price;          /* đồng per price_unit */
    const char *price_unit;
    int64_t sell_price, buy_price; /* the listings' price_low and price_high when it was thought out */
};

/* Both sides of some deals, the offer's first. */
struct clearing_parties {
    struct deal_party *parties;
    size_t n;
};

/* Most deals of one call of the two below. */
#define CLEARING_SLICE 100

/* Writes down those that the listings still bear. */
enum db_status clearing_propose(struct db *db, struct arena *arena, const struct clearing_proposal *rows, size_t n,
                                int64_t now_us, int64_t until_us, struct clearing_parties *parties_r);

/* Ends what has run out (DEAL_EXPIRED) or what a listing no longer bears (DEAL_WITHDRAWN). None: no transaction is
 * open. */
enum db_status clearing_free(struct db *db, struct arena *arena, int64_t now_us, struct clearing_parties *parties_r);

enum db_status clearing_commit(struct db *db);
void clearing_rollback(struct db *db);

#endif
