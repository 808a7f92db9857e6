/* SPDX-License-Identifier: Apache-2.0
 *
 * USSD in Kannel's metadata (parsers/kannel/meta.h): SMPP's ussd_service_op and the session, and the metadata of an
 * answer. The operations are those of SMPP 3.4 §5.3.2.44; what gateways do with the session differs, and a profile says
 * it.
 */
#ifndef PARSERS_KANNEL_USSD_H
#define PARSERS_KANNEL_USSD_H

#include <stdbool.h>

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"

/* Where a gateway's sessions have their names. */
enum ussd_naming {
    USSD_BY_NUMBER,    /* the first octet of its_session_info; the second counts the messages */
    USSD_BY_INFO,      /* both octets of its_session_info */
    USSD_BY_REFERENCE, /* user_message_reference */
    USSD_UNNAMED       /* nowhere: a number has one session at a time */
};

struct ussd_profile {
    enum ussd_naming naming;
    bool end_flag; /* bit 0 of the second octet of its_session_info says that the session is over, both ways */
};

/* The profile of a gateway out of "vnp: reference, mobi: unnamed, *: number end-flag": clauses by smsc-id, `*` for all
 * others, with the words number (which holds where none does), info, reference, unnamed, end-flag. False when the
 * text is not of that form. */
bool ussd_profile_of(struct slice profiles, struct slice smsc, struct ussd_profile *profile_r);

/* Whether it is of that form. */
bool ussd_profiles_are_sound(struct slice profiles);

/* What a gateway says beside the text. */
enum ussd_sign {
    USSD_ABSENT,  /* nothing: it is an SMS */
    USSD_DIALS,   /* a session begins */
    USSD_ANSWERS, /* the person pressed or typed something */
    USSD_LEAVES,  /* it is over: the person, the network or a timeout ended it, and nothing more can be said */
    USSD_UNKNOWN  /* an operation that is none of a session's */
};

struct ussd_signal {
    enum ussd_sign sign;
    const char *session;   /* name of the session, hexadecimal; "" = it has none */
    const char *ask, *end; /* the metadata of an answer that asks, and of one that ends the session */
};

/* What the metadata of a text says; strings in the arena. */
struct ussd_signal ussd_signal_read(struct arena *arena, struct slice meta, const struct ussd_profile *profile);

#endif
