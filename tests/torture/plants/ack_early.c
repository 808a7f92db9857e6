/* SPDX-License-Identifier: Apache-2.0
 *
 * A fault planted for the judge of the kill matrix to find: texts are acknowledged to bearerbox as they come, before
 * they are stored. Linked by --wrap=box_in_take.
 */
#include "smsd/link/box_p.h"

void __real_box_in_take(struct box_link *link, const struct box_message *message);
void __wrap_box_in_take(struct box_link *link, const struct box_message *message);

void __wrap_box_in_take(struct box_link *link, const struct box_message *message)
{
    box_wire_ack(link->wire, message->id, message->time, BOX_ACK_SUCCESS);
    __real_box_in_take(link, message);
}
