/* SPDX-License-Identifier: Apache-2.0
 *
 * A bulletin of the province's prices, whole or not at all, and counted at once (db/price_reports.h).
 */
#ifndef DB_PRICE_IMPORT_H
#define DB_PRICE_IMPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "db/batch.h"
#include "db/conn.h"
#include "parsers/base/arena.h"

/* Low, median, high and reports of a price; reports 0 = there is none. */
struct price_figures {
    int64_t low, median, high; /* đồng per unit */
    int reports;
};

/* A price that people are told otherwise from now on. */
struct price_change {
    const char *commodity, *place, *unit, *basis, *attrs;
    day_t day;
    struct price_figures before, after;
};

struct price_import {
    size_t added, changed, unchanged; /* lines: new, with another price than before, as before */
    size_t n_changes;
    struct price_change *changes; /* in the arena */
};

/* The rows are of kind PRICE_KIND_BULLETIN, each of other goods, place, day, attributes or source. A line is known again by
 * these: what says the same price does nothing, another price takes the place of the old one. With `dry` nothing stays
 * of it, but what would is told. Under the owner's role. */
enum db_status price_import(struct db *db, struct arena *arena, const struct price_report *rows, size_t n, bool dry,
                            struct price_import *import_r);

#endif
