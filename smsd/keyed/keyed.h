/* SPDX-License-Identifier: Apache-2.0
 *
 * Keyed hashes: HMAC-SHA256 (RFC 2104, FIPS 180-4) under privacy.key, by OpenSSL's libcrypto. Telephone numbers and
 * one-time codes are so few that a plain hash of one is found by trying all of them; without the key nobody can try.
 *
 * What is hashed begins with what it is for, so that no hash can stand for another kind. All are lower-case
 * hexadecimal.
 */
#ifndef SMSD_KEYED_KEYED_H
#define SMSD_KEYED_KEYED_H

#include <stdbool.h>
#include <stdint.h>

#define KEYED_HEX 65    /* 32 bytes, and the NUL */
#define KEYED_ID_HEX 17 /* 8 bytes, and the NUL */

/* Of a telephone number, which it outlives: whoever writes again from it is known to have refused. */
void keyed_number(const char *key, const char *msisdn, char hex_r[KEYED_HEX]);

/* Of a person's one-time code. */
void keyed_code(const char *key, int64_t person_id, const char *digits, char hex_r[KEYED_HEX]);

/* The name of a key, which tells nothing of it: says under which one a hash was made. */
void keyed_id(const char *key, char hex_r[KEYED_ID_HEX]);

/* Compares in a time that does not tell how much was right. */
bool keyed_equal(const char *a, const char *b);

/* Six random digits, each of the million equally likely. */
#define KEYED_DIGITS 7 /* and the NUL */
void keyed_digits(char digits_r[KEYED_DIGITS]);

#endif
