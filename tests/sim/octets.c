/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sim/octets.h"

enum { NOT_A_DIGIT = 16 };

static unsigned digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    if (c >= 'a' && c <= 'f')
        return (unsigned)(c - 'a') + 10;
    if (c >= 'A' && c <= 'F')
        return (unsigned)(c - 'A') + 10;
    return NOT_A_DIGIT;
}

bool hex_decode(struct arena *arena, struct slice digits, struct slice *octets)
{
    if (digits.n % 2)
        return false;
    char *out = arena_alloc(arena, digits.n / 2);
    for (size_t i = 0; i < digits.n / 2; i++) {
        unsigned high = digit_value(digits.at[2 * i]);
        unsigned low = digit_value(digits.at[2 * i + 1]);
        if (high == NOT_A_DIGIT || low == NOT_A_DIGIT)
            return false;
        out[i] = (char)(high << 4 | low);
    }
    *octets = (struct slice){out, digits.n / 2};
    return true;
}

char *hex_encode(struct arena *arena, struct slice octets)
{
    static const char digits[] = "0123456789abcdef";
    char *out = arena_alloc(arena, octets.n * 2 + 1);
    for (size_t i = 0; i < octets.n; i++) {
        out[2 * i] = digits[(uint8_t)octets.at[i] >> 4];
        out[2 * i + 1] = digits[(uint8_t)octets.at[i] & 15];
    }
    return out;
}
