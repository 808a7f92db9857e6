/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>

#include "parsers/market/listing_code.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char code[LISTING_CODE_MAX];
    listing_code_read((struct slice){(const char *)data, size}, code);
    return 0;
}
