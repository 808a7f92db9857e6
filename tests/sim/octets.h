/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers in network byte order, and octets as hexadecimal digits.
 */
#ifndef SIM_OCTETS_H
#define SIM_OCTETS_H

#include <stdbool.h>
#include <stdint.h>

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

static inline uint16_t get_u16(const uint8_t *at)
{
    return (uint16_t)(at[0] << 8 | at[1]);
}

static inline uint32_t get_u32(const uint8_t *at)
{
    return (uint32_t)get_u16(at) << 16 | get_u16(at + 2);
}

static inline void put_u16(uint8_t *at, uint16_t v)
{
    at[0] = (uint8_t)(v >> 8);
    at[1] = (uint8_t)v;
}

static inline void put_u32(uint8_t *at, uint32_t v)
{
    put_u16(at, (uint16_t)(v >> 16));
    put_u16(at + 2, (uint16_t)v);
}

/* The octets of a string of hexadecimal digits; false on any other character or an odd number of them. */
bool hex_decode(struct arena *arena, struct slice digits, struct slice *octets);

/* Two lower-case digits an octet. */
char *hex_encode(struct arena *arena, struct slice octets);

#endif
