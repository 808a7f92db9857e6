/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/worker/turn.h"

#include "parsers/text/sms.h"

struct effects *effects_new(struct arena *arena, size_t n)
{
    struct effects *effects = arena_alloc(arena, sizeof *effects);
    /* A text leaves one inbound row, one conversation, one change of its person; an answer and a welcome, and by
     * USSD what its flow says; consent by
     * the welcome and by the flow; a listing an item, or a change of one, a sale and a list of them. */
    effects->inbound = arena_calloc(arena, n, sizeof *effects->inbound);
    effects->conversations = arena_calloc(arena, n, sizeof *effects->conversations);
    effects->persons = arena_calloc(arena, n, sizeof *effects->persons);
    effects->outbox = arena_calloc(arena, 3 * n, sizeof *effects->outbox);
    effects->consents = arena_calloc(arena, 2 * n, sizeof *effects->consents);
    effects->listings = arena_calloc(arena, READ_ITEMS_MAX * n, sizeof *effects->listings);
    effects->changes = arena_calloc(arena, n, sizeof *effects->changes);
    effects->deals = arena_calloc(arena, n, sizeof *effects->deals);
    effects->lists = arena_calloc(arena, n, sizeof *effects->lists);
    effects->desk = arena_calloc(arena, n, sizeof *effects->desk);
    effects->desk_answers = arena_calloc(arena, n, sizeof *effects->desk_answers);
    effects->pages = arena_calloc(arena, n, sizeof *effects->pages);
    effects->relays = arena_calloc(arena, n, sizeof *effects->relays);
    effects->alerts = arena_calloc(arena, TURN_ALERTS_MAX * n, sizeof *effects->alerts);
    effects->prices = arena_calloc(arena, READ_ITEMS_MAX * n, sizeof *effects->prices);
    effects->erasures = arena_calloc(arena, n, sizeof *effects->erasures);
    effects->newcomers = arena_calloc(arena, 2 * n, sizeof *effects->newcomers); /* by either key */
    effects->codes = arena_calloc(arena, n, sizeof *effects->codes);
    effects->deal_answers = arena_calloc(arena, n, sizeof *effects->deal_answers);
    effects->names = arena_calloc(arena, n, sizeof *effects->names);
    effects->crops = arena_calloc(arena, READ_ITEMS_MAX * n, sizeof *effects->crops);
    effects->subscriptions = arena_calloc(arena, READ_ITEMS_MAX * n, sizeof *effects->subscriptions);
    effects->unsubscriptions = arena_calloc(arena, SUBSCRIPTIONS_MAX * n, sizeof *effects->unsubscriptions);
    effects->ussd = arena_calloc(arena, 2 * n, sizeof *effects->ussd); /* its own, and the one it goes on with */
    effects->broadcasts = arena_calloc(arena, n, sizeof *effects->broadcasts);
    effects->approvals = arena_calloc(arena, n, sizeof *effects->approvals);
    effects->dead = arena_calloc(arena, n, sizeof *effects->dead);
    return effects;
}

int64_t turn_id(struct turn *turn)
{
    return ids_take(turn->db);
}

struct outbox_row *turn_send(struct turn *turn, const char *body)
{
    struct sms_size size = sms_size(slice_of(body));
    struct outbox_row *row = EFFECT(turn, outbox);
    *row = (struct outbox_row){
        .id = turn_id(turn),
        .person_id = turn->sender->person_id,
        .kind = OUTBOX_REPLY,
        .body = body,
        .coding = (int)size.coding,
        .segments = (int)size.segments,
        .sender = turn->policy->short_code,
    };
    return row;
}

struct alert_row *turn_alert(struct turn *turn, struct alert_to to, const char *key, enum message message,
                             struct message_args args)
{
    struct alert_row *row = EFFECT(turn, alerts);
    *row = alert_make(turn->arena, turn->knowledge->book, &turn->policy->alerts, turn->now_us, to, key, message, args);
    row->id = turn_id(turn);
    return row;
}

struct person_change *turn_change(struct turn *turn)
{
    if (!turn->change) {
        turn->change = EFFECT(turn, persons);
        turn->change->person_id = turn->sender->person_id;
    }
    return turn->change;
}

struct lookup *turn_lookup(struct turn *turn)
{
    return turn->n_lookups < READ_ITEMS_MAX ? &turn->lookups[turn->n_lookups++] : NULL;
}

void turn_say(struct turn *turn, enum message message, struct message_args args)
{
    turn->answer = message_render(turn->knowledge->book, turn->lang, turn->arena, message, args);
}
