/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows on standard output: JSON with --json, else an aligned table made from the same objects, so that the two never
 * differ.
 */
#ifndef SMSD_CTL_PRINT_H
#define SMSD_CTL_PRINT_H

#include <jansson.h>

#include "smsd/ctl/ctl.h"

/* Prints an array of objects with the same keys, and frees it. The exit code. */
int print_rows(const struct ctl *ctl, json_t *rows);

/* Prints one object, as JSON or a line a key, and frees it. The exit code. */
int print_object(const struct ctl *ctl, json_t *object);

/* "2026-11-22T06:10:00Z"; null for 0. */
json_t *json_moment(int64_t us);

/* Thousandths as a number: 2000 is 2, 2500 is 2.5; null for 0. */
json_t *json_milli(int64_t milli);

/* A telephone number and a text: whole with --full, else "849****678" and "(23 characters)". */
json_t *json_number(const struct ctl *ctl, const char *msisdn);
json_t *json_text(const struct ctl *ctl, const char *text);

#endif
