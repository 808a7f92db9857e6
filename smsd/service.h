/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts of the daemon, started in the order in which they need one another and stopped in the other.
 */
#ifndef SMSD_SERVICE_H
#define SMSD_SERVICE_H

#include <stdbool.h>

#include "db/conn.h"
#include "smsd/conf/conf.h"

struct service;

/* Connects once, checks that the database is of this program's version and loads what the daemon knows. The program cannot
 * serve without. DB_AWAY is worth trying again; anything else is not. The reason is logged. */
enum db_status service_learn(const struct conf *conf);

/* Starts workers, sender, jobs and the HTTP link. NULL when a part cannot start; the reason is logged. */
struct service *service_start(struct conf *conf);

/* A new configuration, for all parts. */
void service_reconfigure(struct service *service, struct conf *conf);

/* Drains: takes no more texts, answers those that are there, lets what is being sent finish. Frees and nulls. */
void service_stop(struct service **service);

#endif
