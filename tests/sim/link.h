/* SPDX-License-Identifier: Apache-2.0
 *
 * One TCP connection of an SMPP client (an ESME; here Kannel's bearerbox): non-blocking, with a bounded
 * buffer each way.
 */
#ifndef SIM_LINK_H
#define SIM_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tests/sim/outgoing.h"
#include "tests/sim/pdu.h"

enum {
    LINK_BUFFER = 65536,         /* octets each way */
    LINK_ANSWER_MAX = 128,       /* octets of the longest answer we write */
    LINK_ANSWER_RESERVE = 16384, /* octets of the output buffer that deliver_sm leave free for answers */
};

/* What the client bound as: bits. */
enum link_role { LINK_UNBOUND = 0, LINK_SENDS = 1 /* submit_sm */, LINK_RECEIVES = 2 /* deliver_sm */ };

struct link {
    int fd;              /* -1 when the slot is free */
    unsigned role;       /* enum link_role */
    const char *bind_as; /* NULL before the bind */
    char system_id[16];
    uint32_t sequence; /* of our last deliver_sm */
    struct outgoing_list in_flight;
    unsigned in_flight_n;
    bool closing;         /* hang up once the output is out */
    size_t in_n, in_used; /* octets read, octets of them taken as PDUs */
    size_t out_n;
    uint8_t in[LINK_BUFFER];
    uint8_t out[LINK_BUFFER];
};

enum link_io { LINK_FINE, LINK_LOST };

void link_open(struct link *link, int fd);

/* Closes the connection; the caller has taken what was in flight. */
void link_close(struct link *link);

/* Reads what is there. */
enum link_io link_read(struct link *link);

/* Writes what it can. */
enum link_io link_flush(struct link *link);

/* The next whole PDU in the input; it stays valid until link_read. */
enum pdu_frame link_next(struct link *link, const uint8_t **pdu, struct pdu_header *header);

/* Room for an answer; one must not take PDUs in without it. */
bool link_can_answer(const struct link *link);

/* Room for a deliver_sm of n octets, beside the reserve for answers. */
bool link_can_deliver(const struct link *link, size_t n);

void link_put(struct link *link, const uint8_t *pdu, size_t n);

#endif
