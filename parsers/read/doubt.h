/* SPDX-License-Identifier: Apache-2.0
 *
 * Doubt: a slot of a sure reading rests on evidence that is strong for that slot, and what could be a datum is accounted
 * for. Where that is not so, the datum is dropped when chance words make it up, else the question that fits is asked.
 * The kinds of doubt are listed in doubts.def; each is a row of a table in doubt.c: when it holds, for which intents,
 * and what is done. A reading's doubt stays in `struct reading`, a datum's in its fact, for the explanation to show.
 */
#ifndef PARSERS_READ_DOUBT_H
#define PARSERS_READ_DOUBT_H

#include "parsers/read/intent.h"

/* Takes places and days that chance words make up out of the facts; they stay there as FACT_DOUBTED. */
void text_doubt(struct text *t);

/* Asks about a reading that would be sure, or takes a slot out of it, when a doubt holds. Readings that already ask or
 * that change nothing on the market or in a person's messages are left alone. */
void reading_doubt(const struct text *t, const struct wants *w, struct reading *r);

#endif
