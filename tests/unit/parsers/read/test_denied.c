/* SPDX-License-Identifier: Apache-2.0
 *
 * Commands that are denied, asked about or of one thing only: none has the effect of the bare command. */
#include "parsers/read/reading.h"

#include "tests/unit/parsers/read/read_fixture.h"

/* Whatever changes something is not done when it is denied. */
static void denied_commands(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"do not delete tin 4", "question"},
        {"please dont renew tin 4", "question"},
        {"不要删除 R8V8", "question"},
        {"别延长 R8V8", "question"},
        {"កុំលុបចោល R8V8", "question"},
        {"dung huy tin 4", "question"},
        {"khong can huy tin 4", "question"},
        {"dung keo dai tin 4", "question"},
        {"tin 4 not yet sold", "question"},
        {"tin 4 sap ban xong", "question"},
        {"dung xoa so toi", "question"},
        {"do not forget me", "question"},
        {"dung bao cao gia xoai 15k", "question"},
        {"dung tu choi", "question"},
        {"tui khong the ban 2 tan xoai 15k", "question"},
        {"tui khong co ban 2 tan xoai 15k", "question"},
        {"tui khong co mua 2 tan xoai 15k", "question"},
    };
    CHECK_INTENTS(wants);
}

/* Nor when it is asked about, or somebody else's doing; a request may be put as a question. */
static void commands_asked_about(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"sao xoa tin 4 cua toi", "question"},
        {"ai xoa tin 4 cua toi", "question"},
        {"tin 4 ban het chua", "question"},
        {"sao doi tieng hoa", "question"},
        {"co nen xoa R8V8 khong", "question"},
        {"R8V8 sao roi", "question"},
        {"xoa tin 4 giup em duoc khong", "cancel"},
        {"bo tin 4 dc ko", "cancel"},
        {"huy tin 4 di vay", "cancel"},
    };
    CHECK_INTENTS(wants);
}

/* Where the denial is the stop, it stops. */
static void stops_by_denial(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"TC", "stop"},
        {"STOP", "stop"},
        {"NGUNG", "stop"},
        {"khong gui tin nua", "stop"},
        {"dung gui tin nua", "stop"},
        {"不要再发了", "stop"},
        {"កុំផ្ញើ", "stop"},
        {"dont send", "stop"},
        {"ko muon nhan tin nua dau", "stop"},
    };
    CHECK_INTENTS(wants);
}

/* A language is chosen where hardly anything else is said, and not where it is denied. */
static void languages_told_of(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"tieng hoa", "language"},
        {"cho em tieng khmer", "language"},
        {"doi qua tieng anh giup em", "language"},
        {"noi tieng hoa giup, toi ko hieu", "language"},
        {"xin gui tieng viet thoi", "language"},
        {"gui cho tui tin bang tieng khmer", "language"},
        {"tui coi khong duoc tieng hoa", "none"},
        {"vo toi day tieng hoa", "none"},
        {"con gai hoc tieng trung", "none"},
        {"o day toan noi tieng khmer", "none"},
        {"dung doi tieng hoa", "question"},
        {"tui khong hieu tieng anh", "help"},
        {"tieng anh toi khong hieu", "question"},
        {"my daughter can speak english", "none"},
    };
    CHECK_INTENTS(wants);
}

/* What is dropped, gives way or goes is a listing where one stands beside the word. */
static void drops_a_listing(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"bo R8V8", "cancel"},
        {"bo cai tin so 4", "cancel"},
        {"bo giup em tin 4", "cancel"},
        {"tin 4 bo di", "cancel"},
        {"R8V8 xoa", "cancel"},
        {"drop R8V8", "cancel"},
        {"dung bo tin 4", "question"},
        {"dung gui tin 4 nua", "question"},
        {"huy dang ky tin 4", "question"},
        {"bo", "ask"},
        {"ban bo 3 con 20tr", "sell"},
    };
    CHECK_INTENTS(wants);
}

/* Where people register for other things, nothing is sent to them. */
static void registered_elsewhere(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"dk xe dap", "none"},
        {"dang ky khai sinh cho con", "question"},
        {"dk lop hoc nuoi tom", "question"},
        {"dk tom", "start"},
        {"dk cho em gia tom", "start"},
        {"dang ky ten Kim Sa Rinh o cau ngang", "start"},
    };
    CHECK_INTENTS(wants);
}

/* Sweets and shells are not what they are made of. */
static void made_of_goods(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"gia mut dua", "none"},  {"keo dua ban sao", "none"}, {"gao dua gia bao nhieu", "none"},
        {"gia dua kho", "price"}, {"gia gao", "price"},
    };
    CHECK_INTENTS(wants);
}

/* Several listings are one too many: which is asked, and none is taken. */
static void several_listings(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "huy R8V8 B7K2",    "xoa tin 4 va tin 5",  "xoa tin 4, 5",          "xoa 4 voi 5", "tin 4 va 5 ban roi",
        "ban roi tin 4, 5", "gia han tin 4 tin 5", "sua tin 4 va 5 gia 9k", "xoa 2 tin",   "bo R8V8 va tin 5",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading r = read_it(texts[i]);
        if (r.outcome != READ_ASK || r.ask != ASK_LISTING)
            print_error("%s\n", texts[i]);
        assert_int_equal(r.outcome, READ_ASK);
        assert_int_equal(r.ask, ASK_LISTING);
        assert_string_equal(r.listing, "");
    }
}

/* And one said twice, or beside other numbers, is one. */
static void one_listing(void **state)
{
    (void)state;
    static const struct {
        const char *text, *listing;
    } texts[] = {
        {"huy R8V8, R8V8 nha", "R8V8"}, {"ban roi tin 4 1 tan 8450", "4"}, {"gia han tin 4 10 ngay", "4"},
        {"sua R8V8 gia 8400", "R8V8"},  {"huy tin 4 o ap 3", "4"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading r = read_it(texts[i].text);
        if (strcmp(r.listing, texts[i].listing) != 0)
            print_error("%s\n", texts[i].text);
        assert_string_equal(r.listing, texts[i].listing);
    }
}

/* Stop of one listing is no stop of everything. */
static void stop_of_a_listing(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"stop R8V8", "cancel"},
        {"stop selling R8V8", "cancel"},
        {"ngung ban tin 4", "cancel"},
        {"dung nhan tin R8V8", "question"},
        {"ngung", "stop"},
    };
    CHECK_INTENTS(wants);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(denied_commands),      cmocka_unit_test(commands_asked_about),
        cmocka_unit_test(stops_by_denial),      cmocka_unit_test(stop_of_a_listing),
        cmocka_unit_test(languages_told_of),    cmocka_unit_test(drops_a_listing),
        cmocka_unit_test(registered_elsewhere), cmocka_unit_test(made_of_goods),
        cmocka_unit_test(several_listings),     cmocka_unit_test(one_listing),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
