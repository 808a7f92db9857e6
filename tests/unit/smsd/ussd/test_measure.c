/* SPDX-License-Identifier: Apache-2.0
 *
 * Every screen has room for its longest values in every language, and one that has not is found.
 */
#include <string.h>

#include "tests/unit/parsers/tables.h"
#include "tests/unit/smsd/ussd/phone_fixture.h"

static void all_screens_have_room_in_all_languages(void **state)
{
    (void)state;
    const char *narrow = ussd_narrow(&phone_knowledge, "84", phone_turn.arena);
    if (narrow)
        fail_msg("%s", narrow);
}

/* The lexicon, but for one cell. */
static struct lexicon *lexicon_with(const char *code, const char *column, const char *cell)
{
    struct lexicon_tables tables = lexicon_tables_of_files(phone_turn.arena);
    struct table units = *tables.units;
    const char **cells = arena_calloc(phone_turn.arena, units.rows * units.columns, sizeof *cells), *error = "";
    memcpy(cells, units.cells, units.rows * units.columns * sizeof *cells);
    for (size_t row = 0; row < units.rows; row++)
        if (strcmp(table_cell(&units, row, table_column(&units, "code")), code) == 0)
            cells[row * units.columns + table_column(&units, column)] = cell;
    units.cells = cells;
    tables.units = &units;
    struct lexicon *lexicon = lexicon_build(&tables, phone_turn.arena, &error);
    assert_string_equal(error, "");
    return lexicon;
}

static void a_name_that_has_no_room_is_found(void **state)
{
    (void)state;
    struct knowledge knowledge = phone_knowledge;
    knowledge.lexicon = lexicon_with("TAN", "name_km", "តោនតោនតោនតោនតោនតោនតោនតោនតោនតោន");
    const char *narrow = ussd_narrow(&knowledge, "84", phone_turn.arena);
    assert_string_equal(narrow, "the screen sell.yes has no room in km");
    lexicon_free(&knowledge.lexicon);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(all_screens_have_room_in_all_languages, phone_begin),
        cmocka_unit_test_setup(a_name_that_has_no_room_is_found, phone_begin),
    };
    return cmocka_run_group_tests(tests, phone_setup, phone_teardown);
}
