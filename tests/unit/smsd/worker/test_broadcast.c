/* SPDX-License-Identifier: Apache-2.0
 *
 * Broadcasts before they go out: by LOA on a code, approved on another, and what is none.
 */
#include "tests/unit/smsd/worker/broadcast_fixture.h"

#include <stdio.h>
#include <string.h>

#include "smsd/broadcast/run.h"

static void an_officers_broadcast_goes_out_on_its_code(void **state)
{
    (void)state;
    broadcast_growers(2);
    pg_sql("UPDATE people SET lang = 'en' WHERE msisdn = '84920000002'");
    const char *asked = say(HOA, LOA);
    assert_says(asked, "Ton 600d. Loa cho lua, Cau Ke: 2 nguoi, 2 tin, xong 12:00 ");
    assert_int_equal(pg_sql("SELECT count(*) FROM broadcasts"), 0);
    assert_says(broadcast_confirm(HOA, asked), "Dang phat cho 2 nguoi, xong khoang 12:00");
    assert_string_equal(broadcast_states(), "running");
    assert_int_equal(broadcast_run_once(), 2);
    assert_each_once(2);
    assert_string_equal(pg_text("SELECT body FROM outbox WHERE kind = 'broadcast' ORDER BY person_id LIMIT 1"),
                        "Tin can bo: Ray nau vao den 25/11, ba con tham dong (Ngung: TC)");
    assert_int_equal(broadcast_send_all(), 2);
    assert_int_equal(broadcast_run_once(), 0);
    assert_string_equal(broadcast_states(), "done");
    assert_says(say(LAN, "du bao lua cau ke"), "Ray nau vao den 25/11");
    assert_string_equal(
        pg_text("SELECT act || ' ' || (actor IS NOT NULL) || ' ' || details::text FROM audit"
                " WHERE act ~ '^broadcast' ORDER BY id LIMIT 1"),
        "broadcast.running true {\"area\": \"845\", \"people\": 2, \"source\": \"sms\", \"commodity\": \"LUA\"}");
}

/* Who forges a LOA just after a real one gets it no further: the code that comes last says what it is for. */
static void the_code_says_what_it_is_for(void **state)
{
    (void)state;
    broadcast_growers(2);
    assert_says(say(HOA, LOA), "Noi dung: Ray nau vao den 25/11, ba con tham dong");
    assert_says(say(HOA, "LOA LUA CAU KE: Ban het lua cho thuong lai A ngay hom nay, gia se giam"),
                "Noi dung: Ban het lua cho thuong lai A ngay hom...");
}

static void people_get_the_words_of_their_language(void **state)
{
    (void)state;
    broadcast_growers(4);
    pg_sql(
        "UPDATE people SET lang = (ARRAY['vi', 'vi-dau', 'km', 'en'])[right(msisdn, 1)::int] WHERE msisdn ~ '^8492'");
    assert_says(broadcast_confirm(HOA, say(HOA, "LOA LUA CAU KE: Mưa lớn ngày 25/11")),
                "Loa cho 4 nguoi can dieu phoi vien duyet");
    pg_sql("UPDATE broadcasts SET state = 'running'");
    broadcast_run_once();
    assert_string_equal(
        pg_text("SELECT o.body FROM outbox o JOIN people p ON p.id = o.person_id WHERE o.kind = 'broadcast'"
                " ORDER BY p.msisdn"),
        "Tin can bo: Mua lon ngay 25/11 (Ngung: TC)\nTin cán bộ: Mưa lớn ngày 25/11 (Ngưng: TC)\n"
        "Tin can bo: Mua lon ngay 25/11 (Ngung: TC)\nTin can bo: Mua lon ngay 25/11 (Ngung: TC)");
}

static void officers_are_answered_in_their_language(void **state)
{
    (void)state;
    static const struct {
        const char *lang, *confirm, *begins, *outside, *nobody;
    } says[] = {
        {"vi-dau", "Tốn 600đ. Loa cho lúa, Cầu Kè: 2 người, 2 tin, xong", "Đang phát cho 2 người", "không thuộc vùng",
         "Chưa có ai"},
        {"km", "ផ្សាយទៅ", "កំពុងផ្សាយទៅ 2", "ក្រៅតំបន់", "គ្មានអ្នកទទួល"},
        {"zh", "广播给", "正在向2人发送", "不属于您负责", "没有接收人"},
        {"en", "It costs 600d. Broadcast to", "Going out to 2 people", "is not your area", "Nobody to send it to"}};
    broadcast_growers(2);
    for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
        pg_sql("UPDATE people SET lang = '%s', lang_chosen = true WHERE msisdn = '" HOA "'", says[i].lang);
        const char *asked = say(HOA, LOA);
        assert_says(asked, says[i].confirm);
        assert_says(broadcast_confirm(HOA, asked), says[i].begins);
        assert_says(say(HOA, "LOA TOM CAU NGANG: do man 18 phan ngan"), says[i].outside);
        assert_says(say(HOA, "LOA LUA TIEU CAN: mua lon 25/11"), says[i].nobody);
        story_now_us += story_policy.dedupe_window_us;
    }
    assert_int_equal(pg_sql("SELECT count(*) FROM broadcasts"), 4);
}

static void what_is_no_broadcast_is_said(void **state)
{
    (void)state;
    broadcast_growers(2);
    assert_says(say(LAN, LOA), "LOA chi danh cho can bo");
    assert_says(say(HOA, "LOA LUA CAU KE:"), "dau hai cham");
    assert_says(
        say(HOA, LOA
            ", nho giu bo bao, khong bon them phan dam, theo doi sau cuon la va dao on co bong tren tung thua ruong"),
        "dai qua 134 ky tu");
    assert_says(say(LAN, "DUYET 1"), "Khong co loa so 1");
    const char *asked = say(HOA, LOA);
    pg_sql("UPDATE officers SET areas = '{848}' WHERE role = 'officer'"); /* before the code came */
    assert_says(broadcast_confirm(HOA, asked), "khong thuoc vung");
    assert_int_equal(pg_sql("SELECT count(*) FROM broadcasts"), 0);
    assert_int_equal(
        pg_sql("SELECT count(*) FROM codes WHERE person_id <> (SELECT id FROM people WHERE msisdn = '" HOA "')"), 0);
}

static void who_lives_there_on_either_map_gets_it(void **state)
{
    (void)state;
    pg_sql("WITH p AS (INSERT INTO people (msisdn, place, welcomed_at) SELECT 84930000000 + row_number() OVER (), "
           "place, now()"
           "  FROM (SELECT place FROM place_areas WHERE area = '845' AND place <> area ORDER BY place LIMIT 3) AS a "
           "RETURNING id)"
           " INSERT INTO person_crops SELECT id, 'LUA' FROM p");
    pg_sql("WITH p AS (INSERT INTO people (msisdn, place) VALUES (84930000009, '848') RETURNING id)"
           " INSERT INTO person_crops SELECT id, 'LUA' FROM p");
    assert_says(say(HOA, LOA), ": 3 nguoi");
}

static void who_names_neither_means_his_own(void **state)
{
    (void)state;
    broadcast_growers(2);
    assert_says(say(HOA, "LOA: mai co mua lon, ba con gat som"), "Loa cho lua, Cau Ke: 2 nguoi");
    assert_says(say(KIET, "LOA TAT CA: mai cup dien tu 8h den 16h"), "Loa cho tat ca moi nguoi: 5 nguoi");
}

static void a_large_one_waits_for_a_coordinator_and_his_code(void **state)
{
    (void)state;
    broadcast_growers(4);
    pg_sql("UPDATE people SET lang = 'en', lang_chosen = true WHERE msisdn = '" KIET "'");
    assert_says(broadcast_confirm(HOA, say(HOA, LOA)), "Loa cho 4 nguoi can dieu phoi vien duyet");
    assert_string_equal(broadcast_states(), "awaiting_approval");
    assert_int_equal(broadcast_run_once(), 0);
    int id = (int)pg_sql("SELECT id FROM broadcasts");
    for (int i = 0; i < 2; i++)
        assert_int_equal(broadcasts_ask(story_db, story_arena, broadcast_conf, story_now_us), DB_OK);
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE kind = 'alert'"), 1);
    assert_says(pg_text("SELECT body FROM outbox WHERE kind = 'alert'"), "(paddy rice, Cau Ke, 4 people): Ray nau");
    char duyet[32], none[32];
    snprintf(duyet, sizeof duyet, "DUYET %d", id);
    snprintf(none, sizeof none, "DUYET %d", id + 1);
    assert_says(say(HOA, duyet), "Khong co loa so");
    assert_says(say(KIET, none), "No broadcast");
    const char *asked = say(KIET, duyet);
    assert_says(asked, "4 people, 4 texts. If right, send MA ");
    assert_string_equal(broadcast_states(), "awaiting_approval");
    assert_says(broadcast_confirm(KIET, asked), "is approved and goes out");
    assert_int_equal(broadcast_run_once(), 4);
    assert_each_once(4);
    assert_string_equal(pg_text("SELECT p.msisdn FROM audit a JOIN people p ON p.id = a.actor"
                                " WHERE a.act ~ '^broadcast' ORDER BY a.id"),
                        HOA "\n" KIET);
}

static void what_waits_no_more_is_not_said_to_go_out(void **state)
{
    (void)state;
    char duyet[32];
    broadcast_growers(4);
    broadcast_confirm(HOA, say(HOA, LOA));
    snprintf(duyet, sizeof duyet, "DUYET %lld", (long long)pg_sql("SELECT id FROM broadcasts"));
    const char *asked = say(KIET, duyet);
    pg_sql("UPDATE broadcasts SET state = 'cancelled'"); /* before the code came */
    assert_says(broadcast_confirm(KIET, asked), "Khong co loa so");
    assert_string_equal(broadcast_states(), "cancelled");
}

static void nobody_approves_his_own(void **state)
{
    (void)state;
    char duyet[32];
    broadcast_growers(4);
    broadcast_confirm(KIET, say(KIET, LOA));
    assert_string_equal(broadcast_states(), "awaiting_approval");
    snprintf(duyet, sizeof duyet, "DUYET %lld", (long long)pg_sql("SELECT id FROM broadcasts"));
    assert_says(say(KIET, duyet), "Khong co loa so");
}

/* Whoever sends from an officer's number without having his handset. */
static void forged_texts_broadcast_nothing(void **state)
{
    (void)state;
    broadcast_growers(2);
    for (int i = 0; i < 100; i++) {
        char guess[16];
        snprintf(guess, sizeof guess, "MA %06d", 100000 + i * 7);
        say(HOA, i % 2 ? LOA : "LOA LUA CAU KE: ban het lua di");
        say(HOA, guess);
        story_now_us += MINUTE_US;
    }
    assert_int_equal(pg_sql("SELECT count(*) FROM broadcasts"), 0);
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE kind = 'broadcast'"), 0);
    assert_int_equal(pg_sql("SELECT count(*) FROM desk WHERE reason = 'code_locked'"), 1);
    assert_int_equal(pg_sql("SELECT count(*) FROM audit WHERE act = 'code.locked'"), 1);
    story_now_us += HOUR_US; /* and answers are given again */
    assert_says(say(HOA, LOA), "khoa");
}

/* Slices of ids: whoever plans on after a crash begins where the rows end. */

#define STORY(test) cmocka_unit_test_setup_teardown(test, broadcast_begin, broadcast_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(an_officers_broadcast_goes_out_on_its_code),
        STORY(the_code_says_what_it_is_for),
        STORY(people_get_the_words_of_their_language),
        STORY(officers_are_answered_in_their_language),
        STORY(what_is_no_broadcast_is_said),
        STORY(who_lives_there_on_either_map_gets_it),
        STORY(who_names_neither_means_his_own),
        STORY(a_large_one_waits_for_a_coordinator_and_his_code),
        STORY(what_waits_no_more_is_not_said_to_go_out),
        STORY(nobody_approves_his_own),
        STORY(forged_texts_broadcast_nothing),
    };
    return cmocka_run_group_tests(tests, story_setup, story_teardown);
}
