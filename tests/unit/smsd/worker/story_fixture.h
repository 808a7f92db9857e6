/* SPDX-License-Identifier: Apache-2.0
 *
 * Conversations for tests: texts go through whole batches on a real database with the province's lexicon, on a clock of
 * the tests' own.
 */
#ifndef TESTS_UNIT_SMSD_WORKER_STORY_FIXTURE_H
#define TESTS_UNIT_SMSD_WORKER_STORY_FIXTURE_H

#include "smsd/clock.h"
#include "smsd/worker/batch.h"
#include "tests/unit/db/pg_fixture.h"

#define LAN "84912345678"
#define BINH "84987654321"
#define MINUTE_US (60 * SECOND_US)

extern struct db *story_db;
extern struct arena *story_arena;
extern int64_t story_now_us; /* a second later after each text */
extern const struct policy story_policy;

/* Of a group of tests: the database with its seed, and the knowledge. */
int story_setup(void **state);
int story_teardown(void **state);

/* Before each test: nobody has written yet. */
int story_begin(void **state);

/* story_begin, at noon of today in the province: hours later it is still today, whenever the tests run. */
int story_noon(void **state);

/* What the gateway hands over; only the pointers to its words are kept. */
struct envelope story_text(const char *from, const char *id, const char *text);

/* A batch in the story's arena, which is emptied for it. */
struct batch story_batch(struct envelope **envelopes, size_t n);

/* The answer to a text, with this id of the gateway or one of its own; "" for silence. Valid until the next text. */
const char *say_as(const char *from, const char *id, const char *text);
const char *say(const char *from, const char *text);

void assert_says(const char *answer, const char *part);

#endif
