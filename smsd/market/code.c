/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/market/code.h"

#include <ctype.h>

#include "db/batch.h"
#include "parsers/market/listing_code.h"

const char *code_fresh(struct db *db, const struct lexicon *lexicon, struct arena *arena)
{
    char code[LISTING_CODE_MAX], folded[LISTING_CODE_MAX] = "";
    do {
        while (!listing_code_make(serial_take(db), code))
            ;
        for (size_t i = 0; code[i]; i++)
            folded[i] = (char)tolower((unsigned char)code[i]);
    } while (lexicon_has_word(lexicon, folded));
    return arena_copy(arena, slice_of(code));
}
