/* SPDX-License-Identifier: Apache-2.0
 *
 * USSD: the market as numbered screens. The screens know what is shown and where a digit leads; the worker knows the
 * session's row, the gateway and the flows. Between two keypresses a session is its row, so any instance goes on with
 * any session; all here is pure but for the turn it is given.
 *
 * A turn by USSD:
 *   1. The worker reads the session's row, and calls ussd_begin (a dial), or ussd_resume (a dial within some minutes
 *      after a session was dropped), or neither (an answer).
 *   2. ussd_press for what was pressed or typed; for a dial with a shortcut ("*8055*1*2#") once a number, as far as
 *      nothing needs to be looked up. It moves the session, and asks for what the next screen must know by turn_lookup
 *      (usual: goods and places in the order of choices; own_list: my listings).
 *   3. Where that completed something, turn->reading is what a text would have been read as: its flow asks for its
 *      lookups, and acts.
 *   4. ussd_show says what the phone shows, with turn->found, or with what the flow said.
 * The session's row, the text's and all effects are committed together.
 */
#ifndef SMSD_USSD_USSD_H
#define SMSD_USSD_USSD_H

#include "smsd/worker/turn.h"

/* A session that its gateway did not end is kept at least so long; gateways give a person three minutes at most. */
#define USSD_KEPT_US (300LL * 1000000)

#define USSD_NAME_MAX 24 /* bytes of a screen's id and of a code, NUL included */
#define USSD_DEPTH_MAX 8
#define USSD_SHOWN_MAX 7 /* items of a screen */

/* A session between two keypresses. All zeroes is one that has shown nothing yet. */
struct ussd_session {
    char screen[USSD_NAME_MAX]; /* shown last */
    size_t n_back;              /* the screens that led there, the first one first; */
    char back[USSD_DEPTH_MAX][USSD_NAME_MAX];
    int page;       /* of a list that is longer than a screen, from 0 */
    size_t n_shown; /* what the digits of the screen stand for, from 1: codes, "" where it is something else */
    char shown[USSD_SHOWN_MAX][USSD_NAME_MAX];
    struct reading reading; /* what was said so far: of a reading what smsd/flow/draft.h keeps */
    bool wrong;             /* not kept: what was pressed last means nothing on this screen */
};

/* What a keypress comes to. */
enum ussd_does {
    USSD_SHOWS, /* the next screen and nothing else */
    USSD_TELLS, /* turn->reading is done, and what its flow says is the screen */
    USSD_ACTS   /* turn->reading is done, and what its flow says goes out by SMS; the screen says so */
};

/* What the phone shows. */
struct ussd_view {
    const char *text; /* within a screen; in the turn's arena */
    bool ends;        /* nothing is asked: the session is over */
    bool by_sms;      /* what the flow said goes out by SMS as well: it acted, or did not fit */
};

/* Puts a zeroed session before its first screen. */
void ussd_begin(struct turn *turn, struct ussd_session *session);

/* Puts a dropped session, as it was left, before the screen that offers to go on with it. */
void ussd_resume(struct turn *turn, struct ussd_session *session);

/* One keypress: digits or words, as they came. Moves the session; what its next screen needs is asked for by
 * turn_lookup, but where something is to be done: then turn->reading is whole (reading_settle; READ_ASK is asked by
 * SMS), and its own flow looks up. */
enum ussd_does ussd_press(struct turn *turn, struct ussd_session *session, struct slice pressed);

/* The screen the session stands before, after the lookups; remembers in session->shown what its digits stand for.
 * `told` is what the flow said, "" when nothing; NULL where no flow acted. */
struct ussd_view ussd_show(struct turn *turn, struct ussd_session *session, enum ussd_does does, const char *told);

/* A session's row, as JSON by names and codes, in the arena; and back: false when it names something that the lexicon
 * or the screens no longer have, and the session begins anew. */
const char *ussd_session_write(struct arena *arena, const struct ussd_session *session);
bool ussd_session_read(const struct lexicon *lexicon, const char *json, struct ussd_session *session_r);

/* The first screen that with its longest names and amounts has no room in a language that is served: a sentence in the
 * arena, NULL when all have. What is wrong with their table says smsd/ussd/screens.h. */
const char *ussd_narrow(const struct knowledge *knowledge, const char *province, struct arena *arena);

#endif
