/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <sys/random.h>

#include "parsers/text/sms.h"
#include "smsd/clock.h"
#include "smsd/link/box_p.h"
#include "smsd/link/dlr_url.h"
#include "smsd/log/log.h"

#define SUBMISSION_ARENA 1024 /* bytes */

/* Results of answers wait for company, so that one statement writes many down: nobody waits for these. */
#define ANSWERS_WAIT_US 100000LL
#define RESULTS_MANY 256

/* ---- results: the link's thread leaves them, the sender's polls them ---- */

static uint64_t random_number(void)
{
    uint64_t number = 0;
    if (getrandom(&number, sizeof number, GRND_NONBLOCK) != sizeof number)
        number = (uint64_t)clock_monotonic_us();
    return number;
}

static struct outbox_result result_of(const struct box_link *link, const struct box_mt *mt, enum send_result result,
                                      const char *detail)
{
    struct outbox_result outbox = {.id = mt->id, .created_us = mt->created_us, .result = result, .detail = detail};
    if (result == SEND_RETRY || result == SEND_UNCERTAIN)
        outbox.retry_us = clock_now_us() + backoff_us(&link->retry, mt->attempts, random_number());
    return outbox;
}

static void make_room(struct box_link *link)
{
    if (link->n_results < link->results_room)
        return;
    link->results_room = link->results_room ? 2 * link->results_room : RESULTS_MANY;
    link->results = realloc(link->results, link->results_room * sizeof link->results[0]);
    if (!link->results)
        abort();
}

static void leave_result(struct box_link *link, const struct box_mt *mt, enum send_result result, const char *detail)
{
    if (mt->id == 0)
        return;
    pthread_mutex_lock(&link->lock);
    make_room(link);
    link->results[link->n_results++] = (struct box_result){result_of(link, mt, result, detail), mt->is_answer};
    int64_t due = clock_monotonic_us() + ANSWERS_WAIT_US;
    if (!mt->is_answer || link->n_results >= RESULTS_MANY)
        due = 0;
    if (due < link->results_due) {
        link->results_due = due;
        pthread_cond_broadcast(&link->changed);
    }
    pthread_mutex_unlock(&link->lock);
}

/* ---- out ---- */

static void send_text(struct box_link *link, const struct box_text_out *text, const struct box_mt *mt)
{
    unsigned char uuid[BOX_UUID];
    box_wire_send(link->wire, text, uuid);
    box_pending_add(link->pending, uuid, mt, clock_monotonic_us() + link->settings.timeout_s * SECOND_US);
    metric_set(METRIC_BOX_UNACKED, (int64_t)box_pending_count(link->pending));
}

/* The text as its coding has it on this connection. */
static struct slice encode(struct arena *arena, const char *text, int coding)
{
    struct slice octets = slice_of(text);
    if (coding == SMS_UCS2)
        octets.at = sms_to_ucs2(arena, octets, &octets.n);
    return octets;
}

static struct slice report_to(const struct box_link *link, struct arena *arena, const struct box_mt *mt)
{
    const struct box_settings *settings = &link->settings;
    if (!settings->dlr_base[0] || mt->id == 0)
        return (struct slice){NULL, 0};
    return slice_of(dlr_url(arena, settings->dlr_base, settings->secret, mt->id, mt->created_us));
}

/* A screen goes back in its session or nowhere: sent again as a text of its own it would mean nothing, so no verdict on
 * it is written down. */
void box_out_answer(struct box_link *link, const struct box_item *item)
{
    const struct answer *answer = &item->answer;
    const struct envelope *envelope = &item->envelope;
    const bool ussd = envelope->mo.channel == CHANNEL_USSD;
    const struct box_mt mt = {.id = ussd ? 0 : answer->outbox_id,
                              .created_us = answer->created_us,
                              .segments = answer->segments,
                              .is_answer = true};
    send_text(link,
              &(struct box_text_out){.from = slice_of(envelope->mo.short_code),
                                     .to = slice_of(envelope->mo.msisdn),
                                     .text = encode(item->arena, answer->text, answer->coding),
                                     .smsc = slice_of(item->smsc),
                                     .meta = slice_of(answer->ends ? envelope->ussd.end : envelope->ussd.ask),
                                     .service = slice_of(envelope->ussd.service),
                                     .dlr_url = report_to(link, item->arena, &mt),
                                     .dlr_mask = DLR_MASK,
                                     .coding = answer->coding,
                                     .priority = ussd ? PRIORITY_SCREEN : PRIORITY_REPLY,
                                     .reply = true},
              &mt);
}

void box_out_send(struct box_link *link, struct box_submission *submission)
{
    if (link->wire)
        send_text(link,
                  &(struct box_text_out){.from = slice_of(submission->from),
                                         .to = slice_of(submission->to),
                                         .text = encode(submission->arena, submission->text, submission->coding),
                                         .dlr_url = report_to(link, submission->arena, &submission->mt),
                                         .dlr_mask = DLR_MASK,
                                         .coding = submission->coding,
                                         .priority = submission->reply ? PRIORITY_REPLY : PRIORITY_UNASKED,
                                         .reply = submission->reply},
                  &submission->mt);
    else
        leave_result(link, &submission->mt, SEND_RETRY, "not connected");
    struct arena *arena = submission->arena; /* it lies there itself */
    arena_free(&arena);
}

/* ---- verdicts ---- */

static const struct {
    enum send_result result;
    enum metric metric;
    const char *detail;
} VERDICTS[] = {
    [BOX_ACK_SUCCESS] = {SEND_ACCEPTED, METRIC_BOX_VERDICT_ACCEPTED, "accepted"},
    [BOX_ACK_FAILED] = {SEND_FAILED, METRIC_BOX_VERDICT_FAILED, "refused by bearerbox"},
    [BOX_ACK_FAILED_TMP] = {SEND_RETRY, METRIC_BOX_VERDICT_LATER, "no room in bearerbox"},
    [BOX_ACK_BUFFERED] = {SEND_ACCEPTED, METRIC_BOX_VERDICT_BUFFERED, "buffered"},
};

void box_out_verdict(struct box_link *link, const struct box_message *message)
{
    struct box_mt mt;
    const unsigned verdict = (unsigned)message->ack;
    if (verdict >= sizeof VERDICTS / sizeof VERDICTS[0] || !box_pending_take(link->pending, message->id, &mt)) {
        metric_add(METRIC_BOX_VERDICT_UNKNOWN, 1);
        return;
    }
    metric_add(VERDICTS[verdict].metric, 1);
    metric_set(METRIC_BOX_UNACKED, (int64_t)box_pending_count(link->pending));
    if (VERDICTS[verdict].result == SEND_ACCEPTED && !mt.is_answer)
        metric_add(METRIC_SEGMENTS_BOX, mt.segments);
    leave_result(link, &mt, VERDICTS[verdict].result, VERDICTS[verdict].detail);
}

/* Of an answer nothing is said: either bearerbox has it, or it has not had the acknowledgement behind it either, and
 * brings the text again. */
static void give_up(struct box_link *link, int64_t until_us, const char *detail)
{
    struct box_mt mt;
    while (box_pending_expire(link->pending, until_us, &mt)) {
        metric_add(METRIC_BOX_VERDICT_NONE, 1);
        if (!mt.is_answer)
            leave_result(link, &mt, SEND_UNCERTAIN, detail);
    }
    metric_set(METRIC_BOX_UNACKED, (int64_t)box_pending_count(link->pending));
}

void box_out_expire(struct box_link *link, int64_t now_us)
{
    if (box_pending_deadline(link->pending) <= now_us)
        give_up(link, now_us, "timeout");
}

void box_out_lost(struct box_link *link)
{
    give_up(link, INT64_MAX, "connection lost");
}

/* ---- the transport: the sender's thread ---- */

static size_t room(void *ctx)
{
    const struct box_link *link = ctx;
    const size_t window = (size_t)link->settings.window;
    if (!atomic_load(&link->connected) || atomic_load(&link->draining))
        return 0;
    return window > link->submissions ? window - link->submissions : 0;
}

static size_t busy(void *ctx)
{
    struct box_link *link = ctx;
    pthread_mutex_lock(&link->lock);
    size_t n = link->n_results + link->submissions;
    pthread_mutex_unlock(&link->lock);
    return n;
}

static void submit(void *ctx, const struct outbox_claim *claim)
{
    struct box_link *link = ctx;
    struct arena *arena = arena_new(SUBMISSION_ARENA);
    struct box_submission *submission = arena_alloc(arena, sizeof *submission);
    *submission = (struct box_submission){.arena = arena,
                                          .mt = {.id = claim->id,
                                                 .created_us = claim->created_us,
                                                 .attempts = claim->attempts,
                                                 .segments = claim->segments},
                                          .from = arena_copy(arena, slice_of(claim->sender)),
                                          .to = arena_copy(arena, slice_of(claim->msisdn)),
                                          .text = arena_copy(arena, slice_of(claim->body)),
                                          .coding = claim->coding,
                                          .reply = claim->kind == OUTBOX_REPLY};
    link->submissions++;
    pthread_mutex_lock(&link->lock);
    const bool first = !link->submitted;
    *(link->submitted_end ? link->submitted_end : &link->submitted) = submission;
    link->submitted_end = &submission->next;
    pthread_mutex_unlock(&link->lock);
    if (first)
        box_wake(link);
}

static struct timespec timespec_of(int64_t us)
{
    return (struct timespec){us / SECOND_US, us % SECOND_US * 1000};
}

/* Under the lock: until there are results that are due, somebody wakes us, or it is too late. */
static void await_results(struct box_link *link, int64_t until_us, bool wants_results)
{
    int64_t now, end_us;
    for (;;) {
        now = clock_monotonic_us();
        end_us = wants_results && link->results_due < until_us ? link->results_due : until_us;
        if (link->woken || now >= end_us)
            break;
        struct timespec at = timespec_of(end_us);
        pthread_cond_timedwait(&link->changed, &link->lock, &at);
    }
    link->woken = false;
}

static size_t take_results(struct box_link *link, struct outbox_result *results_r, size_t max)
{
    size_t n = link->n_results < max ? link->n_results : max;
    for (size_t i = 0; i < n; i++) {
        results_r[i] = link->results[i].outbox;
        link->submissions -= !link->results[i].is_answer;
    }
    link->n_results -= n;
    memmove(link->results, link->results + n, link->n_results * sizeof link->results[0]);
    link->results_due = link->n_results > 0 ? 0 : INT64_MAX;
    return n;
}

static size_t poll_results(void *ctx, int timeout_ms, struct outbox_result *results_r, size_t max)
{
    struct box_link *link = ctx;
    pthread_mutex_lock(&link->lock);
    await_results(link, clock_monotonic_us() + timeout_ms * 1000LL, max > 0);
    size_t n = link->n_results > 0 ? take_results(link, results_r, max) : 0;
    pthread_mutex_unlock(&link->lock);
    return n;
}

static void wake(void *ctx)
{
    struct box_link *link = ctx;
    pthread_mutex_lock(&link->lock);
    link->woken = true;
    pthread_cond_broadcast(&link->changed);
    pthread_mutex_unlock(&link->lock);
}

static void set_retry(void *ctx, struct backoff retry)
{
    struct box_link *link = ctx;
    pthread_mutex_lock(&link->lock);
    link->retry = retry;
    pthread_mutex_unlock(&link->lock);
}

struct transport box_link_transport(struct box_link *link)
{
    return (struct transport){.ctx = link,
                              .room = room,
                              .busy = busy,
                              .submit = submit,
                              .poll = poll_results,
                              .wake = wake,
                              .set_retry = set_retry};
}
