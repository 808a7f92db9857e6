/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "smsd/clock.h"
#include "smsd/link/box_p.h"
#include "smsd/link/dlr_url.h"
#include "smsd/link/intake.h"

#define ITEM_ARENA 4096 /* bytes; most texts need less */

void box_items_add(struct box_items *items, struct box_item *item)
{
    item->next = NULL;
    *(items->end ? items->end : &items->first) = item;
    items->end = &item->next;
}

struct box_item *box_items_take(struct box_items *items)
{
    struct box_item *item = items->first;
    if (!item)
        return NULL;
    items->first = item->next;
    if (!items->first)
        items->end = NULL;
    return item;
}

/* ---- items ---- */

static struct box_item *item_new(struct box_link *link, const struct box_message *message)
{
    struct box_item *item = box_items_take(&link->spare);
    struct arena *arena = item ? item->arena : arena_new(ITEM_ARENA);
    if (!item)
        item = malloc(sizeof *item);
    if (!item)
        abort();
    arena_reset(arena);
    *item = (struct box_item){.link = link,
                              .arena = arena,
                              .time = message->time,
                              .connection = link->connection,
                              .smsc = arena_copy(arena, message->smsc)};
    memcpy(item->id, message->id, BOX_UUID);
    link->held++;
    metric_add(METRIC_BOX_ENVELOPES, 1);
    return item;
}

static void item_forget(struct box_link *link, struct box_item *item)
{
    box_items_add(&link->spare, item);
    link->held--;
    metric_add(METRIC_BOX_ENVELOPES, -1);
}

/* On a worker's thread. */
static void on_done(struct envelope *envelope, const struct answer *answer)
{
    struct box_item *item = envelope->link;
    struct box_link *link = item->link;
    item->answer = *answer;
    if (answer->kind == ANSWER_TEXT)
        item->answer.text = arena_copy(item->arena, slice_of(answer->text));
    pthread_mutex_lock(&link->lock);
    const bool first = !link->done.first;
    box_items_add(&link->done, item);
    pthread_mutex_unlock(&link->lock);
    if (first)
        box_wake(link);
}

/* ---- in ---- */

static enum refusal take_text(struct box_item *item, const struct box_message *message)
{
    const struct incoming in = {.id = slice_of(message->id_text),
                                .from = message->from,
                                .to = message->to,
                                .text = message->text,
                                .charset = arena_copy(item->arena, message->charset),
                                .meta = message->meta,
                                .smsc = message->smsc,
                                .service = message->service,
                                .coding = message->coding < 0 ? 0 : message->coding};
    const struct intake_rules rules = {item->link->settings.short_code, item->link->settings.ussd_gateways};
    metric_add(METRIC_MO_BOX, 1);
    return intake_text(item->arena, &in, &rules, &item->envelope);
}

static enum refusal take_report(struct box_item *item, const struct box_message *message)
{
    struct dlr *dlr = &item->envelope.dlr;
    item->envelope.kind = ENVELOPE_DLR;
    if (!dlr_url_read(item->arena, message->dlr_url, item->link->settings.secret, &dlr->id, &dlr->created_us))
        return REFUSAL_NOT_OURS;
    return intake_report(message->dlr, dlr, &item->report);
}

static enum refusal lend(struct box_item *item)
{
    const struct box_settings *settings = &item->link->settings;
    item->envelope.done = on_done;
    item->envelope.link = item;
    return settings->put(settings->ctx, &item->envelope) ? REFUSAL_NONE : REFUSAL_INBOX_FULL;
}

/* What is refused for good is dropped by bearerbox; the rest is given back. */
static void refuse(struct box_link *link, struct box_item *item, enum refusal refusal)
{
    refusal_note(refusal, "box", &item->envelope.mo);
    if (refusal_facts(refusal)->status == 503) {
        item->answer = (struct answer){.kind = ANSWER_LATER};
        box_in_answer(link, item);
        return;
    }
    box_wire_ack(link->wire, item->id, item->time, BOX_ACK_FAILED);
    metric_add(METRIC_BOX_ACK_FAILED, 1);
    item_forget(link, item);
}

void box_in_take(struct box_link *link, const struct box_message *message)
{
    struct box_item *item = item_new(link, message);
    enum refusal refusal = message->kind == BOX_TEXT ? take_text(item, message) : take_report(item, message);
    if (refusal == REFUSAL_NONE)
        refusal = lend(item); /* from here on it may be a worker's */
    if (refusal != REFUSAL_NONE)
        refuse(link, item, refusal);
}

/* ---- answered ---- */

/* The connection it came over is gone: bearerbox brings it again, and the stored answer is found then. */
static bool is_stale(const struct box_link *link, const struct box_item *item)
{
    return !link->wire || item->connection != link->connection;
}

static void acknowledge(struct box_link *link, const struct box_item *item, enum box_ack ack, enum metric counter)
{
    box_wire_ack(link->wire, item->id, item->time, ack);
    metric_add(counter, 1);
}

void box_in_answer(struct box_link *link, struct box_item *item)
{
    if (is_stale(link, item)) {
        metric_add(METRIC_BOX_STALE, 1);
        item_forget(link, item);
    } else if (item->answer.kind == ANSWER_LATER) {
        item->later_us = clock_monotonic_us() + LATER_US;
        box_items_add(&link->later, item);
    } else {
        if (item->answer.kind == ANSWER_TEXT)
            box_out_answer(link, item);
        if (item->envelope.kind == ENVELOPE_DLR)
            metric_add(item->report, 1);
        acknowledge(link, item, BOX_ACK_SUCCESS, METRIC_BOX_ACK_SUCCESS);
        item_forget(link, item);
    }
}

void box_in_give_back(struct box_link *link, int64_t now_us)
{
    while (link->later.first && link->later.first->later_us <= now_us) {
        struct box_item *item = box_items_take(&link->later);
        acknowledge(link, item, BOX_ACK_FAILED_TMP, METRIC_BOX_ACK_LATER);
        item_forget(link, item);
    }
}

void box_in_lost(struct box_link *link)
{
    struct box_item *item;
    while ((item = box_items_take(&link->later)))
        item_forget(link, item);
}
