/* SPDX-License-Identifier: Apache-2.0
 *
 * The explanation shows what the reading did; it fits a terminal, whatever was texted.
 */
#include <utf8proc.h>

#include "parsers/read/explain.h"
#include "tests/unit/parsers/read/read_fixture.h"

static size_t columns(const char *line)
{
    size_t width = 0;
    for (utf8proc_int32_t c; *line; width += (size_t)utf8proc_charwidth(c))
        line += utf8proc_iterate((const utf8proc_uint8_t *)line, -1, &c);
    return width;
}

/* All lines, one below the other; none is too wide, and each tag has a name. */
static void add_line(void *lines, const char *line)
{
    const char **all = lines;
    if (columns(line) > EXPLAIN_WIDTH)
        fail_msg("too wide: %s", line);
    assert_null(strstr(line, "tag?"));
    *all = arena_printf(arena, "%s%s\n", *all, line);
}

static const char *explained(struct slice text)
{
    const char *all = "";
    explain_text(reader, &context, arena, text, add_line, &all);
    return all;
}

static void assert_shows(const char *text, const char *const *wanted)
{
    const char *all = explained(slice_of(text));
    for (; *wanted; wanted++)
        if (!strstr(all, *wanted))
            fail_msg("no \"%s\" in\n%s", *wanted, all);
}

static void an_offer_is_shown_from_its_tokens_to_its_slots(void **state)
{
    (void)state;
    assert_shows("ban lua om18 2 tan 8k5 cau ke",
                 (const char *const[]){
                     "tokens    ban | lua | om | 18 | 2 | tan | 8 | k | 5 | cau | ke\n",
                     "  lua om18            goods         goods LUA.OM18 (lua1 om *)         kept\n",
                     "perhaps place 29308 C\xE1\xBA\xA7u K\xC3\xA8         no: another bears the name\n",
                     "  8k5                       price     8500 dong                   thousands, used\n",
                     "  words   sell by \"ban\" at the head\n",
                     "  rule      sell           for sell           the first that holds: it decides\n",
                     "outcome   sure: sell\n",
                     "  item    LUA.OM18, 2 TAN, 8500 dong, per KG, place 845\n",
                     "plausible 5000 to 10000 dong per KG, 0.1 to 500 TAN\n", NULL});
}

static void what_was_put_right_is_shown_beside_what_was_typed(void **state)
{
    (void)state;
    assert_shows("bans lua 2 tan, canmuatom",
                 (const char *const[]){"  taken     bans                               as ban(ban1)\n",
                                       "  taken     canmuatom                          as can mua tom\n", NULL});
}

static void marks_decide_and_it_is_said(void **state)
{
    (void)state;
    assert_shows("b\xC3\xA1n cam 2 tan",
                 (const char *const[]){"tokens    ban(ban1) | cam | 2 | tan\n", "polite \"address\" (ban5)",
                                       "no: the marks disagree\n", "asked about\n", "outcome   ask commodity: sell\n",
                                       "  choices 1 CAM, 2 CAM.SANH\n", NULL});
}

static void what_was_not_understood_is_shown_too(void **state)
{
    (void)state;
    assert_shows("zzzz", (const char *const[]){"facts     none\n", "  rule      none holds\n",
                                               "outcome   not understood: none\n", NULL});
    assert_shows("", (const char *const[]){"tokens\n", "outcome   not understood: none\n", NULL});
}

static void every_known_text_fits_a_terminal(void **state)
{
    (void)state;
    struct arena *tables = arena_new(1 << 20);
    const struct table *texts = table_of_file(tables, "tests/corpus/sms.tsv", "sms");
    for (size_t i = 0; i < texts->rows; i++) {
        explained(slice_of(table_cell(texts, i, table_column(texts, "text"))));
        arena_reset(arena);
    }
    arena_free(&tables);
}

static void odd_texts_fit_too(void **state)
{
    (void)state;
    char digits[1600], words[3000];
    memset(digits, '9', sizeof digits);
    for (size_t i = 0; i < sizeof words; i++)
        words[i] = i % 3 ? 'x' : ' ';
    const struct slice texts[] = {{digits, sizeof digits}, {words, sizeof words}, {"\xFF\0\x80%s", 5}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        explained(texts[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_offer_is_shown_from_its_tokens_to_its_slots),
        cmocka_unit_test(what_was_put_right_is_shown_beside_what_was_typed),
        cmocka_unit_test(marks_decide_and_it_is_said),
        cmocka_unit_test(what_was_not_understood_is_shown_too),
        cmocka_unit_test(every_known_text_fits_a_terminal),
        cmocka_unit_test(odd_texts_fit_too),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
