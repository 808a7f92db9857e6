/* SPDX-License-Identifier: Apache-2.0
 *
 * Lots for tests: paddy, on the project's own map.
 */
#ifndef TESTS_UNIT_SMSD_MARKET_MARKET_FIXTURE_H
#define TESTS_UNIT_SMSD_MARKET_MARKET_FIXTURE_H

#include "smsd/market/match.h"
#include "tests/unit/parsers/tables.h"

/* Communes of Cầu Kè, one of Càng Long, a district of a linked province. */
#define CAU_KE "845"
#define CAU_KE_TOWN "29308"
#define HOA_AN "29311"
#define CHAU_DIEN "29314"
#define CANG_LONG_TOWN "29266"
#define HA_TIEN "900"

static struct lexicon *lexicon;
static struct arena *arena;

static inline int market_setup(void **state)
{
    (void)state;
    lexicon = lexicon_of_files();
    arena = arena_new(1 << 16);
    return 0;
}

static inline int market_teardown(void **state)
{
    (void)state;
    lexicon_free(&lexicon);
    arena_free(&arena);
    return 0;
}

/* Two tonnes of somebody of that id, at so many đồng a kilogram. */
static inline struct lot lot(int id, const char *place, enum lot_step step, int64_t price)
{
    return (struct lot){.step = step,
                        .id = id,
                        .person_id = 100 + id,
                        .quantity_milli = 2000 * 1000,
                        .entered_milli = 2000,
                        .price_low = price,
                        .price_high = price,
                        .ready = DAY_NONE,
                        .until = 20014,
                        .code = "B7K2",
                        .commodity = "LUA",
                        .base_unit = "KG",
                        .entered_unit = "TAN",
                        .price_unit = price ? "KG" : "",
                        .place = place,
                        .size = "",
                        .grade = "",
                        .state = ""};
}

/* Somebody in Cầu Kè town wants so many kilograms. */
static inline struct wanted buyer_of(int64_t kilograms)
{
    return (struct wanted){.side = 'b',
                           .person_id = 1,
                           .commodity = lexicon_commodity(lexicon, "LUA"),
                           .place = lexicon_place(lexicon, CAU_KE_TOWN),
                           .quantity_milli = kilograms * 1000,
                           .base_unit = "KG",
                           .ready = DAY_NONE,
                           .until = 20014,
                           .size = "",
                           .grade = "",
                           .state = ""};
}

#endif
