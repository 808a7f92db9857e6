/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/market/sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "parsers/base/csv.h"
#include "tests/unit/parsers/tables.h"

static struct arena *arena;
static struct lexicon *lexicon;
static day_t today;

static int begin(void **state)
{
    (void)state;
    arena = arena_new(1024 * 1024);
    today = day_from_ymd(2026, 11, 22);
    lexicon = lexicon_of_files();
    return 0;
}

static int end(void **state)
{
    (void)state;
    lexicon_free(&lexicon);
    arena_free(&arena);
    return 0;
}

static struct sheet read_as(const char *text, bool whatever)
{
    const char *error = "";
    const struct table *table = table_from_csv(arena, "b", slice_of(text), &error);
    if (!table)
        fail_msg("%s", error);
    return sheet_read(arena, lexicon, table, today, whatever);
}

static struct sheet_price one(const char *text)
{
    struct sheet sheet = read_as(text, false);
    if (sheet.n_problems)
        fail_msg("%s", sheet.problems[0].text);
    assert_int_equal(sheet.n_prices, 1);
    return sheet.prices[0];
}

static void assert_amounts(struct sheet_price price, int64_t low, int64_t middle, int64_t high)
{
    assert_int_equal(price.low, low);
    assert_int_equal(price.price, middle);
    assert_int_equal(price.high, high);
}

static void by_codes_as_prices_of_the_lexicon(void **state)
{
    (void)state;
    struct sheet_price p =
        one("date\tcommodity_code\tplace_code\tprice_vnd\tunit\tsource\tprice_low\tprice_high\tattrs\tbasis\n"
            "2026-11-21\tLUA.OM18\t845\t8300\tKG\tSở\t8200\t8450\tstate=fresh;tie=cloth\ttrader_buy\n");
    assert_int_equal(p.day, today - 1);
    assert_string_equal(p.commodity->code, "LUA.OM18");
    assert_string_equal(p.place->code, "845");
    assert_string_equal(p.unit->code, "KG");
    assert_string_equal(p.basis, "trader_buy");
    assert_string_equal(p.state, "fresh");
    assert_string_equal(p.rest, "tie=cloth");
    assert_string_equal(p.source, "Sở");
    assert_amounts(p, 8200, 8300, 8450);
}

static void by_names_as_people_write_them(void **state)
{
    (void)state;
    struct sheet_price p = one("ngay;hang;noi;gia\n22/11/2026;Lúa OM18;Cầu Kè;8.200 – 8.600\n");
    assert_int_equal(p.day, today);
    assert_string_equal(p.commodity->code, "LUA.OM18");
    assert_string_equal(p.place->code, "845");
    assert_string_equal(p.unit->code, "KG");
    assert_string_equal(p.basis, "farmgate");
    assert_amounts(p, 8200, 8400, 8600);
    p = one("day,commodity,place,price,unit,size\n1/11/2026,tom the,CAU NGANG,\"139,000\",kg,50\n");
    assert_string_equal(p.commodity->code, "TOM.THE");
    assert_string_equal(p.size, "50");
    assert_amounts(p, 139000, 139000, 139000);
}

/* Tân Hòa of the old map became one of the new. */
static void a_name_means_the_place_that_stood_on_that_day(void **state)
{
    (void)state;
    assert_string_equal(one("day,commodity,place,price\n2026-11-22,LUA,Tân Hòa,8000\n").place->code, "29371N");
    assert_string_equal(one("day,commodity,place,price\n2024-11-22,LUA,Tân Hòa,8000\n").place->code, "29371");
}

static void low_and_high_alone_are_a_price(void **state)
{
    (void)state;
    assert_amounts(one("day,commodity,place,low,high\n2026-11-22,LUA,84,8000,8500\n"), 8000, 8250, 8500);
}

/* So it stands in the same group as one by the kilo, whatever the row says of them. */
static void a_price_by_the_tonne_is_one_by_the_kilo(void **state)
{
    (void)state;
    static const char *const rows[] = {"8350000,TAN", "835000,TA", "83500,YEN", "8350,KG"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sheet_price p =
            one(arena_printf(arena, "day,commodity,place,price,unit\n2026-11-22,LUA,84,%s\n", rows[i]));
        assert_string_equal(p.unit->code, "KG");
        assert_amounts(p, 8350, 8350, 8350);
    }
    assert_amounts(one("day,commodity,place,low,high,unit\n2026-11-22,LUA,84,8000000,8001000,TAN\n"), 8000, 8000, 8001);
    struct sheet twice = read_as("day,commodity,place,price,unit\n2026-11-22,LUA,84,8350000,TAN\n"
                                 "2026-11-22,LUA,84,8400,KG\n",
                                 false);
    assert_int_equal(twice.n_problems, 1);
    assert_string_equal(twice.problems[0].text, "says a price of the same as line 2");
    struct sheet_price apart = one("day,commodity,place,price,unit\n2026-11-22,LUA,84,8350500,TAN\n");
    assert_string_equal(apart.unit->code, "TAN");
    assert_amounts(apart, 8350500, 8350500, 8350500);
}

/* In a column of its own, or among all. */
static void an_attribute_has_one_sign_between_name_and_value(void **state)
{
    (void)state;
    struct sheet sheet = read_as("day,commodity,place,price,attrs\n2026-11-22,LUA,84,8000,state=fr=sh\n", false);
    assert_int_equal(sheet.n_problems, 1);
    assert_string_equal(sheet.problems[0].text, "an attribute without ; and =");
}

/* What is wrong with the only row of these columns. */
static const char *problem(const char *row)
{
    struct sheet sheet = read_as(arena_printf(arena, "day,commodity,place,price,unit,basis,size\n%s\n", row), false);
    assert_int_equal(sheet.n_prices, 0);
    assert_int_equal(sheet.n_problems, 1);
    assert_int_equal(sheet.problems[0].line, 2);
    return sheet.problems[0].text;
}

static void what_is_not_clear_is_no_price(void **state)
{
    (void)state;
    static const struct {
        const char *row, *problem;
    } cases[] = {
        {"31/2/2026,LUA,84,8000,,,", "not a day: \"31/2/2026\""},
        {"22/11,LUA,84,8000,,,", "not a day: \"22/11\""},
        {"2026-11-23,LUA,84,8000,,,", "a day that has not come"},
        {"2026-11-22,blup,84,8000,,,", "unknown goods \"blup\""},
        {"2026-11-22,LUA,blup,8000,,,", "unknown place \"blup\""},
        {"2026-11-22,LUA,84,8000,blup,,", "unknown unit \"blup\""},
        {"2026-11-22,LUA,84,,,,", "no price"},
        {"2026-11-22,LUA,84,8.5,,,", "not an amount in whole đồng: \"8.5\""},
        {"2026-11-22,LUA,84,8500d,,,", "not an amount in whole đồng: \"8500d\""},
        {"2026-11-22,LUA,84,-8500,,,", "not an amount in whole đồng: \"-8500\""},
        {"2026-11-22,LUA,84,8600-8200,,,", "not an amount in whole đồng: \"8600-8200\""},
        {"2026-11-22,LUA,84,8000,,gate,", "basis is farmgate, trader_buy, factory, wholesale or retail, not \"gate\""},
        {"2026-11-22,LUA,84,80000,,,", "80000 đ is no price of LUA a KG: mend it, or say --force"},
        {"2026-11-22,LUA,84,8000,,,5;0", "an attribute without ; and ="},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(problem(cases[i].row), cases[i].problem);
}

static void a_name_of_several_is_asked_about(void **state)
{
    (void)state;
    assert_string_equal(problem("2026-11-22,LUA,Phường 1,8000,,,"), "\"Phường 1\" is 29239, 29512: write which");
}

static void every_wrong_row_is_named_by_its_line(void **state)
{
    (void)state;
    struct sheet sheet = read_as("day,commodity,place,price\n2026-11-22,LUA,84,8000\n\n2026-11-22,x1,84,8000\n"
                                 "2026-11-22,LUA,84,8100\n2026-11-22,LUA,845,8100\n2026-11-22,LUA,x2,8100\n",
                                 false);
    assert_int_equal(sheet.n_prices, 2);
    assert_int_equal(sheet.n_problems, 3);
    assert_int_equal(sheet.problems[0].line, 4);
    assert_int_equal(sheet.problems[1].line, 5);
    assert_string_equal(sheet.problems[1].text, "says a price of the same as line 2");
    assert_int_equal(sheet.problems[2].line, 7);
}

static void a_header_that_lacks_something(void **state)
{
    (void)state;
    struct sheet sheet = read_as("day,commodity,price\n2026-11-22,LUA,8000\n", false);
    assert_int_equal(sheet.n_problems, 1);
    assert_int_equal(sheet.problems[0].line, 1);
    assert_string_equal(sheet.problems[0].text, "there is no column \"place\"");
    assert_string_equal(read_as("day,commodity,place,low\n", false).problems[0].text, "there is no column \"price\"");
}

static void an_unlikely_price_is_taken_when_it_is_meant(void **state)
{
    (void)state;
    struct sheet sheet = read_as("day,commodity,place,price\n2026-11-22,LUA,84,80000\n", true);
    assert_int_equal(sheet.n_problems, 0);
    assert_int_equal(sheet.prices[0].price, 80000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_codes_as_prices_of_the_lexicon),
        cmocka_unit_test(by_names_as_people_write_them),
        cmocka_unit_test(a_name_means_the_place_that_stood_on_that_day),
        cmocka_unit_test(low_and_high_alone_are_a_price),
        cmocka_unit_test(a_price_by_the_tonne_is_one_by_the_kilo),
        cmocka_unit_test(an_attribute_has_one_sign_between_name_and_value),
        cmocka_unit_test(what_is_not_clear_is_no_price),
        cmocka_unit_test(a_name_of_several_is_asked_about),
        cmocka_unit_test(every_wrong_row_is_named_by_its_line),
        cmocka_unit_test(a_header_that_lacks_something),
        cmocka_unit_test(an_unlikely_price_is_taken_when_it_is_meant),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
