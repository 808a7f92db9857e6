/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/db/pg_fixture.h"

#include "db/merge.h"

static void assert_merged(struct merged got, enum merge_outcome outcome, const char *cell)
{
    assert_string_equal(got.cell, cell);
    assert_int_equal(got.outcome, outcome);
}

static void a_value_the_desk_left_alone_takes_the_file(void **state)
{
    (void)state;
    assert_merged(merge_value("a", "a", "a"), MERGE_SAME, "a");
    assert_merged(merge_value("a", "a", "b"), MERGE_TAKEN, "b");
    assert_merged(merge_value("", "", "b"), MERGE_TAKEN, "b");
}

static void a_value_the_desk_changed_stays(void **state)
{
    (void)state;
    assert_merged(merge_value("a", "desk", "a"), MERGE_KEPT, "desk");
    assert_merged(merge_value("a", "desk", "b"), MERGE_KEPT, "desk");
    assert_merged(merge_value("a", "b", "b"), MERGE_SAME, "b");
    assert_merged(merge_value(NULL, "desk", "b"), MERGE_KEPT, "desk");
}

static void words_merge_one_by_one(void **state)
{
    (void)state;
    static const struct {
        const char *base, *mine, *theirs;
        enum merge_outcome outcome;
        const char *merged;
    } cases[] = {
        {"a;b", "a;b", "a;b", MERGE_SAME, "a;b"},
        {"a;b", "a;b", "a;b;c", MERGE_TAKEN, "a;b;c"},
        {"a;b", "a;b", "a", MERGE_TAKEN, "a"},
        {"a;b", "a;b;desk", "a;b;c", MERGE_TAKEN, "a;b;desk;c"},
        {"a;b", "a", "a;b", MERGE_KEPT, "a"},
        {"a;b", "a;b;desk", "a;b", MERGE_KEPT, "a;b;desk"},
        {"a;b", "a;desk", "b;c", MERGE_TAKEN, "desk;c"},
        {NULL, "desk", "a", MERGE_TAKEN, "desk;a"},
        {"", "", "a;;b;", MERGE_TAKEN, "a;b"},
        {"a", "a", "", MERGE_TAKEN, ""},
    };
    struct arena *arena = arena_new(1024);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_merged(merge_words(arena, cases[i].base, cases[i].mine, cases[i].theirs), cases[i].outcome,
                      cases[i].merged);
    arena_free(&arena);
}

static void a_word_is_put_into_a_list_and_taken_out(void **state)
{
    (void)state;
    struct arena *arena = arena_new(1024);
    assert_true(words_have("a;b c", "b c"));
    assert_false(words_have("a;b c", "b"));
    assert_string_equal(words_with(arena, "", "a"), "a");
    assert_string_equal(words_with(arena, "a", "b c"), "a;b c");
    assert_string_equal(words_without(arena, "a;b;c", "b"), "a;c");
    assert_string_equal(words_without(arena, "a", "a"), "");
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_the_desk_left_alone_takes_the_file),
        cmocka_unit_test(a_value_the_desk_changed_stays),
        cmocka_unit_test(words_merge_one_by_one),
        cmocka_unit_test(a_word_is_put_into_a_list_and_taken_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
