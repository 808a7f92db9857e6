/* SPDX-License-Identifier: Apache-2.0
 *
 * `smsctl officer`: whose numbers may answer for the province, where, on what, and when.
 */
#include <stdio.h>
#include <string.h>

#include "db/officers.h"
#include "parsers/base/work_hours.h"
#include "parsers/kannel/msisdn.h"
#include "smsd/ctl/print.h"

static int wrong(const char *what)
{
    fprintf(stderr, "smsctl: %s\n", what);
    return CTL_USAGE;
}

static bool take_number(const struct ctl *ctl, char msisdn[MSISDN_MAX])
{
    return msisdn_normalise(slice_of(ctl->args[0]), msisdn) == SENDER_MOBILE;
}

static int put(struct ctl *ctl, const struct officer *officer)
{
    const char *unknown = NULL;
    enum db_status status = officer_check(ctl->db, ctl->arena, officer, &unknown);
    if (status == DB_OK && unknown) {
        fprintf(stderr, "smsctl: %s: no place, or no goods, has this code\n", unknown);
        return CTL_USAGE;
    }
    if (status == DB_OK)
        status = officer_put(ctl->db, officer);
    return status == DB_OK ? print_object(ctl, json_pack("{s:o, s:s}", "added", json_number(ctl, officer->msisdn),
                                                         "role", officer->role))
                           : ctl_db_failed(ctl, status);
}

int ctl_officer_add(struct ctl *ctl)
{
    char msisdn[MSISDN_MAX];
    struct work_hours hours;
    struct officer officer = {
        .msisdn = msisdn,
        .role = ctl->role ? ctl->role : "officer",
        .areas = ctl->areas ? ctl->areas : "",
        .crops = ctl->crops ? ctl->crops : "",
        .hours = ctl->hours ? ctl->hours : "",
    };
    if (!take_number(ctl, msisdn))
        return wrong("NUMBER is a mobile number: 0912345678 or 84912345678");
    if (strcmp(officer.role, "officer") != 0 && strcmp(officer.role, "coordinator") != 0)
        return wrong("--role is officer or coordinator");
    if (*officer.hours && !work_hours_read(slice_of(officer.hours), &hours))
        return wrong("--hours looks like \"mon-fri 07:30-11:30 13:30-17:00, sat 07:30-11:30\"");
    return put(ctl, &officer);
}

int ctl_officer_remove(struct ctl *ctl)
{
    char msisdn[MSISDN_MAX];
    bool done;
    if (!take_number(ctl, msisdn))
        return wrong("NUMBER is a mobile number: 0912345678 or 84912345678");
    enum db_status status = officer_remove(ctl->db, msisdn, &done);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    if (done)
        return print_object(ctl, json_pack("{s:o}", "removed", json_number(ctl, msisdn)));
    fputs("smsctl: this number is no officer's\n", stderr);
    return CTL_FAILED;
}

static json_t *officer_row(const struct ctl *ctl, const struct officer *officer)
{
    return json_pack("{s:o, s:s, s:s, s:s, s:s, s:I, s:b}",
                     "number", json_number(ctl, officer->msisdn),
                     "role", officer->role,
                     "areas", officer->areas,
                     "crops", officer->crops,
                     "hours", officer->hours,
                     "open", (json_int_t)officer->open,
                     "stopped", officer->stopped);
}

int ctl_officer_list(struct ctl *ctl)
{
    struct officer *officers;
    size_t n;
    enum db_status status = officers_list(ctl->db, ctl->arena, &officers, &n);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    json_t *rows = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(rows, officer_row(ctl, &officers[i]));
    return print_rows(ctl, rows);
}
