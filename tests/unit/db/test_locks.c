/* SPDX-License-Identifier: Apache-2.0
 *
 * Two instances with batches of overlapping people: no deadlock, no lost update, nobody made twice.
 */
#include "tests/unit/db/pg_fixture.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/batch.h"

enum { PEOPLE = 40, BATCH = 16, ROUNDS = 150, INSTANCES = 2 };

struct instance {
    pthread_t thread;
    struct db *db;
    unsigned number, seed;
    char numbers[BATCH][16], ids[BATCH][32];
    enum db_status worst;
};

/* Different people in an order of chance, each with a new text. Every few rounds all of them are new, so that the two
 * instances also meet over people whom both are making. */
static void pick(struct instance *instance, struct mo *mos, int round)
{
    int people[PEOPLE];
    for (int i = 0; i < PEOPLE; i++)
        people[i] = i;
    for (int i = 0; i < BATCH; i++) {
        int j = i + rand_r(&instance->seed) % (PEOPLE - i), person = people[j];
        people[j] = people[i];
        snprintf(instance->numbers[i], sizeof instance->numbers[i], "849120%05d", person + round / 2 * PEOPLE);
        snprintf(instance->ids[i], sizeof instance->ids[i], "%u-%d-%d", instance->number, round, i);
        mos[i] = (struct mo){.kannel_id = instance->ids[i],
                             .msisdn = instance->numbers[i],
                             .short_code = "8055",
                             .text = "t",
                             .received_us = pg_now_us(),
                             .text_hash = 1};
    }
}

/* Counts each text in its sender's conversation: what was read under the lock, plus one. */
static enum db_status run_batch(struct instance *instance, struct arena *arena, const struct mo *mos)
{
    struct sender senders[BATCH];
    struct conversation_row rows[BATCH];
    struct inbound_row inbound[BATCH];
    enum db_status status = ids_reserve(instance->db, BATCH);
    if (status == DB_OK)
        status = batch_open(instance->db, arena, "84", mos, BATCH, NULL, 0, senders, NULL);
    if (status != DB_OK)
        return status;
    for (size_t i = 0; i < BATCH; i++) {
        rows[i] = (struct conversation_row){
            .person_id = senders[i].person_id, .failures = senders[i].failures + 1, .last_answer = "", .hour_us = 1};
        inbound[i] = (struct inbound_row){ids_take(instance->db), i, senders[i].person_id, "none", "none", 0};
    }
    const struct effects effects = {
        .n_conversations = BATCH, .conversations = rows, .n_inbound = BATCH, .inbound = inbound};
    return batch_commit(instance->db, mos, &effects, pg_now_us());
}

static void *run_instance(void *context)
{
    struct instance *instance = context;
    struct arena *arena = arena_new(64 * 1024);
    struct mo mos[BATCH];
    for (int round = 0; round < ROUNDS; round++) {
        pick(instance, mos, round);
        arena_reset(arena);
        enum db_status status = run_batch(instance, arena, mos);
        if (status > instance->worst)
            instance->worst = status;
        if (status != DB_OK)
            batch_rollback(instance->db);
    }
    arena_free(&arena);
    return NULL;
}

static void overlapping_batches_neither_deadlock_nor_overtake(void **state)
{
    (void)state;
    struct instance instances[INSTANCES] = {0};
    for (size_t i = 0; i < INSTANCES; i++) {
        instances[i].db = pg_daemon();
        instances[i].number = instances[i].seed = (unsigned)i + 1;
    }
    for (size_t i = 0; i < INSTANCES; i++)
        assert_int_equal(pthread_create(&instances[i].thread, NULL, run_instance, &instances[i]), 0);
    for (size_t i = 0; i < INSTANCES; i++) {
        pthread_join(instances[i].thread, NULL);
        if (instances[i].worst != DB_OK)
            fail_msg("%s", db_error(instances[i].db)->text);
        db_close(&instances[i].db);
    }
    assert_int_equal(pg_sql("SELECT sum(failures) FROM conversations"), INSTANCES * ROUNDS * BATCH);
    assert_int_equal(pg_sql("SELECT count(*) FROM inbound"), INSTANCES * ROUNDS * BATCH);
    assert_in_range(pg_sql("SELECT count(*) FROM people"), BATCH * ROUNDS / 2, PEOPLE * ROUNDS / 2);
    assert_int_equal(pg_sql("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(overlapping_batches_neither_deadlock_nor_overtake),
    };
    return cmocka_run_group_tests(tests, pg_setup, pg_teardown);
}
