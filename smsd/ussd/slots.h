/* SPDX-License-Identifier: Apache-2.0
 *
 * The slots of a reading, as screens fill them. For smsd/ussd only.
 */
#ifndef SMSD_USSD_SLOTS_H
#define SMSD_USSD_SLOTS_H

#include "smsd/ussd/screens.h"

/* Choices that name nothing. */
#define CODE_MORE ">"     /* the next page */
#define CODE_GROUPS "*"   /* goods by groups; "*fruit" is one of these */
#define CODE_NO_PRICE "-" /* to be agreed, or not said */

/* A reading that says nothing but what it is about. */
struct reading slots_new(enum intent intent);

/* What the reader is told besides. */
struct read_context slots_context(const struct turn *turn);

bool slot_is_filled(const struct reading *reading, enum slot slot);
void slot_clear(struct reading *reading, enum slot slot);

/* Which slot a question is about. */
enum slot slot_of(enum ask ask);

/* Does the reading itself ask about the slot, with choices of its own (is it really so much? which of these?)? */
bool slot_is_doubted(const struct reading *reading, enum slot slot);

/* Fills it by a code that was shown (of goods, of a place, "8400/KG"); false when that names nothing any more. */
bool slot_take(const struct turn *turn, struct reading *reading, enum slot slot, const char *code);

/* Fills it, and perhaps others, by words or a number, as an answer to its question; false when they are none. A number
 * alone at the quantity is in the unit that the screen named. */
bool slot_read(const struct turn *turn, struct reading *reading, enum slot slot, struct slice words);

/* The unit of a number alone: that of the listing it is about, else the one in which the goods are counted. */
const struct unit *slot_unit(const struct reading *reading);

#endif
