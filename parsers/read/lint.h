/* SPDX-License-Identifier: Apache-2.0
 *
 * Words of the lexicon that mean several things: which meaning wins, and why. For whoever adds words; what surprises must
 * be declared (locales/lexicon/shared.tsv) or mended. That a word is part of a longer entry is no finding: the longest
 * wins, which is what it is there for.
 */
#ifndef PARSERS_READ_LINT_H
#define PARSERS_READ_LINT_H

#include "parsers/base/table.h"
#include "parsers/lexicon/lexicon.h"

/* How the reader decides between two meanings of a word typed without marks; X(symbol, name, what it says). */
#define LINT_TABLE(X)                                                                                  \
    X(LINT_CONTEXT, "context", "what stands around it decides")                                        \
    X(LINT_MARKS, "marks", "only marks tell; without any the first is meant")                          \
    X(LINT_ASKED, "asked", "it is asked which is meant")                                               \
    X(LINT_ORDER, "order", "the first is always meant, the second never")                              \
    X(LINT_STOP, "stop", "as a whole message it is stop, whatever else it means")                      \
    X(LINT_AMOUNT, "amount", "it has the shape of an amount or a price")                               \
    X(LINT_CODE, "code", "it has the shape of a listing's code")

enum lint {
#define X(symbol, name, says) symbol,
    LINT_TABLE(X)
#undef X
        LINT_COUNT
};

const char *lint_name(enum lint lint);
const char *lint_says(enum lint lint);

struct lint_finding {
    const char *word;           /* folded */
    const char *first, *second; /* its meanings: a code, or a keyword's kind with its meaning: "intent:sell"; second may be "" */
    enum lint lint;
    bool suspect;  /* must be declared */
    bool declared; /* and is */
};

/* Gets one finding after the other; its strings live in the arena. */
typedef void lint_report(void *context, const struct lint_finding *finding);

/* All findings of the lexicon, or of one phrase (NULL = all). `shared` is the table of what is declared, with the columns
 * word and meanings; NULL = nothing is. */
void lint_lexicon(const struct lexicon *lexicon, struct arena *arena, const char *phrase, const struct table *shared,
                  lint_report *report, void *context);

#endif
