/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/link/dlr_url.h"
#include "smsd/link/http_request.h"
#include "smsd/log/log.h"

/* smsbox waits its http-queue-delay anyhow; this is for other clients. */
#define RETRY_AFTER_S "5"

static struct MHD_Response *plain_response(const char *content_type, const char *text)
{
    struct MHD_Response *response = MHD_create_response_from_buffer(strlen(text), (void *)text, MHD_RESPMEM_MUST_COPY);
    if (response)
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, content_type);
    return response;
}

/* Connections kept alive must not keep others out: when three quarters are taken, each answer gives its own up, and
 * says so, as smsbox would lose a text's answer on one that is closed without a word. */
static bool is_crowded(const struct http_link *link)
{
    return link->connections * 4 > (size_t)link->settings.max_connections * 3;
}

/* Hands the response over; without memory for one the connection is closed, and Kannel brings the text again. */
static enum MHD_Result queue(struct request *request, unsigned status, struct MHD_Response *response)
{
    if (!response)
        return MHD_NO;
    if (status == MHD_HTTP_SERVICE_UNAVAILABLE)
        MHD_add_response_header(response, MHD_HTTP_HEADER_RETRY_AFTER, RETRY_AFTER_S);
    if (is_crowded(request->link))
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close");
    enum MHD_Result queued = MHD_queue_response(request->connection, status, response);
    MHD_destroy_response(response);
    request->settled |= queued == MHD_YES;
    return queued;
}

enum MHD_Result request_reply(struct request *request, unsigned status, const char *content_type, const char *text)
{
    return queue(request, status, plain_response(content_type, text));
}

static enum MHD_Result reply_nothing(struct request *request, unsigned status)
{
    return request_reply(request, status, "text/plain; charset=UTF-8", "");
}

void request_note_refusal(struct request *request, enum refusal refusal)
{
    refusal_note(refusal, request->route ? request->route->path : "http", &request->envelope.mo);
    request->settled = true;
}

enum MHD_Result request_reply_refusal(struct request *request, enum refusal refusal)
{
    return reply_nothing(request, refusal_facts(refusal)->status);
}

enum MHD_Result request_refuse(struct request *request, enum refusal refusal)
{
    request_note_refusal(request, refusal);
    return request_reply_refusal(request, refusal);
}

void request_note_unfinished(void)
{
    metric_add(METRIC_HTTP_UNFINISHED, 1);
    log_warning("link.refused", KV("reason", "unfinished"), KV("at", "http"));
}

/* A screen goes back in its session; nobody reports on it. */
static void add_ussd_headers(struct request *request, struct MHD_Response *response)
{
    const struct envelope *envelope = &request->envelope;
    MHD_add_response_header(response, "X-Kannel-Meta-Data",
                            request->answer.ends ? envelope->ussd.end : envelope->ussd.ask);
    if (*envelope->ussd.service)
        MHD_add_response_header(response, "X-Kannel-BInfo", envelope->ussd.service);
}

static void add_report_headers(struct request *request, struct MHD_Response *response)
{
    const struct http_settings *settings = &request->link->settings;
    const struct answer *answer = &request->answer;
    MHD_add_response_header(response, "X-Kannel-DLR-Mask", arena_printf(request->arena, "%d", DLR_MASK));
    MHD_add_response_header(
        response, "X-Kannel-DLR-Url",
        dlr_url(request->arena, settings->dlr_base, settings->secret, answer->outbox_id, answer->created_us));
}

/* What makes Kannel send the text as it is and report on it (its accept-x-kannel-headers must be on). */
static void add_kannel_headers(struct request *request, struct MHD_Response *response)
{
    const struct answer *answer = &request->answer;
    const bool ussd = request->envelope.mo.channel == CHANNEL_USSD;
    MHD_add_response_header(response, "X-Kannel-Priority",
                            arena_printf(request->arena, "%d", ussd ? PRIORITY_SCREEN : PRIORITY_REPLY));
    if (answer->coding == SMS_UCS2)
        MHD_add_response_header(response, "X-Kannel-Coding", "2");
    if (ussd)
        add_ussd_headers(request, response);
    else if (*request->link->settings.dlr_base && answer->outbox_id)
        add_report_headers(request, response);
}

static enum MHD_Result answer_text(struct request *request)
{
    struct MHD_Response *response = plain_response("text/plain; charset=UTF-8", request->answer.text);
    if (response)
        add_kannel_headers(request, response);
    return queue(request, MHD_HTTP_OK, response);
}

static enum MHD_Result answer_nothing(struct request *request)
{
    return reply_nothing(request, MHD_HTTP_OK);
}

static enum MHD_Result answer_later(struct request *request)
{
    return reply_nothing(request, MHD_HTTP_SERVICE_UNAVAILABLE);
}

enum MHD_Result request_answer_kannel(struct request *request)
{
    static enum MHD_Result (*const answers[])(struct request *) = {
        [ANSWER_TEXT] = answer_text, [ANSWER_NOTHING] = answer_nothing, [ANSWER_LATER] = answer_later};
    return answers[request->answer.kind](request);
}
