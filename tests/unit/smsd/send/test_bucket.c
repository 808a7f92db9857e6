/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "smsd/send/backoff.h"
#include "smsd/send/bucket.h"

#define SECOND 1000000LL

/* Tokens that go in ten seconds, asked for every step_us. */
static int64_t run(int rate, int tokens, int64_t step_us)
{
    struct bucket bucket;
    int64_t taken = 0;
    bucket_init(&bucket, rate, 0);
    for (int64_t now = 0; now < 10 * SECOND; now += step_us)
        while (bucket_take(&bucket, tokens, now))
            taken += tokens;
    return taken;
}

static void test_rate_within_two_percent(void **state)
{
    (void)state;
    static const int rates[] = {1, 3, 7, 20, 50, 333, 1000, 9999};
    static const int64_t steps[] = {97, 1000, 7919, 100000};
    for (size_t r = 0; r < sizeof rates / sizeof rates[0]; r++) {
        for (size_t s = 0; s < sizeof steps / sizeof steps[0]; s++) {
            int64_t expected = 10LL * rates[r];
            int64_t taken = run(rates[r], 1, steps[s]);
            int64_t slack = expected * 2 / 100 > 1 ? expected * 2 / 100 : 1;
            assert_in_range(taken, expected - slack, expected + slack);
        }
    }
    assert_in_range(run(20, 3, 1000), 196, 204); /* texts of three segments */
}

/* A text larger than a second's worth goes when the bucket is full, and what it overdrew is waited for. */
static void test_larger_than_the_bucket(void **state)
{
    (void)state;
    struct bucket bucket;
    bucket_init(&bucket, 2, 0);
    assert_false(bucket_take(&bucket, 10, SECOND / 4));
    assert_true(bucket_take(&bucket, 10, SECOND));
    const int64_t paid = SECOND + 9 * SECOND / 2; /* eight owed and one more, at two a second */
    assert_int_equal(bucket_wait_us(&bucket, 1, SECOND), paid - SECOND);
    assert_false(bucket_take(&bucket, 1, paid - 1));
    assert_true(bucket_take(&bucket, 1, paid));
}

static void test_wait_is_exact(void **state)
{
    (void)state;
    static const int rates[] = {1, 3, 7, 20, 9999};
    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        struct bucket bucket;
        bucket_init(&bucket, rates[i], 0);
        assert_int_equal(bucket_wait_us(&bucket, 1, 0), 0);
        assert_true(bucket_take(&bucket, 1, 0));
        int64_t wait = bucket_wait_us(&bucket, 1, 0);
        assert_true(wait > 0);
        assert_false(bucket_take(&bucket, 1, wait - 1));
        assert_true(bucket_take(&bucket, 1, wait));
    }
}

static void test_idle_saves_one_second_at_most(void **state)
{
    (void)state;
    struct bucket bucket;
    int taken = 0;
    bucket_init(&bucket, 20, 0);
    while (bucket_take(&bucket, 1, 3600 * SECOND))
        taken++;
    assert_int_equal(taken, 20);
    assert_int_equal(bucket_wait_us(&bucket, 1, INT64_MAX / 2), 0); /* no overflow after a long sleep */
}

static void test_tokens_are_those_that_go(void **state)
{
    (void)state;
    struct bucket bucket;
    bucket_init(&bucket, 20, 0);
    assert_int_equal(bucket_tokens(&bucket, 0), 1);
    assert_int_equal(bucket_tokens(&bucket, SECOND / 20 - 1), 1);
    assert_int_equal(bucket_tokens(&bucket, SECOND / 20), 2);
    assert_int_equal(bucket_tokens(&bucket, 3600 * SECOND), 20);
    assert_true(bucket_take(&bucket, 30, 3600 * SECOND));
    assert_int_equal(bucket_tokens(&bucket, 3600 * SECOND), 0);
}

static void test_clock_set_back(void **state)
{
    (void)state;
    struct bucket bucket;
    bucket_init(&bucket, 10, 100 * SECOND);
    assert_true(bucket_take(&bucket, 1, 100 * SECOND));
    assert_false(bucket_take(&bucket, 1, 50 * SECOND));
    assert_true(bucket_take(&bucket, 1, 51 * SECOND));
}

static void test_other_rate(void **state)
{
    (void)state;
    struct bucket bucket;
    int taken = 0;
    bucket_init(&bucket, 100, 0);
    bucket_set_rate(&bucket, 5, 10 * SECOND);
    while (bucket_take(&bucket, 1, 10 * SECOND))
        taken++;
    assert_int_equal(taken, 5);
    assert_int_equal(bucket_wait_us(&bucket, 1, 10 * SECOND), SECOND / 5);
}

static void test_backoff_doubles_to_its_max(void **state)
{
    (void)state;
    const struct backoff policy = {"test", 1000, 10000};
    static const struct {
        int attempts;
        int64_t low, high;
    } cases[] = {{0, 500, 1000},  {1, 500, 1000},   {2, 1000, 2000},       {3, 2000, 4000},
                 {4, 4000, 8000}, {5, 5000, 10000}, {1000000, 5000, 10000}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(backoff_us(&policy, cases[i].attempts, 0), cases[i].low);
        assert_int_equal(backoff_us(&policy, cases[i].attempts, (uint64_t)cases[i].high - (uint64_t)cases[i].low),
                         cases[i].high);
        assert_in_range(backoff_us(&policy, cases[i].attempts, UINT64_MAX), cases[i].low, cases[i].high);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rate_within_two_percent),
        cmocka_unit_test(test_larger_than_the_bucket),
        cmocka_unit_test(test_wait_is_exact),
        cmocka_unit_test(test_idle_saves_one_second_at_most),
        cmocka_unit_test(test_tokens_are_those_that_go),
        cmocka_unit_test(test_clock_set_back),
        cmocka_unit_test(test_other_rate),
        cmocka_unit_test(test_backoff_doubles_to_its_max),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
