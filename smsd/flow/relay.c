/* SPDX-License-Identifier: Apache-2.0
 *
 * NHAN TIN B7K2: words for the owner of a listing, who learns neither the number nor the name of whoever sends them,
 * and answers the same way. What both answer to is a code of their own; NHAN TIN and that code with a stop word ends
 * it.
 */
#include "parsers/text/discreet.h"
#include "smsd/flow/flow.h"
#include "smsd/market/code.h"
#include "smsd/message/format.h"

#define WORDS_MAX 100 /* characters passed on */

void relay_want(struct turn *turn)
{
    *turn_lookup(turn) = (struct lookup){.relay_code = turn->reading.listing};
}

static size_t characters(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += ((unsigned char)*text & 0xC0) != 0x80;
    return n;
}

static const char *goods(const struct turn *turn, const struct relay *relay, enum lang lang)
{
    const struct commodity *commodity = lexicon_commodity(turn->knowledge->lexicon, relay->commodity);
    return commodity ? commodity->brief[lang] : relay->commodity;
}

/* The relay as it is to be; a new one gets its code. */
static struct relay_row *keep(struct turn *turn, const struct relay *relay)
{
    int64_t me = turn->sender->person_id;
    struct relay_row *row = EFFECT(turn, relays);
    *row = (struct relay_row){
        .code = *relay->code ? relay->code : code_fresh(turn->db, turn->knowledge->lexicon, turn->arena),
        .listing_id = relay->listing_id,
        .owner = relay->owns ? me : relay->other_id,
        .asker = relay->owns ? relay->other_id : me,
    };
    return row;
}

static void pass_on(struct turn *turn, const struct relay *relay, const char *words)
{
    struct relay_row *row = keep(turn, relay);
    enum lang lang = message_lang(turn->knowledge->book, relay->other_lang);
    row->sender = turn->sender->person_id;
    struct alert_row *alert = turn_alert(
        turn, (struct alert_to){relay->other_id, lang},
        arena_printf(turn->arena, "relay:%lld", (long long)turn->inbound_id),
        relay->owns ? MSG_RELAYED_BACK : MSG_RELAYED,
        ARGS({"code", relay->listing}, {"goods", goods(turn, relay, lang)}, {"passed", words}, {"reply", row->code}));
    alert->cap = ALERT_NO_CAP; /* how much one may send is limited instead */
    bool later = alert->not_before_us > turn->now_us;
    turn_say(turn, MSG_RELAY_DONE,
             ARGS({"code", relay->listing}, {"goods", goods(turn, relay, turn->lang)},
                  {"hour", later ? format_number(turn->arena, turn->lang, turn->policy->alerts.quiet_to) : NULL}));
    offer_contact(turn);
}

static void stop(struct turn *turn, const struct relay *relay)
{
    struct relay_row *row = keep(turn, relay);
    row->stopped_by = turn->sender->person_id;
    turn_say(turn, MSG_RELAY_STOPPED, ARGS({"code", row->code}));
}

static bool is_known(const struct turn *turn, const struct relay *relay)
{
    return relay->listing_id && relay->other_id != turn->sender->person_id && (relay->stands || *relay->code);
}

/* What the sender asked of a relay that exists. */
static void serve(struct turn *turn, const struct relay *relay)
{
    const char *words = text_discreet(turn->arena, turn->reading.words);
    const int most = turn->policy->alerts.relays_per_day;
    bool refused = relay->other_stopped || (relay->stopped_by && relay->stopped_by != turn->sender->person_id);
    if (*relay->code && read_is_stop(turn->knowledge->reader, turn->arena, turn->reading.words))
        stop(turn, relay);
    else if (!*words)
        turn_say(turn, MSG_RELAY_WHAT, ARGS({"code", turn->reading.listing}));
    else if (characters(words) > WORDS_MAX)
        turn_say(turn, MSG_RELAY_LONG,
                 ARGS({"code", turn->reading.listing}, {"most", format_number(turn->arena, turn->lang, WORDS_MAX)}));
    else if (refused)
        turn_say(turn, MSG_RELAY_REFUSED, ARGS({"code", relay->listing}));
    else if (relay->sent >= most)
        turn_say(turn, MSG_RELAY_ENOUGH, ARGS({"most", format_number(turn->arena, turn->lang, most)}));
    else
        pass_on(turn, relay, words);
}

void relay_act(struct turn *turn)
{
    const struct relay *relay = &turn->found[0].relay;
    if (is_known(turn, relay))
        serve(turn, relay);
    else
        turn_say(turn, MSG_RELAY_UNKNOWN, ARGS({"code", turn->reading.listing}));
}
