/* SPDX-License-Identifier: Apache-2.0
 *
 * What an offer or a request is told of the other side.
 */
#include "tests/unit/smsd/worker/story_fixture.h"

#include <stdio.h>
#include <string.h>

#include "smsd/job/matches.h"

/* The code of the newest listing of a number. */
static const char *code_of(const char *number)
{
    return arena_printf(story_arena, "%s",
                        pg_text("SELECT code FROM listings l JOIN people p ON p.id = l.person_id WHERE msisdn = '%s'"
                                " ORDER BY l.created_at DESC, l.id DESC LIMIT 1",
                                number));
}

/* Farmers a to b, each with so many tonnes in a commune of Cầu Kè. */
static void farmers_sell(int a, int b, const char *tonnes, int price)
{
    static const char *const places[] = {"hoa an", "chau dien", "phong phu"};
    for (int i = a; i <= b; i++) {
        char number[16], text[80];
        snprintf(number, sizeof number, "849111000%02d", i);
        snprintf(text, sizeof text, "ban lua om18 %s %d %s", tonnes, price + 100 * (i - a), places[i % 3]);
        assert_says(say(number, text), "Da luu");
    }
}

static void a_seller_hears_who_wants_it(void **state)
{
    (void)state;
    say(BINH, "mua lua 20 tan 8600 tra cu");
    const char *code = code_of(BINH);
    char best[64];
    snprintf(best, sizeof best, "Hop nhat 20 tan 8.600d/kg Tra Cu: XEM %s", code);
    const char *answer = say(LAN, "ban lua om18 2 tan 8500 cau ke");
    assert_says(answer, "1 nguoi can mua.");
    assert_says(answer, best);
    answer = say("84911100001", "ban lua om18 2 tan 8700 cau ke"); /* asks more than anybody pays */
    assert_says(answer, "1 nguoi can mua.");
    assert_null(strstr(answer, "XEM"));
}

static void a_buyer_hears_of_the_lot_that_is_enough(void **state)
{
    (void)state;
    say(LAN, "ban lua om18 20 tan 8500 cau ke");
    char best[64];
    snprintf(best, sizeof best, "Hop nhat 20 tan 8.500d/kg Cau Ke: XEM %s", code_of(LAN));
    assert_says(say(BINH, "mua lua 10 tan tra cu"), best);
}

static void small_lots_are_pooled(void **state)
{
    (void)state;
    farmers_sell(1, 8, "3 tan", 8000);
    assert_says(say(BINH, "mua lua om18 20 tan hoa an"), "7 nguoi o 3 noi co du 20 tan, 8.000-8.600d/kg: TIEP");
    assert_says(say(BINH, "mua lua 90 tan hoa an"), "8 nguoi o 3 noi moi co 24 tan, 8.000-8.700d/kg: TIEP");
}

static void the_other_side_is_told_in_all_languages(void **state)
{
    (void)state;
    static const struct {
        const char *choose, *words;
    } cases[] = {{"NN VI DAU", "2 người ở 2 nơi có đủ 5 tấn, 8.000-8.100đ/kg: TIEP"},
                 {"NN KM", "TIEP"},
                 {"NN ZH", "TIEP"},
                 {"NN EN", "2 people in 2 places have 5 tonne, 8,000-8,100d/kg: TIEP"}};
    farmers_sell(1, 2, "3 tan", 8000);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        say(BINH, cases[i].choose);
        assert_says(say(BINH, "mua lua om18 5 tan hoa an"), cases[i].words);
        story_now_us += 11 * MINUTE_US;
        pg_sql("DELETE FROM listings WHERE side = 'b'");
    }
}

/* How many listings an answer names: each with its place. */
static int lines_of(const char *answer)
{
    int n = 1;
    for (const char *at = strstr(answer, "; "); at; at = strstr(at + 1, "; "))
        n++;
    return n;
}

static void whoever_asks_sees_the_other_side_page_by_page(void **state)
{
    (void)state;
    farmers_sell(1, 8, "3 tan", 8000);
    say(LAN, "O CAU KE");
    const char *answer = say(LAN, "ai ban lua");
    assert_says(answer, "Nguoi ban lua:");
    assert_says(answer, "lua OM18 3 tan 8.000d/kg Chau Dien; "); /* the best price first: all are of the district */
    assert_says(answer, "TIEP");
    int shown = lines_of(answer);
    assert_true(shown >= 3 && shown < 8);
    for (; shown < 8; shown += lines_of(answer)) {
        answer = say(LAN, "TIEP");
        assert_says(answer, "Nguoi ban lua:");
    }
    assert_int_equal(shown, 8);
    assert_says(answer, "lua OM18 3 tan 8.700d/kg");
    assert_null(strstr(answer, "TIEP"));
    assert_says(say(LAN, "TIEP"), "Het danh sach");
    assert_says(say(LAN, "ai mua lua"), "Chua thay ai mua lua");
    assert_int_equal(pg_sql("SELECT count(*) FROM listings WHERE side = 'b'"), 0);
}

static void after_a_request_the_next_page_is_its_pool(void **state)
{
    (void)state;
    farmers_sell(1, 3, "3 tan", 8000);
    assert_says(say(BINH, "TIEP"), "Het danh sach");
    say(BINH, "mua lua om18 5 tan hoa an");
    const char *answer = say(BINH, "TIEP");
    assert_says(answer, "Nguoi ban lua OM18:");
    assert_says(answer, "3 tan 8.000d/kg");
    assert_int_equal(lines_of(answer), 3);
    assert_says(say(LAN, "TIEP"), "Het danh sach");
}

/* What was cancelled meanwhile is not shown, and a list is forgotten after a day. */
static void a_page_shows_what_still_stands(void **state)
{
    (void)state;
    farmers_sell(1, 8, "3 tan", 8000);
    int shown = lines_of(say(LAN, "ai ban lua"));
    pg_sql("UPDATE listings SET state = 'cancelled' WHERE price_low >= 8600");
    assert_int_equal(shown + lines_of(say(LAN, "TIEP")), 6);
    say(LAN, "ai ban lua");
    pg_sql("UPDATE match_pages SET at = at - interval '25 hours'");
    assert_says(say(LAN, "TIEP"), "Het danh sach");
}

static void pages_are_told_in_all_languages(void **state)
{
    (void)state;
    static const char *const chosen[] = {"NN VI DAU", "NN KM", "NN ZH", "NN EN"};
    farmers_sell(1, 8, "3 tan", 8000);
    for (size_t i = 0; i < sizeof chosen / sizeof *chosen; i++) {
        say(LAN, chosen[i]);
        assert_says(say(LAN, "ai ban lua"), "TIEP");
        assert_true(lines_of(say(LAN, "TIEP")) >= 2);
        story_now_us += 11 * MINUTE_US;
    }
}

/* Runs the job as it is run every few seconds. */
static size_t tell_matches(void)
{
    static const struct conf conf = {.service.short_code = "8055",
                                     .alerts = {.per_day = 3, .quiet_from = 21, .quiet_to = 7}};
    struct arena *arena = arena_new(1024 * 1024);
    size_t told;
    if (matches_run(story_db, arena, &conf, story_now_us, &told) != DB_OK)
        fail_msg("%s", db_error(story_db)->text);
    arena_free(&arena);
    return told;
}

static const char *alert_to(const char *number)
{
    return pg_text(
        "SELECT body FROM outbox o JOIN people p ON p.id = o.person_id WHERE kind = 'alert' AND msisdn = '%s'"
        " ORDER BY o.id DESC LIMIT 1",
        number);
}

static void whoever_waits_is_told_of_what_is_new(void **state)
{
    (void)state;
    say(BINH, "mua lua 20 tan 8600 tra cu");
    tell_matches();
    say(LAN, "ban lua om18 2 tan 8500 cau ke");
    char words[160], request[16];
    snprintf(request, sizeof request, "%s", code_of(BINH));
    snprintf(words, sizeof words, "Hop tin %s cua bac: ban lua OM18 2 tan 8.500d/kg, Cau Ke. XEM %s", request,
             code_of(LAN));
    assert_int_equal(tell_matches(), 1);
    assert_says(alert_to(BINH), words);
    assert_string_equal(alert_to(LAN), ""); /* was told of the request at once */
    assert_int_equal(tell_matches(), 0);
}

/* What is changed so that it fits now is told too, once. */
static void a_pair_is_told_once(void **state)
{
    (void)state;
    say(BINH, "mua lua 20 tan 8600 tra cu");
    say(LAN, "ban lua om18 2 tan 9000 cau ke");
    assert_int_equal(tell_matches(), 0);
    char edit[40];
    snprintf(edit, sizeof edit, "SUA %s GIA 8500", code_of(LAN));
    say(LAN, edit);
    assert_int_equal(tell_matches(), 1);
    snprintf(edit, sizeof edit, "SUA %s GIA 8400", code_of(LAN));
    say(LAN, edit);
    assert_int_equal(tell_matches(), 0);
}

static void nobody_is_told_too_often_or_against_their_will(void **state)
{
    (void)state;
    say(BINH, "mua lua om18 20 tan hoa an");
    say(LAN, "mua lua om18 10 tan chau dien");
    say(LAN, "TC");
    tell_matches();
    farmers_sell(1, 5, "3 tan", 8000);
    assert_int_equal(tell_matches(), 3);
    assert_string_equal(alert_to(LAN), "");
}

#define STORY(name) cmocka_unit_test_setup(name, story_begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(a_seller_hears_who_wants_it),
        STORY(a_buyer_hears_of_the_lot_that_is_enough),
        STORY(small_lots_are_pooled),
        STORY(the_other_side_is_told_in_all_languages),
        STORY(whoever_asks_sees_the_other_side_page_by_page),
        STORY(after_a_request_the_next_page_is_its_pool),
        STORY(a_page_shows_what_still_stands),
        STORY(pages_are_told_in_all_languages),
        STORY(whoever_waits_is_told_of_what_is_new),
        STORY(a_pair_is_told_once),
        STORY(nobody_is_told_too_often_or_against_their_will),
    };
    return cmocka_run_group_tests(tests, story_setup, story_teardown);
}
