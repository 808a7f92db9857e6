/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/link/again.h"

#include <pthread.h>
#include <stdlib.h>

#include "smsd/link/text_hash.h"

struct letter {
    struct envelope envelope;
    struct again *again;
    int64_t id;
    char *words; /* the strings of the envelope */
};

struct again {
    struct inbox *inbox;
    pthread_mutex_t lock;
    size_t under_way;                 /* guarded by the lock, as all below */
    struct again_end ends[AGAIN_MAX]; /* of those that were answered */
    size_t n_ends;
};

struct again *again_new(struct inbox *inbox)
{
    struct again *again = calloc(1, sizeof *again);
    if (!again)
        abort();
    again->inbox = inbox;
    pthread_mutex_init(&again->lock, NULL);
    return again;
}

void again_free(struct again **again_p)
{
    pthread_mutex_destroy(&(*again_p)->lock);
    free(*again_p);
    *again_p = NULL;
}

static void drop(struct letter *letter)
{
    free(letter->words);
    free(letter);
}

/* On a worker's thread. What comes later comes by its lease. */
static void done(struct envelope *envelope, const struct answer *answer)
{
    struct letter *letter = envelope->link;
    struct again *again = letter->again;
    pthread_mutex_lock(&again->lock);
    if (answer->kind != ANSWER_LATER)
        again->ends[again->n_ends++] = (struct again_end){letter->id, answer->outbox_id, answer->created_us};
    again->under_way--;
    pthread_mutex_unlock(&again->lock);
    drop(letter);
}

/* The strings, one behind the other, outlive the arena of the job. */
static const char *keep(char **at, const char *text)
{
    char *copy = *at;
    size_t n = strlen(text) + 1;
    memcpy(copy, text, n);
    *at += n;
    return copy;
}

static struct letter *letter_new(struct again *again, struct arena *arena, const struct again_letter *row,
                                 int64_t now_us)
{
    size_t size = strlen(row->kannel_id) + strlen(row->msisdn) + strlen(row->short_code) + strlen(row->text) + 4;
    struct letter *letter = calloc(1, sizeof *letter);
    char *at = malloc(size);
    if (!letter || !at)
        abort();
    letter->again = again;
    letter->id = row->id;
    letter->words = at;
    letter->envelope = (struct envelope){.kind = ENVELOPE_MO, .done = done, .link = letter};
    letter->envelope.mo = (struct mo){.kannel_id = keep(&at, row->kannel_id),
                                      .msisdn = keep(&at, row->msisdn),
                                      .short_code = keep(&at, row->short_code),
                                      .text = keep(&at, row->text),
                                      .channel = row->channel,
                                      .received_us = now_us,
                                      .sign = USSD_ANSWERS, /* of a session that is long over */
                                      .gateway = "",
                                      .session = "",
                                      .text_hash = text_hash(arena, row->text, row->channel)};
    return letter;
}

/* One that finds the inbox full comes again by its lease. */
static void put(struct again *again, struct letter *letter)
{
    pthread_mutex_lock(&again->lock);
    again->under_way++;
    pthread_mutex_unlock(&again->lock);
    if (inbox_put(again->inbox, &letter->envelope))
        return;
    pthread_mutex_lock(&again->lock);
    again->under_way--;
    pthread_mutex_unlock(&again->lock);
    drop(letter);
}

static enum db_status take(struct again *again, struct db *db, struct arena *arena, int64_t now_us)
{
    struct again_letter *rows;
    size_t n;
    enum db_status status = again_take(db, arena, &rows, &n);
    for (size_t i = 0; i < n; i++)
        put(again, letter_new(again, arena, &rows[i], now_us));
    return status;
}

enum db_status again_serve(struct again *again, struct db *db, struct arena *arena, int64_t now_us)
{
    struct again_end ends[AGAIN_MAX];
    pthread_mutex_lock(&again->lock);
    size_t n = again->n_ends, under_way = again->under_way;
    memcpy(ends, again->ends, n * sizeof *ends);
    pthread_mutex_unlock(&again->lock);
    if (under_way)
        return DB_OK;
    enum db_status status = n ? again_end(db, ends, n) : DB_OK;
    if (status != DB_OK)
        return status;
    again->n_ends = 0; /* nobody else is there to add one */
    return take(again, db, arena, now_us);
}
