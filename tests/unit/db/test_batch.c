/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/db/pg_fixture.h"

#include <stdio.h>
#include <string.h>

#include "db/batch.h"
#include "parsers/market/listing_code.h"

static struct db *db;
static struct arena *arena;
static int64_t now_us;

static int begin(void **state)
{
    (void)state;
    pg_sql(
        "TRUNCATE people, conversations, listings, inbound, inbound_seen, outbox, dead_letter, listing_events CASCADE");
    db = pg_daemon();
    arena = arena_new(64 * 1024);
    now_us = pg_now_us();
    assert_int_equal(ids_reserve(db, 100), DB_OK);
    return 0;
}

static int end(void **state)
{
    (void)state;
    batch_rollback(db);
    db_close(&db);
    arena_free(&arena);
    return 0;
}

static struct mo text_of(const char *msisdn, const char *kannel_id, const char *text)
{
    return (struct mo){.kannel_id = kannel_id,
                       .msisdn = msisdn,
                       .short_code = "8055",
                       .text = text,
                       .channel = CHANNEL_SMS,
                       .received_us = now_us - 1000,
                       .text_hash = 0xF00DF00DF00DF00D};
}

static void open_batch(const struct mo *mos, size_t n, struct sender *senders)
{
    if (batch_open(db, arena, "84", mos, n, NULL, 0, senders, NULL) != DB_OK)
        fail_msg("%s", db_error(db)->text);
}

static void commit(const struct mo *mos, const struct effects *effects)
{
    if (batch_commit(db, mos, effects, now_us) != DB_OK)
        fail_msg("%s", db_error(db)->text);
}

static struct outbox_row reply_to(const struct sender *sender, const char *body)
{
    return (struct outbox_row){.id = ids_take(db),
                               .person_id = sender->person_id,
                               .kind = OUTBOX_REPLY,
                               .body = body,
                               .coding = 0,
                               .segments = 1,
                               .handed = true,
                               .sender = "8055"};
}

static struct listing_row offer_of(const struct sender *sender, const char *commodity, char side)
{
    char *code = arena_alloc(arena, LISTING_CODE_MAX);
    while (!listing_code_make(serial_take(db), code))
        continue;
    return (struct listing_row){.id = ids_take(db),
                                .code = code,
                                .person_id = sender->person_id,
                                .side = side,
                                .commodity = commodity,
                                .quantity_milli = 2000000,
                                .base_unit = "KG",
                                .entered_milli = 2000,
                                .entered_unit = "TAN",
                                .price_low = 8500,
                                .price_high = 8500,
                                .price_unit = "KG",
                                .place = "845",
                                .ready = DAY_NONE,
                                .until = day_of_moment(now_us) + 14,
                                .size = "",
                                .grade = "",
                                .state = "",
                                .inbound_id = 1,
                                .text_hash = 0xF00DF00DF00DF00D};
}

static void a_stranger_is_made_and_known_the_next_time(void **state)
{
    (void)state;
    const struct mo mos[] = {text_of("84912000002", "a", "t"), text_of("84912000001", "b", "t")};
    struct sender senders[2];
    open_batch(mos, 2, senders);
    assert_true(senders[1].person_id < senders[0].person_id); /* made in number order */
    assert_int_equal(senders[0].lang, LANG_VI);
    assert_string_equal(senders[0].place, "");
    assert_false(senders[0].stopped || senders[0].welcomed || senders[0].seen);
    assert_null(senders[0].question);
    assert_int_equal(senders[0].last_hash, 0);
    commit(mos, &(struct effects){0});
    int64_t first = senders[0].person_id;
    open_batch(mos, 2, senders);
    assert_int_equal(senders[0].person_id, first);
    assert_int_equal(pg_sql("SELECT count(*) FROM people"), 2);
}

static void a_batch_that_is_rolled_back_left_no_more_than_its_strangers(void **state)
{
    (void)state;
    const struct mo mo = text_of("84912000001", "a", "t");
    struct sender sender;
    open_batch(&mo, 1, &sender);
    batch_rollback(db);
    batch_rollback(db);
    assert_int_equal(pg_sql("SELECT count(*) FROM people"), 1);
    assert_int_equal(pg_sql("SELECT count(*) FROM inbound_seen"), 0);
    assert_int_equal(
        pg_sql("SELECT count(*) FROM pg_locks WHERE locktype = 'transactionid' AND pid <> pg_backend_pid()"), 0);
}

static void what_is_written_is_read_the_next_time(void **state)
{
    (void)state;
    const struct mo mo = text_of("84912000001", "a", "bán \"lúa\" \\ {x},NULL");
    struct sender sender;
    open_batch(&mo, 1, &sender);
    struct conversation_row conversation = {.person_id = sender.person_id,
                                            .question = "{\"ask\": \"place\"}",
                                            .question_us = now_us - 7,
                                            .failures = 2,
                                            .last_hash = 0xFFFFFFFFFFFFFFFE,
                                            .last_repeatable = true,
                                            .last_answer = "Ở đâu?",
                                            .hour_us = now_us - 5,
                                            .hour_replies = 3,
                                            .hour_same = 1};
    struct person_change change = {.person_id = sender.person_id,
                                   .set_lang = true,
                                   .lang = LANG_KM,
                                   .lang_chosen = true,
                                   .set_place = true,
                                   .place = "845",
                                   .set_stopped = true,
                                   .stopped = true,
                                   .set_welcomed = true};
    struct inbound_row inbound = {
        .id = ids_take(db), .person_id = sender.person_id, .intent = "sell", .outcome = "ask"};
    struct consent_row consent = {sender.person_id, "service", false, "v1", inbound.id};
    struct desk_row desk = {sender.person_id, inbound.id, "not_understood", "", ""};
    commit(&mo, &(struct effects){.n_conversations = 1,
                                  .conversations = &conversation,
                                  .n_persons = 1,
                                  .persons = &change,
                                  .n_inbound = 1,
                                  .inbound = &inbound,
                                  .n_consents = 1,
                                  .consents = &consent,
                                  .n_desk = 1,
                                  .desk = &desk});
    open_batch(&mo, 1, &sender);
    assert_int_equal(sender.lang, LANG_KM);
    assert_true(sender.lang_chosen && sender.stopped && sender.welcomed && sender.last_repeatable);
    assert_string_equal(sender.place, "845");
    assert_string_equal(sender.question, conversation.question);
    assert_int_equal(sender.question_us, now_us - 7);
    assert_int_equal(sender.last_us, now_us);
    assert_int_equal(sender.hour_us, now_us - 5);
    assert_true(sender.last_hash == conversation.last_hash);
    assert_string_equal(sender.last_answer, "Ở đâu?");
    assert_int_equal(sender.failures * 100 + sender.hour_replies * 10 + sender.hour_same, 231);
    assert_string_equal(pg_text("SELECT text FROM inbound"), mo.text);
    assert_int_equal(pg_sql("SELECT count(*) FROM consent WHERE NOT granted AND text_version = 'v1'"), 1);
    assert_int_equal(pg_sql("SELECT count(*) FROM desk WHERE state = 'open'"), 1);
}

/* The same question asked anew has the time of its renewal, and a closed one has none. */
static void a_question_has_the_time_it_was_asked(void **state)
{
    (void)state;
    const struct mo mo = text_of("84912000001", "a", "t");
    const struct {
        const char *question;
        int64_t asked_us, read_us;
    } cases[] = {{"{}", now_us - 9, now_us - 9}, {"{}", now_us, now_us}, {NULL, now_us, 0}};
    struct sender sender;
    open_batch(&mo, 1, &sender);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct conversation_row row = {.person_id = sender.person_id,
                                       .question = cases[i].question,
                                       .question_us = cases[i].asked_us,
                                       .last_answer = ""};
        commit(&mo, &(struct effects){.n_conversations = 1, .conversations = &row});
        open_batch(&mo, 1, &sender);
        assert_int_equal(sender.question_us, cases[i].read_us);
    }
}

static void what_is_not_set_stays(void **state)
{
    (void)state;
    const struct mo mo = text_of("84912000001", "a", "t");
    struct sender sender;
    open_batch(&mo, 1, &sender);
    struct person_change place = {.person_id = sender.person_id, .set_place = true, .place = "845"};
    commit(&mo, &(struct effects){.n_persons = 1, .persons = &place});
    open_batch(&mo, 1, &sender);
    struct person_change stop = {.person_id = sender.person_id, .set_stopped = true, .stopped = true};
    commit(&mo, &(struct effects){.n_persons = 1, .persons = &stop});
    open_batch(&mo, 1, &sender);
    assert_string_equal(sender.place, "845");
    assert_true(sender.stopped);
    struct person_change start = {.person_id = sender.person_id, .set_stopped = true, .stopped = false};
    commit(&mo, &(struct effects){.n_persons = 1, .persons = &start});
    open_batch(&mo, 1, &sender);
    assert_false(sender.stopped || sender.welcomed);
}

static void a_text_brought_again_has_its_stored_answer(void **state)
{
    (void)state;
    const struct mo mos[] = {text_of("84912000001", "a", "t"), text_of("84912000002", "a", "t")};
    struct sender senders[2];
    open_batch(mos, 2, senders);
    struct outbox_row reply = reply_to(&senders[0], "Da luu");
    struct inbound_row inbound[] = {{ids_take(db), 0, senders[0].person_id, "sell", "sure", reply.id},
                                    {ids_take(db), 1, senders[1].person_id, "junk", "none", 0}};
    const struct effects effects = {.n_outbox = 1, .outbox = &reply, .n_inbound = 2, .inbound = inbound};
    commit(mos, &effects);
    open_batch(mos, 2, senders);
    assert_true(senders[0].seen && senders[1].seen);
    assert_string_equal(senders[0].seen_answer, "Da luu");
    assert_int_equal(senders[0].seen_answer_id, reply.id);
    assert_int_equal(senders[0].seen_created_us, now_us);
    assert_string_equal(senders[1].seen_answer, "");
    assert_int_equal(senders[1].seen_answer_id, 0);
    assert_int_equal(senders[1].seen_created_us, 0);
    /* Acting on one again is refused. */
    inbound[0] = (struct inbound_row){ids_take(db), 0, senders[0].person_id, "sell", "sure", 0};
    assert_int_equal(batch_commit(db, mos, &(struct effects){.n_inbound = 1, .inbound = inbound}, now_us), DB_REFUSED);
    assert_string_equal(db_error(db)->sqlstate, "23505");
    batch_rollback(db);
    assert_int_equal(pg_sql("SELECT count(*) FROM inbound"), 2);
}

/* The same words under a new id are known by that id, too, should it be brought again. */
static void a_duplicates_id_is_kept(void **state)
{
    (void)state;
    const struct mo mo = text_of("84912000001", "b", "t");
    struct sender sender;
    open_batch(&mo, 1, &sender);
    struct inbound_row inbound = {ids_take(db), 0, sender.person_id, "sell", "duplicate", 0};
    commit(&mo, &(struct effects){.n_inbound = 1, .inbound = &inbound});
    open_batch(&mo, 1, &sender);
    assert_true(sender.seen);
}

/* Nobody made the month: an administrator's work, after which the same text is taken. */
static void a_missing_month_is_no_fault_of_the_text(void **state)
{
    (void)state;
    const struct mo mo = text_of("84912000001", "a", "t");
    struct sender sender;
    open_batch(&mo, 1, &sender);
    struct outbox_row reply = reply_to(&sender, "Da luu");
    const struct effects effects = {.n_outbox = 1, .outbox = &reply};
    assert_int_equal(batch_commit(db, &mo, &effects, now_us + 400LL * 24 * 3600 * 1000000), DB_BUSY);
    assert_string_equal(db_error(db)->sqlstate, "23514");
    batch_rollback(db);
    open_batch(&mo, 1, &sender);
    reply.segments = 0;
    assert_int_equal(batch_commit(db, &mo, &effects, now_us), DB_REFUSED);
    assert_string_equal(db_error(db)->sqlstate, "23514");
}

static void an_offer_is_found_by_code_number_and_text(void **state)
{
    (void)state;
    const struct mo mo = text_of("84912000001", "a", "t"), other = text_of("84912000002", "b", "t");
    struct sender sender;
    open_batch(&mo, 1, &sender);
    struct listing_row offers[] = {offer_of(&sender, "LUA.OM18", 's'), offer_of(&sender, "DUA", 's')};
    offers[1].text_hash = 5;
    offers[1].quantity_milli = 0;
    commit(&mo, &(struct effects){.n_listings = 2, .listings = offers});
    const struct lookup lookups[] = {{.listing_code = offers[0].code},
                                     {.own_number = 2},
                                     {.own_number = 3},
                                     {.repeat = true},
                                     {.listing_code = "NONE"}};
    struct found found[5];
    assert_int_equal(batch_open(db, arena, "84", &mo, 1, lookups, 5, &sender, found), DB_OK);
    assert_int_equal(found[0].listing.id, offers[0].id);
    assert_string_equal(found[0].listing.code, offers[0].code);
    assert_string_equal(found[0].listing.commodity, "LUA.OM18");
    assert_int_equal(found[0].listing.state, LISTING_OPEN);
    assert_int_equal(found[0].listing.person_id, sender.person_id);
    assert_int_equal(found[1].listing.id, offers[1].id);
    assert_int_equal(found[2].listing.id, 0);
    assert_int_equal(found[3].repeat.id, offers[0].id);
    assert_int_equal(found[3].listing.id, 0);
    assert_int_equal(found[4].listing.id, 0);
    batch_rollback(db);
    assert_int_equal(batch_open(db, arena, "84", &other, 1, lookups, 5, &sender, found), DB_OK);
    assert_int_equal(found[0].listing.id, offers[0].id);
    assert_int_equal(found[1].listing.id, 0);
    assert_int_equal(found[3].repeat.id, 0);
}

static void an_offer_whose_time_is_over_is_found_by_code_only(void **state)
{
    (void)state;
    const struct mo mo = text_of("84912000001", "a", "t");
    struct sender sender;
    open_batch(&mo, 1, &sender);
    struct listing_row offers[] = {offer_of(&sender, "DUA", 's'), offer_of(&sender, "LUA.OM18", 's')};
    offers[0].until = day_of_moment(now_us) - 1;
    offers[1].until = day_of_moment(now_us);
    offers[1].text_hash = 5;
    commit(&mo, &(struct effects){.n_listings = 2, .listings = offers});
    const struct lookup lookups[] = {{.listing_code = offers[0].code}, {.own_number = 1}, {.repeat = true}};
    struct found found[3];
    assert_int_equal(batch_open(db, arena, "84", &mo, 1, lookups, 3, &sender, found), DB_OK);
    assert_int_equal(found[0].listing.id, offers[0].id);
    assert_int_equal(found[1].listing.id, offers[1].id);
    assert_int_equal(found[2].repeat.id, 0);
}

static void the_other_side_is_found_by_goods_and_place(void **state)
{
    (void)state;
    const struct mo mos[] = {text_of("84912000001", "a", "t"), text_of("84912000002", "b", "t")};
    struct sender senders[2];
    open_batch(mos, 2, senders);
    struct listing_row bids[] = {offer_of(&senders[1], "LUA", 'b'),      offer_of(&senders[1], "LUA.OM18", 'b'),
                                 offer_of(&senders[1], "LUA.ST25", 'b'), offer_of(&senders[0], "LUA.OM18", 'b'),
                                 offer_of(&senders[1], "LUA.OM18", 's'), offer_of(&senders[1], "LUA.OM18", 'b'),
                                 offer_of(&senders[1], "LUA.OM18", 'b'), offer_of(&senders[1], "LUA.OM18", 'b')};
    bids[5].place = "91N";                     /* another province */
    bids[6].place = "86";                      /* the same one on the new map */
    bids[7].until = day_of_moment(now_us) - 1; /* over */
    commit(mos, &(struct effects){.n_listings = 8, .listings = bids});
    const struct lookup lookups[] = {{.commodity = "LUA.OM18", .place = "847", .lots_side = 'b', .lots_max = LOTS_MAX},
                                     {.commodity = "LUA", .place = "847", .lots_side = 'b', .lots_max = LOTS_MAX},
                                     {.commodity = "LUA.OM18", .lots_side = 's', .lots_max = LOTS_MAX},
                                     {.commodity = "LUA.OM18", .place = "01", .lots_side = 'b', .lots_max = LOTS_MAX}};
    struct found found[4];
    assert_int_equal(batch_open(db, arena, "84", mos, 1, lookups, 4, senders, found), DB_OK);
    assert_int_equal(found[0].n_lots, 5); /* LUA, both OM18 here, one at 86, one linked */
    assert_int_equal(found[0].lots[3].step, LOT_PROVINCE);
    assert_int_equal(found[0].lots[4].step, LOT_LINKED);
    assert_string_equal(found[0].lots[4].place, "91N");
    assert_int_equal(found[1].n_lots, 6); /* and ST25 */
    assert_int_equal(found[2].n_lots, 1);
    assert_int_equal(found[3].n_lots, 0);
    assert_int_equal(batch_lookup(db, arena, "84", mos, senders, lookups, 1, found), DB_OK);
    assert_int_equal(found[0].n_lots, 5);
}

/* 8,500 a kilogram is more than 8,400,000 a tonne; what is to be agreed comes last; of more than anyone is told of, the
 * best. */
static void the_best_of_many_lots_are_found(void **state)
{
    (void)state;
    const struct mo mos[] = {text_of("84912000001", "a", "t"), text_of("84912000002", "b", "t")};
    struct sender senders[2];
    open_batch(mos, 2, senders);
    struct listing_row bids[LOTS_MAX + 2];
    assert_int_equal(ids_reserve(db, 2 * (LOTS_MAX + 2)), DB_OK);
    for (size_t i = 0; i < LOTS_MAX + 2; i++)
        bids[i] = offer_of(&senders[1], "LUA.OM18", 'b');
    bids[0].price_low = bids[0].price_high = 8500;
    bids[0].price_factor = 1000;
    bids[7].price_low = bids[7].price_high = 8400000;
    bids[7].price_unit = "TAN";
    bids[7].price_factor = 1000000;
    bids[9].price_low = bids[9].price_high = 9000;
    bids[9].price_factor = 1000;
    commit(mos, &(struct effects){.n_listings = LOTS_MAX + 2, .listings = bids});
    const struct lookup lookup = {.commodity = "LUA.OM18", .place = "847", .lots_side = 'b', .lots_max = LOTS_MAX};
    struct found found;
    assert_int_equal(batch_open(db, arena, "84", mos, 1, &lookup, 1, senders, &found), DB_OK);
    assert_int_equal(found.n_lots, LOTS_MAX);
    assert_string_equal(found.lots[0].code, bids[9].code);
    assert_string_equal(found.lots[1].code, bids[0].code);
    assert_string_equal(found.lots[2].code, bids[7].code);
    assert_int_equal(found.lots[2].price_high, 8400000);
}

static void a_refused_batch_can_be_done_again(void **state)
{
    (void)state;
    const struct mo mo = text_of("84912000001", "a", "t");
    struct sender sender;
    open_batch(&mo, 1, &sender);
    struct listing_row offer = offer_of(&sender, "LUA", 's');
    offer.price_low = -1;
    assert_int_equal(batch_commit(db, &mo, &(struct effects){.n_listings = 1, .listings = &offer}, now_us), DB_REFUSED);
    assert_string_equal(db_error(db)->sqlstate, "23514");
    batch_rollback(db);
    open_batch(&mo, 1, &sender);
    struct dead_row dead = {0, sender.person_id, "refused"};
    struct inbound_row inbound = {ids_take(db), 0, sender.person_id, "none", "dead", 0};
    commit(&mo, &(struct effects){.n_dead = 1, .dead = &dead, .n_inbound = 1, .inbound = &inbound});
    assert_string_equal(pg_text("SELECT concat_ws(' ', msisdn, kannel_id, text, reason) FROM dead_letter"),
                        "84912000001 a t refused");
}

static void a_gateways_wrong_clock_finds_a_month(void **state)
{
    (void)state;
    struct mo mos[] = {text_of("84912000001", "a", "t"), text_of("84912000002", "b", "t")};
    mos[0].received_us = 0;
    mos[1].received_us = now_us * 2;
    struct sender senders[2];
    open_batch(mos, 2, senders);
    struct inbound_row inbound[] = {{ids_take(db), 0, senders[0].person_id, "none", "none", 0},
                                    {ids_take(db), 1, senders[1].person_id, "none", "none", 0}};
    commit(mos, &(struct effects){.n_inbound = 2, .inbound = inbound});
    assert_int_equal(pg_sql("SELECT count(*) FROM inbound WHERE received_at <= now()"), 2);
}

static void ids_are_never_given_twice(void **state)
{
    (void)state;
    struct db *second = pg_daemon();
    assert_int_equal(ids_reserve(db, 800), DB_OK);
    assert_int_equal(ids_reserve(second, 10), DB_OK);
    int64_t last = ids_take(db), other = ids_take(second);
    uint64_t serial = serial_take(db);
    for (int i = 1; i < 800; i++) {
        int64_t id = ids_take(db);
        assert_true(id > last && id != other);
        last = id;
        uint64_t next = serial_take(db);
        assert_true(next > serial);
        serial = next;
    }
    assert_int_equal(ids_reserve(db, 5000), DB_REFUSED);
    db_close(&second);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_stranger_is_made_and_known_the_next_time),
        TEST(a_batch_that_is_rolled_back_left_no_more_than_its_strangers),
        TEST(what_is_written_is_read_the_next_time),
        TEST(a_question_has_the_time_it_was_asked),
        TEST(what_is_not_set_stays),
        TEST(a_text_brought_again_has_its_stored_answer),
        TEST(a_duplicates_id_is_kept),
        TEST(a_missing_month_is_no_fault_of_the_text),
        TEST(an_offer_is_found_by_code_number_and_text),
        TEST(an_offer_whose_time_is_over_is_found_by_code_only),
        TEST(the_other_side_is_found_by_goods_and_place),
        TEST(the_best_of_many_lots_are_found),
        TEST(a_refused_batch_can_be_done_again),
        TEST(a_gateways_wrong_clock_finds_a_month),
        TEST(ids_are_never_given_twice),
    };
    return cmocka_run_group_tests(tests, pg_setup_seeded, pg_teardown);
}
