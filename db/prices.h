/* SPDX-License-Identifier: Apache-2.0
 *
 * Prices near a place. For the modules of db/ only; callers ask by struct lookup (db/batch.h).
 *
 * A group is what was reported of one commodity, variant (size, grade, state), unit and basis in one place on one day.
 * Groups are never mixed; an answer is up to PRICE_GROUPS_MAX groups of one place and one day, chosen so:
 *
 *  1. Goods: the commodity itself; when nobody ever reported it, its kinds (LUA: the varieties); when nobody reported
 *     those, what it is a kind of.
 *  2. Area: the narrowest one around the place in which there is a group of the last 14 days: the place and all in
 *     it, its district, its province on the old map, on the new one. When none has any: the region, of whatever day,
 *     and last the country.
 *  3. Day: the newest there.
 *  4. Place: of several with that day the nearest, then the one whose basis is nearest to what a farmer is paid, then
 * the one with most reports.
 *  5. A size that was asked for is first looked for alone through all areas; only when it is nowhere, any size.
 *
 * PRICE_HERE: the group's place is the one asked for or lies in it. PRICE_NEAR: they share a district or province.
 * PRICE_REGION: farther. The day is always told, so an old price here is PRICE_HERE and old.
 */
#ifndef DB_PRICES_H
#define DB_PRICES_H

#include "db/lookup.h"
#include "db/pg.h"

/* found[].match, n_groups and groups of lookups->todo[KEPT_PRICES]. */
void prices_near(struct db *db, struct lookups *lookups);

/* What was said of prices, into a pipe: for counting, later (db/price_reports.h). */
void prices_report(struct db *db, const struct price_report *rows, size_t n);

#endif
