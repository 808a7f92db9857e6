/* SPDX-License-Identifier: Apache-2.0
 *
 * What flows about a listing of one's own share: which one is meant, and what becomes of it.
 */
#ifndef SMSD_FLOW_OWN_H
#define SMSD_FLOW_OWN_H

#include "smsd/flow/listing_words.h"
#include "smsd/worker/turn.h"

/* The listing that own_want (smsd/flow/flow.h) asked for: named by its code or its number in the sender's list. NULL
 * when none is named, or it is not the sender's: that has been answered. */
const struct listing_facts *own_find(struct turn *turn);

/* Are these its goods, or a kind of them, or what they are a kind of? */
bool own_are_goods(const struct turn *turn, const struct listing_facts *listing, const struct commodity *goods);

/* What the text leaves to the listing (goods, units), filled in from it. False when what is said is then implausible:
 * that has been asked. */
bool own_settle(struct turn *turn, const struct listing_facts *listing);

/* Can GIA HAN make it stand? */
bool own_may_stand_again(const struct listing_facts *listing);

/* Asks which one, by their numbers; the answer completes the command. Says so when there is none. */
void own_ask(struct turn *turn);

/* It is closed for good: answered. */
void own_is_over(struct turn *turn, const struct listing_facts *listing);

/* The change that this turn makes of it, with everything as it is: the caller changes what changes. */
struct listing_change *own_change(struct turn *turn, const struct listing_facts *listing);

/* As replies say it to the sender. */
struct listing_words own_words(const struct turn *turn, const struct listing_facts *listing);

/* Remembers that the sender knows their listings by these numbers. */
void own_keep_numbers(struct turn *turn);

/* The next page of TIN: those that a page of the database holds. */
void list_more(struct turn *turn);

/* "2 B7K2 bán lúa OM18 2 tấn 8.500đ/kg"; without its number where that is 0. */
const char *own_line(const struct turn *turn, const struct own_listing *own);

/* Days for which a listing of these goods stands. */
int own_days(const struct turn *turn, const struct commodity *commodity);

#endif
