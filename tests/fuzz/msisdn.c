/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "parsers/kannel/msisdn.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A normalised number is its own normal form. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char once[MSISDN_MAX], twice[MSISDN_MAX];
    if (msisdn_normalise((struct slice){(const char *)data, size}, once) == SENDER_MOBILE &&
        (msisdn_normalise(slice_of(once), twice) != SENDER_MOBILE || strcmp(once, twice) != 0))
        abort();
    return 0;
}
