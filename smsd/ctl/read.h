/* SPDX-License-Identifier: Apache-2.0
 *
 * `smsctl read`: texts on standard input, one a line ("\n" in it is a line break), readings on standard output.
 */
#ifndef SMSD_CTL_READ_H
#define SMSD_CTL_READ_H

/* argv[0] is the command's name. Returns the exit code: 0, 1 when the lexicon cannot be read, 2 on wrong usage. */
int ctl_read(int argc, char **argv);

#endif
