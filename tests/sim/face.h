/* SPDX-License-Identifier: Apache-2.0
 *
 * A face of the simulator: who gives it work and is told what happens. The main loop calls on_due when `due`
 * has passed, hands over lines while wants_line says so, then waits; it leaves once `finished` is set.
 */
#ifndef SIM_FACE_H
#define SIM_FACE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "tests/sim/smsc.h"

struct face {
    event_listener *event;
    bool (*wants_line)(struct face *face);
    void (*line)(struct face *face, struct slice line);
    void (*line_too_long)(struct face *face);
    void (*end)(struct face *face);    /* no more lines; may be told again */
    void (*on_due)(struct face *face); /* NULL when it is never due */
    void (*free)(struct face *face);
    int64_t due;       /* on the monotonic clock, microseconds; INT64_MAX for never */
    struct smsc *smsc; /* set by the main loop before all else but the LISTENING event */
    bool finished;
    int exit_status;
};

/* Commands and events as lines of JSON. */
struct face *script_new(FILE *out);

enum phone_pace {
    PHONE_LIVE,  /* a person types */
    PHONE_PACED, /* lines from elsewhere: each waits for its answer, and the end for late messages */
};

struct phone_options {
    enum phone_pace pace;
    const char *from;  /* the first phone's number */
    const char *to;    /* the short code */
    int64_t wait_us;   /* for an answer */
    int64_t gap_us;    /* after an answer, for a second message to fall under its own text */
    int64_t settle_us; /* at the end, without a new message */
    int64_t bind_us;   /* for Kannel to bind at all */
    bool shows_port;   /* say where we listen */
    bool escapes;      /* the output is a terminal that knows ANSI escapes */
};

/* Texts as a person sees them. The options live as long as the face. */
struct face *phone_new(const struct phone_options *options, FILE *out);

#endif
