/* SPDX-License-Identifier: Apache-2.0
 *
 * DU LIEU: what is known about whoever asks, and of nobody else.
 */
#include <string.h>

#include "tests/unit/smsd/worker/story_fixture.h"

static void all_that_is_known_is_told(void **state)
{
    (void)state;
    say(LAN, "DK TEN Thach Sarun O CAU KE TRONG LUA OM18");
    say(LAN, "DK LUA CAU KE");
    say(LAN, "ban lua om18 2 tan 8500 cau ke");
    say(LAN, "ban lua st25 3 tan 9500 cau ke");
    say(BINH, "DK TEN Binh O TRA CU TRONG BAP");
    const char *answer = say(LAN, "DU LIEU");
    assert_says(answer, "2 tin dang dang");
    assert_says(answer, "Ten: Thach Sarun.");
    assert_says(answer, "Noi: Cau Ke.");
    assert_says(answer, "lua OM18");
    assert_says(answer, "Dang ky: lua.");
    assert_says(answer, "Bac cho phep tu gui tin.");
    assert_says(answer, "XOA TOI");
    assert_null(strstr(answer, "Binh"));
    assert_null(strstr(answer, "cho nguoi mua ban xem"));
}

static void who_is_hardly_known_is_told_that(void **state)
{
    (void)state;
    const char *answer = say(LAN, "du lieu cua toi");
    assert_says(answer, "0 tin dang dang");
    assert_null(strstr(answer, "Ten:"));
    assert_null(strstr(answer, "Noi:"));
    assert_says(answer, "Khong tu gui tin cho bac.");
    pg_sql("INSERT INTO consent (person_id, kind, granted, text_version, inbound_id, at)"
           " SELECT id, 'contact', true, '1', 1, now() FROM people");
    story_now_us += 11 * MINUTE_US;
    assert_says(say(LAN, "du lieu cua toi"), "cho nguoi mua ban xem");
}

static void a_stop_is_told_as_one(void **state)
{
    (void)state;
    say(LAN, "DK O CAU KE");
    say(LAN, "TC");
    assert_says(say(LAN, "DU LIEU"), "Khong tu gui tin cho bac.");
    say(LAN, "DK");
    story_now_us += 11 * MINUTE_US;
    assert_says(say(LAN, "DU LIEU"), "Bac cho phep tu gui tin.");
}

static void in_every_language(void **state)
{
    (void)state;
    static const struct {
        const char *choice, *ask, *part;
    } cases[] = {
        {"NN VI DAU", "dữ liệu", "Về bác"}, {"NN KM", "ទិន្នន័យ", "អំពីអ្នក"},    {"NN ZH", "我的数据", "关于您"},
        {"NN EN", "my data", "Of you"},     {"NN VI", "du lieu", "Ve bac"},
    };
    say(LAN, "DK TEN Thach Sarun O CAU KE TRONG LUA OM18");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        say(LAN, cases[i].choice);
        assert_says(say(LAN, cases[i].ask), cases[i].part);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(all_that_is_known_is_told, story_begin),
        cmocka_unit_test_setup(who_is_hardly_known_is_told_that, story_begin),
        cmocka_unit_test_setup(a_stop_is_told_as_one, story_begin),
        cmocka_unit_test_setup(in_every_language, story_begin),
    };
    return cmocka_run_group_tests(tests, story_setup, story_teardown);
}
