/* SPDX-License-Identifier: Apache-2.0
 *
 * `smsctl person`: all that is stored about a number, and the end of it.
 */
#include <stdio.h>
#include <string.h>

#include "db/erase.h"
#include "parsers/kannel/msisdn.h"
#include "smsd/ctl/print.h"
#include "smsd/keyed/keyed.h"

/* The number of the command line; with -, which everyone on the machine may see, the first line of standard input. */
static bool take_number(const struct ctl *ctl, char msisdn[MSISDN_MAX])
{
    char line[64] = "";
    const char *number = ctl->args[0];
    if (strcmp(number, "-") == 0)
        number = fgets(line, sizeof line, stdin) ? line : "";
    line[strcspn(line, "\n")] = '\0';
    if (msisdn_normalise(slice_of(number), msisdn) == SENDER_MOBILE)
        return true;
    fputs("smsctl: a mobile number is wanted: 0912345678 or 84912345678; - reads it from standard input\n", stderr);
    return false;
}

static int unknown(void)
{
    fputs("smsctl: nothing is stored about that number\n", stderr);
    return CTL_FAILED;
}

int ctl_person_export(struct ctl *ctl)
{
    char msisdn[MSISDN_MAX];
    const char *json = NULL;
    if (!take_number(ctl, msisdn))
        return CTL_USAGE;
    enum db_status status = person_export(ctl->db, ctl->arena, msisdn, &json);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    if (!json)
        return unknown();
    return puts(json) < 0 ? CTL_FAILED : CTL_OK;
}

static int erase(struct ctl *ctl, const char *msisdn)
{
    char digest[KEYED_HEX], key_id[KEYED_ID_HEX];
    bool found = false;
    size_t erased = 0;
    int64_t now_us = 0;
    keyed_number(ctl->key, msisdn, digest);
    keyed_id(ctl->key, key_id);
    enum db_status status = db_clock(ctl->db, &now_us);
    if (status == DB_OK)
        status = erase_begin(ctl->db, msisdn, digest, key_id, now_us, &found);
    if (status == DB_OK)
        status = erase_finish(ctl->db, &erased);
    if (status != DB_OK)
        return ctl_db_failed(ctl, status);
    return found ? print_object(ctl, json_pack("{s:I}", "people_erased", (json_int_t)erased)) : unknown();
}

int ctl_person_erase(struct ctl *ctl)
{
    char msisdn[MSISDN_MAX];
    if (!take_number(ctl, msisdn))
        return CTL_USAGE;
    if (!ctl->key) {
        fputs(
            "smsctl: the number's keyed hash stays, and its key is [privacy] key of the configuration: give -c FILE\n",
            stderr);
        return CTL_USAGE;
    }
    return erase(ctl, msisdn);
}
