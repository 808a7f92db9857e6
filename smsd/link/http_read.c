/* SPDX-License-Identifier: Apache-2.0
 *
 * From the parameters of a request to an envelope.
 */
#include <strings.h>

#include "parsers/kannel/meta.h"
#include "parsers/kannel/msisdn.h"
#include "parsers/text/fold.h"
#include "smsd/clock.h"
#include "smsd/link/charset.h"
#include "smsd/link/http_request.h"
#include "smsd/link/text_hash.h"

#define ID_MAX 64         /* Kannel's are UUIDs of 36 */
#define SHORT_CODE_MAX 32 /* a dialled USSD string is the longest */

bool request_parameter(const struct request *request, const char *name, struct slice *value_r)
{
    const char *value = NULL;
    size_t n = 0;
    if (MHD_lookup_connection_value_n(request->connection, MHD_GET_ARGUMENT_KIND, name, strlen(name), &value, &n) !=
        MHD_YES)
        return false;
    *value_r = (struct slice){value, value ? n : 0};
    return true;
}

/* The parameter, or else the header (when there is one for it), or else nothing. */
static struct slice parameter_or_header(const struct request *request, const char *name, const char *header)
{
    struct slice value;
    if (request_parameter(request, name, &value))
        return value;
    return slice_of(MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, header));
}

/* Visible ASCII, 1 to max bytes. */
static bool is_token(struct slice text, size_t max)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.at[i] <= ' ' || text.at[i] > '~')
            return false;
    return text.n > 0 && text.n <= max;
}

/* A whole number that fits; false otherwise. */
static bool read_int64(struct slice text, int64_t *number_r)
{
    int64_t number = 0;
    if (text.n == 0 || text.n > 18)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
        number = number * 10 + (text.at[i] - '0');
    }
    *number_r = number;
    return true;
}

/* charset=... of the Content-Type, its quotes taken off; "" when it says none. */
static const char *content_charset(const struct request *request)
{
    const char *type = MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_TYPE);
    const char *at = type ? strcasestr(type, "charset=") : NULL;
    if (!at)
        return "";
    at += strlen("charset=");
    at += strspn(at, "\"");
    return arena_copy(request->arena, (struct slice){at, strcspn(at, "\"; ")});
}

static const char *charset_of(const struct request *request)
{
    struct slice charset;
    if (request_parameter(request, "charset", &charset))
        return arena_copy(request->arena, charset);
    return content_charset(request);
}

static enum refusal read_id(struct request *request, struct mo *mo)
{
    struct slice id;
    if (!request_parameter(request, "id", &id) || !is_token(id, ID_MAX))
        return REFUSAL_NO_ID;
    mo->kannel_id = arena_copy(request->arena, id);
    return REFUSAL_NONE;
}

static enum refusal read_sender(struct request *request, struct mo *mo)
{
    static const enum refusal refusals[] = {[SENDER_MOBILE] = REFUSAL_NONE,
                                            [SENDER_SHORT_CODE] = REFUSAL_SHORT_CODE,
                                            [SENDER_ALPHANUMERIC] = REFUSAL_ALPHANUMERIC,
                                            [SENDER_INVALID] = REFUSAL_SENDER_INVALID};
    struct slice from = parameter_or_header(request, "from", "X-Kannel-From");
    char *msisdn = arena_alloc(request->arena, MSISDN_MAX);
    if (slice_is(from, request->link->settings.short_code))
        return REFUSAL_SHORT_CODE; /* our own text, coming back */
    enum sender_kind kind = msisdn_normalise(from, msisdn);
    if (kind == SENDER_MOBILE)
        mo->msisdn = msisdn;
    return refusals[kind];
}

static enum refusal read_receiver(struct request *request, struct mo *mo)
{
    struct slice to = parameter_or_header(request, "to", "X-Kannel-To");
    if (to.n == 0)
        to = slice_of(request->link->settings.short_code);
    if (!is_token(to, SHORT_CODE_MAX))
        return REFUSAL_BAD_REQUEST;
    mo->short_code = arena_copy(request->arena, to);
    return REFUSAL_NONE;
}

/* Kannel's %c; a text that says nothing is taken for an ordinary one. */
static enum refusal read_coding(struct request *request, struct mo *mo)
{
    (void)mo;
    struct slice text = parameter_or_header(request, "coding", "X-Kannel-Coding");
    int64_t coding = SMS_GSM7;
    if (text.n > 0 && (!read_int64(text, &coding) || coding > SMS_UCS2))
        return REFUSAL_BAD_REQUEST;
    request->coding = (enum sms_coding)coding;
    return coding == SMS_BINARY ? REFUSAL_BINARY : REFUSAL_NONE;
}

/* A USSD session is told by its TLV (KANNEL: ussd_service_op); menus are not served on this link. */
static enum refusal read_channel(struct request *request, struct mo *mo)
{
    struct slice operation;
    struct slice meta = parameter_or_header(request, "meta", "X-Kannel-Meta-Data");
    mo->channel = CHANNEL_SMS;
    return kannel_meta_get(request->arena, meta, "smpp", "ussd_service_op", &operation) ? REFUSAL_CHANNEL
                                                                                        : REFUSAL_NONE;
}

static enum refusal read_body(struct request *request, struct mo *mo)
{
    struct slice bytes = {request->body, request->body_n};
    bool mended;
    if (bytes.n == 0)
        request_parameter(request, "text", &bytes);
    if (!charset_decode(request->arena, bytes, charset_of(request), request->coding, &mo->text, &mended))
        return REFUSAL_CHARSET;
    if (mended)
        metric_add(METRIC_MO_MENDED, 1);
    mo->text_hash = text_hash(request->arena, mo->text, mo->channel);
    return REFUSAL_NONE;
}

enum refusal request_read_mo(struct request *request)
{
    static enum refusal (*const steps[])(struct request *, struct mo *) = {read_id,     read_sender,  read_receiver,
                                                                           read_coding, read_channel, read_body};
    struct mo *mo = &request->envelope.mo;
    enum refusal refusal = REFUSAL_NONE;
    request->envelope.kind = ENVELOPE_MO;
    mo->received_us = clock_now_us();
    for (size_t i = 0; i < sizeof steps / sizeof steps[0] && refusal == REFUSAL_NONE; i++)
        refusal = steps[i](request, mo);
    return refusal;
}

static bool read_number(const struct request *request, const char *name, int64_t *number_r)
{
    struct slice text;
    return request_parameter(request, name, &text) && read_int64(text, number_r);
}

/* Kannel's values of a report; each has its counter. */
static const struct {
    int64_t status;
    enum metric metric;
} REPORTS[] = {{1, METRIC_DLR_DELIVERED},
               {2, METRIC_DLR_FAILED},
               {4, METRIC_DLR_BUFFERED},
               {8, METRIC_DLR_ACCEPTED},
               {16, METRIC_DLR_REFUSED}};

enum refusal request_read_dlr(struct request *request)
{
    struct dlr *dlr = &request->envelope.dlr;
    int64_t status;
    request->envelope.kind = ENVELOPE_DLR;
    dlr->at_us = clock_now_us();
    if (!read_number(request, "id", &dlr->id) || !read_number(request, "at", &dlr->created_us) ||
        !read_number(request, "status", &status))
        return REFUSAL_BAD_REQUEST;
    for (size_t i = 0; i < sizeof REPORTS / sizeof REPORTS[0]; i++) {
        if (REPORTS[i].status == status) {
            dlr->dlr = (int)status;
            request->report = REPORTS[i].metric;
            return REFUSAL_NONE;
        }
    }
    return REFUSAL_BAD_REQUEST;
}
