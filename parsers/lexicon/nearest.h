/* SPDX-License-Identifier: Apache-2.0
 *
 * The phrases of the lexicon that lie nearest to something written, by parsers/text/slip.h. Made once while a lexicon
 * is built, then only read. Found are the phrases that sound like what was written, and those one letter of the
 * skeleton away: any number of slips of the ear and one of the hand. The index holds each skeleton without each of its
 * letters (symmetric deletion), so that a search is a few look-ups and never a walk through the lexicon.
 */
#ifndef PARSERS_LEXICON_NEAREST_H
#define PARSERS_LEXICON_NEAREST_H

#include <stdbool.h>

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"
#include "parsers/lexicon/phrases.h"
#include "parsers/text/slip.h"

struct nearest;

/* By how much, in cost, the nearest phrase of another meaning must be farther for the nearest to be clear: more when a
 * letter is wrong than when the phrase is only written as it sounds. */
#define NEAREST_MARGIN 3
#define NEAREST_MARGIN_BY_EAR 2

/* What lies nearest, and how far the nearest phrase of another meaning is. Aliases of the same things are one meaning.
 */
struct near {
    struct slice text; /* its words, one blank between, NUL after; n = 0: nothing is near */
    const struct sense *senses;
    unsigned cost, rival; /* SLIP_FAR = none; no rival is counted that is farther by more than the margin */
    bool by_ear;          /* by slips of the ear alone */
    size_t weighed;       /* phrases that were compared: what the search cost */
};

/* An index, in the arena, of the phrases of Latin letters there are now; those with numbers are left out. */
struct nearest *nearest_new(struct arena *arena, struct arena *scratch, const struct phrases *phrases);

/* The nearest to a text of folded words with one blank between, that costs `most` or little more: what is farther is
 * quickly passed over. Of the ear only: among what sounds alike, and quicker. */
struct near nearest_find(const struct nearest *nearest, struct slice written, enum slip_sort sort, unsigned most);

#endif
