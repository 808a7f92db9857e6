/* SPDX-License-Identifier: Apache-2.0 */
#include "db/own_data.h"

#include "db/array.h"

static void read_own_data(const PGresult *result, void *context)
{
    struct lookups *lookups = context;
    for (int i = 0; i < PQntuples(result); i++) {
        struct pg_row row = pg_row(result, i);
        struct own_data *data = &lookups->found[row_i64(&row)].own_data;
        data->since_us = row_i64(&row);
        data->name = row_text(&row, lookups->arena);
        data->listings = row_int(&row);
        data->alerts = row_bool(&row);
        data->contact = row_bool(&row);
        for (data->n_crops = 0; data->n_crops < OWN_CROPS_MAX; data->n_crops++) {
            const char *code = row_text(&row, lookups->arena);
            if (!*code)
                break;
            data->crops[data->n_crops] = code;
        }
    }
}

void own_data_find(struct db *db, struct lookups *lookups)
{
    struct arena *arena = db_scratch(db);
    struct array n = array_begin(arena), msisdn = array_begin(arena);
    size_t wanted = 0;
    for (size_t i = 0; i < lookups->n; i++) {
        if (!lookups->rows[i].own_data)
            continue;
        array_i64(&n, (int64_t)i);
        array_text(&msisdn, lookups->mos[lookups->rows[i].mo].msisdn);
        wanted++;
    }
    if (wanted)
        PIPE(db, Q_OWN_DATA, read_own_data, lookups, array_end(&n), array_end(&msisdn));
}
