/* SPDX-License-Identifier: Apache-2.0
 *
 * The market by screens: what they do is what a text does, row by row, and the flows' own words say so by SMS.
 */
#include <stdio.h>
#include <string.h>

#include "tests/unit/smsd/worker/story_fixture.h"

static struct answer last;
static int serial;

/* The screen that comes back. */
static const char *send(const char *from, enum ussd_sign sign, const char *text)
{
    char id[32];
    snprintf(id, sizeof id, "screen-%d", serial++);
    struct envelope envelope = story_text(from, id, text), *envelopes[] = {&envelope};
    envelope.mo.channel = CHANNEL_USSD;
    envelope.mo.sign = sign;
    envelope.mo.gateway = "vnp";
    envelope.mo.session = "01";
    struct batch batch = story_batch(envelopes, 1);
    assert_int_equal(batch_run(&batch), DB_OK);
    knowledge_release(batch.knowledge);
    story_now_us += SECOND_US;
    last = batch.turns[0].reply;
    return last.kind == ANSWER_TEXT ? last.text : "";
}

/* Dials and presses; the last screen. */
static const char *press_all(const char *from, const char *const *keys)
{
    const char *screen = send(from, USSD_DIALS, "*8055#");
    for (; *keys; keys++)
        screen = send(from, USSD_ANSWERS, *keys);
    return screen;
}
#define PRESS(from, ...) press_all(from, (const char *const[]){__VA_ARGS__, NULL})

/* What a listing and its event say, but for the marks of the text it came by. */
static const char *listing(void)
{
    return arena_copy(
        story_arena,
        slice_of(
            pg_text("SELECT to_jsonb(l) - ARRAY['id', 'code', 'inbound_id', 'text_hash', 'created_at', 'person_id']"
                    " || to_jsonb(e) - ARRAY['id', 'listing_id', 'inbound_id', 'at', 'person_id']"
                    "  FROM listings l JOIN listing_events e ON e.listing_id = l.id")));
}

static int64_t count(const char *of)
{
    return pg_sql("SELECT count(*) FROM %s", of);
}

/* ---- offers and requests ---- */

static void an_offer_by_screens_is_the_offer_by_text(void **state)
{
    static const struct {
        const char *text;
        const char *keys[8];
    } offers[] = {
        {"ban lua om18 2 tan 8500 cau ke", {"1", "1", "2", "2", "8500", "cau ke", "1", NULL}},
        {"ban dua kho 5 chuc 60k cau ke", {"1", "dua kho", "5", "60k", "cau ke", "1", NULL}},
        {"mua tom the 200kg cau ngang", {"2", "tom the", "200 kg", "1", "cau ngang", "1", NULL}},
    };
    char by_text[2048];
    for (size_t i = 0; i < sizeof offers / sizeof *offers; i++) {
        story_begin(state);
        say(LAN, offers[i].text);
        snprintf(by_text, sizeof by_text, "%s", listing());
        story_begin(state);
        press_all(LAN, offers[i].keys);
        assert_string_equal(listing(), by_text);
    }
}

static void what_was_done_is_confirmed_by_sms(void **state)
{
    (void)state;
    PRESS(LAN, "1", "1", "2", "2", "8500", "cau ke");
    assert_int_equal(count("listings"), 0); /* not before it is confirmed */
    const char *screen = send(LAN, USSD_ANSWERS, "1");
    assert_says(screen, "Da luu ");
    assert_true(last.ends);
    assert_int_equal(count("listings"), 1);
    assert_int_equal(count("outbox WHERE state = 'queued' AND body LIKE 'Da luu % HUY %'"), 1);
    send(LAN, USSD_ANSWERS, "1"); /* once more, of a session that is over */
    assert_int_equal(count("listings"), 1);
}

static void nothing_is_stored_of_what_means_nothing(void **state)
{
    (void)state;
    char hundred[101] = "";
    memset(hundred, '1', 100);
    PRESS(LAN, "1", hundred, "9", "xyz", "om18", hundred, "2", "8500", "1", "7", "xyz");
    assert_int_equal(count("listings"), 0);
    assert_int_equal(count("desk"), 0);
    assert_int_equal(count("conversations WHERE question IS NOT NULL"), 0);
    assert_false(last.ends);
}

/* ---- the person's own first ---- */

static void what_one_sold_before_comes_first(void **state)
{
    (void)state;
    PRESS(LAN, "1");
    assert_says(last.text, "1 lua\n2 dua\n");
    say(LAN, "ban mit 2 tan 20k cau ngang");
    say(BINH, "ban lua st25 2 tan 9k cau ke");
    assert_says(PRESS(LAN, "1"), "1 mit Thai\n2 lua\n");
    assert_says(PRESS(LAN, "1", "1", "100", "20k"), "1 Cau Ngang\n");
    assert_says(PRESS(BINH, "3"), "1 lua ST25\n2 lua\n");
}

/* Behind what one asked for oneself; counted where one is, or in the narrowest area around where anything was. */
static void then_comes_what_most_announce_around(void **state)
{
    (void)state;
    pg_sql("DELETE FROM supply");
    pg_sql("INSERT INTO supply VALUES ('OT', '84', 'KG', 9, 0, '{}', '{}', '{}'), ('GA', '84', 'KG', 5, 0, '{}', '{}', "
           "'{}'),"
           " ('DE', '845', 'KG', 1, 0, '{}', '{}', '{}')");
    assert_says(PRESS(LAN, "1"), "1 ot\n2 ga ta\n3 lua\n");
    say(BINH, "o cau ke");
    assert_says(PRESS(BINH, "1"), "1 de hoi\n2 lua\n");
    say(BINH, "dk cua");
    assert_says(PRESS(BINH, "1"), "1 cua bien\n2 de hoi\n");
    pg_sql("DELETE FROM supply");
}

static void the_market_price_is_offered(void **state)
{
    (void)state;
    say(LAN, "o cau ke");
    pg_sql("DELETE FROM price_groups");
    pg_sql("INSERT INTO price_groups VALUES ('LUA.OM18', province_today(), '845', 'KG', 'farmgate', '', '', '', '',"
           " 8200, 8400, 8600, 12)");
    assert_says(PRESS(LAN, "1", "om18", "2"), "1 8.400d/kg (gia o day)\n");
    send(LAN, USSD_ANSWERS, "1");
    send(LAN, USSD_ANSWERS, "1");
    send(LAN, USSD_ANSWERS, "1");
    assert_int_equal(pg_sql("SELECT price_low FROM listings"), 8400);
}

/* ---- one's own listings ---- */

static void listings_are_renewed_sold_in_part_and_cancelled(void **state)
{
    (void)state;
    say(LAN, "ban lua om18 500 kg 8500 cau ke");
    assert_says(PRESS(LAN, "6", "1"), "lua OM18 500 kg\n1 Gia han\n");
    send(LAN, USSD_ANSWERS, "3");
    send(LAN, USSD_ANSWERS, "200"); /* kg, as the listing has */
    assert_says(send(LAN, USSD_ANSWERS, "1"), "xong 200 kg. Gia 8.500d/kg. Con 300 kg.");
    assert_int_equal(pg_sql("SELECT entered_quantity::int FROM listings"), 300);
    assert_says(PRESS(LAN, "6", "1", "1"), "Da gia han");
    assert_says(PRESS(LAN, "6", "1", "4"), "Huy tin ");
    assert_int_equal(count("listings WHERE state = 'open'"), 1);
    send(LAN, USSD_ANSWERS, "1");
    assert_int_equal(count("listings WHERE state = 'cancelled'"), 1);
}

/* Somebody's code typed in place of one's own. */
static void others_listings_are_neither_shown_nor_changed(void **state)
{
    (void)state;
    char code[16];
    say(LAN, "ban lua om18 500 kg 8500 cau ke");
    snprintf(code, sizeof code, "%s", pg_text("SELECT code FROM listings"));
    assert_null(strstr(PRESS(BINH, "6", code), "500 kg"));
    send(BINH, USSD_ANSWERS, "4");
    send(BINH, USSD_ANSWERS, "1");
    assert_int_equal(count("listings WHERE state = 'open'"), 1);
}

/* ---- subscribing, language, place ---- */

static void subscribing_and_stopping_are_agreed_to(void **state)
{
    (void)state;
    PRESS(LAN, "7", "1", "om18", "cau ke");
    assert_int_equal(count("subscriptions"), 0);
    send(LAN, USSD_ANSWERS, "1");
    assert_int_equal(count("subscriptions WHERE commodity = 'LUA.OM18' AND place = '845'"), 1);
    assert_int_equal(count("consent WHERE kind = 'alerts' AND granted"), 1);
    PRESS(LAN, "7", "2", "1");
    assert_int_equal(count("people WHERE stopped_at IS NOT NULL"), 1);
}

static void language_and_place_are_kept(void **state)
{
    (void)state;
    PRESS(LAN, "7", "4", "tieu can");
    assert_int_equal(count("people WHERE place = '846'"), 1);
    PRESS(LAN, "7", "3", "3");
    assert_int_equal(count("people WHERE lang = 'km' AND lang_chosen"), 1);
    assert_says(PRESS(LAN, "1"), "លក់អ្វី?");
}

/* Shrimp has seasons by its kinds only: which one is asked on the screen. */
static void the_flows_question_is_a_screen(void **state)
{
    (void)state;
    const char *screen = PRESS(LAN, "4", "tom");
    assert_says(screen, "1 ");
    assert_int_equal(count("conversations WHERE question IS NOT NULL"), 0);
    assert_says(send(LAN, USSD_ANSWERS, "1"), "0 ve");
    assert_int_equal(count("inbound WHERE intent = 'season'"), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(an_offer_by_screens_is_the_offer_by_text, story_noon),
        cmocka_unit_test_setup(what_was_done_is_confirmed_by_sms, story_noon),
        cmocka_unit_test_setup(nothing_is_stored_of_what_means_nothing, story_noon),
        cmocka_unit_test_setup(what_one_sold_before_comes_first, story_noon),
        cmocka_unit_test_setup(then_comes_what_most_announce_around, story_noon),
        cmocka_unit_test_setup(the_market_price_is_offered, story_noon),
        cmocka_unit_test_setup(listings_are_renewed_sold_in_part_and_cancelled, story_noon),
        cmocka_unit_test_setup(others_listings_are_neither_shown_nor_changed, story_noon),
        cmocka_unit_test_setup(subscribing_and_stopping_are_agreed_to, story_noon),
        cmocka_unit_test_setup(language_and_place_are_kept, story_noon),
        cmocka_unit_test_setup(the_flows_question_is_a_screen, story_noon),
    };
    return cmocka_run_group_tests(tests, story_setup, story_teardown);
}
