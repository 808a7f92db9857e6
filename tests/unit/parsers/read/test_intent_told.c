/* SPDX-License-Identifier: Apache-2.0
 *
 * What looks like an offer and is none, and beside it what is one all the same. */
#include "parsers/read/intent.h"

#include "tests/unit/parsers/read/read_fixture.h"

/* Needs of help, or of getting rid of goods, are no buying. */
static void needs(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"can dong goi 2 tan xoai 15k", "ask"}, {"can xa 4 tan bap 6k", "sell"},
        {"can xe cho 3 tan mia", "ask"},        {"looking for a buyer 2 tons of longan 20k", "sell"},
        {"can gap 2 tan nhan 20k", "buy"},      {"em can lay 10 con ga", "buy"},
        {"can xoai 2 tan 15k", "buy"},          {"need 2 tons of longan 20k", "buy"},
    };
    CHECK_INTENTS(wants);
}

/* Rain that does damage, without marks: mưa, not mua. */
static void rain_does_damage(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"mua ngap het 3 cong bap", "question"},
        {"mua lam hu 2 tan ot 30k", "question"},
        {"mua 2 tan bap 6k", "buy"},
        {"bap bi mua ngap, ban 3 tan 5k", "sell"},
    };
    CHECK_INTENTS(wants);
}

/* Whether and how to sell is asked, and "lam" there is no five. */
static void whether_to_sell(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"bap 3 tan co ban duoc khong", "question"},
        {"nha 10 con bo co nen ban khong", "question"},
        {"lam sao ban bap 6000", "question"},
        {"lam tan bap ban 6k", "sell"},
        {"cho hoi ai co 2 tan khoai ban khong, em mua 12k", "buy"},
    };
    CHECK_INTENTS(wants);
}

/* What others do, what is past, heard or complained of. */
static void told_only(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"vu truoc ban 3 tan bap 6k", "question"},
        {"moi ban 3 tan bap 6k", "question"},
        {"ba hang xom ban 3 tan bap 6k", "question"},
        {"nghe don bap ban 3 tan 6k", "question"},
        {"em mua 3 tan bap 6k bi thieu ky", "question"},
        {"bao gia bap 6000 khong dung", "question"},
        {"bap moi be 3 tan ban 6k", "sell"},
        {"3 tan bap 6k, lay het moi ban", "sell"},
        {"vua mua 20 tan bap 5k", "buy"},
    };
    CHECK_INTENTS(wants);
}

/* The same, asked of one word: the span that tells is the one that is asked about. */
static void words_that_tell(void **state)
{
    (void)state;
    static const struct {
        const char *text, *word;
        bool told;
    } cases[] = {
        {"nghe noi ban 3 tan bap", "nghe", true},
        {"ba hang xom ban 3 tan bap", "xom", true},
        {"ba hang xom o cau ke", "xom", false}, /* who does nothing */
        {"vua ban 3 tan bap", "vua", true},
        {"vua mua 3 tan bap", "vua", false}, /* a trader */
        {"moi ban 3 tan bap", "moi", true},
        {"3 tan bap 6k moi ban", "moi", false}, /* only then */
        {"mua ngap het 3 cong bap", "mua", true},
        {"mưa ngap het 3 cong bap", "mua", false}, /* it is written: nothing to be told apart */
        {"mua giùm, ngap het 3 cong bap", "mua", false},
        {"mua bap ngap 3 tan", "mua", false}, /* wet goods are bought */
        {"ban 3 tan bap", "ban", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct text *t = prepared(cases[i].text);
        if (verb_is_told(t, span_at(t, cases[i].word)) != cases[i].told)
            fail_msg("%s (%s)", cases[i].text, t->tags);
    }
}

static void needs_that_are_no_buying(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool other;
    } cases[] = {
        {"can say 5 tan lua", true},
        {"can dong goi 2 tan xoai", true},
        {"can 5 tan lua", false},
        {"can lua", false},
        {"can gap lua", false},
        {"mua say 5 tan lua", false},
        {"say 5 tan lua", false},
        {"can", false},
        {"", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct text *t = prepared(cases[i].text);
        if (needs_something_else(t) != cases[i].other)
            fail_msg("%s (%s)", cases[i].text, t->tags);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(needs),     cmocka_unit_test(rain_does_damage), cmocka_unit_test(whether_to_sell),
        cmocka_unit_test(told_only), cmocka_unit_test(words_that_tell),  cmocka_unit_test(needs_that_are_no_buying),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
