/* SPDX-License-Identifier: Apache-2.0 */
#include "db/deals.h"

#include "db/array.h"
#include "db/deals_read.h"

static const char *const states[] = {[DEAL_PROPOSED] = "proposed",
                                     [DEAL_ACCEPTED] = "accepted",
                                     [DEAL_REFUSED] = "refused",
                                     [DEAL_EXPIRED] = "expired",
                                     [DEAL_WITHDRAWN] = "withdrawn"};

static void read_person(struct pg_row *row, struct arena *arena, struct deal_side *side)
{
    side->person_id = row_i64(row);
    lang_from_code(row_text(row, arena), &side->lang);
    side->accepted = row_bool(row);
}

static void read_listing(struct pg_row *row, struct arena *arena, struct deal_side *side)
{
    side->listing_id = row_i64(row);
    side->listing = row_text(row, arena);
    side->whole_milli = row_i64(row);
    side->entered_milli = row_i64(row);
    side->entered_unit = row_text(row, arena);
    side->place = row_text(row, arena);
    side->contact = row_text(row, arena);
}

void deal_party_read(struct pg_row *row, struct arena *arena, struct deal_party *party)
{
    party->id = row_i64(row);
    party->code = row_text(row, arena);
    party->state = (enum deal_state)row_word(row, states, sizeof states / sizeof *states);
    party->sells = row_char(row) == 's';
    read_person(row, arena, &party->own);
    read_person(row, arena, &party->other);
    read_listing(row, arena, &party->own);
    read_listing(row, arena, &party->other);
    party->quantity_milli = row_i64(row);
    party->base_unit = row_text(row, arena);
    party->price = row_i64(row);
    party->price_unit = row_text(row, arena);
    party->commodity = row_text(row, arena);
    party->size = row_text(row, arena);
    party->grade = row_text(row, arena);
    party->state_of_goods = row_text(row, arena);
    party->until_us = row_i64(row);
    party->stands = row_bool(row);
}

/* ---- in a batch ---- */

const char *deals_parties(struct db *db, const struct lookups *lookups)
{
    struct array numbers = array_begin(db_scratch(db));
    size_t n = 0;
    for (size_t i = 0; i < lookups->n; i++) {
        if (!lookups->rows[i].deal_code)
            continue;
        array_text(&numbers, lookups->mos[lookups->rows[i].mo].msisdn);
        n++;
    }
    return n ? array_end(&numbers) : NULL;
}

static void read_deals(const PGresult *result, void *context)
{
    struct lookups *lookups = context;
    struct deal_party *parties = arena_calloc(lookups->arena, (size_t)PQntuples(result), sizeof *parties);
    for (int i = 0; i < PQntuples(result); i++) { /* by lookup */
        struct pg_row row = pg_row(result, i);
        struct found *found = &lookups->found[row_i64(&row)];
        deal_party_read(&row, lookups->arena, &parties[i]);
        found->deals = found->n_deals ? found->deals : &parties[i];
        found->n_deals++;
    }
}

void deals_find(struct db *db, struct lookups *lookups)
{
    struct arena *arena = db_scratch(db);
    struct array n = array_begin(arena), msisdn = array_begin(arena), code = array_begin(arena);
    size_t wanted = 0;
    for (size_t i = 0; i < lookups->n; i++) {
        const struct lookup *lookup = &lookups->rows[i];
        if (!lookup->deal_code)
            continue;
        array_i64(&n, (int64_t)i);
        array_text(&msisdn, lookups->mos[lookup->mo].msisdn);
        array_text(&code, lookup->deal_code);
        wanted++;
    }
    if (wanted)
        PIPE(db, Q_DEALS_FIND, read_deals, lookups, array_end(&n), array_end(&msisdn), array_end(&code));
}

void deals_answer(struct db *db, const struct deal_answer *rows, size_t n, const char *now)
{
    static const char *const words[] = {
        [DEAL_ACCEPT] = "accept", [DEAL_REFUSE] = "refuse", [DEAL_WITHDRAW] = "withdraw"};
    struct arena *arena = db_scratch(db);
    struct array said = array_begin(arena);
    for (size_t i = 0; i < n; i++)
        array_text(&said, words[rows[i].said]);
    PIPE(db, Q_DEALS_ANSWER, NULL, NULL, FIELD_I64(arena, rows, n, deal_id), FIELD_I64(arena, rows, n, person_id),
         array_end(&said), FIELD_I64(arena, rows, n, inbound_id), now);
}
