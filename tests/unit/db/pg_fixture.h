/* SPDX-License-Identifier: Apache-2.0
 *
 * A real PostgreSQL for the tests of db/: a throw-away cluster of this process (a Unix socket under /tmp, no network,
 * no fsync), or the one that CHONOI_TEST_DB names (the conninfo of a superuser; a database is made there and dropped).
 * Either way the two roles, an empty database, and all migrations.
 *
 *     int main(void)
 *     {
 *         const struct CMUnitTest tests[] = {...};
 *         return cmocka_run_group_tests(tests, pg_setup, pg_teardown);
 *     }
 */
#ifndef TESTS_UNIT_DB_PG_FIXTURE_H
#define TESTS_UNIT_DB_PG_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "db/conn.h"
#include "parsers/base/table.h"

int pg_setup(void **state);
int pg_teardown(void **state);

/* pg_setup, and the province's files of locales/lexicon. */
int pg_setup_seeded(void **state);

/* Fresh connections; the test closes them. */
struct db *pg_owner(void);
struct db *pg_daemon(void);

/* How this user connects to our database; valid until the next call. */
const char *pg_conninfo(const char *user);

/* Any SQL as superuser, which must succeed; the number in its first cell (0 when there is none). */
int64_t pg_sql(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* All first cells, a line each; valid until the next call. */
const char *pg_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A file of locales/lexicon. */
const struct table *pg_read_tsv(struct arena *arena, const char *name);

/* Now, in microseconds since the epoch. */
int64_t pg_now_us(void);

#endif
