/* SPDX-License-Identifier: Apache-2.0
 *
 * What people change of their listings: SUA, BAN ROI, and what XEM then shows.
 */
#include <stdio.h>
#include <string.h>

#include "parsers/text/sms.h"
#include "tests/unit/smsd/worker/story_fixture.h"

static char code[16];

/* Lan sells two tonnes of OM18 in Cầu Kè. */
static int an_offer(void **state)
{
    story_noon(state);
    say(LAN, "ban lua om18 2 tan 8500 cau ke");
    snprintf(code, sizeof code, "%s", pg_text("SELECT code FROM listings"));
    story_now_us += 60 * MINUTE_US;
    return 0;
}

/* "SUA B7K2 GIA 8400", with the offer's code for the word CODE. */
static const char *with_code(const char *text)
{
    static char both[2][200]; /* of one text and of what is looked for in its answer */
    static int next;
    char *whole = both[next++ % 2];
    const char *at = strstr(text, "CODE");
    snprintf(whole, sizeof both[0], "%.*s%s%s", (int)(at - text), text, code, at + strlen("CODE"));
    return whole;
}

static const char *say_of(const char *from, const char *text)
{
    return say(from, with_code(text));
}

/* What the answer says would make it undone, sent back. */
static const char *undo(const char *answer)
{
    char text[200];
    const char *at = strstr(answer, "SUA ");
    assert_non_null(at);
    snprintf(text, sizeof text, "%s", at);
    return say(LAN, text);
}

static const char *listing(void)
{
    return pg_text(
        "SELECT concat_ws(' ', state, quantity, entered_quantity, entered_unit, price_low, price_high, price_unit,"
        " place) FROM listings");
}

#define AS_POSTED "open 2000.000 2.000 TAN 8500 8500 KG 845"

static const char *deals(void)
{
    return pg_text(
        "SELECT concat_ws(' ', quantity, unit, price, nullif(price_unit, ''), CASE WHEN withdrawn_at IS NOT NULL THEN"
        " 'withdrawn' END) FROM listing_deals ORDER BY id");
}

/* ---- SUA ---- */

static void each_part_can_be_changed_and_changed_back(void **state)
{
    (void)state;
    static const struct {
        const char *text, *says, *listing;
    } cases[] = {
        {"SUA CODE GIA 8400", "ban lua OM18 2 tan 8.400d/kg, Cau Ke", "open 2000.000 2.000 TAN 8400 8400 KG 845"},
        {"sua CODE con 800kg thoi", "800 kg 8.500d/kg", "open 800.000 800.000 KG 8500 8500 KG 845"},
        {"sua CODE o tra cu", "8.500d/kg, Tra Cu", "open 2000.000 2.000 TAN 8500 8500 KG 849"},
        {"SUA CODE 3 TAN GIA 8400 O TRA CU", "3 tan 8.400d/kg, Tra Cu", "open 3000.000 3.000 TAN 8400 8400 KG 849"},
        {"sua tin 1 gia 8k2-8k4", "8.200-8.400d/kg", "open 2000.000 2.000 TAN 8200 8400 KG 845"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        an_offer(NULL);
        const char *answer = strstr(cases[i].text, "CODE") ? say_of(LAN, cases[i].text) : say(LAN, cases[i].text);
        assert_says(answer, cases[i].says);
        assert_string_equal(listing(), cases[i].listing);
        undo(answer);
        assert_string_equal(listing(), AS_POSTED);
    }
}

static void a_day_can_be_changed(void **state)
{
    (void)state;
    char text[40];
    snprintf(text, sizeof text, "SUA CODE NGAY %s", pg_text("SELECT to_char(province_today() + 3, 'DD/MM')"));
    assert_says(say_of(LAN, text), "Giao tu");
    assert_int_equal(pg_sql("SELECT ready - province_today() FROM listings"), 3);
}

static void undoing_works_in_every_language(void **state)
{
    (void)state;
    static const char *const langs[] = {"nn vi dau", "nn km", "nn zh", "nn en"};
    for (size_t i = 0; i < sizeof langs / sizeof *langs; i++) {
        an_offer(NULL);
        say(LAN, langs[i]);
        const char *answer = say_of(LAN, "SUA CODE 3 TAN GIA 8400");
        assert_true(sms_size(slice_of(answer)).segments <= 2);
        undo(answer);
        assert_string_equal(listing(), AS_POSTED);
        answer = say_of(LAN, "BAN ROI CODE 1 TAN 8450");
        assert_true(sms_size(slice_of(answer)).segments <= 2);
        undo(answer);
        assert_string_equal(listing(), AS_POSTED);
    }
}

static void every_edit_is_in_the_history(void **state)
{
    (void)state;
    say_of(LAN, "SUA CODE GIA 8400");
    say_of(LAN, "SUA CODE 3 TAN");
    assert_string_equal(pg_text("SELECT e.changes FROM listing_events e JOIN inbound i ON i.id = e.inbound_id"
                                " WHERE e.changes IS NOT NULL ORDER BY e.id"),
                        "{\"price_low\": [8500, 8400], \"price_high\": [8500, 8400]}\n"
                        "{\"quantity\": [2000.000, 3000.000], \"entered_quantity\": [2.000, 3.000]}");
}

static void what_is_implausible_is_asked_about(void **state)
{
    (void)state;
    const char *answer = say_of(LAN, "SUA CODE GIA 84000");
    assert_says(answer, "8.400d/kg");
    assert_string_equal(listing(), AS_POSTED);
    assert_says(say(LAN, "1"), "8.400d/kg");
    assert_string_equal(listing(), "open 2000.000 2.000 TAN 8400 8400 KG 845");
    assert_says(say_of(LAN, "BAN ROI CODE 1 TAN GIA 850"), "8.500d/kg");
    assert_string_equal(deals(), "");
    say(LAN, "1");
    assert_string_equal(deals(), "1.000 TAN 8500 KG");
}

static void what_cannot_be_changed_is_said(void **state)
{
    (void)state;
    assert_says(say_of(LAN, "SUA CODE"), "Sua gi");
    assert_says(say_of(LAN, "sua CODE dua kho"), "khong doi sang hang khac");
    assert_says(say_of(BINH, "SUA CODE GIA 8400"), "Khong thay");
    assert_string_equal(listing(), AS_POSTED);
    pg_sql("UPDATE listings SET state = 'matched'");
    assert_says(say_of(LAN, "SUA CODE GIA 8300"), "da co nguoi nhan het");
    assert_says(say_of(LAN, "GIA HAN CODE"), "Da gia han");
    assert_string_equal(listing(), AS_POSTED);
    say_of(LAN, "HUY CODE");
    assert_says(say_of(LAN, "SUA CODE GIA 8200"), "da dong roi");
}

static void an_edit_makes_what_expired_stand_again(void **state)
{
    (void)state;
    pg_sql("UPDATE listings SET state = 'expired', until = province_today() - 2");
    say_of(LAN, "SUA CODE GIA 8400");
    assert_int_equal(pg_sql("SELECT until - province_today() FROM listings WHERE state = 'open'"), 14);
}

static void which_one_is_asked_and_the_change_kept(void **state)
{
    (void)state;
    say(LAN, "ban dua kho 1200 trai 9k cau ke");
    assert_says(say(LAN, "nham roi, sua gia 8400"), "1) lua OM18, 2) dua kho");
    assert_says(say(LAN, "1"), "8.400d/kg");
    assert_int_equal(pg_sql("SELECT price_low FROM listings WHERE code = '%s'", code), 8400);
}

/* ---- BAN ROI ---- */

static void what_is_sold_in_part_leaves_the_rest_open(void **state)
{
    (void)state;
    const char *answer = say_of(LAN, "BAN ROI CODE 500KG 8450");
    assert_says(answer, "xong 500 kg. Gia 8.450d/kg. Con 1,5 tan.");
    assert_string_equal(listing(), "open 1500.000 1.500 TAN 8500 8500 KG 845");
    assert_string_equal(deals(), "500.000 KG 8450 KG");
    assert_says(say_of(LAN, "ban roi CODE 1 tan ruoi gia 8400"), "Tin da dong");
    assert_string_equal(listing(), "sold 1500.000 1.500 TAN 8500 8500 KG 845");
    assert_int_equal(pg_sql("SELECT count(*) FROM listing_deals"), 2);
    assert_says(say_of(LAN, "ban roi CODE"), "da dong roi");
}

static void all_is_sold_without_saying_how_much(void **state)
{
    (void)state;
    assert_says(say_of(LAN, "ban roi CODE"), "xong 2 tan. Tin da dong");
    assert_string_equal(deals(), "2.000 TAN");
    assert_string_equal(listing(), "sold 2000.000 2.000 TAN 8500 8500 KG 845");
}

/* Said twice or sold twice? Only who sold it knows. */
static void the_same_sale_again_is_asked_about(void **state)
{
    (void)state;
    say_of(LAN, "BAN ROI CODE 500 KG 8450");
    story_now_us += 11 * MINUTE_US;
    assert_says(say_of(LAN, "BAN ROI CODE 500 KG 8450"), "xong 500 kg roi. Them lan nua: tra loi 1.");
    assert_string_equal(deals(), "500.000 KG 8450 KG");
    assert_says(say(LAN, "khong"), "Da bo cau hoi");
    assert_string_equal(deals(), "500.000 KG 8450 KG");
    story_now_us += 11 * MINUTE_US;
    say_of(LAN, "BAN ROI CODE 500 KG 8450");
    assert_says(say(LAN, "dung roi"), "xong 500 kg. Gia 8.450d/kg. Con 1 tan.");
    assert_string_equal(listing(), "open 1000.000 1.000 TAN 8500 8500 KG 845");
    story_now_us += 11 * MINUTE_US;
    say_of(LAN, "BAN ROI CODE 500 KG 8450");
    assert_says(say(LAN, "1"), "Con 0,5 tan.");
    assert_says(say_of(LAN, "BAN ROI CODE 100 KG 8450"), "Con 0,4 tan."); /* another amount is another sale */
    pg_sql("UPDATE listing_deals SET at = at - interval '2 days'");
    story_now_us += 11 * MINUTE_US;
    assert_says(say_of(LAN, "BAN ROI CODE 100 KG 8450"), "Con 0,3 tan.");
}

static void a_sale_that_was_a_slip_is_taken_back(void **state)
{
    (void)state;
    undo(say_of(LAN, "BAN ROI CODE 1 TAN 8450"));
    assert_string_equal(listing(), AS_POSTED);
    assert_string_equal(deals(), "1.000 TAN 8450 KG withdrawn");
    undo(say_of(LAN, "ban roi CODE"));
    assert_string_equal(listing(), AS_POSTED);
    assert_int_equal(pg_sql("SELECT count(*) FROM listing_deals WHERE withdrawn_at IS NULL"), 0);
}

/* By clearing (db/queries/deals.sql), which wrote the sale. */
static void a_deal_that_is_done_counts_once_and_one_that_fell_through_never(void **state)
{
    (void)state;
    pg_sql("UPDATE listings SET state = 'matched'");
    pg_sql("INSERT INTO listing_deals (listing_id, quantity, unit, price, price_unit, inbound_id, at)"
           " SELECT id, 2000, 'KG', 8400, 'KG', 1, now() - interval '3 days' FROM listings");
    say_of(LAN, "GIA HAN CODE");
    assert_string_equal(deals(), "2000.000 KG 8400 KG withdrawn");
    pg_sql("UPDATE listings SET state = 'matched'");
    assert_says(say_of(LAN, "ban roi CODE"), "Tin da dong");
    assert_string_equal(listing(), "sold 2000.000 2.000 TAN 8500 8500 KG 845");
    assert_int_equal(pg_sql("SELECT count(*) FROM listing_deals"), 1);
}

static void goods_name_the_only_listing_of_them(void **state)
{
    (void)state;
    say(LAN, "ban dua kho 1200 trai 9k cau ke");
    assert_says(say(LAN, "da ban het lua roi, 8200"), code);
    assert_string_equal(pg_text("SELECT string_agg(state, ' ' ORDER BY id) FROM listings"), "sold open");
}

static void another_measure_is_asked_for(void **state)
{
    (void)state;
    assert_says(say_of(LAN, "BAN ROI CODE 100 trai"), "tinh theo tan");
    assert_string_equal(listing(), AS_POSTED);
}

static void nobody_sells_what_is_anothers(void **state)
{
    (void)state;
    assert_says(say_of(BINH, "BAN ROI CODE 1 TAN 8450"), "Khong thay");
    assert_string_equal(listing(), AS_POSTED);
    assert_string_equal(deals(), "");
}

/* ---- XEM ---- */

static void anybody_sees_a_listing_and_nobody_a_number(void **state)
{
    (void)state;
    const char *answer = say_of(BINH, "XEM CODE");
    assert_says(answer, with_code("CODE: ban lua OM18 2 tan 8.500d/kg, Cau Ke."));
    assert_says(answer, with_code("NHAN TIN CODE"));
    assert_null(strstr(answer, "912345678"));
    assert_int_equal(sms_size(slice_of(answer)).segments, 1);
    assert_says(say_of(LAN, "xem CODE"), with_code("Sua: SUA CODE"));
    assert_says(say(LAN, "xem tin 1"), with_code("Tin CODE cua bac"));
    say_of(LAN, "HUY CODE");
    assert_says(say_of(BINH, "xem tin CODE"), "da dong");
    assert_says(say(BINH, "xem B7K2"), "Khong co tin B7K2");
}

#define STORY(name) cmocka_unit_test_setup(name, an_offer)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(each_part_can_be_changed_and_changed_back),
        STORY(a_day_can_be_changed),
        STORY(undoing_works_in_every_language),
        STORY(every_edit_is_in_the_history),
        STORY(what_is_implausible_is_asked_about),
        STORY(what_cannot_be_changed_is_said),
        STORY(an_edit_makes_what_expired_stand_again),
        STORY(which_one_is_asked_and_the_change_kept),
        STORY(what_is_sold_in_part_leaves_the_rest_open),
        STORY(all_is_sold_without_saying_how_much),
        STORY(the_same_sale_again_is_asked_about),
        STORY(a_sale_that_was_a_slip_is_taken_back),
        STORY(a_deal_that_is_done_counts_once_and_one_that_fell_through_never),
        STORY(goods_name_the_only_listing_of_them),
        STORY(another_measure_is_asked_for),
        STORY(nobody_sells_what_is_anothers),
        STORY(anybody_sees_a_listing_and_nobody_a_number),
    };
    return cmocka_run_group_tests_name("smsd/worker/own_change", tests, story_setup, story_teardown);
}
