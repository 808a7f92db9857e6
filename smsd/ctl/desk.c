/* SPDX-License-Identifier: Apache-2.0
 *
 * `smsctl desk`: what waits for an officer, and the answers of whoever sits at the office. The daemon passes them on, and
 * takes in again what `smsctl again` names.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "db/again.h"
#include "db/desk.h"
#include "db/price_reports.h"
#include "db/report.h"
#include "parsers/text/fold.h"
#include "parsers/text/plain.h"
#include "smsd/ctl/print.h"
#include "smsd/ctl/words.h"
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
    fprintf(stderr, "smsctl: \"%s\": a number that smsctl lists is wanted\n", ctl->args[0]);
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

static int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int ctl_desk_answer(struct ctl *ctl)
{
    bool done;
    const char *words = ctl->args[1];
    int64_t id = item_number(ctl);
    if (!id)
        return CTL_USAGE;
    if (!*words || !text_is_utf8(slice_of(words)) || text_characters(slice_of(words)) > DESK_ANSWER_MAX) {
        fprintf(stderr, "smsctl: an answer is UTF-8 of 1 to %d characters, one argument\n", DESK_ANSWER_MAX);
        return CTL_USAGE;
    }
    enum db_status status = desk_answer(ctl->db, id, words, now_us(), &done);
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

/* ---- alias: what an item teaches ---- */

/* The list of words that this code's entry has one in; NULL when there is no such entry. */
static const char *list_of(const struct lexicon *lexicon, const char *code, const char *folded)
{
    bool latin = true;
    for (const char *at = folded; *at; at++)
        latin = latin && (unsigned char)*at < 0x80;
    if (lexicon_commodity(lexicon, code))
        return latin ? "commodity" : "foreign";
    if (lexicon_place(lexicon, code))
        return "place";
    return lexicon_unit(lexicon, code) ? "unit" : NULL;
}

/* Adds the word as `smsctl lexicon add` does, with all that looks at it. */
static int add_word(struct ctl *ctl, const char *list, char *word, char *code)
{
    char *args[] = {arena_copy(ctl->arena, slice_of(list)), code, word};
    ctl->args = args;
    ctl->n_args = sizeof args / sizeof *args;
    return ctl_lexicon_add(ctl);
}

int ctl_desk_alias(struct ctl *ctl)
{
    struct desk_item item;
    struct desk_said *said;
    struct words words;
    const char *error = "";
    size_t n;
    char *word = ctl->args[1], *code = ctl->args[2];
    int64_t id = item_number(ctl);
    if (!id)
        return CTL_USAGE;
    enum db_status status = desk_show(ctl->db, ctl->arena, id, &item, &said, &n);
    if (status == DB_OK && !item.id)
        return failed("there is no such item");
    if (status == DB_OK)
        status = words_load(ctl->db, ctl->arena, &words, &error);
    if (status != DB_OK)
        return *error ? failed(error) : ctl_db_failed(ctl, status);
    const char *list = list_of(words.lexicon, code, text_fold(ctl->arena, slice_of(word), NULL));
    words_free(&words);
    if (list)
        return add_word(ctl, list, word, code);
    fprintf(stderr, "smsctl: %s: nothing of the lexicon has this code\n", code);
    return CTL_USAGE;
}

/* ---- again: a dead letter ---- */

int ctl_again(struct ctl *ctl)
{
    bool put;
    int64_t id = item_number(ctl);
    if (!id)
        return CTL_USAGE;
    enum db_status status = again_put(ctl->db, id, &put);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    return put ? print_done(ctl, "again", id) : failed("there is no dead letter of this number, or it is a keypress");
}

/* ---- prices in quarantine ---- */

static json_t *price_row(const struct price_quarantined *price)
{
    static const char *const kinds[] = {
        [PRICE_KIND_ASK] = "ask", [PRICE_KIND_DEAL] = "deal", [PRICE_KIND_OFFICER] = "officer", [PRICE_KIND_BULLETIN] = "bulletin"};
    char day[11];
    day_format_iso(price->day, day);
    return json_pack("{s:I, s:s, s:s, s:s, s:s, s:I, s:s, s:s, s:s, s:s, s:s}",
                     "id", (json_int_t)price->id,
                     "day", day,
                     "kind", kinds[price->kind],
                     "commodity", price->commodity,
                     "place", price->place,
                     "price", (json_int_t)price->price,
                     "unit", price->unit,
                     "size", price->size,
                     "grade", price->grade,
                     "goods_state", price->state,
                     "reason", price->reason);
}

int ctl_desk_prices(struct ctl *ctl)
{
    size_t limit = (size_t)ctl->limit, n;
    struct price_quarantined *prices = arena_calloc(ctl->arena, limit, sizeof *prices);
    enum db_status status = prices_quarantined(ctl->db, ctl->arena, 0, limit, prices, &n);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    json_t *rows = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(rows, price_row(&prices[i]));
    return print_rows(ctl, rows);
}

int ctl_desk_price(struct ctl *ctl)
{
    bool found, counts = strcmp(ctl->args[1], "right") == 0;
    int64_t id = item_number(ctl);
    if (!id)
        return CTL_USAGE;
    if (!counts && strcmp(ctl->args[1], "wrong") != 0) {
        fputs("smsctl: a price is \"right\" or \"wrong\"\n", stderr);
        return CTL_USAGE;
    }
    enum db_status status = price_review(ctl->db, id, counts, now_us(), &found);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    return found ? print_done(ctl, counts ? "right" : "wrong", id) : failed("no price of this number waits");
}
