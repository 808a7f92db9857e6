/* SPDX-License-Identifier: Apache-2.0
 *
 * Words of one person for another who is not to learn how to reach them: without telephone numbers and addresses of the
 * net.
 */
#ifndef PARSERS_TEXT_DISCREET_H
#define PARSERS_TEXT_DISCREET_H

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

/* The text with each telephone number and each link as "...", line breaks and what aggregators bar as blanks, and runs
 * of blanks as one. A number is nine figures or more, however they are set apart, that begin with 0, 84 or +; or nine
 * to eleven on end. Sums of money stay. UTF-8, in the arena. Numbers spelt out in words stay, too: nobody is kept from
 * those. */
char *text_discreet(struct arena *arena, struct slice text);

#endif
