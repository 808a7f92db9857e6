/* SPDX-License-Identifier: Apache-2.0
 *
 * Is this a message of Kannel's box protocol? libgw's msg_unpack ends the process on some that are not (Kannel 1.4.5:
 * a string of length -2), so what came over the wire is looked through before libgw sees it.
 *
 * A message is its type, a 32-bit number in network order, and the fields of that type one after another. A layout says
 * which these are, a letter each:
 *     i  a number of 32 bits
 *     s  a string: its length as a number, -1 when there is none, and so many octets
 *     u  a UUID: a string of 36 octets as uuid_unparse writes it
 */
#ifndef PARSERS_KANNEL_BOX_FRAME_H
#define PARSERS_KANNEL_BOX_FRAME_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/base/slice.h"

/* Has the frame one of the n types, and exactly the fields of its layout? layouts[type] is that of a type. */
bool box_frame_is_sound(struct slice frame, const char *const *layouts, size_t n);

#endif
