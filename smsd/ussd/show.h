/* SPDX-License-Identifier: Apache-2.0
 *
 * Whether screens have room for what they say. For smsd/ussd and its tests.
 */
#ifndef SMSD_USSD_SHOW_H
#define SMSD_USSD_SHOW_H

#include "smsd/ussd/ussd.h"

/* Is the session's screen within its limit with the whole first line, and a menu with all of its choices?
 */
bool show_has_room(struct turn *turn, struct ussd_session *session);

#endif
