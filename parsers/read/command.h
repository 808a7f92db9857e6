/* SPDX-License-Identifier: Apache-2.0
 *
 * Commands that hold only as they are taught: at the head of a text, with what they are about behind them or with
 * nothing. Their words mean other things elsewhere (nhận, gọi, tiếp, mã), so no rule weighs them.
 */
#ifndef PARSERS_READ_COMMAND_H
#define PARSERS_READ_COMMAND_H

#include "parsers/read/read_p.h"

/* "nhan r8v8", "tl 152 ...", "goi"; INTENT_NONE when the text is no such command. `head` is the first span that says
 * something. */
enum intent find_command(const struct text *t, size_t head);

/* Does the span say that a person's name follows: tên, tôi tên? */
bool names_person(const struct text *t, size_t i);

/* What the reading's intent needs beside items: the number named, the words that follow, the name, whether salt is
 * meant. Slices are of the sender's text. */
void take_command(const struct text *t, struct slice text, struct reading *r);

#endif
