/* SPDX-License-Identifier: Apache-2.0
 *
 * The languages people are answered in. Vietnamese has two forms: without accents (the default,
 * GSM-7) and with them (UCS-2), the second derived from the same catalogue.
 */
#ifndef PARSERS_BASE_LANG_H
#define PARSERS_BASE_LANG_H

#include <stdbool.h>

/* X(symbol, code in the database and in file names, keyword after NN, Unicode beyond GSM-7) */
#define LANG_TABLE(X)                     \
    X(LANG_VI, "vi", "VI", false)         \
    X(LANG_VI_DAU, "vi-dau", "VI DAU", true) \
    X(LANG_KM, "km", "KM", true)          \
    X(LANG_ZH, "zh", "ZH", true)          \
    X(LANG_EN, "en", "EN", false)

enum lang {
#define X(symbol, code, keyword, unicode) symbol,
    LANG_TABLE(X)
#undef X
        LANG_COUNT
};

/* "vi", "vi-dau", "km", "zh", "en". */
const char *lang_code(enum lang lang);

/* The language of a code; false when there is none, *lang is left alone. */
bool lang_from_code(const char *code, enum lang *lang);

/* Is it written in UCS-2 (a shorter segment)? */
bool lang_is_unicode(enum lang lang);

#endif
