/* SPDX-License-Identifier: Apache-2.0
 *
 * From the parameters of a request to an envelope.
 */
#include <strings.h>

#include "smsd/link/http_request.h"
#include "smsd/link/intake.h"

#define CODING_NONE (-1) /* none that Kannel has */

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

/* Kannel's %c; a text that says nothing is taken for an ordinary one. */
static int64_t coding_of(const struct request *request)
{
    struct slice text = parameter_or_header(request, "coding", "X-Kannel-Coding");
    int64_t coding = SMS_GSM7;
    return text.n == 0 || read_int64(text, &coding) ? coding : CODING_NONE;
}

static struct slice text_of(const struct request *request)
{
    struct slice text = {request->body, request->body_n};
    if (text.n == 0)
        request_parameter(request, "text", &text);
    return text;
}

enum refusal request_read_mo(struct request *request)
{
    struct incoming in = {.from = parameter_or_header(request, "from", "X-Kannel-From"),
                          .to = parameter_or_header(request, "to", "X-Kannel-To"),
                          .text = text_of(request),
                          .charset = charset_of(request),
                          .meta = parameter_or_header(request, "meta", "X-Kannel-Meta-Data"),
                          .smsc = parameter_or_header(request, "smsc", "X-Kannel-SMSC"),
                          .service = parameter_or_header(request, "service", "X-Kannel-BInfo"),
                          .coding = coding_of(request)};
    const struct http_settings *settings = &request->link->settings;
    const struct intake_rules rules = {settings->short_code, settings->ussd_gateways};
    request_parameter(request, "id", &in.id);
    return intake_text(request->arena, &in, &rules, &request->envelope);
}

static bool read_number(const struct request *request, const char *name, int64_t *number_r)
{
    struct slice text;
    return request_parameter(request, name, &text) && read_int64(text, number_r);
}

enum refusal request_read_dlr(struct request *request)
{
    struct dlr *dlr = &request->envelope.dlr;
    int64_t value;
    request->envelope.kind = ENVELOPE_DLR;
    if (!read_number(request, "id", &dlr->id) || !read_number(request, "at", &dlr->created_us) ||
        !read_number(request, "status", &value))
        return REFUSAL_BAD_REQUEST;
    return intake_report(value, dlr, &request->report);
}
