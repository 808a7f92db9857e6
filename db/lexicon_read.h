/* SPDX-License-Identifier: Apache-2.0
 *
 * lexicon_load within a transaction that is open: it sees what that one wrote. For the modules of db/ only.
 */
#ifndef DB_LEXICON_READ_H
#define DB_LEXICON_READ_H

#include "db/lexicon.h"

enum db_status lexicon_read(struct db *db, struct arena *arena, struct lexicon_tables *tables_r);

#endif
