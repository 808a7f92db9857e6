/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/log/limit.h"

/* FNV-1a, 32 bits. */
static size_t slot_of(const char *event)
{
    uint32_t hash = 2166136261u;
    for (; *event; event++)
        hash = (hash ^ (unsigned char)*event) * 16777619u;
    return hash % LIMIT_SLOTS;
}

bool limit_allow(struct limit *limit, const char *event, int64_t now_us, int64_t *dropped_r)
{
    struct limit_slot *slot = &limit->slots[slot_of(event)];
    if (slot->lines == 0 || now_us - slot->since_us >= LIMIT_WINDOW_US || now_us < slot->since_us) {
        slot->since_us = now_us;
        slot->lines = 0;
    }
    if (slot->lines == LIMIT_LINES) {
        slot->dropped++;
        return false;
    }
    slot->lines++;
    *dropped_r = slot->dropped;
    slot->dropped = 0;
    return true;
}
