/* SPDX-License-Identifier: Apache-2.0
 *
 * What is not trusted though it could be read: each kind of doubt, and beside it what must be trusted all the same.
 */
#include "parsers/read/doubt.h"

#include "tests/unit/parsers/read/read_fixture.h"

/* "sell sure 29407 2026-11-24", "sell commodity - -": what was read or asked, the place and day of the first item. */
static const char *told(const struct reading *r)
{
    const struct read_item *item = r->n_items ? &r->items[0] : &(const struct read_item){.ready = DAY_NONE};
    char day[11] = "-";
    if (item->ready != DAY_NONE)
        day_format_iso(item->ready, day);
    return arena_printf(arena, "%s %s %s %s", intent_name(r->intent),
                        r->outcome == READ_ASK    ? ask_name(r->ask)
                        : r->outcome == READ_SURE ? "sure"
                                                  : "none",
                        item->place ? item->place->code : "-", day);
}

struct doubted {
    const char *text, *told;
    enum doubt doubt;
};

#define CHECK_ALL(cases)                                                                                     \
    for (size_t i = 0; i < sizeof(cases) / sizeof *(cases); i++) {                                           \
        struct reading r = read_it((cases)[i].text);                                                         \
        const char *got = told(&r);                                                                          \
        if (strcmp(got, (cases)[i].told) != 0 || r.doubt != (cases)[i].doubt)                                \
            fail_msg("%s: %s (%s), not %s (%s)", (cases)[i].text, got, doubt_name(r.doubt), (cases)[i].told, \
                     doubt_name((cases)[i].doubt));                                                          \
    }

/* A person who has something, and other talk, is no place; behind its word, at an end or beside goods it is one. */
static void places_of_common_words(void **state)
{
    (void)state;
    static const struct doubted cases[] = {
        {"nha con co hai con heo nai muon ban, moi con 6 trieu", "sell sure - -", DOUBT_NONE},
        {"con co 5 bao lua giong muon ban 15k mot ky", "sell sure - -", DOUBT_NONE},
        {"em con da loc 20kg tom su ra roi, ban 200k", "sell sure - -", DOUBT_NONE},
        {"hoa loi nhuan thap qua, ban 3 tan lua 7k", "sell sure - -", DOUBT_NONE},
        {"o con co ban 30 con vit 60k", "sell sure 29407 -", DOUBT_NONE},
        {"ban 30 con vit 60k, con co", "sell sure 29407 -", DOUBT_NONE},
        {"Cồn Cò 30 con vit ban 60k", "sell sure 29407 -", DOUBT_NONE},
        {"ban 2 tan lua hoa loi 7k", "sell sure 29401 -", DOUBT_NONE},
        {"toi my hoa co 2 tan lua ban 7k", "sell sure 29428 -", DOUBT_NONE},
        {"tan hoa 5 tan lua 6k9 ban", "sell sure 29371 -", DOUBT_NONE},
        {"ban lua 2 tan 7k tra cu ne", "sell sure 849 -", DOUBT_NONE},
    };
    CHECK_ALL(cases);
}

/* Another kind is what there is, and which one is not for us to say. */
static void goods_there_are_none_of(void **state)
{
    (void)state;
    static const char *const asked[] = {"khong co lua ban chi co nep ban 2 tan 9k", "ko có lúa, bán 2 tấn nếp 9k"};
    static const char *const sure[] = {"ban lua 2 tan 9k khong co ai mua", "lua 2 tan 9k ban, khong co gap"};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        struct reading r = read_it(asked[i]);
        if (r.outcome == READ_SURE && strcmp(r.items[0].commodity->code, "LUA") == 0)
            fail_msg("%s", asked[i]);
    }
    for (size_t i = 0; i < sizeof sure / sizeof *sure; i++)
        assert_string_equal(read_it(sure[i]).items[0].commodity->code, "LUA");
}

/* What is doubted is asked for; written together, or with one figure or three, it is clear. */
static void tails_of_two_figures(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool asked;
        int64_t price;
    } cases[] = {
        {"ban lua om18 2 tan 8 ngan 50 cau ke", true, 0}, {"mua lua om18 2 tan gia 8 ngàn 50", true, 0},
        {"bao gia lua om18 8 ngan 50 cau ke", true, 0},   {"ban lua om18 2 tan 8 ngan 5 cau ke", false, 8500},
        {"ban lua om18 2 tan 8 ngan 500", false, 8500},   {"ban lua om18 2 tan 8k50", false, 8500},
        {"ban lua om18 2 tan 8k05", false, 8050},         {"ban tom the 120 ngan 50 con 300 kg", false, 120000},
        {"ban lua 8 ngan 50 bao", false, 8000},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading r = read_it(cases[i].text);
        if ((r.outcome == READ_ASK && r.ask == ASK_PRICE) != cases[i].asked || r.items[0].price_high != cases[i].price)
            fail_msg("%s: %lld", cases[i].text, (long long)r.items[0].price_high);
    }
}

/* "500 con co ..." are heads. */
static void heads_before_places(void **state)
{
    (void)state;
    struct reading r = read_it("ban 1500 con co 2 thang tuoi, vit 48k");
    assert_int_equal(r.items[0].quantity_milli, 1500000);
    assert_null(r.items[0].place);
}

/* A price is for the chuc that the quantity is counted in. */
static void chuc_of_the_quantity(void **state)
{
    (void)state;
    struct reading r = read_it("ban dua kho 30 chuc 12, 110 ngan mot chuc");
    assert_ptr_equal(r.items[0].price_unit, r.items[0].unit);
    assert_string_equal(r.items[0].unit->code, "CHUC12");
    r = read_it("ban 30 dua kho 110 ngan mot chuc");
    assert_true(r.n_items > 0);
}

static void days_that_are_none(void **state)
{
    (void)state;
    static const struct doubted cases[] = {
        {"ban 10 con heo hoi 60k, con nao cung ta mot", "sell sure - -", DOUBT_NONE},
        {"ban 200 con vit 45k, nuoi 60 ngay", "sell sure - -", DOUBT_NONE},
        {"ban 2 tan lua 7k, chay 20 ngay", "sell sure - -", DOUBT_NONE},
        {"ban lua 2 tan 7k, mot cat", "sell sure - 2026-11-24", DOUBT_NONE},
        {"ban lua 2 tan 7k, 2 ngay nua cat", "sell sure - 2026-11-24", DOUBT_NONE},
        {"ban lua 2 tan 7k ngay 25", "sell sure - 2026-11-25", DOUBT_NONE},
        {"them 20 ngay cho tin 3", "renew sure - -", DOUBT_NONE},
        {"ten toi la Mai Thi Buoi", "start sure - -", DOUBT_NONE},
    };
    CHECK_ALL(cases);
}

static void amounts_that_do_not_add_up(void **state)
{
    (void)state;
    static const struct doubted cases[] = {
        {"ban nuoc dua 200 lit 10k", "sell commodity - -", DOUBT_MEASURE},
        {"mua 50 tan om18 va 30 tan dai thom 8 gia 6900", "buy price - -", DOUBT_PRICE_OF_ONE},
        {"mua 50 tan om18 va 30 tan dai thom 8", "buy sure - -", DOUBT_NONE},
        {"ban dua kho 3 tan 11k", "sell sure - -", DOUBT_NONE},
        {"ban do choi tre 50 cai 30k", "sell commodity - -", DOUBT_MEASURE},
        {"ban tre 50 cay 30k", "sell sure - -", DOUBT_NONE},
        {"lua 3 tan 6k ban 504", "sell commodity - -", DOUBT_VARIETY},
        {"ban lua 3 tan 6k lo 5", "sell sure - -", DOUBT_NONE},
        {"ban vit 20 con 60k, bay 1500", "sell quantity_check - -", DOUBT_NUMBER},
        {"ban 20 con heo 60k, 100 ngay tuoi", "sell sure - -", DOUBT_NONE},
        {"ban 2 tan lua 7k giam 200", "sell sure - -", DOUBT_NONE},
        {"da ban 2 tan lua 70 trieu mot ky", "sold price_check - -", DOUBT_NONE},
        {"da ban 2 tan lua 7k mot ky", "sold sure - -", DOUBT_NONE},
    };
    CHECK_ALL(cases);
}

static void words_nobody_knows(void **state)
{
    (void)state;
    static const struct doubted cases[] = {
        {"ban lua om18 2 tan 8k lhcaukemxy", "sell place - -", DOUBT_GLUED},
        {"ban lua om18 2 tan 8k lhcaukemxy, tra cu", "sell sure 849 -", DOUBT_NONE},
        {"ban lua om18 2 tan 8k zup zap zop zip zep", "sell intent - -", DOUBT_UNKNOWN_WORDS},
        {"ban lua om18 2 tan 8k zup zap", "sell sure - -", DOUBT_NONE},
        {"ban lua om sau chin 3 tan 6k", "sell commodity - -", DOUBT_PART_OF_NAME},
        {"cua bién 10 ky 250k ban", "sell sure - -", DOUBT_NONE},
        {"selling 25 kg crab with zeal 450k/kg", "sell commodity - -", DOUBT_FOREIGN_WORD},
        {"selling 25 kg crab 450k/kg", "sell sure - -", DOUBT_NONE},
    };
    CHECK_ALL(cases);
}

static void commands_that_are_none(void **state)
{
    (void)state;
    static const struct doubted cases[] = {
        {"dang ky tham gia o dau", "question sure - -", DOUBT_ASKED},
        {"huy hop dong voi thuong lai duoc khong", "question sure - -", DOUBT_ASKED},
        {"huy tin 3 duoc khong", "cancel sure - -", DOUBT_NONE},
        {"gia han hop dong lua", "renew listing - -", DOUBT_OF_WHAT},
        {"dung gui tieng khmer nua", "stop stop - -", DOUBT_OF_A_LANGUAGE},
        {"dung gui tin nua", "stop sure - -", DOUBT_NONE},
        {"huy", "cancel sure - -", DOUBT_NONE},
        {"xoa tin ban chuoi", "cancel sure - -", DOUBT_NONE},
        {"gia han tin", "renew sure - -", DOUBT_NONE},
    };
    CHECK_ALL(cases);
}

/* Part of a name is no crop; what is grown is. */
static void crops_in_names(void **state)
{
    (void)state;
    assert_null(read_it("ten toi la Nguyen Van Lua").items[0].commodity);
    assert_null(read_it("toi ten Xoai o Cau Ke").items[0].commodity);
    assert_non_null(read_it("toi ten Tu o Cau Ke trong xoai").items[0].commodity);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crops_in_names),       cmocka_unit_test(places_of_common_words),
        cmocka_unit_test(heads_before_places),  cmocka_unit_test(goods_there_are_none_of),
        cmocka_unit_test(tails_of_two_figures), cmocka_unit_test(days_that_are_none),
        cmocka_unit_test(chuc_of_the_quantity), cmocka_unit_test(amounts_that_do_not_add_up),
        cmocka_unit_test(words_nobody_knows),   cmocka_unit_test(commands_that_are_none),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
