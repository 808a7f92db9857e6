/* SPDX-License-Identifier: Apache-2.0 */
#include "db/lexicon_edit.h"

#include "db/lexicon_read.h"
#include "db/merge.h"
#include "db/pg.h"

static enum db_status run(struct db *db, enum query query)
{
    pipe_begin(db);
    PIPE_PLAIN(db, query, NULL, NULL);
    return pipe_end(db);
}

/* ---- another name of an entry ---- */

static const struct {
    enum query get, set;
} list_queries[WORD_KEYWORD] = {[WORD_COMMODITY] = {Q_WORDS_OF_COMMODITY, Q_WORDS_OF_COMMODITY_SET},
                                [WORD_FOREIGN] = {Q_WORDS_OF_FOREIGN, Q_WORDS_OF_FOREIGN_SET},
                                [WORD_PLACE] = {Q_WORDS_OF_PLACE, Q_WORDS_OF_PLACE_SET},
                                [WORD_AMBIGUOUS] = {Q_WORDS_OF_AMBIGUOUS, Q_WORDS_OF_AMBIGUOUS_SET},
                                [WORD_UNIT] = {Q_WORDS_OF_UNIT, Q_WORDS_OF_UNIT_SET}};

struct list {
    struct arena *arena;
    const char *words, *offered; /* NULL = no such entry */
};

static void read_list(const PGresult *result, void *context)
{
    struct list *list = context;
    if (PQntuples(result) == 0)
        return;
    struct pg_row row = pg_row(result, 0);
    list->words = row_text(&row, list->arena);
    list->offered = row_text(&row, list->arena);
}

static enum db_status get_list(struct db *db, const struct lexicon_word *word, struct list *list)
{
    pipe_begin(db);
    PIPE(db, list_queries[word->list].get, read_list, list, word->code);
    enum db_status status = pipe_end(db);
    if (status == DB_OK && !list->words)
        return pg_fail(db, DB_REFUSED, "there is no %.40s", word->code);
    return status;
}

static enum db_status set_list(struct db *db, const struct lexicon_word *word, const char *words)
{
    pipe_begin(db);
    PIPE(db, list_queries[word->list].set, NULL, NULL, word->code, words);
    return pipe_end(db);
}

static enum db_status add_name(struct db *db, struct arena *arena, const struct lexicon_word *word)
{
    struct list list = {.arena = arena};
    enum db_status status = get_list(db, word, &list);
    if (status != DB_OK)
        return status;
    if (words_have(list.words, word->word))
        return pg_fail(db, DB_REFUSED, "%.40s is called so already", word->code);
    return set_list(db, word, words_with(arena, list.words, word->word));
}

static enum db_status remove_name(struct db *db, struct arena *arena, const struct lexicon_word *word)
{
    struct list list = {.arena = arena};
    enum db_status status = get_list(db, word, &list);
    if (status != DB_OK)
        return status;
    if (!words_have(list.words, word->word))
        return pg_fail(db, DB_REFUSED, "%.40s is not called so", word->code);
    if (words_have(list.offered, word->word))
        return pg_fail(db, DB_REFUSED, "the word came with the files: take it out there, and seed");
    return set_list(db, word, words_without(arena, list.words, word->word));
}

/* ---- keywords ---- */

enum keyword_origin { KEYWORD_NONE, KEYWORD_OF_PEOPLE, KEYWORD_OF_FILE };

static void read_origin(const PGresult *result, void *context)
{
    enum keyword_origin *origin = context;
    if (PQntuples(result) == 0)
        return;
    struct pg_row row = pg_row(result, 0);
    *origin = row_int(&row) ? KEYWORD_OF_FILE : KEYWORD_OF_PEOPLE;
}

static enum db_status with_keyword(struct db *db, enum query query, const struct lexicon_word *word, pg_reader *reader,
                                   void *context)
{
    pipe_begin(db);
    PIPE(db, query, reader, context, word->word, word->lang, word->kind, word->meaning);
    return pipe_end(db);
}

static enum db_status add_keyword(struct db *db, struct arena *arena, const struct lexicon_word *word)
{
    enum keyword_origin origin = KEYWORD_NONE;
    enum db_status status = with_keyword(db, Q_KEYWORD_FIND, word, read_origin, &origin);
    (void)arena;
    if (status == DB_OK && origin != KEYWORD_NONE)
        return pg_fail(db, DB_REFUSED, "the keyword means that already");
    return status == DB_OK ? with_keyword(db, Q_KEYWORD_ADD, word, NULL, NULL) : status;
}

static enum db_status remove_keyword(struct db *db, struct arena *arena, const struct lexicon_word *word)
{
    enum keyword_origin origin = KEYWORD_NONE;
    enum db_status status = with_keyword(db, Q_KEYWORD_FIND, word, read_origin, &origin);
    (void)arena;
    if (status == DB_OK && origin == KEYWORD_NONE)
        return pg_fail(db, DB_REFUSED, "there is no such keyword");
    if (status == DB_OK && origin == KEYWORD_OF_FILE)
        return pg_fail(db, DB_REFUSED, "the keyword came with the files: take it out there, and seed");
    return status == DB_OK ? with_keyword(db, Q_KEYWORD_REMOVE, word, NULL, NULL) : status;
}

/* ---- both, in a transaction ---- */

typedef enum db_status edit(struct db *db, struct arena *arena, const struct lexicon_word *word);

/* Builds the lexicon of the tables as they are now, as the daemon will, and asks for approval. */
static enum db_status check(struct db *db, struct arena *arena, lexicon_approval *approve, void *context)
{
    struct lexicon_tables tables;
    const char *error;
    enum db_status status = lexicon_read(db, arena, &tables);
    if (status != DB_OK)
        return status;
    struct lexicon *lexicon = lexicon_build(&tables, arena, &error);
    if (!lexicon)
        return pg_fail(db, DB_REFUSED, "%s", error);
    bool approved = !approve || approve(context, lexicon);
    lexicon_free(&lexicon);
    return approved ? DB_OK : pg_fail(db, DB_REFUSED, "nothing was changed");
}

static enum db_status run_edit(struct db *db, const struct lexicon_word *word, edit *change, lexicon_approval *approve,
                               void *context)
{
    struct arena *arena = arena_new(256 * 1024);
    enum db_status status = run(db, Q_BEGIN_STEADY);
    if (status == DB_OK)
        status = change(db, arena, word);
    if (status == DB_OK)
        status = check(db, arena, approve, context);
    if (status == DB_OK)
        status = run(db, Q_COMMIT);
    pg_rollback(db);
    arena_free(&arena);
    return status;
}

enum db_status lexicon_add(struct db *db, const struct lexicon_word *word, lexicon_approval *approve, void *context)
{
    return run_edit(db, word, word->list == WORD_KEYWORD ? add_keyword : add_name, approve, context);
}

enum db_status lexicon_remove(struct db *db, const struct lexicon_word *word)
{
    return run_edit(db, word, word->list == WORD_KEYWORD ? remove_keyword : remove_name, NULL, NULL);
}
