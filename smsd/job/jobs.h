/* SPDX-License-Identifier: Apache-2.0
 *
 * Clock jobs: each thread does what is due of its own and sleeps exactly until the next is. A job is a row of a table:
 * its name, its lane, its period, and what it does. A lane is a thread with a connection of its own, so that what takes
 * seconds holds up nothing that people wait for. Several instances on one database may run the same job at once: each
 * job's SQL is safe for that.
 */
#ifndef SMSD_JOB_JOBS_H
#define SMSD_JOB_JOBS_H

#include "smsd/conf/conf.h"

struct jobs;

/* What the jobs look at besides the database. */
struct inbox;

/* Starts the threads. They connect by themselves, and go on trying. */
struct jobs *jobs_start(struct conf *conf, struct inbox *inbox);

/* The configuration to use from now on; catalogues and lexicon are loaded again. */
void jobs_set_conf(struct jobs *jobs, struct conf *conf);

/* Who sends what jobs put into the outbox in a hurry; NULL before that ends. */
struct sender_thread;
void jobs_set_sender(struct jobs *jobs, struct sender_thread *sender);

/* Stops the threads after the jobs under way; frees and nulls. */
void jobs_stop(struct jobs **jobs);

#endif
