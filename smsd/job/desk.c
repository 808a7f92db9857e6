/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/job/desk.h"

#include "db/alerts.h"
#include "db/desk.h"
#include "db/price_reports.h"
#include "parsers/base/work_hours.h"
#include "parsers/text/plain.h"
#include "parsers/text/sms.h"
#include "smsd/clock.h"
#include "smsd/flow/code.h"
#include "smsd/job/alert.h"
#include "smsd/knowledge/knowledge.h"
#include "smsd/message/format.h"
#include "smsd/metrics/metrics.h"

/* Longest piece of a text that an officer's SMS shows. */
#define TASK_WORDS_MAX 160

struct desk_run {
    struct db *db;
    struct arena *arena;
    const struct conf *conf;
    const struct knowledge *knowledge;
    int64_t now_us;
};

/* ---- to officers ---- */

/* Officers' phones may show nothing but GSM-7. */
static enum lang task_lang(const struct desk_text *text)
{
    return text->lang == LANG_EN ? LANG_EN : LANG_VI;
}

/* "Cầu Kè, lúa, hỏi": where, what, and why it is asked. */
static const char *subject(const struct desk_run *run, const struct desk_text *text)
{
    enum lang lang = task_lang(text);
    const struct place *place = lexicon_place(run->knowledge->lexicon, text->place);
    const struct commodity *goods = lexicon_commodity(run->knowledge->lexicon, text->commodity);
    const char *why = message_phrase(run->knowledge->book, lang, "desk", text->reason);
    return arena_printf(run->arena, "%s%s%s%s%s", place ? place->brief[lang] : "", place ? ", " : "",
                        goods ? goods->brief[lang] : "", goods ? ", " : "", why ? why : text->reason);
}

/* What is asked: the text, or a price and whether it is right. */
static const char *words_of_task(const struct desk_run *run, const struct desk_text *text)
{
    enum lang lang = task_lang(text);
    const struct message_book *book = run->knowledge->book;
    const char *words = text_plain(run->arena, slice_of(text->words), TASK_WORDS_MAX);
    const struct unit *unit = lexicon_unit(run->knowledge->lexicon, text->unit);
    if (text->price)
        return arena_printf(run->arena, "%s, %s", format_price(run->arena, lang, text->price, text->price, unit),
                            message_phrase(book, lang, "desk", "right_or_wrong"));
    return *words ? words : message_phrase(book, lang, "desk", "unseen");
}

/* Not held back by quiet hours and daily caps: that is what hours of duty are for. */
static struct alert_row task(const struct desk_run *run, const struct alert_rules *rules, const struct desk_text *text)
{
    enum lang lang = task_lang(text);
    struct alert_row row =
        alert_make(run->arena, run->knowledge->book, rules, run->now_us, (struct alert_to){text->person_id, lang},
                   arena_printf(run->arena, "desk:%lld", (long long)text->item), MSG_DESK_TASK,
                   ARGS({"number", arena_printf(run->arena, "%lld", (long long)text->item)},
                        {"subject", subject(run, text)}, {"words", words_of_task(run, text)}));
    row.not_before_us = 0;
    row.cap = ALERT_NO_CAP;
    return row;
}

static enum db_status post_tasks(const struct desk_run *run, const struct desk_text *texts, size_t n)
{
    struct alert_rules rules = alert_rules(run->conf);
    struct alert_row rows[DESK_BATCH];
    for (size_t i = 0; i < n; i++)
        rows[i] = task(run, &rules, &texts[i]);
    enum db_status status = n ? alerts_post(run->db, rows, n, run->now_us) : DB_OK;
    if (status == DB_OK)
        return desk_commit(run->db, NULL, 0, run->now_us);
    batch_rollback(run->db);
    return status;
}

/* Whose hours it is, those whose hours cannot be read having the office's; and who cannot answer for wrong codes. */
static struct desk_shift shift_of(const struct desk_run *run, const struct work_hours *office,
                                  const struct desk_officer *officers, size_t n)
{
    struct desk_shift shift = {.on_duty = arena_calloc(run->arena, n, sizeof(int64_t)),
                               .locked = arena_calloc(run->arena, n, sizeof(int64_t)),
                               .waited_before_us =
                                   work_hours_before(office, run->now_us, run->conf->desk.escalate / 60)};
    for (size_t i = 0; i < n; i++) {
        struct work_hours hours = *office;
        work_hours_read(slice_of(officers[i].hours), &hours);
        if (officers[i].locked)
            shift.locked[shift.n_locked++] = officers[i].person_id;
        else if (work_hours_at(&hours, run->now_us))
            shift.on_duty[shift.n_on_duty++] = officers[i].person_id;
    }
    return shift;
}

static enum db_status ask_officers(const struct desk_run *run)
{
    struct work_hours office;
    struct desk_officer *officers;
    struct desk_text *texts;
    size_t n, n_texts = 0;
    work_hours_read(slice_of(run->conf->desk.hours), &office); /* conf_check has */
    enum db_status status = desk_duty(run->db, run->arena, (struct desk_lock){CODE_FAILURES_MAX, CODE_FAILURES_US},
                                      run->now_us, &officers, &n);
    if (status != DB_OK)
        return status;
    const struct desk_shift shift = shift_of(run, &office, officers, n);
    if (shift.n_on_duty == 0)
        return DB_OK;
    status = desk_assign(run->db, run->arena, &shift, run->now_us, &texts, &n_texts);
    if (status == DB_OK)
        status = post_tasks(run, texts, n_texts);
    if (status == DB_OK)
        metric_add(METRIC_DESK_ASKED, (int64_t)n_texts);
    return status;
}

/* ---- to who wrote ---- */

static struct outbox_row reply(const struct desk_run *run, const struct desk_text *text, const char *body)
{
    struct sms_size size = sms_size(slice_of(body));
    return (struct outbox_row){
        .id = ids_take(run->db),
        .person_id = text->person_id,
        .kind = OUTBOX_REPLY,
        .body = body,
        .coding = (int)size.coding,
        .segments = (int)size.segments,
        .sender = run->conf->service.short_code,
    };
}

static const char *answer(const struct desk_run *run, const struct desk_text *text)
{
    return message_render(run->knowledge->book, text->lang, run->arena, MSG_DESK_ANSWER,
                          ARGS({"answer", text_unbarred(run->arena, slice_of(text->words))}, {"more", ""}));
}

static const char *apology(const struct desk_run *run, const struct desk_text *text)
{
    return message_render(run->knowledge->book, text->lang, run->arena, MSG_DESK_LATE,
                          ARGS({"moment", format_moment(run->arena, text->lang, text->created_us)}));
}

static enum db_status post_replies(const struct desk_run *run, const struct desk_text *texts, size_t n,
                                   const char *(*say)(const struct desk_run *run, const struct desk_text *text))
{
    struct outbox_row rows[DESK_BATCH];
    for (size_t i = 0; i < n; i++)
        rows[i] = reply(run, &texts[i], say(run, &texts[i]));
    return desk_commit(run->db, rows, n, run->now_us);
}

static enum db_status tell_answers(const struct desk_run *run)
{
    struct desk_text *texts;
    size_t n;
    enum db_status status = desk_tell(run->db, run->arena, run->now_us, &texts, &n);
    if (status == DB_OK)
        status = post_replies(run, texts, n, answer);
    if (status == DB_OK)
        metric_add(METRIC_DESK_ANSWERED, (int64_t)n);
    return status;
}

/* Items from then or before are about to be too old: within the hour, or in the night that begins within it. */
static int64_t late_before(const struct desk_run *run)
{
    struct alert_rules rules = alert_rules(run->conf);
    bool night = alert_time(&rules, run->now_us) != run->now_us;
    int64_t soon = run->now_us + (night ? 0 : 3600 * SECOND_US);
    return alert_time(&rules, soon) - run->conf->desk.promise * SECOND_US;
}

static enum db_status tell_the_late(const struct desk_run *run)
{
    struct desk_text *texts;
    size_t n;
    enum db_status status = desk_late(run->db, run->arena, late_before(run), run->now_us, &texts, &n);
    if (status == DB_OK)
        status = post_replies(run, texts, n, apology);
    if (status == DB_OK)
        metric_add(METRIC_DESK_LATE, (int64_t)n);
    return status;
}

/* ---- prices ---- */

static enum db_status take_prices(const struct desk_run *run)
{
    return desk_take_prices(run->db, run->now_us);
}

/* Done again after a crash between the two it changes nothing: a price is decided about once. */
static enum db_status judge_prices(const struct desk_run *run)
{
    struct desk_judgement rows[DESK_BATCH];
    size_t n;
    bool found;
    enum db_status status = desk_judged(run->db, rows, &n);
    for (size_t i = 0; status == DB_OK && i < n; i++) {
        status = price_review(run->db, rows[i].price_report, rows[i].right, run->now_us, &found);
        if (status == DB_OK)
            status = desk_judged_done(run->db, rows[i].answer, run->now_us);
    }
    return status;
}

/* ---- the job ---- */

static enum db_status measure(const struct desk_run *run)
{
    int64_t open = 0, oldest = 0;
    enum db_status status = desk_backlog(run->db, run->now_us, &open, &oldest);
    if (status == DB_OK) {
        metric_set(METRIC_DESK_OPEN, open);
        metric_set(METRIC_DESK_OLDEST, oldest);
    }
    return status;
}

enum db_status desk_serve(struct db *db, struct arena *arena, const struct conf *conf, int64_t now_us)
{
    static enum db_status (*const steps[])(const struct desk_run *run) = {take_prices,   ask_officers, tell_answers,
                                                                          tell_the_late, judge_prices, measure};
    struct desk_run run = {db, arena, conf, knowledge_acquire(), now_us};
    enum db_status status = DB_OK;
    if (!run.knowledge)
        return DB_OK;
    for (size_t i = 0; status == DB_OK && i < sizeof steps / sizeof *steps; i++) {
        status = ids_reserve(db, 2 * DESK_BATCH);
        if (status == DB_OK)
            status = steps[i](&run);
    }
    knowledge_release(run.knowledge);
    return status;
}
