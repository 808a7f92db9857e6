/* SPDX-License-Identifier: Apache-2.0
 *
 * The line protocol of Kannel's "fake" SMSC, found out with Kannel 1.4.5. To bearerbox: "FROM TO text TEXT". From it:
 *
 *     FROM TO text TEXT                    a line break in TEXT stays one: what begins no answer goes on with the last
 *     FROM TO ucs-2 OCTETS                 URL-encoded
 *     FROM TO udh UDH data OCTETS          a part of a longer text, both URL-encoded; the UDH is 05 00 03 REF PARTS
 * PART
 */
#ifndef TESTS_BENCH_FAKE_H
#define TESTS_BENCH_FAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fake_answer {
    uint64_t to;    /* the number */
    unsigned parts; /* of the whole text */
};

/* Does an answer of `from` begin on this line? The line is NUL-terminated. */
bool fake_answer(const char *line, const char *from, struct fake_answer *answer_r);

#endif
