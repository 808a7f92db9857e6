/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/keyed/keyed.h"

#include <inttypes.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define SHA256_BYTES 32
#define MILLION 1000000U

/* The first `bytes` bytes of the hash of `text`. libcrypto fails only when there is no memory. */
static void hash(const char *key, const char *text, size_t bytes, char *hex_r)
{
    unsigned char digest[SHA256_BYTES];
    if (!HMAC(EVP_sha256(), key, (int)strlen(key), (const unsigned char *)text, strlen(text), digest, NULL))
        abort();
    for (size_t i = 0; i < bytes; i++)
        snprintf(hex_r + 2 * i, 3, "%02x", digest[i]);
}

void keyed_number(const char *key, const char *msisdn, char hex_r[KEYED_HEX])
{
    char text[64];
    snprintf(text, sizeof text, "number %s", msisdn);
    hash(key, text, SHA256_BYTES, hex_r);
}

void keyed_code(const char *key, int64_t person_id, const char *digits, char hex_r[KEYED_HEX])
{
    char text[64];
    snprintf(text, sizeof text, "code %" PRId64 " %s", person_id, digits);
    hash(key, text, SHA256_BYTES, hex_r);
}

void keyed_id(const char *key, char hex_r[KEYED_ID_HEX])
{
    hash(key, "key", (KEYED_ID_HEX - 1) / 2, hex_r);
}

bool keyed_equal(const char *a, const char *b)
{
    return strlen(a) == KEYED_HEX - 1 && strlen(b) == KEYED_HEX - 1 && CRYPTO_memcmp(a, b, KEYED_HEX - 1) == 0;
}

void keyed_digits(char digits_r[KEYED_DIGITS])
{
    const uint32_t even = UINT32_MAX - UINT32_MAX % MILLION; /* beyond it some would come oftener than others */
    uint32_t random;
    do {
        if (getrandom(&random, sizeof random, 0) != sizeof random)
            abort();
    } while (random >= even);
    snprintf(digits_r, KEYED_DIGITS, "%06" PRIu32, random % MILLION);
}
