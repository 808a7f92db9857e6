/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sim/outgoing.h"

#include <assert.h>
#include <libsmpp34/smpp34.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/sim/segments.h"

bool mo_encode(struct arena *arena, struct slice text, enum coding *coding, struct slice *octets)
{
    *coding = CODING_GSM7;
    if (gsm7_encode(arena, text, octets))
        return true;
    *coding = CODING_UCS2;
    return ucs2_encode(arena, text, octets);
}

static struct ticket *ticket_new(enum ticket_kind kind, const char *id, unsigned parts)
{
    size_t n = strlen(id) + 1;
    struct ticket *ticket = malloc(sizeof *ticket + n);
    if (!ticket)
        abort();
    *ticket = (struct ticket){.kind = kind, .parts_left = parts};
    memcpy(ticket->id, id, n);
    return ticket;
}

static struct outgoing *outgoing_new(struct ticket *ticket, const uint8_t *pdu, size_t n)
{
    struct outgoing *outgoing = malloc(sizeof *outgoing + n);
    if (!outgoing)
        abort();
    outgoing->ticket = ticket;
    outgoing->sequence = 0;
    outgoing->due = 0;
    outgoing->n = n;
    memcpy(outgoing->pdu, pdu, n);
    return outgoing;
}

void outgoing_free(struct outgoing *outgoing)
{
    if (--outgoing->ticket->parts_left == 0)
        free(outgoing->ticket);
    free(outgoing);
}

void outgoing_free_all(struct outgoing_list *list)
{
    struct outgoing *o;
    while ((o = TAILQ_FIRST(list))) {
        TAILQ_REMOVE(list, o, entry);
        outgoing_free(o);
    }
}

/* Type of number and numbering plan (SMPP 3.4 §5.2.5): a phone's number is international, a short code is of
 * no known kind, and a name is alphanumeric. */
static void describe_address(const char *address, uint8_t *ton, uint8_t *npi)
{
    enum { SHORT_CODE_MAX = 6 };
    bool digits = address[strspn(address, "0123456789")] == '\0';
    bool dialled = address[strspn(address, "0123456789*#")] == '\0';
    bool international = digits && strlen(address) > SHORT_CODE_MAX;
    *ton = !dialled ? TON_Alphanumeric : international ? TON_International : TON_Unknown;
    *npi = dialled ? NPI_ISDN_E163_E164 : NPI_Unknown;
}

/* Copies an address without its plus; false when it is too long. */
static bool set_address(char out[PDU_ADDRESS_MAX + 1], const char *address)
{
    if (*address == '+')
        address++;
    size_t n = strlen(address);
    if (n > PDU_ADDRESS_MAX)
        return false;
    memcpy(out, address, n + 1);
    return true;
}

static struct slice with_header(struct arena *arena, struct slice udh, struct slice octets)
{
    char *body = arena_alloc(arena, udh.n + octets.n);
    memcpy(body, udh.at, udh.n);
    if (octets.n)
        memcpy(body + udh.n, octets.at, octets.n);
    return (struct slice){body, udh.n + octets.n};
}

/* The bodies of the deliver_sm, headers included; 0 when there are too many. */
static size_t make_bodies(struct arena *arena, const struct mo *mo, uint8_t reference, struct slice **bodies)
{
    if (!mo->udh.n && mo->cut == MO_IN_PARTS)
        return segments_cut(arena, mo->coding, mo->octets, reference, bodies);
    *bodies = arena_alloc(arena, sizeof **bodies);
    **bodies = mo->udh.n ? with_header(arena, mo->udh, mo->octets) : mo->octets;
    return 1;
}

static const char *describe(const struct mo *mo, struct sm *sm)
{
    *sm = (struct sm){.data_coding = coding_data_coding(mo->coding), .tlvs = mo->tlvs};
    if (!set_address(sm->from, mo->from) || !set_address(sm->to, mo->to))
        return "an address has more than 20 characters";
    describe_address(sm->from, &sm->from_ton, &sm->from_npi);
    describe_address(sm->to, &sm->to_ton, &sm->to_npi);
    size_t n = mo->service_type ? strlen(mo->service_type) : 0;
    if (n >= sizeof sm->service_type)
        return "the service type has more than 5 characters";
    if (n)
        memcpy(sm->service_type, mo->service_type, n + 1);
    return NULL;
}

static const char *too_long(const struct mo *mo, const struct slice *bodies, size_t parts)
{
    enum { FIXED_MAX = 256 }; /* more than a deliver_sm without its body and parameters takes */
    for (size_t i = 0; i < parts; i++)
        if (bodies[i].n + mo->tlvs.n > PDU_MAX - FIXED_MAX)
            return "the text and its parameters do not fit into a PDU";
    return NULL;
}

unsigned mo_queue(struct arena *arena, const struct mo *mo, uint8_t reference, struct outgoing_list *list,
                  const char **why)
{
    struct sm sm;
    struct slice *bodies = NULL;
    *why = describe(mo, &sm);
    if (*why)
        return 0;
    size_t parts = make_bodies(arena, mo, reference, &bodies);
    *why = parts == 0 ? "the text needs more than 255 parts" : too_long(mo, bodies, parts);
    if (*why)
        return 0;
    sm.esm_class = parts > 1 || mo->udh.n ? SMPP34_UDHI_IND : 0;
    struct ticket *ticket = ticket_new(TICKET_MO, mo->id, (unsigned)parts);
    for (size_t i = 0; i < parts; i++) {
        uint8_t pdu[PDU_MAX];
        sm.body = bodies[i];
        size_t n = pdu_pack_deliver(&sm, pdu);
        assert(n > 0);
        struct outgoing *o = outgoing_new(ticket, pdu, n);
        TAILQ_INSERT_TAIL(list, o, entry);
    }
    return (unsigned)parts;
}

static const struct {
    const char *stat;
    const char *delivered; /* parts */
    const char *error;
} receipts[] = {
    [RECEIPT_DELIVERED] = {"DELIVRD", "001", "000"},
    [RECEIPT_FAILED] = {"UNDELIV", "000", "001"},
};

const char *receipt_stat(enum receipt receipt)
{
    return receipts[receipt].stat;
}

/* The beginning of the message, which receipts repeat; only of plain text. */
static struct slice quoted(const struct sm *sm)
{
    enum { QUOTED_MAX = 20 };
    if (sm->data_coding != 0 || sm->esm_class & SMPP34_UDHI_IND)
        return (struct slice){0};
    return (struct slice){sm->body.at, sm->body.n < QUOTED_MAX ? sm->body.n : QUOTED_MAX};
}

void receipt_queue(const struct sm *submitted, const char *message_id, enum receipt receipt, time_t now,
                   struct outgoing_list *list)
{
    char when[16], text[PDU_BODY_MAX];
    struct tm tm;
    strftime(when, sizeof when, "%Y%m%d%H%M", localtime_r(&now, &tm));
    const char *stamp = when + 2; /* the year has two digits */
    struct slice quote = quoted(submitted);
    int n = snprintf(text, sizeof text, "id:%s sub:001 dlvrd:%s submit date:%s done date:%s stat:%s err:%s text:%.*s",
                     message_id, receipts[receipt].delivered, stamp, stamp, receipts[receipt].stat,
                     receipts[receipt].error, (int)quote.n, quote.at ? quote.at : "");
    struct sm sm = {
        .from_ton = submitted->to_ton,
        .from_npi = submitted->to_npi,
        .to_ton = submitted->from_ton,
        .to_npi = submitted->from_npi,
        .esm_class = SMPP34_DELIVERY_RECEIPT,
        .body = {text, (size_t)n},
    };
    memcpy(sm.from, submitted->to, sizeof sm.from);
    memcpy(sm.to, submitted->from, sizeof sm.to);
    uint8_t pdu[PDU_MAX];
    size_t length = pdu_pack_deliver(&sm, pdu);
    struct outgoing *o = outgoing_new(ticket_new(TICKET_DLR, message_id, 1), pdu, length);
    TAILQ_INSERT_TAIL(list, o, entry);
}
