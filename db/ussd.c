/* SPDX-License-Identifier: Apache-2.0 */
#include "db/ussd.h"

#include <string.h>

#include "db/array.h"
#include "db/ussd_find.h"

/* Of one person; more than a phone can have open at once. */
#define SESSIONS_MAX 8

static const char *const phases[] = {[USSD_OPEN] = "open", [USSD_MOVED] = "moved", [USSD_OVER] = "over"};
enum { PHASES = sizeof phases / sizeof phases[0] };

static void read_sessions(const PGresult *result, void *context)
{
    struct meeting *meeting = context;
    for (int i = 0; i < PQntuples(result); i++) {
        struct pg_row row = pg_row(result, i);
        struct sender *sender = &meeting->senders[row_i64(&row)];
        struct ussd_row *session = &sender->ussd[sender->n_ussd++];
        session->person_id = row_i64(&row);
        session->gateway = row_text(&row, meeting->arena);
        session->session = row_text(&row, meeting->arena);
        session->state = row_text(&row, meeting->arena);
        session->phase = (enum ussd_phase)row_word(&row, phases, PHASES);
        session->touched_us = row_i64(&row);
    }
}

void ussd_sessions_read(struct db *db, struct meeting *meeting)
{
    struct arena *arena = db_scratch(db);
    struct array n = array_begin(arena), msisdn = array_begin(arena);
    size_t wanted = 0;
    for (size_t i = 0; i < meeting->n; i++) {
        if (meeting->mos[i].channel != CHANNEL_USSD)
            continue;
        array_i64(&n, (int64_t)i);
        array_text(&msisdn, meeting->mos[i].msisdn);
        meeting->senders[i].ussd = arena_calloc(meeting->arena, SESSIONS_MAX, sizeof(struct ussd_row));
        wanted++;
    }
    if (wanted)
        PIPE(db, Q_USSD_SESSIONS_READ, read_sessions, meeting, array_end(&n), array_end(&msisdn),
             param_i64(arena, SESSIONS_MAX));
}

void ussd_sessions_put(struct db *db, const struct ussd_row *rows, size_t n, const char *now)
{
    struct arena *arena = db_scratch(db);
    struct array phase = array_begin(arena);
    for (size_t i = 0; i < n; i++)
        array_text(&phase, phases[rows[i].phase]);
    PIPE(db, Q_USSD_SESSIONS_PUT, NULL, NULL, FIELD_I64(arena, rows, n, person_id), FIELD_TEXT(arena, rows, n, gateway),
         FIELD_TEXT(arena, rows, n, session), FIELD_TEXT(arena, rows, n, state), array_end(&phase), now);
}

/* ---- what is usual ---- */

static void read_usual(const PGresult *result, void *context)
{
    struct lookups *lookups = context;
    for (int i = 0; i < PQntuples(result); i++) {
        struct pg_row row = pg_row(result, i);
        struct usual *usual = lookups->found[row_i64(&row)].usual;
        const bool goods = strcmp(row_text(&row, lookups->arena), "goods") == 0;
        size_t *n = goods ? &usual->n_goods : &usual->n_places;
        if (*n < USUAL_MAX)
            (goods ? usual->goods : usual->places)[(*n)++] = row_text(&row, lookups->arena);
    }
}

void usual_find(struct db *db, struct lookups *lookups)
{
    struct arena *arena = db_scratch(db);
    struct array n = array_begin(arena), msisdn = array_begin(arena), place = array_begin(arena);
    size_t wanted = 0;
    for (size_t i = 0; i < lookups->n; i++) {
        const struct lookup *lookup = &lookups->rows[i];
        if (!lookup->usual)
            continue;
        const char *own = lookups->senders[lookup->mo].place;
        array_i64(&n, (int64_t)i);
        array_text(&msisdn, lookups->mos[lookup->mo].msisdn);
        array_text(&place, own && *own ? own : lookups->home);
        lookups->found[i].usual = arena_calloc(lookups->arena, 1, sizeof(struct usual));
        wanted++;
    }
    if (wanted)
        PIPE(db, Q_USUAL_FIND, read_usual, lookups, array_end(&n), array_end(&msisdn), array_end(&place),
             param_i64(arena, USUAL_MAX));
}

/* ---- forgetting ---- */

enum db_status ussd_sessions_forget(struct db *db, int64_t before_us, int most, size_t *forgotten_r)
{
    int64_t forgotten = 0;
    pipe_begin(db);
    PIPE(db, Q_USSD_SESSIONS_FORGET, read_numbers, &forgotten, param_i64(db_scratch(db), before_us),
         param_i64(db_scratch(db), most));
    enum db_status status = pipe_end(db);
    *forgotten_r = (size_t)forgotten;
    return status;
}
