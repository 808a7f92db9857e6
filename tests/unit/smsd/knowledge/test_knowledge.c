/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/knowledge/knowledge.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/db/pg_fixture.h"

static struct db *db;
static struct arena *arena;
static const char *error;

static int begin(void **state)
{
    (void)state;
    struct db_error failure;
    arena = arena_new(1024 * 1024);
    db = db_open(arena_printf(arena, "%s options='-c lock_timeout=100ms'", pg_conninfo("chonoi_smsd")), "test",
                 DB_PLANS_KEPT, &failure);
    return db ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    knowledge_unload();
    db_close(&db);
    arena_free(&arena);
    return 0;
}

static enum db_status load(void)
{
    const char *build = getenv("BUILD");
    error = "";
    return knowledge_load(db, arena_printf(arena, "%s/locales", build ? build : "build"), true, arena, &error);
}

static int64_t version_in_use(void)
{
    const struct knowledge *knowledge = knowledge_acquire();
    int64_t version = knowledge ? knowledge->version : 0;
    knowledge_release(knowledge);
    return version;
}

static void the_words_of_the_database_are_taken(void **state)
{
    (void)state;
    assert_int_equal(version_in_use(), 0);
    assert_int_equal(load(), DB_OK);
    assert_int_equal(version_in_use(), pg_sql("SELECT version FROM lexicon_version"));
}

/* There is nothing wrong with them: whoever comes again finds them. */
static void words_that_are_locked_are_not_refused(void **state)
{
    (void)state;
    assert_int_equal(load(), DB_OK);
    int64_t before = version_in_use();
    pg_sql("UPDATE places SET notes = 'x' WHERE code = '845'");
    pg_sql("BEGIN; LOCK TABLE places IN ACCESS EXCLUSIVE MODE");
    enum db_status status = load();
    pg_sql("ROLLBACK");
    assert_int_equal(status, DB_BLOCKED);
    assert_non_null(strstr(error, "lock timeout"));
    assert_int_equal(version_in_use(), before);
    assert_int_equal(load(), DB_OK);
    assert_true(version_in_use() > before);
}

static void words_that_do_not_build_are_refused_and_those_from_before_serve(void **state)
{
    (void)state;
    assert_int_equal(load(), DB_OK);
    int64_t before = version_in_use();
    pg_sql("UPDATE units SET factor = 'nonsense' WHERE code = 'TAN'");
    assert_int_equal(load(), DB_REFUSED);
    assert_int_equal(version_in_use(), before);
    assert_non_null(strstr(error, "TAN"));
}

static void so_are_catalogues_that_are_not_there(void **state)
{
    (void)state;
    pg_sql("UPDATE units SET factor = '1000' WHERE code = 'TAN'");
    assert_int_equal(load(), DB_OK);
    assert_int_equal(knowledge_load(db, "nowhere", true, arena, &error), DB_REFUSED);
    assert_non_null(strstr(error, "nowhere"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_words_of_the_database_are_taken),
        TEST(words_that_are_locked_are_not_refused),
        TEST(words_that_do_not_build_are_refused_and_those_from_before_serve),
        TEST(so_are_catalogues_that_are_not_there),
    };
    return cmocka_run_group_tests(tests, pg_setup_seeded, pg_teardown);
}
