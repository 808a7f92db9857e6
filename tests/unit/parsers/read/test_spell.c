/* SPDX-License-Identifier: Apache-2.0
 *
 * Words as they were typed, put right before they are looked up. */
#include "parsers/read/read_p.h"

#include "tests/unit/parsers/read/read_fixture.h"

static const struct text *spelt(const char *text)
{
    return taken_to(SPELT, text, ASK_NOTHING);
}

/* "ban lua(lua1) om 18": the words with the marks they have. */
static const char *told(const struct text *t)
{
    const char *all = "";
    for (size_t i = 0; i < t->n_tokens; i++) {
        const struct token *token = &t->tokens[i];
        all = arena_printf(arena, "%s%s%s", all, i ? " " : "", token->text.at);
        if (token->marks)
            all = arena_printf(arena, "%s(%s)", all, token->marks);
    }
    return all;
}

static const char *words_spelt(const char *text)
{
    return told(spelt(text));
}

/* Figures between letters are marks, and then those at the ends of words too. */
static void vni(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"ba1n lu1a", "ban(ban1) lua(lua1)"},
        {"ba1n lua1 2 ta6n1", "ban(ban1) lua(lua1) 2 tan(ta6n1)"},
        {"lua1", "lua 1"}, /* alone at the end: a figure */
        {"loai1", "loai 1"},
        {"om18", "om 18"},
        {"2tan", "2 tan"},
    };
    CHECK_TOLD(words_spelt, wants);
}

static void telex(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"taans", "tan(ta6n1)"}, {"ddoongf", "dong(d9o6ng2)"},
        {"tooms", "tom(to6m1)"}, {"baan", "ban"}, /* no such word with marks: a key pressed twice */
        {"ban", "ban"},                           /* known words are left */
        {"nghiem", "nghiem"},                     /* as is what may be one */
        {"strong", "strong"},    {"ngoao", "ngoao"},
    };
    CHECK_TOLD(words_spelt, wants);
}

/* Words run together are cut where all the pieces are phrases. */
static void words_run_together(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"canmuatomsu", "can mua tomsu"},
        {"banluaom18", "ban lua om 18"},
        {"25kmylongbac", "25 k mylongbac"},
        {"banluaxyzzy", "banluaxyzzy"},
    };
    CHECK_TOLD(words_spelt, wants);
}

/* Dots, hyphens and lines in the place of blanks; not those within numbers. */
static void joints(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"ban.dua.hau.3.tan", "ban dua hau 3 tan"},
        {"ban-lua-om18-3tan-7000", "ban lua om 18 3 tan 7000"},
        {"ban_xoai_2_tan", "ban xoai 2 tan"},
        {"ban lua.", "ban lua ."},
        {"8-9k", "8 - 9 k"},
        {"mua.ban.om18.2.tan", "mua ban om 18 2 tan"},
        {"ban lua 8.500 dong", "ban lua 8.500 dong"},
    };
    CHECK_TOLD(words_spelt, wants);
}

/* The letter o for zeros, but not in a name. */
static void letters_for_figures(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"65OO", "6500"}, {"1O0", "100"}, {"8oo5", "8005"}, {"om18o", "om 18 o"}, {"2 o", "2 o"},
    };
    CHECK_TOLD(words_spelt, wants);
}

static void codes(void **state)
{
    (void)state;
    const struct text *t = spelt("huy r8v8");
    assert_string_equal(t->listing, "R8V8");
    assert_string_equal(told(t), "huy r8v8");
    assert_string_equal(t->mistyped, "");
    t = spelt("huy r8v9");
    assert_string_equal(t->listing, "");
    assert_string_equal(t->mistyped, "R8V9");
    t = spelt("huy r8v8 b7k2 r8v9");
    assert_string_equal(t->listing, "R8V8"); /* the first */
}

/* Junk of any length: no more tokens than are read, and each with its word's number or none. */
static void long_texts(void **state)
{
    (void)state;
    static const char *const units[] = {"a.", "1o1.", "banlua", "lu1a ", "x1", "...", "canmuatomsu18 ", "-_-"};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        char text[6000];
        size_t n = strlen(units[i]);
        for (size_t k = 0; k + 1 < sizeof text; k++)
            text[k] = units[i][k % n];
        text[sizeof text - 1] = '\0';
        const struct text *t = spelt(text);
        assert_true(t->n_tokens > 0 && t->n_tokens <= 5 * READ_TOKENS_MAX);
        for (size_t k = 0; k < t->n_tokens; k++)
            if (t->words[k])
                assert_int_equal(t->words[k], phrases_word(lexicon->phrases, t->tokens[k].text));
    }
    assert_int_equal(spelt("")->n_tokens, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vni),        cmocka_unit_test(telex),
        cmocka_unit_test(joints),     cmocka_unit_test(words_run_together),
        cmocka_unit_test(codes),      cmocka_unit_test(letters_for_figures),
        cmocka_unit_test(long_texts),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
