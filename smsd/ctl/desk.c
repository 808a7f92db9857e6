/* SPDX-License-Identifier: Apache-2.0
 *
 * `smsctl desk`: what waits for an officer, and the answers of whoever sits at the office. The daemon passes them on.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "db/desk.h"
#include "db/report.h"
#include "parsers/text/fold.h"
#include "parsers/text/plain.h"
#include "smsd/ctl/print.h"
#include "smsd/job/desk.h"

static int failed(const char *what)
{
    fprintf(stderr, "smsctl: %s\n", what);
    return CTL_FAILED;
}

/* The item's number, the first argument; 0, and said, when it is none. */
static int64_t item_number(const struct ctl *ctl)
{
    char *end;
    errno = 0;
    int64_t number = strtoll(ctl->args[0], &end, 10);
    if (!errno && end != ctl->args[0] && !*end && number > 0)
        return number;
    fprintf(stderr, "smsctl: \"%s\": a number of `smsctl desk list` is wanted\n", ctl->args[0]);
    return 0;
}

/* ---- list ---- */

/* How long an officer let it wait, in the largest unit that is full: "3 d", "5 h", "40 min". */
static const char *age_of(struct arena *arena, int64_t seconds)
{
    int64_t minutes = seconds / 60;
    if (minutes >= 24 * 60)
        return arena_printf(arena, "%" PRId64 " d", minutes / (24 * 60));
    return minutes >= 60 ? arena_printf(arena, "%" PRId64 " h", minutes / 60)
                         : arena_printf(arena, "%" PRId64 " min", minutes);
}

int ctl_desk_list(struct ctl *ctl)
{
    struct report_desk *items;
    size_t n;
    enum db_status status = report_desk(ctl->db, ctl->arena, ctl->limit, &items, &n);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    json_t *rows = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(rows, json_pack("{s:I, s:o, s:s, s:s, s:o, s:s, s:s, s:o}",
                                              "id", (json_int_t)items[i].id,
                                              "at", json_moment(items[i].created_us),
                                              "age", age_of(ctl->arena, items[i].age_s),
                                              "reason", items[i].reason,
                                              "number", json_number(ctl, items[i].msisdn),
                                              "channel", items[i].channel,
                                              "kind", items[i].intent,
                                              "text", json_text(ctl, items[i].text)));
    return print_rows(ctl, rows);
}

/* ---- show ---- */

static json_t *said_row(const struct ctl *ctl, const struct desk_said *said)
{
    return json_pack("{s:o, s:o, s:o, s:s}",
                     "at", json_moment(said->at_us),
                     "told", json_moment(said->told_us),
                     "officer", json_number(ctl, said->officer),
                     "words", said->words);
}

static json_t *item_row(const struct ctl *ctl, const struct desk_item *item)
{
    return json_pack("{s:I, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:s, s:s, s:o, s:o}",
                     "id", (json_int_t)item->id,
                     "state", item->state,
                     "reason", item->reason,
                     "at", json_moment(item->created_us),
                     "asked", json_moment(item->asked_us),
                     "officer", json_number(ctl, item->officer),
                     "told_late", json_moment(item->late_us),
                     "ended", json_moment(item->ended_us),
                     "place", item->place,
                     "commodity", item->commodity,
                     "number", json_number(ctl, item->msisdn),
                     "text", json_text(ctl, item->text));
}

int ctl_desk_show(struct ctl *ctl)
{
    struct desk_item item;
    struct desk_said *said;
    size_t n;
    int64_t id = item_number(ctl);
    if (!id)
        return CTL_USAGE;
    enum db_status status = desk_show(ctl->db, ctl->arena, id, &item, &said, &n);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    if (!item.id)
        return failed("there is no such item");
    json_t *answers = json_array(), *row = item_row(ctl, &item);
    for (size_t i = 0; i < n; i++)
        json_array_append_new(answers, said_row(ctl, &said[i]));
    json_object_set_new(row, "answers", answers);
    return print_object(ctl, row);
}

/* ---- answer, close ---- */

static int print_done(const struct ctl *ctl, const char *done, int64_t id)
{
    return print_object(ctl, json_pack("{s:I}", done, (json_int_t)id));
}

int ctl_desk_answer(struct ctl *ctl)
{
    struct timespec now;
    bool done;
    const char *words = ctl->args[1];
    int64_t id = item_number(ctl);
    if (!id)
        return CTL_USAGE;
    if (!*words || !text_is_utf8(slice_of(words)) || text_characters(slice_of(words)) > DESK_ANSWER_MAX) {
        fprintf(stderr, "smsctl: an answer is UTF-8 of 1 to %d characters, one argument\n", DESK_ANSWER_MAX);
        return CTL_USAGE;
    }
    clock_gettime(CLOCK_REALTIME, &now);
    enum db_status status =
        desk_answer(ctl->db, id, words, (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000, &done);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    return done ? print_done(ctl, "answered", id) : failed("there is no such item, or it was closed");
}

int ctl_desk_close(struct ctl *ctl)
{
    bool done;
    int64_t id = item_number(ctl);
    if (!id)
        return CTL_USAGE;
    enum db_status status = desk_close(ctl->db, id, &done);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    return done ? print_done(ctl, "closed", id) : failed("there is no such item that stands");
}
