/* SPDX-License-Identifier: Apache-2.0
 *
 * TC and first contact, and the yes of DK: what a person agreed to, refused or was told, each with the version of the
 * words and the text that proves it (Decree 91/2020 on stopping and its confirmation, Law 91/2025 on personal data).
 */
#include <ctype.h>

#include "smsd/flow/draft.h"
#include "smsd/flow/flow.h"
#include "smsd/keyed/keyed.h"
#include "smsd/message/format.h"

static void record(struct turn *turn, const char *kind, bool granted)
{
    *EFFECT(turn, consents) = (struct consent_row){turn->sender->person_id, kind, granted,
                                                   message_version(turn->knowledge->book), turn->inbound_id};
}

void consent_to_alerts(struct turn *turn, bool granted)
{
    struct person_change *change = turn_change(turn);
    change->set_stopped = true;
    change->stopped = !granted;
    record(turn, "alerts", granted);
}

/* Is it nothing but TC, whatever marks stand around it? */
static bool is_tc(const char *text)
{
    char letters[3] = "";
    size_t n = 0;
    for (; *text; text++)
        if ((isalnum((unsigned char)*text) || *text & 0x80) && n++ < 2)
            letters[n - 1] = (char)tolower((unsigned char)*text);
    return n == 2 && strcmp(letters, "tc") == 0;
}

/* "TC" is short for two districts too. It always stops; but when a place was asked for, 1 says that it was the place.
 * On a screen it is no answer to what was asked by SMS. */
static bool may_be_place(const struct turn *turn, struct reading *draft)
{
    enum draft_kind kind;
    return turn->path != PATH_USSD && is_tc(turn->mo->text) && turn->sender->question &&
           draft_read(turn->knowledge->lexicon, turn->sender->question, &kind, draft) && kind == DRAFT_ASK &&
           draft->ask == ASK_PLACE;
}

/* "HUY DK LUA": of some goods or of a place only. */
static bool stops_one_thing(const struct turn *turn)
{
    const struct reading *r = &turn->reading;
    return turn->path != PATH_STOP && r->n_items && (r->items[0].commodity || r->items[0].place);
}

void stop_act(struct turn *turn)
{
    if (stops_one_thing(turn)) {
        unsubscribe_act(turn);
        return;
    }
    struct reading draft;
    bool unclear = may_be_place(turn, &draft);
    consent_to_alerts(turn, false);
    if (unclear)
        turn->question = draft_write(turn->arena, DRAFT_STOPPED, &draft);
    else
        unsubscribe_all(turn);
    turn_say(turn, MSG_STOP_DONE,
             ARGS({"moment", format_moment(turn->arena, turn->lang, turn->now_us)}, {"undo", unclear ? "" : NULL}));
}

void unstop_act(struct turn *turn)
{
    consent_to_alerts(turn, true);
}

static void suppress_under(struct turn *turn, const char *key)
{
    char digest[KEYED_HEX];
    if (!*key)
        return;
    keyed_number(key, turn->mo->msisdn, digest);
    *EFFECT(turn, newcomers) =
        (struct newcomer_row){turn->sender->person_id, arena_copy(turn->arena, slice_of(digest))};
}

/* Who was erased and writes again is somebody new, but is texted on our own account only after DK. */
static void stay_suppressed(struct turn *turn)
{
    if (turn->change && turn->change->set_stopped)
        return;
    suppress_under(turn, turn->policy->key);
    suppress_under(turn, turn->policy->old_key);
}

void welcome_act(struct turn *turn)
{
    struct arena *a = turn->arena;
    const char *body =
        message_render(turn->knowledge->book, turn->lang, a, MSG_WELCOME, ARGS({"ask_place", turn->home ? NULL : ""}));
    turn_send(turn, body)->not_before_us = turn->now_us + turn->policy->welcome_delay_us;
    turn_change(turn)->set_welcomed = true;
    record(turn, "notice", true);
    stay_suppressed(turn);
}
