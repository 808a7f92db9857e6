/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/smsd/worker/story_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct db *story_db;
struct arena *story_arena;
int64_t story_now_us;
static int serial;

const struct policy story_policy = {.short_code = "8055",
                                    .province = "84",
                                    .dedupe_window_us = 10 * MINUTE_US,
                                    .question_ttl_us = 24 * 60 * MINUTE_US,
                                    .welcome_delay_us = 2 * SECOND_US,
                                    .listing_days = 14,
                                    .reply_limit = 30,
                                    .same_limit = 5,
                                    .ussd_code = "*8055#",
                                    .ussd_resume_us = 5 * MINUTE_US,
                                    .alerts = {.sender = "8055", .per_day = 3, .relays_per_day = 10, .quiet_from = 21, .quiet_to = 7},
                                    .broadcasts = {.sender = "8055", .quiet_from = 22, .quiet_to = 7, .per_day = 3,
                                                   .approval_above = 3, .segment_price = 300, .rate = 20},
                                    .key = "a key of the tests, long enough to be one",
                                    .old_key = "the key of the tests before that one"};

int story_setup(void **state)
{
    const char *error = "", *build = getenv("BUILD");
    if (pg_setup_seeded(state) != 0)
        return -1;
    story_arena = arena_new(1024 * 1024);
    story_db = pg_daemon();
    const char *locales = arena_printf(story_arena, "%s/locales", build ? build : "build");
    if (knowledge_load(story_db, locales, true, story_arena, &error) != DB_OK) {
        fprintf(stderr, "%s\n", error);
        return -1;
    }
    return 0;
}

int story_teardown(void **state)
{
    knowledge_unload();
    db_close(&story_db);
    arena_free(&story_arena);
    return pg_teardown(state);
}

int story_begin(void **state)
{
    (void)state;
    story_now_us = clock_now_us();
    pg_sql("TRUNCATE people, conversations, consent, listings, listing_events, listing_deals, listing_lists, inbound, "
           "inbound_seen, outbox, desk,"
           " dead_letter, consent_proofs CASCADE");
    return 0;
}

int story_noon(void **state)
{
    story_begin(state);
    story_now_us = (day_of_moment(story_now_us) * 24LL + 12 - 7) * 60 * MINUTE_US;
    return 0;
}

static uint64_t hash(const char *text)
{
    uint64_t h = 5381;
    while (*text)
        h = h * 33 + (unsigned char)*text++;
    return h & INT64_MAX;
}

struct envelope story_text(const char *from, const char *id, const char *text)
{
    return (struct envelope){.kind = ENVELOPE_MO,
                             .mo = {.kannel_id = id,
                                    .msisdn = from,
                                    .short_code = "8055",
                                    .text = text,
                                    .received_us = story_now_us,
                                    .text_hash = hash(text)}};
}

struct batch story_batch(struct envelope **envelopes, size_t n)
{
    arena_reset(story_arena);
    return (struct batch){.db = story_db,
                          .arena = story_arena,
                          .knowledge = knowledge_acquire(),
                          .policy = &story_policy,
                          .now_us = story_now_us,
                          .n = n,
                          .envelopes = envelopes};
}

const char *say_as(const char *from, const char *id, const char *text)
{
    struct envelope envelope = story_text(from, id, text), *envelopes[] = {&envelope};
    struct batch batch = story_batch(envelopes, 1);
    assert_int_equal(batch_run(&batch), DB_OK);
    knowledge_release(batch.knowledge);
    story_now_us += SECOND_US;
    return batch.turns[0].reply.kind == ANSWER_TEXT ? batch.turns[0].reply.text : "";
}

const char *say(const char *from, const char *text)
{
    char id[32];
    snprintf(id, sizeof id, "test-%d", serial++);
    return say_as(from, id, text);
}

void assert_says(const char *answer, const char *part)
{
    if (!strstr(answer, part))
        fail_msg("\"%s\" is not in \"%s\"", part, answer);
}
