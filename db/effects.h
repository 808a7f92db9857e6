/* SPDX-License-Identifier: Apache-2.0
 *
 * What a batch does (db/batch.h): rows to be written, all of a kind by one statement.
 */
#ifndef DB_EFFECTS_H
#define DB_EFFECTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/alerts.h"
#include "db/deals.h"
#include "db/erase.h"
#include "db/found.h"
#include "parsers/base/day.h"
#include "parsers/base/lang.h"

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
    bool set_welcomed, set_khmer_offered, set_contact_asked;
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

/* A USSD session as it is, and as it is to be. */
enum ussd_phase {
    USSD_OPEN, /* the next keypress goes on with it; dropped, it is offered to the next dial */
    USSD_MOVED, /* offered once: the next keypress of its own still goes on with it */
    USSD_OVER
};

struct ussd_row {
    int64_t person_id;
    const char *gateway, *session; /* as in struct mo: with the person the key */
    const char *state;             /* JSON of smsd/ussd/ussd.h */
    enum ussd_phase phase;
    int64_t touched_us;            /* of one found; it is written as now */
};

struct dead_row { /* a text that failed alone */
    size_t mo;
    int64_t person_id; /* 0 when even that is not known */
    const char *reason;
};

struct broadcast_row {
    int64_t author;   /* an officer's person; 0 = the office */
    const char *json; /* smsd/broadcast/draft.h */
};

struct broadcast_approval {
    int64_t id, person_id; /* of the coordinator; whoever is none approves nothing */
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
    size_t n_ussd;
    struct ussd_row *ussd;
    size_t n_broadcasts, n_approvals;
    struct broadcast_row *broadcasts;
    struct broadcast_approval *approvals;
};

#endif
