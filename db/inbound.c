/* SPDX-License-Identifier: Apache-2.0 */
#include "db/inbound.h"

#include "db/array.h"

static const char *channel_name(enum channel channel)
{
    static const char *const names[] = {[CHANNEL_SMS] = "sms", [CHANNEL_USSD] = "ussd"};
    return names[channel];
}

static void read_seen(const PGresult *result, void *context)
{
    struct meeting *meeting = context;
    meeting->seen = (size_t)PQntuples(result);
    for (int i = 0; i < PQntuples(result); i++) {
        struct pg_row row = pg_row(result, i);
        struct sender *sender = &meeting->senders[row_i64(&row) - 1];
        sender->seen = true;
        sender->seen_answer = "";
        sender->seen_answer_id = row_i64(&row);
        sender->seen_created_us = row_i64(&row);
    }
}

void inbound_seen_read(struct db *db, struct meeting *meeting, const char *numbers)
{
    PIPE(db, Q_INBOUND_SEEN_READ, read_seen, meeting, numbers,
         FIELD_TEXT(db_scratch(db), meeting->mos, meeting->n, kannel_id));
}

static void read_answers(const PGresult *result, void *context)
{
    struct meeting *meeting = context;
    for (int i = 0; i < PQntuples(result); i++) {
        struct pg_row row = pg_row(result, i);
        struct sender *sender = &meeting->senders[row_i64(&row)];
        sender->seen_answer = row_text(&row, meeting->arena);
    }
}

void inbound_seen_answers(struct db *db, struct meeting *meeting)
{
    struct arena *arena = db_scratch(db);
    struct array n = array_begin(arena), id = array_begin(arena), created = array_begin(arena);
    for (size_t i = 0; i < meeting->n; i++) {
        if (!meeting->senders[i].seen_answer_id)
            continue;
        array_i64(&n, (int64_t)i);
        array_i64(&id, meeting->senders[i].seen_answer_id);
        array_i64(&created, meeting->senders[i].seen_created_us);
    }
    if (meeting->seen)
        PIPE(db, Q_INBOUND_SEEN_ANSWERS, read_answers, meeting, array_end(&n), array_end(&id), array_end(&created));
}

/* The columns that inbound rows and dead letters take from their texts. */
struct text_columns {
    const char *received, *kannel_id, *msisdn, *short_code, *channel, *text;
};

static struct text_columns text_columns(struct arena *arena, const struct mo *texts, size_t n)
{
    struct array channel = array_begin(arena);
    for (size_t i = 0; i < n; i++)
        array_text(&channel, channel_name(texts[i].channel));
    return (struct text_columns){
        .received = FIELD_I64(arena, texts, n, received_us),
        .kannel_id = FIELD_TEXT(arena, texts, n, kannel_id),
        .msisdn = FIELD_TEXT(arena, texts, n, msisdn),
        .short_code = FIELD_TEXT(arena, texts, n, short_code),
        .channel = array_end(&channel),
        .text = FIELD_TEXT(arena, texts, n, text),
    };
}

/* The texts of `rows`, in their order. */
#define TEXTS_OF(arena, mos, rows, n)                               \
    ({                                                              \
        struct mo *texts_ = arena_calloc(arena, n, sizeof *texts_); \
        for (size_t i_ = 0; i_ < (n); i_++)                         \
            texts_[i_] = (mos)[(rows)[i_].mo];                      \
        texts_;                                                     \
    })

void inbound_add(struct db *db, const struct mo *mos, const struct inbound_row *rows, size_t n, const char *now)
{
    struct arena *arena = db_scratch(db);
    struct text_columns text = text_columns(arena, TEXTS_OF(arena, mos, rows, n), n);
    const char *answer_id = FIELD_ID(arena, rows, n, answer_id);
    PIPE(db, Q_INBOUND_ADD, NULL, NULL, FIELD_I64(arena, rows, n, id), text.received, text.kannel_id,
         FIELD_ID(arena, rows, n, person_id), text.short_code, text.channel, text.text,
         FIELD_TEXT(arena, rows, n, intent), FIELD_TEXT(arena, rows, n, outcome), answer_id, now);
    PIPE(db, Q_INBOUND_SEEN_ADD, NULL, NULL, text.msisdn, text.kannel_id, answer_id, now);
}

void dead_add(struct db *db, const struct mo *mos, const struct dead_row *rows, size_t n, const char *now)
{
    struct arena *arena = db_scratch(db);
    struct text_columns text = text_columns(arena, TEXTS_OF(arena, mos, rows, n), n);
    PIPE(db, Q_DEAD_ADD, NULL, NULL, text.received, text.kannel_id, text.msisdn, FIELD_ID(arena, rows, n, person_id),
         text.short_code, text.channel, text.text, FIELD_TEXT(arena, rows, n, reason), now);
}
