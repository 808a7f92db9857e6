/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers to lookups, kept while they hold: four texts of five want a price, nearly every second one who trades the
 * other way, and there are far fewer pairs of goods and place than texts. One for all connections of a process; any thread
 * may call. db/kept.h says which answers are kept.
 *
 * What is kept of a kind belongs to a version, which is read before the answers are: one that is kept is never older than
 * its version.
 */
#ifndef DB_ANSWER_CACHE_H
#define DB_ANSWER_CACHE_H

#include <stdbool.h>

#include "db/batch.h"
#include "parsers/base/arena.h"

enum answer_kind_kept { KEPT_PRICES, KEPT_NEAR, KEPT_LOTS, KEPT_KINDS };

/* What the answers of a kind take at most; then all of it are dropped. A price takes some 400 bytes, 64 lots some 12,000. */
#define ANSWER_CACHE_PRICES_BYTES (3 * 512 * 1024)
#define ANSWER_CACHE_NEAR_BYTES (256 * 1024)
#define ANSWER_CACHE_LOTS_BYTES (3 * 1024 * 1024)

/* Bytes of a version, its NUL included. */
#define ANSWER_VERSION_MAX 64

/* NULL without memory. */
struct answer_cache *answer_cache_new(void);
void answer_cache_free(struct answer_cache **cache);

/* The answer to `key` under this version, its strings copied into the arena: match and groups of KEPT_PRICES, near of KEPT_NEAR, the lots of
 * KEPT_LOTS; the rest of found_r stays. False when it is not kept. */
bool answer_cache_get(struct answer_cache *cache, enum answer_kind_kept kind, const char *version, const char *key,
                      struct arena *arena, struct found *found_r);

/* Without memory it is simply not kept. */
void answer_cache_put(struct answer_cache *cache, enum answer_kind_kept kind, const char *version, const char *key,
                      const struct found *found);

#endif
