/* SPDX-License-Identifier: Apache-2.0
 *
 * What slips cost, one against the other. */
#include "parsers/text/slip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define LIMIT 20

static struct arena *arena;
static const struct slips *slips;

static unsigned cost(const char *written, const char *meant)
{
    return slip_distance(slips, slice_of(written), slice_of(meant), SLIPS_ALL, LIMIT);
}

static unsigned cost_by_ear(const char *written, const char *meant)
{
    return slip_distance(slips, slice_of(written), slice_of(meant), SLIPS_OF_EAR, LIMIT);
}

static void the_same_costs_nothing(void **state)
{
    (void)state;
    assert_int_equal(cost("sau rieng", "sau rieng"), 0);
    assert_int_equal(cost("", ""), 0);
}

/* Each pair is how the South may write the second word. */
static void what_sounds_alike_is_cheap(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"xau", "sau"},    {"chung", "trung"}, {"gie", "de"},       {"vua", "dua"},     {"gau", "rau"},
        {"wach", "quach"}, {"rien", "rieng"},  {"than", "thanh"},   {"cuc", "cut"},     {"xit", "xich"},
        {"xoay", "xoai"},  {"tiu", "tieu"},    {"ngieu", "nghieu"}, {"phonq", "phong"}, {"fung", "phung"},
        {"zua", "dua"},    {"kam", "cam"},     {"mong", "muong"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        assert_in_range(cost(pairs[i][0], pairs[i][1]), 1, 3);
        assert_int_equal(cost_by_ear(pairs[i][0], pairs[i][1]), cost(pairs[i][0], pairs[i][1]));
    }
    assert_int_equal(cost_by_ear("hog", "hong"), SLIP_FAR);
}

/* s and x open a word, n and ng end it; elsewhere they are other letters. */
static void sounds_have_their_places(void **state)
{
    (void)state;
    assert_true(cost("ta xoai", "ta soai") < cost("tasa", "taxa"));
    assert_true(cost("loc", "lot") < cost("cam", "tam"));
}

/* A sound before a key, a key before a letter too many, that before any other letter. */
static void slips_are_ranked(void **state)
{
    (void)state;
    unsigned sound = cost("xoay", "xoai"), doubled = cost("xoaai", "xoai"), key = cost("xpai", "xoai"),
             swapped = cost("xaoi", "xoai"), dropped = cost("xai", "xoai"), other = cost("xoki", "xoai");
    assert_true(sound < key && doubled < key);
    assert_true(key <= swapped && swapped < dropped);
    assert_true(dropped < other);
    assert_true(cost("laua", "lua") == dropped);
    assert_true(cost("sau rieng", "saurieng") < sound);
    assert_true(cost("bhuoi", "chuoi") > cost("cjuoi", "chuoi")); /* first letters are looked at */
}

/* Keys of a keypad (abc is 2) and of a keyboard. */
static void neighbours_are_keys_side_by_side(void **state)
{
    (void)state;
    unsigned other = cost("lum", "lua");
    assert_true(cost("lub", "lua") < other); /* the same key, twice for once */
    assert_true(cost("lud", "lua") < other); /* 3 for 2, once each */
    assert_true(cost("lus", "lua") < other); /* beside it on a keyboard */
    assert_true(cost("luz", "lua") < other); /* below it */
}

static void the_limit_and_lengths_bound_it(void **state)
{
    (void)state;
    char longer[SLIP_TEXT_MAX + 2];
    memset(longer, 'a', sizeof longer);
    longer[sizeof longer - 1] = '\0';
    assert_int_equal(cost(longer, longer), SLIP_FAR);
    assert_int_equal(cost("a", "abcdefgh"), SLIP_FAR);
    assert_int_equal(slip_distance(slips, slice_of("bup bap"), slice_of("sau rieng"), SLIPS_ALL, 9), SLIP_FAR);
    assert_int_equal(slip_distance(slips, slice_of("xoi"), slice_of("xoai"), SLIPS_ALL, 2), SLIP_FAR);
}

static void expect_one_skeleton(const char *a, const char *b)
{
    char of_a[SLIP_TEXT_MAX], of_b[SLIP_TEXT_MAX];
    size_t n = slip_skeleton(slice_of(a), of_a), m = slip_skeleton(slice_of(b), of_b);
    assert_int_equal(n, m);
    assert_memory_equal(of_a, of_b, n);
}

static void what_sounds_alike_has_one_skeleton(void **state)
{
    (void)state;
    expect_one_skeleton("xau rien", "sau rieng");
    expect_one_skeleton("tiu cang", "tieu can");
    expect_one_skeleton("dau phonq", "dau fong");
    expect_one_skeleton("nghhiep", "ngiep");
    expect_one_skeleton("thanh lomg", "than long");
    expect_one_skeleton("", "");
}

static int start(void **state)
{
    (void)state;
    arena = arena_new(1 << 12);
    slips = slips_new(arena);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_costs_nothing),
        cmocka_unit_test(what_sounds_alike_is_cheap),
        cmocka_unit_test(sounds_have_their_places),
        cmocka_unit_test(slips_are_ranked),
        cmocka_unit_test(neighbours_are_keys_side_by_side),
        cmocka_unit_test(the_limit_and_lengths_bound_it),
        cmocka_unit_test(what_sounds_alike_has_one_skeleton),
    };
    return cmocka_run_group_tests(tests, start, end);
}
