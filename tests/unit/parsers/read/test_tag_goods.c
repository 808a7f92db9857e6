/* SPDX-License-Identifier: Apache-2.0
 *
 * Goods by words that are also something else.
 */
#include "parsers/read/items.h"

#include "tests/unit/parsers/read/read_fixture.h"

/* A variety's number is goods before an amount, and an amount where other goods are named. */
static void varieties_by_number(void **state)
{
    (void)state;
    static const struct want cases[] = {
        {"can ban 504 2 tan 6500 tra cu", "sell LUA.IR50404 2000 TAN 6500 KG"},
        {"can ban lua 4900 con 40 bao 7k", "sell LUA.OM4900 40000 BAO 7000 KG"},
        {"ban gap lua thom 5451 20 bao 7k", "sell LUA.OM5451 20000 BAO 7000 KG"},
        {"ban bap 4900 2 tan", "sell BAP 2000 TAN 4900 KG"},
        {"ban bap 504 kg 7k", "sell BAP 504000 KG 7000 KG"},
    };
    CHECK_OFFERS(cases);
}

/* Of several such words the one beside the amount is the goods, wherever it stands. */
static void goods_beside_their_amount(void **state)
{
    (void)state;
    static const struct want cases[] = {
        {"nhan tien lien, ban 300 ky mit 8k", "sell MIT 300000 KG 8000 KG"},
        {"me oi ban 30 ky hau 30k", "sell HAU 30000 KG 30000 KG"},
        {"tra tien roi lay 300 ky buoi 25k", "buy BUOI 300000 KG 25000 KG"},
        {"the nay nhe, ban 30 ky sen 25k", "sell SEN 30000 KG 25000 KG"},
        {"sa lam, tre 200 cay 25k ban", "sell TRE 200000 CAY 25000 CAY"},
    };
    CHECK_OFFERS(cases);
}

/* tấm and tầm, trả and tra: goods right after the verb when no others are named. */
static void goods_that_lead_amounts(void **state)
{
    (void)state;
    static const struct want cases[] = {
        {"mua tam 2 tan 8k", "buy TAM 2000 TAN 8000 KG"},
        {"ban tam 2 tan lua om18 7k", "sell LUA.OM18 2000 TAN 7000 KG"},
        {"ban tra 5 tan 28k", "sell CA.TRA 5000 TAN 28000 KG"},
    };
    CHECK_OFFERS(cases);
}

/* A name that holds a place: both are said. */
static void goods_with_their_place(void **state)
{
    (void)state;
    struct reading r = read_it("gia tom kho cau ngang");
    assert_string_equal(offer_told(&r), "price TOM.KHO 0 - 0 -");
    assert_string_equal(r.items[0].place->code, "848");
}

/* Oil is sold by the litre, beans are not. */
static void goods_by_their_unit(void **state)
{
    (void)state;
    static const struct want cases[] = {
        {"ban dau dua 5 lit 120k", "sell DUA.DAU 5000 LIT 120000 LIT"},
        {"ban tom su giong 100 ngan con 80 dong", "sell TOM.GIONG 100000000 CON 80 CON"},
    };
    CHECK_OFFERS(cases);
}

/* ko is a cow in Khmer, and không for most who write: with its verb it is goods. */
static void khmer_cattle(void **state)
{
    (void)state;
    static const struct want cases[] = {
        {"luok ko 2 kbal 18 trieu", "sell BO 2000 CON 18000000 CON"},
        {"tenh ko 3 kbal 20 trieu", "buy BO 3000 CON 20000000 CON"},
        {"ban ko", "none - 0 - 0 -"},
    };
    CHECK_OFFERS(cases);
}

/* Words that are common too are goods in a list of goods, and when they are counted. */
static void common_words_in_lists(void **state)
{
    (void)state;
    static const struct want cases[] = {
        {"vuon chanh mua 2 tan buoi 20k", "ask BUOI 0 - 20000 KG"},
        {"gia tom su, ghe duyen hai", "price GHE 0 - 0 -"},
        {"ban 10 con ga 80k, 5 con de 150k", "sell DE 5000 CON 150000 KG"},
        {"ban heo 20 con de an tet 60k", "sell HEO 20000 CON 60000 KG"},
    };
    CHECK_OFFERS(cases);
}

/* A common word that ends a phrase we do not know is no goods. */
static void common_words_in_phrases(void **state)
{
    (void)state;
    static const struct want cases[] = {
        {"loa toan the ba con: nghi ban dot nay", "broadcast - 0 - 0 -"},
        {"mai co gio lon khong", "weather - 0 - 0 -"},
        {"co the nghi ban khong", "none - 0 - 0 -"},
        {"da ban 1 tan cua tin 2", "sold - 1000 TAN 0 -"},
        {"ban bap cho heo an 2 tan 6k", "sell BAP 2000 TAN 6000 KG"},
        {"o day the bao nhieu", "price TOM.THE 0 - 0 -"},
    };
    CHECK_OFFERS(cases);
}

/* A number's word, or a common one, is goods where what follows measures or grades it. */
static void goods_before_their_measure(void **state)
{
    (void)state;
    static const struct want cases[] = {
        {"ban so 50 con 120k 20 ky", "sell SO.HUYET 20000 KG 120000 KG"},
        {"mua so 60-70 con 110k 300kg", "buy SO.HUYET 300000 KG 110000 KG"},
        {"ban luon loai 2 50kg 130k", "sell LUON 50000 KG 130000 KG"},
        {"ban so 3 2 tan", "ask - 2000 TAN 0 -"},
        {"ban st hai lam 3 tan 9k2", "sell LUA.ST25 3000 TAN 9200 KG"},
        {"ban tom su 30 ky 180k, xo khoi lua", "sell TOM.SU 30000 KG 180000 KG"},
        {"mua cua va ghe 50kg", "ask GHE 50000 KG 0 -"},
        {"ngay mai giang luoi ca loc 2 tan ban 45k", "sell CA.LOC 2000 TAN 45000 KG"},
    };
    CHECK_OFFERS(cases);
}

/* "100kg tro len 58k": what one weighs at least, not what it costs at least. */
static void bounds_of_weights(void **state)
{
    (void)state;
    static const struct want cases[] = {
        {"mua heo 20 con ta tro len 55k", "buy HEO 20000 CON 55000 KG"},
        {"mua bo 5 con 2 ta tro len 85k", "buy BO 5000 CON 85000 KG"},
        {"lua 8k tro len ban 2 tan", "sell LUA 2000 TAN 0 KG"},
    };
    CHECK_OFFERS(cases);
    assert_int_equal(read_it("mua heo 20 con ta tro len 55k").items[0].price_low, 55000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(goods_before_their_measure),
        cmocka_unit_test(bounds_of_weights),
        cmocka_unit_test(varieties_by_number),
        cmocka_unit_test(goods_beside_their_amount),
        cmocka_unit_test(goods_that_lead_amounts),
        cmocka_unit_test(khmer_cattle),
        cmocka_unit_test(goods_with_their_place),
        cmocka_unit_test(goods_by_their_unit),
        cmocka_unit_test(common_words_in_lists),
        cmocka_unit_test(common_words_in_phrases),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
