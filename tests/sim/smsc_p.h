/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the SMSC: smsc.c owns the connections and the queue, session.c speaks SMPP on one connection.
 */
#ifndef SIM_SMSC_P_H
#define SIM_SMSC_P_H

#include "tests/sim/link.h"
#include "tests/sim/smsc.h"

struct smsc {
    int fd;
    unsigned window;
    event_listener *listener;
    void *me;
    struct arena *arena; /* for one PDU */
    struct link links[SMSC_LINKS_MAX];
    struct outgoing_list queue;
    struct outgoing_list retries; /* refused for now, by due time; counted as queued */
    struct assembly *assembly;
    struct stats stats;
    enum receipt receipt;
    uint32_t refuse_status;
    unsigned refuse_count;
    bool paused;
    uint64_t last_message_id;
    uint8_t last_reference; /* of concatenated texts */
};

/* Tells the listener; sets the time. */
void smsc_tell(struct smsc *smsc, struct event event);

/* Takes in the PDUs that a connection has read, as far as there is room for their answers. */
void session_serve(struct smsc *smsc, struct link *link);

#endif
