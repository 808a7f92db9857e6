/* SPDX-License-Identifier: Apache-2.0
 *
 * What the daemon knows when it reads and answers: the lexicon with its reader, and the book of messages. A snapshot is
 * immutable and counted; a reload builds a new one beside it and swaps the pointer, so a batch works with one
 * snapshot from start to end. A build that fails leaves the old one standing.
 */
#ifndef SMSD_KNOWLEDGE_KNOWLEDGE_H
#define SMSD_KNOWLEDGE_KNOWLEDGE_H

#include <stdbool.h>
#include <stdint.h>

#include "db/conn.h"
#include "parsers/base/arena.h"
#include "parsers/lexicon/lexicon.h"
#include "parsers/read/reading.h"
#include "smsd/message/message.h"

struct knowledge {
    struct lexicon *lexicon;
    struct reader *reader;
    struct message_book *book;
    int64_t version; /* of the lexicon in the database */
};

/* Builds a snapshot from the database's lexicon and the catalogues in `locales`, and makes it current. DB_REFUSED
 * when they do not build, another status when they could not be read now: the current one stays, and *error is a
 * sentence in the arena. */
enum db_status knowledge_load(struct db *db, const char *locales, bool serve_unreviewed, struct arena *arena,
                              const char **error);

/* The current snapshot, kept until knowledge_release; NULL before the first load. Any thread. */
const struct knowledge *knowledge_acquire(void);
void knowledge_release(const struct knowledge *knowledge);

/* Lets the current snapshot go, at the end of the program. */
void knowledge_unload(void);

#endif
