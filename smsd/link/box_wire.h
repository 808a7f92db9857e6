/* SPDX-License-Identifier: Apache-2.0
 *
 * A connection to bearerbox in Kannel's box protocol, by Kannel's own library (libgw and libgwlib of kannel-dev).
 * box_wire.c is the only file that includes gwlib's headers, and nothing of gwlib is seen here.
 *
 * gwlib ends the process when a thread that it did not make touches it. So box_wire_thread makes the thread, and all
 * but the first three functions are for that thread alone.
 *
 *     struct box_message message;
 *     while (box_wire_next(wire, &message) == BOX_MESSAGE)
 *         handle(&message);
 */
#ifndef SMSD_LINK_BOX_WIRE_H
#define SMSD_LINK_BOX_WIRE_H

#include <stdbool.h>
#include <stdint.h>

#include "parsers/base/slice.h"

#define BOX_UUID 16      /* octets */
#define BOX_UUID_TEXT 37 /* as Kannel's %I prints it, and NUL */

/* Kannel's numbers (gw/msg.h); box_wire.c checks that they are the same. */
enum box_ack { BOX_ACK_SUCCESS, BOX_ACK_FAILED, BOX_ACK_FAILED_TMP, BOX_ACK_BUFFERED };

enum box_kind {
    BOX_TEXT,    /* a text from a phone */
    BOX_REPORT,  /* a delivery report */
    BOX_VERDICT, /* what bearerbox says of a text we sent */
    BOX_LEAVE,   /* bearerbox stops, and waits for us to hang up */
    BOX_OTHER    /* nothing for us */
};

/* One message that came. Strings belong to the wire until the next call of box_wire_next. */
struct box_message {
    enum box_kind kind;
    unsigned char id[BOX_UUID];
    char id_text[BOX_UUID_TEXT];
    int64_t time;     /* what an acknowledgement must repeat */
    enum box_ack ack; /* of a BOX_VERDICT */
    /* of texts and reports; a field that was not given is empty, or -1 */
    struct slice from, to, text, charset, meta, smsc, service, dlr_url;
    int64_t coding, dlr;
};

/* A text to send. */
struct box_text_out {
    struct slice from, to;
    struct slice text;    /* UTF-8 with coding 0, UTF-16BE with 2 */
    struct slice smsc;    /* the SMSC to go through; empty = Kannel's choice */
    struct slice meta;    /* Kannel's metadata; empty = none */
    struct slice service; /* SMPP's service type; empty = Kannel's */
    struct slice dlr_url; /* empty = no reports */
    int dlr_mask;
    int coding; /* Kannel's: 0 or 2 */
    int priority; /* 0 to 3: those with more go first */
    bool reply; /* the answer to a text, or one of our own accord */
};

enum box_read { BOX_MESSAGE, BOX_EMPTY, BOX_CLOSED, BOX_GARBAGE };

struct box_wire;

/* Once in a process, before the others; more calls do nothing. From the thread that will call box_wire_thread. */
void box_wire_init(void);

/* A thread that may use wires; -1 when there is none to be had. Its end is waited for. */
long box_wire_thread(void (*run)(void *arg), void *arg);
void box_wire_join(long thread);

/* Takes over a connected, non-blocking socket, and queues our introduction: as a box without an id, since one that has
 * an id gets no texts. */
struct box_wire *box_wire_new(int fd);

/* Closes, frees and nulls. NULL is fine. */
void box_wire_free(struct box_wire **wire);

/* The next message that is there. BOX_EMPTY: wait for the socket; BOX_CLOSED: bearerbox hung up; BOX_GARBAGE: what
 * came is no message, and nothing after it can be. */
enum box_read box_wire_next(struct box_wire *wire, struct box_message *message_r);

/* Queue an acknowledgement, and a text, whose fresh id goes to id_r. */
void box_wire_ack(struct box_wire *wire, const unsigned char id[BOX_UUID], int64_t at, enum box_ack verdict);
void box_wire_send(struct box_wire *wire, const struct box_text_out *text, unsigned char id_r[BOX_UUID]);

/* Writes what is queued, in one write as far as the socket takes it. False when the connection is broken. */
bool box_wire_flush(struct box_wire *wire);

/* Is something queued? */
bool box_wire_is_waiting(const struct box_wire *wire);

#endif
