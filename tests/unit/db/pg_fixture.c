/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/db/pg_fixture.h"

#include <glob.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "db/lexicon.h"
#include "db/migrate.h"
#include "parsers/base/arena.h"

static struct {
    char folder[64]; /* of our own cluster; "" when it is somebody else's */
    char bin[256];   /* initdb, postgres */
    pid_t postmaster;
    char server[256]; /* conninfo without user and database */
    char super[320];  /* of a superuser, in the maintenance database */
    char database[64];
    PGconn *conn; /* superuser, in our database */
    PGresult *last;
} pg;

static void die(const char *what)
{
    fprintf(stderr, "pg_fixture: %s\n", what);
    exit(1);
}

/* ---- our own cluster ---- */

static void find_bin(void)
{
    glob_t found;
    if (glob("/usr/lib/postgresql/*/bin/initdb", 0, NULL, &found) != 0)
        die("no initdb under /usr/lib/postgresql");
    const char *newest = found.gl_pathv[found.gl_pathc - 1];
    snprintf(pg.bin, sizeof pg.bin, "%.*s", (int)(strrchr(newest, '/') - newest), newest);
    globfree(&found);
}

/* PostgreSQL refuses to run as root: then it runs as the user its package made. */
static void become_postgres(void)
{
    const struct passwd *user = getuid() == 0 ? getpwnam("postgres") : NULL;
    if (user && (setgroups(0, NULL) != 0 || setgid(user->pw_gid) != 0 || setuid(user->pw_uid) != 0))
        _exit(1);
}

/* Starts pg.bin/argv[0]. The programs look for one another beside argv[0], so it becomes the whole path. */
static pid_t start(const char **argv)
{
    char path[300];
    snprintf(path, sizeof path, "%s/%s", pg.bin, argv[0]);
    argv[0] = path;
    pid_t child = fork();
    if (child == 0) {
        become_postgres();
        prctl(PR_SET_PDEATHSIG, SIGQUIT); /* a test that crashed takes its server along */
        char log[80];
        snprintf(log, sizeof log, "%s/log", pg.folder);
        if (!freopen(log, "ae", stdout) || dup2(1, 2) < 0)
            _exit(1);
        execv(path, (char *const *)argv);
        _exit(127);
    }
    return child;
}

static void make_folder(void)
{
    snprintf(pg.folder, sizeof pg.folder, "/tmp/chonoi-pg.XXXXXX");
    if (!mkdtemp(pg.folder))
        die("no folder for the cluster");
    const struct passwd *user = getuid() == 0 ? getpwnam("postgres") : NULL;
    if (user && chown(pg.folder, user->pw_uid, user->pw_gid) != 0)
        die("cannot give the folder away");
}

static void wait_until_up(void)
{
    const struct timespec pause = {.tv_nsec = 20 * 1000 * 1000};
    for (int i = 0; i < 1500; i++) {
        if (PQping(pg.super) == PQPING_OK)
            return;
        if (waitpid(pg.postmaster, NULL, WNOHANG) != 0)
            break;
        nanosleep(&pause, NULL);
    }
    die("the server did not start; see its log");
}

static void remove_folder(void)
{
    const char *const argv[] = {"rm", "-rf", pg.folder, NULL};
    pid_t child = fork();
    if (child == 0) {
        execvp(argv[0], (char *const *)argv);
        _exit(127);
    }
    waitpid(child, NULL, 0);
}

/* At exit, so that a test that died leaves nothing behind either. */
static void stop_cluster(void)
{
    if (pg.postmaster) {
        kill(pg.postmaster, SIGQUIT);
        waitpid(pg.postmaster, NULL, 0);
    }
    remove_folder();
}

static void start_cluster(void)
{
    char data[80];
    int status;
    find_bin();
    make_folder();
    atexit(stop_cluster);
    snprintf(data, sizeof data, "%s/data", pg.folder);
    const char *make[] = {"initdb",           "--no-sync",      "-A", "trust", "-U", "postgres", "-E", "UTF8",
                          "--locale=C.UTF-8", "--lc-collate=C", "-D", data,    NULL};
    if (waitpid(start(make), &status, 0) < 0 || status != 0)
        die("initdb failed");
    const char *serve[] = {"postgres",
                           "-D",
                           data,
                           "-k",
                           pg.folder,
                           "-c",
                           "listen_addresses=",
                           "-c",
                           "fsync=off",
                           "-c",
                           "synchronous_commit=off",
                           "-c",
                           "full_page_writes=off",
                           "-c",
                           "autovacuum=off",
                           NULL};
    pg.postmaster = start(serve);
    snprintf(pg.server, sizeof pg.server, "host=%s", pg.folder);
    snprintf(pg.super, sizeof pg.super, "%s user=postgres dbname=postgres", pg.server);
    wait_until_up();
}

/* ---- the database ---- */

/* The maintenance conninfo with another user and database; libpq takes the last of two. */
const char *pg_conninfo(const char *user)
{
    static char conninfo[512];
    snprintf(conninfo, sizeof conninfo, "%s user=%s dbname=%s", pg.super, user, pg.database);
    return conninfo;
}

static struct db *connect_as(const char *user, enum db_plans plans)
{
    struct db_error error;
    struct db *db = db_open(pg_conninfo(user), "test", plans, &error);
    if (!db)
        die(error.text);
    return db;
}

struct db *pg_owner(void)
{
    return connect_as("chonoi_owner", DB_PLANS_ANEW);
}

struct db *pg_daemon(void)
{
    return connect_as("chonoi_smsd", DB_PLANS_KEPT);
}

static void run_roles(void)
{
    const char *const argv[] = {"psql", "-X",     "-q", "-v",           "ON_ERROR_STOP=1",
                                "-d",   pg.super, "-f", "db/roles.sql", NULL};
    int status;
    pid_t child = fork();
    if (child == 0) {
        execvp(argv[0], (char *const *)argv);
        _exit(127);
    }
    if (waitpid(child, &status, 0) < 0 || status != 0)
        die("db/roles.sql failed");
}

static void maintenance(const char *before, const char *after)
{
    char sql[200];
    PGconn *conn = PQconnectdb(pg.super);
    snprintf(sql, sizeof sql, "%s %s %s", before, pg.database, after);
    PGresult *result = PQexec(conn, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        die(PQerrorMessage(conn));
    PQclear(result);
    PQfinish(conn);
}

static void migrate_all(void)
{
    size_t n;
    struct db *db = pg_owner();
    if (migrate(db, &n) != DB_OK || maintain_partitions(db, pg_now_us(), &n) != DB_OK)
        die(db_error(db)->text);
    db_close(&db);
}

int pg_setup(void **state)
{
    (void)state;
    char conninfo[512];
    const char *given = getenv("CHONOI_TEST_DB");
    if (given)
        snprintf(pg.super, sizeof pg.super, "%s", given);
    else
        start_cluster();
    snprintf(pg.database, sizeof pg.database, "chonoi_test_%d", (int)getpid());
    run_roles();
    maintenance("CREATE DATABASE", "OWNER chonoi_owner");
    snprintf(conninfo, sizeof conninfo, "%s dbname=%s", pg.super, pg.database);
    pg.conn = PQconnectdb(conninfo);
    pg_sql("SET client_min_messages = warning");
    migrate_all();
    return 0;
}

int pg_teardown(void **state)
{
    (void)state;
    PQclear(pg.last);
    PQfinish(pg.conn);
    if (!pg.folder[0])
        maintenance("DROP DATABASE", "WITH (FORCE)");
    return 0;
}

int pg_setup_seeded(void **state)
{
    static const char *const names[] = {"units", "commodities", "places", "seasons", "keywords", "links", "prices"};
    pg_setup(state);
    struct db *db = pg_owner();
    struct arena *arena = arena_new(1 << 20);
    enum { N = sizeof names / sizeof *names };
    const struct table *files[N];
    struct seed_count counts[N];
    for (size_t i = 0; i < N; i++)
        files[i] = pg_read_tsv(arena, names[i]);
    if (lexicon_seed(db, files, N, counts) != DB_OK)
        die(db_error(db)->text);
    arena_free(&arena);
    db_close(&db);
    pg_sql("ANALYZE");
    return 0;
}

/* ---- what tests ask ---- */

static void run_sql(const char *format, va_list args)
{
    char sql[16 * 1024];
    vsnprintf(sql, sizeof sql, format, args);
    PQclear(pg.last);
    pg.last = PQexec(pg.conn, sql);
    ExecStatusType status = PQresultStatus(pg.last);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        fail_msg("%s: %s", sql, PQerrorMessage(pg.conn));
}

int64_t pg_sql(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    run_sql(format, args);
    va_end(args);
    return PQntuples(pg.last) ? strtoll(PQgetvalue(pg.last, 0, 0), NULL, 10) : 0;
}

const char *pg_text(const char *format, ...)
{
    static char text[64 * 1024];
    size_t n = 0;
    va_list args;
    va_start(args, format);
    run_sql(format, args);
    va_end(args);
    text[0] = '\0';
    for (int i = 0; i < PQntuples(pg.last) && n < sizeof text - 1; i++)
        n += (size_t)snprintf(text + n, sizeof text - n, "%s%s", i ? "\n" : "", PQgetvalue(pg.last, i, 0));
    return text;
}

const struct table *pg_read_tsv(struct arena *arena, const char *name)
{
    char path[100];
    const char *error;
    snprintf(path, sizeof path, "locales/lexicon/%s.tsv", name);
    FILE *file = fopen(path, "re");
    if (!file)
        die(path);
    char *bytes = arena_alloc(arena, 1 << 20);
    size_t n = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    const struct table *table = table_from_tsv(arena, name, (struct slice){bytes, n}, &error);
    if (!table)
        die(error);
    return table;
}

int64_t pg_now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}
