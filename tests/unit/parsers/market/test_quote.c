/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/market/quote.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const struct unit kg = {.code = "KG", .base = "KG", .factor_milli = 1000};
static const struct unit tonne = {.code = "TAN", .base = "KG", .factor_milli = 1000000};
static const struct unit gia = {.code = "GIA", .base = "KG", .factor_milli = 20000, .ambiguous = true};
static const struct unit ta = {.code = "TA", .base = "KG", .factor_milli = 100000, .ambiguous = true};
static const struct unit ta60 = {.code = "TA60", .base = "KG", .factor_milli = 60000, .ambiguous = true};
static const struct unit yen = {.code = "YEN", .base = "KG", .factor_milli = 10000, .ambiguous = true};
static const struct unit trai = {.code = "TRAI", .base = "PIECE", .factor_milli = 1000};
static const struct unit thung = {.code = "THUNG", .base = "THUNG"};
static const struct commodity by_kilo = {.price_unit = &kg}, by_gia = {.price_unit = &gia},
                              by_ta60 = {.price_unit = &ta60}, by_none = {.price_unit = NULL};

static void assert_quote(const struct commodity *goods, struct quote from, const struct unit *unit, int64_t low,
                         int64_t high)
{
    struct quote quote = quote_usual(goods, from);
    assert_ptr_equal(quote.unit, unit);
    assert_int_equal(quote.low, low);
    assert_int_equal(quote.high, high);
}

static void a_price_of_a_tonne_is_told_by_the_kilo(void **state)
{
    (void)state;
    assert_quote(&by_kilo, (struct quote){&tonne, 8350000, 8500000}, &kg, 8350, 8500);
    assert_quote(&by_kilo, (struct quote){&kg, 8350, 8500}, &kg, 8350, 8500);
    assert_quote(&by_kilo, (struct quote){&ta, 835000, 850000}, &kg, 8350, 8500);
    assert_quote(&by_kilo, (struct quote){&yen, 83500, 85000}, &kg, 8350, 8500);
}

static void what_is_no_whole_dong_stays(void **state)
{
    (void)state;
    assert_quote(&by_kilo, (struct quote){&tonne, 8350000, 8350500}, &tonne, 8350000, 8350500);
    assert_quote(&by_kilo, (struct quote){&tonne, 8350499, 8400000}, &tonne, 8350499, 8400000);
}

static void what_is_not_the_same_for_all_stays(void **state)
{
    (void)state;
    assert_quote(&by_kilo, (struct quote){&gia, 170000, 170000}, &gia, 170000, 170000);
    assert_quote(&by_gia, (struct quote){&kg, 8500, 8500}, &kg, 8500, 8500);
    assert_quote(&by_kilo, (struct quote){&trai, 5000, 5000}, &trai, 5000, 5000);
    assert_quote(&by_kilo, (struct quote){&thung, 5000, 5000}, &thung, 5000, 5000);
    assert_quote(&by_kilo, (struct quote){&ta60, 600000, 600000}, &ta60, 600000, 600000);
    assert_quote(&by_ta60, (struct quote){&ta, 600000, 600000}, &ta, 600000, 600000);
    assert_quote(&by_none, (struct quote){&kg, 8500, 8500}, &kg, 8500, 8500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_price_of_a_tonne_is_told_by_the_kilo),
        cmocka_unit_test(what_is_no_whole_dong_stays),
        cmocka_unit_test(what_is_not_the_same_for_all_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
