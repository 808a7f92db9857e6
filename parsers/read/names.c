/* SPDX-License-Identifier: Apache-2.0
 *
 * Names of intents, questions and doubts, and what an item amounts to. */
#include <string.h>

#include "parsers/read/reading.h"

static const char *const intents[INTENT_COUNT] = {
#define X(symbol, name) [symbol] = name,
#include "parsers/read/intents.def"
#undef X
};

static const char *const asks[ASK_COUNT] = {
#define X(symbol, name) [symbol] = name,
    ASK_TABLE(X)
#undef X
};

static const char *const doubts[] = {
#define X(symbol, name) [symbol] = name,
#include "parsers/read/doubts.def"
#undef X
};

const char *intent_name(enum intent intent)
{
    return intents[intent];
}

enum intent intent_from_name(const char *name)
{
    for (int i = 0; i < INTENT_COUNT; i++)
        if (strcmp(intents[i], name) == 0)
            return (enum intent)i;
    return INTENT_NONE;
}

const char *ask_name(enum ask ask)
{
    return asks[ask];
}

enum ask ask_from_name(const char *name)
{
    for (int i = 0; i < ASK_COUNT; i++)
        if (strcmp(asks[i], name) == 0)
            return (enum ask)i;
    return ASK_NOTHING;
}

const char *doubt_name(enum doubt doubt)
{
    return doubts[doubt];
}

bool item_base_quantity(const struct read_item *item, int64_t *milli, const char **base)
{
    if (!item->has_quantity || !item->unit || item->unit->factor_milli == 0)
        return false;
    __extension__ typedef __int128 wide;
    wide value = (wide)item->quantity_milli * item->unit->factor_milli / 1000;
    if (value > INT64_MAX || value < INT64_MIN)
        return false;
    *milli = (int64_t)value;
    *base = item->unit->base;
    return true;
}
