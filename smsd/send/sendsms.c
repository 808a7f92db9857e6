/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/send/sendsms.h"

#include <curl/curl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "parsers/kannel/meta.h"
#include "smsd/clock.h"
#include "smsd/link/dlr_url.h"
#include "smsd/link/link.h"
#include "smsd/log/log.h"
#include "smsd/metrics/metrics.h"

#define BODY_MAX 64 /* Kannel's answers are one short line; only its beginning matters */

/* One request under way, or a free place for one. */
struct slot {
    CURL *curl;          /* kept from request to request */
    struct arena *arena; /* the URL */
    bool busy;
    int64_t id, created_us;
    int attempts, segments;
    char body[BODY_MAX]; /* NUL-terminated */
    size_t body_n;
};

struct sendsms {
    struct sendsms_settings settings; /* strings in the arena */
    struct arena *arena;
    CURLM *multi;
    size_t n, busy;
    struct slot slots[];
};

/* ---- what an answer means ---- */

enum verdict { VERDICT_ACCEPTED, VERDICT_FULL, VERDICT_UNREACHED, VERDICT_DENIED, VERDICT_REFUSED, VERDICT_UNCERTAIN };

static const struct {
    long status;
    const char *body; /* how the answer begins; "" = any */
    enum verdict verdict;
    const char *detail;
} ANSWERS[] = {
    {202, "", VERDICT_ACCEPTED, "202"},
    {503, "", VERDICT_FULL, "503"},
    {403, "Not routable", VERDICT_REFUSED, "403 not routable"},
    {403, "", VERDICT_DENIED, "403"},
    {401, "", VERDICT_DENIED, "401"},
    {404, "", VERDICT_DENIED, "404"},
    {400, "", VERDICT_REFUSED, "400"},
};

static enum verdict verdict_of_status(const struct slot *slot, long status, const char **detail_r)
{
    for (size_t i = 0; i < sizeof ANSWERS / sizeof ANSWERS[0]; i++) {
        if (ANSWERS[i].status == status && strncmp(slot->body, ANSWERS[i].body, strlen(ANSWERS[i].body)) == 0) {
            *detail_r = ANSWERS[i].detail;
            return ANSWERS[i].verdict;
        }
    }
    *detail_r = status >= 400 && status < 500 ? "other 4xx" : "unexpected answer";
    return status >= 400 && status < 500 ? VERDICT_REFUSED : VERDICT_UNCERTAIN;
}

/* Without an answer: did the request leave at all? PRETRANSFER is set when a connection stood, just before sending. */
static enum verdict verdict_of_failure(const struct slot *slot, CURLcode code, const char **detail_r)
{
    curl_off_t ready_us = 0;
    curl_easy_getinfo(slot->curl, CURLINFO_PRETRANSFER_TIME_T, &ready_us);
    if (ready_us == 0) {
        *detail_r = "not connected";
        return VERDICT_UNREACHED;
    }
    *detail_r = code == CURLE_OPERATION_TIMEDOUT ? "timeout" : "connection lost";
    return VERDICT_UNCERTAIN;
}

static enum verdict verdict_of(const struct slot *slot, CURLcode code, const char **detail_r)
{
    long status = 0;
    if (code != CURLE_OK)
        return verdict_of_failure(slot, code, detail_r);
    curl_easy_getinfo(slot->curl, CURLINFO_RESPONSE_CODE, &status);
    return verdict_of_status(slot, status, detail_r);
}

static uint64_t random_number(void)
{
    uint64_t number = 0;
    if (getrandom(&number, sizeof number, GRND_NONBLOCK) != sizeof number)
        number = (uint64_t)clock_monotonic_us();
    return number;
}

/* The verdict as the outbox takes it, with the wait of its policy. */
static struct outbox_result settle(const struct sendsms *client, const struct slot *slot, enum verdict verdict,
                                   const char *detail)
{
    static const enum send_result results[] = {
        [VERDICT_ACCEPTED] = SEND_ACCEPTED, [VERDICT_FULL] = SEND_RETRY,     [VERDICT_UNREACHED] = SEND_RETRY,
        [VERDICT_DENIED] = SEND_RETRY,      [VERDICT_REFUSED] = SEND_FAILED, [VERDICT_UNCERTAIN] = SEND_UNCERTAIN};
    const struct backoff *policy = verdict == VERDICT_DENIED ? &BACKOFF_DENIED : &client->settings.retry;
    struct outbox_result result = {
        .id = slot->id, .created_us = slot->created_us, .result = results[verdict], .detail = detail};
    if (result.result != SEND_ACCEPTED && result.result != SEND_FAILED)
        result.retry_us = clock_now_us() + backoff_us(policy, slot->attempts, random_number());
    return result;
}

/* ---- requests ---- */

static size_t on_body(char *data, size_t size, size_t n, void *cls)
{
    struct slot *slot = cls;
    size_t room = BODY_MAX - 1 - slot->body_n;
    size_t kept = size * n < room ? size * n : room;
    memcpy(slot->body + slot->body_n, data, kept);
    slot->body_n += kept;
    slot->body[slot->body_n] = '\0';
    return size * n;
}

static const char *encode(struct slot *slot, const char *text)
{
    return kannel_percent_encode(slot->arena, slice_of(text));
}

/* max-messages and concatenation are Kannel's own settings; the text says what it is in charset and coding. */
static const char *url_of(const struct sendsms *client, struct slot *slot, const struct outbox_claim *claim)
{
    const struct sendsms_settings *settings = &client->settings;
    const char *url = arena_printf(
        slot->arena, "%s?username=%s&password=%s&to=%s&from=%s&charset=UTF-8&coding=%d&priority=%d&text=%s",
        settings->url, encode(slot, settings->username), encode(slot, settings->password), encode(slot, claim->msisdn),
        encode(slot, claim->sender), claim->coding, claim->kind == OUTBOX_REPLY ? PRIORITY_REPLY : PRIORITY_UNASKED,
        encode(slot, claim->body));
    if (!settings->dlr_base[0])
        return url;
    const char *report = dlr_url(slot->arena, settings->dlr_base, settings->secret, claim->id, claim->created_us);
    return arena_printf(slot->arena, "%s&dlr-mask=%d&dlr-url=%s", url, DLR_MASK, encode(slot, report));
}

/* See the header: what must not be sent twice must not meet a dead connection. */
static void choose_connection(CURL *curl, enum outbox_kind kind)
{
    const long own = kind == OUTBOX_REPLY ? 0 : 1;
    curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, own);
    curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, own);
}

static struct slot *free_slot(struct sendsms *client)
{
    for (size_t i = 0; i < client->n; i++)
        if (!client->slots[i].busy)
            return &client->slots[i];
    abort(); /* sendsms_submit without room is a bug */
}

void sendsms_submit(struct sendsms *client, const struct outbox_claim *claim)
{
    struct slot *slot = free_slot(client);
    arena_reset(slot->arena);
    slot->busy = true;
    slot->id = claim->id;
    slot->created_us = claim->created_us;
    slot->attempts = claim->attempts;
    slot->segments = claim->segments;
    slot->body_n = 0;
    slot->body[0] = '\0';
    curl_easy_setopt(slot->curl, CURLOPT_URL, url_of(client, slot, claim));
    choose_connection(slot->curl, claim->kind);
    curl_multi_add_handle(client->multi, slot->curl);
    client->busy++;
}

static struct outbox_result end(struct sendsms *client, struct slot *slot, CURLcode code)
{
    const char *detail;
    enum verdict verdict = verdict_of(slot, code, &detail);
    if (verdict == VERDICT_ACCEPTED)
        metric_add(METRIC_SEGMENTS_SENDSMS, slot->segments);
    if (verdict == VERDICT_DENIED) {
        metric_add(METRIC_SEND_DENIED, 1);
        log_error("send.denied", KV("answer", detail),
                  KV("hint", "check kannel.username, kannel.password, kannel.sendsms_url and Kannel's sendsms-user"));
    }
    curl_multi_remove_handle(client->multi, slot->curl);
    slot->busy = false;
    client->busy--;
    return settle(client, slot, verdict, detail);
}

static size_t collect(struct sendsms *client, struct outbox_result *results_r, size_t max)
{
    size_t n = 0;
    int left;
    const CURLMsg *message;
    while (n < max && (message = curl_multi_info_read(client->multi, &left))) {
        struct slot *slot;
        CURLcode code = message->data.result; /* the message goes with the handle */
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, (char **)&slot);
        results_r[n++] = end(client, slot, code);
    }
    return n;
}

size_t sendsms_poll(struct sendsms *client, int timeout_ms, struct outbox_result *results_r, size_t max)
{
    int running;
    curl_multi_perform(client->multi, &running);
    size_t n = collect(client, results_r, max);
    if (n > 0 || timeout_ms == 0)
        return n;
    curl_multi_poll(client->multi, NULL, 0, timeout_ms, NULL);
    curl_multi_perform(client->multi, &running);
    return collect(client, results_r, max);
}

void sendsms_wake(struct sendsms *client)
{
    curl_multi_wakeup(client->multi);
}

size_t sendsms_room(const struct sendsms *client)
{
    return client->n - client->busy;
}

size_t sendsms_busy(const struct sendsms *client)
{
    return client->busy;
}

void sendsms_set_retry(struct sendsms *client, struct backoff retry)
{
    client->settings.retry = retry;
}

/* ---- the transport ---- */

static size_t transport_room(void *ctx)
{
    return sendsms_room(ctx);
}

static size_t transport_busy(void *ctx)
{
    return sendsms_busy(ctx);
}

static void transport_submit(void *ctx, const struct outbox_claim *claim)
{
    sendsms_submit(ctx, claim);
}

static size_t transport_poll(void *ctx, int timeout_ms, struct outbox_result *results_r, size_t max)
{
    return sendsms_poll(ctx, timeout_ms, results_r, max);
}

static void transport_wake(void *ctx)
{
    sendsms_wake(ctx);
}

static void transport_set_retry(void *ctx, struct backoff retry)
{
    sendsms_set_retry(ctx, retry);
}

struct transport sendsms_transport(struct sendsms *client)
{
    return (struct transport){.ctx = client,
                              .room = transport_room,
                              .busy = transport_busy,
                              .submit = transport_submit,
                              .poll = transport_poll,
                              .wake = transport_wake,
                              .set_retry = transport_set_retry};
}

/* ---- the client ---- */

static bool slot_init(struct slot *slot, const struct sendsms_settings *settings)
{
    slot->curl = curl_easy_init();
    if (!slot->curl)
        return false;
    slot->arena = arena_new(2048);
    curl_easy_setopt(slot->curl, CURLOPT_PRIVATE, slot);
    curl_easy_setopt(slot->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(slot->curl, CURLOPT_TIMEOUT, (long)settings->timeout_s);
    curl_easy_setopt(slot->curl, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(slot->curl, CURLOPT_WRITEDATA, slot);
    curl_easy_setopt(slot->curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(slot->curl, CURLOPT_PROXY, ""); /* numbers and texts take no detour that the environment names */
    return true;
}

static void copy_settings(struct sendsms *client, const struct sendsms_settings *settings)
{
    client->settings = *settings;
    client->settings.url = arena_copy(client->arena, slice_of(settings->url));
    client->settings.username = arena_copy(client->arena, slice_of(settings->username));
    client->settings.password = arena_copy(client->arena, slice_of(settings->password));
    client->settings.dlr_base = arena_copy(client->arena, slice_of(settings->dlr_base));
    client->settings.secret = arena_copy(client->arena, slice_of(settings->secret));
}

struct sendsms *sendsms_new(const struct sendsms_settings *settings)
{
    size_t n = (size_t)settings->window;
    struct sendsms *client = calloc(1, sizeof *client + n * sizeof client->slots[0]);
    if (!client)
        return NULL;
    client->arena = arena_new(1024);
    copy_settings(client, settings);
    client->multi = curl_multi_init();
    bool made = client->multi != NULL;
    for (client->n = 0; made && client->n < n; client->n++)
        made = slot_init(&client->slots[client->n], settings);
    if (!made)
        sendsms_free(&client);
    return client;
}

void sendsms_free(struct sendsms **client)
{
    struct sendsms *c = *client;
    *client = NULL;
    if (!c)
        return;
    for (size_t i = 0; i < c->n; i++) {
        if (c->slots[i].busy)
            curl_multi_remove_handle(c->multi, c->slots[i].curl);
        curl_easy_cleanup(c->slots[i].curl);
        arena_free(&c->slots[i].arena);
    }
    curl_multi_cleanup(c->multi);
    arena_free(&c->arena);
    free(c);
}
