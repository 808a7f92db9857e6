/* SPDX-License-Identifier: Apache-2.0
 *
 * What the words of a text speak for, where they speak for several things. */
#include "parsers/read/reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/parsers/tables.h"

static struct lexicon *lexicon;
static struct reader *reader;
static struct arena *arena;

struct expectation {
    const char *text, *intent;
};

static void check(const struct expectation *wants, size_t n)
{
    const struct read_context context = {.today = day_from_ymd(2026, 11, 22), .place_optional = true};
    for (size_t i = 0; i < n; i++) {
        struct reading r;
        arena_reset(arena);
        read_text(reader, &context, arena, slice_of(wants[i].text), &r);
        if (strcmp(intent_name(r.intent), wants[i].intent) != 0)
            print_error("%s\n", wants[i].text);
        assert_string_equal(intent_name(r.intent), wants[i].intent);
    }
}

#define CHECK(wants) check(wants, sizeof(wants) / sizeof *(wants))

/* A verb after "who" is what others would do. */
static void the_others_verb(void **state)
{
    (void)state;
    static const struct expectation wants[] = {
        {"ban 2 tan xoai 15k, lai nao mua thi alo", "sell"},
        {"con 500 ky buoi gia 20k ban, vua nao lay vo Cang Long", "sell"},
        {"thuong lai mua 3 tan bap 6k khong", "sell"},
        {"mua 2 tan chanh 12k, ai ban keu em", "buy"},
    };
    CHECK(wants);
}

/* lấy and cần are buying only where no plainer verb stands. */
static void verbs_that_are_less(void **state)
{
    (void)state;
    static const struct expectation wants[] = {
        {"ban 3 tan mia 1100d, lay nhieu bot", "sell"},
        {"can tien nen ban 10 con ga 90k/kg", "sell"},
        {"lay 3 tan mia 1100d", "buy"},
        {"can 10 con ga", "buy"},
    };
    CHECK(wants);
}

static void what_is_asked(void **state)
{
    (void)state;
    static const struct expectation wants[] = {
        {"mua 300 ky tep, gia bao nhieu cung duoc", "buy"},
        {"ban 5 con vit, ai mua cung ban", "sell"},
        {"heo xuong gia chua", "price"},
        {"mit thai tang khong", "price"},
        {"muon dat ai cho thue", "question"},
        {"muon dat 200 ky ot", "buy"},
        {"ban 20 con heo khong benh 62k", "sell"},
        {"cong Cai Hop hom nay man bao nhieu", "weather"},
    };
    CHECK(wants);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_others_verb),
        cmocka_unit_test(verbs_that_are_less),
        cmocka_unit_test(what_is_asked),
    };
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
