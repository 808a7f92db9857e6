/* SPDX-License-Identifier: Apache-2.0
 *
 * `smsctl donotcall`: the register of numbers that want no advertisements.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "db/do_not_call.h"
#include "smsd/ctl/print.h"

struct reading {
    struct ctl *ctl;
    char (*numbers)[MSISDN_MAX]; /* read and not yet written */
    size_t n;
    int64_t wrong; /* lines that are no mobile number */
};

static enum db_status flush(struct reading *r)
{
    enum db_status status = r->n ? do_not_call_add(r->ctl->db, r->numbers, r->n) : DB_OK;
    r->n = 0;
    return status;
}

/* A number a line; empty lines and those that begin with # say nothing. */
static enum db_status read_all(struct reading *r, FILE *file)
{
    char line[256];
    enum db_status status = DB_OK;
    while (status == DB_OK && fgets(line, sizeof line, file)) {
        struct slice number = {line, strcspn(line, "\r\n")};
        if (number.n == 0 || *line == '#')
            continue;
        if (msisdn_normalise(number, r->numbers[r->n]) != SENDER_MOBILE)
            r->wrong++;
        else if (++r->n == DO_NOT_CALL_MAX)
            status = flush(r);
    }
    return status == DB_OK ? flush(r) : status;
}

int ctl_do_not_call_import(struct ctl *ctl)
{
    struct reading r = {.ctl = ctl, .numbers = arena_alloc(ctl->arena, DO_NOT_CALL_MAX * sizeof *r.numbers)};
    int64_t count = 0;
    FILE *file = fopen(ctl->args[0], "re");
    if (!file) {
        fprintf(stderr, "smsctl: %s: %s\n", ctl->args[0], strerror(errno));
        return CTL_FAILED;
    }
    enum db_status status = do_not_call_begin(ctl->db);
    if (status == DB_OK)
        status = read_all(&r, file);
    if (status == DB_OK)
        status = do_not_call_end(ctl->db, &count);
    fclose(file);
    return status == DB_OK ? print_object(ctl, json_pack("{s:I, s:I}", "numbers", (json_int_t)count,
                                                         "lines_that_are_none", (json_int_t)r.wrong))
                           : ctl_db_failed(ctl, status);
}
