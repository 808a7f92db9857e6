/* SPDX-License-Identifier: Apache-2.0
 *
 * The message book as it was built, in every language, for the tests of a program.
 *
 *     int main(void)
 *     {
 *         const struct CMUnitTest tests[] = {...};
 *         return cmocka_run_group_tests(tests, book_setup, book_teardown);
 *     }
 */
#ifndef TESTS_UNIT_SMSD_MESSAGE_BOOK_FIXTURE_H
#define TESTS_UNIT_SMSD_MESSAGE_BOOK_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsers/base/arena.h"
#include "smsd/message/message.h"

/* From book_setup to book_teardown. */
extern struct arena *arena;
extern struct message_book *book;

/* The folder of the catalogues: $BUILD/locales, or build/locales. */
const char *locales(void);

int book_setup(void **state);
int book_teardown(void **state);

#endif
