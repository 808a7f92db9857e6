/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sim/segments.h"

#include <libsmpp34/smpp34.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/octets.h"

enum {
    UDH_JOINED = 6,       /* octets of the header we write */
    ESCAPE = 0x1B,        /* of the GSM 7-bit extension table */
    IEI_CONCAT_8 = 0x00,  /* concatenated, 8-bit reference */
    IEI_CONCAT_16 = 0x08, /* concatenated, 16-bit reference */
    OPEN_MAX = 256,       /* messages that may be incomplete at a time */
};

size_t segment_room_alone(enum coding coding)
{
    return coding == CODING_GSM7 ? 160 : 140;
}

size_t segment_room_joined(enum coding coding)
{
    return coding == CODING_GSM7 ? 153 : 134;
}

/* How much of the octets may go into a part of `room` octets. */
static size_t cut_length(enum coding coding, struct slice octets, size_t room)
{
    if (octets.n <= room)
        return octets.n;
    const uint8_t *at = (const uint8_t *)octets.at;
    if (coding == CODING_GSM7) { /* an escape is not itself escaped: one look back is enough */
        return at[room - 1] == ESCAPE ? room - 1 : room;
    }
    if (coding == CODING_UCS2) {
        uint16_t last = get_u16(at + room - 2);
        return last >= 0xD800 && last <= 0xDBFF ? room - 2 : room;
    }
    return room;
}

static size_t count_parts(enum coding coding, struct slice octets, size_t room)
{
    size_t parts = 0;
    do {
        size_t n = cut_length(coding, octets, room);
        octets = (struct slice){octets.at + n, octets.n - n};
        parts++;
    } while (octets.n);
    return parts;
}

size_t segments_cut(struct arena *arena, enum coding coding, struct slice octets, uint8_t reference,
                    struct slice **parts)
{
    bool alone = octets.n <= segment_room_alone(coding);
    size_t room = alone ? segment_room_alone(coding) : segment_room_joined(coding);
    size_t total = alone ? 1 : count_parts(coding, octets, room);
    if (total > SEGMENTS_MAX)
        return 0;
    *parts = arena_calloc(arena, total, sizeof **parts);
    if (alone) {
        **parts = octets;
        return 1;
    }
    for (size_t i = 0; i < total; i++) {
        size_t n = cut_length(coding, octets, room);
        const uint8_t header[UDH_JOINED] = {5, IEI_CONCAT_8, 3, reference, (uint8_t)total, (uint8_t)(i + 1)};
        char *part = arena_alloc(arena, UDH_JOINED + n);
        memcpy(part, header, UDH_JOINED);
        memcpy(part + UDH_JOINED, octets.at, n);
        (*parts)[i] = (struct slice){part, UDH_JOINED + n};
        octets = (struct slice){octets.at + n, octets.n - n};
    }
    return total;
}

/* Which part of which message a part is. */
struct place {
    unsigned reference;
    unsigned total;
    unsigned number; /* from 1 */
};

static bool place_is_sane(const struct place *place)
{
    return place->total >= 2 && place->total <= SEGMENTS_MAX && place->number >= 1 && place->number <= place->total;
}

/* Looks for a concatenation element among those of a user data header (its length octet left out). */
static bool place_from_header(const uint8_t *elements, size_t n, struct place *place)
{
    for (size_t at = 0; at + 2 <= n && at + 2 + elements[at + 1] <= n; at += 2u + elements[at + 1]) {
        const uint8_t *v = elements + at + 2;
        if (elements[at] == IEI_CONCAT_8 && elements[at + 1] == 3) {
            *place = (struct place){v[0], v[1], v[2]};
            return place_is_sane(place);
        }
        if (elements[at] == IEI_CONCAT_16 && elements[at + 1] == 4) {
            *place = (struct place){get_u16(v), v[2], v[3]};
            return place_is_sane(place);
        }
    }
    return false;
}

static unsigned tlv_number(struct slice tlvs, uint16_t tag)
{
    struct slice value;
    unsigned number = 0;
    if (tlv_get(tlvs, tag, &value) && value.n <= 2)
        for (size_t i = 0; i < value.n; i++)
            number = number << 8 | (uint8_t)value.at[i];
    return number;
}

/* Takes the user data header off the body. */
static bool find_place(const struct sm *part, struct slice *body, struct place *place)
{
    *body = part->body;
    if (part->esm_class & SMPP34_UDHI_IND && body->n > 0) {
        size_t header = (uint8_t)body->at[0] + 1u;
        if (header > body->n)
            return false;
        const uint8_t *elements = (const uint8_t *)body->at + 1;
        *body = (struct slice){body->at + header, body->n - header};
        return place_from_header(elements, header - 1, place);
    }
    *place = (struct place){
        .reference = tlv_number(part->tlvs, TLVID_sar_msg_ref_num),
        .total = tlv_number(part->tlvs, TLVID_sar_total_segments),
        .number = tlv_number(part->tlvs, TLVID_sar_segment_seqnum),
    };
    return place_is_sane(place);
}

/* A message of which some parts are here. */
struct open_message {
    uint64_t age; /* 0 when the slot is free */
    unsigned reference, total, arrived;
    char from[PDU_ADDRESS_MAX + 1], to[PDU_ADDRESS_MAX + 1];
    char message_id[24];
    struct open_part {
        char *octets; /* NULL while it is awaited */
        size_t n;
    } parts[SEGMENTS_MAX];
};

struct assembly {
    uint64_t clock;
    uint64_t given_up;
    struct open_message open[OPEN_MAX];
};

struct assembly *assembly_new(void)
{
    struct assembly *assembly = calloc(1, sizeof *assembly);
    if (!assembly)
        abort();
    return assembly;
}

static void forget(struct open_message *m)
{
    for (unsigned i = 0; i < m->total; i++)
        free(m->parts[i].octets);
    *m = (struct open_message){0};
}

void assembly_free(struct assembly **assembly)
{
    if (!*assembly)
        return;
    for (size_t i = 0; i < OPEN_MAX; i++)
        forget(&(*assembly)->open[i]);
    free(*assembly);
    *assembly = NULL;
}

uint64_t assembly_given_up(const struct assembly *assembly)
{
    return assembly->given_up;
}

static bool is_of(const struct open_message *m, const struct sm *part, const struct place *place)
{
    return m->age && m->reference == place->reference && m->total == place->total && strcmp(m->to, part->to) == 0 &&
           strcmp(m->from, part->from) == 0;
}

/* The message that the part belongs to, opened when it is the first. */
static struct open_message *find_or_open(struct assembly *a, const struct sm *part, const struct place *place,
                                         const char *message_id)
{
    struct open_message *oldest = &a->open[0];
    for (size_t i = 0; i < OPEN_MAX; i++) {
        if (is_of(&a->open[i], part, place))
            return &a->open[i];
        if (a->open[i].age < oldest->age)
            oldest = &a->open[i];
    }
    a->given_up += oldest->age != 0;
    forget(oldest);
    *oldest = (struct open_message){.age = ++a->clock, .reference = place->reference, .total = place->total};
    memcpy(oldest->from, part->from, sizeof oldest->from);
    memcpy(oldest->to, part->to, sizeof oldest->to);
    strncpy(oldest->message_id, message_id, sizeof oldest->message_id - 1);
    return oldest;
}

static struct slice join(struct arena *arena, const struct open_message *m)
{
    size_t n = 0;
    for (unsigned i = 0; i < m->total; i++)
        n += m->parts[i].n;
    char *octets = arena_alloc(arena, n), *at = octets;
    for (unsigned i = 0; i < m->total; i++) {
        memcpy(at, m->parts[i].octets, m->parts[i].n);
        at += m->parts[i].n;
    }
    return (struct slice){octets, n};
}

static void keep_part(struct open_message *m, unsigned number, struct slice body)
{
    struct open_part *slot = &m->parts[number - 1];
    if (slot->octets) /* sent twice */
        return;
    slot->octets = malloc(body.n + 1);
    if (!slot->octets)
        abort();
    memcpy(slot->octets, body.at, body.n);
    slot->n = body.n;
    m->arrived++;
}

bool assembly_add(struct assembly *assembly, struct arena *arena, const struct sm *part, const char *message_id,
                  struct message *whole)
{
    struct place place;
    struct slice body;
    bool alone = !find_place(part, &body, &place);
    *whole = (struct message){part->from, part->to, message_id, coding_of(part->data_coding), body, part->tlvs, 1};
    if (alone)
        return true;
    struct open_message *m = find_or_open(assembly, part, &place, message_id);
    keep_part(m, place.number, body);
    if (m->arrived < m->total)
        return false;
    whole->message_id = arena_copy(arena, slice_of(m->message_id));
    whole->octets = join(arena, m);
    whole->segments = m->total;
    forget(m);
    return true;
}
