/* SPDX-License-Identifier: Apache-2.0
 *
 * The first half of a turn: what the text says, who says it, and so what is to be done with it.
 */
#include <ctype.h>
#include <stdlib.h>

#include "smsd/flow/code.h"
#include "smsd/flow/draft.h"
#include "smsd/flow/flow.h"
#include "smsd/ussd/page.h"
#include "smsd/worker/batch.h"
#include "smsd/worker/steps.h"

#define HOUR_US (3600LL * 1000000)

/* ---- before the database: what the text alone says ---- */

static struct read_context context_of(const struct turn *turn)
{
    return (struct read_context){.today = turn->today, .home = turn->home};
}

void turn_look_up(struct turn *turn)
{
    turn->looked_up = false;
    for (size_t i = 0; i < turn->n_lookups; i++)
        turn->lookups[i].mo = turn->index;
}

void turn_want(struct turn *turn)
{
    const struct flow *flow = flow_of(turn->reading.intent);
    turn->n_lookups = 0;
    bool which = turn->reading.outcome == READ_ASK && turn->reading.ask == ASK_LISTING && flow->want == own_want;
    if (flow->want && (turn->reading.outcome == READ_SURE || which))
        flow->want(turn);
    turn_look_up(turn);
}

static void read_whole(struct turn *turn, bool place_optional)
{
    struct read_context context = context_of(turn);
    context.place_optional = place_optional;
    read_text(turn->knowledge->reader, &context, turn->arena, slice_of(turn->mo->text), &turn->reading);
}

void turn_start(struct batch *batch, size_t i, struct mo *mo, struct sender *sender, struct effects *effects)
{
    struct turn *turn = &batch->turns[i];
    turn->index = i;
    turn->envelope = batch->envelopes[i];
    *mo = turn->envelope->mo;
    turn->mo = mo;
    turn->sender = sender;
    turn->knowledge = batch->knowledge;
    turn->policy = batch->policy;
    turn->arena = batch->arena;
    turn->effects = effects;
    turn->db = batch->db;
    turn->now_us = batch->now_us;
    turn->today = day_of_moment(batch->now_us);
    if (mo->channel == CHANNEL_USSD)
        return; /* what a digit means its session tells */
    read_whole(turn, true);
    turn->path = turn->reading.stops ? PATH_STOP : PATH_READ;
    turn_want(turn);
}

/* ---- with what the database knows of the sender ---- */

bool turn_repeats_last(const struct turn *turn)
{
    return turn->sender->last_hash != 0 && turn->sender->last_hash == turn->mo->text_hash &&
           turn->reading.intent != INTENT_MORE;
}

/* Was it within this time? What lies as far ahead was written by a clock that has been set back since. */
static bool is_within(const struct turn *turn, int64_t at_us, int64_t time_us)
{
    return llabs(turn->now_us - at_us) < time_us;
}

bool turn_in_same_hour(const struct turn *turn)
{
    return is_within(turn, turn->sender->hour_us, HOUR_US);
}

/* PATH_READ when nothing speaks against an answer. */
static enum path guard(const struct turn *turn)
{
    const struct sender *s = turn->sender;
    if (!turn_in_same_hour(turn))
        return PATH_READ;
    if (s->hour_replies >= turn->policy->reply_limit)
        return PATH_TOO_MANY;
    return turn_repeats_last(turn) && s->hour_same >= turn->policy->same_limit ? PATH_LOOP : PATH_READ;
}

/* The open question, when there is one that is young enough and can still be read. */
static bool open_question(const struct turn *turn, enum draft_kind *kind, struct reading *draft)
{
    const struct sender *s = turn->sender;
    return s->question && is_within(turn, s->question_us, turn->policy->question_ttl_us) &&
           draft_read(turn->knowledge->lexicon, s->question, kind, draft);
}

/* "483920", where MA 483920 was asked for. */
static bool answers_code(struct slice text, struct reading *draft)
{
    size_t digits = 0;
    while (digits < text.n && isdigit((unsigned char)text.at[digits]))
        digits++;
    if (digits != text.n || digits != CODE_DIGITS)
        return false;
    draft->outcome = READ_SURE;
    memcpy(draft->number, text.at, digits);
    draft->number[digits] = '\0';
    return true;
}

/* Shall the same sale be counted once more? Who says no has dropped the question. */
static bool answers_sold(struct turn *turn, struct slice text, struct reading *draft)
{
    enum said said = slice_is(text, "1") ? SAID_YES : read_yes_or_no(turn->knowledge->reader, turn->arena, text);
    turn->repeat_confirmed = said == SAID_YES;
    if (said == SAID_NO)
        *draft = (struct reading){.outcome = READ_SURE, .intent = INTENT_CANCEL, .script = draft->script};
    return said != SAID_NEITHER;
}

/* Completes the draft by the text; false when the text is no answer to it. */
static bool answers(struct turn *turn, enum draft_kind kind, struct reading *draft)
{
    struct read_context context = context_of(turn);
    struct slice text = slice_of(turn->mo->text);
    switch (kind) {
    case DRAFT_REPEAT:
        turn->repeat_confirmed = turn->reading.intent == INTENT_NEW;
        if (turn->repeat_confirmed)
            reading_settle(&context, draft);
        return turn->repeat_confirmed;
    case DRAFT_STOPPED:
        turn->stop_undone = slice_is(text, "1");
        return turn->stop_undone;
    case DRAFT_SOLD:
        return answers_sold(turn, text, draft);
    case DRAFT_CODE:
        return answers_code(text, draft);
    case DRAFT_ASK:
        break;
    }
    return read_answer(turn->knowledge->reader, &context, turn->arena, text, draft);
}

/* "1", "ok": a text that can only be an answer. */
static bool is_bare(const struct turn *turn)
{
    return read_is_bare(turn->knowledge->reader, turn->arena, slice_of(turn->mo->text));
}

/* Does the text answer the question that is open? Its reading is then the draft, completed; or the draft as it was, to
 * be asked again, when the text can only be an answer and is none that will do. */
static bool answers_question(struct turn *turn)
{
    enum draft_kind kind;
    struct reading draft;
    if (!open_question(turn, &kind, &draft))
        return false;
    draft.script = turn->reading.script;
    const struct reading asked = draft;
    bool answered = answers(turn, kind, &draft);
    turn->asked_again = !answered && kind == DRAFT_ASK && is_bare(turn);
    if (answered || turn->asked_again)
        turn->reading = answered ? draft : asked;
    return answered || turn->asked_again;
}

static enum path choose_path(struct turn *turn)
{
    const struct sender *s = turn->sender;
    enum path guarded = guard(turn);
    if (s->seen)
        return PATH_SEEN;
    if (turn->path == PATH_STOP && (!s->stopped || guarded == PATH_READ))
        return PATH_STOP;
    if (guarded != PATH_READ)
        return guarded;
    const bool again =
        turn_repeats_last(turn) && *s->last_answer && is_within(turn, s->last_us, turn->policy->dedupe_window_us);
    if (again && s->last_repeatable)
        return PATH_DUPLICATE;
    if (answers_question(turn))
        return PATH_ANSWER;
    return again ? PATH_DUPLICATE : PATH_READ;
}

bool turn_has_words(const struct turn *turn)
{
    for (const char *text = turn->mo->text; *text; text++)
        if (isalpha((unsigned char)*text) || (unsigned char)*text >= 0x80)
            return true;
    return false;
}

/* Commands that are typed as they were taught, whatever language one writes in. */
static const bool taught[INTENT_COUNT] = {
    [INTENT_MORE] = true,  [INTENT_ACCEPT] = true, [INTENT_REFUSE] = true, [INTENT_RELAY] = true, [INTENT_CODE] = true,
    [INTENT_LIST] = true,  [INTENT_CANCEL] = true, [INTENT_EDIT] = true,   [INTENT_SOLD] = true,  [INTENT_RENEW] = true,
    [INTENT_START] = true, [INTENT_STOP] = true,   [INTENT_HELP] = true,   [INTENT_PLACE] = true, [INTENT_NEW] = true,
    [INTENT_CALL] = true,  [INTENT_DATA] = true,   [INTENT_ERASE] = true,  [INTENT_SHOW] = true,  [INTENT_HIDE] = true,
};

/* SUA B7K2 GIA 8400 is no more Vietnamese than Khmer: who writes it writes in the language of the texts before. */
static void settle_language(struct turn *turn)
{
    struct reading *r = &turn->reading;
    bool untold = r->intent == INTENT_JUNK && !r->script_told; /* "thank you", which Vietnamese say too */
    if (r->script == LANG_VI && (taught[r->intent] || *r->listing || untold))
        r->script = turn->sender->lang;
}

/* The language to answer in: the one chosen; else that of the text; a bare answer says nothing of it. */
enum lang turn_lang(const struct turn *turn)
{
    const struct sender *s = turn->sender;
    bool known = s->lang_chosen || turn->path == PATH_ANSWER || !turn_has_words(turn);
    const enum lang lang = message_lang(turn->knowledge->book, known ? s->lang : turn->reading.script);
    return turn->mo->channel == CHANNEL_USSD ? page_lang(lang) : lang;
}

/* What the text means now that the person's own place is known. A reading that was sure without it stays, but for the
 * place that it may lack. */
static void settle(struct turn *turn)
{
    struct read_context context = context_of(turn);
    if (turn->reading.outcome == READ_SURE)
        reading_settle(&context, &turn->reading);
    else if (turn->home) {
        read_whole(turn, false);
        turn_want(turn);
    }
}

void turn_meet(struct turn *turn)
{
    turn->home = *turn->sender->place ? lexicon_place(turn->knowledge->lexicon, turn->sender->place) : NULL;
    if (turn->mo->channel == CHANNEL_USSD) {
        ussd_meet(turn);
        return;
    }
    turn->looked_up = true;
    turn->path = choose_path(turn);
    if (turn->path == PATH_READ)
        settle(turn);
    else if (turn->path == PATH_ANSWER)
        turn_want(turn);
    settle_language(turn);
    turn->lang = turn_lang(turn);
}
