/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/link/http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <time.h>

#include "smsd/link/http_request.h"
#include "smsd/log/log.h"

#define CONNECTION_MEMORY 65536 /* bytes: headers and URL; ten parts of UCS-2, percent-encoded, are 6,030 */
#define REQUEST_ARENA 8192      /* bytes */
#define OVERSIZE_FACTOR 8       /* a body this many times too large is cut off without an answer */
#define LAST_ANSWERS_S 5        /* what http_link_stop gives clients to take their answers */

/* ---- envelopes out and back ---- */

/* False once the link drains. Decided under the lock, so that nothing is lent after http_link_stop has counted. */
static bool count_lent(struct http_link *link)
{
    pthread_mutex_lock(&link->lock);
    bool open = !atomic_load(&link->draining);
    link->lent += open;
    link->unanswered += open;
    pthread_mutex_unlock(&link->lock);
    metric_add(METRIC_HTTP_ENVELOPES, open);
    return open;
}

static void count_down(struct http_link *link, size_t *counter)
{
    pthread_mutex_lock(&link->lock);
    (*counter)--;
    pthread_cond_broadcast(&link->changed);
    pthread_mutex_unlock(&link->lock);
}

/* Keeps the answer and lets the connection go on. The request may be gone as soon as it is resumed. */
static void give_back(struct request *request, const struct answer *answer)
{
    struct http_link *link = request->link;
    if (request->envelope.kind == ENVELOPE_DLR && answer->kind != ANSWER_LATER)
        metric_add(request->report, 1);
    request->answer = *answer;
    if (answer->kind == ANSWER_TEXT)
        request->answer.text = arena_copy(request->arena, slice_of(answer->text));
    request->stage = STAGE_DONE;
    MHD_resume_connection(request->connection);
    metric_add(METRIC_HTTP_ENVELOPES, -1);
    count_down(link, &link->lent);
}

/* On a worker's thread. */
static void on_done(struct envelope *envelope, const struct answer *answer)
{
    give_back(envelope->link, answer);
}

enum MHD_Result request_lend(struct request *request)
{
    struct http_link *link = request->link;
    if (!count_lent(link))
        return request_refuse(request, REFUSAL_DRAINING);
    request->envelope.done = on_done;
    request->envelope.link = request;
    request->stage = STAGE_LENT;
    request->was_lent = true;
    MHD_suspend_connection(request->connection);
    if (!link->settings.put(link->settings.ctx, &request->envelope)) {
        refusal_note(REFUSAL_INBOX_FULL, request->route->path, &request->envelope.mo);
        give_back(request, &(struct answer){.kind = ANSWER_LATER});
    }
    return MHD_YES;
}

/* ---- requests ---- */

static struct request *request_new(struct http_link *link, struct MHD_Connection *connection)
{
    struct request *request = calloc(1, sizeof *request);
    if (!request)
        return NULL;
    request->link = link;
    request->connection = connection;
    request->arena = arena_new(REQUEST_ARENA);
    return request;
}

static void request_free(struct request *request)
{
    arena_free(&request->arena);
    free(request->body);
    free(request);
}

static bool is_method(const struct route *route, const char *method)
{
    return strcmp(route->methods[0], method) == 0 || (route->methods[1] && strcmp(route->methods[1], method) == 0);
}

/* Of a body. */
static size_t most(const struct request *request)
{
    const size_t most = request->route->max_body;
    return most ? most : (size_t)request->link->settings.max_body;
}

/* Does the client announce a body that is too large? */
static bool announces_too_much(const struct request *request)
{
    const char *length =
        MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);
    return length && strtoull(length, NULL, 10) > most(request);
}

/* The headers are in: what can be refused now need not be read. */
static enum MHD_Result begin(struct request *request, const char *path, const char *method)
{
    request->route = http_route(path);
    if (!request->route)
        return request_refuse(request, REFUSAL_NOT_FOUND);
    if (!is_method(request->route, method))
        return request_refuse(request, REFUSAL_METHOD);
    if (announces_too_much(request))
        return request_refuse(request, REFUSAL_TOO_BIG);
    return MHD_YES;
}

/* Makes room for n more bytes of body; doubling, since a client that sends byte by byte must not cost a copy each. */
static bool make_room(struct request *request, size_t n)
{
    size_t room = request->body_room ? request->body_room : 1024;
    while (room < request->body_n + n)
        room *= 2;
    if (room == request->body_room)
        return true;
    char *body = realloc(request->body, room);
    if (!body)
        return false;
    request->body = body;
    request->body_room = room;
    return true;
}

/* MHD_NO closes the connection. */
static enum MHD_Result add_body(struct request *request, const char *data, size_t n)
{
    const size_t max = most(request);
    if (request->body_over > 0 || request->body_n + n > max) {
        if (request->body_over == 0)
            request_note_refusal(request, REFUSAL_TOO_BIG);
        request->body_over += n; /* only without a Content-Length; read on, so that the 413 can be said */
        return request->body_over > max * OVERSIZE_FACTOR ? MHD_NO : MHD_YES;
    }
    if (!make_room(request, n))
        return MHD_NO;
    memcpy(request->body + request->body_n, data, n);
    request->body_n += n;
    return MHD_YES;
}

/* MHD calls this when the headers are in, for each piece of the body, at its end, and when a suspended connection was
 * resumed. */
static enum MHD_Result on_request(void *cls, struct MHD_Connection *connection, const char *path, const char *method,
                                  const char *version, const char *data, size_t *n, void **request_r)
{
    struct request *request = *request_r;
    (void)version;
    if (!request) {
        connection_asks(cls, connection);
        *request_r = request = request_new(cls, connection);
        return request ? begin(request, path, method) : MHD_NO;
    }
    if (*n > 0) {
        const size_t given = *n;
        *n = 0;
        return add_body(request, data, given);
    }
    if (request->stage == STAGE_DONE)
        return request->route->answer(request);
    return request->body_over > 0 ? request_reply_refusal(request, REFUSAL_TOO_BIG) : request->route->serve(request);
}

static void on_completed(void *cls, struct MHD_Connection *connection, void **request_r,
                         enum MHD_RequestTerminationCode code)
{
    struct http_link *link = cls;
    struct request *request = *request_r;
    (void)code;
    if (!request)
        return;
    *request_r = NULL;
    const bool was_lent = request->was_lent;
    link->callbacks -= request->is_callback;
    if (!request->settled)
        connection_left(connection);
    request_free(request);
    if (was_lent)
        count_down(link, &link->unanswered);
}

/* What libmicrohttpd has to say. Its format only: the arguments may hold what a client sent. */
static void on_library_log(void *cls, const char *format, va_list args)
{
    (void)cls;
    (void)args;
    if (strncmp(format, "Error processing request", strlen("Error processing request")) == 0)
        metric_add(METRIC_HTTP_MALFORMED, 1);
    log_warning("http.library", KV("says", format));
}

/* ---- the link ---- */

static void copy_settings(struct http_link *link, const struct http_settings *settings)
{
    link->settings = *settings;
    link->settings.listen = arena_copy(link->arena, slice_of(settings->listen));
    link->settings.secret = arena_copy(link->arena, slice_of(settings->secret));
    link->settings.dlr_base = arena_copy(link->arena, slice_of(settings->dlr_base));
    link->settings.short_code = arena_copy(link->arena, slice_of(settings->short_code));
    link->settings.ussd_gateways = arena_copy(link->arena, slice_of(settings->ussd_gateways));
    link->settings.ussd_secret = arena_copy(link->arena, slice_of(settings->ussd_secret));
}

union address {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
};

static bool parse_address(const struct http_settings *settings, union address *address)
{
    *address = (union address){.any.sa_family = AF_UNSPEC};
    if (inet_pton(AF_INET, settings->listen, &address->v4.sin_addr) == 1) {
        address->v4.sin_family = AF_INET;
        address->v4.sin_port = htons((uint16_t)settings->port);
        return true;
    }
    if (inet_pton(AF_INET6, settings->listen, &address->v6.sin6_addr) == 1) {
        address->v6.sin6_family = AF_INET6;
        address->v6.sin6_port = htons((uint16_t)settings->port);
        return true;
    }
    return false;
}

static struct MHD_Daemon *start_daemon(struct http_link *link, const union address *address)
{
    const unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC | MHD_USE_ERROR_LOG |
                           (address->any.sa_family == AF_INET6 ? MHD_USE_IPv6 : 0u);
    /* clang-format off: an option and its values a line */
    return MHD_start_daemon(flags, (uint16_t)link->settings.port, NULL, NULL, on_request, link,
                            MHD_OPTION_EXTERNAL_LOGGER, on_library_log, NULL, /* first, so that it hears all */
                            MHD_OPTION_SOCK_ADDR, &address->any, MHD_OPTION_NOTIFY_COMPLETED, on_completed, link,
                            MHD_OPTION_NOTIFY_CONNECTION, connection_changed, link, MHD_OPTION_CONNECTION_LIMIT,
                            (unsigned)link->settings.max_connections, MHD_OPTION_CONNECTION_TIMEOUT,
                            (unsigned)link->settings.request_timeout_s, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
                            (size_t)CONNECTION_MEMORY, MHD_OPTION_END);
    /* clang-format on */
}

static void link_free(struct http_link *link)
{
    pthread_cond_destroy(&link->changed);
    pthread_mutex_destroy(&link->lock);
    arena_free(&link->arena);
    free(link);
}

struct http_link *http_link_start(const struct http_settings *settings, const char **error)
{
    union address address;
    pthread_condattr_t monotonic;
    *error = "http.listen is not a numeric address";
    if (!parse_address(settings, &address))
        return NULL;
    struct http_link *link = calloc(1, sizeof *link);
    *error = "no memory for the HTTP link";
    if (!link)
        return NULL;
    link->arena = arena_new(1024);
    pthread_mutex_init(&link->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&link->changed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    copy_settings(link, settings);
    link->daemon = start_daemon(link, &address);
    if (!link->daemon) {
        *error = errno == EADDRINUSE ? "http.port is taken by another program" : "http.listen cannot be bound";
        link_free(link);
        return NULL;
    }
    return link;
}

int http_link_port(const struct http_link *link)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(link->daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info ? info->port : 0;
}

void http_link_drain(struct http_link *link)
{
    pthread_mutex_lock(&link->lock);
    atomic_store(&link->draining, true);
    pthread_mutex_unlock(&link->lock);
}

size_t http_link_open(struct http_link *link)
{
    pthread_mutex_lock(&link->lock);
    size_t lent = link->lent;
    pthread_mutex_unlock(&link->lock);
    return lent;
}

static void wait_for_done(struct http_link *link)
{
    struct timespec until;
    int waited = 0;
    pthread_mutex_lock(&link->lock);
    while (link->lent > 0)
        pthread_cond_wait(&link->changed, &link->lock);
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += LAST_ANSWERS_S;
    while (link->unanswered > 0 && waited == 0)
        waited = pthread_cond_timedwait(&link->changed, &link->lock, &until);
    pthread_mutex_unlock(&link->lock);
}

void http_link_stop(struct http_link **link)
{
    if (!*link)
        return;
    http_link_drain(*link);
    wait_for_done(*link);
    MHD_stop_daemon((*link)->daemon);
    link_free(*link);
    *link = NULL;
}
