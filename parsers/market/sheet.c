/* SPDX-License-Identifier: Apache-2.0 */
#include "parsers/market/sheet.h"

#include <search.h>
#include <string.h>

#include "parsers/market/quote.h"
#include "parsers/market/sheet_words.h"
#include "parsers/read/plausible.h"

enum field { DAY, GOODS, PLACE, PRICE, LOW, HIGH, UNIT, BASIS, ATTRS, SIZE, GRADE, STATE, SOURCE, FIELDS };

/* The names of a column, those of locales/lexicon/prices.tsv among them. */
static const char *const names[FIELDS][4] = {
    [DAY] = {"day", "date", "ngay"},
    [GOODS] = {"commodity", "commodity_code", "hang"},
    [PLACE] = {"place", "place_code", "noi"},
    [PRICE] = {"price", "price_vnd", "gia"},
    [LOW] = {"low", "price_low", "gia_tu"},
    [HIGH] = {"high", "price_high", "gia_den"},
    [UNIT] = {"unit", "don_vi"},
    [BASIS] = {"basis"},
    [ATTRS] = {"attrs"},
    [SIZE] = {"size"},
    [GRADE] = {"grade"},
    [STATE] = {"state"},
    [SOURCE] = {"source", "nguon"},
};

static const char *const bases[] = {"farmgate", "trader_buy", "factory", "wholesale", "retail"};

struct reading {
    struct arena *arena;
    const struct lexicon *lexicon;
    const struct table *table;
    day_t today;
    bool whatever;
    size_t columns[FIELDS]; /* TABLE_NO_COLUMN = not there */
    size_t row;
    struct sheet_price *price; /* of the row */
    const char *problem;       /* of the row; NULL = none so far */
};

static const char *cell(const struct reading *r, enum field field)
{
    return table_cell(r->table, r->row, r->columns[field]);
}

/* ---- the cells, each with what may be wrong about it ---- */

static const char *take_day(struct reading *r)
{
    if (!sheet_day(cell(r, DAY), &r->price->day))
        return arena_printf(r->arena, "not a day: \"%s\"", cell(r, DAY));
    return r->price->day > r->today ? "a day that has not come" : NULL;
}

static const char *take_goods(struct reading *r)
{
    return sheet_goods(r->arena, r->lexicon, cell(r, GOODS), &r->price->commodity);
}

static const char *take_place(struct reading *r)
{
    return sheet_place(r->arena, r->lexicon, cell(r, PLACE), r->price->day, &r->price->place);
}

static const char *take_unit(struct reading *r)
{
    r->price->unit = r->price->commodity->price_unit;
    if (*cell(r, UNIT))
        return sheet_unit(r->arena, r->lexicon, cell(r, UNIT), &r->price->unit);
    return r->price->unit ? NULL : "no unit, and the lexicon has none for these goods";
}

static const char *take_basis(struct reading *r)
{
    const char *word = *cell(r, BASIS) ? cell(r, BASIS) : bases[0];
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++)
        if (strcmp(word, bases[i]) == 0) {
            r->price->basis = bases[i];
            return NULL;
        }
    return arena_printf(r->arena, "basis is farmgate, trader_buy, factory, wholesale or retail, not \"%s\"", word);
}

static int64_t middle(int64_t low, int64_t high)
{
    return low + (high - low) / 2;
}

/* low and high of the column `price`, or those of columns of their own, which price must then lie between. */
static const char *take_amounts(struct reading *r)
{
    struct sheet_price *p = r->price;
    bool priced = *cell(r, PRICE), low = *cell(r, LOW), high = *cell(r, HIGH);
    if (!priced && !(low && high))
        return "no price";
    if ((priced && !sheet_range(cell(r, PRICE), &p->low, &p->high)) || (low && !sheet_amount(cell(r, LOW), &p->low)) ||
        (high && !sheet_amount(cell(r, HIGH), &p->high)))
        return arena_printf(r->arena, "not an amount in whole đồng: \"%s\"",
                            priced ? cell(r, PRICE) : arena_printf(r->arena, "%s-%s", cell(r, LOW), cell(r, HIGH)));
    int64_t from, to;
    p->price = priced && (low || high) && sheet_range(cell(r, PRICE), &from, &to) && from == to
                   ? from
                   : middle(p->low, p->high);
    return p->low > p->price || p->price > p->high ? "low, price and high are not in this order" : NULL;
}

/* A price by the tonne stands in the group of those by the kilo, where all of it is whole đồng there. */
static void tell_by_usual_unit(struct sheet_price *p)
{
    const bool said = p->price != middle(p->low, p->high);
    const struct quote ends = quote_usual(p->commodity, (struct quote){p->unit, p->low, p->high});
    const struct quote price = said ? quote_usual(p->commodity, (struct quote){p->unit, p->price, p->price}) : ends;
    if (price.unit != ends.unit)
        return;
    p->unit = ends.unit;
    p->low = ends.low;
    p->high = ends.high;
    p->price = said ? price.low : middle(ends.low, ends.high);
}

static const char *take_price(struct reading *r)
{
    const char *wrong = take_amounts(r);
    if (!wrong)
        tell_by_usual_unit(r->price);
    if (wrong || r->whatever || price_fit(r->price->commodity, r->price->unit, r->price->price) != FIT_BAD)
        return wrong;
    return arena_printf(r->arena, "%lld đ is no price of %s a %s: mend it, or say --force", (long long)r->price->price,
                        r->price->commodity->code, r->price->unit->code);
}

static const char *take_attributes(struct reading *r)
{
    struct sheet_price *p = r->price;
    struct sheet_attributes a = sheet_attributes(r->arena, cell(r, ATTRS));
    p->size = *cell(r, SIZE) ? cell(r, SIZE) : a.size;
    p->grade = *cell(r, GRADE) ? cell(r, GRADE) : a.grade;
    p->state = *cell(r, STATE) ? cell(r, STATE) : a.state;
    p->rest = a.rest;
    p->source = cell(r, SOURCE);
    return strpbrk(p->size, ";=") || strpbrk(p->grade, ";=") || strpbrk(p->state, ";=") ? "an attribute without ; and ="
                                                                                        : NULL;
}

/* In this order: what a price is of decides what it may be. */
static const char *(*const takes[])(struct reading *r) = {take_day,   take_goods, take_place,     take_unit,
                                                          take_basis, take_price, take_attributes};

/* ---- the whole ---- */

/* The column that goes by one of the field's names. */
static size_t column_of(const struct table *table, enum field field)
{
    for (const char *const *name = names[field]; *name; name++)
        if (table_column(table, *name) != TABLE_NO_COLUMN)
            return table_column(table, *name);
    return TABLE_NO_COLUMN;
}

static const char *header_problem(struct reading *r)
{
    for (enum field field = 0; field < FIELDS; field++)
        r->columns[field] = column_of(r->table, field);
    static const enum field needed[] = {DAY, GOODS, PLACE};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (r->columns[needed[i]] == TABLE_NO_COLUMN)
            return arena_printf(r->arena, "there is no column \"%s\"", names[needed[i]][0]);
    bool both = r->columns[LOW] != TABLE_NO_COLUMN && r->columns[HIGH] != TABLE_NO_COLUMN;
    return r->columns[PRICE] == TABLE_NO_COLUMN && !both ? "there is no column \"price\"" : NULL;
}

struct line {
    const char *key;
    size_t number;
};

static int compare_lines(const void *a, const void *b)
{
    return strcmp(((const struct line *)a)->key, ((const struct line *)b)->key);
}

/* Two prices of the same in one file: which is meant is not ours to say. */
static const char *twice(struct reading *r, void **seen)
{
    const struct sheet_price *p = r->price;
    struct line *line = arena_alloc(r->arena, sizeof *line);
    line->number = r->table->lines[r->row];
    line->key = arena_printf(r->arena, "%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s", (int)p->day, p->commodity->code,
                             p->place->code, p->unit->code, p->basis, p->size, p->grade, p->state, p->rest, p->source);
    struct line *const *found = tsearch(line, seen, compare_lines);
    if (!found || *found == line)
        return NULL;
    return arena_printf(r->arena, "says a price of the same as line %zu", (*found)->number);
}

static void forget(void *line)
{
    (void)line; /* the arena's */
}

static const char *read_row(struct reading *r, void **seen)
{
    const char *problem = NULL;
    for (size_t i = 0; i < sizeof takes / sizeof *takes && !problem; i++)
        problem = takes[i](r);
    return problem ? problem : twice(r, seen);
}

struct sheet sheet_read(struct arena *arena, const struct lexicon *lexicon, const struct table *table, day_t today,
                        bool whatever)
{
    struct reading r = {.arena = arena, .lexicon = lexicon, .table = table, .today = today, .whatever = whatever};
    struct sheet_price *prices = arena_calloc(arena, table->rows, sizeof *prices);
    struct sheet_problem *problems = arena_calloc(arena, table->rows + 1, sizeof *problems);
    struct sheet sheet = {.prices = prices, .problems = problems};
    const char *problem = header_problem(&r);
    void *seen = NULL;
    if (problem)
        problems[sheet.n_problems++] = (struct sheet_problem){1, problem};
    for (r.row = 0; !problem && r.row < table->rows; r.row++) {
        r.price = &prices[sheet.n_prices];
        const char *wrong = read_row(&r, &seen);
        if (wrong)
            problems[sheet.n_problems++] = (struct sheet_problem){table->lines[r.row], wrong};
        else
            sheet.n_prices++;
    }
    tdestroy(seen, forget);
    return sheet;
}
