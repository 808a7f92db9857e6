/* SPDX-License-Identifier: Apache-2.0
 *
 * A turn by USSD: which session it goes on with, the screens, and the flow of what they complete.
 */
#include "smsd/ussd/ussd.h"

#include <stdlib.h>

#include "smsd/clock.h"
#include "smsd/metrics/metrics.h"
#include "smsd/ussd/page.h"
#include "smsd/worker/steps.h"

/* Numbers of a dial, or of a lost session, that are pressed: each costs as much as a text does. */
#define DIALLED_MAX 16

struct ussd_turn {
    struct ussd_session session;
    enum ussd_does does;
    const char *rest; /* of what was dialled and is still to be pressed: "*2*1#" */
    int n_dialled;    /* of these, pressed so far */
    bool barred;      /* it came to something, but too much was said to this number by SMS this hour */
    bool texted;      /* what the flow said goes out by SMS */
};

/* ---- which session ---- */

static bool is_recent(const struct turn *turn, const struct ussd_row *row, int64_t time_us)
{
    return llabs(turn->now_us - row->touched_us) < time_us;
}

/* The row of the session that the gateway names. */
static struct ussd_row *own_row(const struct turn *turn)
{
    const struct sender *s = turn->sender;
    for (size_t i = 0; i < s->n_ussd; i++)
        if (strcmp(s->ussd[i].gateway, turn->mo->gateway) == 0 && strcmp(s->ussd[i].session, turn->mo->session) == 0)
            return &s->ussd[i];
    return NULL;
}

/* The session that a dial may go on with: the last one that is open. */
static struct ussd_row *dropped_row(const struct turn *turn)
{
    const struct sender *s = turn->sender;
    for (size_t i = 0; i < s->n_ussd; i++)
        if (s->ussd[i].phase == USSD_OPEN && is_recent(turn, &s->ussd[i], turn->policy->ussd_resume_us))
            return &s->ussd[i];
    return NULL;
}

static bool load(const struct turn *turn, const struct ussd_row *row, struct ussd_session *session_r)
{
    return ussd_session_read(turn->knowledge->lexicon, row->state, session_r);
}

/* ---- what was pressed ---- */

/* TC stops from wherever one is; the SMS that confirms it stays with the person. */
static void press(struct turn *turn, struct slice pressed)
{
    struct ussd_turn *ussd = turn->ussd;
    if (read_is_stop(turn->knowledge->reader, turn->arena, pressed)) {
        turn->reading = (struct reading){.outcome = READ_SURE, .intent = INTENT_STOP};
        ussd->does = USSD_ACTS;
    } else {
        ussd->does = ussd_press(turn, &ussd->session, pressed);
    }
}

/* Takes the next number off "*1*2#"; empty when there is none, or enough were. */
static struct slice next_dialled(struct ussd_turn *ussd)
{
    if (ussd->n_dialled++ == DIALLED_MAX)
        ussd->rest = "";
    ussd->rest += strspn(ussd->rest, "*");
    struct slice number = {ussd->rest, strcspn(ussd->rest, "*#")};
    ussd->rest += number.n;
    return number;
}

/* A number that leads too far was not pressed. */
static void take_back(struct turn *turn, const struct ussd_session *before)
{
    turn->ussd->session = *before;
    turn->ussd->does = USSD_SHOWS;
    turn->ussd->rest = "";
    turn->reading = (struct reading){0};
}

/* "*8055*1*2#": 1, then 2, until a screen must look something up; the rest is pressed once it did. Nothing is done by
 * it but a stop: who dials has seen no summary. */
static void press_dialled(struct turn *turn)
{
    struct ussd_turn *ussd = turn->ussd;
    struct slice number;
    while (ussd->does == USSD_SHOWS && turn->n_lookups == 0 && (number = next_dialled(ussd)).n) {
        const struct ussd_session before = ussd->session;
        press(turn, number);
        if (ussd->does == USSD_ACTS && turn->reading.intent != INTENT_STOP)
            take_back(turn, &before);
    }
}

/* What was dialled behind our own code, "*1*2#" of "*8055*1*2#"; "" when nothing was. */
static const char *behind_code(const struct turn *turn)
{
    const char *code = turn->policy->ussd_code, *dialled = turn->mo->text;
    size_t n = strcspn(code, "#");
    return strncmp(dialled, code, n) == 0 && dialled[n] == '*' ? dialled + n : "";
}

/* A new session, and the first of its keys, "*1*2". */
static void begin(struct turn *turn, const char *keys)
{
    turn->ussd->session = (struct ussd_session){0};
    turn->ussd->rest = keys;
    ussd_begin(turn, &turn->ussd->session);
    press_dialled(turn);
}

/* A session dropped on the way is offered, unless the dial says by itself where to go. */
static void dial(struct turn *turn)
{
    struct ussd_session *session = &turn->ussd->session;
    const char *rest = behind_code(turn);
    struct ussd_row *dropped = *rest ? NULL : dropped_row(turn);
    if (dropped && load(turn, dropped, session)) {
        ussd_resume(turn, session);
        dropped->phase = USSD_MOVED;
        if (dropped != own_row(turn))
            *EFFECT(turn, ussd) = *dropped;
        return;
    }
    begin(turn, rest);
}

/* An answer within a session that nobody knows any more begins it anew: the first screen says what can be done; or, of
 * all that was pressed, the last that nothing is done by. One that ended is not lost, and only begins anew. */
static void answer(struct turn *turn)
{
    struct ussd_session *session = &turn->ussd->session;
    const struct ussd_row *row = own_row(turn);
    if (row && row->phase != USSD_OVER && is_recent(turn, row, USSD_KEPT_US) && load(turn, row, session)) {
        press(turn, slice_of(turn->mo->text));
        return;
    }
    const bool lost = !row || row->phase != USSD_OVER;
    begin(turn, lost && turn->mo->pressed ? arena_printf(turn->arena, "*%s", turn->mo->pressed) : "");
}

/* Each of these costs an SMS or a row. */
static bool is_too_much(const struct turn *turn)
{
    return turn_in_same_hour(turn) && turn->sender->hour_replies >= turn->policy->reply_limit;
}

/* A stop of everything is done whatever was sent before; once more, or of some goods only, it can wait. */
static bool is_first_stop(const struct turn *turn)
{
    const struct reading *r = &turn->reading;
    const bool whole = r->n_items == 0 || (!r->items[0].commodity && !r->items[0].place);
    return r->intent == INTENT_STOP && whole && !turn->sender->stopped;
}

void ussd_meet(struct turn *turn)
{
    turn->looked_up = true;
    turn->path = turn->sender->seen ? PATH_SEEN : PATH_USSD;
    turn->lang = message_lang(turn->knowledge->book, turn->sender->lang);
    if (turn->path == PATH_SEEN || turn->mo->sign == USSD_LEAVES)
        return;
    turn->ussd = arena_alloc(turn->arena, sizeof *turn->ussd);
    turn->ussd->rest = "";
    if (turn->mo->sign == USSD_DIALS)
        dial(turn);
    else
        answer(turn);
    turn->ussd->barred = turn->ussd->does != USSD_SHOWS && !is_first_stop(turn) && is_too_much(turn);
    if (turn->ussd->does == USSD_SHOWS || turn->ussd->barred)
        turn_look_up(turn);
    else
        turn_want(turn);
}

/* ---- what is shown ---- */

static void remember(struct turn *turn, bool over)
{
    *EFFECT(turn, ussd) = (struct ussd_row){
        .person_id = turn->sender->person_id,
        .gateway = turn->mo->gateway,
        .session = turn->mo->session,
        .state = over ? "{}" : ussd_session_write(turn->arena, &turn->ussd->session),
        .phase = over ? USSD_OVER : USSD_OPEN,
    };
}

/* Does the next screen need nothing but what was looked up for the one before? */
static bool is_looked_up(const struct turn *turn)
{
    return turn->ussd->does == USSD_SHOWS && (turn->n_lookups == 0 || (turn->lookups[0].usual && turn->found[0].usual));
}

/* The screen, and the next ones as far as a dial goes on: what nothing was looked up for is left for the person to
 * press. */
static struct ussd_view show(struct turn *turn, const char *told)
{
    struct ussd_turn *ussd = turn->ussd;
    struct ussd_view view = ussd_show(turn, &ussd->session, ussd->does, told);
    struct slice number;
    while (ussd->does == USSD_SHOWS && (number = next_dialled(ussd)).n) {
        const struct ussd_session before = ussd->session;
        press(turn, number);
        if (!is_looked_up(turn)) {
            take_back(turn, &before);
            break;
        }
        view = ussd_show(turn, &ussd->session, ussd->does, NULL);
    }
    return view;
}

/* What the keypress comes to, and what the phone shows of it. */
static struct ussd_view act_and_show(struct turn *turn)
{
    const char *told = NULL;
    if (turn->ussd->barred) {
        turn->outcome = "guarded";
        turn->lang = page_lang(turn->lang);
        turn_say(turn, MSG_TOO_MANY, NO_ARGS);
        return (struct ussd_view){.text = turn->answer, .ends = true};
    }
    if (turn->ussd->does != USSD_SHOWS) {
        turn_act_on_reading(turn);
        told = turn->answer ? turn->answer : "";
    }
    const struct ussd_view view = show(turn, told);
    turn->ussd->texted = view.by_sms && told && *told;
    if (turn->ussd->texted)
        turn_send(turn, told);
    return view;
}

void ussd_act(struct turn *turn)
{
    turn->outcome = "answer";
    if (!turn->ussd)
        return; /* it was left: there is nobody to show anything, and what it was about stands in its row */
    const struct ussd_view view = act_and_show(turn);
    turn->answer = view.text;
    turn->reply.ends = view.ends;
    remember(turn, view.ends);
}

/* Screens are no part of the conversation by SMS; but what a flow asks, it asks there, and what is sent counts
 * there. The row is as young as this then, so it forgets the text before: that may be of yesterday, and the same words
 * now are no repetition. */
void ussd_keep_conversation(struct turn *turn)
{
    const struct sender *s = turn->sender;
    const bool running = turn_in_same_hour(turn);
    if (!turn->question && !(turn->ussd && turn->ussd->texted))
        return;
    *EFFECT(turn, conversations) = (struct conversation_row){
        .person_id = s->person_id,
        .question = turn->question ? turn->question : s->question,
        .question_us = turn->question ? turn->now_us : s->question_us,
        .failures = s->failures,
        .last_answer = "",
        .hour_us = running ? s->hour_us : turn->now_us,
        .hour_replies = (running ? s->hour_replies : 0) + turn->ussd->texted,
        .hour_same = running ? s->hour_same : 0,
    };
}

bool ussd_has_ended(const struct turn *turn)
{
    const struct ussd_row *row = own_row(turn);
    return !row || row->phase == USSD_OVER;
}

void ussd_count(const struct turn *turn)
{
    static const enum metric metrics[] = {
        [USSD_SHOWS] = METRIC_USSD_SHOWN, [USSD_TELLS] = METRIC_USSD_TOLD, [USSD_ACTS] = METRIC_USSD_ACTED};
    if (turn->ussd && turn->ussd->barred) {
        metric_add(METRIC_GUARDED_REPLIES, 1);
        return;
    }
    metric_add(turn->ussd ? metrics[turn->ussd->does] : METRIC_USSD_LEFT, 1);
    if (turn->ussd && turn->ussd->does != USSD_SHOWS)
        metric_add(metric_of_intent(turn->reading.intent), 1);
}
