/* SPDX-License-Identifier: Apache-2.0
 *
 * A batch: up to 64 texts of different people in one transaction, with a fixed handful of set-based statements.
 *
 *   batch_open     BEGIN; insert missing people in number order; lock the people in id order (FOR NO KEY UPDATE);
 *                  then, in later statements of the same pipeline, read what is known of them (their row, their
 *                  conversation, whether the text was seen before) and the lookups that need no more than the text. One
 *                  round trip; a second one for what is not kept (db/kept.h) and for the stored answers
 *                  of texts seen before.
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

#include "db/alerts.h"
#include "db/conn.h"
#include "db/deals.h"
#include "db/erase.h"
#include "parsers/base/arena.h"
#include "parsers/base/day.h"
#include "parsers/base/lang.h"

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
};

/* What the database knows about the sender of one text. */
struct sender {
    int64_t person_id;
    enum lang lang;
    bool lang_chosen;    /* said by the person, not guessed from a text */
    const char *place;   /* code of the person's own place; "" when not known */
    bool stopped;        /* said TC: no alerts, no broadcasts; answers still come */
    bool welcomed;
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
    bool officer;             /* is the person an officer? and the item of the desk by this number; 0 = none */
    int64_t desk_item;
};

enum price_match { PRICE_NONE, PRICE_HERE, PRICE_NEAR, PRICE_REGION };

#define PRICE_GROUPS_MAX 4

/* One price: a group of reports of the same commodity, variant, unit, basis, place and day. */
struct price_group {
    const char *commodity; /* code actually used */
    const char *place;     /* code of the place the reports are from */
    const char *unit;      /* code */
    const char *basis;     /* "farmgate", "trader_buy", "wholesale", "retail", ... */
    const char *size;      /* "50", or "" */
    const char *grade, *state; /* "" when not given */
    day_t day;
    int64_t low, median, high; /* đồng per unit */
    int reports;
    int64_t week_before;   /* median of the same group 7 days before (within 3 days either way); 0 = no data */
};

enum listing_state { LISTING_OPEN, LISTING_CANCELLED, LISTING_EXPIRED, LISTING_SOLD, LISTING_MATCHED };

/* A listing as it stands. Fields as in struct listing_row, by whose end they are explained. */
struct listing_facts {
    int64_t id;            /* 0 = not found */
    const char *code;
    int64_t person_id;
    enum listing_state state;
    char side;
    const char *commodity; /* code */
    int64_t quantity_milli; /* what is left of it; 0 when the unit has no factor */
    const char *base_unit;
    int64_t entered_milli; /* the same, in entered_unit */
    const char *entered_unit;
    int64_t price_low, price_high;
    const char *price_unit;
    const char *place;
    day_t ready, until;
    const char *size, *grade, *state_of_goods;
};

struct own_listing {
    int number; /* in the owner's list, from 1 */
    struct listing_facts is;
};

#define OWN_LISTINGS_MAX 99

/* What waits for a one-time code of a person (smsd/flow/code.h). */
struct code_state {
    const char *digest;  /* keyed hash of the code in hexadecimal; "" = none waits, NULL = none was ever made */
    const char *kind;    /* of the act that it confirms */
    const char *act;     /* what doing it takes: JSON */
    int64_t made_us;
    int tries;           /* wrong codes since it was made */
    int failures;        /* wrong codes since failures_us */
    int64_t failures_us;
};

/* How far away a lot was found: in the same district of the old map, in the same province of the new one, in one that is
 * linked with it. */
enum lot_step { LOT_DISTRICT, LOT_PROVINCE, LOT_LINKED };

/* An open listing of the other side. */
struct lot {
    enum lot_step step;
    int64_t id, person_id;
    int64_t quantity_milli; /* thousandths of base_unit; 0 = the entered unit has no fixed size */
    int64_t entered_milli;
    int64_t price_low, price_high; /* as in struct listing_row */
    day_t ready, until;
    union {
        struct {
            const char *code, *commodity, *base_unit, *entered_unit, *price_unit, *place, *size, *grade, *state;
        };
        const char *texts[9]; /* the same, to be copied */
    };
};

/* Most lots of one answer: nearer ones first, of each step those that ask least or pay most. Each is a row to read. */
#define LOTS_MAX 64
#define LOTS_FEW 20

/* What officers published. */
struct bulletin {
    const char *area, *body; /* NULL when there is none */
    day_t day;               /* it was published on */
};

#define SUPPLY_WEEKS_MAX 8

/* Announced and wanted of goods in an area, thousandths of the unit. */
struct supply {
    const char *area, *unit; /* codes; NULL when nobody announced any */
    int sellers, buyers;
    size_t n_weeks;
    struct supply_week {
        day_t monday;
        int64_t offered, wanted;
    } weeks[SUPPLY_WEEKS_MAX];
};

/* Two people who write to one another through us about a listing, as one of them sees it. */
struct relay {
    int64_t listing_id;   /* 0 = the code names neither a listing nor a relay of this person's */
    const char *listing, *commodity; /* codes */
    bool stands;          /* the listing */
    const char *code;     /* what both answer to; "" = they have not written yet */
    bool owns;            /* the listing is the person's own */
    int64_t other_id;     /* the person, where somebody asks for their own listing */
    enum lang other_lang;
    bool other_stopped;   /* said TC */
    int64_t stopped_by;   /* who wants no more of it; 0 = nobody */
    int sent;             /* by the person within a day, to anybody */
};

/* Goods in an area (codes) whose prices and forecasts a person is sent. */
struct subscription {
    const char *commodity, *place;
};

/* Of one person, those told; nobody has many. */
#define SUBSCRIPTIONS_MAX 20

#define OWN_CROPS_MAX 4 /* as many as a DK may name */

/* What is known about a person besides their row. */
struct own_data {
    int64_t since_us;
    const char *name;      /* "" when not told */
    int listings;          /* that stand */
    bool alerts, contact;  /* the last yes or no to texts unasked, and to showing the number; false when never asked */
    size_t n_crops;
    const char *crops[OWN_CROPS_MAX]; /* codes */
};

struct found {
    enum price_match match;
    size_t n_groups;        /* same place and day */
    struct price_group groups[PRICE_GROUPS_MAX];
    size_t n_lots;          /* lots_max: there may be more; the person's own are among them */
    const struct lot *lots;
    const char *near;       /* the district (or place without one) they were looked for in first; NULL where n_lots is 0 */
    size_t n_page;          /* what is left of the list last shown and still stands; */
    const struct listing_facts *page;
    const char *page_commodity; /* the goods it was asked for */
    struct listing_facts newest; /* or, with the lots of the other side, the person's newest listing; its id is 0 when there is none */
    struct listing_facts listing; /* by code or own number */
    const char *phone;      /* of the listing's owner, who agreed that it is shown; NULL = not to be shown */
    struct listing_facts repeat;
    size_t n_own;
    struct own_listing *own; /* in the order of their numbers; at most OWN_LISTINGS_MAX */
    struct code_state code;
    struct relay relay;
    struct own_data own_data;
    size_t n_deals;
    struct deal_party *deals; /* as the person's side sees them; nothing changes them until the batch ends */
    struct bulletin bulletin;
    struct supply *supply; /* NULL when none was wanted or found */
    size_t n_subscriptions;
    struct subscription *subscriptions; /* the newest first */
    bool officer;             /* or coordinator */
    bool desk_item;           /* there is one, of somebody else, and nobody closed it */
    bool desk_price;          /* and it is whether a price is right */
};

/* The transaction begins. senders_r and found_r have room for n and n_lookups. `home` is the code of the province that
 * stands in for an unknown place. */
enum db_status batch_open(struct db *db, struct arena *arena, const char *home, const struct mo *mos, size_t n,
                          const struct lookup *lookups, size_t n_lookups, struct sender *senders_r,
                          struct found *found_r);

enum db_status batch_lookup(struct db *db, struct arena *arena, const char *home, const struct mo *mos,
                            const struct sender *senders, const struct lookup *lookups, size_t n_lookups,
                            struct found *found_r);

/* ---- effects ---- */

struct inbound_row {
    int64_t id;              /* from ids_take */
    size_t mo;
    int64_t person_id;
    const char *intent;      /* name */
    const char *outcome;     /* "sure", "ask", "none", "answer" (to a question), "duplicate", "guarded", "dead" */
    int64_t answer_id;       /* outbox row that answered it; 0 = nothing was said */
};

enum outbox_kind { OUTBOX_REPLY, OUTBOX_ALERT, OUTBOX_BROADCAST }; /* also the priority: 0 first */

struct outbox_row {
    int64_t id;              /* from ids_take */
    int64_t person_id;
    enum outbox_kind kind;
    const char *body;        /* UTF-8 */
    int coding;              /* Kannel's: 0 GSM, 2 UCS-2 */
    int segments;
    bool handed;             /* goes back in the HTTP answer; otherwise the sender will take it */
    int64_t not_before_us;   /* the sender waits until then; 0 = at once */
    const char *sender;      /* the short code it comes from */
};

struct listing_row {
    int64_t id;              /* from ids_take */
    const char *code;
    int64_t person_id;
    char side;               /* 's' sell, 'b' buy */
    const char *commodity;
    int64_t quantity_milli;  /* thousandths of the base unit; 0 when the unit has no factor */
    const char *base_unit;
    int64_t entered_milli;
    const char *entered_unit;
    int64_t price_low, price_high; /* đồng per price_unit, as in read_item */
    const char *price_unit;  /* "" when no price */
    int64_t price_factor;    /* thousandths of its base unit in one price_unit; 0 = none is fixed, or no price */
    const char *place;
    day_t ready;             /* DAY_NONE */
    day_t until;             /* last day it stands */
    const char *size, *grade, *state; /* "" = not said */
    int64_t inbound_id;
    uint64_t text_hash;
};

/* The owner's listing as it is to be: edited, sold in part, renewed, taken back. Its owner, side and goods stay. */
struct listing_change {
    struct listing_facts to;
    int64_t inbound_id;
};

/* So much of a listing was sold or bought, as its owner says. */
struct listing_deal {
    int64_t listing_id;
    int64_t quantity_milli; /* thousandths of `unit` */
    const char *unit;
    int64_t price;          /* đồng per price_unit; 0 = not said */
    const char *price_unit;
    int64_t inbound_id;
};

/* The numbers a person was told for their listings: 1 is ids[0]. */
struct listing_list {
    int64_t person_id;
    size_t n;
    const int64_t *ids;
};

/* The list of others' listings that a person is shown, and how many of it were. */
struct page_row {
    int64_t person_id;
    const char *commodity; /* what was asked for */
    size_t n;
    const int64_t *ids;
    int shown;
};

/* A relay as it is to be. */
struct relay_row {
    const char *code;
    int64_t listing_id, owner, asker;
    int64_t stopped_by; /* 0 = nobody */
    int64_t sender;     /* who passed words on; 0 = nobody did */
};

struct consent_row {
    int64_t person_id;
    const char *kind;         /* "alerts"; "notice": was told what is kept and how to stop */
    bool granted;
    const char *text_version; /* version of the words agreed to or refused under */
    int64_t inbound_id;       /* the proof */
};

struct person_change {
    int64_t person_id;
    bool set_lang;    enum lang lang; bool lang_chosen;
    bool set_place;   const char *place;
    bool set_stopped; bool stopped;
    bool set_welcomed;
};

/* The whole new conversation of a person; every text of a batch writes one. */
struct conversation_row {
    int64_t person_id;
    const char *question;  /* JSON; NULL closes it */
    int64_t question_us;   /* when it was asked */
    int failures;
    uint64_t last_hash;
    bool last_repeatable;
    const char *last_answer;
    int64_t hour_us;
    int hour_replies, hour_same;
};

struct deal_answer {
    int64_t deal_id, person_id;
    enum deal_said { DEAL_ACCEPT, DEAL_REFUSE, DEAL_WITHDRAW } said; /* withdraw: its listings no longer bear it */
    int64_t inbound_id; /* by which text */
};

struct desk_row { /* a text for the officers' desk */
    int64_t person_id, inbound_id;
    const char *reason; /* "not_understood", "question", "call" */
    const char *place, *commodity; /* codes: named, or the person's own place; "" = not known */
};

enum price_kind { PRICE_KIND_ASK, PRICE_KIND_DEAL, PRICE_KIND_OFFICER, PRICE_KIND_BULLETIN };

/* What somebody says of a price. It is counted within a minute (db/price_reports.h). Texts are "" when not said. */
struct price_report {
    enum price_kind kind;
    int64_t person_id; /* whose word it is; 0 = nobody's of ours */
    int64_t origin;    /* the listing of an ask, the row of a deal: the same again on that day changes it; 0 = none */
    day_t day;
    const char *commodity, *place, *unit;
    const char *basis;  /* "farmgate", "trader_buy", "wholesale", "retail", ... */
    const char *size, *grade, *state, *rest; /* rest: attributes with no column of their own, "tie=cloth;organic" */
    int64_t low, price, high; /* đồng per unit, low <= price <= high */
    const char *quarantine;   /* why it must not count: "implausible", "withdrawn"; "" = it may */
    const char *source;       /* who published it */
};

struct name_row {
    int64_t person_id;
    const char *name; /* as the person wrote it */
};

struct crop_row { /* all that a person tells at once; what was told before goes */
    int64_t person_id;
    const char *commodity;
};

struct subscription_row {
    int64_t person_id;
    const char *commodity, *place; /* to drop: an empty commodity is all there are */
    const char *text_version;      /* of the words agreed to */
    int64_t inbound_id;            /* the proof */
};

struct desk_answer_row { /* an officer's answer; whoever is none leaves no trace */
    int64_t desk_id, officer_id; /* officer_id 0: at the desk itself */
    const char *words;
};

struct dead_row { /* a text that failed alone */
    size_t mo;
    int64_t person_id; /* 0 when even that is not known */
    const char *reason;
};

struct code_row {
    int64_t person_id;
    struct code_state state; /* the whole new one; no NULL in it */
};

/* What a batch does; arrays of what is used, in the batch's arena. */
struct effects {
    size_t n_inbound, n_outbox, n_listings, n_changes, n_deals, n_lists;
    size_t n_codes, n_erasures, n_newcomers, n_deal_answers;
    size_t n_consents, n_persons, n_conversations, n_desk, n_desk_answers, n_prices, n_dead, n_alerts;
    struct inbound_row *inbound;
    struct outbox_row *outbox;
    struct listing_row *listings;
    struct listing_change *changes;
    struct listing_deal *deals;
    struct listing_list *lists;
    struct consent_row *consents;
    struct person_change *persons;
    struct conversation_row *conversations;
    struct desk_row *desk;
    struct desk_answer_row *desk_answers;
    struct price_report *prices;
    struct dead_row *dead;
    size_t n_names, n_crops, n_subscriptions, n_unsubscriptions;
    struct name_row *names;
    struct crop_row *crops;
    struct subscription_row *subscriptions, *unsubscriptions;
    struct alert_row *alerts; /* to others */
    size_t n_pages;
    struct page_row *pages;
    size_t n_relays;
    struct relay_row *relays;
    struct code_row *codes;
    struct erasure_row *erasures;
    struct newcomer_row *newcomers;
    struct deal_answer *deal_answers;
};

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
