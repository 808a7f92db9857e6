/* SPDX-License-Identifier: Apache-2.0
 *
 * Who sends which text: the n-th text of a load is the same one every time.
 *
 * People take turns, so each has a text under way once in MIX_PEOPLE texts. Of twenty texts nine are offers and
 * requests, seven ask for prices, two are other commands and two are not understood; every round moves each person on
 * by one text of each kind, so that nobody sends a text twice until all of its kind are through: a repetition would be
 * a duplicate to smsd, and less work.
 */
#ifndef TESTS_BENCH_MIX_H
#define TESTS_BENCH_MIX_H

#include <stddef.h>
#include <stdint.h>

#define MIX_PEOPLE 100000
#define MIX_FIRST_NUMBER 84930000000ULL /* of the first person; the others follow, at a distance that load.c is told */

struct mix;

struct mix_text {
    uint32_t person; /* below MIX_PEOPLE */
    const char *text;
};

/* Reads a file of "KIND\tTEXT" lines; KIND is offer, price, command or unclear. Ends the program when it cannot. */
struct mix *mix_read(const char *path);

/* The n-th text, which is counted; it belongs to the mix. */
struct mix_text mix_take(struct mix *mix, uint64_t n);

/* Writes how often each line of the file was taken, a number a line. Ends the program when it cannot. */
void mix_write_counts(const struct mix *mix, const char *path);

void mix_free(struct mix **mix);

#endif
