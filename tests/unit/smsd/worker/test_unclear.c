/* SPDX-License-Identifier: Apache-2.0
 *
 * What is said to a text that was not, or not wholly, understood: the words that were, and how to go on.
 */
#include <stdio.h>
#include <string.h>

#include "parsers/text/sms.h"
#include "tests/unit/smsd/worker/story_fixture.h"

/* A text, and words of its answer. */
struct unclear {
    const char *text, *says[4];
};

static void assert_answers(const struct unclear *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        story_begin(NULL);
        const char *answer = say(LAN, cases[i].text);
        for (size_t k = 0; k < sizeof cases->says / sizeof *cases->says && cases[i].says[k]; k++)
            assert_says(answer, cases[i].says[k]);
        assert_int_equal(sms_size(slice_of(answer)).segments, 1);
    }
}

#define ANSWERS(cases) assert_answers(cases, sizeof(cases) / sizeof *(cases))

static void a_question_says_back_all_that_was_understood(void **state)
{
    (void)state;
    static const struct unclear cases[] = {
        {"ban lua om18 2 tan cau ke", {"Bac nhan: ban lua OM18, 2 tan, Cau Ke.", "Gia bao nhieu"}},
        {"mua dua kho 12k tra cu", {"Bac nhan: mua dua kho, 12.000d/", "Tra Cu.", "Bao nhieu vay bac"}},
        {"2 tan o cau ke", {"Bac nhan: 2 tan, Cau Ke.", "ban, mua hay hoi gia"}},
        {"ban 2 tan o cau ke", {"Bac nhan: ban 2 tan, Cau Ke.", "Hang gi vay bac"}},
        {"lua om18 ngay 5/12", {"Bac nhan: lua OM18, 05/12."}},
    };
    ANSWERS(cases);
}

/* What is asked about is not said back as if it were settled. */
static void a_question_does_not_repeat_what_it_asks_about(void **state)
{
    (void)state;
    static const struct unclear cases[] = {
        {"ban lua om18 2 tan 850 cau ke", {"Bac nhan: ban lua OM18, 2 tan, Cau Ke. Gia dung la"}},
    };
    ANSWERS(cases);
}

static void the_example_is_made_of_the_words_that_were_understood(void **state)
{
    (void)state;
    static const struct unclear cases[] = {
        {"ngay 5/12 di cho", {"Bac nhan: 05/12.", "Nhan thu: BAN LUA 05/12."}},
        {"8500 mot ky", {"Bac nhan: 8.500d/kg.", "Nhan thu: BAN LUA 8.500d/kg."}},
        {"cai R8V8 nay ne", {"Tin R8V8", "HUY R8V8"}},
        {"abc xyz", {"BAN LUA OM18 2 TAN 8500 CAU KE"}},
    };
    ANSWERS(cases);
}

static void the_example_is_carried_out_when_it_is_sent(void **state)
{
    (void)state;
    char example[200];
    const char *at =
        strstr(say(LAN, "noi chuyen lung tung voi may ba o cho ve chuyen con cai hoc hanh, o Cau Ke"), "Nhan thu: ");
    assert_non_null(at);
    snprintf(example, sizeof example, "%s", at + strlen("Nhan thu: "));
    *strstr(example, ". Tro giup") = '\0';
    assert_string_equal(example, "GIA LUA Cau Ke");
    assert_says(say(LAN, example), "lua");
    assert_int_equal(pg_sql("SELECT count(*) FROM conversations WHERE failures > 0"), 0);
}

/* A number that is none of the choices, a price that cannot be: the question stays, and is asked again. */
static void what_cannot_be_the_answer_does_not_end_the_question(void **state)
{
    (void)state;
    const char *const bare[] = {"1", "ok", "khong"};
    say(LAN, "ban lua om18 2 tan cau ke");
    for (size_t i = 0; i < sizeof bare / sizeof *bare; i++)
        assert_says(say(LAN, bare[i]), "Bac nhan: ban lua OM18, 2 tan, Cau Ke. Gia bao nhieu");
    assert_says(say(LAN, "8500"), "BAN lua OM18 2 tan 8.500d/kg");
    assert_says(say(LAN, "ok"), "khong co cau hoi");
    say(LAN, "o tc");
    assert_says(say(LAN, "9"), "tra loi so: 1) Tieu Can, 2) Tra Cu");
    assert_says(say(LAN, "1"), "Tieu Can");
}

/* "ok" to two prices stores neither: which one is asked once more, in a line. */
static void ok_is_none_of_two_prices(void **state)
{
    (void)state;
    const char *const hasty[] = {"ok", "co", "dung", "da"};
    assert_says(say(LAN, "ban lua om380 2 tan 650 tieu can"), "Tra loi so: 1) 6.500d/kg, 2) 650.000d/kg");
    for (size_t i = 0; i < sizeof hasty / sizeof *hasty; i++)
        assert_string_equal(say(LAN, hasty[i]), "Bac chon giup, tra loi so: 1) 6.500d/kg, 2) 650.000d/kg");
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 0);
    assert_says(say(LAN, "1"), "6.500d/kg");
    assert_int_equal(pg_sql("SELECT price_low FROM listings"), 6500);
}

static void one_price_is_right_or_wrong(void **state)
{
    (void)state;
    assert_says(say(LAN, "ban lua om18 2 tan 1234567 cau ke"),
                "Bac nhan: ban lua OM18, 2 tan, Cau Ke. 1.234.567d/kg, dung khong bac? Dung: tra loi 1.");
    assert_says(say(LAN, "khong"), "Gia bao nhieu");
    assert_says(say(BINH, "ban lua om18 2 tan 1234567 cau ke"), "dung khong bac?");
    assert_says(say(BINH, "dung"), "1.234.567d/kg");
}

/* A command's first word: what it wants, and how it goes on. */
static void a_first_word_alone_is_answered_by_an_example(void **state)
{
    (void)state;
    static const struct unclear cases[] = {
        {"mua", {"Hang gi vay bac?", "Vd: MUA LUA 20 TAN TRA CU.", "Hoi mua vu: VU LUA."}},
        {"ban", {"Hang gi vay bac?", "Vd: BAN LUA OM18 2 TAN 8500 CAU KE."}},
        {"gia", {"Vd: GIA LUA OM18."}},
        {"DU BAO", {"Vd: DU BAO LUA."}},
        {"ai mua", {"Vd: AI MUA CUA."}},
        {"sell", {"E.g. BAN LUA OM18 2 TAN 8500 CAU KE."}},
        {"XEM ABCD", {"Khong co tin ABCD.", "TIN"}},
        {"tin nhan nay la gi vay", {"chua hieu"}},
        {"thoi tiet", {"o dau? Nhan vd: THOI TIET CAU KE.", "O CAU KE"}},
        {"do man", {"o dau? Nhan vd: DO MAN CAU NGANG."}},
    };
    ANSWERS(cases);
    say(LAN, "ban");
    assert_says(say(LAN, "lua om18 2 tan 8500 cau ke"), "BAN lua OM18 2 tan");
}

static void thanks_are_answered_kindly(void **state)
{
    (void)state;
    static const char *const thanks[] = {"cam on", "cảm ơn nhiều nha", "ok cam on em", "tks", "thank you"};
    for (size_t i = 0; i < sizeof thanks / sizeof *thanks; i++)
        assert_says(say(LAN, thanks[i]), "trung mua duoc gia");
    assert_says(say(LAN, "អរគុណ"), "មិនអីទេ");
    assert_says(say(LAN, "谢谢"), "不客气");
    assert_says(say(LAN, "chao em"), "chao bac");
    say(BINH, "how much is paddy today");
    assert_says(say(BINH, "thank you"), "You are welcome");
}

/* The example is of the goods that were asked for, and posts them. */
static void where_nobody_is_the_example_is_of_the_same_goods(void **state)
{
    (void)state;
    static const struct {
        const char *text, *says, *posts;
    } cases[] = {{"AI MUA CUA CAU NGANG", "vd: BAN cua bien", "BAN cua bien"},
                 {"ai ban bo cau ngang", "vd: MUA bo hoi", "MUA bo hoi"},
                 {"ai mua dua kho", "vd: BAN dua kho", "BAN dua kho"},
                 {"ai mua lua om18 tra cu", "vd: BAN lua OM18 2 tan Tra Cu", "BAN lua OM18 2 tan"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char example[100];
        story_begin(NULL);
        const char *answer = say(LAN, cases[i].text);
        assert_says(answer, cases[i].says);
        snprintf(example, sizeof example, "%s", strstr(answer, "vd: ") + strlen("vd: "));
        answer = say(LAN, example);
        if (strstr(answer, "Gia bao nhieu"))
            answer = say(LAN, "thoa thuan");
        assert_says(answer, cases[i].posts);
        assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 1);
    }
    assert_says(say(LAN, "TIEP"), "Co nguoi hop se bao bac.");
}

/* How many are a chục differs by place: whoever is asked for a price by it hears how many are meant. */
static void a_price_by_the_ten_says_how_many_that_is(void **state)
{
    (void)state;
    assert_says(say(LAN, "ban dua kho 500 trai cau ke"), "Tinh cho 1 chuc (12 trai).");
    assert_says(say(BINH, "sell dry coconut 500 fruits cau ke"), "1 chuc (12");
    assert_says(say(BINH, "gia ban 230k/chuc, ban dua kho 30 chuc cau ke"), "1 chuc = 12");
}

/* Melons and pineapples are counted by the piece too. */
static void a_number_of_fruits_does_not_say_which(void **state)
{
    (void)state;
    assert_says(say(LAN, "ban dua 500 trai cau ke"), "1) dua, 2) dua hau, 3) dua leo, 4) khom");
    assert_says(say(LAN, "2"), "dua hau, 500 trai");
    assert_says(say(BINH, "ban dua 500 trai 9k cau ke"), "BAN dua 500 trai 9.000d/trai");
}

static void who_has_no_listing_is_not_asked_which(void **state)
{
    (void)state;
    static const struct unclear cases[] = {
        {"SUA", {"khong co tin nao", "BAN LUA OM18"}},
        {"HUY", {"khong co tin nao"}},
        {"BAN ROI", {"khong co tin nao"}},
        {"GIA HAN", {"khong co tin nao"}},
    };
    ANSWERS(cases);
    assert_says(say(LAN, "我的登记"), "您没有");
}

/* Only TC is also a place. */
static void a_stop_by_another_word_was_no_place(void **state)
{
    (void)state;
    say(LAN, "o tc");
    assert_null(strstr(say(LAN, "HUY DK"), "tra loi 1"));
    say(BINH, "o tc");
    assert_says(say(BINH, " Tc."), "tra loi 1");
}

/* Who was taught SUA, HUY and TIN in his own language is answered in it. */
static void a_command_as_it_was_taught_says_nothing_of_the_language(void **state)
{
    (void)state;
    char text[40];
    const char *code = strstr(say(LAN, "លក់ស្រូវ OM18 2 តោន 8500 កំពង់ស្ពាន"), "HUY ");
    assert_non_null(code);
    snprintf(text, sizeof text, "SUA %.4s GIA 8400", code + strlen("HUY "));
    assert_says(say(LAN, text), "ស្រូវ OM18");
    assert_says(say(LAN, "TIN"), "ស្រូវ OM18");
    assert_says(say(LAN, "HUY 1"), "ស្រូវ OM18");
    assert_int_equal(pg_sql("SELECT count(*) FROM people WHERE lang = 'km'"), 1);
    assert_says(say(LAN, "gia lua om18"), "lua OM18");
    assert_says(say(BINH, "TIN"), "Bac khong co tin nao");
}

#define STORY(name) cmocka_unit_test_setup(name, story_begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(a_question_says_back_all_that_was_understood),
        STORY(a_question_does_not_repeat_what_it_asks_about),
        STORY(the_example_is_made_of_the_words_that_were_understood),
        STORY(the_example_is_carried_out_when_it_is_sent),
        STORY(what_cannot_be_the_answer_does_not_end_the_question),
        STORY(ok_is_none_of_two_prices),
        STORY(one_price_is_right_or_wrong),
        STORY(a_first_word_alone_is_answered_by_an_example),
        STORY(thanks_are_answered_kindly),
        STORY(where_nobody_is_the_example_is_of_the_same_goods),
        STORY(a_price_by_the_ten_says_how_many_that_is),
        STORY(a_number_of_fruits_does_not_say_which),
        STORY(who_has_no_listing_is_not_asked_which),
        STORY(a_stop_by_another_word_was_no_place),
        STORY(a_command_as_it_was_taught_says_nothing_of_the_language),
    };
    return cmocka_run_group_tests_name("smsd/worker/unclear", tests, story_setup, story_teardown);
}
