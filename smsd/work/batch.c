/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/work/batch.h"

#include <ctype.h>

#include "parsers/text/sms.h"
#include "smsd/flow/draft.h"
#include "smsd/flow/flow.h"
#include "smsd/metrics/metrics.h"

#define HOUR_US (3600LL * 1000000)

/* Ids and serials a text may need: its inbound row, its answer, a welcome, and for each item a listing and a code, of
 * which about every second serial gives one. */
#define IDS_A_TEXT (3 + 8 * READ_ITEMS_MAX)

/* ---- before the database: what the text alone says ---- */

static struct read_context context_of(const struct turn *turn)
{
    return (struct read_context){.today = turn->today, .home = turn->home};
}

static void want(struct turn *turn)
{
    const struct flow *flow = flow_of(turn->reading.intent);
    turn->n_lookups = 0;
    turn->looked_up = false;
    if (turn->reading.outcome == READ_SURE && flow->want)
        flow->want(turn);
    for (size_t i = 0; i < turn->n_lookups; i++)
        turn->lookups[i].mo = turn->index;
}

static void read_whole(struct turn *turn, bool place_optional)
{
    struct read_context context = context_of(turn);
    context.place_optional = place_optional;
    read_text(turn->knowledge->reader, &context, turn->arena, slice_of(turn->mo->text), &turn->reading);
    want(turn);
}

static void start_turn(struct batch *batch, size_t i, struct mo *mo, struct sender *sender, struct effects *effects)
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
    turn->path = read_is_stop(batch->knowledge->reader, batch->arena, slice_of(mo->text)) ? PATH_STOP : PATH_READ;
    read_whole(turn, true);
}

/* ---- with what the database knows of the sender ---- */

static bool same_as_last(const struct turn *turn)
{
    return turn->sender->last_hash != 0 && turn->sender->last_hash == turn->mo->text_hash;
}

static bool same_hour(const struct turn *turn)
{
    return turn->now_us - turn->sender->hour_us < HOUR_US;
}

/* PATH_READ when nothing speaks against an answer. */
static enum path guard(const struct turn *turn)
{
    const struct sender *s = turn->sender;
    if (!same_hour(turn))
        return PATH_READ;
    if (s->hour_replies >= turn->policy->reply_limit)
        return PATH_TOO_MANY;
    return same_as_last(turn) && s->hour_same >= turn->policy->same_limit ? PATH_LOOP : PATH_READ;
}

/* The open question, when there is one that is young enough and can still be read. */
static bool open_question(const struct turn *turn, enum draft_kind *kind, struct reading *draft)
{
    const struct sender *s = turn->sender;
    return s->question && turn->now_us - s->question_us < turn->policy->question_ttl_us &&
           draft_read(turn->knowledge->lexicon, s->question, kind, draft);
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
    case DRAFT_ASK:
        break;
    }
    return read_answer(turn->knowledge->reader, &context, turn->arena, text, draft);
}

/* Does the text answer the question that is open? Its reading is then the draft, completed. */
static bool answers_question(struct turn *turn)
{
    enum draft_kind kind;
    struct reading draft;
    if (!open_question(turn, &kind, &draft))
        return false;
    draft.script = turn->reading.script;
    if (!answers(turn, kind, &draft))
        return false;
    turn->reading = draft;
    return true;
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
    if (same_as_last(turn) && s->last_repeatable && turn->now_us - s->last_us < turn->policy->dedupe_window_us)
        return PATH_DUPLICATE;
    return answers_question(turn) ? PATH_ANSWER : PATH_READ;
}

/* "1" and "?" are in no language. */
static bool has_words(const char *text)
{
    for (; *text; text++)
        if (isalpha((unsigned char)*text) || (unsigned char)*text >= 0x80)
            return true;
    return false;
}

/* The language to answer in: the one chosen; else that of the text; a bare answer says nothing of it. */
static enum lang lang_for(const struct turn *turn)
{
    const struct sender *s = turn->sender;
    bool known = s->lang_chosen || turn->path == PATH_ANSWER || !has_words(turn->mo->text);
    return message_lang(turn->knowledge->book, known ? s->lang : turn->reading.script);
}

/* What the text means now that the person's own place is known. A reading that was sure without it stays, but for the
 * place that it may lack. */
static void settle(struct turn *turn)
{
    struct read_context context = context_of(turn);
    if (turn->reading.outcome == READ_SURE)
        reading_settle(&context, &turn->reading);
    else if (turn->home)
        read_whole(turn, false);
}

static void meet(struct turn *turn)
{
    turn->home = *turn->sender->place ? lexicon_place(turn->knowledge->lexicon, turn->sender->place) : NULL;
    turn->looked_up = true;
    turn->path = choose_path(turn);
    if (turn->path == PATH_READ)
        settle(turn);
    else if (turn->path == PATH_ANSWER)
        want(turn);
    turn->lang = lang_for(turn);
}

/* ---- acting ---- */

static const char *const outcome_names[] = {[READ_SURE] = "sure", [READ_ASK] = "ask", [READ_NONE] = "none"};

static void act_on_reading(struct turn *turn)
{
    bool served = flow_of(turn->reading.intent)->act != not_yet_act;
    turn->outcome = turn->path == PATH_ANSWER ? "answer" : outcome_names[turn->reading.outcome];
    if (turn->stop_undone)
        unstop_act(turn);
    if (turn->reading.outcome == READ_ASK && served)
        ask_act(turn);
    else if (turn->reading.outcome == READ_NONE)
        none_act(turn);
    else
        flow_of(turn->reading.intent)->act(turn);
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
    case PATH_STOP:
        turn->reading.intent = INTENT_STOP;
        turn->reading.outcome = READ_SURE;
        act_on_reading(turn);
        break;
    case PATH_ANSWER:
    case PATH_READ:
        act_on_reading(turn);
        break;
    }
}

/* Does an identical text right after this one mean the same text? Not when it may answer another question then, and not
 * when this one got no real answer. */
static bool is_repeatable(const struct turn *turn)
{
    return turn->path == PATH_DUPLICATE || turn->path == PATH_STOP || (turn->path == PATH_READ && !turn->question);
}

static void keep_conversation(struct turn *turn)
{
    const struct sender *s = turn->sender;
    bool running = same_hour(turn),
         kept = turn->path == PATH_DUPLICATE || turn->path == PATH_TOO_MANY || turn->path == PATH_LOOP;
    *EFFECT(turn, conversations) = (struct conversation_row){
        .person_id = s->person_id,
        .question = kept ? s->question : turn->question,
        .question_us = kept ? s->question_us : turn->now_us,
        .failures = kept ? s->failures : turn->not_understood && s->failures == 0,
        .last_hash = turn->mo->text_hash,
        .last_repeatable = is_repeatable(turn),
        .last_answer = turn->answer ? turn->answer : "",
        .hour_us = running ? s->hour_us : turn->now_us,
        .hour_replies = (running ? s->hour_replies : 0) + (turn->answer != NULL),
        .hour_same = running && same_as_last(turn) ? s->hour_same + 1 : 1,
    };
}

/* People who never chose a language are remembered by the one they write in. */
static void remember_lang(struct turn *turn)
{
    enum lang lang = turn->reading.script;
    if (turn->path != PATH_READ || turn->sender->lang_chosen || lang == turn->sender->lang ||
        !has_words(turn->mo->text))
        return;
    struct person_change *change = turn_change(turn);
    if (!change->set_lang) {
        change->set_lang = true;
        change->lang = lang;
    }
}

static void record(struct turn *turn)
{
    int64_t answer_id = 0;
    if (turn->answer) {
        struct outbox_row *row = turn_send(turn, turn->answer);
        row->handed = true;
        answer_id = row->id;
    }
    turn->reply.outbox_id = answer_id;
    *EFFECT(turn, inbound) =
        (struct inbound_row){turn->inbound_id, turn->index, turn->sender->person_id, intent_name(turn->reading.intent),
                             turn->outcome,    answer_id};
    keep_conversation(turn);
}

static void reply(struct turn *turn)
{
    struct sms_size size = sms_size(slice_of(turn->answer));
    turn->reply.created_us = turn->now_us;
    turn->reply.kind = size.segments ? ANSWER_TEXT : ANSWER_NOTHING;
    turn->reply.text = turn->answer;
    turn->reply.coding = (int)size.coding;
    turn->reply.segments = (int)size.segments;
}

static void finish(struct turn *turn)
{
    turn->inbound_id = turn->path == PATH_SEEN ? 0 : turn_id(turn);
    act(turn);
    if (turn->path == PATH_READ || turn->path == PATH_ANSWER) {
        remember_lang(turn);
        if (!turn->sender->welcomed && turn->answer)
            welcome_act(turn);
    }
    if (turn->path != PATH_SEEN)
        record(turn);
    reply(turn);
}

/* ---- counting, once it is committed ---- */

static const enum metric outcome_metrics[] = {
    [READ_SURE] = METRIC_READ_SURE, [READ_ASK] = METRIC_READ_ASK, [READ_NONE] = METRIC_READ_NONE};

static void count(const struct turn *turn)
{
    static const enum metric by_path[] = {[PATH_SEEN] = METRIC_DUPLICATE_ID,
                                          [PATH_DUPLICATE] = METRIC_DUPLICATE_CONTENT,
                                          [PATH_TOO_MANY] = METRIC_GUARDED_REPLIES,
                                          [PATH_LOOP] = METRIC_GUARDED_SAME};
    if (turn->path < PATH_STOP) {
        metric_add(by_path[turn->path], 1);
        return;
    }
    metric_add(outcome_metrics[turn->reading.outcome], 1);
    metric_add(metric_of_intent(turn->reading.intent), 1);
}

/* ---- the batch ---- */

/* Gathers the lookups not yet answered; *owner_r says where each answer goes. */
static size_t gather(struct batch *batch, struct lookup *lookups_r, struct found **owner_r)
{
    size_t n = 0;
    for (size_t i = 0; i < batch->n; i++) {
        struct turn *turn = &batch->turns[i];
        for (size_t k = 0; k < turn->n_lookups && !turn->looked_up; k++, n++) {
            lookups_r[n] = turn->lookups[k];
            owner_r[n] = &turn->found[k];
        }
    }
    return n;
}

static void hand_out(struct found *const *owners, const struct found *found, size_t n)
{
    for (size_t i = 0; i < n; i++)
        *owners[i] = found[i];
}

struct workspace {
    struct mo *mos;
    struct sender *senders;
    struct lookup *lookups;
    struct found **owners, *found;
    struct effects *effects;
};

static struct workspace workspace_new(struct batch *batch)
{
    size_t n = batch->n, wide = n * READ_ITEMS_MAX;
    batch->turns = arena_calloc(batch->arena, n, sizeof *batch->turns);
    return (struct workspace){
        .mos = arena_calloc(batch->arena, n, sizeof(struct mo)),
        .senders = arena_calloc(batch->arena, n, sizeof(struct sender)),
        .lookups = arena_calloc(batch->arena, wide, sizeof(struct lookup)),
        .owners = arena_calloc(batch->arena, wide, sizeof(struct found *)),
        .found = arena_calloc(batch->arena, wide, sizeof(struct found)),
        .effects = effects_new(batch->arena, n),
    };
}

static enum db_status open_batch(struct batch *batch, struct workspace *w)
{
    for (size_t i = 0; i < batch->n; i++)
        start_turn(batch, i, &w->mos[i], &w->senders[i], w->effects);
    size_t n = gather(batch, w->lookups, w->owners);
    enum db_status status = batch_open(batch->db, batch->arena, batch->policy->province, w->mos, batch->n, w->lookups,
                                       n, w->senders, w->found);
    if (status == DB_OK)
        hand_out(w->owners, w->found, n);
    return status;
}

static enum db_status look_up_the_rest(struct batch *batch, struct workspace *w)
{
    size_t n = gather(batch, w->lookups, w->owners);
    if (n == 0)
        return DB_OK;
    enum db_status status =
        batch_lookup(batch->db, batch->arena, batch->policy->province, w->mos, w->lookups, n, w->found);
    if (status == DB_OK)
        hand_out(w->owners, w->found, n);
    return status;
}

static enum db_status commit(struct batch *batch, struct workspace *w, enum db_status status)
{
    if (status == DB_OK)
        status = batch_commit(batch->db, w->mos, w->effects, batch->now_us);
    if (status != DB_OK)
        batch_rollback(batch->db);
    return status;
}

enum db_status batch_run(struct batch *batch)
{
    struct workspace w = workspace_new(batch);
    enum db_status status = open_batch(batch, &w);
    for (size_t i = 0; status == DB_OK && i < batch->n; i++)
        meet(&batch->turns[i]);
    if (status == DB_OK)
        status = look_up_the_rest(batch, &w);
    for (size_t i = 0; status == DB_OK && i < batch->n; i++) {
        status = ids_reserve(batch->db, IDS_A_TEXT); /* seldom a round trip */
        if (status == DB_OK)
            finish(&batch->turns[i]);
    }
    status = commit(batch, &w, status);
    for (size_t i = 0; status == DB_OK && i < batch->n; i++)
        count(&batch->turns[i]);
    return status;
}

enum db_status batch_bury(struct batch *batch, const char *reason)
{
    struct workspace w = workspace_new(batch);
    struct turn *turn = &batch->turns[0];
    turn->envelope = batch->envelopes[0];
    w.mos[0] = turn->envelope->mo;
    enum db_status status =
        batch_open(batch->db, batch->arena, batch->policy->province, w.mos, 0, NULL, 0, w.senders, w.found);
    w.effects->dead[w.effects->n_dead++] = (struct dead_row){.mo = 0, .reason = reason};
    turn->answer = message_render(batch->knowledge->book, LANG_VI, batch->arena, MSG_FAILED, NO_ARGS);
    reply(turn);
    return commit(batch, &w, status);
}
