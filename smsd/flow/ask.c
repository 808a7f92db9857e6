/* SPDX-License-Identifier: Apache-2.0
 *
 * Questions: one short numbered one for the one thing that is missing or unclear, kept open for the next text.
 */
#include "smsd/flow/draft.h"
#include "smsd/flow/flow.h"
#include "smsd/message/format.h"
#include "smsd/message/words.h"

static const enum message questions[ASK_COUNT] = {
    [ASK_COMMODITY] = MSG_ASK_COMMODITY,
    [ASK_QUANTITY] = MSG_ASK_QUANTITY,
    [ASK_PRICE] = MSG_ASK_PRICE,
    [ASK_PRICE_CHECK] = MSG_ASK_PRICE_CHECK,
    [ASK_QUANTITY_CHECK] = MSG_ASK_QUANTITY_CHECK,
    [ASK_PLACE] = MSG_ASK_PLACE,
    [ASK_INTENT] = MSG_ASK_INTENT,
    [ASK_LISTING] = MSG_ASK_LISTING,
    [ASK_STOP] = MSG_ASK_STOP,
    [ASK_UNIT] = MSG_ASK_UNIT,
};

static const struct read_item *asked_item(const struct reading *reading)
{
    return reading->asked_item < reading->n_items ? &reading->items[reading->asked_item] : NULL;
}

const char *ask_choice(const struct turn *turn, const struct reading *reading, size_t i)
{
    const struct read_item *item = asked_item(reading);
    int64_t price = reading->choices[i].price;
    switch (reading->ask) {
    case ASK_COMMODITY:
        return reading->choices[i].commodity->brief[turn->lang];
    case ASK_PLACE:
        return reading->choices[i].place->brief[turn->lang];
    case ASK_UNIT:
        return format_unit(turn->lang, reading->choices[i].unit);
    case ASK_INTENT:
        return message_phrase(turn->knowledge->book, turn->lang, "intent", intent_name(reading->choices[i].intent));
    case ASK_QUANTITY_CHECK:
        return format_quantity(turn->arena, turn->lang, reading->choices[i].quantity_milli, item ? item->unit : NULL,
                               false);
    default:
        return format_price(turn->arena, turn->lang, price, price, item ? item->price_unit : NULL);
    }
}

/* "1) dừa khô, 2) dưa hấu"; NULL when there is nothing to choose from. */
static const char *choices(const struct turn *turn)
{
    const char *list = NULL;
    for (size_t i = 0; i < turn->reading.n_choices; i++)
        list = format_choice(turn->arena, turn->lang, list, i + 1, ask_choice(turn, &turn->reading, i));
    return list;
}

/* What was understood of the item, without what is asked about: "bán lúa OM18, 2 tấn, Cầu Kè"; NULL when nothing was.
 */
static const char *heard(const struct turn *turn)
{
    const struct reading *reading = &turn->reading;
    if (!asked_item(&turn->reading))
        return NULL;
    struct read_item item = *asked_item(&turn->reading);
    item.has_quantity = item.has_quantity && reading->ask != ASK_QUANTITY_CHECK && reading->ask != ASK_UNIT;
    if (reading->ask == ASK_PRICE_CHECK)
        item.price_low = item.price_high = 0;
    const char *text = format_item(turn->arena, turn->lang, &item, words_of(turn->lang)->comma, turn->today);
    const char *intent = message_phrase(turn->knowledge->book, turn->lang, "intent", intent_name(reading->intent));
    return *text ? arena_printf(turn->arena, "%s%s%s", intent ? intent : "", intent ? " " : "", text) : NULL;
}

static const char *price_unit(const struct turn *turn)
{
    const struct read_item *item = asked_item(&turn->reading);
    return item && item->commodity
               ? format_unit_told(turn->arena, turn->lang, item->commodity->price_unit, item->commodity)
               : NULL;
}

/* A value that looked wrong, and no other that it could be. */
static bool is_sure_question(const struct reading *reading)
{
    return (reading->ask == ASK_PRICE_CHECK || reading->ask == ASK_QUANTITY_CHECK) && reading->n_choices == 1;
}

static void say(struct turn *turn)
{
    const struct reading *reading = &turn->reading;
    if (is_sure_question(reading))
        turn_say(turn, MSG_ASK_SURE, ARGS({"heard", heard(turn)}, {"choice", ask_choice(turn, &turn->reading, 0)}));
    else if (turn->asked_again && reading->n_choices > 1)
        turn_say(turn, MSG_ASK_WHICH, ARGS({"choices", choices(turn)}));
    else
        turn_say(turn, questions[reading->ask], ARGS({"heard", heard(turn)}, {"choices", choices(turn)}));
}

/* A command as it is taught, for who sent only its first word. */
static const char *example(const struct turn *turn)
{
    static const char *const examples[INTENT_COUNT] = {[INTENT_SELL] = "BAN LUA OM18 2 TAN 8500 CAU KE",
                                                       [INTENT_BUY] = "MUA LUA 20 TAN TRA CU",
                                                       [INTENT_PRICE] = "GIA LUA OM18",
                                                       [INTENT_SEASON] = "VU LUA",
                                                       [INTENT_FORECAST] = "DU BAO LUA",
                                                       [INTENT_REPORT_PRICE] = "BAO GIA LUA OM18 8300 CAU KE"};
    const struct reading *reading = &turn->reading;
    if (reading->intent == INTENT_MATCH)
        return reading->wants_buyers ? "AI MUA CUA" : "AI BAN BO CAU NGANG";
    return examples[reading->intent];
}

/* MUA alone is to buy, the season and the rain. */
static void ask_goods(struct turn *turn)
{
    const char *list = choices(turn), *said = heard(turn);
    bool alone = !list && !said;
    turn_say(turn, MSG_ASK_COMMODITY,
             ARGS({"heard", said}, {"choices", list}, {"example", alone ? example(turn) : NULL},
                  {"rain", alone && turn->reading.intent == INTENT_BUY ? "" : NULL}));
}

void ask_act(struct turn *turn)
{
    switch (turn->reading.ask) {
    case ASK_ANSWER:
        turn_say(turn, MSG_ANSWER_WHAT, NO_ARGS);
        return;
    case ASK_STOP:
        turn_say(turn, MSG_ASK_STOP, NO_ARGS);
        break;
    case ASK_PRICE:
        turn_say(turn, MSG_ASK_PRICE, ARGS({"heard", heard(turn)}, {"unit", price_unit(turn)}));
        break;
    case ASK_QUANTITY:
        turn_say(turn, MSG_ASK_QUANTITY, ARGS({"heard", heard(turn)}));
        break;
    case ASK_COMMODITY:
        if (turn->asked_again && turn->reading.n_choices > 1)
            say(turn);
        else
            ask_goods(turn);
        break;
    case ASK_LISTING:
        turn_say(turn, questions[turn->reading.ask], ARGS({"choices", choices(turn)}));
        break;
    default:
        say(turn);
    }
    turn->question = draft_write(turn->arena, DRAFT_ASK, &turn->reading);
}
