/* SPDX-License-Identifier: Apache-2.0
 *
 * Deals from the texts that offer and want something to the answers of both sides, on a real database.
 */
#include <stdio.h>
#include <string.h>

#include "smsd/job/clearing.h"
#include "tests/unit/smsd/worker/story_fixture.h"

#define TRADER "84933333333"
#define HOUR_US (60 * MINUTE_US)

static struct conf *conf;
static struct arena *commands; /* outlives each batch */

static int setup(void **state)
{
    struct conf_error error;
    static const char text[] = "[database]\nurl = x\n[http]\nsecret = 0123456789abcdef\n"
                               "[kannel]\nusername = u\npassword = p\n"
                               "[privacy]\nkey = 0123456789abcdef0123456789abcdef\n";
    conf = conf_parse(slice_of(text), "smsd.conf", &error);
    if (!conf)
        fprintf(stderr, "%s\n", error.text);
    commands = arena_new(4096);
    return conf ? story_setup(state) : -1;
}

static int teardown(void **state)
{
    conf_unref(&conf);
    arena_free(&commands);
    return story_teardown(state);
}

static int begin(void **state)
{
    arena_reset(commands);
    pg_sql("TRUNCATE deals, alerts_told CASCADE");
    conf->alerts.quiet_from = conf->alerts.quiet_to = 0;
    pg_sql("UPDATE clearing_runs SET started_at = 'epoch'");
    return story_begin(state);
}

static size_t step(enum db_status (*job)(const struct clearing *clearing, size_t *n_r))
{
    size_t n = 0;
    struct clearing clearing = {story_db, story_arena, conf, knowledge_acquire(), story_now_us};
    arena_reset(story_arena);
    assert_int_equal(job(&clearing, &n), DB_OK);
    knowledge_release(clearing.knowledge);
    return n;
}

/* The last alert to somebody; "" when there is none. */
static const char *told(const char *msisdn)
{
    return pg_text("SELECT coalesce((SELECT body FROM outbox o JOIN people p ON p.id = o.person_id"
                   " WHERE p.msisdn = '%s' AND o.kind = 'alert' ORDER BY o.id DESC LIMIT 1), '')",
                   msisdn);
}

static char code[16];

/* An offer of 2 t and a request for `wanted`, and what is proposed of them; `code` is the proposal's. */
static void propose(const char *wanted)
{
    say(LAN, "ban lua om18 2 tan 8000 cau ke");
    say(TRADER, wanted);
    assert_int_equal(step(clearing_run), 1);
    snprintf(code, sizeof code, "%s", pg_text("SELECT code FROM deals ORDER BY id DESC LIMIT 1"));
    code[strcspn(code, "\n")] = '\0';
}

static const char *command(const char *word)
{
    return arena_printf(commands, "%s %s", word, code);
}

/* Another day of clearing, which finds so many deals. */
static void assert_cleared(size_t deals)
{
    story_now_us += HOUR_US;
    assert_int_equal(step(clearing_run), deals);
}

static int64_t deals_in(const char *state)
{
    return pg_sql("SELECT count(*) FROM deals WHERE state = '%s'", state);
}

/* What is free of the only offer, in kilograms. */
static int64_t free_kilograms(void)
{
    return pg_sql("SELECT quantity - coalesce((SELECT sum(d.quantity) FROM deals d WHERE d.sell_id = l.id AND"
                  " d.state = 'proposed'), 0) FROM listings l WHERE side = 's' AND state = 'open'");
}

/* ---- proposing ---- */

static void an_offer_and_a_request_become_a_proposal_to_both(void **state)
{
    (void)state;
    propose("mua lua 5 tan 8500 tieu can");
    assert_int_equal(pg_sql("SELECT count(*) FROM deals WHERE state = 'proposed' AND quantity = 2000"
                            " AND price BETWEEN 8150 AND 8250 AND price_unit = 'KG'"
                            " AND until = proposed_at + interval '24 hours'"),
                     1);
    assert_says(told(LAN), "co moi mua 2 tan lua OM18 8.");
    assert_says(told(LAN), "Nguoi mua o Tieu Can.");
    assert_says(told(LAN), arena_printf(commands, "NHAN %s. Khong: KHONG %s", code, code));
    assert_says(told(TRADER), "co 2 tan lua OM18 ban 8.");
    assert_says(told(TRADER), "Hang o Cau Ke.");
}

static void what_is_proposed_is_reserved_and_the_rest_is_not(void **state)
{
    (void)state;
    propose("mua lua 1,5 tan 8500 tieu can");
    assert_int_equal(free_kilograms(), 500);
    say(BINH, "mua lua 5 tan 8600 cau ke");
    assert_cleared(1);
    assert_int_equal(pg_sql("SELECT quantity FROM deals ORDER BY id DESC LIMIT 1"), 500);
    assert_int_equal(free_kilograms(), 0);
    assert_cleared(0);
}

static void nobody_gets_more_proposals_than_the_limits_say(void **state)
{
    (void)state;
    say(TRADER, "mua lua 50 tan 8500 cau ke");
    for (int i = 0; i < 5; i++)
        say(arena_printf(commands, "8490000000%d", i), "ban lua om18 2 tan 8000 cau ke");
    assert_int_equal(step(clearing_run), 3); /* alerts.per_day and clearing.proposals */
    assert_cleared(0);
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox o JOIN people p ON p.id = o.person_id"
                            " WHERE msisdn = '" TRADER "' AND kind = 'alert'"),
                     3);
}

static void who_stopped_gets_none(void **state)
{
    (void)state;
    say(LAN, "ban lua om18 2 tan 8000 cau ke");
    say(TRADER, "mua lua 5 tan 8500 tieu can");
    say(TRADER, "stop");
    assert_int_equal(step(clearing_run), 0);
}

static void it_is_cleared_once_an_hour_and_not_at_night(void **state)
{
    (void)state;
    propose("mua lua 1 tan 8500 tieu can");
    say(BINH, "mua lua 1 tan 8500 tieu can");
    assert_int_equal(step(clearing_run), 0);
    conf->alerts.quiet_from = (int)((story_now_us / HOUR_US + 7) % 24); /* the province's hour */
    conf->alerts.quiet_to = (conf->alerts.quiet_from + 3) % 24;
    assert_cleared(0);
    conf->alerts.quiet_to = conf->alerts.quiet_from;
    assert_int_equal(step(clearing_run), 1);
}

/* ---- answering ---- */

static void what_both_accept_is_matched_and_both_are_told(void **state)
{
    (void)state;
    propose("mua lua 5 tan 8500 tieu can");
    assert_says(say(LAN, command("nhan")), "Dang cho ben kia");
    assert_int_equal(deals_in("proposed"), 1);
    const char *answer = say(TRADER, command("nhan"));
    assert_says(answer, "hai ben chiu 2 tan lua OM18");
    assert_says(answer, "Con lai 3 tan");
    assert_says(answer, pg_text("SELECT 'NHAN TIN ' || code || ':' FROM listings WHERE side = 's'"));
    assert_says(told(LAN), "hai ben chiu 2 tan lua OM18");
    assert_says(told(LAN), pg_text("SELECT 'NHAN TIN ' || code || ':' FROM listings WHERE side = 'b'"));
    assert_int_equal(deals_in("accepted"), 1);
    assert_int_equal(pg_sql("SELECT count(*) FROM listings WHERE side = 's' AND state = 'matched'"), 1);
    assert_int_equal(
        pg_sql("SELECT quantity FROM listings WHERE side = 'b' AND state = 'open' AND entered_quantity = 3"), 3000);
    assert_int_equal(pg_sql("SELECT count(*) FROM listing_events WHERE state = 'matched'"), 1);
    assert_int_equal(pg_sql("SELECT count(*) FROM listing_events WHERE changes -> 'quantity' = '[5000.000, 3000.000]'"),
                     1);
    assert_int_equal(pg_sql("SELECT count(*) FROM listing_deals d JOIN deals USING (price, price_unit)"
                            " WHERE d.listing_id = sell_id AND d.quantity = 2000 AND d.unit = 'KG'"),
                     1);
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE body LIKE '%%849%%'"), 0);
    assert_cleared(0);
}

static void a_number_is_shown_only_where_its_owner_said_so(void **state)
{
    (void)state;
    propose("mua lua 5 tan 8500 tieu can");
    pg_sql("INSERT INTO consent (person_id, kind, granted, text_version, inbound_id, at)"
           " SELECT id, 'contact', granted, '1', 1, now() FROM people, (VALUES (false), (true)) AS said(granted)"
           "  WHERE msisdn = '" LAN "'");
    say(LAN, command("nhan"));
    const char *answer = say(TRADER, command("nhan"));
    assert_says(answer, "Goi ben kia: 0912345678");
    assert_null(strstr(answer, "NHAN TIN"));
    assert_says(told(LAN), "NHAN TIN");
    assert_null(strstr(told(LAN), "Goi"));
}

static void a_repeat_is_harmless(void **state)
{
    (void)state;
    propose("mua lua 5 tan 8500 tieu can");
    say(LAN, command("nhan"));
    story_now_us += HOUR_US;
    assert_says(say(LAN, command("nhan")), "Dang cho ben kia");
    say(TRADER, command("nhan"));
    story_now_us += HOUR_US;
    assert_says(say(LAN, command("nhan")), "hai ben chiu");
    assert_says(say(LAN, command("khong")), "hai ben chiu");
    assert_int_equal(deals_in("accepted"), 1);
    assert_int_equal(pg_sql("SELECT count(*) FROM listing_events WHERE state = 'matched'"), 1);
    assert_int_equal(pg_sql("SELECT quantity FROM listings WHERE side = 'b'"), 3000);
}

static void what_one_refuses_is_free_and_not_proposed_again_at_these_prices(void **state)
{
    (void)state;
    propose("mua lua 5 tan 8500 tieu can");
    say(LAN, command("nhan"));
    assert_says(say(TRADER, command("khong")), "Da tu choi");
    assert_says(told(LAN), "ben kia tu choi");
    assert_int_equal(deals_in("refused"), 1);
    assert_int_equal(free_kilograms(), 2000);
    assert_says(say(LAN, command("nhan")), "da ket thuc");
    assert_cleared(0);
    pg_sql("UPDATE listings SET price_low = 7900, price_high = 7900 WHERE side = 's'");
    assert_cleared(1);
}

static void one_may_think_better_of_it_while_the_other_is_silent(void **state)
{
    (void)state;
    propose("mua lua 5 tan 8500 tieu can");
    say(LAN, command("nhan"));
    assert_says(say(LAN, command("khong")), "Da tu choi");
    assert_says(say(TRADER, command("nhan")), "da ket thuc");
    assert_int_equal(deals_in("refused"), 1);
}

static void what_nobody_takes_in_a_day_is_free_and_both_are_told(void **state)
{
    (void)state;
    propose("mua lua 5 tan 8500 tieu can");
    say(LAN, command("nhan"));
    story_now_us += 23 * HOUR_US;
    assert_int_equal(step(clearing_end), 0);
    story_now_us += HOUR_US;
    assert_says(say(TRADER, command("nhan")), "da ket thuc"); /* before the job comes by */
    assert_int_equal(step(clearing_end), 1);
    assert_int_equal(step(clearing_end), 0);
    assert_says(told(LAN), "da het han");
    assert_says(told(TRADER), "da het han");
    assert_int_equal(deals_in("expired"), 1);
    assert_int_equal(free_kilograms(), 2000);
    assert_cleared(0);
}

static void a_listing_that_goes_takes_its_proposals_along(void **state)
{
    (void)state;
    propose("mua lua 5 tan 8500 tieu can");
    say(TRADER, pg_text("SELECT 'huy ' || code FROM listings WHERE side = 'b'"));
    assert_int_equal(step(clearing_end), 1);
    assert_says(told(LAN), "khong con nua");
    assert_int_equal(deals_in("withdrawn"), 1);
    assert_says(say(LAN, command("nhan")), "da ket thuc");
}

static void who_accepts_what_no_longer_stands_hears_it_at_once(void **state)
{
    (void)state;
    propose("mua lua 5 tan 8500 tieu can");
    say(LAN, pg_text("SELECT 'huy ' || code FROM listings WHERE side = 's'"));
    assert_says(say(TRADER, command("nhan")), "khong con nua");
    assert_says(told(LAN), "khong con nua");
    assert_int_equal(deals_in("withdrawn"), 1);
    assert_int_equal(step(clearing_end), 0);
}

static void only_the_two_sides_answer(void **state)
{
    (void)state;
    propose("mua lua 5 tan 8500 tieu can");
    assert_says(say(BINH, command("nhan")), "Khong thay de nghi");
    assert_says(say(BINH, command("khong")), "Khong thay de nghi");
    assert_int_equal(pg_sql("SELECT count(*) FROM deals WHERE state = 'proposed' AND seller_at IS NULL"
                            " AND buyer_at IS NULL"),
                     1);
}

static void the_code_of_a_listing_will_do(void **state)
{
    (void)state;
    propose("mua lua 5 tan 8500 tieu can");
    assert_says(say(LAN, pg_text("SELECT 'nhan ' || code FROM listings WHERE side = 's'")), "Dang cho ben kia");
    assert_says(say(TRADER, pg_text("SELECT 'nhan ' || code FROM listings WHERE side = 's'")), "hai ben chiu");
}

static void of_several_the_code_is_asked_for(void **state)
{
    (void)state;
    propose("mua lua 1 tan 8500 tieu can");
    say(BINH, "mua lua 1 tan 8500 tieu can");
    assert_cleared(1);
    const char *answer = say(LAN, pg_text("SELECT 'nhan ' || code FROM listings WHERE side = 's'"));
    assert_says(answer, "Dang cho bac: ");
    assert_says(answer, code);
    assert_int_equal(pg_sql("SELECT count(*) FROM deals WHERE seller_at IS NOT NULL"), 0);
}

static void both_may_answer_in_one_batch(void **state)
{
    (void)state;
    propose("mua lua 5 tan 8500 tieu can");
    struct envelope one = story_text(LAN, "one", command("nhan")), two = story_text(TRADER, "two", command("nhan")),
                    *envelopes[] = {&one, &two};
    struct batch batch = story_batch(envelopes, 2);
    assert_int_equal(batch_run(&batch), DB_OK);
    knowledge_release(batch.knowledge);
    assert_says(batch.turns[0].reply.text, "Dang cho ben kia");
    assert_says(batch.turns[1].reply.text, "hai ben chiu");
    assert_says(told(LAN), "hai ben chiu");
    assert_int_equal(deals_in("accepted"), 1);
}

static void who_cancels_in_the_same_batch_is_not_held_to_it(void **state)
{
    (void)state;
    propose("mua lua 5 tan 8500 tieu can");
    say(LAN, command("nhan"));
    const char *cancel =
        arena_copy(commands, slice_of(pg_text("SELECT 'huy ' || code || ' ' FROM listings WHERE side = 's'")));
    struct envelope one = story_text(LAN, "one", cancel), two = story_text(TRADER, "two", command("nhan")),
                    *envelopes[] = {&one, &two};
    struct batch batch = story_batch(envelopes, 2);
    assert_int_equal(batch_run(&batch), DB_OK);
    knowledge_release(batch.knowledge);
    assert_says(batch.turns[0].reply.text, "Da huy");
    assert_says(batch.turns[1].reply.text, "khong con nua");
    assert_int_equal(deals_in("withdrawn"), 1);
    assert_int_equal(pg_sql("SELECT quantity FROM listings WHERE side = 'b'"), 5000);
}

static void both_sides_are_locked_while_one_answers(void **state)
{
    (void)state;
    propose("mua lua 5 tan 8500 tieu can");
    struct envelope envelope = story_text(LAN, "one", command("nhan")), *envelopes[] = {&envelope};
    struct db_error error;
    struct db *impatient =
        db_open(arena_printf(commands, "%s options='-c lock_timeout=200'", pg_conninfo("chonoi_smsd")), "test",
                DB_PLANS_KEPT, &error);
    pg_sql("BEGIN");
    pg_sql("SELECT 1 FROM people WHERE msisdn = '" TRADER "' FOR NO KEY UPDATE");
    struct batch batch = story_batch(envelopes, 1);
    batch.db = impatient;
    assert_int_equal(batch_run(&batch), DB_BLOCKED);
    knowledge_release(batch.knowledge);
    pg_sql("ROLLBACK");
    db_close(&impatient);
}

static void every_language_answers(void **state)
{
    (void)state;
    static const struct {
        const char *choose, *accepts, *refuses;
    } langs[] = {
        {"nn vi dau", "Đang chờ bên kia", "Đã từ chối"},
        {"nn km", "អ្នកបានទទួល", "អ្នកបានបដិសេធ"},
        {"nn zh", "您已接受", "您已拒绝"},
        {"nn en", "You accepted", "You refused"},
    };
    for (size_t i = 0; i < sizeof langs / sizeof *langs; i++) {
        begin(state);
        say(LAN, langs[i].choose);
        propose("mua lua 5 tan 8500 tieu can");
        assert_says(told(LAN), arena_printf(commands, "NHAN %s", code));
        assert_says(say(LAN, command("nhan")), langs[i].accepts);
        assert_says(say(LAN, command("khong")), langs[i].refuses);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(an_offer_and_a_request_become_a_proposal_to_both, begin),
        cmocka_unit_test_setup(what_is_proposed_is_reserved_and_the_rest_is_not, begin),
        cmocka_unit_test_setup(nobody_gets_more_proposals_than_the_limits_say, begin),
        cmocka_unit_test_setup(who_stopped_gets_none, begin),
        cmocka_unit_test_setup(it_is_cleared_once_an_hour_and_not_at_night, begin),
        cmocka_unit_test_setup(what_both_accept_is_matched_and_both_are_told, begin),
        cmocka_unit_test_setup(a_number_is_shown_only_where_its_owner_said_so, begin),
        cmocka_unit_test_setup(a_repeat_is_harmless, begin),
        cmocka_unit_test_setup(what_one_refuses_is_free_and_not_proposed_again_at_these_prices, begin),
        cmocka_unit_test_setup(one_may_think_better_of_it_while_the_other_is_silent, begin),
        cmocka_unit_test_setup(what_nobody_takes_in_a_day_is_free_and_both_are_told, begin),
        cmocka_unit_test_setup(a_listing_that_goes_takes_its_proposals_along, begin),
        cmocka_unit_test_setup(who_accepts_what_no_longer_stands_hears_it_at_once, begin),
        cmocka_unit_test_setup(only_the_two_sides_answer, begin),
        cmocka_unit_test_setup(the_code_of_a_listing_will_do, begin),
        cmocka_unit_test_setup(of_several_the_code_is_asked_for, begin),
        cmocka_unit_test_setup(both_may_answer_in_one_batch, begin),
        cmocka_unit_test_setup(who_cancels_in_the_same_batch_is_not_held_to_it, begin),
        cmocka_unit_test_setup(both_sides_are_locked_while_one_answers, begin),
        cmocka_unit_test_setup(every_language_answers, begin),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
