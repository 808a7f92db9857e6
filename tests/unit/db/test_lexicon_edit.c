/* SPDX-License-Identifier: Apache-2.0
 *
 * Words that people add: they stay when the files are seeded, and only they can be taken out again.
 */
#include "tests/unit/db/pg_fixture.h"

#include <string.h>

#include "db/lexicon.h"
#include "db/lexicon_edit.h"
#include "parsers/text/fold.h"

static struct db *db;
static struct arena *arena;

static const struct lexicon_word thom = {.list = WORD_COMMODITY, .word = "lua thom ngon", .code = "LUA"};
static const struct lexicon_word buy = {
    .list = WORD_KEYWORD, .word = "kiếm mua thử", .lang = "vi", .kind = "intent", .meaning = "buy"};

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

static int64_t version(void)
{
    int64_t number;
    assert_int_equal(lexicon_version(db, &number), DB_OK);
    return number;
}

static void assert_refused(enum db_status status, const char *error)
{
    assert_int_equal(status, DB_REFUSED);
    assert_string_equal(db_error(db)->text, error);
}

static void assert_done(enum db_status status)
{
    if (status != DB_OK)
        fail_msg("%s", db_error(db)->text);
}

/* Adds the word, which the lexicon then knows. */
static bool knows(void *context, const struct lexicon *lexicon)
{
    const struct lexicon_word *word = context;
    return lexicon_has_word(lexicon, text_fold(arena, slice_of(word->word), NULL));
}

static void add(struct lexicon_word word)
{
    assert_done(lexicon_add(db, &word, knows, &word));
}

static bool refuses(void *context, const struct lexicon *lexicon)
{
    (void)context;
    (void)lexicon;
    return false;
}

static void seed_again(const char *name)
{
    const struct table *table = pg_read_tsv(arena, name);
    struct seed_count count;
    assert_done(lexicon_seed(db, &table, 1, &count));
    assert_int_equal(count.updated + count.inserted + count.removed, 0);
}

static void a_word_is_added_stays_and_goes(void **state)
{
    (void)state;
    int64_t before = version();
    const char *words = arena_copy(arena, slice_of(pg_text("SELECT aliases FROM commodities WHERE code = 'LUA'")));
    add(thom);
    assert_true(version() > before);
    assert_refused(lexicon_add(db, &thom, NULL, NULL), "LUA is called so already");
    seed_again("commodities");
    assert_string_equal(pg_text("SELECT aliases FROM commodities WHERE code = 'LUA'"),
                        arena_printf(arena, "%s;lua thom ngon", words));
    assert_done(lexicon_remove(db, &thom));
    assert_string_equal(pg_text("SELECT aliases FROM commodities WHERE code = 'LUA'"), words);
    assert_refused(lexicon_remove(db, &thom), "LUA is not called so");
}

static void a_keyword_is_added_stays_and_goes(void **state)
{
    (void)state;
    int64_t rows = pg_sql("SELECT count(*) FROM keywords");
    add(buy);
    assert_refused(lexicon_add(db, &buy, NULL, NULL), "the keyword means that already");
    seed_again("keywords");
    assert_int_equal(pg_sql("SELECT count(*) FROM keywords"), rows + 1);
    assert_done(lexicon_remove(db, &buy));
    assert_refused(lexicon_remove(db, &buy), "there is no such keyword");
    assert_int_equal(pg_sql("SELECT count(*) FROM keywords"), rows);
}

static void every_list_takes_a_word(void **state)
{
    (void)state;
    static const struct lexicon_word words[] = {
        {.list = WORD_FOREIGN, .word = "rough rice", .code = "LUA"},
        {.list = WORD_PLACE, .word = "que cau ke", .code = "845"},
        {.list = WORD_AMBIGUOUS, .word = "que minh", .code = "845"},
        {.list = WORD_UNIT, .word = "tan lon", .code = "TAN"},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        add(words[i]);
        assert_done(lexicon_remove(db, &words[i]));
    }
}

static void what_came_with_the_files_is_taken_out_there(void **state)
{
    (void)state;
    const struct lexicon_word word = {.list = WORD_COMMODITY, .word = "thoc", .code = "LUA"};
    const struct lexicon_word keyword = {
        .list = WORD_KEYWORD, .word = "bán", .lang = "vi", .kind = "intent", .meaning = "sell"};
    assert_refused(lexicon_remove(db, &word), "the word came with the files: take it out there, and seed");
    assert_refused(lexicon_remove(db, &keyword), "the keyword came with the files: take it out there, and seed");
}

static void what_is_wrong_changes_nothing(void **state)
{
    (void)state;
    const struct lexicon_word nowhere = {.list = WORD_PLACE, .word = "x", .code = "NOPE"};
    const struct lexicon_word nothing = {
        .list = WORD_KEYWORD, .word = "kiếm", .lang = "vi", .kind = "intent", .meaning = "seek"};
    int64_t before = version();
    assert_refused(lexicon_add(db, &nowhere, NULL, NULL), "there is no NOPE");
    assert_refused(lexicon_add(db, &thom, refuses, NULL), "nothing was changed");
    assert_int_equal(lexicon_add(db, &nothing, NULL, NULL), DB_REFUSED);
    assert_non_null(strstr(db_error(db)->text, "(kiếm): unknown intent \"seek\""));
    assert_int_equal(version(), before);
}

/* Read, written, and read again: the same; and what people added is in it. */
static void what_is_exported_is_what_was_seeded(void **state)
{
    (void)state;
    const struct table *files[LEXICON_FILES];
    assert_done(lexicon_export(db, arena, files));
    for (size_t i = 0; i < LEXICON_FILES; i++) {
        const struct table *file = pg_read_tsv(arena, lexicon_files[i]);
        assert_string_equal(files[i]->name, lexicon_files[i]);
        assert_int_equal(files[i]->rows, file->rows);
        assert_int_equal(files[i]->columns, file->columns);
        for (size_t c = 0; c < file->columns; c++)
            assert_string_equal(files[i]->head[c], file->head[c]);
        for (size_t c = 0; c < file->rows * file->columns; c++)
            assert_string_equal(files[i]->cells[c], file->cells[c]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_exported_is_what_was_seeded, open_owner, close_owner),
        cmocka_unit_test_setup_teardown(a_word_is_added_stays_and_goes, open_owner, close_owner),
        cmocka_unit_test_setup_teardown(a_keyword_is_added_stays_and_goes, open_owner, close_owner),
        cmocka_unit_test_setup_teardown(every_list_takes_a_word, open_owner, close_owner),
        cmocka_unit_test_setup_teardown(what_came_with_the_files_is_taken_out_there, open_owner, close_owner),
        cmocka_unit_test_setup_teardown(what_is_wrong_changes_nothing, open_owner, close_owner),
    };
    return cmocka_run_group_tests(tests, pg_setup_seeded, pg_teardown);
}
