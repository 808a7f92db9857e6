/* SPDX-License-Identifier: Apache-2.0
 *
 * Which number is an item's price, and what it is for: the item has its goods and its quantity already. */
#include "parsers/read/items.h"

#include "tests/unit/parsers/read/read_fixture.h"

struct priced {
    const char *text, *goods;
    int64_t milli; /* 0 = no quantity */
    const char *unit;
    const char *told; /* "8500-8500 KG"; "?" is a unit to be asked for */
};

static struct read_item priced(const struct priced *p, enum intent intent, const char *per)
{
    struct text *t = prepared(p->text);
    struct read_item item = {.commodity = p->goods ? lexicon_commodity(lexicon, p->goods) : NULL,
                             .has_quantity = p->milli > 0,
                             .quantity_milli = p->milli,
                             .unit = p->unit ? lexicon_unit(lexicon, p->unit) : NULL,
                             .ready = DAY_NONE};
    take_price(t, 0, t->n_spans, intent, per ? lexicon_unit(lexicon, per) : NULL, &item);
    return item;
}

static const char *told(const struct read_item *item)
{
    if (!item->price_low && !item->price_high)
        return "";
    return arena_printf(arena, "%lld-%lld %s", (long long)item->price_low, (long long)item->price_high,
                        item->price_unit ? item->price_unit->code : "?");
}

static void check(const struct priced *cases, size_t n)
{
    size_t wrong = 0;
    for (size_t i = 0; i < n; i++) {
        struct read_item item = priced(&cases[i], INTENT_SELL, NULL);
        const char *got = told(&item);
        if (strcmp(got, cases[i].told) == 0)
            continue;
        wrong++;
        print_error("%s: %s, not %s\n", cases[i].text, got, cases[i].told);
    }
    assert_int_equal(wrong, 0);
}

#define CHECK(cases) check(cases, sizeof(cases) / sizeof *(cases))

/* As said; else the unit whose plausible range it fits. */
static void what_it_is_for(void **state)
{
    (void)state;
    static const struct priced cases[] = {
        {"8500", "LUA.OM18", 2000, "TAN", "8500-8500 KG"},
        {"150k", "LUA.OM18", 50000, "GIA", "150000-150000 GIA"},
        {"8tr5", "LUA.OM18", 2000, "TAN", "8500000-8500000 TAN"},
        {"8k5/kg", "LUA.OM18", 50000, "GIA", "8500-8500 KG"},
        {"60k", "HEO", 10000, "CON", "60000-60000 KG"}, /* heads are sold by weight */
        {"5tr", "HEO", 10000, "CON", "5000000-5000000 CON"},
        {"100k", "DUA.KHO", 500000, "TRAI", "100000-100000 CHUC"},
        {"8k", "DUA.KHO", 500000, "TRAI", "8000-8000 TRAI"},
        {"25k", "DUA.KHO", 500000, "TRAI", "25000-25000 ?"}, /* a piece or a chục? */
        {"25k", "CAM.SANH", 50000, "TRAI", "25000-25000 ?"}, /* oranges have no price by the piece */
        {"85k", "LUA.OM18", 2000, "TAN", "85000-85000 KG"},  /* nothing fits: the usual unit */
        {"gia 25000", "BO", 2000, "CON", "25000-25000 KG"},  /* no thousands are missing */
        {"8k5", NULL, 2000, "TAN", "8500-8500 ?"},
    };
    CHECK(cases);
}

/* Thousands that were left out. */
static void thousands(void **state)
{
    (void)state;
    static const struct priced cases[] = {
        {"gia 8,5", "LUA.OM18", 2000, "TAN", "8500-8500 KG"},
        {"gia 62", "HEO", 10000, "CON", "62000-62000 KG"},
        {"gia 95", "TOM.GIONG", 100000000, "CON", "95-95 CON"}, /* fry costs so much */
        {"gia 8,5", NULL, 0, NULL, "8500-8500 ?"},              /* nothing costs half a dong */
        {"gia 62", NULL, 0, NULL, "62-62 ?"},
        {"gia 1100", "MIA", 2000, "TAN", "1100-1100 KG"},
    };
    CHECK(cases);
}

static void ranges_and_bounds(void **state)
{
    (void)state;
    static const struct priced cases[] = {
        {"8k-9k", "LUA.OM18", 2000, "TAN", "8000-9000 KG"},
        {"tren 8k", "LUA.OM18", 2000, "TAN", "8000-0 KG"},
        {"duoi 8k", "LUA.OM18", 2000, "TAN", "0-8000 KG"},
        {"8k tro xuong", "LUA.OM18", 2000, "TAN", "0-8000 KG"},
    };
    CHECK(cases);
}

/* Of several numbers the likeliest: with its unit or its word, then with its thousands, then a bare one. */
static void the_likeliest(void **state)
{
    (void)state;
    static const struct priced cases[] = {
        {"8200, gia 8500", "LUA.OM18", 2000, "TAN", "8500-8500 KG"},
        {"8200, 8k5", "LUA.OM18", 2000, "TAN", "8500-8500 KG"},
        {"8k2, 8k5/kg", "LUA.OM18", 2000, "TAN", "8500-8500 KG"},
        {"8200 8500", "LUA.OM18", 2000, "TAN", "8200-8200 KG"}, /* the first of two alike */
        {"tang 8500", "LUA.OM18", 2000, "TAN", ""},             /* how it moved */
        {"gia 0", "LUA.OM18", 2000, "TAN", ""},
        {"gia 0, 8500", "LUA.OM18", 2000, "TAN", "8500-8500 KG"},
        {"3", "LUA.OM18", 0, NULL, ""}, /* so little is no price */
    };
    CHECK(cases);
}

/* Who asks tells no price, and one left open is said so. */
static void no_price(void **state)
{
    (void)state;
    static const enum intent asking[] = {INTENT_PRICE, INTENT_SEASON, INTENT_WEATHER, INTENT_FORECAST};
    static const struct priced told_one = {"8k5", "LUA.OM18", 2000, "TAN", ""},
                               open = {"gia thoa thuan", "LUA.OM18", 2000, "TAN", ""};
    for (size_t i = 0; i < sizeof asking / sizeof *asking; i++)
        assert_int_equal(priced(&told_one, asking[i], NULL).price_high, 0);
    assert_int_equal(priced(&told_one, INTENT_REPORT_PRICE, NULL).price_high, 8500);
    assert_true(priced(&open, INTENT_SELL, NULL).price_checked);
    assert_true(priced(&open, INTENT_BUY, NULL).price_checked);
    assert_false(priced(&open, INTENT_REPORT_PRICE, NULL).price_checked);
    assert_false(priced(&told_one, INTENT_SELL, NULL).price_checked);
}

/* A unit said apart holds, in the form in which the goods are sold. */
static void a_unit_said_apart(void **state)
{
    (void)state;
    static const struct priced paddy = {"8tr5", "LUA.OM18", 0, NULL, ""}, nuts = {"100k", "DUA.KHO", 0, NULL, ""};
    assert_string_equal(priced(&paddy, INTENT_SELL, "TAN").price_unit->code, "TAN");
    assert_string_equal(priced(&nuts, INTENT_SELL, "CHUC").price_unit->code, "CHUC");
    assert_string_equal(priced(&paddy, INTENT_SELL, "KG").price_unit->code, "KG");
}

/* What looks like a price may be a number of fry or of pieces. */
static void numbers_of_fry(void **state)
{
    (void)state;
    static const struct priced fry = {"2 trieu con tom giong 95 dong", "TOM.GIONG", 0, NULL, ""},
                               nuts = {"5 ngan trai gia 9k", "DUA.KHO", 0, NULL, ""};
    struct read_item item = priced(&fry, INTENT_SELL, NULL);
    assert_int_equal(item.quantity_milli, 2000000000);
    assert_string_equal(item.unit->code, "CON");
    assert_string_equal(told(&item), "95-95 CON");
    item = priced(&nuts, INTENT_BUY, NULL);
    assert_int_equal(item.quantity_milli, 5000000);
    assert_string_equal(item.unit->code, "TRAI");
    assert_string_equal(told(&item), "9000-9000 TRAI");
}

/* A number left over right behind goods of sizes is their size; behind others it is nothing. */
static void a_bare_size(void **state)
{
    (void)state;
    static const struct priced sized = {"tom the 50 2 tan 130k", "TOM.THE", 2000, "TAN", ""},
                               apart = {"tom the 2 tan 130k, 50", "TOM.THE", 2000, "TAN", ""},
                               other = {"heo 50 gia 62k", "HEO", 10000, "CON", ""};
    assert_string_equal(priced(&sized, INTENT_SELL, NULL).size, "50");
    assert_string_equal(priced(&apart, INTENT_SELL, NULL).size, "");
    assert_string_equal(priced(&other, INTENT_SELL, NULL).size, "");
}

/* Only what stands between the spans is looked at. */
static void within_its_stretch(void **state)
{
    (void)state;
    struct text *t = prepared("8k5, 9k5");
    struct read_item item = {.commodity = lexicon_commodity(lexicon, "LUA.OM18"), .ready = DAY_NONE};
    take_price(t, 3, t->n_spans, INTENT_SELL, NULL, &item);
    assert_int_equal(item.price_low, 9500);
    assert_false(t->facts[0].taken);
    assert_true(t->facts[1].taken);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_it_is_for), cmocka_unit_test(thousands),   cmocka_unit_test(ranges_and_bounds),
        cmocka_unit_test(the_likeliest),  cmocka_unit_test(no_price),    cmocka_unit_test(a_unit_said_apart),
        cmocka_unit_test(numbers_of_fry), cmocka_unit_test(a_bare_size), cmocka_unit_test(within_its_stretch),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
