/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/link/box_pending.h"

#include <stdlib.h>
#include <string.h>

#define UUID_OCTETS 16
#define BUCKETS 1024 /* about as many as are ever on their way */

struct entry {
    unsigned char uuid[UUID_OCTETS];
    struct box_mt mt;
    int64_t deadline_us;
    struct entry *in_bucket;      /* the next of the same bucket */
    struct entry *before, *after; /* by deadline */
};

struct box_pending {
    struct entry *buckets[BUCKETS];
    struct entry *first, *last;
    size_t n;
};

/* The ids are random, so any of their bits will do. */
static struct entry **bucket_of(struct box_pending *pending, const unsigned char *uuid)
{
    return &pending->buckets[(uuid[0] << 8 | uuid[1]) % BUCKETS];
}

static struct entry **find(struct box_pending *pending, const unsigned char *uuid)
{
    struct entry **at = bucket_of(pending, uuid);
    while (*at && memcmp((*at)->uuid, uuid, UUID_OCTETS) != 0)
        at = &(*at)->in_bucket;
    return at;
}

struct box_pending *box_pending_new(void)
{
    struct box_pending *pending = calloc(1, sizeof *pending);
    if (!pending)
        abort();
    return pending;
}

void box_pending_free(struct box_pending **pending)
{
    struct box_mt mt;
    while (*pending && box_pending_expire(*pending, INT64_MAX, &mt))
        ;
    free(*pending);
    *pending = NULL;
}

size_t box_pending_count(const struct box_pending *pending)
{
    return pending->n;
}

void box_pending_add(struct box_pending *pending, const unsigned char *uuid, const struct box_mt *mt,
                     int64_t deadline_us)
{
    struct entry *entry = malloc(sizeof *entry);
    struct entry **bucket = bucket_of(pending, uuid);
    if (!entry)
        abort();
    *entry = (struct entry){.mt = *mt, .deadline_us = deadline_us, .in_bucket = *bucket, .before = pending->last};
    memcpy(entry->uuid, uuid, UUID_OCTETS);
    *bucket = entry;
    *(pending->last ? &pending->last->after : &pending->first) = entry;
    pending->last = entry;
    pending->n++;
}

static void take_out(struct box_pending *pending, struct entry **in_bucket, struct box_mt *mt_r)
{
    struct entry *entry = *in_bucket;
    *in_bucket = entry->in_bucket;
    *(entry->before ? &entry->before->after : &pending->first) = entry->after;
    *(entry->after ? &entry->after->before : &pending->last) = entry->before;
    pending->n--;
    *mt_r = entry->mt;
    free(entry);
}

bool box_pending_take(struct box_pending *pending, const unsigned char *uuid, struct box_mt *mt_r)
{
    struct entry **entry = find(pending, uuid);
    if (!*entry)
        return false;
    take_out(pending, entry, mt_r);
    return true;
}

bool box_pending_expire(struct box_pending *pending, int64_t now_us, struct box_mt *mt_r)
{
    if (!pending->first || pending->first->deadline_us > now_us)
        return false;
    take_out(pending, find(pending, pending->first->uuid), mt_r);
    return true;
}

int64_t box_pending_deadline(const struct box_pending *pending)
{
    return pending->first ? pending->first->deadline_us : INT64_MAX;
}
