/* SPDX-License-Identifier: Apache-2.0 */
#include "db/answer_cache.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct answer_cache *cache;
static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    cache = answer_cache_new();
    arena = arena_new(4096);
    return cache ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    answer_cache_free(&cache);
    arena_free(&arena);
    return 0;
}

static struct price_group group(const char *commodity, int64_t median)
{
    return (struct price_group){.commodity = commodity,
                                .place = "845",
                                .unit = "KG",
                                .basis = "farmgate",
                                .size = "",
                                .grade = "",
                                .state = "fresh",
                                .median = median,
                                .reports = 3};
}

/* The median kept under a version and key; -1 when nothing is. */
static int64_t kept(const char *version, const char *key)
{
    struct found found = {0};
    if (!answer_cache_get(cache, KEPT_PRICES, version, key, arena, &found))
        return -1;
    return found.n_groups ? found.groups[0].median : 0;
}

static void keep(const char *version, const char *key, int64_t median)
{
    struct found found = {.match = PRICE_HERE, .n_groups = 1, .groups = {group("LUA", median)}};
    answer_cache_put(cache, KEPT_PRICES, version, key, &found);
}

static void an_answer_comes_back_as_it_was(void **state)
{
    (void)state;
    char commodity[] = "LUA.OM18";
    struct found found = {.match = PRICE_NEAR, .n_groups = 2, .groups = {group(commodity, 7000), group("LUA", 6500)}};
    answer_cache_put(cache, KEPT_PRICES, "1", "key", &found);
    memset(commodity, 'x', sizeof commodity - 1); /* the strings are its own */
    struct found back = {.n_lots = 5};
    assert_true(answer_cache_get(cache, KEPT_PRICES, "1", "key", arena, &back));
    assert_int_equal(back.match, PRICE_NEAR);
    assert_int_equal(back.n_groups, 2);
    assert_int_equal(back.n_lots, 5);
    assert_string_equal(back.groups[0].commodity, "LUA.OM18");
    assert_string_equal(back.groups[0].state, "fresh");
    assert_string_equal(back.groups[1].commodity, "LUA");
    assert_int_equal(back.groups[1].median, 6500);
    keep("2", "other", 1); /* and given ones outlive what is kept */
    assert_string_equal(back.groups[1].place, "845");
}

static void no_price_is_an_answer_too(void **state)
{
    (void)state;
    answer_cache_put(cache, KEPT_PRICES, "1", "key", &(struct found){.match = PRICE_NONE});
    assert_int_equal(kept("1", "key"), 0);
    assert_int_equal(kept("1", "other"), -1);
}

static void another_version_forgets(void **state)
{
    (void)state;
    keep("1", "key", 7000);
    assert_int_equal(kept("1", "key"), 7000);
    assert_int_equal(kept("2", "key"), -1);
    assert_int_equal(kept("1", "key"), -1);
    keep("1", "key", 7000);
    keep("2", "other", 8000);
    assert_int_equal(kept("2", "key"), -1);
    assert_int_equal(kept("2", "other"), 8000);
}

static void kinds_are_kept_apart(void **state)
{
    (void)state;
    struct found open = {.n_lots = 1, .lots = &(struct lot){.id = 7, .texts = {"", "", "", "", "", "", "", "", ""}}},
                 back = {.match = PRICE_HERE};
    keep("1", "key", 7000);
    assert_false(answer_cache_get(cache, KEPT_LOTS, "1", "key", arena, &back));
    answer_cache_put(cache, KEPT_LOTS, "5", "key", &open);
    assert_int_equal(kept("1", "key"), 7000);
    assert_true(answer_cache_get(cache, KEPT_LOTS, "5", "key", arena, &back));
    assert_int_equal(back.n_lots, 1);
    assert_int_equal(back.match, PRICE_HERE);
}

static void lots_come_back_as_they_were(void **state)
{
    (void)state;
    char code[] = "B7K2";
    struct lot lots[] = {{.id = 7,
                          .quantity_milli = 5,
                          .until = 3,
                          .step = LOT_LINKED,
                          .texts = {code, "LUA", "KG", "TAN", "KG", "845", "50", "1", "fresh"}},
                         {.id = 8, .texts = {"C3M4", "", "", "", "", "", "", "", "dry"}}};
    answer_cache_put(cache, KEPT_LOTS, "1", "key", &(struct found){.n_lots = 2, .lots = lots});
    memset(code, 'x', sizeof code - 1); /* the strings are its own */
    struct found back = {.match = PRICE_HERE}, gone;
    assert_true(answer_cache_get(cache, KEPT_LOTS, "1", "key", arena, &back));
    assert_false(
        answer_cache_get(cache, KEPT_LOTS, "2", "key", arena, &gone)); /* and given ones outlive what is kept */
    assert_int_equal(back.n_lots, 2);
    assert_int_equal(back.lots[0].id, 7);
    assert_int_equal(back.lots[0].until, 3);
    assert_int_equal(back.lots[0].step, LOT_LINKED);
    assert_string_equal(back.lots[0].code, "B7K2");
    assert_string_equal(back.lots[0].place, "845");
    assert_string_equal(back.lots[0].state, "fresh");
    assert_string_equal(back.lots[1].code, "C3M4");
    assert_string_equal(back.lots[1].state, "dry");
}

static void the_first_of_two_that_read_the_same_stays(void **state)
{
    (void)state;
    keep("1", "key", 7000);
    keep("1", "key", 7000);
    assert_int_equal(kept("1", "key"), 7000);
}

static void when_it_is_full_it_begins_anew(void **state)
{
    (void)state;
    char key[16];
    int n = 0; /* kept when it began anew */
    do {
        snprintf(key, sizeof key, "%d", ++n);
        keep("1", key, n);
    } while (kept("1", "1") == 1 && n < 100000);
    assert_in_range(n, ANSWER_CACHE_PRICES_BYTES / 1000, ANSWER_CACHE_PRICES_BYTES / 100);
    assert_int_equal(kept("1", key), n);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(an_answer_comes_back_as_it_was), TEST(no_price_is_an_answer_too),
        TEST(another_version_forgets),        TEST(kinds_are_kept_apart),
        TEST(lots_come_back_as_they_were),    TEST(the_first_of_two_that_read_the_same_stays),
        TEST(when_it_is_full_it_begins_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
