/* SPDX-License-Identifier: Apache-2.0
 *
 * Public codes of listings: "B7K2". 23 symbols: the consonants of the Vietnamese alphabet but S, which looks like 5,
 * and the digits without 0 and 1. The first is a letter, a digit stands inside, the shape is never that of a variety
 * (ST25); the last is a check symbol: any one wrong symbol and any two swapped neighbours are noticed (weights
 * modulo the prime 23). A code starts short (four symbols) and grows with the number of listings (to eight).
 */
#ifndef PARSERS_MARKET_LISTING_CODE_H
#define PARSERS_MARKET_LISTING_CODE_H

#include <stdbool.h>
#include <stdint.h>

#include "parsers/base/slice.h"

#define LISTING_CODE_MAX 9 /* bytes, with the NUL */

/* The code of serial number n (0 and up), spread so that neighbours do not look alike. False when n maps
 * to a shape that is not allowed: take the next number. Different numbers never give the same code. */
bool listing_code_make(uint64_t n, char code[LISTING_CODE_MAX]);

/* Is the text (any case, blanks around it) a well-formed code with a right check symbol? Writes it in
 * upper case. */
bool listing_code_read(struct slice text, char code[LISTING_CODE_MAX]);

#endif
