/* SPDX-License-Identifier: Apache-2.0
 *
 * Words that people add to the lexicon and take out again, one at a time. They stay when the files are seeded (db/merge.h),
 * which is how they are told from the files' words: no seed offered them.
 */
#ifndef DB_LEXICON_EDIT_H
#define DB_LEXICON_EDIT_H

#include <stdbool.h>

#include "db/conn.h"
#include "parsers/lexicon/lexicon.h"

/* Where a word goes; X(symbol, name). All but a keyword are another name of an entry that stands. */
#define WORD_LISTS(X)                                                                       \
    X(WORD_COMMODITY, "commodity") /* a name of goods, typed without accents */             \
    X(WORD_FOREIGN, "foreign")     /* one in another script or language */                  \
    X(WORD_PLACE, "place")         /* a name of this place alone */                         \
    X(WORD_AMBIGUOUS, "ambiguous") /* a name that fits several places: who means which is asked */ \
    X(WORD_UNIT, "unit")                                                                    \
    X(WORD_KEYWORD, "keyword")     /* a word with a meaning of its own */

enum word_list {
#define X(symbol, name) symbol,
    WORD_LISTS(X)
#undef X
        WORD_LISTS_COUNT
};

struct lexicon_word {
    enum word_list list;
    const char *word;                  /* as it is kept */
    const char *code;                  /* of the entry; not of a keyword */
    const char *lang, *kind, *meaning; /* of a keyword; columns of its table */
};

/* Asked before the commit, with the lexicon as it would be. False: all stays as it was. */
typedef bool lexicon_approval(void *context, const struct lexicon *lexicon);

/* Both are one transaction that builds the lexicon before it commits. DB_REFUSED, with a sentence, when there is no such
 * entry, the word is there already (or is not, or came with a file), the lexicon cannot be built, or it was not approved.
 * DB_BUSY when somebody else changed the same at that moment. */
enum db_status lexicon_add(struct db *db, const struct lexicon_word *word, lexicon_approval *approve, void *context);
enum db_status lexicon_remove(struct db *db, const struct lexicon_word *word);

#endif
