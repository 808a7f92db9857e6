/* SPDX-License-Identifier: Apache-2.0
 *
 * Telephone numbers as they arrive: 0912345678, 84912345678, +84 912 345 678, 0084912345678 are one
 * person. Old 11-digit mobile numbers (0120..., 016x..., before 2018-11-15) become their ten-digit
 * successors (Ministry of Information and Communications, plan of 2018).
 */
#ifndef PARSERS_KANNEL_MSISDN_H
#define PARSERS_KANNEL_MSISDN_H

#include <stdbool.h>

#include "parsers/base/slice.h"

#define MSISDN_MAX 16 /* E.164: at most 15 digits, and the NUL */

enum sender_kind {
    SENDER_MOBILE,       /* a person's number, normalised */
    SENDER_SHORT_CODE,   /* up to 6 digits: a service, never answered */
    SENDER_ALPHANUMERIC, /* a brand name, never answered */
    SENDER_INVALID       /* empty, too long, not a number */
};

/* Normalises to digits with the country code ("84912345678"). msisdn is written only for SENDER_MOBILE. */
enum sender_kind msisdn_normalise(struct slice sender, char msisdn[MSISDN_MAX]);

/* "849****678": what a log or a redacted listing may show. Buffer of MSISDN_MAX. */
void msisdn_redact(const char *msisdn, char redacted[MSISDN_MAX]);

#endif
