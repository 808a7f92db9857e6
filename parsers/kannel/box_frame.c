/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/kannel/box_frame.h"

#include <ctype.h>
#include <stdint.h>

#define UUID_OCTETS 36

/* Takes `n` octets off the front; false when there are not so many. */
static bool take(struct slice *rest, size_t n, struct slice *taken_r)
{
    if (n > rest->n)
        return false;
    *taken_r = (struct slice){rest->at, n};
    rest->at += n;
    rest->n -= n;
    return true;
}

static bool take_number(struct slice *rest, uint32_t *number_r)
{
    struct slice octets;
    if (!take(rest, 4, &octets))
        return false;
    *number_r = 0;
    for (size_t i = 0; i < octets.n; i++)
        *number_r = *number_r << 8 | (unsigned char)octets.at[i];
    return true;
}

static bool take_string(struct slice *rest, struct slice *string_r)
{
    uint32_t n;
    *string_r = (struct slice){NULL, 0};
    return take_number(rest, &n) && (n == UINT32_MAX || take(rest, n, string_r));
}

static bool is_uuid(struct slice text)
{
    for (size_t i = 0; i < text.n; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text.at[i] != '-' : !isxdigit((unsigned char)text.at[i]))
            return false;
    }
    return text.n == UUID_OCTETS;
}

static bool take_field(struct slice *rest, char kind)
{
    struct slice string;
    uint32_t number;
    if (kind == 'i')
        return take_number(rest, &number);
    return take_string(rest, &string) && (kind != 'u' || is_uuid(string));
}

bool box_frame_is_sound(struct slice frame, const char *const *layouts, size_t n)
{
    uint32_t type;
    if (!take_number(&frame, &type) || type >= n)
        return false;
    for (const char *field = layouts[type]; *field; field++)
        if (!take_field(&frame, *field))
            return false;
    return frame.n == 0;
}
