/* SPDX-License-Identifier: Apache-2.0 */
#include "db/answer_cache.h"

#include <malloc.h>
#include <pthread.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#define GROUP_TEXTS 7

/* What the tree of tsearch holds. One block of memory for the groups or the lots, then all strings. */
struct kept {
    const char *key;
    const char *near;
    enum price_match match;
    size_t n_groups, n_lots;
    size_t lots_size; /* of the lots with their strings, the key not among them */
    union {
        struct price_group groups[0];
        struct lot lots[0];
    };
};

/* The answers of a kind. */
struct shelf {
    char version[ANSWER_VERSION_MAX];
    void *tree;
    size_t bytes; /* that its answers take, without the tree */
};

struct answer_cache {
    pthread_mutex_t lock;
    struct shelf shelves[KEPT_KINDS];
};

static int compare(const void *a, const void *b)
{
    return strcmp(((const struct kept *)a)->key, ((const struct kept *)b)->key);
}

static void forget(struct shelf *shelf)
{
    tdestroy(shelf->tree, free);
    shelf->tree = NULL;
    shelf->bytes = 0;
}

struct answer_cache *answer_cache_new(void)
{
    struct answer_cache *cache = calloc(1, sizeof *cache);
    if (cache)
        pthread_mutex_init(&cache->lock, NULL);
    return cache;
}

void answer_cache_free(struct answer_cache **cache)
{
    if (*cache) {
        for (size_t i = 0; i < KEPT_KINDS; i++)
            forget(&(*cache)->shelves[i]);
        pthread_mutex_destroy(&(*cache)->lock);
    }
    free(*cache);
    *cache = NULL;
}

/* The strings of a group, one by one. */
static const char **text_of(struct price_group *group, size_t i)
{
    const char **const texts[GROUP_TEXTS] = {&group->commodity, &group->place, &group->unit, &group->basis,
                                             &group->size,      &group->grade, &group->state};
    return texts[i];
}

#define LOT_TEXTS (sizeof(((struct lot *)0)->texts) / sizeof(const char *))

/* A block of its own for the lots; NULL without memory. */
static struct kept *keep_lots(const char *key, const struct found *found)
{
    size_t size = found->n_lots * sizeof(struct lot);
    for (size_t l = 0; l < found->n_lots; l++)
        for (size_t i = 0; i < LOT_TEXTS; i++)
            size += strlen(found->lots[l].texts[i]) + 1;
    struct kept *kept = malloc(sizeof *kept + size + strlen(key) + 1);
    if (!kept)
        return NULL;
    *kept = (struct kept){.n_lots = found->n_lots, .lots_size = size};
    char *at = (char *)&kept->lots[found->n_lots];
    for (size_t l = 0; l < found->n_lots; l++) {
        kept->lots[l] = found->lots[l];
        for (size_t i = 0; i < LOT_TEXTS; i++) {
            kept->lots[l].texts[i] = at;
            at = stpcpy(at, found->lots[l].texts[i]) + 1;
        }
    }
    kept->key = at;
    strcpy(at, key);
    return kept;
}

/* A block of its own for the prices; NULL without memory. */
static struct kept *keep_prices(const char *key, const struct found *found)
{
    struct price_group groups[PRICE_GROUPS_MAX];
    size_t room = strlen(key) + 1;
    memcpy(groups, found->groups, sizeof groups);
    for (size_t g = 0; g < found->n_groups; g++)
        for (size_t i = 0; i < GROUP_TEXTS; i++)
            room += strlen(*text_of(&groups[g], i)) + 1;
    struct kept *kept = malloc(sizeof *kept + found->n_groups * sizeof *groups + room);
    if (!kept)
        return NULL;
    char *at = (char *)&kept->groups[found->n_groups];
    *kept = (struct kept){.match = found->match, .n_groups = found->n_groups};
    kept->key = at;
    at = stpcpy(at, key) + 1;
    for (size_t g = 0; g < found->n_groups; g++) {
        kept->groups[g] = groups[g];
        for (size_t i = 0; i < GROUP_TEXTS; i++) {
            const char **text = text_of(&kept->groups[g], i);
            const char *from = *text;
            *text = at;
            at = stpcpy(at, from) + 1;
        }
    }
    return kept;
}

static void give_prices(const struct kept *kept, struct arena *arena, struct found *found_r)
{
    found_r->match = kept->match;
    found_r->n_groups = kept->n_groups;
    for (size_t g = 0; g < kept->n_groups; g++) {
        found_r->groups[g] = kept->groups[g];
        for (size_t i = 0; i < GROUP_TEXTS; i++) {
            const char **text = text_of(&found_r->groups[g], i);
            *text = arena_copy(arena, slice_of(*text));
        }
    }
}

/* In one piece, as every second text takes them; then each string is as far from where it was as the whole is. */
static void give_lots(const struct kept *kept, struct arena *arena, struct found *found_r)
{
    struct lot *lots = memcpy(arena_alloc(arena, kept->lots_size), kept->lots, kept->lots_size);
    for (size_t l = 0; l < kept->n_lots; l++)
        for (size_t i = 0; i < LOT_TEXTS; i++)
            lots[l].texts[i] = (const char *)lots + (lots[l].texts[i] - (const char *)kept->lots);
    found_r->n_lots = kept->n_lots;
    found_r->lots = lots;
}

/* A block of its own for the district; NULL without memory. */
static struct kept *keep_near(const char *key, const struct found *found)
{
    size_t key_size = strlen(key) + 1;
    struct kept *kept = malloc(sizeof *kept + key_size + strlen(found->near) + 1);
    if (!kept)
        return NULL;
    char *at = (char *)(kept + 1);
    *kept = (struct kept){.key = at, .near = at + key_size};
    memcpy(at, key, key_size);
    strcpy(at + key_size, found->near);
    return kept;
}

static void give_near(const struct kept *kept, struct arena *arena, struct found *found_r)
{
    found_r->near = arena_copy(arena, slice_of(kept->near));
}

static const struct kind {
    struct kept *(*keep)(const char *key, const struct found *found);
    void (*give)(const struct kept *kept, struct arena *arena, struct found *found_r);
    size_t most_bytes;
} kinds[KEPT_KINDS] = {[KEPT_PRICES] = {keep_prices, give_prices, ANSWER_CACHE_PRICES_BYTES},
                       [KEPT_NEAR] = {keep_near, give_near, ANSWER_CACHE_NEAR_BYTES},
                       [KEPT_LOTS] = {keep_lots, give_lots, ANSWER_CACHE_LOTS_BYTES}};

/* What is kept is of this version from here on. */
static void hold_to(struct shelf *shelf, const char *version)
{
    if (strcmp(shelf->version, version) == 0)
        return;
    forget(shelf);
    stpncpy(shelf->version, version, ANSWER_VERSION_MAX - 1);
}

bool answer_cache_get(struct answer_cache *cache, enum answer_kind_kept kind, const char *version, const char *key,
                      struct arena *arena, struct found *found_r)
{
    const struct kept wanted = {.key = key};
    struct shelf *shelf = &cache->shelves[kind];
    pthread_mutex_lock(&cache->lock);
    hold_to(shelf, version);
    struct kept *const *node = tfind(&wanted, &shelf->tree, compare);
    if (node)
        kinds[kind].give(*node, arena, found_r);
    pthread_mutex_unlock(&cache->lock);
    return node != NULL;
}

void answer_cache_put(struct answer_cache *cache, enum answer_kind_kept kind, const char *version, const char *key,
                      const struct found *found)
{
    struct kept *kept = kinds[kind].keep(key, found);
    struct shelf *shelf = &cache->shelves[kind];
    if (!kept)
        return;
    pthread_mutex_lock(&cache->lock);
    hold_to(shelf, version);
    const size_t bytes = malloc_usable_size(kept);
    if (shelf->bytes + bytes > kinds[kind].most_bytes && !tfind(kept, &shelf->tree, compare))
        forget(shelf);
    struct kept *const *node = tsearch(kept, &shelf->tree, compare);
    bool taken = node && *node == kept;
    shelf->bytes += taken ? bytes : 0;
    pthread_mutex_unlock(&cache->lock);
    if (!taken)
        free(kept);
}
