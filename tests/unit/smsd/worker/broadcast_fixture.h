/* SPDX-License-Identifier: Apache-2.0
 *
 * For tests of broadcasts: an officer (HOA) of Cầu Kè and Tiểu Cần for rice, a coordinator (KIET), and growers.
 */
#ifndef TESTS_UNIT_SMSD_WORKER_BROADCAST_FIXTURE_H
#define TESTS_UNIT_SMSD_WORKER_BROADCAST_FIXTURE_H

#include "smsd/conf/conf.h"
#include "tests/unit/smsd/worker/story_fixture.h"

#define HOA "84911000001"
#define KIET "84911000002"
#define HOUR_US (60 * MINUTE_US)
#define LOA "LOA LUA CAU KE: Ray nau vao den 25/11, ba con tham dong"

extern struct conf *broadcast_conf;

int broadcast_begin(void **state);
int broadcast_end(void **state);

/* The settings from here on: `more` are lines after those that must be there. */
void broadcast_configure(const char *more);

/* Rice growers of Cầu Kè, numbered from 1, who have been here before. */
void broadcast_growers(int n);

/* Sends the code that stands in the answer; what comes back. */
const char *broadcast_confirm(const char *from, const char *answer);

/* One turn of the job, and a second later; how many were put into the outbox. */
size_t broadcast_run_once(void);

/* What is in the outbox goes out; how many. */
int64_t broadcast_send_all(void);

const char *broadcast_states(void);
int64_t broadcast_queued(void);

/* Rows in the outbox that went out or may: one a recipient. */
void assert_each_once(int recipients);

/* As the office makes one, to the rice growers of Cầu Kè unless more columns say otherwise; its id. */
int64_t broadcast_office(const char *columns, const char *values);

#endif
