/* SPDX-License-Identifier: Apache-2.0
 *
 * What must hold of the table of screens, and that each fault in it is found.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "smsd/ussd/screens.h"

static struct arena *arena;
static struct screen rows[SCREEN_COUNT];

static int setup(void **state)
{
    (void)state;
    arena = arena_new(1024);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

/* A table of the test's own, to be made wrong. */
static int copy(void **state)
{
    (void)state;
    memcpy(rows, screens_all().rows, sizeof rows);
    return 0;
}

static void assert_wrong(const char *part)
{
    const char *wrong = screens_wrong((struct screens){rows, SCREEN_COUNT}, arena);
    if (!wrong || !strstr(wrong, part))
        fail_msg("\"%s\" is not in \"%s\"", part, wrong ? wrong : "nothing is wrong");
}

static void the_table_is_sound(void **state)
{
    (void)state;
    const char *wrong = screens_wrong(screens_all(), arena);
    if (wrong)
        fail_msg("%s", wrong);
}

static void a_screen_that_nothing_leads_to_is_found(void **state)
{
    (void)state;
    rows[SCREEN_PRICE].parent = SCREEN_PRICE_TOLD; /* the two go round */
    assert_wrong("price is not reached from main");
    copy(NULL);
    rows[SCREEN_PRICE].parent = SCREEN_PRICE;
    assert_wrong("price is not reached from main");
    copy(NULL);
    rows[SCREEN_HELP].parent = SCREEN_RESUME;
    assert_wrong("help is not reached from main");
}

static void a_parent_that_leads_elsewhere_is_found(void **state)
{
    (void)state;
    rows[SCREEN_SELL_QUANTITY].next = SCREEN_BUY_PRICE;
    assert_wrong("sell.much leads to buy.price, whose parent is buy.much");
}

static void an_answer_with_children_is_found(void **state)
{
    (void)state;
    rows[SCREEN_HELP].parent = SCREEN_WEATHER;
    assert_wrong("weather is an answer, and the parent of others");
}

static void a_menu_with_too_many_choices_is_found(void **state)
{
    (void)state;
    rows[SCREEN_HELP].parent = SCREEN_MAIN;
    assert_wrong("the menu main has 8 choices");
}

static void an_empty_menu_is_found(void **state)
{
    (void)state;
    for (enum screen_id id = 0; id < SCREEN_COUNT; id++)
        if (rows[id].parent == SCREEN_FORECAST)
            rows[id].parent = SCREEN_MORE;
    assert_wrong("the menu");
}

static void a_name_given_twice_is_found(void **state)
{
    (void)state;
    rows[SCREEN_HELP].name = "main";
    assert_wrong("two screens are called main");
}

static void a_name_that_no_session_can_keep_is_found(void **state)
{
    (void)state;
    rows[SCREEN_HELP].name = "help.of.the.officers";
    assert_wrong("has no name, or one that is too long");
}

static void a_branch_that_does_nothing_is_found(void **state)
{
    (void)state;
    rows[SCREEN_PRICE_TOLD].intent = INTENT_NONE;
    assert_wrong("price leads to no answer");
    copy(NULL);
    rows[SCREEN_PRICE_TOLD].does = USSD_SHOWS;
    assert_wrong("price.told is an answer, and neither tells nor acts");
    copy(NULL);
    rows[SCREEN_PRICE].slot = SLOT_NONE;
    assert_wrong("price fills nothing");
}

static void a_way_longer_than_a_session_keeps_is_found(void **state)
{
    (void)state;
    rows[SCREEN_SELL].parent = SCREEN_FORECAST;
    assert_wrong("screens from main, more than a session keeps");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_is_sound),
        cmocka_unit_test_setup(a_screen_that_nothing_leads_to_is_found, copy),
        cmocka_unit_test_setup(a_parent_that_leads_elsewhere_is_found, copy),
        cmocka_unit_test_setup(an_answer_with_children_is_found, copy),
        cmocka_unit_test_setup(a_menu_with_too_many_choices_is_found, copy),
        cmocka_unit_test_setup(an_empty_menu_is_found, copy),
        cmocka_unit_test_setup(a_name_given_twice_is_found, copy),
        cmocka_unit_test_setup(a_name_that_no_session_can_keep_is_found, copy),
        cmocka_unit_test_setup(a_branch_that_does_nothing_is_found, copy),
        cmocka_unit_test_setup(a_way_longer_than_a_session_keeps_is_found, copy),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
