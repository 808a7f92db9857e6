/* SPDX-License-Identifier: Apache-2.0
 *
 * The nearest phrases, and how near the next of another meaning is. */
#include "parsers/lexicon/nearest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena *arena;
static struct phrases *phrases;
static const struct nearest *nearest;

static const struct commodity durian = {.code = "SR"}, mango = {.code = "XOAI"}, crab = {.code = "CUA"},
                              clam = {.code = "NGHEU"}, rice = {.code = "LUA.OM18"};
static const struct place old_district = {.code = "846", .name = {"Tiểu Cần"}},
                          town = {.code = "29341", .name = {"Tiểu Cần"}};

static void add_goods(const char *phrase, const struct commodity *commodity)
{
    phrases_add(phrases, slice_of(phrase), slice_of(""),
                (struct sense){.kind = SENSE_COMMODITY, .commodity = commodity});
}

static void add_place(const char *phrase, const struct place *place)
{
    phrases_add(phrases, slice_of(phrase), slice_of(""), (struct sense){.kind = SENSE_PLACE, .place = place});
}

static struct near find(const char *written)
{
    return nearest_find(nearest, slice_of(written), SLIPS_ALL, 9);
}

static void the_nearest_is_found(void **state)
{
    (void)state;
    struct near near = find("xau rien");
    assert_string_equal(near.text.at, "sau rieng");
    assert_ptr_equal(near.senses->commodity, &durian);
    assert_true(near.by_ear);
    assert_int_equal(find("sau rieng").cost, 0);
    assert_string_equal(find("saurieg").text.at, "saurieng");
    assert_false(find("saurieg").by_ear);
    assert_string_equal(find("sau riegn").text.at, "sau rieng");
    assert_string_equal(find("xaoi").text.at, "xoai");
}

static void far_things_are_not(void **state)
{
    (void)state;
    assert_int_equal(find("bup bap").text.n, 0);
    assert_int_equal(find("").text.n, 0);
    assert_int_equal(find("mot cau dai hon tat ca moi thu trong tu dien nay").text.n, 0);
}

static void numbers_are_not_kept(void **state)
{
    (void)state;
    assert_int_equal(find("om18").text.n, 0);
    assert_int_equal(find("om").text.n, 0);
}

/* cua and chua; aliases of one thing are no rivals. */
static void the_rival_has_another_meaning(void **state)
{
    (void)state;
    assert_int_equal(find("sau riengg").rival, SLIP_FAR);
    struct near between = find("nguu"); /* ngheu or ngau? */
    assert_true(between.text.n == 0 || between.rival <= between.cost + NEAREST_MARGIN);
    struct near clear = find("cuaa");
    assert_string_equal(clear.text.at, "cua");
    assert_true(clear.rival >= clear.cost + NEAREST_MARGIN_BY_EAR);
}

/* "tieu cang" is kept for the district, "tieu can" for the town of that name too: one name, so no rivals. */
static void places_of_one_name_are_one_meaning(void **state)
{
    (void)state;
    assert_string_equal(find("tieu cann").text.at, "tieu can");
    assert_string_equal(find("tiu cang").text.at, "tieu cang");
    assert_int_equal(find("tiu cang").rival, SLIP_FAR);
}

static int start(void **state)
{
    (void)state;
    arena = arena_new(1 << 14);
    phrases = phrases_new(arena);
    add_goods("sau rieng", &durian);
    add_goods("saurieng", &durian);
    add_goods("xoai", &mango);
    add_goods("cua", &crab);
    add_goods("ngheu", &clam);
    add_goods("om 18", &rice);
    add_place("tieu can", &old_district);
    add_place("tieu can", &town);
    add_place("tieu cang", &old_district);
    nearest = nearest_new(arena, arena, phrases);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_is_found),
        cmocka_unit_test(far_things_are_not),
        cmocka_unit_test(numbers_are_not_kept),
        cmocka_unit_test(the_rival_has_another_meaning),
        cmocka_unit_test(places_of_one_name_are_one_meaning),
    };
    return cmocka_run_group_tests(tests, start, end);
}
