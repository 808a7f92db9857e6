/* SPDX-License-Identifier: Apache-2.0
 *
 * A phone before the screens alone: no database, what is looked up is what the test says, and the flows' words too. The
 * session goes through its row's JSON between two keypresses, as it does in the daemon.
 */
#ifndef TESTS_UNIT_SMSD_USSD_PHONE_FIXTURE_H
#define TESTS_UNIT_SMSD_USSD_PHONE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "smsd/ussd/ussd.h"

extern struct knowledge phone_knowledge;
extern struct turn phone_turn; /* of the last keypress; lang and home are the test's */
extern struct ussd_session phone_session;
extern struct found phone_found;    /* what every lookup finds */
extern const char *phone_told;      /* what every flow says */
extern struct ussd_view phone_view; /* the last screen */
extern enum ussd_does phone_does;

/* Of a group of tests: the lexicon and the catalogues out of their files. */
int phone_setup(void **state);
int phone_teardown(void **state);

/* Before each test: a person in Cầu Kè who is answered in Vietnamese without accents, and nothing is found. */
int phone_begin(void **state);

/* The screen after a dial, after a keypress, after several. */
const char *dial(void);
const char *press(const char *keys);
#define PRESS(...) press_all((const char *const[]){__VA_ARGS__, NULL})
const char *press_all(const char *const *keys);

/* What would have been read in a text: "sell LUA.OM18 2000 TAN 8500 KG 845"; quantities in thousandths, "-" where
 * nothing was said. */
const char *phone_reading(void);

/* A listing of the person's own, L9R6: 500 kg of OM18 at 8.500. */
void phone_has_listing(void);

/* All languages people are answered in. */
#define PHONE_LANGS 5
extern const enum lang phone_langs[PHONE_LANGS];

/* Keeps a screen, to be compared with a later one. */
extern char phone_before[1024];
void keep(const char *screen);

void assert_shows(const char *part);
void assert_at(const char *screen); /* fails where the session stands elsewhere */

#endif
