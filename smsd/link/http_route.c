/* SPDX-License-Identifier: Apache-2.0
 *
 * What each path does.
 */
#include "smsd/link/http_request.h"

/* A connection that has shown the secret may idle this long: if we closed it just as smsbox writes the next text
 * to it, that text would lose its answer. smsbox gives idle ones up sooner. */
#define KANNEL_IDLE_S 3600

/* Bytes of a callback: a form of some fields. */
#define USSD_BODY_MAX 4096

bool request_knows(const struct request *request, const char *secret)
{
    const size_t n = strlen(secret);
    struct slice given;
    unsigned difference = 0;
    if (!request_parameter(request, "secret", &given) || given.n != n)
        return false;
    for (size_t i = 0; i < n; i++)
        difference |= (unsigned)(unsigned char)given.at[i] ^ (unsigned)(unsigned char)secret[i];
    return difference == 0;
}

/* What Kannel calls: the secret first, then the envelope. */
static enum MHD_Result serve_kannel(struct request *request, enum refusal (*read)(struct request *))
{
    if (!request_knows(request, request->link->settings.secret))
        return request_refuse(request, REFUSAL_SECRET);
    MHD_set_connection_option(request->connection, MHD_CONNECTION_OPTION_TIMEOUT, KANNEL_IDLE_S);
    enum refusal refusal = read(request);
    return refusal == REFUSAL_NONE ? request_lend(request) : request_refuse(request, refusal);
}

static enum refusal read_mo(struct request *request)
{
    return request->link->settings.takes_texts ? request_read_mo(request) : REFUSAL_OTHER_LINK;
}

static enum MHD_Result serve_mo(struct request *request)
{
    metric_add(METRIC_MO_HTTP, 1);
    return serve_kannel(request, read_mo);
}

static enum MHD_Result serve_dlr(struct request *request)
{
    return serve_kannel(request, request_read_dlr);
}

static enum MHD_Result serve_healthz(struct request *request)
{
    const struct http_link *link = request->link;
    bool healthy = !atomic_load(&link->draining) && link->settings.healthy(link->settings.ctx);
    return request_reply(request, healthy ? MHD_HTTP_OK : MHD_HTTP_SERVICE_UNAVAILABLE, "text/plain; charset=UTF-8",
                         healthy ? "ok\n" : "not ready\n");
}

static enum MHD_Result serve_metrics(struct request *request)
{
    const struct http_settings *settings = &request->link->settings;
    return request_reply(request, MHD_HTTP_OK, "text/plain; version=0.0.4; charset=utf-8",
                         settings->metrics(settings->ctx, request->arena));
}

static const struct route ROUTES[] = {
    {"/kannel/mo", {"GET", "POST"}, serve_mo, request_answer_kannel, 0},
    {"/kannel/dlr", {"GET", NULL}, serve_dlr, request_answer_kannel, 0},
    {"/ussd", {"POST", NULL}, request_serve_ussd, request_answer_ussd, USSD_BODY_MAX},
    {"/healthz", {"GET", NULL}, serve_healthz, NULL, 0},
    {"/metrics", {"GET", NULL}, serve_metrics, NULL, 0},
};

const struct route *http_route(const char *path)
{
    for (size_t i = 0; i < sizeof ROUTES / sizeof ROUTES[0]; i++)
        if (strcmp(ROUTES[i].path, path) == 0)
            return &ROUTES[i];
    return NULL;
}
