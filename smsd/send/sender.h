/* SPDX-License-Identifier: Apache-2.0
 *
 * The sender: one thread that takes what is due from the outbox, replies before alerts before broadcasts, no faster than
 * the SMSC allows, gives it to Kannel and writes down what became of it. It never forgets a row: what it claimed and
 * did not settle is found again when the lease runs out (db/outbox.h).
 */
#ifndef SMSD_SEND_SENDER_H
#define SMSD_SEND_SENDER_H

#include "smsd/conf/conf.h"
#include "smsd/send/transport.h"

struct sender_thread;

/* Starts it on a transport that outlives it. It connects to the database by itself, and goes on trying. */
struct sender_thread *sender_start(struct conf *conf, struct transport transport);

/* The configuration to use from now on (reload). */
void sender_set_conf(struct sender_thread *sender, struct conf *conf);

/* There is something to send: it looks at once rather than at the next time. For other threads. */
void sender_wake(struct sender_thread *sender);

/* Lets what is under way finish (at most kannel.timeout), then stops the thread; frees and nulls. */
void sender_stop(struct sender_thread **sender);

#endif
