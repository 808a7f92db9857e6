/* SPDX-License-Identifier: Apache-2.0
 *
 * Amounts and what is known of goods: the ranges stand in locales/lexicon/commodities.tsv. */
#include "parsers/read/plausible.h"

#include "tests/unit/parsers/read/read_fixture.h"

static const struct commodity *goods(const char *code)
{
    return code ? lexicon_commodity(lexicon, code) : NULL;
}

static const struct unit *unit(const char *code)
{
    return code ? lexicon_unit(lexicon, code) : NULL;
}

static void prices(void **state)
{
    (void)state;
    static const struct {
        const char *goods, *unit;
        int64_t price;
        enum fit fit;
    } cases[] = {
        {"LUA", "KG", 4500, FIT_GOOD}, /* both ends are within */
        {"LUA", "KG", 4499, FIT_BAD},         {"LUA", "KG", 12000, FIT_GOOD},
        {"LUA", "KG", 12001, FIT_BAD},        {"LUA", "TAN", 8500000, FIT_GOOD}, /* by a range of its own */
        {"LUA", "TAN", 8500, FIT_BAD},        {"LUA", "GIA", 240000, FIT_GOOD},
        {"LUA", "TA", 850000, FIT_GOOD}, /* scaled from the kilo's */
        {"LUA", "TA", 8500, FIT_BAD},         {"HEO", "CON", 5000000, FIT_GOOD},
        {"HEO", "CON", 60000, FIT_BAD},       {"DUA.KHO", "CHUC12", 100000, FIT_GOOD},
        {"DUA.KHO", "TRAI", 2000, FIT_GOOD}, /* less than a twelfth of a dozen */
        {"DUA.KHO", "TRAI", 100000, FIT_BAD}, {"DUA.KHO", "TAN", 8000000, FIT_GOOD}, /* scaled from another range */
        {"DUA.KHO", "TAN", 8000, FIT_BAD},    {"LUA", "CON", 8500, FIT_UNKNOWN},
        {"LUA", NULL, 8500, FIT_UNKNOWN},     {NULL, "KG", 8500, FIT_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (price_fit(goods(cases[i].goods), unit(cases[i].unit), cases[i].price) != cases[i].fit)
            fail_msg("%s, %lld a %s", cases[i].goods, (long long)cases[i].price, cases[i].unit);
}

static void quantities(void **state)
{
    (void)state;
    static const struct {
        const char *goods, *unit;
        int64_t milli;
        enum fit fit;
    } cases[] = {
        {"LUA", "TAN", 100, FIT_GOOD},      {"LUA", "TAN", 99, FIT_BAD},
        {"LUA", "KG", 500000000, FIT_GOOD},                                     /* 500 tonnes */
        {"LUA", "KG", 501000000, FIT_BAD},  {"LUA", "CONG", 5000, FIT_UNKNOWN}, /* a field measures something else */
        {"BO", "CON", 200000, FIT_GOOD},    {"BO", "CON", 201000, FIT_BAD},
        {"BO", "BAO", 5000, FIT_BAD}, /* heads do not come in sacks */
        {"BO", "KG", 25000, FIT_BAD}, /* no head is so light: avocados, perhaps */
        {"BO", "KG", 300000, FIT_UNKNOWN},  {"HEO", "CON", 20000, FIT_UNKNOWN}, /* its range is of kilos */
        {"LUA", NULL, 2000, FIT_UNKNOWN},   {NULL, "KG", 2000, FIT_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (quantity_fit(goods(cases[i].goods), unit(cases[i].unit), cases[i].milli) != cases[i].fit)
            fail_msg("%s, %lld thousandths of %s", cases[i].goods, (long long)cases[i].milli, cases[i].unit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(prices), cmocka_unit_test(quantities)};
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
