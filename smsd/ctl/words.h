/* SPDX-License-Identifier: Apache-2.0
 *
 * The words a command works with: those of the database it is connected to, else those of the files.
 */
#ifndef SMSD_CTL_WORDS_H
#define SMSD_CTL_WORDS_H

#include "smsd/ctl/ctl.h"
#include "smsd/knowledge/words.h"

/* Free them with words_free. Else says on stderr what is wrong; the exit code. */
int ctl_words(struct ctl *ctl, struct words *words_r);

#endif
