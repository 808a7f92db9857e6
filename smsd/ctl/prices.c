/* SPDX-License-Identifier: Apache-2.0
 *
 * `smsctl prices import`: a bulletin of the province, and what people are told otherwise from then on.
 */
#include <stdio.h>

#include "db/price_import.h"
#include "parsers/market/sheet.h"
#include "smsd/clock.h"
#include "smsd/ctl/files.h"
#include "smsd/ctl/print.h"
#include "smsd/knowledge/words.h"

static const char *day_text(struct arena *arena, day_t day)
{
    char text[11];
    day_format_iso(day, text);
    return arena_copy(arena, slice_of(text));
}

/* "8200-8300-8400 (3)": low, median, high and reports; null where there is no price. */
static json_t *figures(const struct price_figures *f)
{
    return f->reports ? json_sprintf("%lld-%lld-%lld (%d)", (long long)f->low, (long long)f->median, (long long)f->high,
                                     f->reports)
                      : json_null();
}

static int print_import(const struct ctl *ctl, const struct price_import *import)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < import->n_changes; i++) {
        const struct price_change *c = &import->changes[i];
        json_array_append_new(rows, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:o, s:o}",
                                              "day", day_text(ctl->arena, c->day),
                                              "commodity", c->commodity,
                                              "attrs", c->attrs,
                                              "place", c->place,
                                              "unit", c->unit,
                                              "basis", c->basis,
                                              "before", figures(&c->before),
                                              "after", figures(&c->after)));
    }
    int code = print_rows(ctl, rows);
    fprintf(stderr, "smsctl: %zu lines new, %zu with another price, %zu as before; %zu prices change%s\n",
            import->added, import->changed, import->unchanged, import->n_changes,
            ctl->dry_run ? "; nothing was written" : "");
    return code;
}

static int say_problems(const char *path, const struct sheet *sheet)
{
    for (size_t i = 0; i < sheet->n_problems; i++)
        fprintf(stderr, "smsctl: %s: line %zu: %s\n", path, sheet->problems[i].line, sheet->problems[i].text);
    fputs("smsctl: nothing was imported\n", stderr);
    return CTL_FAILED;
}

/* Who published it: what the row says, else --source, else the province. */
static const char *source_of(const struct ctl *ctl, const struct sheet_price *price)
{
    return *price->source ? price->source : ctl->source ? ctl->source : "bulletin";
}

static struct price_report *reports_of(const struct ctl *ctl, const struct sheet *sheet)
{
    struct price_report *reports = arena_calloc(ctl->arena, sheet->n_prices, sizeof *reports);
    for (size_t i = 0; i < sheet->n_prices; i++) {
        const struct sheet_price *p = &sheet->prices[i];
        reports[i] = (struct price_report){.kind = PRICE_KIND_BULLETIN,
                                           .day = p->day,
                                           .commodity = p->commodity->code,
                                           .place = p->place->code,
                                           .unit = p->unit->code,
                                           .basis = p->basis,
                                           .size = p->size,
                                           .grade = p->grade,
                                           .state = p->state,
                                           .rest = p->rest,
                                           .low = p->low,
                                           .price = p->price,
                                           .high = p->high,
                                           .quarantine = "",
                                           .source = source_of(ctl, p)};
    }
    return reports;
}

static int import_table(struct ctl *ctl, const struct lexicon *lexicon, const struct table *table)
{
    struct sheet sheet = sheet_read(ctl->arena, lexicon, table, day_of_moment(clock_now_us()), ctl->force);
    struct price_import import;
    if (sheet.n_problems)
        return say_problems(ctl->args[0], &sheet);
    enum db_status status =
        price_import(ctl->db, ctl->arena, reports_of(ctl, &sheet), sheet.n_prices, ctl->dry_run, &import);
    return status == DB_OK ? print_import(ctl, &import) : ctl_db_failed(ctl, status);
}

int ctl_prices_import(struct ctl *ctl)
{
    struct words words;
    const char *error = "";
    const struct table *table = table_file(ctl->arena, ctl->args[0], &error);
    if (!table) {
        fprintf(stderr, "smsctl: %s\n", error);
        return CTL_FAILED;
    }
    enum db_status status = words_load(ctl->db, ctl->arena, &words, &error);
    if (status != DB_OK) {
        fprintf(stderr, "smsctl: %s\n", error);
        return db_is_up(ctl->db) ? CTL_FAILED : CTL_AWAY;
    }
    int code = import_table(ctl, words.lexicon, table);
    words_free(&words);
    return code;
}
