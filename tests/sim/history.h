/* SPDX-License-Identifier: Apache-2.0
 *
 * The last messages of all phones, as their owners would see them, and text made safe for a terminal.
 */
#ifndef SIM_HISTORY_H
#define SIM_HISTORY_H

#include <stdio.h>

#include "tests/sim/segments.h"

enum said_state { SAID_WAITING, SAID_TAKEN, SAID_REFUSED, SAID_RECEIVED };

struct history;

struct history *history_new(void);
void history_free(struct history **history);

/* A text that `number` sent to `other`. The id is the caller's, for history_settle. */
void history_add_sent(struct history *history, unsigned id, const char *number, const char *other, const char *text);

/* A text that `number` got from `other`. */
void history_add_received(struct history *history, const char *number, const char *other, const char *text);

/* What became of a text that was sent. */
void history_settle(struct history *history, unsigned id, enum said_state state);

/* The thread of one number, oldest first. */
void history_show_thread(const struct history *history, const char *number, FILE *out);

/* The numbers that said or got something, with counts; `current` is marked. */
void history_show_numbers(const struct history *history, const char *current, FILE *out);

/* Writes UTF-8 with control characters as a middle dot, so that a message cannot steer the terminal; each
 * line after the first begins with `indent`. */
void show_text(const char *text, const char *indent, FILE *out);

#endif
