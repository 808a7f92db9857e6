/* SPDX-License-Identifier: Apache-2.0
 *
 * What the lint says of a word is what the reader does with it; and our own words hold no surprise that is not declared.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsers/market/listing_code.h"
#include "parsers/read/lint.h"
#include "parsers/read/reading.h"
#include "tests/unit/parsers/tables.h"

static struct arena *arena;
static struct lexicon_tables tables;

static int begin(void **state)
{
    (void)state;
    arena = arena_new(1 << 20);
    tables = lexicon_tables_of_files(arena);
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

/* The table with words added to a cell of the row of a code. */
static const struct table *with(const struct table *table, const char *code, const char *column, const char *more)
{
    const char **cells = arena_calloc(arena, table->rows * table->columns, sizeof *cells);
    struct table *copy = arena_alloc(arena, sizeof *copy);
    memcpy(cells, table->cells, table->rows * table->columns * sizeof *cells);
    *copy = *table;
    copy->cells = cells;
    for (size_t row = 0; row < table->rows; row++)
        if (strcmp(table_cell(table, row, 0), code) == 0) {
            const char **cell = &cells[row * table->columns + table_column(table, column)];
            *cell = arena_printf(arena, "%s;%s", *cell, more);
            return copy;
        }
    fail_msg("no %s", code);
    return NULL;
}

struct seen {
    size_t suspect, undeclared;
    enum lint lint; /* of the last suspect one, else of the last */
    const char *first, *second;
};

static void note(void *context, const struct lint_finding *f)
{
    struct seen *seen = context;
    if (!f->suspect && seen->suspect)
        return;
    seen->suspect += f->suspect;
    seen->undeclared += f->suspect && !f->declared;
    seen->lint = f->lint;
    seen->first = arena_copy(arena, slice_of(f->first));
    seen->second = arena_copy(arena, slice_of(f->second));
}

/* What is found about a word of a lexicon, and how the reader reads a text. */
static struct seen lint(const struct lexicon_tables *of, const char *word, const struct table *shared,
                        const char *text, struct reading *reading)
{
    const char *error = "";
    struct seen seen = {.lint = LINT_COUNT};
    struct lexicon *lexicon = lexicon_build(of, arena, &error);
    struct reader *reader = lexicon ? reader_new(lexicon, &error) : NULL;
    if (!reader)
        fail_msg("%s", error);
    lint_lexicon(lexicon, arena, word, shared, note, &seen);
    if (text) /* of the reading only what does not point into the lexicon outlives it */
        read_text(reader, &(struct read_context){.today = 0, .place_optional = true}, arena, slice_of(text), reading);
    reader_free(&reader);
    lexicon_free(&lexicon);
    return seen;
}

static void assert_found(struct seen seen, enum lint wanted, const char *first, const char *second)
{
    assert_string_equal(lint_name(seen.lint), lint_name(wanted));
    assert_string_equal(seen.first, first);
    assert_string_equal(seen.second, second);
    assert_int_equal(seen.undeclared, 1);
}

static void our_own_words_are_declared(void **state)
{
    (void)state;
    struct seen seen = lint(&tables, NULL, lexicon_table(arena, "shared"), NULL, NULL);
    assert_true(seen.suspect > 10);
    assert_int_equal(seen.undeclared, 0);
    assert_int_equal(lint(&tables, NULL, NULL, NULL, NULL).undeclared, seen.suspect);
}

static void a_word_of_two_goods_is_asked_about(void **state)
{
    (void)state;
    struct lexicon_tables more = tables;
    struct reading r;
    more.commodities = with(tables.commodities, "CUA", "aliases", "blup");
    more.commodities = with(more.commodities, "MIT", "aliases", "blup");
    assert_found(lint(&more, "blup", NULL, "ban blup 2 tan", &r), LINT_ASKED, "CUA", "MIT");
    assert_int_equal(r.ask, ASK_COMMODITY);
    assert_int_equal(r.n_choices, 2);
}

static void a_place_goes_before_goods_and_hides_them(void **state)
{
    (void)state;
    struct lexicon_tables more = tables;
    struct reading r;
    more.commodities = with(tables.commodities, "MIT", "aliases", "blup");
    more.places = with(tables.places, "845", "aliases", "blup");
    assert_found(lint(&more, "blup", NULL, "ban blup 2 tan gia 20k", &r), LINT_ORDER, "845", "MIT");
    assert_int_equal(r.outcome, READ_ASK);
    assert_int_equal(r.ask, ASK_COMMODITY);
}

static void a_place_of_its_own_hides_one_that_fits_several(void **state)
{
    (void)state;
    struct lexicon_tables more = tables;
    more.places = with(tables.places, "845", "aliases", "blup");
    more.places = with(more.places, "846", "aliases_ambiguous", "blup");
    assert_found(lint(&more, "blup", NULL, NULL, NULL), LINT_ORDER, "845", "846");
}

/* Who gives a name to two places that fit it says that it is to be asked. */
static void names_that_fit_several_places_are_no_surprise(void **state)
{
    (void)state;
    struct lexicon_tables more = tables;
    more.places = with(tables.places, "845", "aliases_ambiguous", "blup");
    more.places = with(more.places, "846", "aliases_ambiguous", "blup");
    struct seen seen = lint(&more, "blup", NULL, NULL, NULL);
    assert_int_equal(seen.lint, LINT_ASKED);
    assert_int_equal(seen.suspect, 0);
}

static void goods_called_as_a_command_hide_it_and_stop_goes_before_all(void **state)
{
    (void)state;
    struct lexicon_tables more = tables;
    struct reading r;
    more.commodities = with(tables.commodities, "MIT", "aliases", "dang ky;ngung");
    assert_found(lint(&more, "dang ky", NULL, "dang ky", &r), LINT_ORDER, "MIT", "intent:start");
    assert_int_not_equal(r.intent, INTENT_START);
    assert_found(lint(&more, "ngung", NULL, NULL, NULL), LINT_STOP, "MIT", "intent:stop");
}

static void shapes_of_amounts_and_codes_are_found(void **state)
{
    (void)state;
    struct lexicon_tables more = tables;
    char code[9] = "";
    for (uint64_t n = 0; !*code; n++)
        if (!listing_code_make(n, code))
            *code = '\0';
    more.commodities = with(tables.commodities, "MIT", "aliases", arena_printf(arena, "5 con;%s", code));
    assert_found(lint(&more, "5 con", NULL, NULL, NULL), LINT_AMOUNT, "MIT", "");
    assert_found(lint(&more, code, NULL, NULL, NULL), LINT_CODE, "MIT", "");
}

static void what_marks_tell_apart_is_no_surprise(void **state)
{
    (void)state;
    struct seen seen = lint(&tables, "loc", NULL, NULL, NULL);
    assert_int_equal(seen.suspect, 0);
}

static void a_declaration_covers_only_the_meanings_it_names(void **state)
{
    (void)state;
    const char *error = "";
    struct lexicon_tables more = tables;
    more.commodities = with(tables.commodities, "MIT", "aliases", "cam");
    const struct table *shared =
        table_from_tsv(arena, "shared", slice_of("word\tmeanings\treason\ncam\tCAM;CAM.SANH\tas ever\n"), &error);
    assert_int_equal(lint(&tables, "cam", shared, NULL, NULL).undeclared, 0);
    assert_int_equal(lint(&more, "cam", shared, NULL, NULL).undeclared, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(our_own_words_are_declared),
        cmocka_unit_test(a_word_of_two_goods_is_asked_about),
        cmocka_unit_test(a_place_goes_before_goods_and_hides_them),
        cmocka_unit_test(a_place_of_its_own_hides_one_that_fits_several),
        cmocka_unit_test(names_that_fit_several_places_are_no_surprise),
        cmocka_unit_test(goods_called_as_a_command_hide_it_and_stop_goes_before_all),
        cmocka_unit_test(shapes_of_amounts_and_codes_are_found),
        cmocka_unit_test(what_marks_tell_apart_is_no_surprise),
        cmocka_unit_test(a_declaration_covers_only_the_meanings_it_names),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
