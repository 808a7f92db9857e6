/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/knowledge/words.h"

#include "db/lexicon.h"

bool words_build(const struct lexicon_tables *tables, struct arena *scratch, struct words *words_r, const char **error)
{
    *words_r = (struct words){.lexicon = lexicon_build(tables, scratch, error)};
    if (words_r->lexicon)
        words_r->reader = reader_new(words_r->lexicon, error);
    if (!words_r->reader)
        words_free(words_r);
    return words_r->reader != NULL;
}

enum db_status words_load(struct db *db, struct arena *scratch, struct words *words_r, const char **error)
{
    struct lexicon_tables tables = {0};
    int64_t version = 0;
    *words_r = (struct words){0};
    enum db_status status = lexicon_load(db, scratch, &tables, &version);
    if (status != DB_OK) {
        *error = arena_printf(scratch, "the lexicon could not be read: %s", db_error(db)->text);
        return status;
    }
    if (!words_build(&tables, scratch, words_r, error))
        return DB_REFUSED;
    words_r->version = version;
    return DB_OK;
}

void words_free(struct words *words)
{
    reader_free(&words->reader);
    lexicon_free(&words->lexicon);
    words->version = 0;
}
