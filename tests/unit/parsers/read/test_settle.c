/* SPDX-License-Identifier: Apache-2.0
 *
 * Which question a reading's slots raise, and what there is to choose from. */
#include "parsers/read/reading.h"

#include "tests/unit/parsers/read/read_fixture.h"

/* Slots by their codes; NULL and 0 are empty. */
struct slots {
    const char *goods;
    int64_t milli;
    const char *unit;
    int64_t low, high;
    const char *price_unit, *place;
    bool place_unclear, price_checked, quantity_checked;
};

#define SLOTS(goods_, milli_, unit_, low_, high_, price_unit_, ...)                                             \
    {                                                                                                           \
        .goods = goods_, .milli = milli_, .unit = unit_, .low = low_, .high = high_, .price_unit = price_unit_, \
        __VA_ARGS__                                                                                             \
    }

static struct read_item item_of(const struct slots *s)
{
    return (struct read_item){.commodity = s->goods ? lexicon_commodity(lexicon, s->goods) : NULL,
                              .has_quantity = s->milli || s->unit,
                              .quantity_milli = s->milli,
                              .unit = s->unit ? lexicon_unit(lexicon, s->unit) : NULL,
                              .price_low = s->low,
                              .price_high = s->high,
                              .price_unit = s->price_unit ? lexicon_unit(lexicon, s->price_unit) : NULL,
                              .place = s->place ? lexicon_place(lexicon, s->place) : NULL,
                              .place_unclear = s->place_unclear,
                              .price_checked = s->price_checked,
                              .quantity_checked = s->quantity_checked,
                              .ready = DAY_NONE};
}

static struct reading settled(enum intent intent, const struct slots *slots, size_t n)
{
    struct reading r = {.intent = intent, .outcome = READ_NONE, .ask = ASK_STOP, .n_choices = 3, .asked_item = 2};
    for (size_t i = 0; i < n; i++)
        r.items[r.n_items++] = item_of(&slots[i]);
    reading_settle(&context, &r);
    return r;
}

static void assert_asks(const struct reading *r, enum ask ask, size_t item)
{
    assert_string_equal(ask_name(r->ask), ask_name(ask));
    assert_int_equal(r->outcome, ask == ASK_NOTHING ? READ_SURE : READ_ASK);
    assert_int_equal(r->asked_item, item);
}

/* The first empty or implausible slot of an offer is asked for. */
static void one_slot_after_the_other(void **state)
{
    (void)state;
    static const struct {
        enum intent intent;
        struct slots slots;
        enum ask ask;
    } cases[] = {
        {INTENT_SELL, SLOTS("LUA.OM18", 2000, "TAN", 8500, 8500, "KG"), ASK_NOTHING},
        {INTENT_SELL, SLOTS(NULL, 2000, "TAN", 8500, 8500, "KG"), ASK_COMMODITY},
        {INTENT_SELL, SLOTS("LUA.OM18", 2000, NULL, 8500, 8500, "KG"), ASK_UNIT},
        {INTENT_SELL, SLOTS("LUA.OM18", 2000, "TAN", 8500, 8500, NULL), ASK_UNIT},
        {INTENT_SELL, SLOTS("LUA.OM18", 0, NULL, 8500, 8500, "KG"), ASK_QUANTITY},
        {INTENT_SELL, SLOTS("LUA.OM18", 0, "TAN", 8500, 8500, "KG"), ASK_QUANTITY}, /* nothing is no amount */
        {INTENT_SELL, SLOTS("LUA.OM18", 900000, "TAN", 8500, 8500, "KG"), ASK_QUANTITY_CHECK},
        {INTENT_SELL, SLOTS("LUA.OM18", 900000, "TAN", 8500, 8500, "KG", .quantity_checked = true), ASK_NOTHING},
        {INTENT_SELL, SLOTS("LUA.OM18", 2000, "TAN", 0, 0, NULL), ASK_PRICE},
        {INTENT_SELL, SLOTS("LUA.OM18", 2000, "TAN", 0, 0, NULL, .price_checked = true), ASK_NOTHING},
        {INTENT_SELL, SLOTS("LUA.OM18", 2000, "TAN", 85000, 85000, "KG"), ASK_PRICE_CHECK},
        {INTENT_SELL, SLOTS("LUA.OM18", 2000, "TAN", 85000, 85000, "KG", .price_checked = true), ASK_NOTHING},
        {INTENT_SELL, SLOTS("LUA.OM18", 2000, "TAN", 8500, 85000, "KG"), ASK_PRICE_CHECK},
        {INTENT_SELL, SLOTS("LUA.OM18", 2000, "TAN", 85, 0, "KG"), ASK_PRICE_CHECK},
        {INTENT_SELL, SLOTS("LUA.OM18", 2000, "TAN", 8500, 8500, "KG", .place_unclear = true), ASK_PLACE},
        {INTENT_SELL, SLOTS("LUA.OM18", 2000, "TAN", 8500, 8500, "KG", .place = "845", .place_unclear = true),
         ASK_NOTHING},
        {INTENT_BUY, SLOTS("LUA.OM18", 2000, "TAN", 0, 0, NULL), ASK_NOTHING},
        {INTENT_BUY, SLOTS("LUA.OM18", 0, NULL, 8500, 8500, "KG"), ASK_QUANTITY},
        {INTENT_REPORT_PRICE, SLOTS("LUA.OM18", 0, NULL, 8500, 8500, "KG"), ASK_NOTHING},
        {INTENT_REPORT_PRICE, SLOTS("LUA.OM18", 0, NULL, 0, 0, NULL, .price_checked = true), ASK_PRICE},
        {INTENT_PRICE, {.goods = NULL}, ASK_COMMODITY},
        {INTENT_PRICE, {.goods = "LUA"}, ASK_NOTHING},
        {INTENT_MATCH, {.goods = "LUA", .place_unclear = true}, ASK_PLACE},
        {INTENT_SEASON, {.goods = "LUA", .place = "845", .place_unclear = true}, ASK_NOTHING},
        {INTENT_WEATHER, {.goods = NULL}, ASK_NOTHING},
        {INTENT_PLACE, {.goods = "LUA"}, ASK_PLACE},
        {INTENT_PLACE, {.place = "845"}, ASK_NOTHING},
        {INTENT_EDIT, {.goods = "LUA"}, ASK_LISTING},
        {INTENT_CANCEL, {.goods = NULL}, ASK_NOTHING},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading r = settled(cases[i].intent, &cases[i].slots, 1);
        if (r.ask != cases[i].ask)
            fail_msg("case %zu: %s, not %s", i, ask_name(r.ask), ask_name(cases[i].ask));
        assert_asks(&r, cases[i].ask, 0);
    }
}

/* Its goods are the listing's, filled in by whoever knows them: until then nothing is implausible. */
static void what_is_said_of_a_listing(void **state)
{
    (void)state;
    static const struct {
        enum intent intent;
        struct slots slots;
        enum ask ask;
    } cases[] = {
        {INTENT_EDIT, SLOTS("LUA.OM18", 0, NULL, 8400, 8400, "KG"), ASK_NOTHING},
        {INTENT_EDIT, SLOTS("LUA.OM18", 0, NULL, 84, 84, "KG"), ASK_PRICE_CHECK},
        {INTENT_EDIT, SLOTS("LUA.OM18", 0, NULL, 84, 84, "KG", .price_checked = true), ASK_NOTHING},
        {INTENT_EDIT, SLOTS("LUA.OM18", 900000, "TAN", 0, 0, NULL), ASK_QUANTITY_CHECK},
        {INTENT_EDIT, SLOTS("LUA.OM18", 0, NULL, 0, 0, NULL, .place_unclear = true), ASK_PLACE},
        {INTENT_EDIT, SLOTS(NULL, 0, NULL, 84, 84, NULL), ASK_NOTHING},
        {INTENT_SOLD, SLOTS("LUA.OM18", 50, "KG", 8400, 8400, "KG"), ASK_NOTHING}, /* a part may be small */
        {INTENT_SOLD, SLOTS("LUA.OM18", 0, NULL, 84000, 84000, "KG"), ASK_PRICE_CHECK},
        {INTENT_RENEW, SLOTS("LUA.OM18", 900000, "TAN", 84, 84, "KG"), ASK_NOTHING},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading r = {
            .intent = cases[i].intent, .listing = "2", .n_items = 1, .items = {item_of(&cases[i].slots)}};
        reading_settle(&context, &r);
        assert_asks(&r, cases[i].ask, 0);
    }
}

/* What is not known of the writer's place is asked of offers only. */
static void where_it_is(void **state)
{
    (void)state;
    static const struct slots slots = SLOTS("LUA.OM18", 2000, "TAN", 8500, 8500, "KG");
    context.place_optional = false;
    struct reading offer = settled(INTENT_SELL, &slots, 1), report = settled(INTENT_REPORT_PRICE, &slots, 1);
    context.home = lexicon_place(lexicon, "845");
    struct reading at_home = settled(INTENT_SELL, &slots, 1);
    context.home = NULL;
    context.place_optional = true;
    assert_asks(&offer, ASK_PLACE, 0);
    assert_asks(&report, ASK_NOTHING, 0);
    assert_asks(&at_home, ASK_NOTHING, 0);
}

/* The first item that lacks something is the one asked about; a reading without items asks for goods. */
static void the_item_asked_about(void **state)
{
    (void)state;
    static const struct slots slots[] = {
        SLOTS("LUA.OM18", 2000, "TAN", 8500, 8500, "KG"), SLOTS("GAO", 0, NULL, 20000, 20000, "KG"), {.goods = NULL}};
    struct reading r = settled(INTENT_SELL, slots, 3), none = settled(INTENT_BUY, slots, 0);
    assert_asks(&r, ASK_QUANTITY, 1);
    assert_asks(&none, ASK_COMMODITY, 0);
    assert_int_equal(none.n_items, 1);
    struct reading nothing = settled(INTENT_NONE, slots, 0);
    assert_int_equal(nothing.outcome, READ_NONE);
    assert_int_equal(nothing.n_choices, 0);
}

/* A slip of the thousands or of a figure undone where that is plausible, then what was written. */
static void prices_to_choose_from(void **state)
{
    (void)state;
    static const struct {
        int64_t written, choices[READ_CHOICES_MAX];
    } cases[] = {
        {9, {9000, 9}},
        {85000, {8500, 85000}},
        {850, {8500, 850}},
        {85001, {85001}}, /* no whole dong */
        {8500000, {8500, 8500000}},
        {85, {8500, 85}},
        {7, {7000, 7}},
        {1, {1}},
        {123456789012, {123456789012}},
        {INT64_MAX, {INT64_MAX}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct slots slots = SLOTS("LUA.OM18", 2000, "TAN", cases[i].written, cases[i].written, "KG");
        struct reading r = settled(INTENT_SELL, &slots, 1);
        assert_asks(&r, ASK_PRICE_CHECK, 0);
        for (size_t k = 0; k < READ_CHOICES_MAX; k++)
            if ((k < r.n_choices ? r.choices[k].price : 0) != cases[i].choices[k])
                fail_msg("%lld: choice %zu is %lld", (long long)cases[i].written, k, (long long)r.choices[k].price);
    }
    struct slots ceiling = SLOTS("LUA.OM18", 2000, "TAN", 0, 85000, "KG");
    struct reading r = settled(INTENT_BUY, &ceiling, 1);
    assert_asks(&r, ASK_PRICE_CHECK, 0);
    assert_int_equal(r.choices[0].price, 8500);
}

static void quantities_to_choose_from(void **state)
{
    (void)state;
    struct slots slots = SLOTS("LUA.OM18", 2000000, "TAN", 8500, 8500, "KG");
    struct reading r = settled(INTENT_SELL, &slots, 1);
    assert_asks(&r, ASK_QUANTITY_CHECK, 0);
    assert_int_equal(r.n_choices, 4);
    assert_int_equal(r.choices[0].quantity_milli, 200000);
    assert_int_equal(r.choices[1].quantity_milli, 20000);
    assert_int_equal(r.choices[2].quantity_milli, 2000);
    assert_int_equal(r.choices[3].quantity_milli, 2000000);
    slots.milli = 900005; /* thousandths do not divide */
    r = settled(INTENT_SELL, &slots, 1);
    assert_int_equal(r.n_choices, 1);
    assert_int_equal(r.choices[0].quantity_milli, 900005);
}

/* Each unit stands once among the choices. */
static void units_to_choose_from(void **state)
{
    (void)state;
    struct slots slots = SLOTS("XOAI", 2000, NULL, 0, 0, NULL);
    struct reading r = settled(INTENT_BUY, &slots, 1);
    assert_asks(&r, ASK_UNIT, 0);
    assert_int_equal(r.n_choices, 1); /* sold and priced by the kilo */
    assert_string_equal(r.choices[0].unit->code, "KG");
    slots = (struct slots)SLOTS("LUA.OM18", 2000, NULL, 0, 0, NULL);
    r = settled(INTENT_BUY, &slots, 1);
    assert_int_equal(r.n_choices, 2);
    assert_string_equal(r.choices[1].unit->code, "TAN");
    slots = (struct slots)SLOTS("BUOI", 50000, "TRAI", 20000, 20000, NULL);
    r = settled(INTENT_SELL, &slots, 1);
    assert_asks(&r, ASK_UNIT, 0);
    assert_string_equal(r.choices[0].unit->code, "KG");
    assert_string_equal(r.choices[1].unit->code, "TRAI");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_slot_after_the_other),  cmocka_unit_test(where_it_is),
        cmocka_unit_test(what_is_said_of_a_listing), cmocka_unit_test(the_item_asked_about),
        cmocka_unit_test(prices_to_choose_from),     cmocka_unit_test(quantities_to_choose_from),
        cmocka_unit_test(units_to_choose_from),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
