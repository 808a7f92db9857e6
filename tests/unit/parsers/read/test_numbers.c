/* SPDX-License-Identifier: Apache-2.0
 *
 * tests/corpus/numbers.tsv, a line a case: amounts as answers to the question for them, days inside a text. */
#include "parsers/read/reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/unit/parsers/tables.h"

static struct lexicon *lexicon;
static struct reader *reader;
static struct arena *arena;
static const struct read_context context = {.today = 20779, .place_optional = true}; /* 2026-11-22 */

/* What was read in the notation of the table: "8500", "6000-7000", ">=8000". */
static const char *price_of(const struct read_item *item)
{
    if (item->price_low == item->price_high)
        return arena_printf(arena, "%lld", (long long)item->price_low);
    if (item->price_high == 0)
        return arena_printf(arena, ">=%lld", (long long)item->price_low);
    return arena_printf(arena, "%lld-%lld", (long long)item->price_low, (long long)item->price_high);
}

static const char *quantity_of(const struct read_item *item)
{
    long long whole = item->quantity_milli / 1000, rest = item->quantity_milli % 1000;
    if (!item->has_quantity)
        return "ask";
    return rest ? arena_printf(arena, "%lld.%lld", whole, rest / 100) : arena_printf(arena, "%lld", whole);
}

static const char *day_of(const struct read_item *item)
{
    if (item->ready == DAY_NONE)
        return "";
    struct ymd date = day_to_ymd(item->ready);
    int days = item->ready - context.today;
    if (days <= 0)
        return days ? arena_printf(arena, "TODAY%d", days) : "TODAY";
    return arena_printf(arena, "DATE:%d/%d", date.day, date.month);
}

static const struct read_item *answer_to(enum ask ask, const char *text, struct reading *r)
{
    *r = (struct reading){.outcome = READ_ASK, .intent = INTENT_SELL, .ask = ask, .n_items = 1};
    r->items[0].ready = DAY_NONE;
    read_answer(reader, &context, arena, slice_of(text), r);
    return &r->items[0];
}

/* Is `got` what the table wants, its own forms apart? A day of a month alone may be of any month. */
static bool agrees(const char *kind, const char *want, const char *got)
{
    if (strcmp(kind, "date") != 0)
        return strcmp(want + (*want == '>' && want[1] != '='), got) == 0;
    return strncmp(want, got, strlen(want)) == 0 || strncmp(want, "LUNAR", 5) == 0 || strcmp(want, "NEXT_WEEK") == 0;
}

static void every_amount(void **state)
{
    (void)state;
    const struct table *t = table_of_file(arena, "tests/corpus/numbers.tsv", "numbers");
    size_t wrong = 0, read = 0;
    for (size_t row = 0; row < t->rows; row++) {
        const char *text = table_cell(t, row, 0), *kind = table_cell(t, row, 1), *want = table_cell(t, row, 2);
        const char *note = table_cell(t, row, 3), *got;
        struct reading r;
        if (strcmp(kind, "price") == 0 && !strstr(note, "slang"))
            got = price_of(answer_to(ASK_PRICE, text, &r));
        else if (strcmp(kind, "quantity") == 0)
            got = quantity_of(answer_to(ASK_QUANTITY, text, &r));
        else if (strcmp(kind, "date") == 0) {
            read_text(reader, &context, arena, slice_of(text), &r);
            got = day_of(&r.items[0]);
        } else
            continue; /* sizes and residue need goods beside them; 1m2 is asked about */
        read++;
        if (agrees(kind, want, got))
            continue;
        wrong++;
        print_error("%s (%s): want %s, got %s\n", text, kind, want, got);
    }
    assert_int_equal(wrong, 0);
    assert_true(read > 45);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_amount)};
    const char *error = "";
    lexicon = lexicon_of_files();
    reader = reader_new(lexicon, &error);
    arena = arena_new(1 << 16);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    reader_free(&reader);
    lexicon_free(&lexicon);
    return failed;
}
