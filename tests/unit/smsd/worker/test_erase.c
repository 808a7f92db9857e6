/* SPDX-License-Identifier: Apache-2.0
 *
 * XOA TOI after a life with everything in it: neither the number nor a word of it is left in any table.
 */
#include <stdio.h>
#include <string.h>

#include "db/erase.h"
#include "smsd/keyed/keyed.h"
#include "tests/unit/smsd/worker/story_fixture.h"

static const char *const life[] = {
    "ban lua om18 47 tan 8500 cau ke", "ban dua hau 31 tan 9000 cau ngang",
    "gia lua om18 o cau ke xa hoa an", "HOI lua cua toi bi ray nau phai lam sao",
    "xyzzy abracadabra mot",           "xyzzy abracadabra hai",
    "o xa hoa an huyen cau ke",        "ban lua st25 19 tan cau ke",
};

/* Confirms what waits for a code. */
static const char *send_code(const char *from, const char *answer)
{
    char text[16];
    const char *at = strstr(answer, "MA ");
    assert_non_null(at);
    snprintf(text, sizeof text, "%.9s", at);
    return say(from, text);
}

static void bury(const char *from, const char *text)
{
    struct envelope envelope = story_text(from, "dead-one", text), *envelopes[] = {&envelope};
    struct batch batch = story_batch(envelopes, 1);
    assert_int_equal(batch_bury(&batch, "as a test wants it"), DB_OK);
    knowledge_release(batch.knowledge);
    story_now_us += SECOND_US;
}

static void live(void)
{
    for (size_t i = 0; i < sizeof life / sizeof *life; i++)
        say(LAN, life[i]);
    say(LAN, "DK TEN Sarun Kieu O TRA CU TRONG DUA HAU, BAP");
    say(LAN, "DK TOM SU CAU NGANG");
    bury(LAN, "a text of hers that failed alone");
    pg_sql("INSERT INTO alerts_told SELECT id, 'match:A:B', now() FROM people");
    pg_sql("INSERT INTO people (msisdn) VALUES ('84977777777')");
    pg_sql("INSERT INTO officers (person_id, role) SELECT id, 'officer' FROM people WHERE msisdn = '84977777777'");
    pg_sql("INSERT INTO desk_asked SELECT d.id, o.person_id, now() FROM desk d, officers o");
    pg_sql("INSERT INTO outbox (id, created_at, person_id, kind, state, sender, body, coding, segments, next_at)"
           " SELECT 1, at, officer_id, 'alert', 'sent', '8055', 'Hoi 1: HOI lua cua toi bi ray nau', 0, 1, at"
           "   FROM desk_asked LIMIT 1");
    /* what others wrote, were answered and were told of her */
    say(BINH, "ban lua om18 2 tan 8500 cau ke goi chi Lan 0912 345 678");
    char relay[64];
    snprintf(relay, sizeof relay, "NHAN TIN %s: lua cua anh con khong toi mua het",
             pg_text("SELECT l.code FROM listings l JOIN people p ON p.id = l.person_id WHERE p.msisdn = '" BINH "'"));
    say(LAN, relay);
    pg_sql("UPDATE outbox SET body = body || ' LH +84912345678' WHERE person_id = (SELECT id FROM people WHERE msisdn "
           "= '" BINH "')");
    pg_sql("UPDATE conversations SET last_answer = last_answer || ' LH 0912.345.678' WHERE person_id = (SELECT id FROM"
           " people WHERE msisdn = '" BINH "')");
}

/* Tables that hold the words, a line each: all there are, partitions for themselves. */
static const char *holding(const char *pattern)
{
    static char found[4096];
    char tables[8192];
    size_t n = 0;
    snprintf(tables, sizeof tables, "%s",
             pg_text("SELECT table_name FROM information_schema.tables"
                     " WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1"));
    found[0] = '\0';
    for (char *table = strtok(tables, "\n"); table; table = strtok(NULL, "\n"))
        if (pg_sql("SELECT count(*) FROM \"%s\" AS t WHERE t::text ~ '%s'", table, pattern))
            n += (size_t)snprintf(found + n, sizeof found - n, "%s\n", table);
    return found;
}

static const char number[] = "(84|0)[ .-]?912[ .-]?345[ .-]?678";

static void finish(void)
{
    struct db *owner = pg_owner();
    size_t erased;
    assert_int_equal(erase_finish(owner, &erased), DB_OK);
    assert_int_equal(erased, 1);
    db_close(&owner);
}

static void nothing_is_left_in_any_table(void **state)
{
    (void)state;
    live();
    assert_non_null(strstr(holding(number), "people"));
    assert_non_null(strstr(holding(number), "dead_letter"));
    assert_non_null(strstr(holding("Sarun Kieu"), "people"));
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox WHERE kind = 'alert' AND body ~ 'toi mua het'"), 1);
    assert_non_null(strstr(holding(life[0]), "inbound_"));
    assert_says(send_code(LAN, say(LAN, "xoa toi")), "Da xoa");
    finish();
    assert_string_equal(holding(number), "");
    for (size_t i = 0; i < sizeof life / sizeof *life; i++)
        assert_string_equal(holding(life[i]), "");
    assert_string_equal(holding("failed alone"), "");
    assert_string_equal(holding("Sarun Kieu"), "");
    assert_string_equal(holding("47 tan"), ""); /* of what she was answered */
    assert_non_null(strstr(holding("goi chi Lan \\*\\*\\*"), "inbound_"));
    assert_string_equal(holding("bi ray nau"), "");  /* as an officer was asked it */
    assert_string_equal(holding("toi mua het"), ""); /* as it was passed on */
    assert_int_equal(pg_sql("SELECT count(*) FROM people"), 2);
    assert_int_equal(pg_sql("SELECT count(*) FROM erasures"), 0);
}

static void what_others_see_is_gone_at_once(void **state)
{
    (void)state;
    live();
    pg_sql("UPDATE outbox SET state = 'queued' WHERE person_id = (SELECT id FROM people WHERE msisdn = '" LAN "')");
    send_code(LAN, say(LAN, "xoa toi"));
    assert_int_equal(pg_sql("SELECT count(*) FROM people WHERE msisdn = '" LAN "'"), 0);
    assert_int_equal(pg_sql("SELECT count(*) FROM listings l JOIN people p ON p.id = l.person_id"
                            " WHERE l.state = 'open' AND p.msisdn IS NULL"),
                     0);
    assert_int_equal(pg_sql("SELECT count(*) FROM listings WHERE state = 'cancelled'"), 2);
    assert_int_equal(pg_sql("SELECT count(*) FROM outbox o JOIN people p ON p.id = o.person_id"
                            " WHERE o.state = 'queued' AND p.msisdn IS NULL"),
                     0);
    finish();
    assert_int_equal(pg_sql("SELECT count(*) FROM listings WHERE person_id IS NULL AND state = 'cancelled'"), 2);
    assert_int_equal(pg_sql("SELECT count(*) FROM listings WHERE state = 'open'"), 1);
}

static void the_proof_stays_under_a_keyed_hash(void **state)
{
    (void)state;
    char digest[KEYED_HEX];
    live();
    say(LAN, "TC");
    send_code(LAN, say(LAN, "xoa toi"));
    finish();
    keyed_number(story_policy.key, LAN, digest);
    assert_string_equal(
        pg_text("SELECT kind || granted FROM consent_proofs WHERE digest = decode('%s', 'hex') ORDER BY kind, granted",
                digest),
        "alertsfalse\nalertstrue\nalertstrue\nerasedtrue\nnoticetrue");
}

static void who_writes_again_is_somebody_new_and_still_not_texted(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) { /* before the rest is gone, and after */
        story_begin(NULL);
        live();
        send_code(LAN, say(LAN, "xoa toi"));
        if (i)
            finish();
        say(LAN, "gia lua om18");
        assert_int_equal(pg_sql("SELECT count(*) FROM people WHERE msisdn = '" LAN "' AND welcomed_at IS NOT NULL"
                                " AND stopped_at IS NOT NULL AND place = ''"),
                         1);
        if (!i)
            finish();
        assert_non_null(strstr(holding(number), "people"));
        assert_int_equal(pg_sql("SELECT count(*) FROM inbound WHERE text = 'gia lua om18'"), 1);
        say(LAN, "DK");
        assert_int_equal(pg_sql("SELECT count(*) FROM people WHERE msisdn = '" LAN "' AND stopped_at IS NULL"), 1);
    }
}

/* A key that was changed since is still known as the one before. */
static void who_was_erased_under_the_key_before_is_not_texted(void **state)
{
    (void)state;
    char digest[KEYED_HEX];
    keyed_number(story_policy.old_key, LAN, digest);
    pg_sql("INSERT INTO consent_proofs (digest, key_id, kind, granted, text_version, at)"
           " VALUES (decode('%s', 'hex'), 'old', 'erased', true, '', now())",
           digest);
    say(LAN, "gia lua om18");
    assert_int_equal(pg_sql("SELECT count(*) FROM people WHERE stopped_at IS NOT NULL"), 1);
}

static void who_begins_with_a_yes_is_texted(void **state)
{
    (void)state;
    live();
    send_code(LAN, say(LAN, "xoa toi"));
    say(LAN, "DK");
    assert_int_equal(pg_sql("SELECT count(*) FROM people WHERE msisdn = '" LAN "' AND stopped_at IS NULL"), 1);
}

static void who_was_never_erased_is_not_suppressed(void **state)
{
    (void)state;
    live();
    send_code(LAN, say(LAN, "xoa toi"));
    say("84933333333", "gia lua om18");
    assert_int_equal(pg_sql("SELECT count(*) FROM people WHERE msisdn = '84933333333' AND stopped_at IS NULL"), 1);
}

/* Kannel brings the last text again, when smsd died before it could acknowledge it. */
static void the_last_text_brought_again_gets_its_answer(void **state)
{
    (void)state;
    char text[16], first[200];
    live();
    snprintf(text, sizeof text, "%.9s", strstr(say(LAN, "xoa toi"), "MA "));
    snprintf(first, sizeof first, "%s", say_as(LAN, "the-last", text));
    assert_says(first, "Da xoa");
    assert_string_equal(say_as(LAN, "the-last", text), first);
    finish();
    assert_string_equal(holding(number), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(nothing_is_left_in_any_table, story_begin),
        cmocka_unit_test_setup(what_others_see_is_gone_at_once, story_begin),
        cmocka_unit_test_setup(the_proof_stays_under_a_keyed_hash, story_begin),
        cmocka_unit_test_setup(who_writes_again_is_somebody_new_and_still_not_texted, story_begin),
        cmocka_unit_test_setup(who_was_erased_under_the_key_before_is_not_texted, story_begin),
        cmocka_unit_test_setup(who_begins_with_a_yes_is_texted, story_begin),
        cmocka_unit_test_setup(who_was_never_erased_is_not_suppressed, story_begin),
        cmocka_unit_test_setup(the_last_text_brought_again_gets_its_answer, story_begin),
    };
    return cmocka_run_group_tests(tests, story_setup, story_teardown);
}
