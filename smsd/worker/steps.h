/* SPDX-License-Identifier: Apache-2.0
 *
 * The steps of a turn, in the order in which batch.c takes them. For smsd/worker only.
 */
#ifndef SMSD_WORKER_STEPS_H
#define SMSD_WORKER_STEPS_H

#include "smsd/worker/batch.h"

/* Before the database: reads the text alone, and names the lookups it wants. mo and sender are the turn's places in the
 * batch's arrays; mo is filled. */
void turn_start(struct batch *batch, size_t i, struct mo *mo, struct sender *sender, struct effects *effects);

/* With what the database knows of the sender: decides the path, and the reading for good. turn->looked_up tells
 * whether the lookups already made are the right ones. */
void turn_meet(struct turn *turn);

/* Acts, says the answer and leaves all rows. */
void turn_finish(struct turn *turn);

/* Looks up what the turn has asked for by turn_lookup; and what the flow of its reading wants, first. */
void turn_look_up(struct turn *turn);
void turn_want(struct turn *turn);

/* Asks, or lets the flow of the reading act. */
void turn_act_on_reading(struct turn *turn);

/* Of a text by USSD: what turn_meet, turn_finish and turn_count do with it; and whether the session of one that was
 * seen before is over. */
void ussd_meet(struct turn *turn);
void ussd_act(struct turn *turn);
void ussd_keep_conversation(struct turn *turn);
void ussd_count(const struct turn *turn);
bool ussd_has_ended(const struct turn *turn);

/* What the link gives back, out of turn->answer. turn_finish has done it. */
void turn_reply(struct turn *turn);

/* Counts the turn, once it is committed. */
void turn_count(const struct turn *turn);

/* Are these the words of the sender's last text? TIEP never is: each one asks for another page. */
bool turn_repeats_last(const struct turn *turn);

/* Does the hour of the sender's counters still run? */
bool turn_in_same_hour(const struct turn *turn);

/* Has the text words of any language? "1" and "?" have not. */
bool turn_has_words(const struct turn *turn);

/* The language to answer in. */
enum lang turn_lang(const struct turn *turn);

#endif
