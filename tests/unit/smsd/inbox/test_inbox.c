/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/inbox/inbox.h"

#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

static struct envelope text_from(const char *msisdn, enum channel channel)
{
    return (struct envelope){.kind = ENVELOPE_MO, .mo = {.msisdn = msisdn, .channel = channel}};
}

static void a_batch_holds_one_text_a_person_in_order(void **state)
{
    (void)state;
    struct inbox *inbox = inbox_new(1, 10);
    struct envelope a1 = text_from("84911111111", CHANNEL_SMS), a2 = a1, b1 = text_from("84922222222", CHANNEL_SMS);
    assert_true(inbox_put(inbox, &a1) && inbox_put(inbox, &a2) && inbox_put(inbox, &b1));
    struct envelope *taken[10];
    assert_int_equal(inbox_take(inbox, 0, taken, 10), 2);
    assert_ptr_equal(taken[0], &a1);
    assert_ptr_equal(taken[1], &b1);
    assert_int_equal(inbox_waiting(inbox), 1);
    assert_int_equal(inbox_take(inbox, 0, taken, 10), 1);
    assert_ptr_equal(taken[0], &a2);
    inbox_free(&inbox);
}

static void the_end_of_a_queue_survives_taking_from_its_middle(void **state)
{
    (void)state;
    struct inbox *inbox = inbox_new(1, 10);
    struct envelope a1 = text_from("84911111111", CHANNEL_SMS), a2 = a1, b1 = text_from("84922222222", CHANNEL_SMS);
    struct envelope c1 = text_from("84933333333", CHANNEL_SMS);
    inbox_put(inbox, &a1);
    inbox_put(inbox, &a2);
    inbox_put(inbox, &b1);
    struct envelope *taken[10];
    assert_int_equal(inbox_take(inbox, 0, taken, 10), 2);
    inbox_put(inbox, &c1);
    assert_int_equal(inbox_take(inbox, 0, taken, 10), 2);
    assert_ptr_equal(taken[0], &a2);
    assert_ptr_equal(taken[1], &c1);
    inbox_free(&inbox);
}

static void ussd_goes_before_sms(void **state)
{
    (void)state;
    struct inbox *inbox = inbox_new(1, 10);
    struct envelope sms = text_from("84911111111", CHANNEL_SMS), ussd = text_from("84922222222", CHANNEL_USSD);
    inbox_put(inbox, &sms);
    inbox_put(inbox, &ussd);
    struct envelope *taken[10];
    assert_int_equal(inbox_take(inbox, 0, taken, 1), 1);
    assert_ptr_equal(taken[0], &ussd);
    inbox_take(inbox, 0, taken, 1);
    inbox_free(&inbox);
}

static void a_full_shard_refuses_and_a_closed_inbox_drains(void **state)
{
    (void)state;
    struct inbox *inbox = inbox_new(1, 2);
    struct envelope e[3] = {text_from("84911111111", CHANNEL_SMS), text_from("84922222222", CHANNEL_SMS),
                            text_from("84933333333", CHANNEL_SMS)};
    assert_true(inbox_put(inbox, &e[0]));
    assert_true(inbox_put(inbox, &e[1]));
    assert_false(inbox_put(inbox, &e[2]));
    inbox_close(inbox);
    struct envelope *taken[10];
    assert_int_equal(inbox_take(inbox, 0, taken, 10), 2);
    assert_int_equal(inbox_take(inbox, 0, taken, 10), 0);
    assert_false(inbox_put(inbox, &e[2]));
    inbox_free(&inbox);
}

static void keypresses_have_room_behind_a_full_shard_of_texts(void **state)
{
    (void)state;
    struct inbox *inbox = inbox_new(1, 8);
    struct envelope sms[9], ussd[3], *taken[16];
    for (size_t i = 0; i < 9; i++) {
        sms[i] = text_from("84911111111", CHANNEL_SMS);
        assert_int_equal(inbox_put(inbox, &sms[i]), i < 8);
    }
    for (size_t i = 0; i < 3; i++) {
        ussd[i] = text_from("84922222222", CHANNEL_USSD);
        assert_int_equal(inbox_put(inbox, &ussd[i]), i < 2);
    }
    while (inbox_waiting(inbox))
        inbox_take(inbox, 0, taken, 16);
    inbox_free(&inbox);
}

/* Four threads put, four take; nothing is lost, nobody is taken twice, each person stays on one shard. */
enum { PUTTERS = 4, EACH = 5000, SHARDS = 4 };
static struct envelope pool[PUTTERS][EACH];
static char numbers[PUTTERS][EACH][16];
static int taken_count[PUTTERS * EACH];
static struct inbox *shared;

static void *put_all(void *arg)
{
    size_t who = (size_t)(uintptr_t)arg;
    for (size_t i = 0; i < EACH; i++) {
        snprintf(numbers[who][i], sizeof numbers[who][i], "849%08zu", i % 100);
        pool[who][i] = text_from(numbers[who][i], CHANNEL_SMS);
        while (!inbox_put(shared, &pool[who][i]))
            sched_yield(); /* valgrind runs one thread at a time: the takers must get theirs */
    }
    return NULL;
}

static void *take_all(void *arg)
{
    struct envelope *taken[64];
    size_t n;
    while ((n = inbox_take(shared, (size_t)(uintptr_t)arg, taken, 64)) > 0)
        for (size_t i = 0; i < n; i++)
            taken_count[taken[i] - &pool[0][0]]++;
    return NULL;
}

static void many_threads_lose_nothing(void **state)
{
    (void)state;
    shared = inbox_new(SHARDS, 256);
    pthread_t put[PUTTERS], take[SHARDS];
    for (uintptr_t i = 0; i < SHARDS; i++)
        pthread_create(&take[i], NULL, take_all, (void *)i);
    for (uintptr_t i = 0; i < PUTTERS; i++)
        pthread_create(&put[i], NULL, put_all, (void *)i);
    for (int i = 0; i < PUTTERS; i++)
        pthread_join(put[i], NULL);
    inbox_close(shared);
    for (int i = 0; i < SHARDS; i++)
        pthread_join(take[i], NULL);
    for (int i = 0; i < PUTTERS * EACH; i++)
        assert_int_equal(taken_count[i], 1);
    inbox_free(&shared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_batch_holds_one_text_a_person_in_order),
        cmocka_unit_test(the_end_of_a_queue_survives_taking_from_its_middle),
        cmocka_unit_test(ussd_goes_before_sms),
        cmocka_unit_test(a_full_shard_refuses_and_a_closed_inbox_drains),
        cmocka_unit_test(keypresses_have_room_behind_a_full_shard_of_texts),
        cmocka_unit_test(many_threads_lose_nothing),
    };
    return cmocka_run_group_tests_name("smsd/inbox", tests, NULL, NULL);
}
