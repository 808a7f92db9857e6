/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/inbox/inbox.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum lane { LANE_USSD, LANE_SMS, LANES };

/* How far past a person who is already in the batch the search for others goes. */
#define LOOK_AHEAD 512

struct queue {
    struct envelope *first, **end;
};

struct shard {
    pthread_mutex_t lock;
    pthread_cond_t filled;
    struct queue lanes[LANES];
    size_t waiting;
    bool closed;
};

struct inbox {
    size_t n_shards, limit;
    struct shard shards[];
};

struct inbox *inbox_new(size_t shards, size_t limit)
{
    struct inbox *inbox = calloc(1, sizeof *inbox + shards * sizeof inbox->shards[0]);
    if (!inbox)
        abort();
    inbox->n_shards = shards;
    inbox->limit = limit;
    for (size_t i = 0; i < shards; i++) {
        struct shard *shard = &inbox->shards[i];
        pthread_mutex_init(&shard->lock, NULL);
        pthread_cond_init(&shard->filled, NULL);
        for (int lane = 0; lane < LANES; lane++)
            shard->lanes[lane].end = &shard->lanes[lane].first;
    }
    return inbox;
}

void inbox_free(struct inbox **inbox)
{
    if (!*inbox)
        return;
    for (size_t i = 0; i < (*inbox)->n_shards; i++) {
        pthread_mutex_destroy(&(*inbox)->shards[i].lock);
        pthread_cond_destroy(&(*inbox)->shards[i].filled);
    }
    free(*inbox);
    *inbox = NULL;
}

/* FNV-1a, 64 bit (Fowler, Noll, Vo), folded: spreads neighbouring numbers over the shards. */
static uint64_t hash_bytes(const char *at, size_t n)
{
    uint64_t hash = 14695981039346656037ULL;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ (unsigned char)at[i]) * 1099511628211ULL;
    return hash ^ hash >> 32;
}

static struct shard *shard_of(struct inbox *inbox, const struct envelope *e)
{
    uint64_t hash = e->kind == ENVELOPE_MO ? hash_bytes(e->mo.msisdn, strlen(e->mo.msisdn)) : (uint64_t)e->dlr.id;
    return &inbox->shards[hash % inbox->n_shards];
}

static enum lane lane_of(const struct envelope *e)
{
    return e->kind == ENVELOPE_MO && e->mo.channel == CHANNEL_USSD ? LANE_USSD : LANE_SMS;
}

/* Keypresses have room of their own behind a backlog of texts: a person waits before the screen. */
static size_t room_of(const struct inbox *inbox, enum lane lane)
{
    return lane == LANE_USSD ? inbox->limit + inbox->limit / 8 + 1 : inbox->limit;
}

bool inbox_put(struct inbox *inbox, struct envelope *envelope)
{
    struct shard *shard = shard_of(inbox, envelope);
    const enum lane lane = lane_of(envelope);
    struct queue *queue = &shard->lanes[lane];
    pthread_mutex_lock(&shard->lock);
    bool room = !shard->closed && shard->waiting < room_of(inbox, lane);
    if (room) {
        envelope->next = NULL;
        *queue->end = envelope;
        queue->end = &envelope->next;
        shard->waiting++;
        pthread_cond_signal(&shard->filled);
    }
    pthread_mutex_unlock(&shard->lock);
    return room;
}

/* Does the batch already hold a text of the same person? */
static bool person_taken(struct envelope *const *taken, size_t n, const struct envelope *e)
{
    if (e->kind != ENVELOPE_MO)
        return false;
    for (size_t i = 0; i < n; i++)
        if (taken[i]->kind == ENVELOPE_MO && strcmp(taken[i]->mo.msisdn, e->mo.msisdn) == 0)
            return true;
    return false;
}

static struct envelope *unlink_at(struct queue *queue, struct envelope **at)
{
    struct envelope *e = *at;
    *at = e->next;
    if (!*at)
        queue->end = at;
    e->next = NULL;
    return e;
}

static size_t take_from(struct queue *queue, struct envelope **taken, size_t n, size_t max)
{
    struct envelope **at = &queue->first;
    for (size_t seen = 0; *at && n < max && seen < LOOK_AHEAD; seen++) {
        if (person_taken(taken, n, *at))
            at = &(*at)->next;
        else
            taken[n++] = unlink_at(queue, at);
    }
    return n;
}

size_t inbox_take(struct inbox *inbox, size_t shard_index, struct envelope **taken_r, size_t max)
{
    struct shard *shard = &inbox->shards[shard_index];
    size_t n = 0;
    pthread_mutex_lock(&shard->lock);
    while (shard->waiting == 0 && !shard->closed)
        pthread_cond_wait(&shard->filled, &shard->lock);
    for (int lane = 0; lane < LANES; lane++)
        n = take_from(&shard->lanes[lane], taken_r, n, max);
    shard->waiting -= n;
    pthread_mutex_unlock(&shard->lock);
    return n;
}

void inbox_close(struct inbox *inbox)
{
    for (size_t i = 0; i < inbox->n_shards; i++) {
        pthread_mutex_lock(&inbox->shards[i].lock);
        inbox->shards[i].closed = true;
        pthread_cond_broadcast(&inbox->shards[i].filled);
        pthread_mutex_unlock(&inbox->shards[i].lock);
    }
}

size_t inbox_waiting(struct inbox *inbox)
{
    size_t waiting = 0;
    for (size_t i = 0; i < inbox->n_shards; i++) {
        pthread_mutex_lock(&inbox->shards[i].lock);
        waiting += inbox->shards[i].waiting;
        pthread_mutex_unlock(&inbox->shards[i].lock);
    }
    return waiting;
}
