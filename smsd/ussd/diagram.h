/* SPDX-License-Identifier: Apache-2.0
 *
 * The screens as a picture of letters, and as a graph for Graphviz.
 */
#ifndef SMSD_USSD_DIAGRAM_H
#define SMSD_USSD_DIAGRAM_H

#include <stdio.h>

#include "smsd/ussd/screens.h"

/* A screen a line, indented below the one it is reached from; before it the digit that leads there from a menu. */
void diagram_print(struct screens screens, FILE *out);

/* The same in the DOT language. */
void diagram_print_dot(struct screens screens, FILE *out);

#endif
