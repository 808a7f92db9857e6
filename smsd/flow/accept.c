/* SPDX-License-Identifier: Apache-2.0
 *
 * NHAN M4K7, KHONG M4K7: what one side says to a deal that was proposed to it. The code may be the deal's or that of a
 * listing it is about. Both sides hear of every end.
 */
#include "smsd/flow/flow.h"
#include "smsd/market/deal.h"
#include "smsd/message/format.h"

void deal_want(struct turn *turn)
{
    *turn_lookup(turn) = (struct lookup){.deal_code = turn->reading.listing};
}

/* ---- which deal ---- */

static bool is_named(const struct deal_party *deal, const char *code)
{
    return strcmp(deal->own.listing, code) == 0 || strcmp(deal->other.listing, code) == 0;
}

/* The one that was meant; NULL when that is not certain. */
static const struct deal_party *meant(const struct turn *turn)
{
    const char *code = turn->reading.listing;
    const struct found *found = &turn->found[0];
    const struct deal_party *only = NULL;
    size_t n = 0;
    for (size_t i = 0; i < found->n_deals; i++) {
        const struct deal_party *deal = &found->deals[i];
        if (strcmp(deal->code, code) == 0)
            return deal;
        if (deal->state == DEAL_PROPOSED && is_named(deal, code)) {
            only = deal;
            n++;
        }
    }
    return n == 1 ? only : NULL;
}

/* Does a text of this very batch change one of its listings? */
static bool is_changed(const struct turn *turn, const struct deal_party *deal)
{
    for (size_t i = 0; i < turn->effects->n_changes; i++) {
        int64_t id = turn->effects->changes[i].to.id;
        if (id == deal->own.listing_id || id == deal->other.listing_id)
            return true;
    }
    return false;
}

/* With what the other side said in this very batch. */
static struct deal_party as_it_is(const struct turn *turn, const struct deal_party *deal)
{
    struct deal_party now = *deal;
    for (size_t i = 0; i < turn->effects->n_deal_answers; i++) {
        const struct deal_answer *other = &turn->effects->deal_answers[i];
        if (other->deal_id != deal->id)
            continue;
        if (other->said == DEAL_ACCEPT)
            now.other.accepted = true;
        else
            now.state = other->said == DEAL_REFUSE ? DEAL_REFUSED : DEAL_WITHDRAWN;
    }
    now.stands = deal->stands && !is_changed(turn, deal);
    if (now.own.accepted && now.other.accepted)
        now.state = DEAL_ACCEPTED;
    return now;
}

/* ---- what is said ---- */

static void say(struct turn *turn, enum message message, const struct deal_party *deal)
{
    turn_say(turn, message, deal_args(turn->arena, turn->knowledge->lexicon, turn->lang, message, deal));
}

static void tell_other(struct turn *turn, enum message message, const char *what, const struct deal_party *deal)
{
    const struct deal_party other = deal_turned(deal);
    enum lang lang = message_lang(turn->knowledge->book, other.own.lang);
    if (!other.own.person_id)
        return;
    struct alert_row *row = turn_alert(turn, (struct alert_to){other.own.person_id, lang},
                                       arena_printf(turn->arena, "deal:%s:%s", what, deal->code), message,
                                       deal_args(turn->arena, turn->knowledge->lexicon, lang, message, &other));
    row->cap = ALERT_NO_CAP; /* who was asked hears what became of it */
}

static void say_which(struct turn *turn)
{
    const struct found *found = &turn->found[0];
    const char *choices = NULL;
    for (size_t i = 0; i < found->n_deals; i++) {
        const struct deal_party *deal = &found->deals[i];
        const struct commodity *commodity = lexicon_commodity(turn->knowledge->lexicon, deal->commodity);
        choices = arena_printf(turn->arena, "%s%s%s %s", choices ? choices : "", choices ? ", " : "", deal->code,
                               commodity ? commodity->brief[turn->lang] : deal->commodity);
    }
    turn_say(turn, MSG_DEAL_UNKNOWN, ARGS({"choices", choices}));
}

/* ---- what is done ---- */

static void answer(struct turn *turn, const struct deal_party *deal, enum deal_said said)
{
    *EFFECT(turn, deal_answers) = (struct deal_answer){deal->id, turn->sender->person_id, said, turn->inbound_id};
}

static void withdraw(struct turn *turn, const struct deal_party *deal)
{
    answer(turn, deal, DEAL_WITHDRAW);
    say(turn, MSG_DEAL_GONE, deal);
    tell_other(turn, MSG_DEAL_GONE, "end", deal);
}

static void accept(struct turn *turn, const struct deal_party *deal)
{
    if (!deal->own.accepted)
        answer(turn, deal, DEAL_ACCEPT);
    if (!deal->other.accepted) {
        say(turn, MSG_DEAL_WAIT, deal);
        offer_contact(turn);
        return;
    }
    say(turn, MSG_DEAL_DONE, deal);
    offer_contact(turn);
    tell_other(turn, MSG_DEAL_DONE, "done", deal);
}

static void refuse(struct turn *turn, const struct deal_party *deal)
{
    answer(turn, deal, DEAL_REFUSE);
    say(turn, MSG_DEAL_REFUSED, deal);
    tell_other(turn, MSG_DEAL_OFF, "end", deal);
}

static void act(struct turn *turn, void (*open_act)(struct turn *turn, const struct deal_party *deal))
{
    const struct deal_party *found = meant(turn);
    turn->of_the_moment = true; /* the other side may have answered since */
    if (!found) {
        say_which(turn);
        return;
    }
    const struct deal_party deal = as_it_is(turn, found);
    if (deal.state == DEAL_ACCEPTED)
        say(turn, MSG_DEAL_DONE, &deal);
    else if (deal.state != DEAL_PROPOSED || deal.until_us <= turn->now_us)
        say(turn, MSG_DEAL_CLOSED, &deal);
    else if (!deal.stands)
        withdraw(turn, &deal);
    else
        open_act(turn, &deal);
}

void accept_act(struct turn *turn)
{
    act(turn, accept);
}

void refuse_act(struct turn *turn)
{
    act(turn, refuse);
}
