/* SPDX-License-Identifier: Apache-2.0
 *
 * What the type and range of an option do not say. For smsd/conf only.
 */
#ifndef SMSD_CONF_CHECK_H
#define SMSD_CONF_CHECK_H

#include <stdbool.h>

#include "smsd/conf/conf.h"
#include "smsd/conf/option.h"

/* Says why, and is always false. */
bool __attribute__((format(printf, 2, 3))) conf_fail(struct conf_error *error, const char *format, ...);

/* Checks addresses, and options that must go together. `lines` says where each option was given, 0 = nowhere. */
bool conf_check(const struct conf *conf, const int lines[OPTION_COUNT], const char *file, struct conf_error *error);

#endif
