/* SPDX-License-Identifier: Apache-2.0
 *
 * The three-way merge of one cell: what the last seed offered (base), what is there now (mine), what the file says now
 * (theirs). Pure. For the modules of db/ only.
 */
#ifndef DB_MERGE_H
#define DB_MERGE_H

#include <stdbool.h>

#include "parsers/base/arena.h"

enum merge_outcome {
    MERGE_SAME,  /* nothing to do */
    MERGE_TAKEN, /* the file's news came in */
    MERGE_KEPT   /* the desk's cell stands against the file's */
};

struct merged {
    enum merge_outcome outcome;
    const char *cell;
};

/* A cell is one value. base is NULL when nothing was ever offered; then what is there is the desk's. */
struct merged merge_value(const char *base, const char *mine, const char *theirs);

/* A cell is a list of words with ';' between them: words new in the file come in, words gone from the file go, words
 * the desk added stay and words it took out stay out. */
struct merged merge_words(struct arena *arena, const char *base, const char *mine, const char *theirs);

/* Lists of words by themselves: is it there, the list with it at the end, the list without it. */
bool words_have(const char *list, const char *word);
const char *words_with(struct arena *arena, const char *list, const char *word);
const char *words_without(struct arena *arena, const char *list, const char *word);

#endif
