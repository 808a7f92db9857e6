/* SPDX-License-Identifier: Apache-2.0
 *
 * What goes to the officers' desk: who is asked, when the next one is, what the writer hears.
 */
#include <string.h>

#include "db/desk.h"
#include "db/officers.h"
#include "parsers/text/sms.h"
#include "smsd/job/desk.h"
#include "tests/unit/smsd/worker/story_fixture.h"

#define HOUR_US (60 * MINUTE_US)
#define HOA "84911000001" /* an officer for paddy in Cau Ke */
#define NGA "84911000002" /* an officer for everything in the province */
#define TRI "84911000003" /* the coordinator */

static struct conf *conf;

/* Monday 2026-11-23 in the province. */
static int64_t monday(int hour, int minute)
{
    return (day_from_ymd(2026, 11, 23) * 24LL + hour - 7) * HOUR_US + minute * MINUTE_US;
}

static void serve(void)
{
    struct arena *arena = arena_new(64 * 1024);
    assert_int_equal(desk_serve(story_db, arena, conf, story_now_us), DB_OK);
    arena_free(&arena);
}

static void serve_at(int64_t now_us)
{
    story_now_us = now_us;
    serve();
}

static void add_officer(const char *msisdn, const char *role, const char *areas, const char *crops)
{
    struct db *owner = pg_owner();
    struct officer officer = {
        .msisdn = msisdn, .role = role, .areas = areas, .crops = crops, .hours = "mon-fri 07:30-17:00"};
    assert_int_equal(officer_put(owner, &officer), DB_OK);
    db_close(&owner);
}

/* What was last sent to a number beside answers to its own texts; "" when nothing was. */
static const char *sent_to(const char *msisdn)
{
    return pg_text("SELECT body FROM outbox o JOIN people p ON p.id = person_id"
                   " WHERE p.msisdn = '%s' AND o.state = 'queued' AND body !~ 'Day la Cho Noi'"
                   " ORDER BY o.created_at DESC, o.id DESC LIMIT 1",
                   msisdn);
}

static int64_t item(void)
{
    return pg_sql("SELECT max(id) FROM desk");
}

static int begin(void **state)
{
    struct conf_error error;
    story_begin(state);
    pg_sql("TRUNCATE officers, alerts_told CASCADE");
    story_now_us = monday(9, 0);
    if (!conf)
        conf = conf_parse(slice_of("[database]\nurl = x\n[http]\nsecret = 0123456789abcdef\n"
                                   "[kannel]\nlink = box\n[privacy]\nkey = "
                                   "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff\n"),
                          "test", &error);
    if (!conf)
        fail_msg("%s", error.text);
    return 0;
}

static void the_officer_for_place_and_crop_is_asked(void **state)
{
    (void)state;
    add_officer(NGA, "officer", "84", "");
    add_officer(HOA, "officer", "845", "LUA");
    add_officer(TRI, "coordinator", "", "");
    assert_says(say(LAN, "hoi lúa om18 bị đạo ôn ở cầu kè phun thuốc gì, gọi 0912 345 678"), "se co nguoi tra loi");
    assert_string_equal(pg_text("SELECT place || ' ' || commodity FROM desk"), "845 LUA.OM18");
    serve();
    const char *text = sent_to(HOA);
    assert_says(text, "Cau Ke, lua OM18, hoi: hoi lua om18 bi dao on o cau ke phun thuoc gi, goi (...). Tra loi: TL ");
    assert_null(strstr(text, "912"));
    assert_int_equal(sms_size(slice_of(text)).coding, SMS_GSM7);
    assert_string_equal(sent_to(NGA), "");
    serve_at(story_now_us + HOUR_US);
    assert_int_equal(pg_sql("SELECT count(*) FROM desk_asked"), 1);
}

static void who_wants_a_call_or_asks_nothing(void **state)
{
    (void)state;
    static const char *const calls[][2] = {
        {"GOI", "goi lai bac"}, {"gọi lại", "goi lai bac"}, {"call me", "will call you"}};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        begin(NULL);
        add_officer(HOA, "officer", "", "");
        assert_says(say(LAN, calls[i][0]), calls[i][1]);
        assert_string_equal(pg_text("SELECT reason FROM desk"), "call");
        serve();
        assert_says(sent_to(HOA), "xin goi lai: ");
    }
    begin(NULL);
    assert_says(say(LAN, "HOI"), "Bac muon hoi gi");
    assert_says(say(BINH, "问"), "您想问什么");
    assert_int_equal(pg_sql("SELECT count(*) FROM desk"), 0);
    assert_says(say(LAN, "gặp cán bộ"), "se co nguoi tra loi");
    assert_int_equal(pg_sql("SELECT count(*) FROM desk"), 1);
}

static void wrong_codes_are_the_coordinators_business(void **state)
{
    (void)state;
    add_officer(HOA, "officer", "", "");
    add_officer(TRI, "coordinator", "", "");
    say(LAN, "hoi lua bi sau");
    pg_sql("UPDATE desk SET reason = 'code_locked'");
    serve();
    assert_says(sent_to(TRI), "gui sai ma 5 lan");
    serve_at(story_now_us + 30 * HOUR_US);
    assert_string_equal(sent_to(LAN), "");
}

static void what_is_not_theirs_goes_to_others(void **state)
{
    (void)state;
    add_officer(HOA, "officer", "845", "LUA");
    add_officer(NGA, "officer", "84", "TOM");
    add_officer(TRI, "coordinator", "", "");
    say(LAN, "hoi tom chet o cau ngang");
    serve();
    assert_says(sent_to(NGA), "Cau Ngang");
    say(BINH, "hoi heo benh o cau ngang");
    serve();
    assert_says(sent_to(TRI), "Cau Ngang");
    assert_string_equal(sent_to(HOA), "");
}

static void items_are_shared_out(void **state)
{
    (void)state;
    add_officer(HOA, "officer", "", "");
    add_officer(NGA, "officer", "", "");
    say(LAN, "hoi lua bi sau");
    serve();
    say(BINH, "hoi lua bi ray");
    serve();
    assert_int_equal(pg_sql("SELECT count(DISTINCT officer_id) FROM desk"), 2);
}

static void nobody_is_asked_out_of_hours_or_twice(void **state)
{
    (void)state;
    add_officer(HOA, "officer", "", "");
    say(LAN, "hoi lua bi sau");
    say(HOA, "hoi lua bi ray"); /* an officer is not asked what is their own question */
    serve_at(monday(6, 0));
    assert_int_equal(pg_sql("SELECT count(*) FROM desk_asked"), 0);
    serve_at(monday(7, 30));
    assert_int_equal(pg_sql("SELECT count(*) FROM desk_asked"), 1);
    serve_at(monday(16, 0));
    assert_int_equal(pg_sql("SELECT count(*) FROM desk_asked"), 1);
    pg_sql("UPDATE people SET stopped_at = now() WHERE msisdn = '" HOA "'");
    say(BINH, "hoi lua bi sau");
    serve();
    assert_int_equal(pg_sql("SELECT count(*) FROM desk_asked"), 1);
}

static void after_four_hours_of_work_the_next_is_asked(void **state)
{
    (void)state;
    add_officer(HOA, "officer", "845", "LUA");
    add_officer(NGA, "officer", "84", "");
    add_officer(TRI, "coordinator", "", "");
    say(LAN, "hoi lua bi dao on o cau ke");
    serve_at(monday(10, 0));
    assert_says(sent_to(HOA), "Cau Ke");
    serve_at(monday(15, 59)); /* two hours of noon are no work */
    assert_string_equal(sent_to(NGA), "");
    serve_at(monday(16, 0));
    assert_says(sent_to(NGA), "Cau Ke");
    serve_at(monday(17, 0) + 16 * HOUR_US);
    assert_string_equal(sent_to(TRI), "");
    serve_at(monday(0, 0) + 24 * HOUR_US + 10 * HOUR_US + 30 * MINUTE_US);
    assert_says(sent_to(TRI), "Cau Ke");
}

static void wrong_codes_of(const char *msisdn, int failures, int hours_ago)
{
    pg_sql("INSERT INTO codes (person_id, kind, act, made_at, tries, failures, failures_at)"
           " SELECT id, '', '', now(), 0, %d, moment(%lld) FROM people WHERE msisdn = '%s'",
           failures, (long long)(story_now_us - hours_ago * HOUR_US), msisdn);
}

/* From whom no code is taken could answer nothing. */
static void who_is_locked_is_not_asked_and_what_is_with_him_goes_on(void **state)
{
    (void)state;
    add_officer(HOA, "officer", "845", "LUA");
    add_officer(NGA, "officer", "84", "");
    say(LAN, "hoi lua bi dao on o cau ke");
    serve();
    assert_says(sent_to(HOA), "dao on");
    serve_at(story_now_us + MINUTE_US);
    assert_string_equal(sent_to(NGA), "");
    wrong_codes_of(HOA, 5, 1);
    serve_at(story_now_us + MINUTE_US);
    assert_says(sent_to(NGA), "dao on");
    say(BINH, "hoi lua bi ray nau o cau ke");
    serve();
    assert_says(sent_to(NGA), "ray nau");
    assert_says(sent_to(HOA), "dao on");
}

static void who_was_locked_yesterday_or_was_wrong_a_few_times_is_asked(void **state)
{
    (void)state;
    static const struct {
        int failures, hours_ago;
    } cases[] = {{5, 24}, {4, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin(NULL);
        add_officer(HOA, "officer", "845", "LUA");
        add_officer(NGA, "officer", "84", "");
        wrong_codes_of(HOA, cases[i].failures, cases[i].hours_ago);
        say(LAN, "hoi lua bi dao on o cau ke");
        serve();
        assert_says(sent_to(HOA), "dao on");
    }
}

static void one_nobody_stands_for_does_not_hold_up_others(void **state)
{
    (void)state;
    add_officer(HOA, "officer", "", "LUA");
    pg_sql("INSERT INTO people (msisdn) VALUES ('" LAN "')");
    pg_sql("INSERT INTO desk (person_id, inbound_id, reason, commodity, created_at)"
           " SELECT id, 0, 'question', 'TOM', moment(%lld) FROM people, generate_series(1, %d)"
           " WHERE msisdn = '" LAN "'",
           (long long)(story_now_us - HOUR_US), DESK_BATCH);
    say(BINH, "hoi lua bi sau");
    serve();
    serve();
    assert_int_equal(pg_sql("SELECT count(*) FROM desk_asked"), 1);
}

static void an_answer_goes_to_who_asked(void **state)
{
    (void)state;
    bool done;
    say(LAN, "hoi lua bi dao on");
    assert_int_equal(desk_answer(story_db, item(), "Phun Tricyclazole lúc chiều mát", story_now_us, &done), DB_OK);
    assert_true(done);
    serve();
    assert_string_equal(sent_to(LAN), "Can bo tra loi bac: Phun Tricyclazole luc chieu mat (Hoi them: HOI va cau hoi)");
    assert_string_equal(pg_text("SELECT kind FROM outbox WHERE body ~ '^Can bo'"), "reply");
    assert_string_equal(pg_text("SELECT state FROM desk"), "answered");
    serve();
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE body ~ '^Can bo'"), 1);
    assert_int_equal(desk_answer(story_db, item() + 1, "x", story_now_us, &done), DB_OK);
    assert_false(done);
}

static void everyone_hears_in_their_language(void **state)
{
    (void)state;
    static const char *const langs[][3] = {{"vi-dau", "Cán bộ trả lời", "chưa có cán bộ"},
                                           {"km", "មន្ត្រីឆ្លើយ", "សូមទោស"},
                                           {"zh", "工作人员", "抱歉"},
                                           {"en", "The officer answers", "Sorry"}};
    bool done;
    for (size_t i = 0; i < sizeof langs / sizeof *langs; i++) {
        begin(NULL);
        say(LAN, "hoi lua bi dao on");
        pg_sql("UPDATE people SET lang = '%s'", langs[i][0]);
        serve_at(monday(9, 0) + 23 * HOUR_US + MINUTE_US);
        assert_says(sent_to(LAN), langs[i][2]);
        assert_int_equal(desk_answer(story_db, item(), "phun thuoc", story_now_us + 1, &done), DB_OK);
        serve_at(story_now_us + MINUTE_US);
        assert_says(sent_to(LAN), langs[i][1]);
    }
}

static void whom_nobody_answers_hears_within_a_day(void **state)
{
    (void)state;
    static const struct {
        int asked, silent, told; /* hours of that Monday */
    } cases[] = {
        {9, 31, 32}, /* an hour before the day is over */
        {3, 19, 20}, /* would be at two in the night: the evening before */
        {6, 19, 20}, /* would be at six */
        {8, 30, 31},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin(NULL);
        story_now_us = monday(cases[i].asked, 0);
        say(LAN, "hoi lua bi dao on");
        serve_at(monday(cases[i].silent, 0));
        assert_string_equal(sent_to(LAN), "");
        serve_at(monday(cases[i].told, 1));
        assert_says(sent_to(LAN), "chua co can bo tra loi kip");
        serve_at(monday(cases[i].told + 30, 0));
        assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE body ~ 'chua co can bo'"), 1);
        assert_string_equal(pg_text("SELECT state FROM desk"), "open");
    }
}

static void who_was_answered_is_told_nothing_else(void **state)
{
    (void)state;
    bool done;
    say(LAN, "hoi lua bi dao on");
    desk_close(story_db, item(), &done);
    assert_true(done);
    desk_close(story_db, item(), &done);
    assert_false(done);
    serve_at(story_now_us + 30 * HOUR_US);
    assert_string_equal(sent_to(LAN), "");
    assert_int_equal(desk_answer(story_db, item(), "x", story_now_us, &done), DB_OK);
    assert_false(done);
}

static void what_an_officer_leaves_goes_to_another(void **state)
{
    (void)state;
    bool done;
    struct db *owner = pg_owner();
    add_officer(HOA, "officer", "845", "");
    add_officer(NGA, "officer", "", "");
    say(LAN, "hoi lua bi dao on o cau ke");
    serve();
    assert_says(sent_to(HOA), "Cau Ke");
    assert_int_equal(officer_remove(owner, HOA, &done), DB_OK);
    assert_true(done);
    serve();
    assert_says(sent_to(NGA), "Cau Ke");
    assert_int_equal(officer_remove(owner, LAN, &done), DB_OK);
    assert_false(done);
    db_close(&owner);
}

static int teardown(void **state)
{
    conf_unref(&conf);
    return story_teardown(state);
}

#define STORY(test) cmocka_unit_test_setup(test, begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(the_officer_for_place_and_crop_is_asked),
        STORY(who_wants_a_call_or_asks_nothing),
        STORY(wrong_codes_are_the_coordinators_business),
        STORY(what_is_not_theirs_goes_to_others),
        STORY(items_are_shared_out),
        STORY(nobody_is_asked_out_of_hours_or_twice),
        STORY(after_four_hours_of_work_the_next_is_asked),
        STORY(who_is_locked_is_not_asked_and_what_is_with_him_goes_on),
        STORY(who_was_locked_yesterday_or_was_wrong_a_few_times_is_asked),
        STORY(one_nobody_stands_for_does_not_hold_up_others),
        STORY(an_answer_goes_to_who_asked),
        STORY(everyone_hears_in_their_language),
        STORY(whom_nobody_answers_hears_within_a_day),
        STORY(who_was_answered_is_told_nothing_else),
        STORY(what_an_officer_leaves_goes_to_another),
    };
    return cmocka_run_group_tests(tests, story_setup, teardown);
}
