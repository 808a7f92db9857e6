/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules that decide what the writer wants, in order: the first that holds. */
#include "parsers/read/intent.h"

static bool wants(const struct wants *w, enum intent intent)
{
    return (w->intents & BIT(intent)) != 0;
}

static bool wants_first(const struct wants *w, enum intent intent)
{
    return (w->head & BIT(intent)) != 0;
}

static bool is_offer_like(const struct wants *w)
{
    return w->goods && (w->quantities || w->prices);
}

static bool rule_junk(const struct wants *w)
{
    if (w->content == 0)
        return w->polite > 0;
    return (w->spam && !is_offer_like(w)) || w->spam > 2;
}

/* "bao cao anh, em ban 2 tan lua 8k" reports an offer. */
static bool rule_report(const struct wants *w)
{
    bool offer = (wants(w, INTENT_SELL) || wants(w, INTENT_BUY)) && w->quantities > w->ones;
    return wants(w, INTENT_REPORT_PRICE) && (w->prices || w->bare) && !offer;
}

static bool rule_broadcast(const struct wants *w)
{
    return wants_first(w, INTENT_BROADCAST);
}

/* A phrase may offer as well: "ban het vuon buoi 40 trieu". A listing of which something was sold is no offer. */
static bool rule_sold(const struct wants *w)
{
    bool offer = wants(w, INTENT_SELL) && w->at[INTENT_SELL] == w->at[INTENT_SOLD] && (w->quantities || w->prices);
    return (wants(w, INTENT_SOLD) && (!offer || w->past)) ||
           (w->listing && w->past && !w->asked && wants(w, INTENT_SELL));
}

static bool rule_cancel(const struct wants *w)
{
    return wants(w, INTENT_CANCEL) && (!w->quantities || w->mistyped);
}

static bool verbs(const struct wants *w)
{
    return wants(w, INTENT_SELL) || (wants(w, INTENT_BUY) && !(wants(w, INTENT_WEATHER) && !w->goods));
}

/* "sao doi tieng khmer": a person answers. */
static bool rule_language_asked(const struct wants *w)
{
    return w->language_told && w->language_words > 1 && w->asked_in_words && !verbs(w);
}

/* Who does not sell may mean a listing, a question, a complaint: a person reads it. */
static bool rule_negated(const struct wants *w)
{
    return w->negated;
}

static bool rule_past(const struct wants *w)
{
    return w->past && verbs(w) && w->goods;
}

/* What is told, wondered about or complained of, with all that an offer has: a person reads it. */
static bool rule_told(const struct wants *w)
{
    bool other = wants(w, INTENT_EDIT) || wants(w, INTENT_CANCEL) || wants(w, INTENT_SOLD) || wants(w, INTENT_LIST);
    bool offer = verbs(w) || wants(w, INTENT_REPORT_PRICE) || wants(w, INTENT_SEASON);
    return w->told && offer && !other && (w->quantities || w->prices || w->bare);
}

/* "5 tan co ban duoc khong": whether to sell is asked, and nothing bought. */
static bool rule_sale_asked(const struct wants *w)
{
    return w->sale_asked && w->quantities && wants(w, INTENT_MATCH) && !w->buyers && !verbs(w);
}

static bool rule_edit(const struct wants *w)
{
    return wants(w, INTENT_EDIT);
}

/* "xoa toi", "xoa ... du lieu cua toi". Beside goods or amounts it may be less that is to go: a person reads it. */
static bool rule_erase(const struct wants *w)
{
    bool data = w->privacy && wants(w, INTENT_CANCEL);
    return (wants(w, INTENT_ERASE) || data) && !w->negated && !w->asked && !w->goods && !w->quantities && !w->prices;
}

/* "du lieu", and whom to erase where more is said than that: a person answers. */
static bool rule_privacy(const struct wants *w)
{
    return w->privacy || wants(w, INTENT_ERASE);
}

static bool rule_stop(const struct wants *w)
{
    return wants(w, INTENT_STOP) && !w->listing && !w->goods && !w->quantities && !(w->topics && w->places) &&
           !(w->language_refused && w->language);
}

/* "huy dk tin 2", "dung gui b7k2": stop, but of one listing; what of it, a person reads. */
static bool rule_stop_one(const struct wants *w)
{
    return wants(w, INTENT_STOP) && w->listing;
}

/* Less of something, not of all: "huy dk lua", "ngung gui gia lua". Its goods and places say of what. */
static bool rule_drop(const struct wants *w)
{
    return wants_first(w, INTENT_STOP) && w->subscription && (w->goods || w->places);
}

/* The same of what nobody can subscribe to: a person reads it. */
static bool rule_less(const struct wants *w)
{
    return wants_first(w, INTENT_STOP) && (w->goods || w->topics) && !w->language;
}

static bool rule_language(const struct wants *w)
{
    bool chosen = w->language && !w->language_told && (wants(w, INTENT_LANGUAGE) || w->language_words > 1);
    bool asked_which = wants(w, INTENT_LANGUAGE) && w->content == 1;
    return ((chosen || asked_which) && !w->goods && !w->quantities) || (w->language && w->content == 1);
}

/* "dk xe may": with whom we do not know, and not with us. */
static bool rule_start(const struct wants *w)
{
    return wants(w, INTENT_START) && !w->not_ours && !w->when_asked && !(is_offer_like(w) && verbs(w));
}

static bool rule_list(const struct wants *w)
{
    return wants(w, INTENT_LIST) && !w->negated && !w->quantities && !w->goods && !w->price_word;
}

static bool rule_renew(const struct wants *w)
{
    return wants(w, INTENT_RENEW) && !w->quantities && !w->asked; /* "con hang khong" asks another */
}

static bool rule_new(const struct wants *w)
{
    return wants(w, INTENT_NEW) && w->content == 1;
}

static bool rule_help(const struct wants *w)
{
    return wants(w, INTENT_HELP) && !is_offer_like(w) && !w->topics;
}

static bool rule_place(const struct wants *w)
{
    return wants_first(w, INTENT_PLACE) && (w->places || w->place_unknown) && !w->goods && !w->quantities &&
           !w->price_word;
}

static bool rule_question(const struct wants *w)
{
    bool whole = w->quantities && w->prices; /* "cho hoi ai co 2 tan khoai ban khong, em mua 12k" */
    if (is_offer_like(w) && (wants(w, INTENT_SELL) || wants(w, INTENT_BUY)) && (!w->asked || whole))
        return false;
    if (wants(w, INTENT_QUESTION) && !w->price_word && !w->amount_asked)
        return true;
    return w->topics && (!w->price_word || w->services);
}

static bool rule_match(const struct wants *w)
{
    bool rain = w->rain_asked && w->weather > w->weather_doubted; /* "mai nang hay mua vay, phoi lua duoc ko" */
    return wants(w, INTENT_MATCH) && !w->quantities && !w->prices && !w->price_asked && !w->amount_asked && !rain;
}

static bool rule_price(const struct wants *w)
{
    if (!w->goods && w->price_word && w->content == (size_t)(1 + w->unclear)) /* "gia", "gia dau" */
        return true;
    bool asks_one = (w->amount_asked || w->price_asked || (w->price_word && !verbs(w))) && w->quantities == w->ones;
    if (!w->goods || (w->quantities && !asks_one) || (w->prices && !w->amount_asked && !w->price_asked))
        return false;
    bool offered = (wants(w, INTENT_SELL) || wants(w, INTENT_BUY)) && (w->prices || w->bare) && !w->amount_asked;
    bool trend = w->trend_asked || (w->trend && w->asked && !verbs(w));
    return (w->price_word || w->amount_asked || trend) && !offered && !wants(w, INTENT_FORECAST);
}

static bool rule_forecast(const struct wants *w)
{
    return wants(w, INTENT_FORECAST) && (w->goods || !wants(w, INTENT_WEATHER)) && !w->quantities;
}

static bool rule_season(const struct wants *w)
{
    return wants(w, INTENT_SEASON) && !w->prices && !w->quantities && (w->goods || w->when_asked || !verbs(w)) &&
           !(verbs(w) && w->goods && !w->when_asked && w->at[INTENT_SEASON] > 0 && !wants_first(w, INTENT_SEASON));
}

static bool rule_weather(const struct wants *w)
{
    size_t plain = w->weather - (verbs(w) && w->goods ? w->weather_doubted : 0); /* "mua giong bap" */
    return wants(w, INTENT_WEATHER) && !w->quantities && !w->prices && (plain > 0 || (w->asked && !w->goods));
}

/* "co nen huy b7k2 khong": of a listing something is asked, and nothing else is wanted. */
static bool rule_listing_asked(const struct wants *w)
{
    return w->listing && w->asked_in_words && !verbs(w);
}

static bool rule_other_goods(const struct wants *w)
{
    return w->other_goods && !w->goods;
}

static bool rule_sell(const struct wants *w)
{
    bool buyers = wants(w, INTENT_MATCH) && w->buyers;
    return (wants(w, INTENT_SELL) && !wants(w, INTENT_BUY)) || (buyers && !wants_first(w, INTENT_BUY));
}

/* "duoc 5 tan, gia 98, mai thu hoach": who harvests so much and names a price sells it. */
static bool rule_harvest(const struct wants *w)
{
    return wants(w, INTENT_SEASON) && w->goods && w->quantities && w->prices && !w->asked && !verbs(w);
}

static bool rule_buy(const struct wants *w)
{
    bool sellers = wants(w, INTENT_MATCH) && !w->buyers;
    return (wants(w, INTENT_BUY) && !wants(w, INTENT_SELL)) || (sellers && !wants(w, INTENT_SELL));
}

#define RULE(name, intent)         \
    {                              \
#name, rule_##name, intent \
    }

const struct intent_rule intent_rules[] = {
    RULE(junk, INTENT_JUNK),
    RULE(erase, INTENT_ERASE),
    RULE(privacy, INTENT_QUESTION),
    RULE(broadcast, INTENT_BROADCAST),
    RULE(told, INTENT_QUESTION),
    RULE(report, INTENT_REPORT_PRICE),
    RULE(stop, INTENT_STOP),
    RULE(drop, INTENT_STOP),
    RULE(less, INTENT_QUESTION),
    RULE(sold, INTENT_SOLD),
    RULE(edit, INTENT_EDIT),
    RULE(cancel, INTENT_CANCEL),
    RULE(language, INTENT_LANGUAGE),
    RULE(language_asked, INTENT_QUESTION),
    RULE(stop_one, INTENT_QUESTION),
    RULE(start, INTENT_START),
    RULE(list, INTENT_LIST),
    RULE(renew, INTENT_RENEW),
    RULE(new, INTENT_NEW),
    RULE(negated, INTENT_QUESTION),
    RULE(question, INTENT_QUESTION),
    RULE(help, INTENT_HELP),
    RULE(match, INTENT_MATCH),
    RULE(forecast, INTENT_FORECAST),
    RULE(price, INTENT_PRICE),
    RULE(season, INTENT_SEASON),
    RULE(weather, INTENT_WEATHER),
    RULE(listing_asked, INTENT_QUESTION),
    RULE(other_goods, INTENT_NONE),
    RULE(past, INTENT_NONE),
    RULE(sale_asked, INTENT_QUESTION),
    RULE(sell, INTENT_SELL),
    RULE(buy, INTENT_BUY),
    RULE(harvest, INTENT_SELL),
    RULE(place, INTENT_PLACE),
};
const size_t n_intent_rules = sizeof intent_rules / sizeof *intent_rules;

enum intent decide_intent(const struct wants *w)
{
    if (w->command != INTENT_NONE)
        return w->command;
    for (size_t i = 0; i < n_intent_rules; i++)
        if (intent_rules[i].holds(w))
            return intent_rules[i].intent;
    return INTENT_NONE;
}
