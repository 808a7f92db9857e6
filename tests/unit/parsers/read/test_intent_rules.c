/* SPDX-License-Identifier: Apache-2.0
 *
 * The rules, each by what is counted of a text: a row that it decides, and beside it the nearest that it must leave to
 * another. */
#include "parsers/read/intent.h"

#include "tests/unit/parsers/read/read_fixture.h"

#define SELL (UINT64_C(1) << INTENT_SELL)
#define BUY (UINT64_C(1) << INTENT_BUY)
#define MATCH (UINT64_C(1) << INTENT_MATCH)
#define CANCEL (UINT64_C(1) << INTENT_CANCEL)
#define EDIT (UINT64_C(1) << INTENT_EDIT)
#define SOLD (UINT64_C(1) << INTENT_SOLD)
#define START (UINT64_C(1) << INTENT_START)
#define STOP (UINT64_C(1) << INTENT_STOP)
#define PLACE (UINT64_C(1) << INTENT_PLACE)
#define REPORT (UINT64_C(1) << INTENT_REPORT_PRICE)
#define SEASON (UINT64_C(1) << INTENT_SEASON)
#define WEATHER (UINT64_C(1) << INTENT_WEATHER)
#define FORECAST (UINT64_C(1) << INTENT_FORECAST)
#define BROADCAST (UINT64_C(1) << INTENT_BROADCAST)
#define LIST (UINT64_C(1) << INTENT_LIST)
#define RENEW (UINT64_C(1) << INTENT_RENEW)
#define ERASE (UINT64_C(1) << INTENT_ERASE)
#define HELP (UINT64_C(1) << INTENT_HELP)
#define QUESTION (UINT64_C(1) << INTENT_QUESTION)
#define LANGUAGE (UINT64_C(1) << INTENT_LANGUAGE)
#define NEW (UINT64_C(1) << INTENT_NEW)

#define BOTH(bits) .intents = (bits), .head = (bits) /* said, and first */
#define OFFER .goods = 1, .quantities = 1, .prices = 1

static const struct keyword khmer = {.kind = KW_LANGUAGE, .meaning = "km"};

static const struct {
    const char *rule; /* "" = none holds */
    struct wants w;
} cases[] = {
    {"", {.content = 1}},
    {"junk", {.polite = 1}},
    {"", {.polite = 1, .content = 1}},
    {"junk", {.content = 3, .spam = 1, .goods = 1}},
    {"sell", {.content = 3, .spam = 2, .intents = SELL, OFFER}},
    {"junk", {.content = 3, .spam = 3, .intents = SELL, OFFER}},
    {"erase", {.intents = ERASE}},
    {"erase", {.intents = CANCEL, .privacy = true}},
    {"privacy", {.intents = ERASE, .goods = 1}},
    {"privacy", {.intents = ERASE, .asked = true}},
    {"privacy", {.intents = ERASE, .negated = true}},
    {"privacy", {.privacy = true}},
    {"broadcast", {BOTH(BROADCAST | SELL), OFFER}},
    {"sell", {.intents = BROADCAST | SELL, OFFER}},
    {"told", {.told = true, .intents = SELL, OFFER}},
    {"told", {.told = true, .intents = REPORT, .prices = 1}},
    {"sell", {.told = true, .intents = SELL, .goods = 1}},
    {"edit", {.told = true, .intents = SELL | EDIT, OFFER}},
    {"report", {.intents = REPORT, .bare = 1}},
    {"", {.intents = REPORT, .goods = 1}},
    {"sell", {.intents = REPORT | SELL, OFFER}},
    {"report", {.intents = REPORT | SELL, OFFER, .ones = 1}},
    {"stop", {BOTH(STOP)}},
    {"language_asked", {.language = &khmer, .language_words = 2, .language_told = true, .asked_in_words = true}},
    {"", {.language = &khmer, .language_words = 2, .language_told = true}},
    {"start", {.intents = START}},
    {"", {.intents = START, .not_ours = 1}},
    {"listing_asked", {.listing = true, .asked_in_words = true}},
    {"sell", {.listing = true, .asked_in_words = true, .intents = SELL}},
    {"stop_one", {BOTH(STOP), .listing = true}},
    {"drop", {BOTH(STOP), .subscription = true, .goods = 1}},
    {"drop", {BOTH(STOP), .subscription = true, .topics = 1, .places = 1}},
    {"less", {BOTH(STOP), .goods = 1}},
    {"less", {BOTH(STOP), .topics = 1, .places = 1}},
    {"", {.intents = STOP, .goods = 1}},
    {"language", {BOTH(STOP), .language = &khmer, .language_refused = true, .content = 1}},
    {"sold", {.intents = SOLD}},
    {"sold", {.intents = SOLD | SELL, OFFER, .at = {[INTENT_SELL] = 2, [INTENT_SOLD] = 1}}},
    {"sell", {.intents = SOLD | SELL, OFFER, .at = {[INTENT_SELL] = 1, [INTENT_SOLD] = 1}}},
    {"sold", {.intents = SOLD | SELL, OFFER, .past = true}},
    {"sold", {.intents = SELL, .listing = true, .past = true}},
    {"sell", {.intents = SELL, .listing = true, .past = true, .asked = true}},
    {"edit", {.intents = EDIT | CANCEL}},
    {"cancel", {.intents = CANCEL}},
    {"", {.intents = CANCEL, .quantities = 1}},
    {"cancel", {.intents = CANCEL, .quantities = 1, .mistyped = true}},
    {"language", {.intents = LANGUAGE, .content = 1}},
    {"", {.intents = LANGUAGE, .content = 2}},
    {"language", {.intents = LANGUAGE, .content = 2, .language = &khmer}},
    {"language", {.content = 2, .language = &khmer, .language_words = 2}},
    {"", {.content = 2, .language = &khmer, .language_words = 1}},
    {"start", {.intents = START | SELL, .goods = 1}},
    {"sell", {.intents = START | SELL, OFFER}},
    {"", {.intents = START, .when_asked = true}},
    {"list", {.intents = LIST}},
    {"", {.intents = LIST, .quantities = 1}},
    {"negated", {.intents = LIST, .negated = true}},
    {"renew", {.intents = RENEW}},
    {"", {.intents = RENEW, .asked = true}},
    {"new", {.intents = NEW, .content = 1}},
    {"", {.intents = NEW, .content = 2}},
    {"negated", {.negated = true, .intents = BUY, OFFER}},
    {"question", {.intents = QUESTION}},
    {"price", {.intents = QUESTION, .price_word = true, .goods = 1}},
    {"question", {.topics = 1, .goods = 1}},
    {"price", {.topics = 1, .price_word = true, .goods = 1}},
    {"question", {.topics = 1, .services = 1, .price_word = true, .goods = 1}},
    {"sell", {.intents = SELL | QUESTION, .goods = 1, .quantities = 1}},
    {"question", {.intents = SELL | QUESTION, .goods = 1, .quantities = 1, .asked = true}},
    {"sell", {.intents = SELL | QUESTION, OFFER, .asked = true}},
    {"help", {.intents = HELP}},
    {"question", {.intents = HELP, .topics = 1}},
    {"sell", {.intents = HELP | SELL, OFFER}},
    {"match", {.intents = MATCH, .goods = 1}},
    {"price", {.intents = MATCH, .goods = 1, .amount_asked = true}},
    {"match", {.intents = MATCH | WEATHER, .weather = 1, .weather_doubted = 1, .rain_asked = true}},
    {"weather", {.intents = MATCH | WEATHER, .weather = 1, .rain_asked = true}},
    {"forecast", {.intents = FORECAST, .goods = 1, .price_word = true}},
    {"weather", {.intents = FORECAST | WEATHER, .weather = 1}},
    {"price", {.price_word = true, .content = 1}},
    {"price", {.price_word = true, .unclear = true, .content = 2}},
    {"", {.price_word = true, .content = 2}},
    {"price", {.price_word = true, .goods = 1, .intents = SELL}},
    {"sell", {.price_word = true, .goods = 1, .intents = SELL, .bare = 1}},
    {"price", {.amount_asked = true, .goods = 1, .quantities = 1, .ones = 1}},
    {"", {.amount_asked = true, .goods = 1, .quantities = 2, .ones = 1}},
    {"price", {.trend = true, .asked = true, .goods = 1}},
    {"", {.trend = true, .goods = 1}},
    {"season", {.intents = SEASON, .goods = 1}},
    {"season", {.intents = SEASON | BUY, .goods = 1, .when_asked = true, .at = {[INTENT_SEASON] = 1}}},
    {"buy", {.intents = SEASON | BUY, .goods = 1, .at = {[INTENT_SEASON] = 1}}},
    {"weather", {.intents = WEATHER | BUY, .weather = 1}},
    {"buy", {.intents = WEATHER | BUY, .weather = 1, .weather_doubted = 1, .goods = 1}},
    {"weather", {.intents = WEATHER, .asked = true}},
    {"other_goods", {.intents = SELL, .other_goods = 1}},
    {"sell", {.intents = SELL, .other_goods = 1, .goods = 1}},
    {"past", {.intents = SELL, .past = true, .goods = 1}},
    {"sell", {.intents = SELL, .past = true}},
    {"sale_asked", {.intents = MATCH, .sale_asked = true, .quantities = 1}},
    {"buy", {.intents = MATCH, .quantities = 1}},
    {"sell", {.intents = MATCH, .buyers = true, .quantities = 1}},
    {"buy", {BOTH(BUY), .buyers = true, .quantities = 1}},
    {"", {.intents = SELL | BUY, .goods = 1}},
    {"harvest", {.intents = SEASON, OFFER}},
    {"", {.intents = SEASON, OFFER, .asked = true}},
    {"place", {BOTH(PLACE), .places = 1}},
    {"", {.intents = PLACE, .places = 1}},
    {"", {BOTH(PLACE), .places = 1, .quantities = 1}},
};

static const struct intent_rule *rule_of(const struct wants *w)
{
    for (size_t i = 0; i < n_intent_rules; i++)
        if (intent_rules[i].holds(w))
            return &intent_rules[i];
    return NULL;
}

static void the_first_rule_that_holds_decides(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct intent_rule *rule = rule_of(&cases[i].w);
        if (strcmp(rule ? rule->name : "", cases[i].rule) != 0)
            fail_msg("case %zu: %s, not %s", i, rule ? rule->name : "none", cases[i].rule);
        assert_int_equal(decide_intent(&cases[i].w), rule ? rule->intent : INTENT_NONE);
    }
}

static void every_rule_decides_something(void **state)
{
    (void)state;
    for (size_t i = 0; i < n_intent_rules; i++) {
        bool used = false;
        for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
            used = used || strcmp(cases[k].rule, intent_rules[i].name) == 0;
        if (!used)
            fail_msg("no case is decided by %s", intent_rules[i].name);
    }
}

/* What a rule decides is part of its meaning: those that leave a text to a person, and those that do nothing. */
static void what_each_decides(void **state)
{
    (void)state;
    static const struct {
        const char *rule;
        enum intent intent;
    } rules[] = {
        {"told", INTENT_QUESTION},       {"negated", INTENT_QUESTION},
        {"stop_one", INTENT_QUESTION},   {"language_asked", INTENT_QUESTION},
        {"sale_asked", INTENT_QUESTION}, {"less", INTENT_QUESTION},
        {"privacy", INTENT_QUESTION},    {"past", INTENT_NONE},
        {"other_goods", INTENT_NONE},    {"drop", INTENT_STOP},
        {"harvest", INTENT_SELL},        {"erase", INTENT_ERASE},
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        for (size_t k = 0; k < n_intent_rules; k++)
            if (strcmp(intent_rules[k].name, rules[i].rule) == 0)
                assert_int_equal(intent_rules[k].intent, rules[i].intent);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_rule_that_holds_decides),
        cmocka_unit_test(every_rule_decides_something),
        cmocka_unit_test(what_each_decides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
