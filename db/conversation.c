/* SPDX-License-Identifier: Apache-2.0 */
#include "db/conversation.h"

#include "db/array.h"

void conversations_put(struct db *db, const struct conversation_row *rows, size_t n, const char *now)
{
    struct arena *arena = db_scratch(db);
    struct array hash = array_begin(arena);
    for (size_t i = 0; i < n; i++)
        array_i64(&hash, (int64_t)rows[i].last_hash); /* the same 64 bits; SQL has no unsigned */
    PIPE(db, Q_CONVERSATIONS_PUT, NULL, NULL, FIELD_I64(arena, rows, n, person_id),
         FIELD_TEXT(arena, rows, n, question), FIELD_I64(arena, rows, n, question_us),
         FIELD_I64(arena, rows, n, failures), array_end(&hash), FIELD_BOOL(arena, rows, n, last_repeatable),
         FIELD_TEXT(arena, rows, n, last_answer), FIELD_I64(arena, rows, n, hour_us),
         FIELD_I64(arena, rows, n, hour_replies), FIELD_I64(arena, rows, n, hour_same), now);
}
