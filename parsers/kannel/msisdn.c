/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/kannel/msisdn.h"

#include <stdio.h>
#include <string.h>

#define DIGITS_MAX 20 /* an exit code (00), and more digits than E.164 allows, to see that there are too many */
#define SHORT_CODE_MAX 6
#define E164_MIN 8
#define E164_MAX 15
#define NORTH_AMERICAN 11
#define COUNTRY "84"

/* Prefixes after the country code before and after 15 November 2018; seven digits follow. */
static const struct {
    char old[4], new[3];
} renumbered[] = {
    {"120", "70"}, {"121", "79"}, {"122", "77"}, {"126", "76"}, {"128", "78"}, /* MobiFone */
    {"123", "83"}, {"124", "84"}, {"125", "85"}, {"127", "81"}, {"129", "82"}, /* VinaPhone */
    {"162", "32"}, {"163", "33"}, {"164", "34"}, {"165", "35"}, {"166", "36"}, /* Viettel */
    {"167", "37"}, {"168", "38"}, {"169", "39"},                               /* Viettel */
    {"186", "56"}, {"188", "58"},                                              /* Vietnamobile */
    {"199", "59"},                                                             /* Gmobile */
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* Copies the digits, without the blanks and marks people put between them. A plus may only come first. */
static enum sender_kind take_digits(struct slice sender, char digits[DIGITS_MAX + 1], bool *plus)
{
    size_t n = 0;
    for (size_t i = 0; i < sender.n; i++) {
        char c = sender.at[i];
        if (is_digit(c)) {
            if (n == DIGITS_MAX)
                return SENDER_INVALID;
            digits[n++] = c;
        } else if (c == '+' && n == 0 && !*plus) {
            *plus = true;
        } else if ((unsigned char)c < ' ') {
            return SENDER_INVALID;
        } else if (!strchr(" -.()", c)) {
            return SENDER_ALPHANUMERIC;
        }
    }
    digits[n] = '\0';
    return n ? SENDER_MOBILE : SENDER_INVALID;
}

/* 1800xxxx and 1900xxxxxx are services too: a North American number (country code 1) has eleven digits. */
static bool is_service(const char *digits)
{
    return strlen(digits) <= SHORT_CODE_MAX ||
           ((starts(digits, "1800") || starts(digits, "1900")) && strlen(digits) < NORTH_AMERICAN);
}

static bool is_e164_length(const char *digits)
{
    size_t n = strlen(digits);
    return *digits == '1' ? n == NORTH_AMERICAN : n >= E164_MIN && n <= E164_MAX;
}

/* The country code in place of the trunk zero; a trunk zero after it ("+84 0912...") goes. Foreign numbers stay. */
static bool to_international(char digits[DIGITS_MAX + 1], bool plus)
{
    if (starts(digits, "00") && !plus) {
        memmove(digits, digits + 2, strlen(digits + 2) + 1);
    } else if (starts(digits, "0") && !plus) {
        memmove(digits + 1, digits, strlen(digits) + 1);
        digits[0] = COUNTRY[0];
        digits[1] = COUNTRY[1];
    }
    if (starts(digits, COUNTRY "0"))
        memmove(digits + 2, digits + 3, strlen(digits + 3) + 1);
    return digits[0] != '0' && is_e164_length(digits);
}

static void renumber(char digits[DIGITS_MAX + 1])
{
    char *national = digits + 2;
    if (strlen(national) != 10)
        return;
    for (size_t i = 0; i < sizeof renumbered / sizeof *renumbered; i++)
        if (starts(national, renumbered[i].old)) {
            memcpy(national, renumbered[i].new, 2);
            memmove(national + 2, national + 3, strlen(national + 3) + 1);
            return;
        }
}

/* Mobile numbers have nine digits after 84; fixed lines (they can text too) have ten and begin with 2. */
static bool is_vietnamese(const char *digits)
{
    const char *national = digits + 2;
    if (strlen(national) == 9)
        return strchr("35789", *national) != NULL;
    return strlen(national) == 10 && *national == '2';
}

enum sender_kind msisdn_normalise(struct slice sender, char msisdn[MSISDN_MAX])
{
    char digits[DIGITS_MAX + 1] = "";
    bool plus = false;
    enum sender_kind kind = take_digits(sender, digits, &plus);
    if (kind != SENDER_MOBILE)
        return kind;
    if (!plus && is_service(digits))
        return SENDER_SHORT_CODE;
    /* the country code makes a national number one longer than the digits that came */
    if (strlen(digits) == DIGITS_MAX || !to_international(digits, plus))
        return SENDER_INVALID;
    if (starts(digits, COUNTRY)) {
        renumber(digits);
        if (!is_vietnamese(digits))
            return SENDER_INVALID;
    }
    memcpy(msisdn, digits, strlen(digits) + 1);
    return SENDER_MOBILE;
}

void msisdn_redact(const char *msisdn, char redacted[MSISDN_MAX])
{
    size_t n = strlen(msisdn);
    if (n < E164_MIN)
        snprintf(redacted, MSISDN_MAX, "****");
    else
        snprintf(redacted, MSISDN_MAX, "%.3s****%s", msisdn, msisdn + n - 3);
}
