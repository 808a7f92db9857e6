/* SPDX-License-Identifier: Apache-2.0
 *
 * What looks like an offer and is none, and beside it what is one all the same. */
#include "parsers/read/reading.h"

#include "tests/unit/parsers/read/read_fixture.h"

/* Needs of help, or of getting rid of goods, are no buying. */
static void needs(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"can dong goi 2 tan xoai 15k", "ask"}, {"can xa 4 tan bap 6k", "sell"},
        {"can xe cho 3 tan mia", "ask"},        {"looking for a buyer 2 tons of longan 20k", "sell"},
        {"can gap 2 tan nhan 20k", "buy"},      {"em can lay 10 con ga", "buy"},
        {"can xoai 2 tan 15k", "buy"},          {"need 2 tons of longan 20k", "buy"},
    };
    CHECK_INTENTS(wants);
}

/* Rain that does damage, without marks: mưa, not mua. */
static void rain_does_damage(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"mua ngap het 3 cong bap", "question"},
        {"mua lam hu 2 tan ot 30k", "question"},
        {"mua 2 tan bap 6k", "buy"},
        {"bap bi mua ngap, ban 3 tan 5k", "sell"},
    };
    CHECK_INTENTS(wants);
}

/* Whether and how to sell is asked, and "lam" there is no five. */
static void whether_to_sell(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"bap 3 tan co ban duoc khong", "question"},
        {"nha 10 con bo co nen ban khong", "question"},
        {"lam sao ban bap 6000", "question"},
        {"lam tan bap ban 6k", "sell"},
        {"cho hoi ai co 2 tan khoai ban khong, em mua 12k", "buy"},
    };
    CHECK_INTENTS(wants);
}

/* What others do, what is past, heard or complained of. */
static void told_only(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"vu truoc ban 3 tan bap 6k", "question"},
        {"moi ban 3 tan bap 6k", "question"},
        {"ba hang xom ban 3 tan bap 6k", "question"},
        {"nghe don bap ban 3 tan 6k", "question"},
        {"em mua 3 tan bap 6k bi thieu ky", "question"},
        {"bao gia bap 6000 khong dung", "question"},
        {"bap moi be 3 tan ban 6k", "sell"},
        {"3 tan bap 6k, lay het moi ban", "sell"},
        {"vua mua 20 tan bap 5k", "buy"},
    };
    CHECK_INTENTS(wants);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(needs),
        cmocka_unit_test(rain_does_damage),
        cmocka_unit_test(whether_to_sell),
        cmocka_unit_test(told_only),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
