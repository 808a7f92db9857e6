/* SPDX-License-Identifier: Apache-2.0
 *
 * What the parts of the explanation share.
 */
#ifndef PARSERS_READ_EXPLAIN_P_H
#define PARSERS_READ_EXPLAIN_P_H

#include "parsers/read/explain.h"
#include "parsers/read/intent.h"

/* A reading with all it left behind. */
struct explained {
    struct text t;
    struct wants w;
    struct reading r;
    struct slice typed;
    struct arena *arena;
    explain_line *line;
    void *line_context;
};

/* Writes a line; what is too wide ends in an ellipsis. */
void explain_say(const struct explained *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Writes `head` and the parts with the separator between them, in as many lines as they need. */
void explain_list(const struct explained *e, const char *head, const char *separator, const char *const *parts,
                  size_t n);

/* The text in so many columns: cut, or filled up with blanks. */
const char *explain_cell(struct arena *arena, const char *text, size_t columns);

/* The words of some spans. */
const char *explain_words(const struct explained *e, size_t from, size_t to);

/* "goods LUA.OM18", "keyword intent sell", with the marks that it wants. */
const char *explain_sense(const struct explained *e, const struct sense *sense);

/* "kept", or why not. */
const char *explain_verdict(const struct explained *e, size_t span, const struct sense *sense);

/* What a tag says: "unit", "goods". */
const char *explain_tag(char tag);

/* The parts, in their order. */
void explain_tokens(const struct explained *e);
void explain_spans(const struct explained *e);
void explain_facts(const struct explained *e);
void explain_intents(const struct explained *e);
void explain_outcome(const struct explained *e);

#endif
