/* SPDX-License-Identifier: Apache-2.0
 *
 * Concatenated short messages: cutting a long text into parts with a user data header, and putting the
 * parts that arrive together again (3GPP TS 23.040 §9.2.3.24.1 and .8; SMPP 3.4 §5.3.2.22 for sar_*).
 */
#ifndef SIM_SEGMENTS_H
#define SIM_SEGMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"
#include "tests/sim/charset.h"
#include "tests/sim/pdu.h"

enum { SEGMENTS_MAX = 255 };

/* Octets that go into one message: a septet is one octet in SMPP. */
size_t segment_room_alone(enum coding coding);
size_t segment_room_joined(enum coding coding);

/* Cuts the octets of a text where no escape pair, UTF-16 unit or surrogate pair is torn. One part for what fits
 * into one message, else each part begins with the header 05 00 03 reference total number. The parts are
 * in the arena. Returns their number, 0 when there would be more than SEGMENTS_MAX. */
size_t segments_cut(struct arena *arena, enum coding coding, struct slice octets, uint8_t reference,
                    struct slice **parts);

/* A message with its parts joined. */
struct message {
    const char *from;
    const char *to;
    const char *message_id; /* of its first part to arrive */
    enum coding coding;
    struct slice octets; /* without headers */
    struct slice tlvs;   /* of the last part to arrive */
    unsigned segments;
};

/* Parts that wait for the others: at most a fixed number of messages, the oldest is given up for a new one. */
struct assembly;

struct assembly *assembly_new(void);
void assembly_free(struct assembly **assembly);

/* Takes one part. True when its message is whole: it lives in the arena and in `part`. */
bool assembly_add(struct assembly *assembly, struct arena *arena, const struct sm *part, const char *message_id,
                  struct message *whole);

/* Messages given up because too many were incomplete at once. */
uint64_t assembly_given_up(const struct assembly *assembly);

#endif
