/* SPDX-License-Identifier: Apache-2.0
 *
 * `smsctl broadcast`: one text to many people, from the office.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "db/broadcasts.h"
#include "db/officers.h"
#include "parsers/text/plain.h"
#include "smsd/broadcast/draft.h"
#include "smsd/clock.h"
#include "smsd/ctl/print.h"

#define DAY_US (24 * 3600 * SECOND_US)
#define DAYS_USUAL 2

static int wrong(const char *what)
{
    fprintf(stderr, "smsctl: %s\n", what);
    return CTL_USAGE;
}

/* ---- new ---- */

/* "km=..." is Khmer, what begins with no language Vietnamese. False when it cannot be sent. */
static bool take_words(const struct ctl *ctl, const char *arg, struct broadcast_draft *draft)
{
    static const enum lang langs[] = {LANG_VI, LANG_KM, LANG_ZH, LANG_EN};
    enum lang lang = LANG_VI;
    for (size_t i = 0; i < sizeof langs / sizeof *langs; i++) {
        size_t n = strlen(lang_code(langs[i]));
        if (strncmp(arg, lang_code(langs[i]), n) == 0 && arg[n] == '=') {
            lang = langs[i];
            arg += n + 1;
            break;
        }
    }
    draft->words[lang] = text_unbarred(ctl->arena, slice_of(arg));
    return *arg && text_characters(slice_of(arg)) <= BROADCAST_WORDS_MAX;
}

static const char *or_none(const char *text)
{
    return text ? text : "";
}

static struct broadcast_draft draft_of(const struct ctl *ctl, int64_t now_us)
{
    const char *kind = ctl->kind ? ctl->kind : ctl->commercial ? "" : "forecast";
    return (struct broadcast_draft){.area = strcmp(ctl->args[0], "all") == 0 ? "" : ctl->args[0],
                                    .commodity = or_none(ctl->crops),
                                    .role = or_none(ctl->role),
                                    .langs = or_none(ctl->langs),
                                    .subscribers = ctl->subscribers,
                                    .commercial = ctl->commercial,
                                    .disaster = or_none(ctl->disaster),
                                    .bulletins = strcmp(kind, "none") == 0 ? "" : kind,
                                    .expires_us = now_us + (ctl->days ? ctl->days : DAYS_USUAL) * DAY_US,
                                    .state = "draft"};
}

static int check(struct ctl *ctl, struct broadcast_draft *draft)
{
    const char *unknown = NULL;
    struct officer named = {.areas = draft->area, .crops = draft->commodity};
    if (draft->commercial && (*draft->disaster || *draft->bulletins))
        return wrong("an advertisement is neither a warning nor a forecast");
    for (size_t i = 1; i < ctl->n_args; i++)
        if (!take_words(ctl, ctl->args[i], draft))
            return wrong("WORDS are 1 to 134 characters; of another language km=..., zh=... or en=...");
    enum db_status status = officer_check(ctl->db, ctl->arena, &named, &unknown);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    if (unknown) {
        fprintf(stderr, "smsctl: %s: no place, or no goods, has this code\n", unknown);
        return CTL_USAGE;
    }
    return CTL_OK;
}

static json_t *told(const struct broadcast_cost *cost, int64_t id, const struct broadcast_text *text)
{
    return json_pack("{s:o, s:I, s:I, s:o, s:o, s:s}", "broadcast", id ? json_integer(id) : json_null(), "people",
                     (json_int_t)cost->people, "segments", (json_int_t)cost->segments, "cost",
                     cost->price ? json_integer(cost->price) : json_null(), "ends", json_moment(cost->ends_us), "text",
                     text->body);
}

static int make(struct ctl *ctl, const struct message_book *book, const struct broadcast_draft *draft, int64_t now_us)
{
    const struct broadcast_rules rules = broadcast_rules(ctl->conf);
    struct broadcast_text texts[LANG_COUNT];
    struct broadcast_cost cost = {0};
    int64_t people[LANG_COUNT], id = 0;
    broadcast_render(book, ctl->arena, draft, texts);
    enum db_status status = broadcast_count(ctl->db, broadcast_json(ctl->arena, draft, texts, &cost), people);
    cost = broadcast_cost(&rules, draft, texts, people, now_us);
    if (status == DB_OK && !ctl->dry_run)
        status = broadcast_add(ctl->db, broadcast_json(ctl->arena, draft, texts, &cost), now_us, &id);
    return status == DB_OK ? print_object(ctl, told(&cost, id, &texts[LANG_VI])) : ctl_db_failed(ctl, status);
}

int ctl_broadcast_new(struct ctl *ctl)
{
    const int64_t now_us = clock_now_us();
    const char *error = "";
    struct broadcast_draft draft = draft_of(ctl, now_us);
    int code = check(ctl, &draft);
    if (code != CTL_OK)
        return code;
    if (!ctl->conf)
        return wrong("which words, and what rate? Give -c FILE, the daemon's configuration");
    struct message_book *book =
        message_book_load(ctl->conf->locales.dir, ctl->conf->locales.serve_unreviewed, ctl->arena, &error);
    if (!book) {
        fprintf(stderr, "smsctl: %s\n", error);
        return CTL_FAILED;
    }
    code = make(ctl, book, &draft, now_us);
    message_book_free(&book);
    return code;
}

/* ---- from state to state ---- */

static int move(struct ctl *ctl, const char *from, const char *to)
{
    bool done;
    const int64_t id = strtoll(ctl->args[0], NULL, 10);
    enum db_status status = broadcast_move(ctl->db, id, from, to, clock_now_us(), &done);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    if (done)
        return print_object(ctl, json_pack("{s:I, s:s}", "broadcast", (json_int_t)id, "state", to));
    fprintf(stderr, "smsctl: there is no broadcast %s that is %s\n", ctl->args[0], from);
    return CTL_FAILED;
}

int ctl_broadcast_approve(struct ctl *ctl)
{
    return move(ctl, "draft awaiting_approval", "running");
}

int ctl_broadcast_pause(struct ctl *ctl)
{
    return move(ctl, "running", "paused");
}

int ctl_broadcast_resume(struct ctl *ctl)
{
    return move(ctl, "paused", "running");
}

int ctl_broadcast_cancel(struct ctl *ctl)
{
    return move(ctl, "draft awaiting_approval running paused", "cancelled");
}

/* ---- to be looked at ---- */

static json_t *row_of(const struct ctl *ctl, const struct broadcast *is)
{
    return json_pack("{s:I, s:s, s:s, s:s, s:s, s:o, s:I, s:I, s:o, s:o}", "id", (json_int_t)is->id, "state", is->state,
                     "source", is->source, "area", is->area, "commodity", is->commodity, "words",
                     json_text(ctl, is->words), "people", (json_int_t)is->people, "recipients",
                     (json_int_t)is->recipients, "created", json_moment(is->created_us), "ended",
                     json_moment(is->ended_us));
}

int ctl_broadcast_list(struct ctl *ctl)
{
    struct broadcast *rows;
    size_t n;
    enum db_status status = broadcasts_list(ctl->db, ctl->arena, 0, ctl->limit, &rows, &n);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    json_t *all = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(all, row_of(ctl, &rows[i]));
    return print_rows(ctl, all);
}

/* One broadcast, and how far it is. */
struct seen {
    struct broadcast *is;
    struct broadcast_progress progress;
    int64_t ends_us; /* 0 = not known */
};

static int look(struct ctl *ctl, struct seen *seen)
{
    const int64_t id = strtoll(ctl->args[0], NULL, 10);
    size_t n = 0;
    enum db_status status = id > 0 ? broadcasts_list(ctl->db, ctl->arena, id, 1, &seen->is, &n) : DB_OK;
    if (status == DB_OK && n)
        status = broadcast_progress(ctl->db, id, &seen->progress);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    if (!n) {
        fprintf(stderr, "smsctl: there is no broadcast %s\n", ctl->args[0]);
        return CTL_FAILED;
    }
    seen->ends_us = 0;
    if (ctl->conf && strcmp(seen->is->state, "running") == 0) {
        struct broadcast_rules rules = broadcast_rules(ctl->conf);
        seen->ends_us = broadcast_ends(&rules, clock_now_us(), seen->progress.segments_left, *seen->is->disaster);
    }
    return CTL_OK;
}

static json_t *progress_of(const struct seen *seen)
{
    const struct broadcast_progress *p = &seen->progress;
    return json_pack("{s:I, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o}", "id", (json_int_t)seen->is->id, "state",
                     seen->is->state, "recipients", (json_int_t)seen->is->recipients, "waiting", (json_int_t)p->waiting,
                     "queued", (json_int_t)p->queued, "sent", (json_int_t)p->sent, "delivered",
                     (json_int_t)p->delivered, "failed", (json_int_t)p->failed, "uncertain", (json_int_t)p->uncertain,
                     "stopped", (json_int_t)p->stopped, "ends", json_moment(seen->ends_us));
}

int ctl_broadcast_show(struct ctl *ctl)
{
    struct seen seen;
    int code = look(ctl, &seen);
    if (code != CTL_OK)
        return code;
    const struct broadcast *is = seen.is;
    json_t *object = progress_of(&seen);
    json_t *more = json_pack("{s:s, s:s, s:s, s:s, s:s, s:b, s:b, s:s, s:s, s:o, s:I, s:I, s:o, s:o, s:o, s:o}",
                             "source", is->source, "area", is->area, "commodity", is->commodity, "role", is->role,
                             "langs", is->langs, "subscribers", is->subscribers, "commercial", is->commercial,
                             "disaster", is->disaster, "bulletins", is->bulletins, "words", json_text(ctl, is->words),
                             "people", (json_int_t)is->people, "segments", (json_int_t)is->segments, "created",
                             json_moment(is->created_us), "expires", json_moment(is->expires_us), "started",
                             json_moment(is->started_us), "ended", json_moment(is->ended_us));
    json_object_update(object, more);
    json_decref(more);
    return print_object(ctl, object);
}

/* ---- watch ---- */

#define BAR 30

static int64_t gone(const struct seen *seen)
{
    const struct broadcast_progress *p = &seen->progress;
    return p->sent + p->delivered + p->failed + p->uncertain;
}

static bool is_over(const struct seen *seen)
{
    return strcmp(seen->is->state, "running") != 0 && strcmp(seen->is->state, "paused") != 0;
}

/* A line that takes the place of the last on a terminal; elsewhere lines follow one another. */
static void print_progress(const struct ctl *ctl, const struct seen *seen, double a_second)
{
    const struct broadcast_progress *p = &seen->progress;
    const int64_t all = gone(seen) + p->waiting + p->queued,
                  left_s = seen->ends_us ? (seen->ends_us - clock_now_us()) / SECOND_US : 0;
    const int filled = all ? (int)(gone(seen) * BAR / all) : 0;
    const bool terminal = isatty(STDOUT_FILENO);
    if (ctl->json) {
        json_t *object = progress_of(seen);
        json_object_set_new(object, "rate", json_real(a_second));
        json_dumpf(object, stdout, JSON_COMPACT);
        putchar('\n');
        json_decref(object);
    } else {
        printf("%s[%.*s%.*s] %s: sent %" PRId64 ", delivered %" PRId64 ", failed %" PRId64 ", waiting %" PRId64
               ", uncertain %" PRId64 ", %.1f/s, %" PRId64 " s left%s",
               terminal ? "\r\033[K" : "", filled, "##############################", BAR - filled,
               "..............................", seen->is->state, p->sent + p->delivered, p->delivered, p->failed,
               p->waiting + p->queued, p->uncertain, a_second, left_s, terminal && !is_over(seen) ? "" : "\n");
    }
    fflush(stdout);
}

int ctl_broadcast_watch(struct ctl *ctl)
{
    struct seen seen;
    int64_t before = -1, before_us = 0;
    int code;
    while ((code = look(ctl, &seen)) == CTL_OK) {
        int64_t now_us = clock_monotonic_us();
        double a_second =
            before < 0 ? 0 : (double)(gone(&seen) - before) * (double)SECOND_US / (double)(now_us - before_us);
        print_progress(ctl, &seen, a_second);
        if (is_over(&seen))
            break;
        before = gone(&seen);
        before_us = now_us;
        arena_reset(ctl->arena);
        nanosleep(&(struct timespec){1, 0}, NULL);
    }
    return code;
}

/* ---- the audit ---- */

int ctl_audit(struct ctl *ctl)
{
    struct audit_row *rows;
    size_t n;
    enum db_status status = audit_list(ctl->db, ctl->arena, ctl->limit, &rows, &n);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    json_t *all = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(all, json_pack("{s:I, s:o, s:o, s:s, s:s, s:I, s:s}", "id", (json_int_t)rows[i].id, "at",
                                             json_moment(rows[i].at_us), "person",
                                             rows[i].actor ? json_integer(rows[i].actor) : json_null(), "role",
                                             rows[i].role, "act", rows[i].act, "subject", (json_int_t)rows[i].subject,
                                             "details", rows[i].details));
    return print_rows(ctl, all);
}
