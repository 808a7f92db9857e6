/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/kannel/ussd.h"

#include <string.h>

#include "parsers/kannel/meta.h"

#define GROUP "smpp"
#define OPERATION "ussd_service_op"
#define INFO "its_session_info"
#define REFERENCE "user_message_reference"

/* What we answer with. */
#define ASK 2  /* USSR request */
#define END 17 /* PSSR response */
#define END_FLAG 1

/* ---- profiles ---- */

static const struct {
    const char *word;
    enum ussd_naming naming;
} NAMINGS[] = {
    {"number", USSD_BY_NUMBER}, {"info", USSD_BY_INFO}, {"reference", USSD_BY_REFERENCE}, {"unnamed", USSD_UNNAMED}};

static struct slice trim(struct slice text)
{
    while (text.n && *text.at == ' ') {
        text.at++;
        text.n--;
    }
    while (text.n && text.at[text.n - 1] == ' ')
        text.n--;
    return text;
}

/* Takes what stands before `end` off the text, all of it when there is none. */
static struct slice take(struct slice *rest, char end)
{
    const char *at = rest->n ? memchr(rest->at, end, rest->n) : NULL;
    struct slice taken = {rest->at, at ? (size_t)(at - rest->at) : rest->n};
    rest->at += taken.n + (at != NULL);
    rest->n -= taken.n + (at != NULL);
    return trim(taken);
}

static bool read_word(struct slice word, struct ussd_profile *profile)
{
    if (slice_is(word, "end-flag"))
        return profile->end_flag = true;
    for (size_t i = 0; i < sizeof NAMINGS / sizeof *NAMINGS; i++) {
        if (slice_is(word, NAMINGS[i].word)) {
            profile->naming = NAMINGS[i].naming;
            return true;
        }
    }
    return false;
}

static bool read_words(struct slice words, struct ussd_profile *profile_r)
{
    *profile_r = (struct ussd_profile){.naming = USSD_BY_NUMBER};
    if (words.n == 0)
        return false;
    while (words.n)
        if (!read_word(take(&words, ' '), profile_r))
            return false;
    return true;
}

bool ussd_profile_of(struct slice profiles, struct slice smsc, struct ussd_profile *profile_r)
{
    bool named = false;
    *profile_r = (struct ussd_profile){.naming = USSD_BY_NUMBER};
    profiles = trim(profiles);
    while (profiles.n) {
        struct slice clause = take(&profiles, ','), name = take(&clause, ':');
        struct ussd_profile read;
        if (name.n == 0 || !read_words(trim(clause), &read))
            return false;
        const bool own = smsc.n && slice_eq(name, smsc);
        if (own || (slice_is(name, "*") && !named))
            *profile_r = read;
        named |= own;
    }
    return true;
}

bool ussd_profiles_are_sound(struct slice profiles)
{
    struct ussd_profile profile;
    return ussd_profile_of(profiles, (struct slice){"", 0}, &profile);
}

/* ---- what comes ---- */

static const struct {
    unsigned char operation;
    enum ussd_sign sign;
} OPERATIONS[] = {
    {1, USSD_DIALS},    /* PSSR indication */
    {18, USSD_ANSWERS}, /* USSR confirm */
    {129, USSD_LEAVES}, /* of the range that vendors have: abort */
};

static enum ussd_sign sign_of(struct slice operation)
{
    for (size_t i = 0; i < sizeof OPERATIONS / sizeof *OPERATIONS && operation.n == 1; i++)
        if ((unsigned char)*operation.at == OPERATIONS[i].operation)
            return OPERATIONS[i].sign;
    return USSD_UNKNOWN;
}

/* Of a session's name, in octets: two of its_session_info, or a number. */
#define NAME_MAX_OCTETS 16

static const char *hexadecimal(struct arena *arena, struct slice octets)
{
    static const char digits[] = "0123456789abcdef";
    char *text = arena_alloc(arena, 2 * octets.n + 1), *at = text;
    for (size_t i = 0; i < octets.n && i < NAME_MAX_OCTETS; i++) {
        *at++ = digits[(unsigned char)octets.at[i] >> 4];
        *at++ = digits[(unsigned char)octets.at[i] & 15];
    }
    return text;
}

static bool has_end_flag(const struct ussd_profile *profile, struct slice info)
{
    return profile->end_flag && info.n > 1 && (unsigned char)info.at[1] & END_FLAG;
}

/* ---- what goes back: the session as it came ---- */

static const char *with_value(struct arena *arena, const char *meta, const char *key, struct slice value)
{
    return value.n ? arena_printf(arena, "%s&%s=%s", meta, key, kannel_percent_encode(arena, value)) : meta;
}

static const char *answer_meta(struct arena *arena, unsigned char operation, struct slice info, struct slice reference)
{
    const char *meta = arena_printf(arena, "?" GROUP "?" OPERATION "=%%%02X", operation);
    return with_value(arena, with_value(arena, meta, INFO, info), REFERENCE, reference);
}

static struct slice with_end_flag(struct arena *arena, struct slice info)
{
    char *octets = arena_alloc(arena, info.n + 1);
    memcpy(octets, info.at, info.n);
    octets[1] = (char)((unsigned char)octets[1] | END_FLAG);
    return (struct slice){octets, info.n};
}

struct ussd_signal ussd_signal_read(struct arena *arena, struct slice meta, const struct ussd_profile *profile)
{
    struct slice operation, info = {"", 0}, reference = {"", 0};
    if (!kannel_meta_get(arena, meta, GROUP, OPERATION, &operation))
        return (struct ussd_signal){.sign = USSD_ABSENT};
    kannel_meta_get(arena, meta, GROUP, INFO, &info);
    kannel_meta_get(arena, meta, GROUP, REFERENCE, &reference);
    const struct slice names[] = {[USSD_BY_NUMBER] = {info.at, info.n > 0},
                                  [USSD_BY_INFO] = info,
                                  [USSD_BY_REFERENCE] = reference,
                                  [USSD_UNNAMED] = {"", 0}};
    const bool flagged = profile->end_flag && info.n > 1;
    struct ussd_signal signal = {.sign = sign_of(operation),
                                 .session = hexadecimal(arena, names[profile->naming]),
                                 .ask = answer_meta(arena, ASK, info, reference),
                                 .end =
                                     answer_meta(arena, END, flagged ? with_end_flag(arena, info) : info, reference)};
    if (signal.sign == USSD_ANSWERS && has_end_flag(profile, info))
        signal.sign = USSD_LEAVES;
    return signal;
}
