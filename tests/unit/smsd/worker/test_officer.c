/* SPDX-License-Identifier: Apache-2.0
 *
 * What officers do by SMS: answers and prices, each on its code.
 */
#include <stdio.h>
#include <string.h>

#include "smsd/job/desk.h"
#include "smsd/job/prices.h"
#include "tests/unit/smsd/worker/story_fixture.h"

#define HOA "84911000001"

static int begin(void **state)
{
    story_begin(state);
    pg_sql("TRUNCATE officers, price_reports, alerts_told CASCADE");
    pg_sql("INSERT INTO people (msisdn, welcomed_at) VALUES ('" HOA "', now()), ('" LAN "', now()), ('" BINH
           "', now())");
    pg_sql("INSERT INTO officers (person_id, role) SELECT id, 'officer' FROM people WHERE msisdn = '" HOA "'");
    return 0;
}

/* A question of somebody's at the desk: its number. */
static int question_of(const char *msisdn)
{
    say(msisdn, "hoi lua bi dao on phun thuoc gi");
    return (int)pg_sql("SELECT max(id) FROM desk");
}

static const char *answer_to(const char *from, int item, const char *words)
{
    char text[400];
    snprintf(text, sizeof text, "TL %d %s", item, words);
    return say(from, text);
}

/* Sends back the code that an answer carries. */
static const char *confirm(const char *from, const char *answer)
{
    char text[16];
    const char *at = strstr(answer, "MA ");
    if (!at || strspn(at + 3, "0123456789") != 6)
        fail_msg("there is no code in \"%s\"", answer);
    snprintf(text, sizeof text, "%.9s", at);
    return say(from, text);
}

static void an_officers_answer_is_kept_when_its_code_comes(void **state)
{
    (void)state;
    int item = question_of(LAN);
    const char *asked = answer_to(HOA, item, "Phun thuốc lúc chiều mát");
    assert_says(asked, "Gui loi dap cho nguoi hoi so");
    assert_says(asked, "Loi dap: Phun thuoc luc chieu mat");
    assert_int_equal(pg_sql("SELECT count(*) FROM desk_answers"), 0);
    assert_says(confirm(HOA, asked), "Da chuyen loi dap");
    assert_string_equal(pg_text("SELECT words FROM desk_answers"), "Phun thuốc lúc chiều mát");
    assert_string_equal(pg_text("SELECT msisdn FROM desk_answers JOIN people p ON p.id = officer_id"), HOA);
    assert_string_equal(pg_text("SELECT state FROM desk WHERE id = %d", item), "answered");
    assert_says(confirm(HOA, answer_to(HOA, item, "nho deo khau trang")), "Da chuyen loi dap");
    assert_int_equal(pg_sql("SELECT count(*) FROM desk_answers"), 2);
}

static void officers_are_answered_in_their_language(void **state)
{
    (void)state;
    static const struct {
        const char *lang, *confirm, *done, *none;
    } says[] = {{"vi-dau", "Gửi lời đáp", "Đã chuyển lời đáp", "Không có câu hỏi"},
                {"km", "ផ្ញើចម្លើយ", "បានបញ្ជូនចម្លើយ", "គ្មានសំណួរ"},
                {"zh", "把答复发给", "答复已转给", "没有待答复的"},
                {"en", "Send your answer", "Your answer went", "No question"}};
    int item = question_of(LAN);
    for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
        pg_sql("UPDATE people SET lang = '%s', lang_chosen = true WHERE msisdn = '" HOA "'", says[i].lang);
        assert_says(answer_to(HOA, item + 100, "phun thuoc"), says[i].none);
        const char *asked = answer_to(HOA, item, "phun thuoc");
        assert_says(asked, says[i].confirm);
        assert_says(confirm(HOA, asked), says[i].done);
    }
    assert_int_equal(pg_sql("SELECT count(*) FROM desk_answers"), sizeof says / sizeof *says);
}

static void only_officers_answer(void **state)
{
    (void)state;
    int item = question_of(LAN);
    assert_says(answer_to(BINH, item, "phun thuoc"), "chi danh cho can bo");
    assert_int_equal(pg_sql("SELECT count(*) FROM codes") + pg_sql("SELECT count(*) FROM desk_answers"), 0);
    const char *asked = answer_to(HOA, item, "phun thuoc");
    pg_sql("DELETE FROM officers");
    confirm(HOA, asked);
    assert_int_equal(pg_sql("SELECT count(*) FROM desk_answers"), 0);
}

static void what_cannot_be_answered_is_said(void **state)
{
    (void)state;
    static const char seventeen[] = "muoi bay ky tu a ";
    char words[18 * 10] = "";
    int item = question_of(LAN), own = question_of(HOA);
    assert_says(answer_to(HOA, item + 100, "phun thuoc"), "Khong co cau hoi so");
    assert_says(answer_to(HOA, own, "phun thuoc"), "Khong co cau hoi so");
    pg_sql("UPDATE desk SET state = 'closed'");
    assert_says(answer_to(HOA, item, "phun thuoc roi"), "Khong co cau hoi so");
    pg_sql("UPDATE desk SET state = 'open'");
    for (int i = 0; i < 10; i++)
        strcat(words, seventeen);
    assert_says(answer_to(HOA, item, words), "dai qua 160");
    assert_int_equal(pg_sql("SELECT count(*) FROM codes"), 0);
}

/* What an officer sells is a farmer's matter, and asked about like a farmer's. */
static void an_answer_does_not_mix_with_an_open_question(void **state)
{
    (void)state;
    int item = question_of(LAN);
    assert_says(say(HOA, "ban lua om18 8500 cau ke"), "Bao nhieu");
    const char *asked = answer_to(HOA, item, "2 tan phan mot cong");
    assert_says(asked, "Gui loi dap");
    assert_says(confirm(HOA, asked), "Da chuyen loi dap");
    assert_int_equal(pg_sql("SELECT count(*) FROM listings"), 0);
    assert_string_equal(pg_text("SELECT words FROM desk_answers"), "2 tan phan mot cong");
}

static void an_officers_price_counts_when_its_code_comes(void **state)
{
    (void)state;
    const char *asked = say(HOA, "bao gia lua om18 8300 cau ke");
    assert_says(asked, "Bao gia hom nay, tai ruong: lua OM18 8.300d/kg, Cau Ke. Dung thi nhan MA ");
    assert_int_equal(pg_sql("SELECT count(*) FROM price_reports"), 0);
    assert_says(confirm(HOA, asked), "Da ghi gia");
    assert_string_equal(pg_text("SELECT concat_ws(' ', commodity, place, price, unit, basis, kind) FROM price_reports"),
                        "LUA.OM18 845 8300 KG farmgate officer");
}

/* So they are of one group, whoever said which. */
static void a_price_by_the_tonne_is_one_by_the_kilo(void **state)
{
    (void)state;
    static const char *const texts[] = {"bao gia lua om18 8.350.000d/tan cau ke", "bao gia lua om18 835.000d/ta cau ke",
                                        "bao gia lua om18 83.500d/yen cau ke"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        pg_sql("TRUNCATE price_reports CASCADE");
        const char *asked = say(HOA, texts[i]);
        assert_says(asked, "lua OM18 8.350d/kg, Cau Ke");
        confirm(HOA, asked);
        assert_string_equal(pg_text("SELECT concat_ws(' ', low, price, high, unit) FROM price_reports"),
                            "8350 8350 8350 KG");
    }
}

/* Half a dong is nobody's word. */
static void what_is_no_whole_dong_a_kilo_stays_apart(void **state)
{
    (void)state;
    const char *asked = say(HOA, "bao gia lua om18 8.350.500d/tan cau ke");
    assert_says(asked, "8.350.500d/tan");
    confirm(HOA, asked);
    assert_string_equal(pg_text("SELECT concat_ws(' ', price, unit) FROM price_reports"), "8350500 TAN");
}

static void several_prices_need_one_code(void **state)
{
    (void)state;
    const char *asked = say(HOA, "bao gia lua om18 8300-8500 cau ke, tom the 50c 130k cau ngang");
    assert_says(asked, "8.300-8.500d/kg, Cau Ke; tom the 50 con/kg 130.000d/kg, Cau Ngang");
    confirm(HOA, asked);
    assert_string_equal(pg_text("SELECT concat_ws(' ', low, price, high, size) FROM price_reports ORDER BY low"),
                        "8300 8400 8500 \n130000 130000 130000 50");
}

static void a_price_without_a_place_has_the_officers_own_or_is_asked_for(void **state)
{
    (void)state;
    assert_says(say(HOA, "bao gia lua om18 8300"), "dau");
    assert_says(say(HOA, "cau ke"), "8.300d/kg, Cau Ke");
    pg_sql("UPDATE people SET place = '848'");
    assert_says(say(HOA, "bao gia lua om18 8200"), "8.200d/kg, Cau Ngang");
}

static void serve(void)
{
    struct conf_error error;
    struct conf *conf =
        conf_parse(slice_of("[database]\nurl = x\n[http]\nsecret = 0123456789abcdef\n[kannel]\nlink = box\n"
                            "[privacy]\nkey = 00112233445566778899aabbccddeeff\n"),
                   "test", &error);
    if (!conf)
        fail_msg("%s", error.text);
    assert_int_equal(desk_serve(story_db, story_arena, conf, story_now_us), DB_OK);
    conf_unref(&conf);
}

/* Two prices of one person that may not count as they are: one is asked about, and when it was decided about the other.
 */
static void odd_prices_are_decided_about_by_officers(void **state)
{
    (void)state;
    static const struct {
        const char *words, *kept;
    } cases[] = {{"đúng", " t"}, {"SAI", "far t"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        begin(NULL);
        pg_sql("UPDATE officers SET hours = 'mon-sun 00:00-24:00'");
        pg_sql("INSERT INTO price_reports (day, commodity, place, price, low, high, unit, kind, person_id, quarantine)"
               " SELECT current_date, 'LUA.OM18', '845', 83000, 83000, 83000, 'KG', 'ask', id, 'far'"
               "   FROM people, generate_series(1, 2) WHERE msisdn = '" LAN "'");
        serve();
        serve();
        assert_int_equal(pg_sql("SELECT count(*) FROM desk"), 1);
        int item = (int)pg_sql("SELECT id FROM desk");
        assert_says(pg_text("SELECT body FROM outbox"),
                    "Cau Ke, lua OM18, gia la: 83.000d/kg, DUNG hay SAI. Tra loi: TL ");
        assert_says(answer_to(HOA, item, "de xem lai"), "la mot gia la");
        confirm(HOA, answer_to(HOA, item, cases[i].words));
        serve();
        assert_string_equal(pg_text("SELECT concat_ws(' ', quarantine, CASE WHEN reviewed_at IS NOT NULL THEN 't' END)"
                                    "  FROM price_reports ORDER BY id LIMIT 1"),
                            cases[i].kept);
        assert_string_equal(pg_text("SELECT state FROM desk ORDER BY id"), "answered\nopen");
        assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE body ~ '^Can bo tra loi'"), 0);
        pg_sql("UPDATE price_reports SET reviewed_at = now()");
        serve();
        assert_string_equal(pg_text("SELECT state FROM desk ORDER BY id DESC LIMIT 1"), "closed");
    }
}

static void count_prices(void)
{
    size_t read, counted;
    const struct knowledge *knowledge = knowledge_acquire();
    pg_sql("UPDATE price_feed SET counted_at = 'epoch'");
    assert_int_equal(prices_run(story_db, knowledge->lexicon, story_now_us, &read, &counted), DB_OK);
    knowledge_release(knowledge);
}

/* From the text of somebody who asks far more than others do, by way of an officer's phone, to what people are told. */
static void an_odd_ask_counts_once_an_officer_says_so(void **state)
{
    (void)state;
    static const struct {
        const char *words, *told;
    } cases[] = {{"SAI", "6 tin"}, {"DUNG", "7 tin"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char number[16], text[64];
        begin(NULL);
        pg_sql(
            "UPDATE officers SET hours = 'mon-sun 00:00-24:00'; DELETE FROM price_groups WHERE commodity = 'LUA.OM18'");
        for (int n = 0; n < 6; n++) {
            snprintf(number, sizeof number, "8493300000%d", n);
            snprintf(text, sizeof text, "ban lua om18 2 tan %d cau ke", 5000 + 10 * n);
            say(number, text);
        }
        count_prices();
        assert_says(say(LAN, "ban lua om18 2 tan 9000 cau ke"), "Da luu");
        count_prices();
        assert_string_equal(pg_text("SELECT quarantine FROM price_reports WHERE price = 9000"), "far");
        assert_says(say(BINH, "gia lua om18 cau ke"), "6 tin");
        serve();
        assert_says(pg_text("SELECT body FROM outbox WHERE body ~ 'gia la'"), "9.000d/kg, DUNG hay SAI");
        confirm(HOA, answer_to(HOA, (int)pg_sql("SELECT id FROM desk"), cases[i].words));
        serve();
        count_prices();
        story_now_us += 11 * MINUTE_US; /* the same words again are a new question */
        const char *answer = say(BINH, "gia lua om18 cau ke");
        assert_says(answer, cases[i].told);
        assert_says(answer, "5.0");
    }
}

/* However often an officer says it, it is one officer's word, and the last one. */
static void a_hundred_prices_of_one_officer_are_one(void **state)
{
    (void)state;
    pg_sql("DELETE FROM price_groups WHERE commodity = 'LUA.OM18'");
    pg_sql("INSERT INTO price_reports (day, commodity, place, price, low, high, unit, kind, person_id, counted)"
           " SELECT province_today(), 'LUA.OM18', '845', 8400, 8400, 8400, 'KG', 'officer', id, false FROM people"
           "  WHERE msisdn IN ('" LAN "', '" BINH "')");
    pg_sql("INSERT INTO price_reports (day, commodity, place, price, low, high, unit, kind, person_id, counted)"
           " SELECT province_today(), 'LUA.OM18', '845', 11000 + n, 11000 + n, 11000 + n, 'KG', 'officer', id, false"
           "   FROM people, generate_series(1, 100) n WHERE msisdn = '" HOA "'");
    count_prices();
    assert_string_equal(pg_text("SELECT concat_ws(' ', median, reports) FROM price_groups"
                                " WHERE commodity = 'LUA.OM18' AND place = '845' AND day = province_today()"),
                        "8400 3");
}

static void nobody_elses_price_is_kept(void **state)
{
    (void)state;
    static const char *const said[][2] = {{"vi", "khong duoc ghi lai"},
                                          {"vi-dau", "không được ghi lại"},
                                          {"km", "មិនបានកត់ទេ"},
                                          {"zh", "本短信未记录"},
                                          {"en", "was not kept"}};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        pg_sql("UPDATE people SET lang = '%s', lang_chosen = true", said[i][0]);
        const char *answer = say(LAN, "bao gia lua om18 8300 cau ke");
        assert_says(answer, said[i][1]);
        story_now_us += story_policy.dedupe_window_us;
    }
    assert_int_equal(pg_sql("SELECT count(*) FROM price_reports"), 0);
    assert_int_equal(pg_sql("SELECT count(*) FROM codes"), 0);
}

#define STORY(test) cmocka_unit_test_setup(test, begin)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(an_officers_answer_is_kept_when_its_code_comes),
        STORY(officers_are_answered_in_their_language),
        STORY(only_officers_answer),
        STORY(what_cannot_be_answered_is_said),
        STORY(an_answer_does_not_mix_with_an_open_question),
        STORY(an_officers_price_counts_when_its_code_comes),
        STORY(a_price_by_the_tonne_is_one_by_the_kilo),
        STORY(what_is_no_whole_dong_a_kilo_stays_apart),
        STORY(several_prices_need_one_code),
        STORY(a_price_without_a_place_has_the_officers_own_or_is_asked_for),
        STORY(odd_prices_are_decided_about_by_officers),
        STORY(an_odd_ask_counts_once_an_officer_says_so),
        STORY(a_hundred_prices_of_one_officer_are_one),
        STORY(nobody_elses_price_is_kept),
    };
    return cmocka_run_group_tests(tests, story_setup, story_teardown);
}
