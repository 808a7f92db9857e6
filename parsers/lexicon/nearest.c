/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/lexicon/nearest.h"

#include <string.h>

#define LETTERS_MIN 3  /* of a phrase worth finding */
#define WEIGHED_MAX 96 /* phrases compared for one text: what bounds its time */
#define SHORT_BONES 3  /* letters of a skeleton from which none is left out */

struct entry {
    struct slice text;
    const struct sense *senses;
};

/* An entry under the hash of its skeleton, whole or with a letter left out. */
struct key {
    uint32_t hash, entry;
};

struct nearest {
    struct slips *slips;
    struct entry *entries;
    size_t n_entries;
    struct key *keys; /* those of bucket b are keys[first[b]] to keys[first[b + 1]] */
    uint32_t *first;
    uint32_t buckets; /* a power of two */
};

/* FNV-1a of the letters but the one at `without`. */
static uint32_t hash_without(const char *letters, size_t n, size_t without)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < n; i++)
        if (i != without)
            h = (h ^ (unsigned char)letters[i]) * 16777619u;
    return h ^ (h >> 15);
}

/* The hashes a text is kept and sought under: at most SLIP_TEXT_MAX + 1, that of the whole skeleton last. */
static size_t hashes_of(struct slice text, enum slip_sort sort, uint32_t hashes[SLIP_TEXT_MAX + 1])
{
    char letters[SLIP_TEXT_MAX];
    size_t n = slip_skeleton(text, letters), leave_out = n > SHORT_BONES && sort == SLIPS_ALL ? n : 0;
    for (size_t without = 0; without < leave_out; without++)
        hashes[without] = hash_without(letters, n, without);
    hashes[leave_out] = hash_without(letters, n, n);
    return leave_out + 1;
}

/* ---- making it ---- */

struct making {
    struct nearest *near;
    struct arena *arena;
    size_t room; /* entries */
};

static bool is_kept(struct slice text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.at[i] != ' ' && (text.at[i] < 'a' || text.at[i] > 'z'))
            return false;
    return text.n >= LETTERS_MIN && text.n <= SLIP_TEXT_MAX;
}

static void count_phrase(void *context, const char *phrase, const struct sense *senses)
{
    struct making *making = context;
    (void)senses;
    making->room += is_kept(slice_of(phrase));
}

static void keep_phrase(void *context, const char *phrase, const struct sense *senses)
{
    struct making *making = context;
    struct slice text = slice_of(phrase);
    if (is_kept(text))
        making->near->entries[making->near->n_entries++] =
            (struct entry){{arena_copy(making->arena, text), text.n}, senses};
}

static void keep_all(struct nearest *near, struct arena *arena, struct arena *scratch, const struct phrases *phrases)
{
    struct making making = {.near = near, .arena = arena};
    phrases_each(phrases, scratch, NULL, count_phrase, &making);
    near->entries = arena_calloc(arena, making.room, sizeof *near->entries);
    phrases_each(phrases, scratch, NULL, keep_phrase, &making);
}

/* Counts the keys of each bucket into first[b + 1], then makes them where each bucket begins. */
static size_t count_keys(struct nearest *near)
{
    uint32_t hashes[SLIP_TEXT_MAX + 1];
    for (size_t e = 0; e < near->n_entries; e++)
        for (size_t i = hashes_of(near->entries[e].text, SLIPS_ALL, hashes); i-- > 0;)
            near->first[(hashes[i] & (near->buckets - 1)) + 1]++;
    for (size_t b = 0; b < near->buckets; b++)
        near->first[b + 1] += near->first[b];
    return near->first[near->buckets];
}

static void put_keys(struct nearest *near, struct arena *arena)
{
    uint32_t hashes[SLIP_TEXT_MAX + 1];
    uint32_t *put = arena_calloc(arena, near->buckets, sizeof *put);
    for (size_t e = 0; e < near->n_entries; e++)
        for (size_t i = hashes_of(near->entries[e].text, SLIPS_ALL, hashes); i-- > 0;) {
            uint32_t bucket = hashes[i] & (near->buckets - 1);
            near->keys[near->first[bucket] + put[bucket]++] = (struct key){hashes[i], (uint32_t)e};
        }
}

struct nearest *nearest_new(struct arena *arena, struct arena *scratch, const struct phrases *phrases)
{
    struct nearest *near = arena_alloc(arena, sizeof *near);
    near->slips = slips_new(arena);
    keep_all(near, arena, scratch, phrases);
    near->buckets = 1024;
    while (near->buckets < near->n_entries * 8) /* a phrase has about as many keys */
        near->buckets *= 2;
    near->first = arena_calloc(arena, near->buckets + 1, sizeof *near->first);
    near->keys = arena_calloc(arena, count_keys(near), sizeof *near->keys);
    put_keys(near, arena);
    return near;
}

/* ---- finding ---- */

/* The old district, its town and the new commune of one name are one meaning, as are words of one effect. */
static bool same_sense(const struct sense *a, const struct sense *b)
{
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case SENSE_COMMODITY:
        return a->commodity == b->commodity;
    case SENSE_UNIT:
        return a->unit == b->unit;
    case SENSE_PLACE:
        return a->place == b->place || strcmp(a->place->name[LANG_VI], b->place->name[LANG_VI]) == 0;
    case SENSE_KEYWORD:
        break;
    }
    return a->keyword->kind == b->keyword->kind && strcmp(a->keyword->meaning, b->keyword->meaning) == 0;
}

static bool holds(const struct sense *list, const struct sense *sense)
{
    while (list && !same_sense(list, sense))
        list = list->next;
    return list != NULL;
}

/* Has `of` all the senses of `part`? Then part is no other meaning, only a narrower one. */
static bool means_all(const struct sense *of, const struct sense *part)
{
    while (part && holds(of, part))
        part = part->next;
    return part == NULL;
}

struct weighed {
    const struct entry *entry;
    unsigned cost;
};

/* Phrases under comparison. */
struct search {
    struct weighed weighed[WEIGHED_MAX];
    size_t n;
    bool crowded;   /* more than can be compared */
    unsigned limit; /* what is farther does not matter */
};

static bool is_new(const struct search *search, const struct entry *entry)
{
    for (size_t i = 0; i < search->n; i++)
        if (search->weighed[i].entry == entry)
            return false;
    return true;
}

static bool apart(struct slice a, struct slice b)
{
    return a.n > b.n + SLIP_SHIFT_MAX || b.n > a.n + SLIP_SHIFT_MAX;
}

static void weigh(const struct nearest *nearest, struct slice written, const struct entry *entry, struct search *search)
{
    unsigned cost = slip_distance(nearest->slips, written, entry->text, SLIPS_ALL, search->limit);
    search->weighed[search->n++] = (struct weighed){entry, cost};
    if (cost + NEAREST_MARGIN < search->limit)
        search->limit = cost + NEAREST_MARGIN;
}

/* Weighs what is kept under a hash. */
static void search_key(const struct nearest *nearest, struct slice written, uint32_t hash, struct search *search)
{
    uint32_t bucket = hash & (nearest->buckets - 1);
    for (uint32_t k = nearest->first[bucket]; k < nearest->first[bucket + 1] && !search->crowded; k++) {
        const struct entry *entry = &nearest->entries[nearest->keys[k].entry];
        if (nearest->keys[k].hash != hash || apart(entry->text, written) || !is_new(search, entry))
            continue;
        search->crowded = search->n == WEIGHED_MAX;
        if (!search->crowded)
            weigh(nearest, written, entry, search);
    }
}

/* Of two as near the one added first: a row's name stands before its aliases, some of which are misspelt. */
static bool is_better(const struct weighed *a, const struct weighed *b)
{
    return a->cost != b->cost ? a->cost < b->cost : a->entry < b->entry;
}

static bool halves_a_sound(char c)
{
    return c == 'g' || c == 'h' || c == 'n' || c == 'r';
}

/* Two letters in the wrong order make another skeleton altogether when one of them is half of a sound: thnah. */
static void search_swapped(const struct nearest *nearest, struct slice written, struct search *search)
{
    uint32_t hash[SLIP_TEXT_MAX + 1];
    char swapped[SLIP_TEXT_MAX];
    memcpy(swapped, written.at, written.n);
    for (size_t i = 1; i < written.n; i++) {
        if (!halves_a_sound(written.at[i]) && !halves_a_sound(written.at[i - 1]))
            continue;
        swapped[i - 1] = written.at[i];
        swapped[i] = written.at[i - 1];
        hashes_of((struct slice){swapped, written.n}, SLIPS_OF_EAR, hash);
        search_key(nearest, written, hash[0], search);
        swapped[i - 1] = written.at[i - 1];
        swapped[i] = written.at[i];
    }
}

struct near nearest_find(const struct nearest *nearest, struct slice written, enum slip_sort sort, unsigned most)
{
    struct search search = {.limit = most + NEAREST_MARGIN};
    struct near near = {.cost = SLIP_FAR, .rival = SLIP_FAR};
    uint32_t hashes[SLIP_TEXT_MAX + 1];
    for (size_t i = written.n > SLIP_TEXT_MAX ? 0 : hashes_of(written, sort, hashes); i-- > 0;)
        search_key(nearest, written, hashes[i], &search);
    if (sort == SLIPS_ALL && written.n <= SLIP_TEXT_MAX)
        search_swapped(nearest, written, &search);
    const struct weighed *best = NULL;
    for (size_t i = 0; i < search.n; i++)
        if (search.weighed[i].cost < SLIP_FAR && (!best || is_better(&search.weighed[i], best)))
            best = &search.weighed[i];
    near.weighed = search.n;
    if (!best)
        return near;
    for (size_t i = 0; i < search.n; i++)
        if (search.weighed[i].cost < near.rival && !means_all(best->entry->senses, search.weighed[i].entry->senses))
            near.rival = search.weighed[i].cost;
    near.text = best->entry->text;
    near.senses = best->entry->senses;
    near.cost = best->cost;
    near.by_ear = slip_distance(nearest->slips, written, near.text, SLIPS_OF_EAR, near.cost) == near.cost;
    if (search.crowded) /* then nothing is clearly nearest */
        near.rival = near.cost;
    return near;
}
