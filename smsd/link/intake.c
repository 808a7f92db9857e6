/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/link/intake.h"

#include "parsers/kannel/msisdn.h"
#include "parsers/kannel/ussd.h"
#include "smsd/clock.h"
#include "smsd/link/charset.h"
#include "smsd/link/text_hash.h"

#define ID_MAX 64         /* Kannel's are UUIDs of 36 */
#define SHORT_CODE_MAX 32 /* a dialled USSD string is the longest */
#define GATEWAY_MAX 64    /* an smsc-id */
#define SERVICE_MAX 5     /* SMPP 3.4: six octets with the NUL */

struct reading_in {
    struct arena *arena;
    const struct incoming *in;
    const struct intake_rules *rules;
    struct envelope *envelope;
};

/* Visible ASCII, 1 to max bytes. */
static bool is_token(struct slice text, size_t max)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.at[i] <= ' ' || text.at[i] > '~')
            return false;
    return text.n > 0 && text.n <= max;
}

static enum refusal read_id(const struct reading_in *r, struct mo *mo)
{
    if (!is_token(r->in->id, ID_MAX))
        return REFUSAL_NO_ID;
    mo->kannel_id = arena_copy(r->arena, r->in->id);
    return REFUSAL_NONE;
}

static enum refusal read_sender(const struct reading_in *r, struct mo *mo)
{
    static const enum refusal refusals[] = {[SENDER_MOBILE] = REFUSAL_NONE,
                                            [SENDER_SHORT_CODE] = REFUSAL_SHORT_CODE,
                                            [SENDER_ALPHANUMERIC] = REFUSAL_ALPHANUMERIC,
                                            [SENDER_INVALID] = REFUSAL_SENDER_INVALID};
    char *msisdn = arena_alloc(r->arena, MSISDN_MAX);
    if (slice_is(r->in->from, r->rules->short_code))
        return REFUSAL_SHORT_CODE; /* our own text, coming back */
    enum sender_kind kind = msisdn_normalise(r->in->from, msisdn);
    if (kind == SENDER_MOBILE)
        mo->msisdn = msisdn;
    return refusals[kind];
}

static enum refusal read_receiver(const struct reading_in *r, struct mo *mo)
{
    struct slice to = r->in->to.n > 0 ? r->in->to : slice_of(r->rules->short_code);
    if (!is_token(to, SHORT_CODE_MAX))
        return REFUSAL_BAD_REQUEST;
    mo->short_code = arena_copy(r->arena, to);
    return REFUSAL_NONE;
}

static enum refusal read_coding(const struct reading_in *r, struct mo *mo)
{
    (void)mo;
    if (r->in->coding < SMS_GSM7 || r->in->coding > SMS_UCS2)
        return REFUSAL_BAD_REQUEST;
    return r->in->coding == SMS_BINARY ? REFUSAL_BINARY : REFUSAL_NONE;
}

static const char *token_or_nothing(const struct reading_in *r, struct slice text, size_t max)
{
    return is_token(text, max) ? arena_copy(r->arena, text) : "";
}

/* A USSD session is told by its TLV. */
static enum refusal read_channel(const struct reading_in *r, struct mo *mo)
{
    struct ussd_profile profile;
    if (r->in->meta.n == 0)
        return REFUSAL_NONE;
    ussd_profile_of(slice_of(r->rules->ussd_gateways), r->in->smsc, &profile);
    const struct ussd_signal signal = ussd_signal_read(r->arena, r->in->meta, &profile);
    mo->channel = signal.sign == USSD_ABSENT ? CHANNEL_SMS : CHANNEL_USSD;
    mo->sign = signal.sign;
    if (signal.sign == USSD_ABSENT)
        return REFUSAL_NONE;
    mo->gateway = token_or_nothing(r, r->in->smsc, GATEWAY_MAX);
    mo->session = signal.session;
    r->envelope->ussd.ask = signal.ask;
    r->envelope->ussd.end = signal.end;
    r->envelope->ussd.service = token_or_nothing(r, r->in->service, SERVICE_MAX);
    return signal.sign == USSD_UNKNOWN ? REFUSAL_CHANNEL : REFUSAL_NONE;
}

/* Some gateways give what was dialled as the text, some as the receiver. */
static void take_dialled(struct mo *mo)
{
    if (mo->sign == USSD_DIALS && *mo->text != '*' && *mo->short_code == '*')
        mo->text = mo->short_code;
}

static enum refusal decode_text(const struct reading_in *r, struct mo *mo)
{
    bool mended;
    if (!charset_decode(r->arena, r->in->text, r->in->charset, (enum sms_coding)r->in->coding, &mo->text, &mended))
        return REFUSAL_CHARSET;
    if (mended)
        metric_add(METRIC_MO_MENDED, 1);
    take_dialled(mo);
    mo->text_hash = text_hash(r->arena, mo->text, mo->channel);
    return REFUSAL_NONE;
}

/* Takes the steps until one of them refuses. */
typedef enum refusal intake_step(const struct reading_in *, struct mo *);

static enum refusal take_steps(const struct reading_in *reading, intake_step *const *steps, size_t n)
{
    enum refusal refusal = REFUSAL_NONE;
    reading->envelope->kind = ENVELOPE_MO;
    reading->envelope->mo = (struct mo){.received_us = clock_now_us()};
    for (size_t i = 0; i < n && refusal == REFUSAL_NONE; i++)
        refusal = steps[i](reading, &reading->envelope->mo);
    return refusal;
}

enum refusal intake_text(struct arena *arena, const struct incoming *in, const struct intake_rules *rules,
                         struct envelope *envelope_r)
{
    static intake_step *const steps[] = {read_id, read_sender, read_receiver, read_coding, read_channel, decode_text};
    return take_steps(&(struct reading_in){arena, in, rules, envelope_r}, steps, sizeof steps / sizeof steps[0]);
}

/* ---- an aggregator's callback ---- */

/* Of a session's name: with the length of what was pressed, which grows, and its hash, for names are used again, it is
 * the id of a keypress. */
#define SESSION_MAX (ID_MAX - 17)

static enum refusal read_keypress(const struct reading_in *r, struct mo *mo)
{
    if (!is_token(r->in->id, SESSION_MAX))
        return REFUSAL_NO_ID;
    mo->channel = CHANNEL_USSD;
    mo->gateway = "callback";
    mo->session = arena_copy(r->arena, r->in->id);
    return REFUSAL_NONE;
}

static enum refusal name_keypress(const struct reading_in *r, struct mo *mo)
{
    mo->kannel_id =
        arena_printf(r->arena, "%s:%zu:%08x", mo->session, r->in->text.n, (unsigned)(mo->text_hash & UINT32_MAX));
    return REFUSAL_NONE;
}

/* The last of "1*2*3". */
static enum refusal take_last(const struct reading_in *r, struct mo *mo)
{
    const char *star = strrchr(mo->text, '*');
    (void)r;
    mo->sign = *mo->text ? USSD_ANSWERS : USSD_DIALS;
    mo->pressed = mo->text;
    mo->text = star ? star + 1 : *mo->text ? mo->text : mo->short_code;
    return REFUSAL_NONE;
}

enum refusal intake_callback(struct arena *arena, const struct incoming *in, const struct intake_rules *rules,
                             struct envelope *envelope_r)
{
    static intake_step *const steps[] = {read_keypress, read_sender,   read_receiver,
                                         decode_text,   name_keypress, take_last};
    return take_steps(&(struct reading_in){arena, in, rules, envelope_r}, steps, sizeof steps / sizeof steps[0]);
}

/* Kannel's values of a report; each has its counter. */
static const struct {
    int64_t value;
    enum metric metric;
} REPORTS[] = {{1, METRIC_DLR_DELIVERED},
               {2, METRIC_DLR_FAILED},
               {4, METRIC_DLR_BUFFERED},
               {8, METRIC_DLR_ACCEPTED},
               {16, METRIC_DLR_REFUSED}};

enum refusal intake_report(int64_t value, struct dlr *dlr_r, enum metric *counter_r)
{
    dlr_r->at_us = clock_now_us();
    for (size_t i = 0; i < sizeof REPORTS / sizeof REPORTS[0]; i++) {
        if (REPORTS[i].value == value) {
            dlr_r->dlr = (int)value;
            *counter_r = REPORTS[i].metric;
            return REFUSAL_NONE;
        }
    }
    return REFUSAL_BAD_REQUEST;
}
