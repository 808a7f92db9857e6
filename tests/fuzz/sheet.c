/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "parsers/base/csv.h"
#include "parsers/market/sheet.h"
#include "tests/unit/parsers/tables.h"

#define TODAY 20000
#define DONG_MAX INT64_C(1000000000000000)

static struct arena *arena;
static struct lexicon *lexicon;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    arena = arena_new(1 << 16);
    lexicon = lexicon_of_files();
    return 0;
}

static void demand(bool holds)
{
    if (!holds)
        abort();
}

/* What may be written down as it is. */
static void demand_price(const struct sheet_price *p)
{
    demand(p->day <= TODAY && p->commodity && p->place && p->unit && *p->basis);
    demand(0 < p->low && p->low <= p->price && p->price <= p->high && p->high <= DONG_MAX);
    demand(!strpbrk(p->size, ";=") && !strpbrk(p->grade, ";=") && !strpbrk(p->state, ";="));
    demand(p->rest && p->source);
}

/* A bulletin is a table or an error; each of its rows is a price or a problem, in the order of the file. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    arena_reset(arena);
    const char *error = NULL;
    const struct table *table = table_from_csv(arena, "fuzz", (struct slice){(const char *)data, size}, &error);
    demand((table == NULL) == (error != NULL));
    if (!table)
        return 0;
    for (size_t i = 0; i < table->rows * table->columns; i++)
        demand(table->cells[i] != NULL);
    const struct sheet sheet = sheet_read(arena, lexicon, table, TODAY, size % 2);
    for (size_t i = 0; i < sheet.n_prices; i++)
        demand_price(&sheet.prices[i]);
    for (size_t i = 0; i < sheet.n_problems; i++) {
        demand(sheet.problems[i].line >= 1 && *sheet.problems[i].text);
        demand(i == 0 || sheet.problems[i - 1].line < sheet.problems[i].line);
    }
    demand(sheet.n_prices + sheet.n_problems == table->rows || (sheet.n_prices == 0 && sheet.n_problems == 1));
    return 0;
}
