/* SPDX-License-Identifier: Apache-2.0
 *
 * The second half of a turn: acting, answering, and the rows that remember both.
 */
#include "parsers/text/sms.h"
#include "smsd/flow/flow.h"
#include "smsd/metrics/metrics.h"
#include "smsd/worker/steps.h"

/* ---- acting ---- */

static const char *const outcome_names[] = {[READ_SURE] = "sure", [READ_ASK] = "ask", [READ_NONE] = "none"};

void turn_act_on_reading(struct turn *turn)
{
    const struct flow *flow = flow_of(turn->reading.intent);
    bool served = flow->act != not_yet_act, which = turn->reading.ask == ASK_LISTING && flow->want == own_want;
    turn->outcome = turn->path == PATH_ANSWER ? "answer" : outcome_names[turn->reading.outcome];
    if (turn->stop_undone)
        unstop_act(turn);
    if (turn->reading.outcome == READ_ASK && served && !which)
        ask_act(turn);
    else if (turn->reading.outcome == READ_NONE)
        none_act(turn);
    else
        flow->act(turn);
}

static void act(struct turn *turn)
{
    switch (turn->path) {
    case PATH_SEEN:
        turn->answer = turn->sender->seen_answer;
        break;
    case PATH_TOO_MANY:
        turn->outcome = "guarded";
        if (turn->sender->hour_replies == turn->policy->reply_limit) /* said once, then silence */
            turn_say(turn, MSG_TOO_MANY, NO_ARGS);
        break;
    case PATH_LOOP:
        turn->outcome = "guarded";
        break;
    case PATH_DUPLICATE:
        turn->outcome = "duplicate";
        turn->answer = *turn->sender->last_answer ? turn->sender->last_answer : NULL;
        break;
    case PATH_DEAD:
        turn->outcome = "dead";
        turn_say(turn, MSG_FAILED, NO_ARGS);
        break;
    case PATH_STOP:
        turn->reading.intent = INTENT_STOP;
        turn->reading.outcome = READ_SURE;
        turn_act_on_reading(turn);
        break;
    case PATH_ANSWER:
    case PATH_READ:
        turn_act_on_reading(turn);
        break;
    case PATH_USSD:
        ussd_act(turn);
        break;
    }
}

/* Is an identical text right after this one the same text, whatever question is open? Else it is only if it answers
 * none, and if this one got a real answer. */
static bool is_repeatable(const struct turn *turn)
{
    return turn->path == PATH_DUPLICATE || turn->path == PATH_STOP || (turn->path == PATH_READ && !turn->question);
}

static void keep_conversation(struct turn *turn)
{
    const struct sender *s = turn->sender;
    bool running = turn_in_same_hour(turn), kept = turn->path < PATH_STOP;
    bool same_again = (turn->path >= PATH_STOP || turn->path == PATH_DUPLICATE) && !turn->of_the_moment;
    *EFFECT(turn, conversations) = (struct conversation_row){
        .person_id = s->person_id,
        .question = kept ? s->question : turn->question,
        .question_us = kept ? s->question_us : turn->now_us,
        .failures = kept ? s->failures : turn->not_understood && s->failures == 0,
        .last_hash = turn->mo->text_hash,
        .last_repeatable = is_repeatable(turn),
        .last_answer = turn->answer && same_again ? turn->answer : "",
        .hour_us = running ? s->hour_us : turn->now_us,
        .hour_replies = (running ? s->hour_replies : 0) + (turn->answer != NULL),
        .hour_same = running && turn_repeats_last(turn) ? s->hour_same + 1 : 1,
    };
}

/* People who never chose a language are remembered by the one they write in. */
static void remember_lang(struct turn *turn)
{
    enum lang lang = turn->reading.script;
    if (turn->path != PATH_READ || turn->sender->lang_chosen || lang == turn->sender->lang || !turn_has_words(turn))
        return;
    struct person_change *change = turn_change(turn);
    if (!change->set_lang) {
        change->set_lang = true;
        change->lang = lang;
    }
}

static void record(struct turn *turn)
{
    if (turn->answer) {
        struct outbox_row *row = turn_send(turn, turn->answer);
        row->handed = true;
        turn->answer_id = row->id;
    }
    *EFFECT(turn, inbound) = (struct inbound_row){turn->inbound_id,        turn->index,
                                                  turn->sender->person_id, intent_name(turn->reading.intent),
                                                  turn->outcome,           turn->answer_id};
    if (turn->path == PATH_USSD)
        ussd_keep_conversation(turn);
    else
        keep_conversation(turn);
}

void turn_reply(struct turn *turn)
{
    struct sms_size size = sms_size(slice_of(turn->answer));
    bool seen = turn->path == PATH_SEEN;
    turn->reply.outbox_id = seen ? turn->sender->seen_answer_id : turn->answer_id;
    turn->reply.created_us = seen ? turn->sender->seen_created_us : turn->now_us;
    turn->reply.kind = size.segments ? ANSWER_TEXT : ANSWER_NOTHING;
    turn->reply.text = turn->answer;
    turn->reply.coding = (int)size.coding;
    turn->reply.segments = (int)size.segments;
    if (turn->path != PATH_USSD)
        turn->reply.ends = turn->path != PATH_SEEN || ussd_has_ended(turn);
}

void turn_finish(struct turn *turn)
{
    turn->inbound_id = turn->path == PATH_SEEN ? 0 : turn_id(turn);
    act(turn);
    remember_lang(turn);
    if (turn->path == PATH_READ || turn->path == PATH_ANSWER)
        offers_act(turn);
    if (turn->path > PATH_STOP && !turn->sender->welcomed && turn->answer)
        welcome_act(turn);
    if (turn->path != PATH_SEEN)
        record(turn);
    turn_reply(turn);
}

/* ---- counting, once it is committed ---- */

static const enum metric outcome_metrics[] = {
    [READ_SURE] = METRIC_READ_SURE, [READ_ASK] = METRIC_READ_ASK, [READ_NONE] = METRIC_READ_NONE};

void turn_count(const struct turn *turn)
{
    static const enum metric by_path[] = {[PATH_SEEN] = METRIC_DUPLICATE_ID,
                                          [PATH_DUPLICATE] = METRIC_DUPLICATE_CONTENT,
                                          [PATH_DEAD] = METRIC_DEAD,
                                          [PATH_TOO_MANY] = METRIC_GUARDED_REPLIES,
                                          [PATH_LOOP] = METRIC_GUARDED_SAME};
    if (turn->path < PATH_STOP) {
        metric_add(by_path[turn->path], 1);
        return;
    }
    if (turn->path == PATH_USSD) {
        ussd_count(turn);
        return;
    }
    metric_add(outcome_metrics[turn->reading.outcome], 1);
    metric_add(metric_of_intent(turn->reading.intent), 1);
}
