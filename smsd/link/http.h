/* SPDX-License-Identifier: Apache-2.0
 *
 * The HTTP link: smsbox calls us (get-url or post-url), and the answer to the text is the answer to the request.
 *
 *   GET, POST /kannel/mo   id, from, to, text (GET) or the body (POST), coding (%c), charset (%C),
 *                          meta (percent-encoded), smsc, service, secret. X-Kannel-From, -To, -Coding, -Meta-Data,
 *                          -SMSC, -BInfo and the charset of Content-Type stand in for parameters that the URL does not
 *                          give. A text by USSD is answered with its session's metadata.
 *   GET /kannel/dlr        id, at, status, secret: what dlr_url (smsd/link/dlr_url.h) wrote
 *   POST /ussd             a keypress by an aggregator: sessionId, serviceCode, phoneNumber and text, all that was pressed
 *                          so far ("1*2*3"), as a form; secret in the URL. Answered with "CON " and the screen, or "END "
 *                          and the last one
 *   GET /healthz           200 ok, 503
 *   GET /metrics           Prometheus text
 *
 * One MHD thread of its own runs every request. A text's connection is suspended, its envelope goes to `put`, and
 * `done`, on a worker's thread, resumes it: nothing waits. Threads: start, drain and stop from one thread; `put`,
 * `healthy` and `metrics` are called on the link's thread and must not block.
 *
 * Answers: 200 and the text; 200 and nothing where nothing is to be said, or the text cannot be answered (binary, no
 * person's number); 400 no id; 403 secret; 404; 405; 413; 503 with Retry-After where Kannel should bring it
 * again. What is refused is counted (smsd/metrics/metrics.def) and logged without values.
 */
#ifndef SMSD_LINK_HTTP_H
#define SMSD_LINK_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "parsers/base/arena.h"
#include "smsd/link/link.h"

struct http_settings {
    const char *listen;     /* numeric IPv4 or IPv6 address */
    int port;               /* 0 = any free one: http_link_port tells which */
    const char *secret;     /* what URLs must carry */
    const char *dlr_base;   /* our address as Kannel sees it; "" asks for no delivery reports */
    const char *short_code; /* texts from it are our own, coming back */
    const char *ussd_gateways; /* as in struct intake_rules */
    const char *ussd_secret;   /* what aggregators' callbacks must carry; "" = there are none, and no such path */
    int ussd_window;           /* callbacks under way at once; further ones are told to come later */
    bool takes_texts;       /* false: they come by another link, and one that comes here gets 503 */
    int max_body;           /* bytes */
    int max_connections;
    int request_timeout_s;                             /* idle connections; a text under way is not idle */
    void *ctx;                                         /* given to the four below */
    bool (*put)(void *ctx, struct envelope *envelope); /* takes it; false: full, the envelope stays with the link */
    bool (*healthy)(void *ctx);
    char *(*metrics)(void *ctx, struct arena *arena);
    const char *(*ussd_later)(void *ctx, struct arena *arena); /* the screen that says so; "" = there is none yet */
};

struct http_link;

/* Binds and serves. Settings are copied. NULL on failure: *error is then a constant sentence. */
struct http_link *http_link_start(const struct http_settings *settings, const char **error);

/* The port bound. */
int http_link_port(const struct http_link *link);

/* From now on every new text and report gets 503, and /healthz too; those under way are still answered. */
void http_link_drain(struct http_link *link);

/* Texts and reports lent out and not yet done. */
size_t http_link_open(struct http_link *link);

/* Drains, waits until every envelope is done (so the workers must still be running, or have called done with
 * ANSWER_LATER), lets the answers out, closes, frees and nulls. NULL is fine. */
void http_link_stop(struct http_link **link);

#endif
