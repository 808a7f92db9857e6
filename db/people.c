/* SPDX-License-Identifier: Apache-2.0 */
#include "db/people.h"

#include "db/array.h"

static void read_sender(struct pg_row *row, struct arena *arena, struct sender *sender)
{
    sender->person_id = row_i64(row);
    lang_from_code(row_text(row, arena), &sender->lang);
    sender->lang_chosen = row_bool(row);
    sender->place = row_text(row, arena);
    sender->stopped = row_bool(row);
    sender->welcomed = row_bool(row);
    sender->khmer_offered = row_bool(row);
    sender->contact_asked = row_bool(row);
    sender->question = row_text_or_null(row, arena);
    sender->question_us = row_i64(row);
    sender->failures = row_int(row);
    sender->last_hash = (uint64_t)row_i64(row);
    sender->last_us = row_i64(row);
    sender->last_repeatable = row_bool(row);
    sender->last_answer = row_text(row, arena);
    sender->hour_us = row_i64(row);
    sender->hour_replies = row_int(row);
    sender->hour_same = row_int(row);
}

static void read_people(const PGresult *result, void *context)
{
    struct meeting *meeting = context;
    for (int i = 0; i < PQntuples(result); i++) {
        struct pg_row row = pg_row(result, i);
        read_sender(&row, meeting->arena, &meeting->senders[i]);
        if (meeting->senders[i].person_id)
            meeting->met++;
    }
}

void people_meet(struct db *db, struct meeting *meeting, const char *numbers, const char *parties)
{
    if (parties)
        PIPE(db, Q_DEALS_LOCK, NULL, NULL, numbers, parties);
    else
        PIPE(db, Q_PEOPLE_LOCK, NULL, NULL, numbers);
    PIPE(db, Q_PEOPLE_READ, read_people, meeting, numbers);
}

enum db_status people_make(struct db *db, const struct mo *mos, size_t n)
{
    pg_rollback(db);
    pipe_begin(db);
    PIPE(db, Q_PEOPLE_ADD, NULL, NULL, FIELD_TEXT(db_scratch(db), mos, n, msisdn));
    return pipe_end(db);
}

/* What is not set stays NULL: the statement leaves that field as it is. */
void people_change(struct db *db, const struct person_change *changes, size_t n, const char *now)
{
    struct arena *arena = db_scratch(db);
    struct array lang = array_begin(arena), chosen = array_begin(arena), place = array_begin(arena),
                 stopped = array_begin(arena);
    for (size_t i = 0; i < n; i++) {
        const struct person_change *change = &changes[i];
        array_text(&lang, change->set_lang ? lang_code(change->lang) : NULL);
        if (change->set_lang)
            array_bool(&chosen, change->lang_chosen);
        else
            array_null(&chosen);
        array_text(&place, change->set_place ? change->place : NULL);
        if (change->set_stopped)
            array_bool(&stopped, change->stopped);
        else
            array_null(&stopped);
    }
    PIPE(db, Q_PEOPLE_CHANGE, NULL, NULL, FIELD_I64(arena, changes, n, person_id), array_end(&lang), array_end(&chosen),
         array_end(&place), array_end(&stopped), FIELD_BOOL(arena, changes, n, set_welcomed), now,
         FIELD_BOOL(arena, changes, n, set_khmer_offered), FIELD_BOOL(arena, changes, n, set_contact_asked));
}

void consent_add(struct db *db, const struct consent_row *rows, size_t n, const char *now)
{
    struct arena *arena = db_scratch(db);
    PIPE(db, Q_CONSENT_ADD, NULL, NULL, FIELD_I64(arena, rows, n, person_id), FIELD_TEXT(arena, rows, n, kind),
         FIELD_BOOL(arena, rows, n, granted), FIELD_TEXT(arena, rows, n, text_version),
         FIELD_I64(arena, rows, n, inbound_id), now);
}
