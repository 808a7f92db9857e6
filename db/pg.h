/* SPDX-License-Identifier: Apache-2.0
 *
 * For the modules of db/ only: statements in, rows out. A pipe is a run of named statements sent together and answered
 * together, in one round trip; each brings a function that reads its rows.
 *
 *     pipe_begin(db);
 *     PIPE(db, Q_PEOPLE_LOCK, NULL, NULL, numbers);
 *     PIPE(db, Q_PEOPLE_READ, read_people, senders, numbers);
 *     return pipe_end(db);
 *
 * A statement that fails makes the server skip the rest of the pipe; their readers are then not called. What a pipe
 * needs only while it is built and read (the parameters) lives in db_scratch, which the next pipe_begin empties.
 * Statements are prepared when they are first used on a connection.
 */
#ifndef DB_PG_H
#define DB_PG_H

#include <libpq-fe.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/answer_cache.h"
#include "db/conn.h"
#include "parsers/base/arena.h"
#include "parsers/base/day.h"
#include "queries.h"

/* ---- statements ---- */

/* Reads all rows of one answer. */
typedef void pg_reader(const PGresult *result, void *context);

/* Most statements of one pipe. */
#define PIPE_MAX 32

void pipe_begin(struct db *db);

/* values: text-format parameters, NULL for SQL's NULL, copied at once. reader may be NULL. After a failure to send,
 * the rest of the pipe is not sent and pipe_end says so. */
void pipe_query(struct db *db, enum query query, size_t n, const char *const *values, pg_reader *reader, void *context);

/* The statement with its parameters written out. */
#define PIPE(db, query, reader, context, ...)                                              \
    do {                                                                                   \
        const char *const values_[] = {__VA_ARGS__};                                       \
        pipe_query(db, query, sizeof values_ / sizeof *values_, values_, reader, context); \
    } while (0)
#define PIPE_PLAIN(db, query, reader, context) pipe_query(db, query, 0, NULL, reader, context)

/* Sends, waits, reads. The transaction, if the pipe began one, is left open; after an error it is the caller's to
 * roll back. */
enum db_status pipe_end(struct db *db);

/* The session settings of DB_PLANS_KEPT. */
extern const char pg_kept_plans[];

/* ROLLBACK when a transaction is open; nothing otherwise. */
void pg_rollback(struct db *db);

/* A text of several statements without parameters, outside a pipe (migrations, session settings). */
enum db_status pg_script(struct db *db, const char *sql);

/* Records an error of our own as the last one and returns its status. */
enum db_status pg_fail(struct db *db, enum db_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

struct arena *db_scratch(struct db *db);

/* The connection's reserved numbers (db/batch.h, ids_reserve): blocks in the order they are used up. */
#define NUMBER_BLOCKS_MAX 16
struct number_blocks {
    size_t n;
    struct number_block {
        int64_t next;
        size_t left;
    } blocks[NUMBER_BLOCKS_MAX];
};
struct numbers {
    struct number_blocks ids, serials;
};
struct numbers *db_numbers(struct db *db);

/* Where answers are kept, NULL when they are not, and under what by this batch. */
struct answers_kept {
    struct answer_cache *cache;
    char versions[KEPT_KINDS][ANSWER_VERSION_MAX];
};
struct answers_kept *db_kept(struct db *db);

/* The class of an SQLSTATE. `constraint` is the name of the one that was violated, NULL when there is none. */
enum db_status pg_classify(const char *sqlstate, const char *constraint);

/* ---- rows ---- */

/* Reads a row column by column, in the order of the SELECT list. SQL's NULL reads as 0, false or "". */
struct pg_row {
    const PGresult *result;
    int row, column;
};

struct pg_row pg_row(const PGresult *result, int row);
int64_t row_i64(struct pg_row *row);
int row_int(struct pg_row *row);
bool row_bool(struct pg_row *row);
day_t row_day(struct pg_row *row); /* days since the epoch; NULL reads as DAY_NONE */
const char *row_text(struct pg_row *row, struct arena *arena);
const char *row_text_or_null(struct pg_row *row, struct arena *arena);
char row_char(struct pg_row *row); /* the first character; NUL when empty */

/* The index of a word that a CHECK of the table limits to `words`; anything else is a bug, and aborts. */
size_t row_word(struct pg_row *row, const char *const *words, size_t n);

/* A reader for answers of one row: context is int64_t[], one for each column. */
void read_numbers(const PGresult *result, void *context);

#endif
