/* SPDX-License-Identifier: Apache-2.0
 *
 * An aggregator's callbacks: each keypress of a USSD session is one, with all that was pressed so far. The form of
 * Africa's Talking, which others have taken over.
 */
#include <strings.h>

#include "smsd/link/http_request.h"
#include "smsd/link/intake.h"

#define PIECE 1024 /* bytes that libmicrohttpd gives of a value at once */

/* The fields of the form that are ours. */
struct form {
    struct arena *arena;
    struct slice session, service, number, text;
};

static struct slice *field_of(struct form *form, const char *name)
{
    const struct {
        const char *name;
        struct slice *value;
    } fields[] = {{"sessionId", &form->session},
                  {"serviceCode", &form->service},
                  {"phoneNumber", &form->number},
                  {"text", &form->text}};
    for (size_t i = 0; name && i < sizeof fields / sizeof fields[0]; i++)
        if (strcmp(fields[i].name, name) == 0)
            return fields[i].value;
    return NULL;
}

/* Called for each piece of each value. One given twice is the first, with the second behind it. */
static enum MHD_Result take_piece(void *cls, enum MHD_ValueKind kind, const char *name, const char *file,
                                  const char *type, const char *encoding, const char *data, uint64_t at, size_t n)
{
    struct form *form = cls;
    struct slice *value = field_of(form, name);
    (void)kind;
    (void)file;
    (void)type;
    (void)encoding;
    (void)at;
    if (!value)
        return MHD_YES;
    char *longer = arena_alloc(form->arena, value->n + n + 1);
    if (value->n)
        memcpy(longer, value->at, value->n);
    memcpy(longer + value->n, data, n);
    *value = (struct slice){longer, value->n + n};
    return MHD_YES;
}

/* libmicrohttpd would read a multipart form as well, whose parts may have no name. */
static bool is_form(const struct request *request)
{
    const char *type = MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_TYPE);
    return type && strncasecmp(type, MHD_HTTP_POST_ENCODING_FORM_URLENCODED,
                               strlen(MHD_HTTP_POST_ENCODING_FORM_URLENCODED)) == 0;
}

/* False when the body is no form. */
static bool read_form(const struct request *request, struct form *form)
{
    if (!is_form(request))
        return false;
    struct MHD_PostProcessor *reader = MHD_create_post_processor(request->connection, PIECE, take_piece, form);
    if (!reader)
        return false;
    enum MHD_Result read = request->body_n ? MHD_post_process(reader, request->body, request->body_n) : MHD_YES;
    return MHD_destroy_post_processor(reader) == MHD_YES && read == MHD_YES;
}

/* "+84..." comes as " 84..." from who forgets to encode the plus. */
static struct slice without_blank(struct slice number)
{
    return number.n && *number.at == ' ' ? (struct slice){number.at + 1, number.n - 1} : number;
}

static enum refusal read_callback(struct request *request)
{
    const struct http_settings *settings = &request->link->settings;
    struct form form = {.arena = request->arena};
    if (!read_form(request, &form))
        return REFUSAL_BAD_REQUEST;
    const struct intake_rules rules = {settings->short_code, settings->ussd_gateways};
    const struct incoming in = {.id = form.session,
                                .from = without_blank(form.number),
                                .to = form.service,
                                .text = form.text,
                                .charset = "UTF-8",
                                .coding = SMS_GSM7};
    return intake_callback(request->arena, &in, &rules, &request->envelope);
}

enum MHD_Result request_serve_ussd(struct request *request)
{
    struct http_link *link = request->link;
    if (!*link->settings.ussd_secret)
        return request_refuse(request, REFUSAL_NOT_FOUND);
    if (!request_knows(request, link->settings.ussd_secret))
        return request_refuse(request, REFUSAL_SECRET);
    metric_add(METRIC_MO_CALLBACK, 1);
    enum refusal refusal = read_callback(request);
    if (refusal != REFUSAL_NONE)
        return request_refuse(request, refusal);
    if (link->callbacks < (size_t)link->settings.ussd_window) {
        request->is_callback = true;
        link->callbacks++;
        return request_lend(request);
    }
    request_note_refusal(request, REFUSAL_INBOX_FULL);
    request->answer = (struct answer){.kind = ANSWER_LATER};
    return request_answer_ussd(request);
}

/* What cannot be done now ends the session: an aggregator does not come again by itself, the person may. */
enum MHD_Result request_answer_ussd(struct request *request)
{
    const struct http_settings *settings = &request->link->settings;
    const struct answer *answer = &request->answer;
    const char *screen = answer->kind == ANSWER_TEXT    ? answer->text
                         : answer->kind == ANSWER_LATER ? settings->ussd_later(settings->ctx, request->arena)
                                                        : "";
    const bool ends = answer->kind != ANSWER_TEXT || answer->ends;
    return request_reply(request, MHD_HTTP_OK, "text/plain; charset=UTF-8",
                         arena_printf(request->arena, "%s %s", ends ? "END" : "CON", screen));
}
