/* SPDX-License-Identifier: Apache-2.0
 *
 * What a screen has room for. For smsd/ussd and its tests.
 */
#ifndef SMSD_USSD_SHOW_H
#define SMSD_USSD_SHOW_H

#include <stdbool.h>

#include "parsers/base/lang.h"

/* Characters of a screen: gateways carry 182 in GSM-7 and 80 in UCS-2; some less, and phones scroll. */
#define SHOW_UNITS_GSM7 140
#define SHOW_UNITS_UCS2 80

bool show_fits(const char *text);

/* The language of screens for who is answered in `lang`. */
enum lang show_lang(enum lang lang);

#endif
