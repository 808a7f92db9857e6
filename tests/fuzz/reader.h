/* SPDX-License-Identifier: Apache-2.0
 *
 * A reader with the province's lexicon, for one fuzzer. Made before the first input: on a busy machine that takes
 * longer than an input may.
 */
#ifndef TESTS_FUZZ_READER_H
#define TESTS_FUZZ_READER_H

#include "tests/unit/parsers/read/sound.h"
#include "tests/unit/parsers/tables.h"

static struct arena *arena;
static struct lexicon *lexicon;
static struct reader *reader;

int LLVMFuzzerInitialize(int *argc, char ***argv);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    const char *error;
    (void)argc;
    (void)argv;
    arena = arena_new(1 << 16);
    lexicon = lexicon_of_files();
    reader = reader_new(lexicon, &error);
    return 0;
}

#endif
