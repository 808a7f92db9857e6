/* SPDX-License-Identifier: Apache-2.0
 *
 * Days as people name them: the day that is meant, seen from several days. Those of one day stand in
 * tests/corpus/numbers.tsv. */
#include "parsers/read/reading.h"

#include <stdlib.h>

#include "tests/unit/parsers/read/read_fixture.h"

#define OFFER "ban lua om18 2 tan 8500 "

static const struct {
    const char *today, *text, *ready; /* "" = none */
} cases[] = {
    /* so many days from now, the word before, after, or both; an amount before it is no end of a range */
    {"2026-11-22", OFFER "sau 12 ngay", "2026-12-04"},
    {"2026-11-22", OFFER "sau 2 tuan nua", "2026-12-06"},
    {"2026-11-22", "ban xoai 3 tan 22 ngan qua 4 ngay nua", "2026-11-26"},
    {"2026-11-22", OFFER "qua 2 tuan nua", "2026-12-06"},
    /* no such day */
    {"2026-11-22", OFFER "ngay 30/2", ""},
    {"2026-11-22", OFFER "31/6", ""},
    {"2026-11-22", OFFER "ngay 31 thang 9", ""},
    {"2026-11-22", OFFER "ngay 31 thang nay", ""},
    {"2026-11-22", OFFER "ngay 31", "2026-12-31"},
    /* what is past this year is of the next */
    {"2026-12-01", OFFER "25/11", "2027-11-25"},
    {"2026-11-25", OFFER "25/11", "2026-11-25"},
    {"2026-11-26", OFFER "ngay 25", "2026-12-25"},
    {"2026-12-31", OFFER "ngay 1", "2027-01-01"},
    {"2026-01-31", OFFER "ngay 31", "2026-01-31"},
    {"2026-02-01", OFFER "ngay 30", "2026-03-30"},
    {"2026-02-01", OFFER "ngay 29/2", "2028-02-29"},
    {"2097-01-01", OFFER "ngay 29/2", "2104-02-29"},
    {"2026-12-20", OFFER "dau thang 1", "2027-01-05"},
    /* but a report tells what has been */
    {"2026-11-22", "bao gia lua om18 cau ke 8300 hom qua", "2026-11-21"},
    {"2026-11-22", "bao gia lua om18 cau ke 8300 ngay 20/11", "2026-11-20"},
    {"2026-11-22", "bao gia lua om18 cau ke 8300 ngay 20", "2026-11-20"},
    {"2026-01-02", "bao gia lua om18 cau ke 8300 ngay 30/12", "2025-12-30"},
    {"2026-11-25", "bao gia lua om18 cau ke 8300 thu 2", "2026-11-23"},
    /* months and weeks at their ends */
    {"2026-01-31", OFFER "thang sau", "2026-02-28"},
    {"2026-01-31", OFFER "1 thang nua", "2026-02-28"},
    {"2026-12-10", OFFER "cuoi thang sau", "2027-01-31"},
    {"2026-12-03", OFFER "dau thang sau", "2027-01-05"},
    {"2026-12-03", OFFER "dau thang", "2026-12-05"},
    {"2026-11-28", OFFER "thu 7", "2026-11-28"},
    {"2026-11-27", OFFER "thu 7 tuan sau", "2026-12-05"},
    {"2026-11-25", OFFER "chu nhat tuan toi", "2026-12-06"},
    {"2026-11-25", OFFER "cuoi tuan sau", "2026-12-05"},
    {"2026-11-25", OFFER "tuan sau", "2026-12-06"},
    /* the lunar calendar */
    {"2026-11-22", OFFER "ram", "2026-11-23"},
    {"2026-11-24", OFFER "ram", "2026-12-23"},
    {"2026-11-24", OFFER "ram thang sau", "2026-12-23"},
    {"2026-11-22", OFFER "mung 1 am", "2026-12-09"},
    {"2026-11-22", OFFER "30 tet", "2027-02-05"},
    {"2025-12-01", OFFER "30 tet", "2026-02-16"},
    {"2023-12-01", OFFER "30 tet", "2024-02-09"},
    {"2026-11-22", OFFER "23 thang chap", "2027-01-30"},
    {"2026-11-22", OFFER "mung 5 thang 5", "2027-06-09"},
    {"2025-01-01", OFFER "ram thang 7", "2025-09-06"},
    {"2025-07-20", OFFER "mung 1 thang 6 al", "2025-07-25"},
    {"2026-02-01", OFFER "truoc tet", "2026-02-16"},
    {"2026-02-01", OFFER "sau tet", "2026-02-20"},
    {"2026-02-18", OFFER "tet", "2027-02-06"},
    {"2026-11-22", OFFER "15/1/2027 al", "2027-02-20"},
    {"2026-11-22", OFFER "khoang ram thang 11", "2026-12-23"},
    /* from a day to another: the first */
    {"2026-11-22", OFFER "tu 25/11 den 5/12", "2026-11-25"},
    {"2026-11-22", OFFER "25-28/11", "2026-11-25"},
    {"2026-11-22", OFFER "5-7/12", "2026-12-05"},
    {"2026-11-22", OFFER "ngay 25 toi 28", "2026-11-25"},
    {"2026-11-22", OFFER "tu ngay 25 den 28/11", "2026-11-25"},
    /* festivals of the Khmer, whose full moon is one month earlier after a Vietnamese leap month */
    {"2017-10-01", OFFER "ok om bok", "2017-11-03"},
    {"2020-10-01", OFFER "ok om bok", "2020-10-31"},
    {"2023-10-01", OFFER "ok om bok", "2023-11-27"},
    {"2026-12-01", OFFER "ok om bok", "2027-11-12"},
    {"2026-11-22", OFFER "chol chnam thmay", "2027-04-14"},
    {"2026-11-22", OFFER "sene dolta", ""},
    /* no dates */
    {"2026-11-22", "ban lua om18 2 tan gia 8.5", ""},
    {"2026-11-22", "ban tom the 50 con 2 tan gia 110-120k", ""},
    {"2026-11-22", "ban 1/2 tan lua om18 8500", ""},
    {"2026-11-22", OFFER "vai bua nua", ""},
    {"2026-11-22", OFFER "30/2", ""},
};

static const char *ready_of(const char *today, const char *text)
{
    struct read_context then = {.place_optional = true};
    struct reading r;
    char *day = arena_alloc(arena, 11);
    *day = '\0';
    assert_true(day_parse_iso(today, &then.today));
    read_text(reader, &then, arena, slice_of(text), &r);
    if (r.n_items == 1 && r.items[0].ready != DAY_NONE)
        day_format_iso(r.items[0].ready, day);
    return day;
}

static void every_day(void **state)
{
    (void)state;
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *got = ready_of(cases[i].today, cases[i].text);
        if (strcmp(got, cases[i].ready) == 0)
            continue;
        wrong++;
        print_error("on %s %s: want %s, got %s\n", cases[i].today, cases[i].text, cases[i].ready, got);
    }
    assert_int_equal(wrong, 0);
}

/* A date takes nothing of the amounts beside it. */
static void amounts_stay(void **state)
{
    (void)state;
    static const char *const dates[] = {
        "25/11",  "ngay 25-11",  "ram thang 12",  "cuoi thang 12", "30 tet", "thu 7 tuan sau",
        "mung 3", "10 ngay nua", "ngay 25.11",    "23 chap",       "dec 5",  "25 thang 12 nam 2026",
        "15 al",  "thang chap",  "dau thang sau", "5th december",  "mai",    "trong 3 ngay nua"};
    for (size_t i = 0; i < 2 * sizeof dates / sizeof *dates; i++) {
        const char *date = dates[i / 2];
        const char *text = i % 2 ? arena_printf(arena, "%s ban lua om18 2 tan gia 8500", date)
                                 : arena_printf(arena, "ban lua om18 %s 2 tan gia 8500", date);
        struct reading r;
        read_text(reader, &context, arena, slice_of(text), &r);
        bool right = r.outcome == READ_SURE && r.n_items == 1 && r.items[0].quantity_milli == 2000 &&
                     r.items[0].price_low == 8500 && r.items[0].price_high == 8500 && r.items[0].ready != DAY_NONE;
        if (!right)
            print_error("%s\n", text);
        assert_true(right);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_day), cmocka_unit_test(amounts_stay)};
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
