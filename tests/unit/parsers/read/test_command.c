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
        cmocka_unit_test(denied_commands),
        cmocka_unit_test(commands_asked_about),
        cmocka_unit_test(stops_by_denial),
        cmocka_unit_test(stop_of_a_listing),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
