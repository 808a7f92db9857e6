/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/broadcast/rules.h"

#include "parsers/base/day.h"
#include "smsd/clock.h"
#include "smsd/job/alert.h"

#define HOUR_US (3600 * SECOND_US)
#define DAY_US (24 * HOUR_US)
#define EAST_US (7 * HOUR_US) /* of UTC: parsers/base/day.h */

struct broadcast_rules broadcast_rules(const struct conf *conf)
{
    return (struct broadcast_rules){
        .sender = conf->service.short_code,
        .quiet_from = conf->broadcast.quiet_from,
        .quiet_to = conf->broadcast.quiet_to,
        .per_day = conf->broadcast.per_day,
        .approval_above = conf->broadcast.approval_above,
        .segment_price = conf->broadcast.segment_price,
        .rate = conf->send.rate,
    };
}

/* The end of the quiet hours a moment lies in, else the moment. */
static int64_t opens(const struct broadcast_rules *rules, int64_t now_us)
{
    const struct alert_rules hours = {.quiet_from = rules->quiet_from, .quiet_to = rules->quiet_to};
    return alert_time(&hours, now_us);
}

int64_t broadcast_closes(const struct broadcast_rules *rules, int64_t now_us)
{
    int64_t closes = day_of_moment(now_us) * DAY_US - EAST_US + rules->quiet_from * HOUR_US;
    if (rules->quiet_from == rules->quiet_to)
        return now_us + DAY_US; /* looked at again long before */
    if (opens(rules, now_us) != now_us)
        return now_us;
    return closes > now_us ? closes : closes + DAY_US;
}

int64_t broadcast_ends(const struct broadcast_rules *rules, int64_t now_us, int64_t segments, bool nights)
{
    int64_t left = segments * SECOND_US / rules->rate, at = nights ? now_us : opens(rules, now_us);
    if (nights || rules->quiet_from == rules->quiet_to)
        return at + left;
    while (left > broadcast_closes(rules, at) - at) {
        int64_t closes = broadcast_closes(rules, at);
        left -= closes - at;
        at = opens(rules, closes);
    }
    return at + left;
}
