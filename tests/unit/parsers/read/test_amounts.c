/* SPDX-License-Identifier: Apache-2.0
 *
 * Which shape wins where several fit: the kinds of the facts with their words. */
#include "parsers/read/amounts.h"

#include "tests/unit/parsers/read/read_fixture.h"

/* "quantity 2 tan; price 8 k 5". */
static const char *told(const char *text)
{
    const char *all = "";
    struct text *t = taken_to(TAGGED, text, ASK_NOTHING);
    text_amounts(t);
    for (size_t i = 0; i < t->n_facts; i++) {
        const struct fact *f = &t->facts[i];
        all = arena_printf(arena, "%s%s%s %s", all, i ? "; " : "", kind_told(f->kind), words_told(t, f->from, f->to));
    }
    return all;
}

static void offers(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"", ""},
        {"ban lua om18 2 tan 8k5 cau ke", "goods lua om 18; quantity 2 tan; price 8 k 5; place cau ke"},
        {"2 tan 8500", "quantity 2 tan; bare 8500"},
        {"2 tan gia 8500", "quantity 2 tan; price gia 8500"},
        {"lua 2 tan 8k5/kg", "goods lua; quantity 2 tan; price 8 k 5 / kg"},
        {"10 con heo", "count 10 con; goods heo"},
        {"vai tan lua", "vague vai tan; goods lua"},
        {"nua tan lua", "quantity nua tan; goods lua"},
        {"lua kho loai 1", "goods lua kho; state lua kho; grade 1"},
    };
    CHECK_TOLD(told, wants);
}

/* What hangs together stays together, and what does not is left to the next. */
static void ends_of_prices(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"8k 2 tan", "price 8 k; quantity 2 tan"}, /* no tail: its own unit follows */
        {"8k 2", "price 8 k 2"},
        {"1tr250", "price 1 tr 250"},
        {"1 trieu 350 ngan", "price 1 trieu 350 ngan"},
        {"8-9k", "price 8 - 9 k"},
        {"ba bon ngan", "price ba bon ngan"},
        {"ba bon tan", "quantity ba bon tan"},
        {"moi con 2 trieu", "price moi con 2 trieu"},
        {"tren 8k tro len", "price tren 8 k tro len"},
    };
    CHECK_TOLD(told, wants);
}

/* A slash or a hyphen between small numbers is a day, before a unit a part or a range. */
static void days_and_parts(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"25/11", "day 25 / 11"},
        {"25/11/2026", "day 25 / 11 / 2026"},
        {"30/2", "day 30 / 2"},        /* no such day, and no amount either */
        {"45/20", "bare 45; bare 20"}, /* the shape of a date, but no date */
        {"1/2 tan", "quantity 1 / 2 tan"},
        {"2-3 tan", "quantity 2 - 3 tan"},
        {"25-28/11", "day 25 - 28 / 11"},
        {"ngay 25 thang 12", "day ngay 25 thang 12"},
        {"3 ngay nua", "day 3 ngay nua"},
        {"thu 7", "day thu 7"},
    };
    CHECK_TOLD(told, wants);
}

static void sizes_and_phones(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"tom the 50 con/kg", "goods tom the; size 50 con / kg"},
        {"size 50", "size 50"},
        {"chieu 1m6", "goods chieu; size 1 m 6"},
        {"0912345678", "phone 0912345678"},
        {"0912 345 678", "phone 0912 345 678"},
        {"heo 100kg/con", "goods heo; weight 100 kg / con"},
        {"dua kho chuc 14", "goods dua kho; chuc chuc 14"},
    };
    CHECK_TOLD(told, wants);
}

/* A text of many amounts gets as many facts as there is room for, and ends. */
static void no_more_than_there_is_room_for(void **state)
{
    (void)state;
    char text[2000] = "";
    for (size_t i = 0; i < 200; i++)
        memcpy(text + i * 6, "2 tan,", 7);
    struct text *t = taken_to(TAGGED, text, ASK_NOTHING);
    text_amounts(t);
    assert_int_equal(t->n_facts, FACTS_MAX);
    assert_true(t->facts[FACTS_MAX - 1].to <= t->n_spans);
    t = taken_to(TAGGED, "lua", ASK_NOTHING);
    text_amounts(t);
    assert_true(t->n_facts < t->facts_room); /* an answer adds one */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offers),
        cmocka_unit_test(ends_of_prices),
        cmocka_unit_test(days_and_parts),
        cmocka_unit_test(sizes_and_phones),
        cmocka_unit_test(no_more_than_there_is_room_for),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
