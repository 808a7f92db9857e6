/* SPDX-License-Identifier: Apache-2.0
 *
 * Does an amount fit what is known of a commodity? Ranges come with the lexicon.
 */
#ifndef PARSERS_READ_PLAUSIBLE_H
#define PARSERS_READ_PLAUSIBLE_H

#include <stdint.h>

#include "parsers/lexicon/lexicon.h"

enum fit { FIT_UNKNOWN, FIT_GOOD, FIT_BAD };

/* A price in đồng per unit. FIT_UNKNOWN when there is no range for that unit. */
enum fit price_fit(const struct commodity *commodity, const struct unit *unit, int64_t price);

/* A quantity in thousandths of the unit. FIT_UNKNOWN when the unit measures something else than the range (heads,
 * area). */
enum fit quantity_fit(const struct commodity *commodity, const struct unit *unit, int64_t milli);

#endif
