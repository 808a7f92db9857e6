/* SPDX-License-Identifier: Apache-2.0
 *
 * MUA VU on days of our own choice: the flow alone, with the province's calendar.
 */
#include "parsers/read/reading.h"
#include "smsd/flow/flow.h"
#include "tests/unit/smsd/worker/story_fixture.h"

/* The answer to a text on a day, to somebody whose place is not known. */
static const char *said(enum lang lang, int month, int day, const char *text)
{
    const struct knowledge *knowledge = knowledge_acquire();
    struct turn turn = {.knowledge = knowledge,
                        .policy = &story_policy,
                        .arena = story_arena,
                        .today = day_from_ymd(2026, month, day),
                        .lang = lang};
    arena_reset(story_arena);
    read_text(knowledge->reader, &(struct read_context){.today = turn.today}, story_arena, slice_of(text),
              &turn.reading);
    assert_int_equal(turn.reading.intent, INTENT_SEASON);
    assert_int_equal(turn.reading.outcome, READ_SURE);
    flow_of(INTENT_SEASON)->act(&turn);
    knowledge_release(knowledge);
    return turn.answer;
}

static void the_calendar_of_the_place_goes_before_that_of_the_province(void **state)
{
    (void)state;
    const char *answer = said(LANG_VI, 11, 22, "VU LUA CAU KE");
    assert_says(answer, "Dong Xuan");
    assert_says(answer, "20/10-20/12");
    assert_says(answer, "Nay dang xuong giong.");
    assert_says(said(LANG_VI, 11, 22, "mua vu lua cau ngang"), "01/11-31/12");
    assert_says(said(LANG_VI, 11, 22, "vu lua"), "15/10-31/12");
}

static void the_next_season_is_another_one(void **state)
{
    (void)state;
    const char *answer = said(LANG_VI, 11, 22, "VU LUA CAU KE"), *next = strstr(answer, "Vu toi");
    assert_true(!next || !strstr(next, "Dong Xuan"));
}

static void before_a_season_the_days_to_it_are_told(void **state)
{
    (void)state;
    assert_says(said(LANG_VI, 10, 1, "vu lua cau ke"), "Con 19 ngay den xuong giong.");
    assert_says(said(LANG_VI, 7, 30, "vu lua cau ke"), "Nay dang thu hoach.");
}

static void animals_are_stocked(void **state)
{
    (void)state;
    assert_says(said(LANG_VI, 3, 1, "VU TOM SU CAU NGANG"), "tha giong");
}

static void every_language_says_where_in_the_calendar_we_are(void **state)
{
    (void)state;
    assert_says(said(LANG_VI_DAU, 11, 22, "vụ lúa cầu kè"), "Nay đang xuống giống.");
    assert_says(said(LANG_EN, 11, 22, "season paddy Cau Ke"), "Now: sowing.");
    assert_says(said(LANG_KM, 11, 22, "រដូវ ស្រូវ Cau Ke"), "ឥឡូវ ដាំ។");
    assert_says(said(LANG_ZH, 11, 22, "季节 水稻 Cau Ke"), "现在播种。");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_calendar_of_the_place_goes_before_that_of_the_province),
        cmocka_unit_test(the_next_season_is_another_one),
        cmocka_unit_test(before_a_season_the_days_to_it_are_told),
        cmocka_unit_test(animals_are_stocked),
        cmocka_unit_test(every_language_says_where_in_the_calendar_we_are),
    };
    return cmocka_run_group_tests(tests, story_setup, story_teardown);
}
