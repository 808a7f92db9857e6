/* SPDX-License-Identifier: Apache-2.0
 *
 * The words and their reader, which belong together. The daemon and smsctl load them here, so that both read alike.
 *
 *     struct words words;
 *     if (words_load(db, scratch, &words, &error) == DB_OK)
 *         read_text(words.reader, ...);
 *     words_free(&words);
 */
#ifndef SMSD_KNOWLEDGE_WORDS_H
#define SMSD_KNOWLEDGE_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "db/conn.h"
#include "parsers/base/arena.h"
#include "parsers/lexicon/lexicon.h"
#include "parsers/read/reading.h"

struct words {
    struct lexicon *lexicon;
    struct reader *reader; /* of that lexicon */
    int64_t version;       /* of the lexicon in the database; 0 when it comes from files */
};

/* From the five tables. On false *words_r is empty and *error is a sentence in the arena. */
bool words_build(const struct lexicon_tables *tables, struct arena *scratch, struct words *words_r, const char **error);

/* From the database; DB_REFUSED also when they do not build. */
enum db_status words_load(struct db *db, struct arena *scratch, struct words *words_r, const char **error);

/* Frees what it holds and empties it. */
void words_free(struct words *words);

#endif
