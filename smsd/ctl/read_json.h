/* SPDX-License-Identifier: Apache-2.0
 *
 * A reading as one line of JSON, in the codes and units of the labelled texts (tests/corpus/README.md).
 */
#ifndef SMSD_CTL_READ_JSON_H
#define SMSD_CTL_READ_JSON_H

#include "parsers/read/reading.h"

/* The line without its end; free() it. NULL when there is no memory. */
char *reading_json(const struct reading *reading);

#endif
