/* SPDX-License-Identifier: Apache-2.0
 *
 * What holds of every reading, whatever the text: for the fuzzers and for the tests of odd texts.
 */
#ifndef TESTS_UNIT_PARSERS_READ_SOUND_H
#define TESTS_UNIT_PARSERS_READ_SOUND_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "parsers/read/reading.h"

#define SOUND_PRICE_MAX INT64_C(1000000000000000) /* đồng; more is an overflow */
#define SOUND_MILLI_MAX (INT64_MAX / 2)
#define SOUND_FIRST_DAY -25567             /* 1900-01-01, as far as day_valid goes */
#define SOUND_LAST_DAY 120529              /* 2299-12-31 */
#define SOUND_ARENA(n) (32768 + 512 * (n)) /* bytes for a text of so many; bench-read prints what it takes */
#define SOUND_US(n) (100000 + 50 * (n))    /* of the processor, under sanitizers or valgrind; bench-read is strict */

/* The first promise that is broken, with its line; NULL when all hold. */
#define SOUND_TEXT(x) #x
#define SOUND_LINE(x) SOUND_TEXT(x)
#define SOUND(condition)                                         \
    do {                                                         \
        if (!(condition))                                        \
            return "line " SOUND_LINE(__LINE__) ": " #condition; \
    } while (0)

static inline const char *item_unsound(const struct lexicon *l, const struct read_item *item)
{
    SOUND(!item->commodity || lexicon_commodity(l, item->commodity->code) == item->commodity);
    SOUND(!item->unit || lexicon_unit(l, item->unit->code) == item->unit);
    SOUND(!item->price_unit || lexicon_unit(l, item->price_unit->code) == item->price_unit);
    SOUND(!item->place || lexicon_place(l, item->place->code) == item->place);
    SOUND(!item->has_quantity || (item->quantity_milli >= 0 && item->quantity_milli <= SOUND_MILLI_MAX));
    SOUND(item->price_low >= 0 && item->price_low <= SOUND_PRICE_MAX);
    SOUND(item->price_high >= 0 && item->price_high <= SOUND_PRICE_MAX);
    SOUND(!item->price_low || !item->price_high || item->price_low <= item->price_high);
    SOUND(item->ready == DAY_NONE || (item->ready >= SOUND_FIRST_DAY && item->ready <= SOUND_LAST_DAY));
    SOUND(memchr(item->size, 0, READ_SIZE_MAX) && memchr(item->grade, 0, READ_SIZE_MAX) &&
          memchr(item->state, 0, READ_SIZE_MAX));
    return NULL;
}

/* An offer that is saved without a question has all that an offer needs. */
static inline const char *offer_unsound(enum intent intent, const struct read_item *item)
{
    bool priced = item->price_low || item->price_high;
    SOUND(item->commodity && item->has_quantity && item->unit && item->quantity_milli > 0);
    SOUND(intent == INTENT_BUY || priced || item->price_checked); /* or it is to be agreed */
    SOUND(!priced || item->price_unit);
    SOUND(!item->place_unclear || item->place);
    return NULL;
}

static inline const char *reading_unsound(const struct lexicon *lexicon, const struct reading *r)
{
    SOUND(r->outcome >= READ_NONE && r->outcome <= READ_SURE);
    SOUND(r->intent >= 0 && r->intent < INTENT_COUNT);
    SOUND((r->outcome == READ_ASK) == (r->ask != ASK_NOTHING));
    SOUND(r->n_items <= READ_ITEMS_MAX && r->n_choices <= READ_CHOICES_MAX);
    SOUND(r->outcome == READ_ASK || r->n_choices == 0);
    SOUND(r->outcome != READ_ASK || r->asked_item == 0 || r->asked_item < r->n_items);
    SOUND(r->outcome != READ_NONE || r->n_items <= 1);
    SOUND(memchr(r->listing, 0, READ_SIZE_MAX));
    SOUND(memchr(r->number, 0, READ_SIZE_MAX) && strspn(r->number, "0123456789") == strlen(r->number));
    SOUND(memchr(r->name, 0, READ_NAME_MAX) && (!*r->name || r->intent == INTENT_START));
    SOUND(r->words.n == 0 || r->words.at);
    SOUND(!r->has_lang || r->lang < LANG_COUNT);
    SOUND(r->script < LANG_COUNT);
    bool offer = r->outcome == READ_SURE && (r->intent == INTENT_SELL || r->intent == INTENT_BUY);
    SOUND(!offer || r->n_items > 0);
    for (size_t i = 0; i < r->n_items; i++) {
        const char *flaw = item_unsound(lexicon, &r->items[i]);
        if (!flaw && offer)
            flaw = offer_unsound(r->intent, &r->items[i]);
        if (flaw)
            return flaw;
    }
    return NULL;
}

/* ---- for the fuzzers ---- */

static inline int64_t sound_now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Ends the program, and so the fuzzer keeps the input. */
static inline void sound_or_die(const char *flaw)
{
    if (!flaw)
        return;
    fprintf(stderr, "unsound: %s\n", flaw);
    abort();
}

/* Reads the text twice: sound, the same both times, in bounded memory and time. */
static inline void read_soundly(const struct reader *reader, const struct lexicon *lexicon,
                                const struct read_context *context, struct arena *arena, struct slice text,
                                struct reading *reading_r)
{
    struct reading again;
    int64_t start = sound_now_us();
    arena_reset(arena);
    read_text(reader, context, arena, text, &again);
    int64_t first = sound_now_us() - start;
    sound_or_die(arena_used(arena) > SOUND_ARENA(text.n) ? "it takes too much memory" : NULL);
    start = sound_now_us();
    read_text(reader, context, arena, text, reading_r);
    int64_t second = sound_now_us() - start;
    sound_or_die(memcmp(reading_r, &again, sizeof again) != 0 ? "it reads differently the second time" : NULL);
    int64_t most = SOUND_US((int64_t)text.n);
    sound_or_die(first > most && second > most ? "it takes too long" : NULL);
    sound_or_die(reading_unsound(lexicon, reading_r));
}

#endif
