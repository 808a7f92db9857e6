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
    if (lexicon_seed(db, &table, 1, &count) != DB_OK)
        fail_msg("%s", db_error(db)->text);
    return count;
}

static void assert_refused(const struct table *table, const char *error)
{
    struct seed_count count;
    assert_int_equal(lexicon_seed(db, &table, 1, &count), DB_REFUSED);
    assert_string_equal(db_error(db)->text, error);
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
    pg_sql("INSERT INTO units (code, dimension, base, name_vi, factor, ambiguous)"
           " VALUES ('DESK', 'mass', 'KG', 'của bàn', '1', 'n')");
    const struct table *units = pg_read_tsv(arena, "units");
    struct seed_count count = seed(units);
    assert_int_equal(count.unchanged, units->rows);
    assert_int_equal(pg_sql("SELECT count(*) FROM units WHERE code = 'DESK'"), 1);
    pg_sql("DELETE FROM units WHERE code = 'DESK'");
}

/* ---- prices ---- */

#define PRICES_HEAD                                                                                    \
    "date\tcommodity_code\tplace_code\tprice_vnd\tunit\tsource\tprice_low\tprice_high\tattrs\tbasis\t" \
    "date_precision\tsource_url\n"
#define LUA(day, price, low_high_attrs, url) \
    day "\tLUA\t845\t" price "\tKG\ts\t" low_high_attrs "\tfarmgate\tday\t" url "\n"

static const struct table *tsv(const char *name, const char *text)
{
    const char *error;
    const struct table *table = table_from_tsv(arena, name, slice_of(text), &error);
    if (!table)
        fail_msg("%s", error);
    return table;
}

static const char *groups(void)
{
    return pg_text("SELECT concat_ws(' ', day, size, state, rest, low, median, high, reports) FROM price_groups"
                   " WHERE day < '2002-01-01' ORDER BY day, reports DESC");
}

static void a_new_price_is_grouped(void **state)
{
    (void)state;
    const struct table *prices =
        tsv("prices", PRICES_HEAD LUA("2001-01-01", "5000", "4900\t5100\tstate=dry;organic", "u1")
                          LUA("2001-01-01", "6000", "\t\tstate=dry;organic", "u2")
                              LUA("2001-01-01", "7000", "\t\tstate=dry;organic", "u3")
                                  LUA("2001-01-01", "9000", "\t\tsize=1", "u3"));
    int64_t before = version();
    assert_int_equal(seed(prices).inserted, 4);
    assert_int_equal(seed(prices).unchanged, 4);
    assert_int_equal(version(), before);
    assert_string_equal(groups(), "2001-01-01  dry organic 4900 6000 7000 3\n2001-01-01 1   9000 9000 9000 1");
}

static void a_corrected_price_takes_the_place_of_the_wrong_one(void **state)
{
    (void)state;
    seed(tsv("prices", PRICES_HEAD LUA("2001-01-01", "5000", "\t\t", "u1") LUA("2001-01-02", "6000", "\t\t", "u2")
                           LUA("2001-01-03", "6000", "\t\t", "u3")));
    struct seed_count count = seed(
        tsv("prices", PRICES_HEAD LUA("2001-01-01", "5500", "\t\t", "u1") LUA("2001-01-04", "6000", "\t\t", "u3")));
    assert_int_equal(count.inserted, 2);
    assert_int_equal(count.removed, 3);
    assert_string_equal(groups(), "2001-01-01    5500 5500 5500 1\n2001-01-04    6000 6000 6000 1");
    count = seed(tsv("prices", PRICES_HEAD));
    assert_int_equal(count.removed, 2);
    assert_int_equal(pg_sql("SELECT count(*) FROM price_reports"), 0);
    assert_int_equal(pg_sql("SELECT count(*) FROM price_groups"), 0);
}

static void prices_of_the_desk_stay(void **state)
{
    (void)state;
    const struct table *both =
        tsv("prices", PRICES_HEAD LUA("2001-01-01", "5000", "\t\t", "u1") LUA("2001-01-02", "6000", "\t\t", "u2"));
    seed(both);
    pg_sql("UPDATE price_reports SET price = 5500 WHERE price = 5000");
    pg_sql("INSERT INTO price_reports (day, commodity, place, price, unit, kind)"
           " VALUES ('2001-01-01', 'LUA', '845', 7000, 'KG', 'officer'), ('2001-01-03', 'LUA', '845', 7000, 'KG', "
           "'seed')");
    struct seed_count count = seed(both);
    assert_int_equal(count.inserted + count.updated + count.removed, 0);
    assert_int_equal(count.kept, 1);
    count = seed(tsv("prices", PRICES_HEAD));
    assert_int_equal(count.removed, 1);
    assert_int_equal(count.kept, 1);
    assert_string_equal(pg_text("SELECT price FROM price_reports ORDER BY id"), "5500\n7000\n7000");
}

/* ---- what is refused ---- */

static void a_wrong_price_is_named_by_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *error;
    } cases[] = {
        {LUA("2001-01-01", "8.500", "\t\t", ""), "prices: line 2: price_vnd: not an amount in whole dong \"8.500\""},
        {LUA("2001-01-01", "0", "\t\t", ""), "prices: line 2: price_vnd: not an amount in whole dong \"0\""},
        {LUA("2001-01-01", "1", "x\t\t", ""), "prices: line 2: price_low: not an amount in whole dong \"x\""},
        {LUA("1/1/2001", "1", "\t\t", ""), "prices: line 2: date: not a date \"1/1/2001\""},
        {"\n2001-01-01\tLUAX\t845\t1\tKG\ts\t\t\t\t\tday\t\n",
         "prices: line 3: commodity_code: unknown commodity \"LUAX\""},
        {"2001-01-01\tLUA\t84X\t1\tKG\ts\t\t\t\t\tday\t\n", "prices: line 2: place_code: unknown place \"84X\""},
        {"2001-01-01\tLUA\t845\t1\tKGX\ts\t\t\t\t\tday\t\n", "prices: line 2: unit: unknown unit \"KGX\""},
        {LUA("2001-01-01", "1", "\t\t", "") "\n" LUA("2001-01-01", "1", "2\t3\t", ""),
         "prices: line 4 has the key of line 2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_refused(tsv("prices", arena_printf(arena, PRICES_HEAD "%s", cases[i].text)), cases[i].error);
    assert_refused(tsv("links", "province_code\tlinked_code\tsource\n84\t91\t\n84\tX\t\n"),
                   "links: line 3: linked_code: unknown place \"X\"");
}

/* Nothing of the files that came before it stays either. */
static void what_the_daemon_would_refuse_is_not_seeded(void **state)
{
    (void)state;
    const struct table *const files[] = {edited(pg_read_tsv(arena, "units"), 0, "notes", "lost"),
                                         edited(pg_read_tsv(arena, "commodities"), 1, "parent", "NO.SUCH"),
                                         tsv("prices", PRICES_HEAD)};
    struct seed_count counts[3];
    int64_t before = version();
    assert_int_equal(lexicon_seed(db, files, 3, counts), DB_REFUSED);
    assert_string_equal(db_error(db)->text, "commodities: row 2 (LUA.OM18): unknown parent \"NO.SUCH\"");
    assert_int_equal(version(), before);
    assert_int_equal(pg_sql("SELECT count(*) FROM units WHERE notes = 'lost'"), 0);
    assert_int_equal(pg_sql("SELECT count(*) FROM commodities WHERE parent = 'NO.SUCH'"), 0);
}

static void a_wrong_file_is_refused_whole(void **state)
{
    (void)state;
    assert_refused(tsv("units", "code\tcolour\nX\tred\n"), "units: the column colour is not known");
    assert_refused(tsv("units", "name_vi\n"), "units: the column code is missing");
    assert_refused(tsv("people", "code\n"), "no table people is seeded");
    assert_refused(tsv("units", "code\nKG\n\nTAN\nKG\n"), "units: line 5 has the key of line 2");
    const struct table *places = pg_read_tsv(arena, "places"), *wrong = edited(places, 3, "level", "planet");
    struct seed_count count;
    assert_int_equal(lexicon_seed(db, &wrong, 1, &count), DB_REFUSED);
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
        TEST(a_corrected_price_takes_the_place_of_the_wrong_one),
        TEST(prices_of_the_desk_stay),
        TEST(a_wrong_price_is_named_by_its_line),
        TEST(what_the_daemon_would_refuse_is_not_seeded),
        TEST(a_wrong_file_is_refused_whole),
    };
    return cmocka_run_group_tests(tests, pg_setup_seeded, pg_teardown);
}
