/* SPDX-License-Identifier: Apache-2.0
 *
 * The inside of the HTTP link: one request, from its first byte to its last. For smsd/link/http*.c only.
 *
 * A request belongs to the link's thread, but from `put` until `done` resumes its connection, when it belongs to a
 * worker. It is freed when MHD says that it is over, and MHD says so only after the resume, whatever the client did.
 */
#ifndef SMSD_LINK_HTTP_REQUEST_H
#define SMSD_LINK_HTTP_REQUEST_H

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "parsers/base/arena.h"
#include "parsers/base/slice.h"
#include "parsers/text/sms.h"
#include "smsd/link/http.h"
#include "smsd/link/refusal.h"
#include "smsd/metrics/metrics.h"

struct http_link {
    struct http_settings settings; /* strings in the arena */
    struct arena *arena;
    struct MHD_Daemon *daemon;
    _Atomic bool draining;
    size_t connections; /* open; the link's thread only */
    pthread_mutex_t lock;
    pthread_cond_t changed; /* one of the two below went down */
    size_t lent;            /* envelopes put and not done */
    size_t unanswered;      /* requests whose envelope was lent, until their answer is out */
    size_t callbacks;       /* of these, aggregators'; the link's thread only */
};

enum stage { STAGE_READING, STAGE_LENT, STAGE_DONE };

struct request;

struct route {
    const char *path;
    const char *methods[2];
    enum MHD_Result (*serve)(struct request *request);
    enum MHD_Result (*answer)(struct request *request); /* what `done` left; NULL where nothing is lent */
    size_t max_body;                                    /* bytes; 0 = as the settings have it */
};

struct request {
    struct http_link *link;
    struct MHD_Connection *connection;
    const struct route *route;
    struct arena *arena;
    enum stage stage;
    bool was_lent;
    bool is_callback; /* counted among the link's */
    bool settled; /* answered, or counted as refused */
    char *body;   /* malloc; NULL = none yet */
    size_t body_n, body_room;
    size_t body_over; /* bytes beyond max_body, thrown away */
    enum sms_coding coding;
    enum metric report; /* of a delivery report: what counts it once it is done */
    struct envelope envelope;
    struct answer answer; /* from done; text in the arena */
};

/* The route of a path; NULL when there is none. */
const struct route *http_route(const char *path);

/* Does the request carry it? Takes as long for a wrong secret as for the right one. */
bool request_knows(const struct request *request, const char *secret);

/* A parameter of the URL, decoded; false when it is not there. */
bool request_parameter(const struct request *request, const char *name, struct slice *value_r);

/* Fills the envelope from a text's parameters and body, or says why it cannot be one. */
enum refusal request_read_mo(struct request *request);

/* The same for a delivery report. */
enum refusal request_read_dlr(struct request *request);

/* Suspends the connection and puts the envelope. The request must not be touched afterwards. */
enum MHD_Result request_lend(struct request *request);

/* Counts and logs a refusal, */
void request_note_refusal(struct request *request, enum refusal refusal);

/* answers it, */
enum MHD_Result request_reply_refusal(struct request *request, enum refusal refusal);

/* or both. */
enum MHD_Result request_refuse(struct request *request, enum refusal refusal);

/* Counts and logs a connection that ended without an answer. */
void request_note_unfinished(void);

/* A plain answer; text may go afterwards. */
enum MHD_Result request_reply(struct request *request, unsigned status, const char *content_type, const char *text);

/* The answer that `done` left, for Kannel. */
enum MHD_Result request_answer_kannel(struct request *request);

/* http_ussd.c: an aggregator's callback, and its answer. */
enum MHD_Result request_serve_ussd(struct request *request);
enum MHD_Result request_answer_ussd(struct request *request);

/* MHD's notifications of connections opened and closed; cls is the link. */
void connection_changed(void *cls, struct MHD_Connection *connection, void **context,
                        enum MHD_ConnectionNotificationCode code);

/* A request has begun on it. */
void connection_asks(const struct http_link *link, struct MHD_Connection *connection);

/* Its request is over, neither answered nor refused by us. */
void connection_left(struct MHD_Connection *connection);

#endif
