/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/bench/fake.h"

#include <stdlib.h>
#include <string.h>

enum { UDH_PARTS = 4, UDH_OCTETS = 6 };

static int nibble(char digit)
{
    const char digits[] = "0123456789ABCDEF";
    const char *at = digit ? strchr(digits, digit) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* The next octet of a URL-encoded text; -1 when there is none. */
static int octet(const char **at)
{
    const char *from = *at;
    if (*from == '\0' || *from == ' ')
        return -1;
    *at += 1;
    if (*from != '%')
        return *from == '+' ? ' ' : (unsigned char)*from;
    int high = nibble(from[1]), low = high < 0 ? -1 : nibble(from[2]);
    if (low < 0)
        return -1;
    *at += 2;
    return high * 16 + low;
}

/* How many parts a user data header speaks of. */
static unsigned parts_in(const char *udh)
{
    int octets[UDH_OCTETS];
    for (size_t i = 0; i < UDH_OCTETS; i++)
        if ((octets[i] = octet(&udh)) < 0)
            return 1;
    return octets[0] == 5 && octets[1] == 0 && octets[UDH_PARTS] > 0 ? (unsigned)octets[UDH_PARTS] : 1;
}

bool fake_answer(const char *line, const char *from, struct fake_answer *answer_r)
{
    const size_t n = strlen(from);
    if (strncmp(line, from, n) != 0 || line[n] != ' ')
        return false;
    char *rest;
    answer_r->to = strtoull(line + n + 1, &rest, 10);
    answer_r->parts = strncmp(rest, " udh ", 5) == 0 ? parts_in(rest + 5) : 1;
    return rest != line + n + 1 && *rest == ' ';
}
