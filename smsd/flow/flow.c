/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/flow/flow.h"

#include "smsd/flow/code.h"

static const struct flow flows[INTENT_COUNT] = {
    [INTENT_NONE] = {NULL, none_act},
    [INTENT_SELL] = {listing_want, listing_act},
    [INTENT_BUY] = {listing_want, listing_act},
    [INTENT_PRICE] = {price_want, price_act},
    [INTENT_SEASON] = {NULL, season_act},
    [INTENT_WEATHER] = {weather_want, weather_act},
    [INTENT_FORECAST] = {forecast_want, forecast_act},
    [INTENT_MATCH] = {match_want, match_act},
    [INTENT_LIST] = {list_want, list_act},
    [INTENT_CANCEL] = {own_want, cancel_act},
    [INTENT_EDIT] = {own_want, edit_act},
    [INTENT_SOLD] = {own_want, sold_act},
    [INTENT_RENEW] = {own_want, renew_act},
    [INTENT_START] = {NULL, start_act},
    [INTENT_STOP] = {stop_want, stop_act},
    [INTENT_LANGUAGE] = {NULL, language_act},
    [INTENT_PLACE] = {NULL, place_act},
    [INTENT_HELP] = {NULL, help_act},
    [INTENT_QUESTION] = {question_want, question_act},
    [INTENT_ERASE] = {code_want, erase_act},
    [INTENT_REPORT_PRICE] = {report_want, report_act},
    [INTENT_BROADCAST] = {broadcast_want, broadcast_act},
    [INTENT_NEW] = {NULL, new_act},
    [INTENT_MORE] = {more_want, more_act},
    [INTENT_ACCEPT] = {deal_want, accept_act},
    [INTENT_REFUSE] = {deal_want, refuse_act},
    [INTENT_RELAY] = {relay_want, relay_act},
    [INTENT_CALL] = {NULL, call_act},
    [INTENT_DATA] = {own_data_want, own_data_act},
    [INTENT_SHOW] = {code_want, show_act},
    [INTENT_HIDE] = {NULL, hide_act},
    [INTENT_CODE] = {code_want, code_act},
    [INTENT_APPROVE] = {approve_want, approve_act},
    [INTENT_JUNK] = {NULL, junk_act},
};

const struct flow *flow_of(enum intent intent)
{
    return &flows[intent];
}
