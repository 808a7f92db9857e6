/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <libsmpp34/smpp34.h>
#include <stdio.h>
#include <time.h>

#include "tests/sim/smsc_p.h"

/* One PDU of a client and the way to answer it. */
struct request {
    struct smsc *smsc;
    struct link *link;
    struct pdu_header header;
    const uint8_t *pdu;
};

static void answer(const struct request *r, uint32_t status, const char *text)
{
    uint8_t pdu[LINK_ANSWER_MAX];
    link_put(r->link, pdu, pdu_pack_answer(r->header.command | GENERIC_NACK, status, r->header.sequence, text, pdu));
}

/* A PDU that means nothing here (SMPP 3.4 §4.3). */
static void nack(const struct request *r, uint32_t status, const char *reason)
{
    uint8_t pdu[LINK_ANSWER_MAX];
    r->smsc->stats.bad_pdus++;
    link_put(r->link, pdu, pdu_pack_answer(GENERIC_NACK, status, r->header.sequence, NULL, pdu));
    smsc_tell(r->smsc, (struct event){.kind = EVENT_ERROR, .reason = reason});
}

static void on_bind(const struct request *r)
{
    static const unsigned roles[] = {
        [BIND_RECEIVER] = LINK_RECEIVES,
        [BIND_TRANSMITTER] = LINK_SENDS,
        [BIND_TRANSCEIVER] = LINK_SENDS | LINK_RECEIVES,
    };
    if (!pdu_unpack_bind(r->pdu, r->header.length, r->link->system_id)) {
        nack(r, ESME_RSYSERR, "malformed bind");
        return;
    }
    if (r->link->role != LINK_UNBOUND) {
        answer(r, ESME_RALYBND, "");
        return;
    }
    r->link->role = roles[r->header.command];
    r->link->bind_as = pdu_bind_name(r->header.command);
    r->smsc->stats.binds++;
    answer(r, ESME_ROK, "chonoi-sim");
    smsc_tell(r->smsc,
              (struct event){.kind = EVENT_BOUND, .bind_as = r->link->bind_as, .system_id = r->link->system_id});
}

static void on_unbind(const struct request *r)
{
    answer(r, ESME_ROK, NULL);
    r->link->closing = true;
}

static void on_enquire_link(const struct request *r)
{
    answer(r, ESME_ROK, NULL);
}

/* Does the message want the report that we would give? (SMPP 3.4 §5.2.17) */
static enum receipt wanted_receipt(const struct sm *sm, enum receipt receipt)
{
    enum { ALWAYS = 1, ON_FAILURE = 2, MASK = 3 };
    unsigned wanted = sm->registered_delivery & MASK;
    bool wants = wanted == ALWAYS || (wanted == ON_FAILURE && receipt == RECEIPT_FAILED);
    return wants ? receipt : RECEIPT_NONE;
}

static void report(struct smsc *s, const struct sm *sm, const char *message_id, enum receipt receipt)
{
    if (receipt == RECEIPT_NONE)
        return;
    if (s->stats.queued >= SMSC_RECEIPT_QUEUE_MAX) {
        smsc_tell(s, (struct event){.kind = EVENT_ERROR, .reason = "delivery report dropped: too many wait"});
        return;
    }
    receipt_queue(sm, message_id, receipt, time(NULL), &s->queue);
    s->stats.queued++;
    s->stats.dlrs++;
}

static void take_in(const struct request *r, const struct sm *sm)
{
    struct smsc *s = r->smsc;
    char message_id[24];
    snprintf(message_id, sizeof message_id, "%" PRIu64, ++s->last_message_id);
    s->stats.submits++;
    answer(r, ESME_ROK, message_id);
    smsc_tell(s, (struct event){.kind = EVENT_SUBMIT, .sm = sm, .id = message_id});
    enum receipt receipt = wanted_receipt(sm, s->receipt);
    struct message whole;
    if (assembly_add(s->assembly, s->arena, sm, message_id, &whole)) {
        s->stats.mts++;
        smsc_tell(s, (struct event){.kind = EVENT_MT,
                                    .message = &whole,
                                    .receipt = receipt == RECEIPT_NONE ? NULL : receipt_stat(receipt)});
    }
    report(s, sm, message_id, receipt);
}

static void on_submit(const struct request *r)
{
    struct sm sm;
    if (!(r->link->role & LINK_SENDS)) {
        r->smsc->stats.bad_pdus++;
        answer(r, ESME_RINVBNDSTS, "");
    } else if (!pdu_unpack_sm(r->pdu, r->header.length, &sm)) {
        nack(r, ESME_RSYSERR, "malformed submit_sm");
    } else if (r->smsc->refuse_count > 0) {
        r->smsc->refuse_count--;
        r->smsc->stats.submits_refused++;
        answer(r, r->smsc->refuse_status, "");
        smsc_tell(r->smsc, (struct event){.kind = EVENT_SUBMIT, .sm = &sm, .status = r->smsc->refuse_status});
    } else {
        take_in(r, &sm);
    }
}

/* All parts are answered: that is what became of the text. */
static void settle(struct smsc *s, const struct ticket *ticket)
{
    bool taken = ticket->status == ESME_ROK;
    if (ticket->kind == TICKET_DLR) {
        s->stats.dlrs_acked += taken;
        smsc_tell(s, (struct event){.kind = EVENT_DLR_ACKED, .id = ticket->id, .status = ticket->status});
        return;
    }
    s->stats.mo_acked += taken;
    s->stats.mo_refused += !taken;
    smsc_tell(s, (struct event){.kind = EVENT_MO_ACKED, .id = ticket->id, .status = ticket->status});
}

/* Would a network try again? (SMPP 3.4 §5.1.3) */
static bool is_refused_for_now(uint32_t status)
{
    return status == ESME_RX_T_APPN || status == ESME_RTHROTTLED || status == ESME_RMSGQFUL;
}

static void retry_later(struct smsc *s, struct outgoing *o, uint32_t status)
{
    o->due = monotonic_us() + SMSC_RETRY_US;
    TAILQ_INSERT_TAIL(&s->retries, o, entry);
    s->stats.queued++;
    s->stats.requeued++;
    smsc_tell(s, (struct event){.kind = EVENT_REQUEUED, .id = o->ticket->id, .status = status, .count = 1});
}

static struct outgoing *find_in_flight(const struct link *link, uint32_t sequence)
{
    for (struct outgoing *o = TAILQ_FIRST(&link->in_flight); o; o = TAILQ_NEXT(o, entry))
        if (o->sequence == sequence)
            return o;
    return NULL;
}

static void on_deliver_answer(const struct request *r)
{
    struct outgoing *o = find_in_flight(r->link, r->header.sequence);
    if (!o) {
        r->smsc->stats.bad_pdus++;
        smsc_tell(r->smsc,
                  (struct event){.kind = EVENT_ERROR, .reason = "answer to a deliver_sm that is not in flight"});
        return;
    }
    TAILQ_REMOVE(&r->link->in_flight, o, entry);
    r->link->in_flight_n--;
    r->smsc->stats.in_flight--;
    if (is_refused_for_now(r->header.status)) {
        retry_later(r->smsc, o, r->header.status);
        return;
    }
    if (o->ticket->status == ESME_ROK)
        o->ticket->status = r->header.status;
    if (o->ticket->parts_left == 1)
        settle(r->smsc, o->ticket);
    outgoing_free(o);
}

static const struct {
    uint32_t command;
    void (*serve)(const struct request *r);
} commands[] = {
    {SUBMIT_SM, on_submit},
    {DELIVER_SM_RESP, on_deliver_answer},
    {GENERIC_NACK, on_deliver_answer}, /* of a deliver_sm: we send no other request */
    {ENQUIRE_LINK, on_enquire_link},
    {BIND_TRANSCEIVER, on_bind},
    {BIND_TRANSMITTER, on_bind},
    {BIND_RECEIVER, on_bind},
    {UNBIND, on_unbind},
};

static void serve_pdu(const struct request *r)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (commands[i].command == r->header.command) {
            commands[i].serve(r);
            arena_reset(r->smsc->arena);
            return;
        }
    }
    nack(r, ESME_RINVCMDID, "unknown command");
}

void session_serve(struct smsc *s, struct link *link)
{
    struct request r = {.smsc = s, .link = link};
    while (!link->closing && link_can_answer(link)) {
        switch (link_next(link, &r.pdu, &r.header)) {
        case PDU_WHOLE:
            serve_pdu(&r);
            break;
        case PDU_BAD_LENGTH: /* the next PDU cannot be found any more */
            nack(&r, ESME_RINVCMDLEN, "impossible PDU length");
            link->closing = true;
            break;
        case PDU_PARTIAL:
            return;
        }
    }
}
