/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/job/alert.h"

#include "parsers/base/day.h"
#include "parsers/text/sms.h"

#define HOUR_US (3600LL * 1000000)
#define DAY_HOURS 24
#define HOURS_EAST 7 /* of UTC: parsers/base/day.h */

struct alert_rules alert_rules(const struct conf *conf)
{
    return (struct alert_rules){
        .sender = conf->service.short_code,
        .per_day = conf->alerts.per_day,
        .relays_per_day = conf->alerts.relays_per_day,
        .quiet_from = conf->alerts.quiet_from,
        .quiet_to = conf->alerts.quiet_to,
    };
}

/* The province's midnight before a moment. */
static int64_t midnight_of(int64_t now_us)
{
    return (day_of_moment(now_us) * (int64_t)DAY_HOURS - HOURS_EAST) * HOUR_US;
}

int64_t alert_time(const struct alert_rules *rules, int64_t now_us)
{
    int64_t midnight_us = midnight_of(now_us);
    int hour = (int)((now_us - midnight_us) / HOUR_US), from = rules->quiet_from, to = rules->quiet_to;
    bool over_midnight = from > to, late = hour >= from, early = hour < to;
    if (over_midnight ? !late && !early : !late || !early)
        return now_us;
    return midnight_us + (to + (over_midnight && late ? DAY_HOURS : 0)) * HOUR_US;
}

struct alert_row alert_make(struct arena *arena, const struct message_book *book, const struct alert_rules *rules,
                            int64_t now_us, struct alert_to to, const char *key, enum message message,
                            struct message_args args)
{
    const char *body = message_render(book, to.lang, arena, message, args);
    struct sms_size size = sms_size(slice_of(body));
    return (struct alert_row){
        .person_id = to.person_id,
        .key = key,
        .sender = rules->sender,
        .body = body,
        .coding = (int)size.coding,
        .segments = (int)size.segments,
        .not_before_us = alert_time(rules, now_us),
        .cap = rules->per_day,
    };
}
