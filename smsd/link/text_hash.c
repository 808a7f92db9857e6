/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/link/text_hash.h"

#include "parsers/text/fold.h"

static uint64_t step(uint64_t hash, unsigned char byte)
{
    return (hash ^ byte) * 1099511628211u;
}

uint64_t text_hash(struct arena *arena, const char *text, enum channel channel)
{
    uint64_t hash = step(14695981039346656037u, channel == CHANNEL_USSD ? 'u' : 's');
    for (const char *c = text_fold(arena, slice_of(text), NULL); *c; c++)
        hash = step(hash, (unsigned char)*c);
    return hash ? hash : 1;
}
