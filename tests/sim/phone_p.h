/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the face for people: phone.c tells what comes and keeps the pace, typed.c does what was typed.
 */
#ifndef SIM_PHONE_P_H
#define SIM_PHONE_P_H

#include <string.h>

#include "tests/sim/face.h"
#include "tests/sim/history.h"

/* Where paced lines stand. */
enum pace_state {
    PACE_UNBOUND,  /* Kannel has not bound yet */
    PACE_READY,    /* for the next line */
    PACE_AWAITING, /* the answer to a text */
    PACE_GAP,      /* it came; another may follow */
    PACE_SETTLING, /* no more lines; late messages may come */
};

struct phone {
    struct face face;
    const struct phone_options *options;
    FILE *out;
    struct arena *arena;       /* for one line */
    struct arena *event_arena; /* for one event; lines cause events */
    struct history *history;
    char from[PDU_ADDRESS_MAX + 1];
    char to[PDU_ADDRESS_MAX + 1];
    unsigned last_id;
    struct {
        char by[PDU_ADDRESS_MAX + 1], code[PDU_ADDRESS_MAX + 1];
        uint8_t info[2]; /* its_session_info: number and sequence */
        bool asks;       /* its last screen awaits an answer */
    } ussd;              /* the session dialled last */
    enum pace_state state;
    char awaited[PDU_ADDRESS_MAX + 1];
};

/* Does a person type the lines? */
static inline bool phone_is_live(const struct phone *p)
{
    return p->options->pace == PHONE_LIVE;
}

/* Begins a state that ends by itself after a time, INT64_MAX for never. */
void phone_enter(struct phone *p, enum pace_state state, int64_t lasts_us);

/* Is what is typed now an answer to a screen? */
static inline bool phone_is_asked(const struct phone *p)
{
    return p->ussd.asks && strcmp(p->ussd.by, p->from) == 0;
}

/* In paced output a number is named only when it is not the usual one. */
void phone_name_number(struct phone *p, const char *number);

/* Does one line: a text, a command, a USSD code, a remark. Writes into the line. */
void phone_typed(struct phone *p, char *line);

#endif
