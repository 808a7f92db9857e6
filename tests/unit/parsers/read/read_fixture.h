/* SPDX-License-Identifier: Apache-2.0
 *
 * The reader with the project's own lexicon, for the tests of a program:
 *
 *     int main(void)
 *     {
 *         const struct CMUnitTest tests[] = {...};
 *         return cmocka_run_group_tests(tests, read_setup, read_teardown);
 *     }
 */
#ifndef TESTS_UNIT_PARSERS_READ_READ_FIXTURE_H
#define TESTS_UNIT_PARSERS_READ_READ_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/read/read_p.h"
#include "tests/unit/parsers/tables.h"

/* From read_setup to read_teardown. */
extern struct lexicon *lexicon;
extern struct reader *reader;
extern struct arena *arena;

/* 2026-11-22, from nowhere, and an offer needs no place; a test may set it otherwise. */
extern struct read_context context;

int read_setup(void **state);
int read_teardown(void **state);

/* Empties the arena and reads the text. */
struct reading read_it(const char *text);

/* How far a text is taken: to its tokens, its spans, their tags. */
enum step { SPELT, CUT, TAGGED };

/* Empties the arena and takes the text so far, or as far as its facts. Lives in the arena. */
struct text *taken_to(enum step step, const char *text, enum ask asked);
struct text *prepared(const char *text);

/* The first span with this word, folded, in it; fails the test when there is none. */
size_t span_at(const struct text *t, const char *word);

/* The words of some spans, with blanks between. */
const char *words_told(const struct text *t, size_t from, size_t to);

/* "price". */
const char *kind_told(enum fact_kind kind);

/* A text and what is to be told of it. */
struct want {
    const char *text, *told;
};

/* Fails the test with all texts of which something else is told. */
void check_told(const struct want *wants, size_t n, const char *(*told)(const char *text));
#define CHECK_TOLD(told, wants) check_told(wants, sizeof(wants) / sizeof *(wants), told)

/* "sell", "none"; "ask" where the writer is asked for it. */
void check_intents(const struct want *wants, size_t n);
#define CHECK_INTENTS(wants) check_intents(wants, sizeof(wants) / sizeof *(wants))

/* "sell LUA 1800 TAN 7600 KG": the last item, its quantity in thousandths, its higher price; "ask" where anything is.
 */
const char *offer_told(const struct reading *r);
void check_offers(const struct want *wants, size_t n);
#define CHECK_OFFERS(wants) check_offers(wants, sizeof(wants) / sizeof *(wants))

#endif
