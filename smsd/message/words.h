/* SPDX-License-Identifier: Apache-2.0
 *
 * The few words and signs that values are written with, by language. Whole sentences belong into the catalogues.
 */
#ifndef SMSD_MESSAGE_WORDS_H
#define SMSD_MESSAGE_WORDS_H

#include <stdbool.h>

#include "parsers/base/lang.h"

struct words {
    char thousands, decimal;
    bool month_first;
    const char *blank; /* between a number and its unit */
    const char *comma; /* between the parts of a list */
    const char *dong;
    const char *at_most, *at_least, *agreed; /* of prices; the first two stand before the number */
    const char *about; /* before a quantity that is not exact */
    const char *unchanged;
    const char *kilogram, *piece, *fruit, *litre, *square_metre;
    const char *counted_in, *counted_in_end; /* around the unit */
    const char *per_kilogram, *size, *grade; /* after a size; before a size; before a grade */
    const char *fresh, *dry;
    const char *sow, *stock, *harvest; /* before the days */
    const char *all_year;
};

const struct words *words_of(enum lang lang);

#endif
