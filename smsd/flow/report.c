/* SPDX-License-Identifier: Apache-2.0
 *
 * BAO GIA: an officer's price, written down once its code came. From anybody else nothing is kept, and that is said.
 */
#include <jansson.h>
#include <stdlib.h>

#include "parsers/market/quote.h"
#include "smsd/flow/code.h"
#include "smsd/flow/flow.h"
#include "smsd/message/format.h"

/* Officers report what is paid to farmers; the message says so. */
#define BASIS "farmgate"

void report_want(struct turn *turn)
{
    *turn_lookup(turn) = (struct lookup){.code = true, .officer = true};
}

static const struct place *place_of(const struct turn *turn, const struct read_item *item)
{
    return item->place ? item->place : turn->home;
}

/* Of a floor or a ceiling its one end. */
static int64_t low_of(const struct read_item *item)
{
    return item->price_low ? item->price_low : item->price_high;
}

static int64_t high_of(const struct read_item *item)
{
    return item->price_high ? item->price_high : item->price_low;
}

/* In the unit that prices of these goods are told in: one by the tonne is one of those by the kilo. */
static struct quote quote_of(const struct read_item *item)
{
    return quote_usual(item->commodity, (struct quote){item->price_unit, low_of(item), high_of(item)});
}

static json_t *report_of(const struct turn *turn, const struct read_item *item)
{
    const struct quote quote = quote_of(item);
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:I}", "goods", item->commodity->code, "place",
                     place_of(turn, item)->code, "unit", quote.unit->code, "size", item->size, "grade", item->grade,
                     "state", item->state, "low", (json_int_t)quote.low, "high", (json_int_t)quote.high);
}

/* "lúa OM18 8.300đ/kg, Cầu Kè". */
static const char *line(const struct turn *turn, const struct read_item *item)
{
    struct arena *a = turn->arena;
    const struct quote quote = quote_of(item);
    return arena_printf(
        a, "%s %s, %s", format_goods(a, turn->lang, item->commodity, item->size, item->grade, item->state),
        format_price(a, turn->lang, quote.low, quote.high, quote.unit), place_of(turn, item)->brief[turn->lang]);
}

static void ask_for_code(struct turn *turn)
{
    json_t *reports = json_array();
    const char *lines = "";
    for (size_t i = 0; i < turn->reading.n_items; i++) {
        json_array_append_new(reports, report_of(turn, &turn->reading.items[i]));
        lines = arena_printf(turn->arena, "%s%s%s", lines, i ? "; " : "", line(turn, &turn->reading.items[i]));
    }
    char *text = json_dumps(reports, JSON_COMPACT);
    const char *code = code_new(turn, "price", arena_copy(turn->arena, slice_of(text)));
    free(text);
    json_decref(reports);
    if (code)
        turn_say(turn, MSG_REPORT_CONFIRM, ARGS({"lines", lines}, {"code", code}));
}

/* The first item whose place neither the text nor the officer's own tells; n_items when there is none. */
static size_t without_place(const struct turn *turn)
{
    size_t i = 0;
    while (i < turn->reading.n_items && place_of(turn, &turn->reading.items[i]))
        i++;
    return i;
}

void report_act(struct turn *turn)
{
    const struct read_item *item = &turn->reading.items[0];
    size_t lacking = without_place(turn);
    if (!turn->found[0].officer) {
        turn_say(turn, MSG_REPORT_OFFICERS,
                 ARGS({"goods", format_goods(turn->arena, turn->lang, item->commodity, item->size, "", "")}));
    } else if (lacking < turn->reading.n_items) {
        turn->reading.outcome = READ_ASK;
        turn->reading.ask = ASK_PLACE;
        turn->reading.asked_item = lacking;
        ask_act(turn);
    } else {
        ask_for_code(turn);
    }
}

static void keep(struct turn *turn, json_t *report)
{
    struct price_report row = {
        .kind = PRICE_KIND_OFFICER,
        .person_id = turn->sender->person_id,
        .day = turn->today,
        .basis = BASIS,
        .rest = "",
        .quarantine = "",
        .source = "",
    };
    const char *texts[6];
    json_int_t low, high;
    json_unpack(report, "{s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:I}", "goods", &texts[0], "place", &texts[1], "unit",
                &texts[2], "size", &texts[3], "grade", &texts[4], "state", &texts[5], "low", &low, "high",
                &high); /* as report_of wrote it */
    const char **const columns[] = {&row.commodity, &row.place, &row.unit, &row.size, &row.grade, &row.state};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        *columns[i] = arena_copy(turn->arena, slice_of(texts[i]));
    row.low = low;
    row.high = high;
    row.price = low + (high - low) / 2;
    *EFFECT(turn, prices) = row;
}

void report_confirmed(struct turn *turn, const char *json)
{
    json_t *reports = json_loads(json, 0, NULL), *report;
    size_t i;
    json_array_foreach(reports, i, report) keep(turn, report);
    json_decref(reports);
    turn_say(turn, MSG_REPORT_DONE, NO_ARGS);
}
