/* SPDX-License-Identifier: Apache-2.0
 *
 * The character sets of SMS: GSM 7-bit default alphabet with its extension table (3GPP TS 23.038 §6.2.1),
 * one septet an octet as SMPP carries them, and UCS-2 (UTF-16, big endian). Written apart from
 * parsers/text on purpose: the simulator judges the daemon and must not share its mistakes.
 */
#ifndef SIM_CHARSET_H
#define SIM_CHARSET_H

#include <stdbool.h>
#include <stdint.h>

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

enum coding { CODING_GSM7, CODING_LATIN1, CODING_UCS2, CODING_BINARY };

/* "gsm", "latin1", "ucs2", "binary" in machine output; "GSM-7" and so on for people. */
const char *coding_name(enum coding coding);
const char *coding_title(enum coding coding);

/* The coding that an SMPP data_coding announces (SMPP 3.4 §5.2.19, TS 23.038 §4 for message classes). */
enum coding coding_of(uint8_t data_coding);

/* The data_coding we announce it with. */
uint8_t coding_data_coding(enum coding coding);

/* False when the text holds a character that the alphabet lacks, or is not UTF-8. */
bool gsm7_encode(struct arena *arena, struct slice utf8, struct slice *octets);

/* False when the text is not UTF-8. */
bool ucs2_encode(struct arena *arena, struct slice utf8, struct slice *octets);

/* To UTF-8, NUL-terminated. What cannot be decoded becomes U+FFFD; binary becomes hexadecimal digits. */
char *charset_decode(struct arena *arena, enum coding coding, struct slice octets);

#endif
