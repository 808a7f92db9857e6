/* SPDX-License-Identifier: Apache-2.0
 *
 * Names of goods that fit several, and words beside goods that make others of them. */
#include "parsers/read/items.h"

#include "tests/unit/parsers/read/read_fixture.h"

/* One name of two goods: what they are sold by tells. */
static void told_by_unit_and_price(void **state)
{
    (void)state;
    static const struct want cases[] = {
        {"ban dau dua 3 ta 12k", "sell DAUDUA 3000 TA 12000 KG"},
        {"mua 20 lit dau dua 150k", "buy DUA.DAU 20000 LIT 150000 LIT"},
        {"ban dau dua 15 chai 90k/chai", "sell DUA.DAU 15000 CHAI 90000 CHAI"},
        {"ban dau dua", "ask - 0 - 0 -"},
    };
    CHECK_OFFERS(cases);
}

/* Goods of which some kinds are known, and a word that is no Vietnamese. */
static void of_unknown_kinds(void **state)
{
    (void)state;
    static const char *const asked[] = {"need 10 tons coconut shavings 5k/kg", "luok srov kralanh 3 ton 7k",
                                        "selling 2 tons pumpkin seeds 9k/kg", "卖花生壳3吨 18000"};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        struct reading r = read_it(asked[i]);
        if (r.outcome != READ_ASK || r.ask != ASK_COMMODITY)
            fail_msg("%s: %s", asked[i], offer_told(&r));
    }
    static const struct want cases[] = {
        {"need 10 tons coconut fibre 5k/kg", "buy DUA.XO 10000 TAN 5000 KG"},
        {"luok srov damnab 3 ton 7k", "sell LUA.NEP 3000 TAN 7000 KG"},
        {"ban lua anh Sau 2 tan 8k", "sell LUA 2000 TAN 8000 KG"},
        {"selling 300 meat ducks 60k/kg", "sell VIT 300000 CON 60000 KG"},
    };
    CHECK_OFFERS(cases);
}

/* What goods are grown from is not the goods, unless it has a name of its own; a variety is. */
static void seedlings(void **state)
{
    (void)state;
    static const char *const asked[] = {"ban cay giong xoai 100 cay 30k", "mua hat giong muop 5 ky",
                                        "ban ca loc giong 2000 con 500d", "gia nhanh chiet chanh"};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        struct reading r = read_it(asked[i]);
        if (r.outcome != READ_ASK || r.ask != ASK_COMMODITY)
            fail_msg("%s: %s", asked[i], offer_told(&r));
    }
    static const struct want cases[] = {
        {"ban cua giong 5000 con 600d", "sell CUA.GIONG 5000000 CON 600 CON"},
        {"ban buoi giong da xanh 2 tan 25k", "sell BUOI.DX 2000 TAN 25000 KG"},
    };
    CHECK_OFFERS(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seedlings),
        cmocka_unit_test(told_by_unit_and_price),
        cmocka_unit_test(of_unknown_kinds),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
