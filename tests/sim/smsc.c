/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sim/smsc.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <libsmpp34/smpp34.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "tests/sim/link.h"

struct smsc {
    int fd;
    unsigned window;
    event_listener *listener;
    void *me;
    struct arena *arena; /* for one PDU */
    struct link links[SMSC_LINKS_MAX];
    struct outgoing_list queue;
    struct assembly *assembly;
    struct stats stats;
    enum receipt receipt;
    uint32_t refuse_status;
    unsigned refuse_count;
    bool paused;
    uint64_t last_message_id;
    uint8_t last_reference; /* of concatenated texts */
};

int64_t monotonic_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void tell(struct smsc *s, struct event event)
{
    event.at = monotonic_us();
    s->listener(s->me, &event);
}

static int listen_on_loopback(uint16_t *port)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return -1;
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(*port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof address;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
    if (bind(fd, (struct sockaddr *)&address, n) < 0 || listen(fd, SMSC_LINKS_MAX) < 0 ||
        getsockname(fd, (struct sockaddr *)&address, &n) < 0) {
        int why = errno;
        close(fd);
        errno = why;
        return -1;
    }
    *port = ntohs(address.sin_port);
    return fd;
}

struct smsc *smsc_new(uint16_t port, unsigned window, event_listener *listener, void *me)
{
    int fd = listen_on_loopback(&port);
    if (fd < 0)
        return NULL;
    struct smsc *s = calloc(1, sizeof *s);
    if (!s)
        abort();
    s->fd = fd;
    s->window = window;
    s->listener = listener;
    s->me = me;
    s->arena = arena_new(PDU_MAX);
    s->assembly = assembly_new();
    s->last_message_id = (uint64_t)time(NULL) * 1000000; /* no id of an earlier run comes again */
    TAILQ_INIT(&s->queue);
    for (size_t i = 0; i < SMSC_LINKS_MAX; i++)
        s->links[i].fd = -1;
    tell(s, (struct event){.kind = EVENT_LISTENING, .port = port});
    return s;
}

static void lose(struct smsc *s, struct link *link, const char *reason)
{
    uint64_t unanswered = link->in_flight_n;
    s->stats.requeued += unanswered;
    s->stats.queued += unanswered;
    s->stats.in_flight -= unanswered;
    TAILQ_CONCAT(&link->in_flight, &s->queue, entry); /* they go before those that wait */
    TAILQ_CONCAT(&s->queue, &link->in_flight, entry);
    link_close(link);
    if (link->bind_as)
        tell(s, (struct event){.kind = EVENT_UNBOUND, .bind_as = link->bind_as, .reason = reason});
    if (unanswered)
        tell(s, (struct event){.kind = EVENT_REQUEUED, .count = unanswered});
}

void smsc_drop(struct smsc *s)
{
    for (size_t i = 0; i < SMSC_LINKS_MAX; i++)
        if (s->links[i].fd >= 0)
            lose(s, &s->links[i], "dropped");
}

static void ignore(void *me, const struct event *event)
{
    (void)me;
    (void)event;
}

void smsc_free(struct smsc **smsc)
{
    struct smsc *s = *smsc;
    if (!s)
        return;
    s->listener = ignore;
    smsc_drop(s);
    outgoing_free_all(&s->queue);
    assembly_free(&s->assembly);
    arena_free(&s->arena);
    close(s->fd);
    free(s);
    *smsc = NULL;
}

bool smsc_is_bound(const struct smsc *s)
{
    for (size_t i = 0; i < SMSC_LINKS_MAX; i++)
        if (s->links[i].role & LINK_RECEIVES)
            return true;
    return false;
}

bool smsc_has_room(const struct smsc *s)
{
    return s->stats.queued < SMSC_QUEUE_MAX;
}

bool smsc_send(struct smsc *s, const struct mo *mo, const char **why)
{
    unsigned parts = mo_queue(s->arena, mo, ++s->last_reference, &s->queue, why);
    arena_reset(s->arena);
    if (parts == 0)
        return false;
    s->stats.mo++;
    s->stats.mo_parts += parts;
    s->stats.queued += parts;
    tell(s, (struct event){.kind = EVENT_MO_SENT, .id = mo->id, .count = parts});
    return true;
}

void smsc_set_receipt(struct smsc *s, enum receipt receipt)
{
    s->receipt = receipt;
}

void smsc_refuse(struct smsc *s, uint32_t status, unsigned count)
{
    s->refuse_status = status;
    s->refuse_count = count;
}

void smsc_pause(struct smsc *s, bool paused)
{
    s->paused = paused;
}

void smsc_tell_stats(struct smsc *s)
{
    s->stats.parts_given_up = assembly_given_up(s->assembly);
    tell(s, (struct event){.kind = EVENT_STATS, .stats = &s->stats});
}

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
    tell(r->smsc, (struct event){.kind = EVENT_ERROR, .reason = reason});
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
    tell(r->smsc, (struct event){.kind = EVENT_BOUND, .bind_as = r->link->bind_as, .system_id = r->link->system_id});
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
        tell(s, (struct event){.kind = EVENT_ERROR, .reason = "delivery report dropped: too many wait"});
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
    tell(s, (struct event){.kind = EVENT_SUBMIT, .sm = sm, .id = message_id});
    enum receipt receipt = wanted_receipt(sm, s->receipt);
    struct message whole;
    if (assembly_add(s->assembly, s->arena, sm, message_id, &whole)) {
        s->stats.mts++;
        tell(s, (struct event){.kind = EVENT_MT,
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
        tell(r->smsc, (struct event){.kind = EVENT_SUBMIT, .sm = &sm, .status = r->smsc->refuse_status});
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
        tell(s, (struct event){.kind = EVENT_DLR_ACKED, .id = ticket->id, .status = ticket->status});
        return;
    }
    s->stats.mo_acked += taken;
    s->stats.mo_refused += !taken;
    tell(s, (struct event){.kind = EVENT_MO_ACKED, .id = ticket->id, .status = ticket->status});
}

static void on_deliver_answer(const struct request *r)
{
    struct outgoing *o;
    TAILQ_FOREACH(o, &r->link->in_flight, entry)
    {
        if (o->sequence == r->header.sequence)
            break;
    }
    if (!o) {
        r->smsc->stats.bad_pdus++;
        tell(r->smsc, (struct event){.kind = EVENT_ERROR, .reason = "answer to a deliver_sm that is not in flight"});
        return;
    }
    TAILQ_REMOVE(&r->link->in_flight, o, entry);
    r->link->in_flight_n--;
    r->smsc->stats.in_flight--;
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

static void serve_input(struct smsc *s, struct link *link)
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

/* Sends what waits, as far as the window and the link's buffer allow. */
static void deliver(struct smsc *s, struct link *link)
{
    struct outgoing *o;
    while ((o = TAILQ_FIRST(&s->queue)) && link->in_flight_n < s->window && link_can_deliver(link, o->n)) {
        TAILQ_REMOVE(&s->queue, o, entry);
        o->sequence = ++link->sequence;
        pdu_set_sequence(o->pdu, o->sequence);
        link_put(link, o->pdu, o->n);
        TAILQ_INSERT_TAIL(&link->in_flight, o, entry);
        link->in_flight_n++;
        s->stats.queued--;
        s->stats.in_flight++;
    }
}

static void serve_link(struct smsc *s, struct link *link, short events)
{
    if (events & (POLLIN | POLLHUP | POLLERR) && link_read(link) == LINK_LOST) {
        lose(s, link, "connection closed");
        return;
    }
    if (!s->paused)
        serve_input(s, link);
    deliver(s, link);
    if (link_flush(link) == LINK_LOST)
        lose(s, link, "connection closed");
    else if (link->closing && link->out_n == 0)
        lose(s, link, "unbound");
}

static void accept_link(struct smsc *s)
{
    int fd = accept4(s->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0)
        return;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    for (size_t i = 0; i < SMSC_LINKS_MAX; i++) {
        if (s->links[i].fd < 0) {
            link_open(&s->links[i], fd);
            return;
        }
    }
    close(fd);
    tell(s, (struct event){.kind = EVENT_ERROR, .reason = "too many connections"});
}

nfds_t smsc_poll(struct smsc *s, struct pollfd fds[SMSC_POLL_MAX])
{
    fds[0] = (struct pollfd){.fd = s->fd, .events = POLLIN};
    for (size_t i = 0; i < SMSC_LINKS_MAX; i++) {
        struct link *link = &s->links[i];
        if (link->fd >= 0)
            deliver(s, link);
        short in = s->paused || !link_can_answer(link) ? 0 : POLLIN;
        fds[i + 1] = (struct pollfd){.fd = link->fd, .events = (short)(in | (link->out_n ? POLLOUT : 0))};
    }
    return SMSC_POLL_MAX;
}

void smsc_serve(struct smsc *s, const struct pollfd *fds, nfds_t n)
{
    for (nfds_t i = 1; i < n; i++)
        if (fds[i].revents && s->links[i - 1].fd == fds[i].fd && fds[i].fd >= 0)
            serve_link(s, &s->links[i - 1], fds[i].revents);
    if (fds[0].revents & POLLIN)
        accept_link(s);
}
