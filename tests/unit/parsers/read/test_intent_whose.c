/* SPDX-License-Identifier: Apache-2.0
 *
 * Whose verb it is, asked of one word of a text. */
#include "parsers/read/intent.h"

#include "tests/unit/parsers/read/read_fixture.h"

/* A text, a word of the span asked about, and the answer. */
struct asked {
    const char *text, *word;
    bool yes;
};

typedef bool question(const struct text *t, size_t i);

static void check(question *ask, const struct asked *cases, size_t n)
{
    size_t wrong = 0;
    for (size_t i = 0; i < n; i++) {
        const struct text *t = prepared(cases[i].text);
        if (ask(t, span_at(t, cases[i].word)) == cases[i].yes)
            continue;
        wrong++;
        print_error("%s, %s (%s): not %s\n", cases[i].text, cases[i].word, t->tags, cases[i].yes ? "yes" : "no");
    }
    assert_int_equal(wrong, 0);
}

#define CHECK(ask, cases) check(ask, cases, sizeof(cases) / sizeof *(cases))

static void what_says_something(void **state)
{
    (void)state;
    static const struct asked cases[] = {
        {"cam on ban", "cam", false},
        {"ban lua", "ban", true},
        {"2 tan, lua", ",", false},
        {"chao ban 2 tan lua", "chao", true},      /* it offers */
        {"chao ban lua bao nhieu", "chao", false}, /* it greets */
        {"htx chao ban lua", "chao", true},
    };
    CHECK(says_something, cases);
}

static void negated_verbs(void **state)
{
    (void)state;
    static const struct asked cases[] = {
        {"khong ban lua", "ban", true},
        {"chua muon ban lua", "ban", true},
        {"khong con ban lua", "ban", true}, /* across words that mean nothing here */
        {"dung ban lua", "ban", true},
        {"ban lua", "ban", false},
        {"lua khong ban, mua gao", "mua", false},
        {"gao ban khong", "ban", false},
    };
    CHECK(verb_is_negated, cases);
}

static void verbs_of_others(void **state)
{
    (void)state;
    static const struct asked cases[] = {
        {"thuong lai mua lua", "mua", true},
        {"cong ty can 100 tan lua", "can", false}, /* the writer is one */
        {"cong ty can lua khong", "can", true},    /* who says no amount is not */
        {"vua Ut mua lua", "mua", false},          /* nobody known stands before the verb */
        {"lua om18 mua khong", "mua", true},
        {"lay lua ko 5 tan", "lay", true},
        {"chieu nay mua khong", "mua", false}, /* no goods: rain */
        {"mua lua", "mua", false},
        {"em lay thi alo", "lay", true},
        {"em ban thi alo", "ban", false},
    };
    CHECK(verb_is_theirs, cases);
}

static void rain(void **state)
{
    (void)state;
    static const struct asked cases[] = {
        {"chieu nay mua khong", "mua", true},
        {"mai mua khong de phoi lua", "mua", true}, /* goods behind it are what gets wet */
        {"lua mua khong", "mua", false},
        {"chieu mua khong, 2 tan", "mua", false},
        {"chieu mua lua", "mua", false},
        {"chieu nay mua", "mua", false},
    };
    CHECK(verb_is_rain, cases);
}

static void denied_commands(void **state)
{
    (void)state;
    static const struct {
        const char *text, *word;
        enum intent intent;
        bool yes;
    } cases[] = {
        {"khong can huy tin 4", "huy", INTENT_CANCEL, true},
        {"dung huy tin 4", "huy", INTENT_CANCEL, true},
        {"ai huy tin 2", "huy", INTENT_CANCEL, true},
        {"huy tin 2", "huy", INTENT_CANCEL, false},
        {"lua khong mua huy tin 2", "huy", INTENT_CANCEL, true},
        {"khong lua huy tin 2", "huy", INTENT_CANCEL, false}, /* goods between end what is denied */
        {"tin 4 sap ban xong", "ban", INTENT_SOLD, true},
        {"tin 4 sap ban xong", "ban", INTENT_CANCEL, false}, /* soon is said of what was sold only */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct text *t = prepared(cases[i].text);
        if (command_is_denied(t, span_at(t, cases[i].word), cases[i].intent) != cases[i].yes)
            fail_msg("%s (%s)", cases[i].text, t->tags);
    }
}

static void goods_among_the_facts(void **state)
{
    (void)state;
    assert_true(names_goods(prepared("2 tan lua")));
    assert_false(names_goods(prepared("2 tan o cau ke")));
    assert_false(names_goods(prepared("")));
}

/* Amounts, goods and places speak for no intent. */
static void tags_that_count_as_words(void **state)
{
    (void)state;
    for (const char *tag = "uckG$CP/,;:12348.wq"; *tag; tag++)
        assert_false(counts_as_word(*tag));
    for (const char *tag = "IQTpsfxlzdAH#"; *tag; tag++)
        assert_true(counts_as_word(*tag));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_says_something),      cmocka_unit_test(negated_verbs),
        cmocka_unit_test(verbs_of_others),          cmocka_unit_test(rain),
        cmocka_unit_test(denied_commands),          cmocka_unit_test(goods_among_the_facts),
        cmocka_unit_test(tags_that_count_as_words),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
