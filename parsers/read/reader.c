/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "parsers/read/reading.h"

struct reader {
    const struct lexicon *lexicon;
};

struct reader *reader_new(const struct lexicon *lexicon, const char **error)
{
    struct reader *reader = calloc(1, sizeof *reader);
    if (!reader)
        *error = "out of memory";
    else
        reader->lexicon = lexicon;
    return reader;
}

void reader_free(struct reader **reader)
{
    free(*reader);
    *reader = NULL;
}

void read_text(const struct reader *reader, const struct read_context *context, struct arena *arena, struct slice text,
               struct reading *reading_r)
{
    (void)reader, (void)context, (void)arena, (void)text;
    memset(reading_r, 0, sizeof *reading_r);
}

bool read_answer(const struct reader *reader, const struct read_context *context, struct arena *arena, struct slice text,
                 struct reading *asked)
{
    (void)reader, (void)context, (void)arena, (void)text, (void)asked;
    return false;
}

bool read_is_stop(const struct reader *reader, struct arena *arena, struct slice text)
{
    (void)reader, (void)arena, (void)text;
    return false;
}
