/* SPDX-License-Identifier: Apache-2.0 */
#include <ctype.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/fuzz/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An offer of which only this slot is open. */
static struct reading open_offer(const struct commodity *goods, enum ask ask)
{
    struct reading r = {.outcome = READ_ASK, .intent = INTENT_SELL, .ask = ask, .n_items = 1};
    r.items[0] = (struct read_item){.commodity = goods, .ready = DAY_NONE};
    if (ask == ASK_QUANTITY) {
        r.items[0].price_low = r.items[0].price_high = goods->price_min ? goods->price_min : 1000;
        r.items[0].price_unit = goods->price_unit;
    } else {
        r.items[0].has_quantity = true;
        r.items[0].quantity_milli = goods->qty_min_milli ? goods->qty_min_milli : 1000;
        r.items[0].unit = goods->unit;
    }
    return r;
}

/* The answer in capitals, between blanks. */
static struct slice shout(struct slice text)
{
    char *out = arena_alloc(arena, text.n + 3);
    out[0] = out[text.n + 1] = ' ';
    for (size_t i = 0; i < text.n; i++)
        out[i + 1] = (char)toupper((unsigned char)text.at[i]);
    return (struct slice){out, text.n + 2};
}

static void answer_soundly(const struct commodity *goods, enum ask ask, struct slice text)
{
    const struct read_context context = {.today = 20000, .place_optional = true};
    struct reading plain = open_offer(goods, ask), before = plain, loud = plain;
    arena_reset(arena);
    bool answered = read_answer(reader, &context, arena, text, &plain);
    sound_or_die(arena_used(arena) > 2 * SOUND_ARENA(text.n) ? "it takes too much memory" : NULL);
    bool same = read_answer(reader, &context, arena, shout(text), &loud) == answered;
    sound_or_die(!same || memcmp(&plain, &loud, sizeof plain) != 0 ? "capitals and blanks say something else" : NULL);
    sound_or_die(reading_unsound(lexicon, &plain));
    if (!answered)
        sound_or_die(memcmp(&plain, &before, sizeof plain) != 0 ? "no answer changes the offer" : NULL);
    else
        sound_or_die(plain.outcome == READ_NONE ? "answered, and not understood" : NULL);
}

/* The first byte picks the goods of an offer, the others answer how much of it there is, or at what price. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    size_t n;
    const struct commodity *const *goods = lexicon_commodities(lexicon, &n);
    struct slice text = {(const char *)data + 1, size - 1};
    answer_soundly(goods[*data % n], ASK_QUANTITY, text);
    answer_soundly(goods[*data % n], ASK_PRICE, text);
    return 0;
}
