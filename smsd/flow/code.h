/* SPDX-License-Identifier: Apache-2.0
 *
 * One-time codes. A sender's number can be forged, so what costs money, speaks in the province's name or cannot be undone
 * is done only after MA nnnnnn: six digits that were sent to the handset of that number itself, good for ten minutes, three
 * tries and one act. Five wrong ones in a day and no code is taken until the next; the officers are told.
 *
 * The newest code of a person is the only one. It is stored as a keyed hash; in clear it stands in the answer that
 * carries it, as every answer does, and after ten minutes is worth nothing.
 *
 * A flow that wants to be confirmed:
 *     want   code_want(turn);
 *     act    const char *code = code_new(turn, "erase", "{}");
 *            if (code)
 *                turn_say(turn, MSG_ERASE_ASK, ARGS({"code", code}));
 * and a row in the table of code.c says what is done when the code comes.
 */
#ifndef SMSD_FLOW_CODE_H
#define SMSD_FLOW_CODE_H

#include "smsd/worker/turn.h"

#define CODE_DIGITS 6

/* So many wrong ones within this time, from the first of them on, lock the person out of codes. */
#define CODE_FAILURES_MAX 5
#define CODE_FAILURES_US (24 * 3600 * 1000000LL)

/* The lookup that code_new and code_act need. */
void code_want(struct turn *turn);

/* A new code for an act of a kind of code.c's table; `act` is all that doing it takes, as JSON, up to a few hundred
 * bytes. The digits, in the arena; NULL when this person may have none today, which has then been said. At most one
 * a turn. */
const char *code_new(struct turn *turn, const char *kind, const char *act);

/* How the text with the code shows the words that it lets go out, by their beginning: who forges a text just after a
 * real one would otherwise have his own confirmed. In the arena. */
const char *code_said(const struct turn *turn, struct slice words);

/* MA nnnnnn: does what waits for these digits, or says why not. */
void code_act(struct turn *turn);

#endif
