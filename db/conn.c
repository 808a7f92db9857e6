/* SPDX-License-Identifier: Apache-2.0 */
#include "db/conn.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/pg.h"

enum preparation { UNPREPARED, PREPARING, PREPARED };

struct step {
    enum query query;
    bool prepares; /* the Parse of a statement, not its execution */
    pg_reader *reader;
    void *context;
};

struct db {
    PGconn *conn;
    char *conninfo, *application;
    enum db_plans plans;
    struct db_error error;
    struct arena *scratch;
    struct numbers numbers;
    struct answers_kept kept;
    enum preparation prepared[QUERY_COUNT];
    enum db_status pipe; /* how the running pipe stands */
    bool unconfirmed;    /* a commit is on the primary only */
    size_t n_steps;
    struct step steps[2 * PIPE_MAX];
};

/* Just-in-time compilation costs more than any of our statements. Then times, unless somebody set them for this role,
 * database or connection: of one statement; of waiting for one lock, as whoever shares a worker waits too; of an idle
 * transaction, as a lost client must not hold people's locks. */
static const char session[] =
    "SET TIME ZONE 'UTC'; SET client_min_messages = warning; SET jit = off;"
    "SELECT set_config(name, ours, false) FROM pg_settings JOIN (VALUES ('statement_timeout', '30s'),"
    " ('lock_timeout', '3s'), ('idle_in_transaction_session_timeout', '60s')) AS times(name, ours) USING (name)"
    " WHERE source NOT IN ('client', 'user', 'database', 'database user')";

/* Values are arrays or keys, so one plan serves all of them. It is made when a partition may have no rows yet: an
 * estimate would have it read that from end to end, and go on so when it is full. A bitmap is made whole even where a
 * limit wants the first few. */
const char pg_kept_plans[] = "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off;"
                             "SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_bitmapscan = off";

const char *db_status_name(enum db_status status)
{
    static const char *const names[] = {
        [DB_OK] = "ok", [DB_AWAY] = "away", [DB_BUSY] = "busy", [DB_BLOCKED] = "blocked", [DB_REFUSED] = "refused"};
    return names[status];
}

/* Appendix A of PostgreSQL's manual lists the codes; a prefix of two letters is a whole class. The first match holds.
 */
enum db_status pg_classify(const char *sqlstate, const char *constraint)
{
    static const struct {
        const char *prefix;
        enum db_status status;
    } classes[] = {
        {"08", DB_AWAY},       /* connection exceptions */
        {"57P0", DB_AWAY},     /* shutdown, crash, cannot connect now */
        {"25006", DB_AWAY},    /* read-only: the primary is another host now */
        {"25P03", DB_AWAY},    /* idle in transaction for too long: disconnected */
        {"40", DB_BUSY},       /* deadlock, serialisation failure */
        {"53", DB_BUSY},       /* out of disk, memory, connections */
        {"55P03", DB_BLOCKED}, /* lock timeout */
        {"57014", DB_BLOCKED}, /* statement timeout */
        {"58", DB_BUSY},       /* trouble below PostgreSQL */
        {"XX000", DB_BUSY},    /* the same, of a kind that has no code: a disk quota, a limit on the size of files */
        {"26000", DB_AWAY},    /* our prepared statement is gone: a new session prepares it anew */
        {"0A000", DB_AWAY},    /* "cached plan must not change result type", after a migration: the same */
    };
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (strncmp(sqlstate, classes[i].prefix, strlen(classes[i].prefix)) == 0)
            return classes[i].status;
    bool no_partition = strcmp(sqlstate, "23514") == 0 && !constraint; /* a CHECK's violation names the CHECK */
    return no_partition ? DB_BUSY : DB_REFUSED;
}

/* The first line of a message, cut to fit. */
static void set_error(struct db_error *error, enum db_status status, const char *sqlstate, const char *text)
{
    error->status = status;
    snprintf(error->sqlstate, sizeof error->sqlstate, "%s", sqlstate);
    snprintf(error->text, sizeof error->text, "%.*s", (int)strcspn(text, "\n"), text);
}

enum db_status pg_fail(struct db *db, enum db_status status, const char *format, ...)
{
    char text[sizeof db->error.text];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    set_error(&db->error, status, "", text);
    return status;
}

static enum db_status connection_lost(struct db *db)
{
    const char *text = db->conn ? PQerrorMessage(db->conn) : "";
    set_error(&db->error, DB_AWAY, "", *text ? text : "connection lost");
    return DB_AWAY;
}

/* What a failed result says. Messages of class 22 (data exceptions) quote the value, so they stay out. */
static enum db_status result_failed(struct db *db, const PGresult *result)
{
    const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (!sqlstate || PQstatus(db->conn) != CONNECTION_OK)
        return connection_lost(db);
    const char *text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    if (!text || strncmp(sqlstate, "22", 2) == 0)
        text = "invalid data";
    const char *constraint = PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
    set_error(&db->error, pg_classify(sqlstate, constraint), sqlstate, text);
    return db->error.status;
}

/* A commit that waits for a standby cannot fail any more. Whoever cancels the wait (pg_cancel_backend) makes it succeed
 * with a warning, and nothing tells that but the place in PostgreSQL's source where it comes from (syncrep.c). */
static void on_notice(void *context, const PGresult *result)
{
    struct db *db = context;
    const char *function = PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);
    if (function && strcmp(function, "SyncRepWaitForLSN") == 0)
        db->unconfirmed = true;
}

/* Such a commit is none: it would be gone with the primary. What comes again finds it, and its own commit waits anew.
 */
static enum db_status unless_unconfirmed(struct db *db, enum db_status status)
{
    if (!db->unconfirmed)
        return status;
    db->unconfirmed = false;
    return pg_fail(db, DB_AWAY, "the standby has not confirmed the commit");
}

/* Connects with our own defaults before the caller's string, which overrides them. A host that is gone without a word
 * is noticed by what it does not acknowledge. */
static void connect_now(struct db *db)
{
    static const char *const keys[] = {
        "connect_timeout",           "tcp_user_timeout", "keepalives_idle", "keepalives_interval",
        "fallback_application_name", "dbname",           "client_encoding", NULL};
    const char *const values[] = {"5", "15000", "5", "5", db->application, db->conninfo, "UTF8", NULL};
    db->unconfirmed = false;
    db->conn = PQconnectdbParams(keys, values, 1);
    if (db->conn)
        PQsetNoticeReceiver(db->conn, on_notice, db);
}

/* A new session on db->conn; forgets what the last one had prepared and reserved. */
static enum db_status start_session(struct db *db)
{
    memset(db->prepared, 0, sizeof db->prepared);
    memset(&db->numbers, 0, sizeof db->numbers);
    if (PQstatus(db->conn) != CONNECTION_OK)
        return connection_lost(db);
    enum db_status status = pg_script(db, session);
    return status == DB_OK && db->plans == DB_PLANS_KEPT ? pg_script(db, pg_kept_plans) : status;
}

struct db *db_open(const char *conninfo, const char *application, enum db_plans plans, struct db_error *error)
{
    struct db *db = calloc(1, sizeof *db);
    if (!db) {
        set_error(error, DB_AWAY, "", "out of memory");
        return NULL;
    }
    db->conninfo = strdup(conninfo);
    db->application = strdup(application);
    db->plans = plans;
    db->scratch = arena_new(64 * 1024);
    connect_now(db);
    if (start_session(db) != DB_OK) {
        *error = db->error;
        db_close(&db);
    }
    return db;
}

bool db_tells_password(const char *conninfo)
{
    bool tells = false;
    PQconninfoOption *options = PQconninfoParse(conninfo, NULL);
    for (const PQconninfoOption *option = options; option && option->keyword; option++)
        if (option->val && (strcmp(option->keyword, "password") == 0 || strcmp(option->keyword, "sslpassword") == 0))
            tells = true;
    PQconninfoFree(options);
    return tells;
}

void db_close(struct db **db)
{
    if (!*db)
        return;
    PQfinish((*db)->conn);
    arena_free(&(*db)->scratch);
    free((*db)->conninfo);
    free((*db)->application);
    free(*db);
    *db = NULL;
}

enum db_status db_reconnect(struct db *db)
{
    PQfinish(db->conn);
    connect_now(db);
    return start_session(db);
}

bool db_is_up(const struct db *db)
{
    return PQstatus(db->conn) == CONNECTION_OK;
}

const char *db_host(const struct db *db)
{
    return PQhost(db->conn);
}

const char *db_port(const struct db *db)
{
    return PQport(db->conn);
}

const struct db_error *db_error(const struct db *db)
{
    return &db->error;
}

struct arena *db_scratch(struct db *db)
{
    return db->scratch;
}

struct numbers *db_numbers(struct db *db)
{
    return &db->numbers;
}

struct answers_kept *db_kept(struct db *db)
{
    return &db->kept;
}

void db_keep_answers(struct db *db, struct answer_cache *cache)
{
    db->kept.cache = cache;
}

enum db_status pg_script(struct db *db, const char *sql)
{
    PGresult *result = PQexec(db->conn, sql);
    ExecStatusType status = PQresultStatus(result);
    enum db_status outcome = DB_OK;
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        outcome = result_failed(db, result);
    PQclear(result);
    return unless_unconfirmed(db, outcome);
}

void pg_rollback(struct db *db)
{
    PGTransactionStatusType status = PQtransactionStatus(db->conn);
    if (status == PQTRANS_INTRANS || status == PQTRANS_INERROR)
        PQclear(PQexec(db->conn, "ROLLBACK"));
}

/* ---- the pipe ---- */

void pipe_begin(struct db *db)
{
    arena_reset(db->scratch);
    db->n_steps = 0;
    db->pipe = DB_OK;
    if (PQstatus(db->conn) != CONNECTION_OK || !PQenterPipelineMode(db->conn))
        db->pipe = connection_lost(db);
}

static void add_step(struct db *db, struct step step)
{
    if (db->n_steps == sizeof db->steps / sizeof *db->steps)
        abort(); /* a pipe's statements are ours: PIPE_MAX is too small */
    db->steps[db->n_steps++] = step;
}

static bool prepare(struct db *db, enum query query)
{
    const struct query_text *text = &query_texts[query];
    if (db->prepared[query] != UNPREPARED)
        return true;
    if (!PQsendPrepare(db->conn, text->name, text->sql, 0, NULL))
        return false;
    db->prepared[query] = PREPARING;
    add_step(db, (struct step){.query = query, .prepares = true});
    return true;
}

void pipe_query(struct db *db, enum query query, size_t n, const char *const *values, pg_reader *reader, void *context)
{
    if (db->pipe != DB_OK)
        return;
    if (!prepare(db, query) || !PQsendQueryPrepared(db->conn, query_texts[query].name, (int)n, values, NULL, NULL, 0)) {
        db->pipe = connection_lost(db);
        return;
    }
    add_step(db, (struct step){query, false, reader, context});
}

/* The answer to one step. The first error is the one that is told; what the server skipped after it is not. */
static void finish_step(struct db *db, const struct step *step, const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    bool done = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    if (step->prepares)
        db->prepared[step->query] = done ? PREPARED : UNPREPARED;
    else if (done && step->reader && db->pipe == DB_OK)
        step->reader(result, step->context);
    if (!done && status != PGRES_PIPELINE_ABORTED && db->pipe == DB_OK)
        db->pipe = result_failed(db, result);
}

/* Takes the results of one step, up to the NULL that ends them. False when the connection is gone. */
static bool drain_step(struct db *db, const struct step *step)
{
    PGresult *result = PQgetResult(db->conn);
    if (!result)
        return false;
    while (result) {
        finish_step(db, step, result);
        PQclear(result);
        result = PQstatus(db->conn) == CONNECTION_OK ? PQgetResult(db->conn) : NULL;
    }
    return PQstatus(db->conn) == CONNECTION_OK;
}

/* A session that is of no more use although the server may still answer: a primary that became a standby, or results
 * left over that a later pipe would take for its own. */
static void hang_up(struct db *db)
{
    PQfinish(db->conn);
    db->conn = NULL;
}

static bool drain_sync(struct db *db)
{
    PGresult *result = PQgetResult(db->conn);
    bool synced = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
    PQclear(result);
    return synced && PQexitPipelineMode(db->conn);
}

enum db_status pipe_end(struct db *db)
{
    if (PQstatus(db->conn) != CONNECTION_OK)
        return connection_lost(db);
    bool alive = PQpipelineSync(db->conn);
    for (size_t i = 0; alive && i < db->n_steps; i++)
        alive = drain_step(db, &db->steps[i]);
    if ((!alive || !drain_sync(db)) && db->pipe != DB_AWAY)
        db->pipe = connection_lost(db);
    db->pipe = unless_unconfirmed(db, db->pipe);
    if (db->pipe == DB_AWAY)
        hang_up(db);
    return db->pipe;
}

enum db_status db_clock(struct db *db, int64_t *now_us_r)
{
    pipe_begin(db);
    PIPE_PLAIN(db, Q_CLOCK, read_numbers, now_us_r);
    return pipe_end(db);
}
