/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sim/event.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/sim/octets.h"

size_t message_units(const struct message *message)
{
    return message->coding == CODING_UCS2 ? message->octets.n / 2 : message->octets.n;
}

static void put_string(json_t *o, const char *key, const char *value)
{
    if (value)
        json_object_set_new(o, key, json_string(value));
}

static void put_number(json_t *o, const char *key, uint64_t value)
{
    json_object_set_new(o, key, json_integer((json_int_t)value));
}

static void put_hex(json_t *o, const char *key, struct arena *arena, struct slice octets)
{
    put_string(o, key, hex_encode(arena, octets));
}

static void put_tlvs(json_t *o, struct arena *arena, struct slice tlvs)
{
    json_t *map = json_object();
    struct tlv tlv;
    while (tlv_next(&tlvs, &tlv)) {
        char tag[8];
        snprintf(tag, sizeof tag, "0x%04x", tlv.tag);
        put_hex(map, tag, arena, tlv.value);
    }
    json_object_set_new(o, "tlvs", map);
}

static void fill_listening(json_t *o, struct arena *arena, const struct event *e)
{
    (void)arena;
    put_number(o, "port", e->port);
}

static void fill_link(json_t *o, struct arena *arena, const struct event *e)
{
    (void)arena;
    put_string(o, "as", e->bind_as);
    put_string(o, "system_id", e->system_id);
    put_string(o, "reason", e->reason);
}

static void fill_count(json_t *o, struct arena *arena, const struct event *e)
{
    (void)arena;
    put_string(o, "id", e->id);
    put_number(o, "count", e->count);
    if (e->status)
        put_number(o, "status", e->status);
}

static void fill_status(json_t *o, struct arena *arena, const struct event *e)
{
    (void)arena;
    put_string(o, "id", e->id);
    put_number(o, "status", e->status);
}

static void fill_submit(json_t *o, struct arena *arena, const struct event *e)
{
    put_string(o, "from", e->sm->from);
    put_string(o, "to", e->sm->to);
    put_string(o, "service_type", e->sm->service_type);
    put_string(o, "message_id", e->id);
    put_number(o, "status", e->status);
    put_number(o, "esm_class", e->sm->esm_class);
    put_number(o, "data_coding", e->sm->data_coding);
    put_number(o, "registered_delivery", e->sm->registered_delivery);
    put_hex(o, "hex", arena, e->sm->body);
    put_tlvs(o, arena, e->sm->tlvs);
}

static void fill_mt(json_t *o, struct arena *arena, const struct event *e)
{
    const struct message *m = e->message;
    put_string(o, "from", m->from);
    put_string(o, "to", m->to);
    if (m->coding == CODING_BINARY)
        put_hex(o, "hex", arena, m->octets);
    else
        put_string(o, "text", charset_decode(arena, m->coding, m->octets));
    put_string(o, "coding", coding_name(m->coding));
    put_number(o, "segments", m->segments);
    put_number(o, "units", message_units(m));
    put_string(o, "message_id", m->message_id);
    put_string(o, "dlr", e->receipt);
    put_tlvs(o, arena, m->tlvs);
}

static void fill_stats(json_t *o, struct arena *arena, const struct event *e)
{
    (void)arena;
#define X(name) put_number(o, #name, e->stats->name);
    STATS(X)
#undef X
}

static void (*const fill[])(json_t *o, struct arena *arena, const struct event *e) = {
    [EVENT_LISTENING] = fill_listening, [EVENT_BOUND] = fill_link,    [EVENT_UNBOUND] = fill_link,
    [EVENT_REQUEUED] = fill_count,      [EVENT_MO_SENT] = fill_count, [EVENT_MO_ACKED] = fill_status,
    [EVENT_SUBMIT] = fill_submit,       [EVENT_MT] = fill_mt,         [EVENT_DLR_ACKED] = fill_status,
    [EVENT_STATS] = fill_stats,         [EVENT_ERROR] = fill_link,
};

char *event_json(struct arena *arena, const struct event *event)
{
    static const char *const names[] = {
#define X(name, json) [EVENT_##name] = (json),
        EVENTS(X)
#undef X
    };
    json_t *o = json_object();
    put_string(o, "ev", names[event->kind]);
    put_number(o, "t", (uint64_t)event->at);
    fill[event->kind](o, arena, event);
    char *line = json_dumps(o, JSON_COMPACT);
    json_decref(o);
    if (!line)
        abort();
    return line;
}
