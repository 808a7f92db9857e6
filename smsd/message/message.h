/* SPDX-License-Identifier: Apache-2.0
 *
 * What the service says. The messages, their arguments, optional parts and budgets stand in messages.def; their words
 * in locales/<lang>.po, compiled to .mo; this renders one for one person. Immutable once loaded; shared by threads; a
 * reload loads a new book.
 *
 *     char *text = message_render(book, LANG_VI, arena, MSG_CANCEL_DONE,
 *                                 ARGS({"code", "B7K2"}, {"goods", "lúa OM18"}));
 *
 * Each message is a required core and optional parts (leads before it, tails after it). A part appears when all of its
 * own arguments are given (not NULL), and parts are dropped whole, in the stated order, until the text fits the budget.
 * The core always goes out.
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
    MESSAGE_COUNT
};

/* A named argument; value NULL = not given. A flag (?name in messages.def) is given as "". */
struct message_arg {
    const char *name, *value;
};

struct message_args {
    const struct message_arg *args;
    size_t n;
};

#define ARGS(...)                                                     \
    ((struct message_args){(const struct message_arg[]){__VA_ARGS__}, \
                           sizeof((const struct message_arg[]){__VA_ARGS__}) / sizeof(struct message_arg)})
#define NO_ARGS ((struct message_args){NULL, 0})

struct message_book;

/* Loads <dir>/{vi,km,zh,en}.mo. Languages a native has not read (`X-Reviewed: no` in the header of their PO) are
 * served only when `unreviewed`; Vietnamese stands in for what is not served. NULL with *error in the arena when a
 * file is missing, broken, or lacks a message or uses an argument that messages.def does not give it. */
struct message_book *message_book_load(const char *dir, bool unreviewed, struct arena *arena, const char **error);
void message_book_free(struct message_book **book);

/* The language this book will answer in when `lang` is wanted. */
enum lang message_lang(const struct message_book *book, enum lang lang);

/* The version of the words people consent to (X-Consent-Version of the Vietnamese catalogue): "1". */
const char *message_version(const struct message_book *book);

/* The rendered text, UTF-8, in the arena; LANG_VI and LANG_EN come without accents. An argument the message does not
 * know, or a core argument missing, is a bug and aborts. */
char *message_render(const struct message_book *book, enum lang lang, struct arena *arena, enum message message,
                     struct message_args args);

/* Words to put into an argument: message_phrase(book, lang, "basis", "farmgate") -> "giá tại ruộng";
 * message_phrase(book, lang, "intent", "sell"). NULL when there are none. They live as long as the book. */
const char *message_phrase(const struct message_book *book, enum lang lang, const char *group, const char *name);

/* The advice of a season (struct season's `advice`); NULL when there is none. */
const char *message_advice(const struct message_book *book, enum lang lang, const char *key);

#endif
