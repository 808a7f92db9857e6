/* SPDX-License-Identifier: Apache-2.0
 *
 * The province's lexicon as files, <table>.tsv in one folder; and tables that others made.
 */
#ifndef SMSD_CTL_FILES_H
#define SMSD_CTL_FILES_H

#include <stdbool.h>

#include "parsers/base/arena.h"
#include "parsers/base/table.h"

/* The folder: `given`; else lexicon/ of $CHONOI_LOCALES; else lexicon/ of `locales`, the folder the configuration
 * names; else lexicon/ of the locales beside the program, as built or as installed. given and locales may be NULL.
 * Whether it can be read is found out by reading. */
const char *lexicon_folder(struct arena *arena, const char *given, const char *locales);

/* The table of a file there, in the arena; NULL with *error, which names the file. */
const struct table *lexicon_file(struct arena *arena, const char *folder, const char *name, const char **error);

/* The table of any file of comma-, semicolon- or tab-separated cells (parsers/base/csv.h), in the arena; NULL with *error,
 * which names the file. */
const struct table *table_file(struct arena *arena, const char *path, const char **error);

/* Writes the table as <folder>/<its name>.tsv, in place of what stands there: whole or not at all. False with *error, which
 * names the file; also when a cell holds what a cell of such a file cannot. */
bool lexicon_file_write(struct arena *arena, const char *folder, const struct table *table, const char **error);

#endif
