/* SPDX-License-Identifier: Apache-2.0
 *
 * The commands that show: a report of db/report.h as rows of print.h. The key names are an interface; scripts read
 * them.
 */
#include <stdio.h>

#include "db/report.h"
#include "parsers/kannel/msisdn.h"
#include "smsd/ctl/print.h"
#include "smsd/knowledge/words.h"

/* Does the lexicon build? Else the daemon goes on with the one before. */
static const char *lexicon_state(struct ctl *ctl)
{
    struct words words;
    const char *error = "";
    if (words_load(ctl->db, ctl->arena, &words, &error) != DB_OK)
        return error;
    words_free(&words);
    return "good";
}

int ctl_status(struct ctl *ctl)
{
    struct report_figure *figures;
    size_t n;
    enum db_status status = report_status(ctl->db, ctl->arena, &figures, &n);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    json_t *all = json_object();
    for (size_t i = 0; i < n; i++)
        json_object_set_new(all, figures[i].name, json_integer(figures[i].value));
    json_object_set_new(all, "lexicon", json_string(lexicon_state(ctl)));
    return print_object(ctl, all);
}

static json_t *message_row(const struct ctl *ctl, const struct report_message *message)
{
    return json_pack("{s:s, s:I, s:o, s:o, s:s, s:s, s:s, s:s, s:i, s:o}",
                     "direction", message->incoming ? "in" : "out",
                     "id", (json_int_t)message->id,
                     "at", json_moment(message->at_us),
                     "number", json_number(ctl, message->msisdn),
                     "short_code", message->short_code,
                     "channel", message->channel,
                     "kind", message->kind,
                     "state", message->state,
                     "segments", message->segments,
                     "text", json_text(ctl, message->text));
}

int ctl_messages(struct ctl *ctl)
{
    struct report_message *messages;
    size_t n;
    char msisdn[MSISDN_MAX] = "";
    if (*ctl->number && msisdn_normalise(slice_of(ctl->number), msisdn) != SENDER_MOBILE) {
        fprintf(stderr, "smsctl: --number is a mobile number: 0912345678 or 84912345678\n");
        return CTL_USAGE;
    }
    enum db_status status = report_messages(ctl->db, ctl->arena, msisdn, ctl->limit, &messages, &n);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    json_t *rows = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(rows, message_row(ctl, &messages[i]));
    return print_rows(ctl, rows);
}

static json_t *listing_row(const struct ctl *ctl, const struct report_listing *listing)
{
    int64_t price = listing->price_high ? listing->price_high : listing->price_low;
    return json_pack("{s:s, s:s, s:s, s:s, s:o, s:s, s:o, s:s, s:I, s:I, s:I, s:s, s:s, s:s, s:o, s:s, s:s, s:s, s:s,"
                     " s:s, s:s, s:o}",
                     "code", listing->code,
                     "side", *listing->side == 's' ? "sell" : "buy",
                     "commodity", listing->commodity,
                     "commodity_name", listing->commodity_name,
                     "quantity", json_milli(listing->quantity_milli),
                     "unit", listing->base_unit,
                     "entered_quantity", json_milli(listing->entered_milli),
                     "entered_unit", listing->entered_unit,
                     "price", (json_int_t)price,
                     "price_low", (json_int_t)listing->price_low,
                     "price_high", (json_int_t)listing->price_high,
                     "price_unit", listing->price_unit,
                     "place", listing->place,
                     "place_name", listing->place_name,
                     "person", json_number(ctl, listing->msisdn),
                     "state", listing->state,
                     "ready", listing->ready,
                     "until", listing->until,
                     "size", listing->size,
                     "grade", listing->grade,
                     "goods_state", listing->goods_state,
                     "created", json_moment(listing->created_us));
}

int ctl_listings(struct ctl *ctl)
{
    struct report_listing *listings;
    size_t n;
    enum db_status status = report_listings(ctl->db, ctl->arena, ctl->code, ctl->limit, &listings, &n);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    json_t *rows = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(rows, listing_row(ctl, &listings[i]));
    return print_rows(ctl, rows);
}

static json_t *outbox_row(const struct ctl *ctl, const struct report_outbox *text)
{
    return json_pack("{s:I, s:s, s:s, s:o, s:s, s:i, s:i, s:i, s:o, s:o, s:o, s:o, s:i, s:s, s:o}",
                     "id", (json_int_t)text->id,
                     "kind", text->kind,
                     "state", text->state,
                     "number", json_number(ctl, text->msisdn),
                     "sender", text->sender,
                     "coding", text->coding,
                     "segments", text->segments,
                     "attempts", text->attempts,
                     "created", json_moment(text->created_us),
                     "next", json_moment(text->next_us),
                     "sent", json_moment(text->sent_us),
                     "delivered", json_moment(text->delivered_us),
                     "dlr", text->dlr,
                     "detail", text->detail,
                     "text", json_text(ctl, text->body));
}

int ctl_outbox(struct ctl *ctl)
{
    struct report_outbox *texts;
    size_t n;
    enum db_status status = report_outbox(ctl->db, ctl->arena, ctl->state, ctl->limit, &texts, &n);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    json_t *rows = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(rows, outbox_row(ctl, &texts[i]));
    return print_rows(ctl, rows);
}

int ctl_dead(struct ctl *ctl)
{
    struct report_dead *dead;
    size_t n;
    enum db_status status = report_dead(ctl->db, ctl->arena, ctl->limit, &dead, &n);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    json_t *rows = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(rows, json_pack("{s:I, s:o, s:o, s:o, s:s, s:s, s:s, s:o}",
                                              "id", (json_int_t)dead[i].id,
                                              "at", json_moment(dead[i].at_us),
                                              "received", json_moment(dead[i].received_us),
                                              "number", json_number(ctl, dead[i].msisdn),
                                              "short_code", dead[i].short_code,
                                              "channel", dead[i].channel,
                                              "reason", dead[i].reason,
                                              "text", json_text(ctl, dead[i].text)));
    return print_rows(ctl, rows);
}
