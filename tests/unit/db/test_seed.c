/* SPDX-License-Identifier: Apache-2.0
 *
 * The province edits its files and the desk edits the tables; seeding again loses neither's work.
 */
#include "tests/unit/db/pg_fixture.h"

#include <string.h>

#include "db/lexicon.h"

static struct db *db;
static struct arena *arena;

static int open_owner(void **state)
{
    (void)state;
    db = pg_owner();
    arena = arena_new(1 << 20);
    return 0;
}

static int close_owner(void **state)
{
    (void)state;
    db_close(&db);
    arena_free(&arena);
    return 0;
}

static struct seed_count seed(const struct table *table)
{
    struct seed_count count;
    if (seed_merge(db, table, &count) != DB_OK)
        fail_msg("%s", db_error(db)->text);
    return count;
}

/* The file with one cell changed. */
static const struct table *edited(const struct table *table, size_t row, const char *column, const char *cell)
{
    const char **cells = arena_calloc(arena, table->rows * table->columns, sizeof *cells);
    memcpy(cells, table->cells, table->rows * table->columns * sizeof *cells);
    cells[row * table->columns + table_column(table, column)] = cell;
    struct table *copy = arena_alloc(arena, sizeof *copy);
    *copy = *table;
    copy->cells = cells;
    return copy;
}

static int64_t version(void)
{
    int64_t number;
    assert_int_equal(lexicon_version(db, &number), DB_OK);
    return number;
}

static void seeding_again_changes_nothing(void **state)
{
    (void)state;
    static const char *const names[] = {"units", "commodities", "places", "seasons", "keywords", "links", "prices"};
    int64_t before = version();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct table *table = pg_read_tsv(arena, names[i]);
        struct seed_count count = seed(table);
        assert_int_equal(count.inserted + count.updated + count.kept, 0);
        assert_int_equal(count.unchanged, table->rows);
    }
    assert_int_equal(version(), before);
}

static void what_was_seeded_is_loaded_as_it_was_written(void **state)
{
    (void)state;
    struct lexicon_tables tables;
    int64_t loaded;
    assert_int_equal(lexicon_load(db, arena, &tables, &loaded), DB_OK);
    assert_int_equal(loaded, version());
    const struct table *const got[] = {tables.commodities, tables.places, tables.units, tables.seasons,
                                       tables.keywords};
    for (size_t i = 0; i < sizeof got / sizeof *got; i++) {
        const struct table *file = pg_read_tsv(arena, got[i]->name);
        assert_int_equal(got[i]->rows, file->rows);
        for (size_t cell = 0; cell < file->rows * file->columns; cell++) {
            size_t row = cell / file->columns, column = table_column(got[i], file->head[cell % file->columns]);
            assert_string_equal(table_cell(got[i], row, column), file->cells[cell]);
        }
    }
}

static void the_files_news_come_in_and_the_version_moves(void **state)
{
    (void)state;
    const struct table *units = pg_read_tsv(arena, "units");
    int64_t before = version();
    struct seed_count count = seed(edited(units, 0, "notes", "a new note"));
    assert_int_equal(count.updated, 1);
    assert_int_equal(count.unchanged, units->rows - 1);
    assert_string_equal(pg_text("SELECT notes FROM units WHERE code = '%s'", units->cells[0]), "a new note");
    assert_true(version() > before);
    assert_int_equal(seed(units).updated, 1);
}

static void what_the_desk_changed_stays(void **state)
{
    (void)state;
    const struct table *goods = pg_read_tsv(arena, "commodities");
    pg_sql("UPDATE commodities SET name_en = 'desk', aliases = aliases || ';desk word' WHERE code = 'LUA'");
    assert_int_equal(seed(goods).kept, 2);
    struct seed_count count = seed(edited(edited(goods, 0, "name_en", "file"), 0, "aliases", "lua;file word"));
    assert_int_equal(count.kept, 1);
    assert_int_equal(count.updated, 1);
    assert_string_equal(pg_text("SELECT name_en || '/' || aliases FROM commodities WHERE code = 'LUA'"),
                        "desk/lua;desk word;file word");
}

static void rows_of_the_desk_stay(void **state)
{
    (void)state;
    pg_sql("INSERT INTO units (code, name_vi) VALUES ('DESK', 'của bàn')");
    const struct table *units = pg_read_tsv(arena, "units");
    struct seed_count count = seed(units);
    assert_int_equal(count.unchanged, units->rows);
    assert_int_equal(pg_sql("SELECT count(*) FROM units WHERE code = 'DESK'"), 1);
    pg_sql("DELETE FROM units WHERE code = 'DESK'");
}

static void a_new_price_is_grouped(void **state)
{
    (void)state;
    static const char *const head[] = {"date",  "commodity_code", "place_code",     "price_vnd",
                                       "unit",  "source",         "price_low",      "price_high",
                                       "attrs", "basis",          "date_precision", "source_url"};
    static const char *const cells[] = {"2001-01-01", "LUA",  "845",
                                        "5000",       "KG",   "s",
                                        "4900",       "5100", "state=dry;organic",
                                        "farmgate",   "day",  "u1",
                                        "2001-01-01", "LUA",  "845",
                                        "6000",       "KG",   "s",
                                        "",           "",     "state=dry;organic",
                                        "farmgate",   "day",  "u2",
                                        "2001-01-01", "LUA",  "845",
                                        "7000",       "KG",   "s",
                                        "",           "",     "state=dry;organic",
                                        "farmgate",   "day",  "u3",
                                        "2001-01-01", "LUA",  "845",
                                        "9000",       "KG",   "s",
                                        "",           "",     "size=1",
                                        "farmgate",   "day",  "u3"};
    const struct table prices = {"prices", 12, 4, head, cells};
    int64_t before = version();
    assert_int_equal(seed(&prices).inserted, 4);
    assert_int_equal(seed(&prices).unchanged, 4);
    assert_int_equal(version(), before);
    assert_string_equal(pg_text("SELECT concat_ws(' ', size, state, rest, low, median, high, reports) FROM price_groups"
                                " WHERE day = '2001-01-01' ORDER BY reports DESC"),
                        " dry organic 4900 6000 7000 3\n1   9000 9000 9000 1");
}

static void a_wrong_file_is_refused_whole(void **state)
{
    (void)state;
    static const char *const head[] = {"code", "colour"};
    static const char *const cells[] = {"X", "red"};
    struct seed_count count;
    assert_int_equal(seed_merge(db, &(struct table){"units", 2, 1, head, cells}, &count), DB_REFUSED);
    assert_string_equal(db_error(db)->text, "units: the column colour is not known");
    assert_int_equal(seed_merge(db, &(struct table){"units", 0, 0, head, cells}, &count), DB_REFUSED);
    assert_string_equal(db_error(db)->text, "units: the column code is missing");
    assert_int_equal(seed_merge(db, &(struct table){"people", 2, 1, head, cells}, &count), DB_REFUSED);
    const struct table *places = pg_read_tsv(arena, "places");
    assert_int_equal(seed_merge(db, edited(places, 3, "level", "planet"), &count), DB_REFUSED);
    assert_int_equal(seed(places).unchanged, places->rows);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_owner, close_owner)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(seeding_again_changes_nothing),
        TEST(what_was_seeded_is_loaded_as_it_was_written),
        TEST(the_files_news_come_in_and_the_version_moves),
        TEST(what_the_desk_changed_stays),
        TEST(rows_of_the_desk_stay),
        TEST(a_new_price_is_grouped),
        TEST(a_wrong_file_is_refused_whole),
    };
    return cmocka_run_group_tests(tests, pg_setup_seeded, pg_teardown);
}
