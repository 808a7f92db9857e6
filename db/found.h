/* SPDX-License-Identifier: Apache-2.0
 *
 * What lookups of a batch find (db/batch.h). Strings live in the batch's arena.
 */
#ifndef DB_FOUND_H
#define DB_FOUND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/deals.h"
#include "parsers/base/day.h"
#include "parsers/base/lang.h"

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

/* So much of a listing was sold within a day. */
struct listing_sale {
    int64_t listing_id;
    int64_t quantity_milli; /* thousandths of `unit` */
    const char *unit;
    int64_t price;          /* đồng per price_unit; 0 = not said */
    const char *price_unit;
};

/* What waits for a one-time code of a person (smsd/flow/code.h). */
struct code_state {
    const char *digest;  /* keyed hash of the code in hexadecimal; "" = none waits, NULL = none was ever made */
    const char *kind;    /* of the act that it confirms */
    const char *act;     /* what doing it takes: JSON */
    int64_t made_us;
    int tries;           /* wrong codes since it was made */
    int failures;        /* wrong codes since failures_us */
    int64_t failures_us;
    bool stands;         /* what it confirms may still be done: he is an officer for it, it still waits; only read */
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
    bool general;            /* for subscribers: it is of all goods */
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

/* Of a person and the people around, those that are dealt in most, the most used first: codes. */
#define USUAL_MAX 20
struct usual {
    size_t n_goods, n_places;
    const char *goods[USUAL_MAX], *places[USUAL_MAX];
};

/* A broadcast that an officer asks for, or one that waits for a coordinator. */
struct broadcast_found {
    bool officer; /* the person is one, */
    bool within;  /* and this is within his places and goods */
    bool waits;   /* for this person to approve it */
    const char *area, *commodity; /* codes; "" = everywhere, everybody's */
    int64_t people[LANG_COUNT];   /* of whom so many are to be answered in each language; of one that waits all under LANG_VI */
    int64_t segments;             /* of one that waits */
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
    size_t n_sales;
    struct listing_sale *sales;
    struct code_state code;
    struct relay relay;
    struct own_data own_data;
    size_t n_deals;
    struct deal_party *deals; /* as the person's side sees them; nothing changes them until the batch ends */
    struct bulletin bulletin;
    struct supply *supply; /* NULL when none was wanted or found */
    size_t n_subscriptions;
    struct subscription *subscriptions; /* the newest first */
    struct usual *usual;   /* NULL when not wanted */
    bool officer;             /* or coordinator */
    bool desk_item;           /* there is one, of somebody else, and nobody closed it */
    bool desk_price;          /* and it is whether a price is right */
    struct broadcast_found broadcast;
};

#endif
