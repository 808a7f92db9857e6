/* SPDX-License-Identifier: Apache-2.0
 *
 * A turn: one text on its way to its answer. The worker fills the first part, the flow of the text's intent the
 * second; what must last goes into the batch's effects. Everything lives in the batch's arena.
 */
#ifndef SMSD_WORKER_TURN_H
#define SMSD_WORKER_TURN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/batch.h"
#include "parsers/read/reading.h"
#include "smsd/broadcast/rules.h"
#include "smsd/job/alert.h"
#include "smsd/knowledge/knowledge.h"
#include "smsd/link/link.h"

/* The rules of the service, out of the configuration. */
struct policy {
    const char *short_code;
    const char *province;      /* code of the place that stands in for an unknown one */
    int64_t dedupe_window_us;  /* an identical text within it is the same text */
    int64_t question_ttl_us;   /* an open question is forgotten after it */
    int64_t welcome_delay_us;  /* the first-contact message lets the answer go ahead */
    int listing_days;          /* how long a listing stands, of goods of which the lexicon does not say it */
    int reply_limit;           /* passive replies to one number an hour */
    const char *key, *old_key; /* of keyed hashes (smsd/keyed/keyed.h); old_key "" when there is none */
    int same_limit;            /* identical texts in a row an hour that are answered */
    const char *ussd_code;     /* "*8055#" */
    int64_t ussd_resume_us;    /* a session dropped within it is offered again */
    struct alert_rules alerts;
    struct broadcast_rules broadcasts;
};

/* What the worker decided to do with a text. Those before PATH_STOP leave its reading aside. */
enum path {
    PATH_SEEN,      /* this very message was answered before: the stored answer again */
    PATH_TOO_MANY,  /* too many answers to this number this hour: told once, then silence */
    PATH_LOOP,      /* the same words again and again: silence */
    PATH_DUPLICATE, /* the same words again within the window: the stored answer again */
    PATH_DEAD,      /* it failed alone: kept for the officers */
    PATH_STOP,      /* a stop word: wins over every conversation */
    PATH_ANSWER,    /* it answers the open question */
    PATH_READ,      /* it is read on its own */
    PATH_USSD       /* it is a keypress */
};

struct turn {
    struct envelope *envelope;
    const struct mo *mo;
    const struct sender *sender;
    const struct knowledge *knowledge;
    const struct policy *policy;
    struct arena *arena;
    struct effects *effects;
    struct db *db;            /* for ids and codes only: turn_id, code_fresh */
    size_t index;             /* in the batch */
    int64_t now_us, inbound_id;
    day_t today;
    const struct place *home; /* the person's own place; NULL = not known */
    enum lang lang;           /* to answer in */
    enum path path;
    struct reading reading;
    bool repeat_confirmed;    /* do it although the same was done: MOI, or yes to a sale */
    bool stop_undone;         /* 1: TC was a place, not a stop */
    bool asked_again;         /* "ok", where a number was asked for */
    size_t n_lookups;
    struct lookup lookups[READ_ITEMS_MAX];
    struct found found[READ_ITEMS_MAX]; /* one a lookup */
    bool looked_up;

    const char *answer;   /* NULL = nothing is said */
    int64_t answer_id;    /* its row in outbox; 0 = none */
    const char *question; /* JSON of the question this leaves open; NULL = none */
    bool not_understood;
    bool of_the_moment;   /* the same words again, under another id, may get another answer, however soon */
    const char *outcome;  /* for the inbound row */
    struct person_change *change; /* made on first use: turn_change */
    struct ussd_turn *ussd;       /* of a keypress: smsd/worker/ussd.c's own; NULL where nothing is to be shown */
    struct answer reply;  /* what the link gives back */
};

/* A new effect of a kind: EFFECT(turn, listings) is the next free struct listing_row, zeroed. The arrays have room for
 * all that a batch can do (effects_new). */
#define EFFECT(turn, kind) (&(turn)->effects->kind[(turn)->effects->n_##kind++])

/* Effects with room for n turns. */
struct effects *effects_new(struct arena *arena, size_t n);

/* A fresh id; it was reserved before the batch. */
int64_t turn_id(struct turn *turn);

/* A text to the turn's own person, of kind reply, to be sent by the sender unless the caller says otherwise. */
struct outbox_row *turn_send(struct turn *turn, const char *body);

/* A text to somebody else (db/alerts.h), in their language: at most TURN_ALERTS_MAX of a turn. Returns its row, for the caller to
 * lift the cap of what must be told. */
#define TURN_ALERTS_MAX 2
struct alert_row *turn_alert(struct turn *turn, struct alert_to to, const char *key, enum message message,
                             struct message_args args);

/* The change of the turn's own person, made on first use. */
struct person_change *turn_change(struct turn *turn);

/* Adds a lookup for the turn's text, to be filled by the caller; NULL when there is no room for more. */
struct lookup *turn_lookup(struct turn *turn);

/* Says: renders the message in the turn's language as the answer. */
void turn_say(struct turn *turn, enum message message, struct message_args args);

#endif
