/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sim/smsc.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "tests/sim/smsc_p.h"

int64_t monotonic_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void smsc_tell(struct smsc *s, struct event event)
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
    TAILQ_INIT(&s->retries);
    for (size_t i = 0; i < SMSC_LINKS_MAX; i++)
        s->links[i].fd = -1;
    smsc_tell(s, (struct event){.kind = EVENT_LISTENING, .port = port});
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
        smsc_tell(s, (struct event){.kind = EVENT_UNBOUND, .bind_as = link->bind_as, .reason = reason});
    if (unanswered)
        smsc_tell(s, (struct event){.kind = EVENT_REQUEUED, .count = unanswered});
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
    outgoing_free_all(&s->retries);
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
    smsc_tell(s, (struct event){.kind = EVENT_MO_SENT, .id = mo->id, .count = parts});
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
    smsc_tell(s, (struct event){.kind = EVENT_STATS, .stats = &s->stats});
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
        session_serve(s, link);
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
    smsc_tell(s, (struct event){.kind = EVENT_ERROR, .reason = "too many connections"});
}

int64_t smsc_due(const struct smsc *s)
{
    const struct outgoing *first = TAILQ_FIRST(&s->retries);
    return first ? first->due : INT64_MAX;
}

/* What is due to be tried again goes before what waits. */
static void queue_retries(struct smsc *s)
{
    int64_t now = monotonic_us();
    while (smsc_due(s) <= now) {
        struct outgoing *o = TAILQ_FIRST(&s->retries);
        TAILQ_REMOVE(&s->retries, o, entry);
        TAILQ_INSERT_HEAD(&s->queue, o, entry);
    }
}

nfds_t smsc_poll(struct smsc *s, struct pollfd fds[SMSC_POLL_MAX])
{
    queue_retries(s);
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
