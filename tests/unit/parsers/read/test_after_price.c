/* SPDX-License-Identifier: Apache-2.0
 *
 * What is said of the goods after their price: size and grade. */
#include "parsers/read/reading.h"

#include "tests/unit/parsers/read/read_fixture.h"

static void size_and_grade_after_the_price(void **state)
{
    (void)state;
    static const struct {
        const char *text, *size, *grade;
        int64_t price;
    } cases[] = {
        {"ban tom the 800 ky 130k size 50", "50", "", 130000},
        {"ban tom the 800 ky 130 ngan size 50", "50", "", 130000},
        {"ban tom the 800 ky gia 130 size 50", "50", "", 130000},
        {"ban xoai 4 tan 25000 loai 2", "", "2", 25000},
        {"ban xoai 4 tan 25k/kg loai 2", "", "2", 25000},
        {"ban xoai 4 tan loai 2 25k", "", "2", 25000},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading r = read_it(cases[i].text);
        const struct read_item *item = &r.items[0];
        if (r.outcome != READ_SURE || strcmp(item->size, cases[i].size) != 0 ||
            strcmp(item->grade, cases[i].grade) != 0 || item->price_low != cases[i].price)
            fail_msg("%s: size %s, grade %s, %ld", cases[i].text, item->size, item->grade, (long)item->price_low);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(size_and_grade_after_the_price)};
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
