/* SPDX-License-Identifier: Apache-2.0
 *
 * A batch: up to 64 texts of different people in one transaction, with a fixed handful of set-based statements.
 *
 *   batch_open     BEGIN; lock the people in id order (FOR NO KEY UPDATE);
 *                  then, in later statements of the same pipeline, read what is known of them (their row, their
 *                  conversation, whether the text was seen before) and the lookups that need no more than the text. One
 *                  round trip; a second one for what is not kept (db/kept.h) and for the stored answers
 *                  of texts seen before. Where strangers write, they are made in a transaction of its own,
 *                  and all begins again.
 *   batch_lookup   further lookups, when a text turned out to answer an open question. Rare; one round trip.
 *   batch_commit   all effects, each kind by one statement over arrays, and COMMIT. One round trip.
 *   batch_rollback gives the locks back.
 *
 * Order of locks is by person id, so batches of several workers and instances neither deadlock nor overtake one
 * another. After DB_AWAY from batch_commit the outcome is unknown; redoing the texts is safe, as what was committed
 * is found by batch_open as a duplicate with its stored answer.
 *
 * All strings out come from the arena given to batch_open. All strings in are NUL-terminated UTF-8 without ill-formed
 * sequences (text_scrub). One batch at a time on a connection.
 */
#ifndef DB_BATCH_H
#define DB_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/conn.h"
#include "db/effects.h"
#include "db/found.h"
#include "parsers/base/arena.h"
#include "parsers/base/lang.h"
#include "parsers/kannel/ussd.h"

#define BATCH_MAX 64

enum channel { CHANNEL_SMS, CHANNEL_USSD };

/* A text as a link delivered it. */
struct mo {
    const char *kannel_id; /* Kannel's UUID: the key to deduplicate on */
    const char *msisdn;    /* normalised */
    const char *short_code;
    const char *text;      /* scrubbed UTF-8 */
    enum channel channel;
    int64_t received_us;   /* microseconds since the epoch, UTC */
    uint64_t text_hash;    /* of the folded text and the channel */
    /* of CHANNEL_USSD only */
    enum ussd_sign sign;   /* never USSD_UNKNOWN */
    const char *gateway;   /* whose sessions these are: an smsc-id */
    const char *session;   /* the gateway's name of the session, visible ASCII; "" = it gives none */
    const char *pressed;   /* all that was pressed in it, "1*2*3", the text last; NULL = the gateway does not say it */
};

/* What the database knows about the sender of one text. */
struct sender {
    int64_t person_id;
    enum lang lang;
    bool lang_chosen;    /* said by the person, not guessed from a text */
    const char *place;   /* code of the person's own place; "" when not known */
    bool stopped;        /* said TC: no alerts, no broadcasts; answers still come */
    bool welcomed;
    bool khmer_offered;  /* was told of NN KM once, for writing it in Latin letters */
    bool contact_asked;  /* was asked once whether others may see the number */
    /* the conversation */
    const char *question;    /* JSON draft of the open question; NULL when none is open */
    int64_t question_us;     /* when it was asked */
    int failures;            /* texts not understood in a row */
    uint64_t last_hash;      /* text_hash of the preceding text; 0 = none */
    int64_t last_us;
    bool last_repeatable;    /* the preceding text neither opened nor answered a question */
    const char *last_answer; /* what it was answered; "" when nothing */
    int64_t hour_us;         /* start of the running hour of the counters below */
    int hour_replies;        /* passive replies in that hour */
    int hour_same;           /* texts in a row in that hour that were identical */
    /* the same Kannel id was answered before */
    bool seen;
    const char *seen_answer;                 /* "" when nothing was answered, or its month is gone */
    int64_t seen_answer_id, seen_created_us; /* its key in outbox; 0 when nothing was answered */
    /* of a text by USSD: all sessions of this person that are kept, the one touched last first */
    size_t n_ussd;
    struct ussd_row *ussd;
};

/* Codes; "" = the officer's own. */
struct audience {
    const char *area, *commodity;
};

/* What a text wants looked up. Unused parts are NULL/0. */
struct lookup {
    size_t mo;                /* index in the batch */
    /* prices: newest group for a commodity near a place (db/prices.h says how it is chosen) */
    const char *commodity;    /* code; NULL = no price wanted */
    const char *place;        /* code; NULL = the person's own place, else the province */
    const char *size;         /* this size grade when anybody reported it, any size otherwise; NULL = any */
    /* open listings of this side for the commodity, its ancestors and descendants too: 'b' bids, 's' offers, 0 neither */
    char lots_side;
    int lots_max; /* LOTS_FEW to LOTS_MAX of them */
    /* the next page: of the list last shown, else of what lies on the other side of the person's newest listing */
    bool more;
    /* a listing by its public code, whoever owns it; NULL = none wanted */
    const char *listing_code;
    bool phone; /* and the number of its owner, where the owner lets others see it */
    /* the person's own listings with their numbers (db/listing_life.h), and of them the one that has this number; 0 = none
     * wanted */
    int own_number;
    /* the person's own listings that stand, numbered anew from 1, oldest first; false = not wanted */
    bool own_list;
    /* what was sold of the person's listings within a day; false = not wanted */
    bool sales;
    /* the listing named is to be changed: it and its like are locked, so that it is still as it was found when the batch
     * commits. Of others' listings nothing is ever locked or changed */
    bool change;
    /* the person's deals: those that are proposed, and the one of this code whatever became of it ("" = no code); NULL =
     * none wanted */
    const char *deal_code;
    /* a listing of the person that stands and was made by an identical text (text_hash); false = not wanted */
    bool repeat;
    /* whom this code of a listing or of a relay brings the person together with; NULL = not wanted */
    const char *relay_code;
    bool code;                /* the person's one-time code */
    /* the officers' newest bulletin of a kind, "weather", "salinity" or "forecast", for the place or the narrowest area
     * around it; NULL = not wanted */
    const char *bulletin;
    /* of which goods (code): a forecast's, and those whose supply is wanted; NULL = none */
    const char *supply;
    bool own_data;            /* what is known about the person */
    /* what the person is subscribed to; false = not wanted */
    bool subscriptions;
    bool usual;               /* the goods and places that the person and the people around deal in most */
    bool officer;             /* is the person an officer? and the item of the desk by this number; 0 = none */
    int64_t desk_item;
    const struct audience *audience; /* whom an officer's broadcast would reach; NULL = not wanted */
    int64_t waiting_broadcast;       /* the one by this number that a coordinator may approve; 0 = none */
};

/* The transaction begins. senders_r and found_r have room for n and n_lookups. `home` is the code of the province that
 * stands in for an unknown place. */
enum db_status batch_open(struct db *db, struct arena *arena, const char *home, const struct mo *mos, size_t n,
                          const struct lookup *lookups, size_t n_lookups, struct sender *senders_r,
                          struct found *found_r);

enum db_status batch_lookup(struct db *db, struct arena *arena, const char *home, const struct mo *mos,
                            const struct sender *senders, const struct lookup *lookups, size_t n_lookups,
                            struct found *found_r);

/* Writes everything and commits. mos is the array given to batch_open. Rows of `inbound` also enter inbound_seen,
 * whatever their outcome: a text that is brought again never acts again. */
enum db_status batch_commit(struct db *db, const struct mo *mos, const struct effects *effects, int64_t now_us);

/* Ends the transaction without effect. Fine after any error. */
void batch_rollback(struct db *db);

/* A fresh id for inbound, outbox and listings (one sequence, taken in blocks of 1,024 per connection, so a call is
 * seldom a round trip), and a fresh serial number for listing_code_make. ids_reserve makes sure that at least n of both
 * are at hand (n at most IDS_RESERVE_MAX), before a batch or within its transaction. Taking more than was reserved
 * aborts: no id may be made up. */
#define IDS_RESERVE_MAX 896
enum db_status ids_reserve(struct db *db, size_t n);
int64_t ids_take(struct db *db);
uint64_t serial_take(struct db *db);

#endif
