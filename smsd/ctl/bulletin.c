/* SPDX-License-Identifier: Apache-2.0
 *
 * `smsctl bulletin`: what officers publish, for THOI TIET, DO MAN and DU BAO.
 */
#include <stdio.h>
#include <string.h>

#include "db/bulletins.h"
#include "smsd/clock.h"
#include "smsd/ctl/print.h"

/* Kinds, and the days they hold when nothing is said. */
static const struct {
    const char *name;
    int days;
} kinds[] = {{"weather", 2}, {"salinity", 7}, {"forecast", 14}};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static int wrong(const char *what)
{
    fprintf(stderr, "smsctl: %s\n", what);
    return CTL_USAGE;
}

int ctl_bulletin_add(struct ctl *ctl)
{
    struct bulletin_row row = {.kind = ctl->args[0],
                               .area = ctl->args[1],
                               .body = ctl->args[2],
                               .commodity = ctl->crops ? ctl->crops : "",
                               .by = "smsctl"};
    int days = ctl->days;
    for (size_t i = 0; i < KINDS && !days; i++)
        if (strcmp(row.kind, kinds[i].name) == 0)
            days = kinds[i].days;
    if (!days)
        return wrong("KIND is weather, salinity or forecast");
    enum db_status status = bulletin_publish(ctl->db, &row, days, clock_now_us());
    if (status == DB_REFUSED && strcmp(db_error(ctl->db)->sqlstate, "23514") == 0) /* check_violation */
        return wrong("KIND is weather, salinity or forecast; WORDS are at most 140 characters, and none of # & % [ ] { "
                     "} \\ < @");
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    if (!row.id)
        return wrong("no place, or no goods, has this code");
    return print_object(ctl, json_pack("{s:I, s:i}", "published", (json_int_t)row.id, "days", days));
}

int ctl_bulletin_list(struct ctl *ctl)
{
    struct bulletin_row *rows;
    size_t n;
    enum db_status status = bulletins_list(ctl->db, ctl->arena, ctl->limit, &rows, &n);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    json_t *all = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(all, json_pack("{s:I, s:o, s:s, s:s, s:s, s:s, s:s, s:s}", "id", (json_int_t)rows[i].id,
                                             "published", json_moment(rows[i].at_us), "kind", rows[i].kind, "area",
                                             rows[i].area, "commodity", rows[i].commodity, "until", rows[i].until, "by",
                                             rows[i].by, "words", rows[i].body));
    return print_rows(ctl, all);
}
