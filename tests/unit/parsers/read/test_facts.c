/* SPDX-License-Identifier: Apache-2.0
 *
 * Facts out of spans that have the shape of an amount: each maker is given the whole text. */
#include "parsers/read/amounts.h"

#include "tests/unit/parsers/read/read_fixture.h"

typedef size_t maker(struct text *t, size_t from, size_t to);

/* The text as it is before its facts are made. */
static struct text *tagged(const char *text)
{
    struct text *t = taken_to(TAGGED, text, ASK_NOTHING);
    t->facts_room = 4;
    t->facts = arena_calloc(arena, t->facts_room, sizeof *t->facts);
    return t;
}

/* "price 0-3 8500000 KG per scaled", its spans behind the kind, the ends of a range as "8000000-9000000"; "" = none. */
static const char *told(const struct text *t, const struct fact *f)
{
    if (t->n_facts == 0)
        return "";
    const char *low = f->low == f->high ? "" : arena_printf(arena, "%lld-", (long long)f->low);
    const char *amount = f->high ? arena_printf(arena, " %s%lld", low, (long long)f->high) : "";
    return arena_printf(arena, "%s %zu-%zu%s%s%s%s%s%s%s%s%s%s", kind_told(f->kind), f->from, f->to, amount,
                        f->unit ? " " : "", f->unit ? f->unit->code : "", f->per ? " per" : "", f->each ? " each" : "",
                        f->scaled ? " scaled" : "", f->marked ? " marked" : "", f->about ? " about" : "",
                        f->floor ? " floor" : "", f->ceiling ? " ceiling" : "");
}

struct want_fact {
    maker *make;
    const char *text, *told;
};

static void check_facts(const struct want_fact *wants, size_t n)
{
    size_t wrong = 0;
    for (size_t i = 0; i < n; i++) {
        struct text *t = tagged(wants[i].text);
        size_t end = wants[i].make(t, 0, t->n_spans);
        const char *got = told(t, &t->facts[0]);
        bool good = t->n_facts == 0 ? end == 0 : end == t->facts[0].to;
        if (strcmp(got, wants[i].told) == 0 && good)
            continue;
        wrong++;
        print_error("%s (%s): %s, not %s, to %zu\n", wants[i].text, t->tags, got, wants[i].told, end);
    }
    assert_int_equal(wrong, 0);
}

#define CHECK_FACTS(wants) check_facts(wants, sizeof(wants) / sizeof *(wants))

/* Thousandths of đồng, with the scale and its tail worked out. */
static void prices(void **state)
{
    (void)state;
    static const struct want_fact wants[] = {
        {make_price, "8k", "price 0-2 8000000 scaled"},
        {make_price, "8k5", "price 0-3 8500000 scaled"},
        {make_price, "8 ngan ruoi", "price 0-3 8500000 scaled"},
        {make_price, "8 ngan 5", "price 0-3 8500000 scaled"},
        {make_price, "1tr250", "price 0-3 1250000000 scaled"},
        {make_price, "1 trieu 350 ngan", "price 0-4 1350000000 scaled"},
        {make_price, "sau ngan bay tram", "price 0-3 6700000 scaled"},
        {make_price, "trieu hai", "price 0-2 1200000000 scaled"},
        {make_price, "8500d", "price 0-2 8500000 scaled"},
        {make_price, "900d", "price 0-2 900000"},
        {make_price, "8k50", "price 0-3 8500000 scaled"},
        {make_price, "8k05", "price 0-3 8050000 scaled"},
        {make_price, "8k5/kg", "price 0-5 8500000 KG per scaled"},
        {make_price, "8k kg", "price 0-3 8000000 KG scaled"},
        {make_price, "gia 8500", "price 0-2 8500000 marked"},
        {make_price, "moi con 2 trieu", "price 0-4 2000000000 CON per scaled"},
    };
    CHECK_FACTS(wants);
}

static void ranges_and_bounds(void **state)
{
    (void)state;
    static const struct want_fact wants[] = {
        {make_price, "8k-9k", "price 0-5 8000000-9000000 scaled"},
        {make_price, "8-9k", "price 0-4 8000000-9000000 scaled"},
        {make_price, "9-8k", "price 0-4 8000000-9000000 scaled"},
        {make_price, "ba bon ngan", "price 0-3 3000000-4000000 scaled"},
        {make_price, "tren 8k", "price 0-3 8000000 scaled about floor"},
        {make_price, "duoi 8k", "price 0-3 8000000 scaled ceiling"},
        {make_price, "khoang 8k", "price 0-3 8000000 scaled about"},
        {make_price, "8k tro len", "price 0-3 8000000 scaled floor"},
        {make_price, "8k tro xuong", "price 0-3 8000000 scaled ceiling"},
        {make_price, "tren 8-9k", "price 0-5 8000000-9000000 scaled about"}, /* of a range both ends are told */
        {make_quantity, "2-3 tan", "quantity 0-4 2000-3000 TAN"},
        {make_quantity, "2 tan tro len", "quantity 0-3 2000 TAN about floor"},
        {make_quantity, "hon 2 tan", "quantity 0-3 2000 TAN about floor"},
        {make_bare, "8-9", "bare 0-3 8000-9000"},
        {make_bare, "duoi 8500", "bare 0-2 8500000 ceiling"},
    };
    CHECK_FACTS(wants);
}

static void quantities(void **state)
{
    (void)state;
    static const struct want_fact wants[] = {
        {make_quantity, "2 tan", "quantity 0-2 2000 TAN"},
        {make_quantity, "2,5 tan", "quantity 0-2 2500 TAN"},
        {make_quantity, "2 tan ruoi", "quantity 0-3 2500 TAN"},
        {make_quantity, "2 tan 5", "quantity 0-3 2500 TAN"},
        {make_quantity, "2t5", "quantity 0-3 2500 TAN"},
        {make_quantity, "2 tan 500", "quantity 0-2 2000 TAN"},
        {make_quantity, "300 kg 7", "quantity 0-2 300000 KG"},
        {make_quantity, "1 kg", "quantity 0-2 1000 KG each"},
        {make_count, "50 con", "count 0-2 50000 CON"},
        {make_count, "1 con", "count 0-2 1000 CON each"},
        {make_half, "nua tan", "quantity 0-2 500 TAN"},
        {make_half, "tan ruoi", "quantity 0-2 1500 TAN"},
        {make_fraction, "1/2 tan", "quantity 0-4 500 TAN"},
        {make_fraction, "1/3 tan", "quantity 0-4 333 TAN"},
        {make_fraction, "1/0 tan", ""}, /* nothing is divided by nothing */
        {make_chuc, "chuc 14", "chuc 0-1 CHUC14"},
        {make_vague, "vai tan", "vague 0-2"},
    };
    CHECK_FACTS(wants);
}

/* More than there is money is no amount, and nothing overflows. */
static void no_amounts(void **state)
{
    (void)state;
    static const struct want_fact wants[] = {
        {make_price, "999999 trieu", "price 0-2 999999000000000 scaled"},
        {make_price, "9999999 trieu", ""},
        {make_price, "99999999 ty", ""},
        {make_count, "9999999 trieu con", ""},
    };
    CHECK_FACTS(wants);
}

static void sizes_and_grades(void **state)
{
    (void)state;
    static const struct want_fact wants[] = {
        {make_size, "size 50", "size 1-2"}, /* from its number on */
        {make_size, "30-40 con/kg", "size 0-4"},   {make_grade, "loai 1", "grade 1-2"},
        {make_grade, "loai 30", "size 1-2"},       {make_phone, "0912345678", "phone 0-1"},
        {make_phone, "0912 345 678", "phone 0-3"}, {make_phone, "0912 345", "bare 0-2"},
    };
    for (size_t i = 0; i < sizeof wants / sizeof *wants; i++) {
        struct text *t = tagged(wants[i].text);
        wants[i].make(t, 0, t->n_spans);
        assert_string_equal(told(t, &t->facts[0]), wants[i].told);
    }
}

/* A phone number takes no more figures than it has. */
static void the_end_of_a_phone_number(void **state)
{
    (void)state;
    struct text *t = tagged("0912 345 678 99");
    assert_int_equal(make_phone(t, 0, t->n_spans), 3);
}

/* So many make one kilo; of livestock they are so many heads. */
static void heads_or_a_size(void **state)
{
    (void)state;
    struct text *t = tagged("4 con 1 ky");
    assert_int_equal(make_heads_a_kilo(t, 0, 4), 4);
    assert_int_equal(t->facts[0].kind, FACT_SIZE);
    t = tagged("heo 4 con 1 ky");
    assert_int_equal(make_goods(t, 0, 1), 1);
    assert_int_equal(make_heads_a_kilo(t, 1, 5), 3);
    assert_int_equal(t->facts[1].kind, FACT_COUNT);
}

/* One of the unit and a part of it, in words: of a head it is a weight. */
static void a_unit_and_its_tail(void **state)
{
    (void)state;
    static const struct {
        const char *text, *told;
    } wants[] = {
        {"con ta hai", "weight 1-3 1200 TA"},
        {"con ta ruoi", "weight 1-3 1500 TA"},
        {"lua tan ruoi", "quantity 1-3 1500 TAN"},
    };
    for (size_t i = 0; i < sizeof wants / sizeof *wants; i++) {
        struct text *t = tagged(wants[i].text);
        assert_int_equal(make_half(t, 1, t->n_spans), t->n_spans);
        assert_string_equal(told(t, &t->facts[0]), wants[i].told);
    }
}

/* A name may say the state too. */
static void names(void **state)
{
    (void)state;
    struct text *t = tagged("lua tuoi");
    assert_int_equal(make_goods(t, 0, 1), 1);
    assert_int_equal(t->n_facts, 2);
    assert_string_equal(t->facts[0].commodity->code, "LUA");
    assert_int_equal(t->facts[1].kind, FACT_STATE);
    assert_string_equal(t->facts[1].keyword->meaning, "fresh");
    t = tagged("cau ke");
    assert_int_equal(make_place(t, 0, 1), 1);
    assert_int_equal(t->facts[0].kind, FACT_PLACE);
}

/* Where no room is left the last is written over, and the facts before it stay. */
static void no_room(void **state)
{
    (void)state;
    struct text *t = tagged("lua");
    for (size_t i = 0; i < t->facts_room + 3; i++)
        text_fact(t, FACT_BARE, i, i + 1);
    assert_int_equal(t->n_facts, t->facts_room);
    assert_int_equal(t->facts[0].from, 0);
    assert_int_equal(t->facts[t->facts_room - 2].from, t->facts_room - 2);
    assert_int_equal(t->facts[0].day, DAY_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prices),           cmocka_unit_test(ranges_and_bounds),
        cmocka_unit_test(quantities),       cmocka_unit_test(no_amounts),
        cmocka_unit_test(sizes_and_grades), cmocka_unit_test(the_end_of_a_phone_number),
        cmocka_unit_test(heads_or_a_size),  cmocka_unit_test(names),
        cmocka_unit_test(no_room),          cmocka_unit_test(a_unit_and_its_tail),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
