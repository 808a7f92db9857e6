/* SPDX-License-Identifier: Apache-2.0
 *
 * What the service says. The messages, their arguments, optional tails and budgets stand in messages.def; their words in
 * locales/<lang>.po, compiled to .mo; this renders one for one person. Immutable once loaded; shared by threads;
 * a reload loads a new book.
 *
 *     char *text = message_render(book, LANG_VI, arena, MSG_CANCEL_DONE,
 *                                 ARGS({"code", "B7K2"}, {"what", "lua OM18"}));
 *
 * Each message is a required core and tails. A tail appears when all of its own arguments are given (not NULL),
 * and tails are dropped whole, in the stated order, until the text fits the budget. The core always goes out.
 */
#ifndef SMSD_MESSAGE_MESSAGE_H
#define SMSD_MESSAGE_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/base/arena.h"
#include "parsers/base/lang.h"

enum message {
#define MESSAGE(symbol, ...) symbol,
#include "smsd/message/messages.def"
#undef MESSAGE
    MESSAGE_COUNT
};

/* A named argument; value NULL = not given. */
struct message_arg {
    const char *name, *value;
};

struct message_args {
    const struct message_arg *args;
    size_t n;
};

#define ARGS(...)                                                                     \
    ((struct message_args){(const struct message_arg[]){__VA_ARGS__},                 \
                           sizeof((const struct message_arg[]){__VA_ARGS__}) / sizeof(struct message_arg)})
#define NO_ARGS ((struct message_args){NULL, 0})

struct message_book;

/* Loads <dir>/{vi,km,zh,en}.mo. Languages a native has not read (marked fuzzy in their PO: a header field says so) are
 * served only when `unreviewed`; Vietnamese stands in for what is not served. NULL with *error in the arena when a
 * file is missing, broken, or lacks a message. */
struct message_book *message_book_load(const char *dir, bool unreviewed, struct arena *arena, const char **error);
void message_book_free(struct message_book **book);

/* The language this book will answer in when `lang` is wanted. */
enum lang message_lang(const struct message_book *book, enum lang lang);

/* The rendered text, UTF-8, in the arena; LANG_VI comes without accents. An argument the message does not know, or a core
 * argument missing, is a bug and aborts. */
char *message_render(const struct message_book *book, enum lang lang, struct arena *arena, enum message message,
                     struct message_args args);

#endif
