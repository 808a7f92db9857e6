/* SPDX-License-Identifier: Apache-2.0
 *
 * What has room on a screen. For smsd/ussd and its tests.
 */
#ifndef SMSD_USSD_PAGE_H
#define SMSD_USSD_PAGE_H

#include "smsd/ussd/choices.h"

/* Characters of a screen: networks carry 182 in GSM-7 (3GPP TS 23.038) and 80 in UCS-2, some gateways less. */
#define PAGE_UNITS_GSM7 140
#define PAGE_UNITS_UCS2 80

bool page_fits(const char *text);

/* The language of screens for who is answered in `lang`: accents would make a screen of 140 characters one of 80. */
enum lang page_lang(enum lang lang);

/* A text as the turn's language is sent: without accents where that is in GSM-7. */
const char *page_plain(const struct turn *turn, const char *text);

/* A line, some of the choices, numbered, the one that leads to the next of them, and the way back. */
struct page {
    const char *head, *foot;
    size_t from, n; /* of the choices */
    bool more;      /* there is a next page */
};

/* The page number *at (from 0) of the choices: of each as many as have room, at least one; behind the last comes the
 * first. */
struct page page_turn(const struct turn *turn, int *at, const char *head, const char *foot,
                      const struct choices *choices);

const char *page_text(const struct turn *turn, const struct page *page, const struct choices *choices);

/* The head, cut between words so that it fits with what follows. */
const char *page_cut(const struct turn *turn, const char *head, const char *tail);

#endif
