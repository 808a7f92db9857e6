/* SPDX-License-Identifier: Apache-2.0
 *
 * Amounts that stand in one another's way: which number is whose.
 */
#include "parsers/read/items.h"

#include "tests/unit/parsers/read/read_fixture.h"

/* giá, the price, and giạ, the unit. */
static void price_word_or_unit(void **state)
{
    (void)state;
    static const struct want cases[] = {
        {"ban lua rvt 2 tan 3 gia bay ngan tu", "sell LUA.RVT 2300 TAN 7400 KG"},
        {"ban lua om380 3 tan 5 gia sau ngan hai", "sell LUA.OM380 3500 TAN 6200 KG"},
        {"lua om4900 60 gia ban 150k/gia", "sell LUA.OM4900 60000 GIA 150000 GIA"},
        {"cam sanh 300kg gia ban 9k", "sell CAM.SANH 300000 KG 9000 KG"},
        {"ban lua 50 gia 140k/gia", "sell LUA 50000 GIA 140000 GIA"},
    };
    CHECK_OFFERS(cases);
}

/* One of the unit, and a half more, is no "each". */
static void one_and_a_half(void **state)
{
    (void)state;
    static const struct want cases[] = {
        {"卖花生1吨半 2万一公斤", "sell DAUPHONG 1500 TAN 20000 KG"},
        {"ban nhan 1 tan ruoi 18k 1 ky", "sell NHAN 1500 TAN 18000 KG"},
    };
    CHECK_OFFERS(cases);
}

/* What a fruit or a head weighs is not what the price is for. */
static void the_weight_of_one(void **state)
{
    (void)state;
    static const struct want cases[] = {
        {"ban mit thai 8 ta 12k trai 9 ky tro len", "sell MIT 8000 TA 12000 KG"},
        {"ban buoi nam roi 5 ta 15k, trai 1kg2", "sell BUOI.NR 5000 TA 15000 KG"},
        {"ban dua sap 50 trai 90k trai", "sell DUA.SAP 50000 TRAI 90000 TRAI"},
        {"ban de 12 con khoang 35 ky 1 con gia 115", "sell DE 12000 CON 115000 KG"},
        {"ban ga 2kg 50 con 85k", "sell GA 50000 CON 85000 KG"},
        {"ban ca tra 900g 20 tan 28.5", "sell CA.TRA 20000 TAN 28500 KG"},
        {"ban trau 2 con 1 con 30tr", "sell TRAU 2000 CON 30000000 CON"},
        {"收购白虾50条/公斤 2吨", "buy TOM.THE 2000 TAN 0 -"},
        {"ban luon 3 con 1 ky 200kg 150k", "sell LUON 200000 KG 150000 KG"},
        {"ban 2 con bo 300kg 70k", "sell BO 2000 CON 70000 KG"},
    };
    CHECK_OFFERS(cases);
}

/* How many make a chục, and what a sack holds, may stand apart from it. */
static void the_size_of_a_unit(void **state)
{
    (void)state;
    static const struct want cases[] = {
        {"ban 25 chuc dua kho 12 trai 100k", "sell DUA.KHO 25000 CHUC12 100000 CHUC12"},
        {"ban 40 chuc bap, 14 trai, 40k 1 chuc", "sell BAP 40000 CHUC14 40000 CHUC14"},
        {"ban 8 bao gao nep, bao 25kg, gia 500k 1 bao", "sell GAO.NEP 8000 BAO25 500000 BAO25"},
        {"ban 25 chuc hot vit 30k", "sell TRUNG.VIT 25000 CHUC10 30000 CHUC10"},
    };
    CHECK_OFFERS(cases);
}

/* A name that begins like a number is no tail of the price. */
static void a_name_after_the_price(void **state)
{
    (void)state;
    static const struct want cases[] = {
        {"ban quyt 200kg 20k tam binh", "sell QUYT 200000 KG 20000 KG"},
        {"ban quyt 200kg 20 ngan tam", "sell QUYT 200000 KG 20800 KG"},
    };
    CHECK_OFFERS(cases);
}

/* "gia con", "gia la": the price still, though a number stands before it. */
static void price_now(void **state)
{
    (void)state;
    static const struct want cases[] = {
        {"sua 3 gia con 6500", "edit - 0 - 6500 -"},
        {"tin 4 doi gia 8k2", "edit - 0 - 8200 -"},
        {"tin 4 gia moi 9k", "edit - 0 - 9000 -"},
        {"tin 3 con 2 tan", "edit - 2000 TAN 0 -"},
        {"em can 20 con ga", "buy GA 20000 CON 0 -"},
        {"ban 5 can 20 lit ruou 30k/lit", "sell RUOU 5000 CAN 30000 LIT"},
        {"lich xuong giong dong xuan 2027", "season LUA 0 - 0 -"},
        {"mua 10 tan lua dai thom 8 gia 8200", "buy LUA.DT8 10000 TAN 8200 KG"},
        {"ban lua 2 tan 8k a", "sell LUA 2000 TAN 8000 KG"},
        {"ban dai thom 8 tan 7000", "sell LUA.DT8 8000 TAN 7000 KG"},
        {"ban tom su 300kg gia con 190k", "sell TOM.SU 300000 KG 190000 KG"},
    };
    CHECK_OFFERS(cases);
}

/* "con" after a listing's number is còn: so much is left. */
static void left_of_a_listing(void **state)
{
    (void)state;
    struct reading r = read_it("sua tin 4 con 300kg");
    assert_int_equal(r.outcome, READ_SURE);
    assert_string_equal(r.listing, "4");
    assert_int_equal(r.items[0].quantity_milli, 300000);
    assert_string_equal(r.items[0].unit->code, "KG");
}

/* Goods that cannot be meant, or that we have no name for, are asked about. */
static void goods_in_doubt(void **state)
{
    (void)state;
    struct reading r = read_it("ban bo 25kg 50k");
    assert_int_equal(r.ask, ASK_QUANTITY_CHECK);
    r = read_it("ban ca linh 20kg 60k");
    assert_int_equal(r.ask, ASK_COMMODITY);
    r = read_it("ban ca basa 20kg 60k");
    assert_int_equal(r.ask, ASK_COMMODITY);
    assert_int_equal(read_it("ban bo 400kg 80k").outcome, READ_SURE);
    assert_int_equal(read_it("ban ca 20kg 60k anh Tu").outcome, READ_SURE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(price_word_or_unit), cmocka_unit_test(price_now),
        cmocka_unit_test(one_and_a_half),     cmocka_unit_test(the_weight_of_one),
        cmocka_unit_test(the_size_of_a_unit), cmocka_unit_test(a_name_after_the_price),
        cmocka_unit_test(left_of_a_listing),  cmocka_unit_test(goods_in_doubt),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
