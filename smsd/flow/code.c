/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/flow/code.h"

#include <stdlib.h>

#include "parsers/text/plain.h"
#include "smsd/flow/draft.h"
#include "smsd/flow/flow.h"
#include "smsd/keyed/keyed.h"
#include "smsd/message/format.h"

#define CODE_US (10 * 60 * 1000000LL)
#define TRIES_MAX 3
#define SAID_MAX 40

/* What is done when its code came, with the JSON that code_new was given. It asks for no further code. Where that may
 * have become impossible since (`stands` of struct code_state), what is said then. */
static const struct code_act {
    const char *kind;
    void (*act)(struct turn *turn, const char *json);
    void (*too_late)(struct turn *turn, const char *json);
} acts[] = {
    {"erase", erase_confirmed, NULL},
    {"contact", show_confirmed, NULL},
    {"desk_answer", desk_answer_confirmed, NULL},
    {"price", report_confirmed, NULL},
    {"broadcast", broadcast_confirmed, broadcast_too_late},
    {"approval", approve_confirmed, approve_too_late},
};
enum { ACTS = sizeof acts / sizeof *acts };

void code_want(struct turn *turn)
{
    *turn_lookup(turn) = (struct lookup){.code = true};
}

/* Did it happen within this time? What lies as far ahead was written by a clock that has been set back since. */
static bool is_within(const struct turn *turn, int64_t at_us, int64_t time_us)
{
    return llabs(turn->now_us - at_us) < time_us;
}

/* What the database knows; of who never had a code, nothing. Failures of another day are forgotten. */
static struct code_state state_of(const struct turn *turn)
{
    struct code_state state = {.digest = NULL};
    for (size_t i = 0; i < turn->n_lookups; i++)
        if (turn->lookups[i].code)
            state = turn->found[i].code;
    if (!state.digest)
        state = (struct code_state){.digest = "", .kind = "", .act = ""};
    if (!is_within(turn, state.failures_us, CODE_FAILURES_US)) {
        state.failures = 0;
        state.failures_us = turn->now_us;
    }
    return state;
}

static void keep(struct turn *turn, struct code_state state)
{
    *EFFECT(turn, codes) = (struct code_row){turn->sender->person_id, state};
}

/* Nothing waits any more. */
static void forget(struct code_state *state)
{
    state->digest = state->kind = state->act = "";
    state->tries = 0;
}

/* Until it comes, the digits alone will do. */
static void wait_for_digits(struct turn *turn)
{
    turn->question = draft_write(turn->arena, DRAFT_CODE, &(struct reading){.intent = INTENT_CODE});
}

const char *code_new(struct turn *turn, const char *kind, const char *act)
{
    struct code_state state = state_of(turn);
    char digits[KEYED_DIGITS], digest[KEYED_HEX];
    if (state.failures >= CODE_FAILURES_MAX) {
        turn_say(turn, MSG_CODE_LOCKED, NO_ARGS);
        return NULL;
    }
    keyed_digits(digits);
    keyed_code(turn->policy->key, turn->sender->person_id, digits, digest);
    state.digest = arena_copy(turn->arena, slice_of(digest));
    state.kind = kind;
    state.act = act;
    state.made_us = turn->now_us;
    state.tries = 0;
    keep(turn, state);
    wait_for_digits(turn);
    return arena_copy(turn->arena, slice_of(digits));
}

const char *code_said(const struct turn *turn, struct slice words)
{
    return text_start(turn->arena, slice_of(text_unbarred(turn->arena, words)), SAID_MAX);
}

static void confirmed(struct turn *turn, struct code_state state)
{
    struct code_state after = state;
    forget(&after);
    keep(turn, after);
    for (int i = 0; i < ACTS; i++)
        if (slice_is(slice_of(state.kind), acts[i].kind)) {
            (state.stands ? acts[i].act : acts[i].too_late)(turn, state.act);
            return;
        }
    turn_say(turn, MSG_CODE_NONE, NO_ARGS); /* of a kind that another version knows */
}

/* Once, when it happens: whoever guesses on is answered, but tells the officers nothing new. */
static void lock(struct turn *turn, struct code_state *state)
{
    forget(state);
    *EFFECT(turn, desk) = (struct desk_row){.person_id = turn->sender->person_id,
                                            .inbound_id = turn->inbound_id,
                                            .reason = "code_locked",
                                            .place = "",
                                            .commodity = ""};
    turn_say(turn, MSG_CODE_LOCKED, NO_ARGS);
}

static void wrong(struct turn *turn, struct code_state state)
{
    state.tries++;
    state.failures++;
    if (state.failures >= CODE_FAILURES_MAX) {
        lock(turn, &state);
    } else if (state.tries >= TRIES_MAX) {
        forget(&state);
        turn_say(turn, MSG_CODE_SPENT, NO_ARGS);
    } else {
        wait_for_digits(turn);
        turn_say(turn, MSG_CODE_WRONG, ARGS({"left", format_number(turn->arena, turn->lang, TRIES_MAX - state.tries)}));
    }
    keep(turn, state);
}

void code_act(struct turn *turn)
{
    struct code_state state = state_of(turn);
    char digest[KEYED_HEX];
    keyed_code(turn->policy->key, turn->sender->person_id, turn->reading.number, digest);
    if (state.failures >= CODE_FAILURES_MAX)
        turn_say(turn, MSG_CODE_LOCKED, NO_ARGS);
    else if (!*state.digest || !is_within(turn, state.made_us, CODE_US))
        turn_say(turn, MSG_CODE_NONE, NO_ARGS);
    else if (keyed_equal(digest, state.digest))
        confirmed(turn, state);
    else
        wrong(turn, state);
}
