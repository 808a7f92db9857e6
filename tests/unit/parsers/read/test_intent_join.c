/* SPDX-License-Identifier: Apache-2.0
 *
 * What is counted of a text is put right by what its words mean together. */
#include "parsers/read/intent.h"

#include <inttypes.h>

#include "tests/unit/parsers/read/read_fixture.h"

#define SELL (UINT64_C(1) << INTENT_SELL)
#define BUY (UINT64_C(1) << INTENT_BUY)
#define MATCH (UINT64_C(1) << INTENT_MATCH)
#define CANCEL (UINT64_C(1) << INTENT_CANCEL)
#define EDIT (UINT64_C(1) << INTENT_EDIT)
#define STOP (UINT64_C(1) << INTENT_STOP)
#define LIST (UINT64_C(1) << INTENT_LIST)
#define RENEW (UINT64_C(1) << INTENT_RENEW)
#define BOTH(bits) .intents = (bits), .plain = (bits) /* surely meant so */

struct joined {
    const char *text;
    struct wants w;
    intent_set intents; /* after it */
};

static void check(const struct joined *cases, size_t n)
{
    size_t wrong = 0;
    for (size_t i = 0; i < n; i++) {
        struct wants w = cases[i].w;
        const struct text *t = prepared(cases[i].text);
        join_wants(t, &w);
        if (w.intents == cases[i].intents)
            continue;
        wrong++;
        print_error("%s (%s): %#" PRIx64 ", not %#" PRIx64 "\n", cases[i].text, t->tags, w.intents, cases[i].intents);
    }
    assert_int_equal(wrong, 0);
}

#define CHECK(cases) check(cases, sizeof(cases) / sizeof *(cases))

/* "who has some to sell" is not selling, unless goods of the writer's own stand between. */
static void selling_to_the_writer(void **state)
{
    (void)state;
#define AT(match, sell) .at = { [INTENT_MATCH] = (match), [INTENT_SELL] = (sell) }
    static const struct joined cases[] = {
        {"ai co xoai ban", {BOTH(MATCH | SELL), AT(0, 2)}, MATCH},
        {"ai co xoai ban", {BOTH(MATCH | SELL), AT(0, 2), .buyers = true}, MATCH | SELL},
        {"ai co xoai ban", {BOTH(MATCH | SELL), AT(2, 0)}, MATCH | SELL},
        {"ai co xoai ban", {.intents = MATCH | SELL, .plain = MATCH, AT(0, 2)}, MATCH | SELL},
        {"ai co 2 tan ban", {BOTH(MATCH | SELL), AT(0, 3)}, MATCH | SELL},
    };
    CHECK(cases);
}

/* A verb that may mean something else goes where a plainer one stands. */
static void the_plainer_verb(void **state)
{
    (void)state;
    static const struct joined cases[] = {
        {"ban xoai, lay het", {.intents = SELL | BUY, .plain = SELL}, SELL},
        {"lay xoai", {.intents = BUY, .plain = 0}, BUY},
        {"ban xoai mua gao", {BOTH(SELL | BUY)}, SELL | BUY},
        {"doi gia ban 2 tan xoai", {.intents = SELL | EDIT, .plain = SELL, .goods = 1, .quantities = 1}, SELL},
        {"doi gia ban", {.intents = SELL | EDIT, .plain = SELL}, SELL | EDIT},
    };
    CHECK(cases);
}

static void stop_of_a_listing(void **state)
{
    (void)state;
    static const struct joined cases[] = {
        {"stop tin 2", {.intents = STOP, .head = STOP, .listing = true}, CANCEL},
        {"stop tin 2", {.intents = STOP | SELL, .head = STOP, .listing = true}, CANCEL},
        {"stop", {.intents = STOP, .head = STOP}, STOP},
        {"tin 2 stop", {.intents = STOP, .listing = true}, STOP},                  /* not first */
        {"tu choi tin 2", {.intents = STOP, .head = STOP, .listing = true}, STOP}, /* a phrase */
    };
    CHECK(cases);
    struct wants w = cases[0].w;
    join_wants(prepared(cases[0].text), &w);
    assert_int_equal(w.head, 0);
}

static void more_days_for_a_listing(void **state)
{
    (void)state;
    static const struct joined cases[] = {
        {"tin 3 them 1 tuan nua", {.intents = LIST}, RENEW},
        {"tin 3 them", {.days = 1}, RENEW},
        {"tin 3 them", {.intents = LIST}, LIST},    /* no days */
        {"them 1 tuan nua", {.intents = 0}, 0},     /* no listing */
        {"tin 3 1 tuan nua", {.intents = 0}, 0},    /* no more */
        {"tin 3 them 1 tuan nua", {.goods = 1}, 0}, /* it may be the goods' */
    };
    CHECK(cases);
}

static void goods_one_has(void **state)
{
    (void)state;
    static const struct joined cases[] = {
        {"co 300 ky xoai 95k", {.goods = 1, .quantities = 1, .prices = 1}, SELL},
        {"co 20 con ga 95k", {.goods = 1, .quantities = 1, .bare = 1}, SELL},
        {"co 300 ky xoai 95k", {.goods = 1, .quantities = 1}, 0},
        {"co 300 ky xoai 95k", {.goods = 1, .quantities = 1, .prices = 1, .asked = true}, 0},
        {"co 300 ky xoai 95k", {.goods = 1, .quantities = 1, .prices = 1, .past = true}, 0},
        {"co 300 ky xoai 95k", {.goods = 1, .quantities = 1, .prices = 1, .negated = true}, 0},
        {"co 300 ky xoai 95k", {.intents = BUY, .plain = BUY, .goods = 1, .quantities = 1, .prices = 1}, BUY},
        {"300 ky xoai 95k", {.goods = 1, .quantities = 1, .prices = 1}, 0},
        {"co xoai 300 ky 95k", {.goods = 1, .quantities = 1, .prices = 1}, 0},
    };
    CHECK(cases);
}

static void a_listing_and_what_is_to_be_of_it(void **state)
{
    (void)state;
    static const struct joined cases[] = {
        {"tin 2 gia moi 9k", {.prices = 1}, EDIT},
        {"tin 2 gia moi 9k", {.prices = 1, .asked = true}, 0},
        {"tin 2 gia moi 9k", {.prices = 1, .goods = 1}, 0},
        {"tin 2 gia moi 9k", {.prices = 1, .changed = true}, 0},
        {"tin 2 gia moi 9k", {.prices = 1, .intents = CANCEL}, CANCEL},
        {"tin 2 gia moi 9k", {.prices = 2, .quantities = 1}, 0}, /* more than one listing has */
        {"tin 2 gia moi 9k", {.prices = 0}, 0},
        {"r8v8 gia 8400", {.prices = 1}, EDIT},
        {"gia r8v8 8400", {.prices = 1}, EDIT},
        {"xoai r8v8 8400", {.prices = 1}, 0},
        {"tin 1 sua thanh 3 tan", {.asked = true}, EDIT},
    };
    CHECK(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(selling_to_the_writer), cmocka_unit_test(the_plainer_verb),
        cmocka_unit_test(stop_of_a_listing),     cmocka_unit_test(more_days_for_a_listing),
        cmocka_unit_test(goods_one_has),         cmocka_unit_test(a_listing_and_what_is_to_be_of_it),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
