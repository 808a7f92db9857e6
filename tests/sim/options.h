/* SPDX-License-Identifier: Apache-2.0
 *
 * The command line of phone, from one table.
 */
#ifndef SIM_OPTIONS_H
#define SIM_OPTIONS_H

#include "tests/sim/face.h"

struct options {
    int64_t port;   /* 0: a free one */
    int64_t window; /* deliver_sm that may be unanswered at a time */
    bool script;
    const char *demo; /* a file of lines; NULL for standard input */
    const char *log;  /* a file for events; NULL for none */
    struct phone_options phone;
};

enum options_result { OPTIONS_RUN, OPTIONS_LEAVE /* with *status: help was shown, or the usage was wrong */ };

enum options_result options_read(int argc, char **argv, struct options *options, int *status);

#endif
