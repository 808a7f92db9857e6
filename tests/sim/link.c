/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sim/link.h"

#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void link_open(struct link *link, int fd)
{
    link->fd = fd;
    link->role = LINK_UNBOUND;
    link->bind_as = NULL;
    link->system_id[0] = '\0';
    link->sequence = 0;
    TAILQ_INIT(&link->in_flight);
    link->in_flight_n = 0;
    link->closing = false;
    link->in_n = link->in_used = link->out_n = 0;
}

void link_close(struct link *link)
{
    close(link->fd);
    link->fd = -1;
    link->role = LINK_UNBOUND;
}

enum link_io link_read(struct link *link)
{
    memmove(link->in, link->in + link->in_used, link->in_n - link->in_used);
    link->in_n -= link->in_used;
    link->in_used = 0;
    if (link->in_n == LINK_BUFFER) /* no room for answers so far: the PDUs wait */
        return LINK_FINE;
    ssize_t n = recv(link->fd, link->in + link->in_n, LINK_BUFFER - link->in_n, MSG_DONTWAIT);
    if (n > 0) {
        link->in_n += (size_t)n;
        /* Kannel answers a text and then sends one, in two writes under Nagle's algorithm: an acknowledgement of ours that
         * Linux delays would hold the second up for 40 ms. An SMSC far away has no such habit. */
        setsockopt(link->fd, IPPROTO_TCP, TCP_QUICKACK, &(int){1}, sizeof(int));
        return LINK_FINE;
    }
    return n < 0 && (errno == EAGAIN || errno == EINTR) ? LINK_FINE : LINK_LOST;
}

enum link_io link_flush(struct link *link)
{
    if (link->out_n == 0)
        return LINK_FINE;
    ssize_t n = send(link->fd, link->out, link->out_n, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (n < 0)
        return errno == EAGAIN || errno == EINTR ? LINK_FINE : LINK_LOST;
    memmove(link->out, link->out + n, link->out_n - (size_t)n);
    link->out_n -= (size_t)n;
    return LINK_FINE;
}

enum pdu_frame link_next(struct link *link, const uint8_t **pdu, struct pdu_header *header)
{
    *pdu = link->in + link->in_used;
    enum pdu_frame frame = pdu_frame(*pdu, link->in_n - link->in_used, header);
    if (frame == PDU_WHOLE)
        link->in_used += header->length;
    return frame;
}

bool link_can_answer(const struct link *link)
{
    return LINK_BUFFER - link->out_n >= LINK_ANSWER_MAX;
}

bool link_can_deliver(const struct link *link, size_t n)
{
    return link->role & LINK_RECEIVES && !link->closing && link->out_n + n + LINK_ANSWER_RESERVE <= LINK_BUFFER;
}

void link_put(struct link *link, const uint8_t *pdu, size_t n)
{
    assert(n <= LINK_BUFFER - link->out_n);
    memcpy(link->out + link->out_n, pdu, n);
    link->out_n += n;
}
