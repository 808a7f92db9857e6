/* SPDX-License-Identifier: Apache-2.0
 *
 * Clock jobs: one thread that does what is due and sleeps exactly until the next is. Each job is a row of a table:
 * its name, its period, and what it does. Several instances on one database may run the same job at once: each job's
 * SQL is safe for that.
 */
#ifndef SMSD_JOB_JOBS_H
#define SMSD_JOB_JOBS_H

#include "smsd/conf/conf.h"

struct jobs;

/* What the jobs look at besides the database. */
struct inbox;

/* Starts the thread. It connects by itself, and goes on trying. */
struct jobs *jobs_start(struct conf *conf, struct inbox *inbox);

/* The configuration to use from now on; catalogues and lexicon are loaded again. */
void jobs_set_conf(struct jobs *jobs, struct conf *conf);

/* Stops the thread after the job under way; frees and nulls. */
void jobs_stop(struct jobs **jobs);

#endif
