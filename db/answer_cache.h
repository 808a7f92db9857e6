/* SPDX-License-Identifier: Apache-2.0
 *
 * Answers about prices, kept while neither the prices nor the day change: four texts of five want one, and there are far
 * fewer pairs of goods and place than texts. One for all connections of a process; any thread may call.
 *
 * What is kept belongs to a version (Q_PRICES_VERSION), which is read before the answers are: an answer that is kept is
 * never older than its version.
 */
#ifndef DB_PRICE_CACHE_H
#define DB_PRICE_CACHE_H

#include <stdbool.h>

#include "db/batch.h"
#include "parsers/base/arena.h"

/* Answers that are kept at most; then all are dropped and it begins anew. Some 400 bytes each. */
#define PRICE_CACHE_MAX 16384

/* NULL without memory. */
struct price_cache *price_cache_new(void);
void price_cache_free(struct price_cache **cache);

/* The answer to `key` under this version, copied into the arena; false when it is not kept. */
bool price_cache_get(struct price_cache *cache, const char *version, const char *key, struct arena *arena,
                     struct found *found_r);

/* Keeps match and groups of an answer. Without memory it is simply not kept. */
void price_cache_put(struct price_cache *cache, const char *version, const char *key, const struct found *found);

#endif
