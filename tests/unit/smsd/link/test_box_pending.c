/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include "smsd/link/box_pending.h"

#include <cmocka.h>

static struct box_pending *pending;

static int setup(void **state)
{
    (void)state;
    pending = box_pending_new();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    box_pending_free(&pending);
    return 0;
}

/* Ids that share a bucket when their numbers differ by 1,024. */
static const unsigned char *uuid_of(int number)
{
    static unsigned char uuid[16];
    memset(uuid, 0, sizeof uuid);
    uuid[0] = (unsigned char)(number >> 8);
    uuid[1] = (unsigned char)number;
    return uuid;
}

static void add(int number, int64_t deadline_us)
{
    box_pending_add(pending, uuid_of(number), &(struct box_mt){.id = number, .segments = 2}, deadline_us);
}

static void assert_taken(int number)
{
    struct box_mt mt;
    assert_true(box_pending_take(pending, uuid_of(number), &mt));
    assert_int_equal(mt.id, number);
    assert_int_equal(mt.segments, 2);
}

static void each_is_taken_once(void **state)
{
    (void)state;
    struct box_mt mt;
    add(7, 10);
    add(7 + 1024, 20);
    add(7 + 2048, 30);
    assert_int_equal(box_pending_count(pending), 3);
    assert_taken(7 + 1024);
    assert_false(box_pending_take(pending, uuid_of(7 + 1024), &mt));
    assert_false(box_pending_take(pending, uuid_of(8), &mt));
    assert_taken(7);
    assert_taken(7 + 2048);
    assert_int_equal(box_pending_count(pending), 0);
}

static void the_oldest_runs_out_first(void **state)
{
    (void)state;
    struct box_mt mt;
    assert_int_equal(box_pending_deadline(pending), INT64_MAX);
    assert_false(box_pending_expire(pending, INT64_MAX, &mt));
    add(1, 10);
    add(2, 20);
    add(3, 20);
    assert_taken(1);
    assert_int_equal(box_pending_deadline(pending), 20);
    assert_false(box_pending_expire(pending, 19, &mt));
    assert_true(box_pending_expire(pending, 20, &mt));
    assert_int_equal(mt.id, 2);
    assert_true(box_pending_expire(pending, INT64_MAX, &mt));
    assert_int_equal(mt.id, 3);
    assert_false(box_pending_expire(pending, INT64_MAX, &mt));
}

static void many_in_any_order(void **state)
{
    (void)state;
    for (int i = 0; i < 5000; i++)
        add(i, i);
    for (int i = 4999; i >= 0; i -= 2)
        assert_taken(i);
    for (int i = 0; i < 5000; i += 2) {
        struct box_mt mt;
        assert_true(box_pending_expire(pending, i, &mt));
        assert_int_equal(mt.id, i);
    }
    assert_int_equal(box_pending_count(pending), 0);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_is_taken_once, setup, teardown),
        cmocka_unit_test_setup_teardown(the_oldest_runs_out_first, setup, teardown),
        cmocka_unit_test_setup_teardown(many_in_any_order, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
