/* SPDX-License-Identifier: Apache-2.0
 *
 * LOA LUA CAU KE: ... an officer's broadcast: to whom, what it comes to, and a code; on the code it begins, or waits
 * for a coordinator when it is to many. DUYET 31: a coordinator lets one begin, on a code too. Until a code has come
 * nothing is written.
 */
#include <jansson.h>
#include <stdlib.h>

#include "parsers/text/fold.h"
#include "parsers/text/plain.h"
#include "smsd/broadcast/draft.h"
#include "smsd/clock.h"
#include "smsd/flow/code.h"
#include "smsd/flow/flow.h"
#include "smsd/message/format.h"

/* An officer's broadcast is not sent later than this. */
#define STANDS_US (48 * 3600 * SECOND_US)

/* ---- LOA ---- */

void broadcast_want(struct turn *turn)
{
    const struct read_item *item = turn->reading.n_items ? &turn->reading.items[0] : &(struct read_item){0};
    struct audience *audience = arena_calloc(turn->arena, 1, sizeof *audience);
    audience->area = item->place ? item->place->code : "";
    audience->commodity = item->commodity ? item->commodity->code : "";
    *turn_lookup(turn) = (struct lookup){.code = true, .audience = audience};
}

/* Besides a forecast, which all of them are: what is answered to DO MAN and to THOI TIET. By the words as they are
 * typed without accents; one too many does no harm. */
static const char *bulletins_of(const struct turn *turn)
{
    static const char *const salt[] = {"do man", "nuoc man", "nhiem man", "phan ngan", "xam nhap man", NULL};
    static const char *const weather[] = {"mua", "bao",         "ap thap", "nang", "gio",
                                          "lu",  "trieu cuong", "giong",   "ret",  NULL};
    const struct {
        const char *const *words, *kind;
    } kinds[] = {{salt, " salinity"}, {weather, " weather"}};
    char *said = arena_printf(turn->arena, " %s ", text_fold(turn->arena, turn->reading.words, NULL));
    for (char *mark; (mark = strpbrk(said, ".,;:!?()-"));)
        *mark = ' ';
    const char *all = "forecast";
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (const char *const *word = kinds[i].words; *word; word++)
            if (strstr(said, arena_printf(turn->arena, " %s ", *word))) {
                all = arena_printf(turn->arena, "%s%s", all, kinds[i].kind);
                break;
            }
    return all;
}

static struct broadcast_draft draft_of(const struct turn *turn, const char *area, const char *commodity, enum lang lang,
                                       const char *words, const char *bulletins)
{
    struct broadcast_draft draft = {.area = area,
                                    .commodity = commodity,
                                    .role = "",
                                    .langs = "",
                                    .disaster = "",
                                    .bulletins = bulletins,
                                    .expires_us = turn->now_us + STANDS_US};
    draft.words[lang] = words;
    return draft;
}

/* What waits for the code: all but the texts, which are rendered anew. */
static const char *act_of(struct turn *turn, const struct broadcast_found *found, const char *words,
                          const char *bulletins, const struct broadcast_cost *cost)
{
    json_t *root = json_pack("{s:s, s:s, s:s, s:s, s:s, s:I, s:I}", "area", found->area, "goods", found->commodity,
                             "lang", lang_code(turn->reading.script), "words", words, "bulletins", bulletins, "people",
                             (json_int_t)cost->people, "segments", (json_int_t)cost->segments);
    char *text = json_dumps(root, JSON_COMPACT);
    const char *act = arena_copy(turn->arena, slice_of(text));
    free(text);
    json_decref(root);
    return act;
}

static void ask_for_code(struct turn *turn, const struct broadcast_found *found, const char *what)
{
    const char *words = text_unbarred(turn->arena, turn->reading.words), *bulletins = bulletins_of(turn);
    struct broadcast_draft draft =
        draft_of(turn, found->area, found->commodity, turn->reading.script, words, bulletins);
    struct broadcast_text texts[LANG_COUNT];
    broadcast_render(turn->knowledge->book, turn->arena, &draft, texts);
    struct broadcast_cost cost = broadcast_cost(&turn->policy->broadcasts, &draft, texts, found->people, turn->now_us);
    if (cost.people == 0) {
        turn_say(turn, MSG_BROADCAST_NOBODY, ARGS({"audience", what}));
        return;
    }
    const char *code = code_new(turn, "broadcast", act_of(turn, found, words, bulletins, &cost));
    if (code)
        turn_say(turn, MSG_BROADCAST_CONFIRM,
                 ARGS({"audience", what}, {"reached", format_number(turn->arena, turn->lang, cost.people)},
                      {"segments", format_number(turn->arena, turn->lang, cost.segments)},
                      {"cost", cost.price ? format_number(turn->arena, turn->lang, cost.price) : NULL},
                      {"moment", format_moment(turn->arena, turn->lang, cost.ends_us)}, {"code", code},
                      {"said", code_said(turn, slice_of(words))}));
}

void broadcast_act(struct turn *turn)
{
    const struct broadcast_found *found = &turn->found[0].broadcast;
    const char *what =
        found->officer ? broadcast_what(turn->arena, turn->knowledge, turn->lang, found->area, found->commodity) : "";
    if (!found->officer)
        turn_say(turn, MSG_BROADCAST_OFFICERS, NO_ARGS);
    else if (turn->reading.words.n == 0)
        turn_say(turn, MSG_BROADCAST_WORDS, NO_ARGS);
    else if (text_characters(turn->reading.words) > BROADCAST_WORDS_MAX)
        turn_say(turn, MSG_BROADCAST_LONG, ARGS({"most", format_number(turn->arena, turn->lang, BROADCAST_WORDS_MAX)}));
    else if (!found->within)
        turn_say(turn, MSG_BROADCAST_OUTSIDE, ARGS({"audience", what}));
    else
        ask_for_code(turn, found, what);
}

static void begin(struct turn *turn, struct broadcast_draft *draft, struct broadcast_cost cost)
{
    const struct broadcast_rules *rules = &turn->policy->broadcasts;
    bool waits = cost.people > rules->approval_above;
    struct broadcast_text texts[LANG_COUNT];
    draft->state = waits ? "awaiting_approval" : "running";
    broadcast_render(turn->knowledge->book, turn->arena, draft, texts);
    *EFFECT(turn, broadcasts) =
        (struct broadcast_row){turn->sender->person_id, broadcast_json(turn->arena, draft, texts, &cost)};
    const char *people = format_number(turn->arena, turn->lang, cost.people);
    if (waits)
        turn_say(turn, MSG_BROADCAST_WAITS, ARGS({"reached", people}));
    else
        turn_say(turn, MSG_BROADCAST_BEGINS,
                 ARGS({"reached", people},
                      {"moment", format_moment(turn->arena, turn->lang,
                                               broadcast_ends(rules, turn->now_us, cost.segments, false))}));
}

void broadcast_confirmed(struct turn *turn, const char *json)
{
    json_t *root = json_loads(json, 0, NULL);
    const char *area = "", *goods = "", *code = "", *words = "", *bulletins = "";
    json_int_t people = 0, segments = 0;
    enum lang lang = LANG_VI;
    json_unpack(root, "{s:s, s:s, s:s, s:s, s:s, s:I, s:I}", "area", &area, "goods", &goods, "lang", &code, "words",
                &words, "bulletins", &bulletins, "people", &people, "segments", &segments); /* as act_of wrote it */
    lang_from_code(code, &lang);
    struct broadcast_draft draft = draft_of(turn, area, goods, lang, words, bulletins);
    begin(turn, &draft, (struct broadcast_cost){.people = people, .segments = segments});
    json_decref(root);
}

void broadcast_too_late(struct turn *turn, const char *json)
{
    json_t *root = json_loads(json, 0, NULL);
    const char *area = "", *goods = "";
    json_unpack(root, "{s:s, s:s}", "area", &area, "goods", &goods);
    turn_say(turn, MSG_BROADCAST_OUTSIDE,
             ARGS({"audience", broadcast_what(turn->arena, turn->knowledge, turn->lang, area, goods)}));
    json_decref(root);
}

/* ---- DUYET ---- */

void approve_want(struct turn *turn)
{
    *turn_lookup(turn) = (struct lookup){.code = true, .waiting_broadcast = strtoll(turn->reading.number, NULL, 10)};
}

void approve_act(struct turn *turn)
{
    const struct broadcast_found *found = &turn->found[0].broadcast;
    const char *number = turn->reading.number;
    const char *code = found->waits ? code_new(turn, "approval", number) : NULL;
    if (!found->waits)
        turn_say(turn, MSG_APPROVE_UNKNOWN, ARGS({"number", number}));
    else if (code)
        turn_say(turn, MSG_APPROVE_CONFIRM,
                 ARGS({"number", number}, {"reached", format_number(turn->arena, turn->lang, found->people[LANG_VI])},
                      {"segments", format_number(turn->arena, turn->lang, found->segments)}, {"code", code}));
}

void approve_confirmed(struct turn *turn, const char *number)
{
    *EFFECT(turn, approvals) =
        (struct broadcast_approval){.id = strtoll(number, NULL, 10), .person_id = turn->sender->person_id};
    turn_say(turn, MSG_APPROVE_DONE, ARGS({"number", number}));
}

void approve_too_late(struct turn *turn, const char *number)
{
    turn_say(turn, MSG_APPROVE_UNKNOWN, ARGS({"number", number}));
}
