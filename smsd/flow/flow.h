/* SPDX-License-Identifier: Apache-2.0
 *
 * Flows: what is done for each intent, one file a command. A flow has two halves, because a batch goes to the database
 * only twice: `want` names the facts it needs, before; `act` decides with them, says the answer and leaves the
 * effects. Neither touches the database itself.
 */
#ifndef SMSD_FLOW_FLOW_H
#define SMSD_FLOW_FLOW_H

#include "smsd/worker/turn.h"

struct flow {
    void (*want)(struct turn *turn); /* NULL = needs nothing */
    void (*act)(struct turn *turn);
};

/* The flow of an intent; every intent has one. */
const struct flow *flow_of(enum intent intent);

/* A price older than so many days is told as an old one. */
#define PRICE_FRESH_DAYS 14

/* One item a lookup: what turn->found[i] answers is items[i]. */
void listing_want(struct turn *turn); /* sell, buy */
void listing_act(struct turn *turn);
void match_want(struct turn *turn); /* who buys, who sells */
void match_act(struct turn *turn);
void more_want(struct turn *turn);
void more_act(struct turn *turn);
void show_act(struct turn *turn); /* my number, to others; wants code_want */
void show_confirmed(struct turn *turn, const char *json); /* its code came */
void hide_act(struct turn *turn);
void relay_want(struct turn *turn);
void relay_act(struct turn *turn);
void price_want(struct turn *turn);
void price_act(struct turn *turn);
void season_act(struct turn *turn);
void weather_want(struct turn *turn); /* salinity too */
void weather_act(struct turn *turn);
void forecast_want(struct turn *turn);
void forecast_act(struct turn *turn);
void own_want(struct turn *turn); /* cancel, renew, ... */
void cancel_act(struct turn *turn);
void renew_act(struct turn *turn);
void edit_act(struct turn *turn);
void sold_act(struct turn *turn);
void list_want(struct turn *turn);
void list_act(struct turn *turn);
void view_act(struct turn *turn);
void deal_want(struct turn *turn); /* accept, refuse */
void accept_act(struct turn *turn);
void refuse_act(struct turn *turn);
void help_act(struct turn *turn);
void stop_want(struct turn *turn);
void stop_act(struct turn *turn);
void unsubscribe_act(struct turn *turn); /* a stop of some goods or a place only */
void unsubscribe_all(struct turn *turn); /* says nothing by itself */
void start_act(struct turn *turn);
void unstop_act(struct turn *turn); /* a stop that was none: says nothing by itself */
/* Yes or no to texts that nobody asked for, with its proof. Says nothing by itself. */
void consent_to_alerts(struct turn *turn, bool granted);
void language_act(struct turn *turn);
void place_act(struct turn *turn);
void new_act(struct turn *turn);
void desk_act(struct turn *turn);    /* a question for the officers */
void own_data_want(struct turn *turn);
void own_data_act(struct turn *turn);
void erase_act(struct turn *turn);
void erase_confirmed(struct turn *turn, const char *json); /* its code came */
void question_want(struct turn *turn);
void question_act(struct turn *turn);
void desk_answer_confirmed(struct turn *turn, const char *json);
void broadcast_want(struct turn *turn); /* LOA */
void broadcast_act(struct turn *turn);
void broadcast_confirmed(struct turn *turn, const char *json);
void broadcast_too_late(struct turn *turn, const char *json);
void approve_want(struct turn *turn); /* DUYET */
void approve_act(struct turn *turn);
void approve_confirmed(struct turn *turn, const char *number);
void approve_too_late(struct turn *turn, const char *number);
void report_want(struct turn *turn); /* an officer's price */
void report_act(struct turn *turn);
void report_confirmed(struct turn *turn, const char *json);
void call_act(struct turn *turn);
void junk_act(struct turn *turn);
void not_yet_act(struct turn *turn); /* understood, not served yet */
void none_act(struct turn *turn);    /* not understood */

/* Leaves the text at the officers' desk and says so. */
void desk_hand(struct turn *turn, const char *reason, enum message message);

/* Asks the reading's open question and leaves it open. */
void ask_act(struct turn *turn);

/* A choice of a reading's question, in words: "dừa khô", "8.500đ/kg". */
const char *ask_choice(const struct turn *turn, const struct reading *reading, size_t i);

/* What is asked once in a lifetime, in a line behind an answer that has room for it: leave to show the number, where the other
 * side was named; and whatever any answer may have behind it. offers_act remembers what was asked. */
void offer_contact(struct turn *turn);
void offers_act(struct turn *turn);

/* First contact: who we are, what is kept, how to stop; once in a person's life, as a message of its own after the answer. */
void welcome_act(struct turn *turn);

#endif
