/* SPDX-License-Identifier: Apache-2.0
 *
 * The options of smsctl's command line, as one table: getopt's tables and the help are made from it.
 */
#ifndef SMSD_CTL_OPTIONS_H
#define SMSD_CTL_OPTIONS_H

#include <stdio.h>

#include "smsd/ctl/ctl.h"

enum option_id {
    OPT_HELP,
    OPT_VERSION,
    OPT_CONFIG,
    OPT_DB,
    OPT_FROM_DB, /* --db as well, its value optional: of commands that work on files else */
    OPT_JSON,
    OPT_FULL,
    OPT_LIMIT,
    OPT_NUMBER,
    OPT_CODE,
    OPT_STATE,
    OPT_LEXICON,
    OPT_TODAY,
    OPT_PLACE,
    OPT_SLOT,
    OPT_EXPLAIN,
    OPT_FORCE,
    OPT_KEEP_MONTHS,
    OPT_KEEP,
    OPT_ROLE,
    OPT_AREAS,
    OPT_CROPS,
    OPT_HOURS,
    OPT_DAYS,
    OPT_DRY_RUN,
    OPT_SOURCE,
    OPT_LANGS,
    OPT_SUBSCRIBERS,
    OPT_COMMERCIAL,
    OPT_KIND,
    OPT_DISASTER
};

/* A set of options is the sum of their bits. */
#define OPTION(id) (1u << (id))
#define OPTIONS_EVERYWHERE \
    (OPTION(OPT_HELP) | OPTION(OPT_VERSION) | OPTION(OPT_CONFIG) | OPTION(OPT_DB) | OPTION(OPT_JSON))

/* A command line being read. */
struct line {
    struct ctl *ctl;
    unsigned given; /* the options that were */
};

enum words { WORDS_END_IT, WORDS_ANYWHERE }; /* what is no option: ends the options, or may stand among them */

/* Takes the options into line->ctl; its args are then the words that are none. `known` is a set that holds one of OPT_DB
 * and OPT_FROM_DB. False when one is wrong, which was said on stderr. */
bool options_read(struct line *line, int argc, char **argv, enum words words, unsigned known);

/* All options, with the given one of the two that are called --db. */
unsigned options_all(enum option_id db);

/* Does the command take only these? Says on stderr which it does not take. */
bool options_fit(const struct line *line, const char *command, unsigned taken);

/* A line of help each. */
void options_print(FILE *out, unsigned set);

#endif
