/* SPDX-License-Identifier: Apache-2.0
 *
 * One connection to PostgreSQL, in pipeline mode, for one thread. The only door to libpq: everything
 * else in db/ builds on this, and nothing outside db/ includes libpq's header.
 *
 * Errors are classified once, here, from the SQLSTATE; callers get an enum and, for the log, a text that
 * holds no parameter values.
 */
#ifndef DB_CONN_H
#define DB_CONN_H

#include <stdbool.h>
#include <stdint.h>

struct db;
struct answer_cache;

enum db_status {
    DB_OK,
    DB_AWAY,    /* no connection, lost before the commit was confirmed, or not confirmed by the standby that must: try
                   again later, dedupe makes it safe */
    DB_BUSY,    /* deadlock, serialisation failure, out of disk or connections, no partition for the month: the same
                   again may succeed */
    DB_BLOCKED, /* waited as long as it may, for a lock or for a statement to end: not again at once, others wait too */
    DB_REFUSED  /* the data or the statement is at fault: the same again fails again */
};

const char *db_status_name(enum db_status status);

struct db_error {
    enum db_status status;
    char sqlstate[6]; /* "" when the server said nothing */
    char text[200];   /* the server's primary message; never a detail line (it would show values) */
};

/* How a connection's statements are planned. */
enum db_plans {
    DB_PLANS_ANEW, /* for their values and the tables as they are: reports, migrations */
    DB_PLANS_KEPT  /* once, along indexes: the few statements of a daemon, all day */
};

/* Connects to conninfo (a libpq string or URI; several hosts and target_session_attrs allowed) and sets the session:
 * UTC, UTF-8, application_name, and times of statements and locks, where neither the string (options=) nor ALTER ROLE
 * sets these. NULL on failure, *error set. `application` ends up in pg_stat_activity. Close with db_close. */
struct db *db_open(const char *conninfo, const char *application, enum db_plans plans, struct db_error *error);

/* Does the string itself hold a password? It must not then stand on a command line. One that cannot be parsed does not:
 * db_open says what is wrong with it. */
bool db_tells_password(const char *conninfo);

/* Answers are kept in this cache from now on, which must outlive the connection; without one each is asked. */
void db_keep_answers(struct db *db, struct answer_cache *cache);

/* Closes and nulls. NULL is fine. */
void db_close(struct db **db);

/* After DB_AWAY: one attempt at connecting again (statements are prepared anew as they are used). */
enum db_status db_reconnect(struct db *db);

/* Is the connection usable, as far as the last call showed? */
bool db_is_up(const struct db *db);

/* The server's time, in microseconds since the epoch. */
enum db_status db_clock(struct db *db, int64_t *now_us_r);

/* Which server it is, of those that the string names. */
const char *db_host(const struct db *db);
const char *db_port(const struct db *db);

/* What went wrong in the last call that did not return DB_OK. */
const struct db_error *db_error(const struct db *db);

#endif
