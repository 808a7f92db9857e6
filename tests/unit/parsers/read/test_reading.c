/* SPDX-License-Identifier: Apache-2.0
 *
 * What single texts mean. The labelled corpus judges the reading as a whole; here stand the promises others build on.
 */
#include "parsers/read/reading.h"

#include "parsers/market/listing_code.h"

#include "tests/unit/parsers/read/read_fixture.h"

static const char *code(const struct commodity *c)
{
    return c ? c->code : "";
}

static void an_offer_in_full(void **state)
{
    (void)state;
    static const char *const ways[] = {
        "ban lua om18 2 tan 8500 cau ke",
        "BAN LUA OM18 2 TAN 8500 CAU KE",
        "cau ke ban 2tan lua om 18 gia 8k5",
        "bán lúa OM18 2 tấn giá 8.500đ/kg ở Cầu Kè",
        "bans luas OM18 2 taans 8500 caauf kef",
        "ba1n lu1a OM18 2 ta61n gia1 8500 Ca62u Ke2",
        "chao anh, em can ban 2 tan lua om18, 8 ngan 5 1 ky, o cau ke. cam on, lh 0900 000 123",
        "ＢＡＮ　ＬＵＡ　ＯＭ１８　２ＴＡＮ　８５００ cau ke",
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct reading r = read_it(ways[i]);
        const struct read_item *item = &r.items[0];
        assert_int_equal(r.outcome, READ_SURE);
        assert_int_equal(r.intent, INTENT_SELL);
        assert_int_equal(r.n_items, 1);
        assert_string_equal(code(item->commodity), "LUA.OM18");
        assert_int_equal(item->quantity_milli, 2000);
        assert_string_equal(item->unit->code, "TAN");
        assert_int_equal(item->price_low, 8500);
        assert_int_equal(item->price_high, 8500);
        assert_string_equal(item->price_unit->code, "KG");
        assert_string_equal(item->place->code, "845");
        assert_int_equal(item->ready, DAY_NONE);
    }
}

static void several_offers(void **state)
{
    (void)state;
    struct reading r = read_it("ban 500kg khoai mon 15k, 200kg dau xanh 35 ngan, 1 tan bi do 4k5 o tra cu");
    assert_int_equal(r.outcome, READ_SURE);
    assert_int_equal(r.n_items, 3);
    static const struct {
        const char *commodity;
        int64_t milli, price;
    } wants[] = {{"KMON", 500000, 15000}, {"DAUXANH", 200000, 35000}, {"BIDO", 1000, 4500}};
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(code(r.items[i].commodity), wants[i].commodity);
        assert_int_equal(r.items[i].quantity_milli, wants[i].milli);
        assert_int_equal(r.items[i].price_low, wants[i].price);
        assert_string_equal(r.items[i].place->code, "849");
    }
}

static void nothing_is_assumed_silently(void **state)
{
    (void)state;
    static const struct {
        const char *text, *unit;
        bool assumed;
    } cases[] = {
        {"ban 30 gia lua om18 6500", "GIA", true},    {"ban 50 bao lua om18 6500", "BAO", true},
        {"ban 50 bao lua om18 6500", "BAO", true},    {"ban 50 bao 60kg lua om18 6500", "KG", false},
        {"ban dua kho 20 chuc 110k", "CHUC", true},   {"ban dua kho 20 chuc 12 110k", "CHUC12", false},
        {"ban 20 chuc hot vit 28k", "CHUC10", false}, {"ban khoai lang 50 ta 450k", "TA60", true},
        {"ban lua om18 2 tan 8500", "TAN", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading r = read_it(cases[i].text);
        assert_int_equal(r.intent, INTENT_SELL);
        assert_string_equal(r.items[0].unit->code, cases[i].unit);
        assert_int_equal(r.items[0].unit_assumed, cases[i].assumed);
    }
}

static void one_question_at_a_time(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum ask ask;
        size_t choices;
    } cases[] = {
        {"ban lua", ASK_QUANTITY, 0},
        {"ban lua om18 2 tan", ASK_PRICE, 0},
        {"ban 3 tan 8k", ASK_COMMODITY, 0},
        {"ban dua 2 tan 9k", ASK_COMMODITY, 4},
        {"ban lua om18 2 tan 85000", ASK_PRICE_CHECK, 2},
        {"ban lua om18 9000 tan 8500", ASK_QUANTITY_CHECK, 3},
        {"ban lua tc 3 tan 6800", ASK_PLACE, 2},
        {"ban ca loc 2 tan 37k ct", ASK_PLACE, 2},
        {"lua om18 3 tan 6800", ASK_INTENT, 3},
        {"cau ke", ASK_INTENT, 3},
        {"gia dua", ASK_COMMODITY, 4},
        {"ban 200 cam sanh 8k", ASK_UNIT, 1},
        {"dung", ASK_STOP, 0},
        {"ban lua 3 tan 85000 tra cu", ASK_PRICE_CHECK, 2},
        {"ban lua om18 0 tan 8500 tra cu", ASK_QUANTITY, 0},
        {"mua lua om18 0 tan 8500 tra cu", ASK_QUANTITY, 0},
        {"ban lua om18 2 tan gia 0 tra cu", ASK_PRICE, 0},
        {"mua lua om18 2 tan gia 0 tra cu", ASK_PRICE, 0},
        {"ban -2 tan lua 8500", ASK_QUANTITY_CHECK, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct reading r = read_it(cases[i].text);
        assert_int_equal(r.outcome, READ_ASK);
        assert_string_equal(ask_name(r.ask), ask_name(cases[i].ask));
        assert_int_equal(r.n_choices, cases[i].choices);
    }
}

static void the_place_of_an_offer(void **state)
{
    (void)state;
    const char *text = "ban lua om18 2 tan 8500";
    context.place_optional = false;
    assert_int_equal(read_it(text).ask, ASK_PLACE);
    context.home = lexicon_place(lexicon, "29347"); /* a commune of Tiểu Cần */
    assert_int_equal(read_it(text).outcome, READ_SURE);
    struct reading r = read_it("ban lua tc 3 tan 6800");
    assert_int_equal(r.outcome, READ_SURE);
    assert_string_equal(r.items[0].place->code, "846");
    context.home = lexicon_place(lexicon, "29533"); /* neither TC: the home must not stand in */
    assert_int_equal(read_it("ban lua tc 3 tan 6800").ask, ASK_PLACE);
    context.home = NULL;
    context.place_optional = true;
}

static void commands(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum intent intent;
    } cases[] = {
        {"gia lua om18 cau ke", INTENT_PRICE},
        {"mua vu lua", INTENT_SEASON},
        {"TG", INTENT_HELP},
        {"?", INTENT_HELP},
        {"TC", INTENT_STOP},
        {"ngung nhan tin", INTENT_STOP},
        {"huy b7k2", INTENT_CANCEL},
        {"HUY", INTENT_CANCEL},
        {"NN KM", INTENT_LANGUAGE},
        {"O CAU KE", INTENT_PLACE},
        {"DK", INTENT_START},
        {"MOI", INTENT_NEW},
        {"tin", INTENT_LIST},
        {"cam on nhieu", INTENT_JUNK},
        {"ai mua cua", INTENT_MATCH},
        {"mai co mua khong", INTENT_WEATHER},
        {"du bao lua", INTENT_FORECAST},
        {"gia han b7k2", INTENT_RENEW},
        {"sua b7k2 gia 8400", INTENT_EDIT},
        {"ban roi b7k2", INTENT_SOLD},
        {"លក់", INTENT_SELL},
        {"bg heo 57 cau ke", INTENT_REPORT_PRICE},
        {"lua bi ray nau xit thuoc gi", INTENT_QUESTION},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(intent_name(read_it(cases[i].text).intent), intent_name(cases[i].intent));
    assert_int_not_equal(read_it("nhan tin b7k2: con hang khong").intent, INTENT_RENEW);
    assert_string_equal(read_it("huy b7k2").listing, "B7K2");
    assert_string_equal(read_it("huy tin 3").listing, "3");
    assert_int_equal(read_it("nn vi dau").lang, LANG_VI_DAU);
    assert_true(read_it("ai mua cua").wants_buyers);
    assert_false(read_it("ai ban bo").wants_buyers);
}

static void ranges_lie_low_to_high(void **state)
{
    (void)state;
    static const char *const ways[] = {"ban lua om18 2-3 tan gia 8200-8600", "ban lua om18 3-2 tan gia 8600-8200",
                                       "ban lua om18 2 den 3 tan gia 8k6 den 8k2"};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct reading r = read_it(ways[i]);
        assert_int_equal(r.outcome, READ_SURE);
        assert_int_equal(r.items[0].quantity_milli, 2000);
        assert_int_equal(r.items[0].price_low, 8200);
        assert_int_equal(r.items[0].price_high, 8600);
    }
}

/* Verbs of several words, wherever they stand. */
static void ways_to_offer(void **state)
{
    (void)state;
    static const char *const sell[] = {"muon ban", "can ban", "ban giup", "ban dum", "ban gium", "dang ban", "mun ban"};
    static const char *const buy[] = {"muon mua", "can mua", "mua giup", "mua dum", "mun mua", "dang mua"};
    static const struct {
        const char *before, *after;
    } frames[] = {{"nha toi", "3 tan khoai lang gia 8 ngan o cau ngang"},
                  {"nha toi co 3 tan khoai lang", "gia 8 ngan o cau ngang"},
                  {"khoai lang 3 tan 8k cau ngang", ""},
                  {"", "giup toi 3 tan khoai lang 8k cau ngang"}};
    for (size_t i = 0; i < sizeof frames / sizeof *frames; i++)
        for (size_t k = 0; k < 13; k++) {
            char text[128];
            snprintf(text, sizeof text, "%s %s %s", frames[i].before, k < 7 ? sell[k] : buy[k - 7], frames[i].after);
            struct reading r = read_it(text);
            assert_int_equal(r.outcome, READ_SURE);
            assert_int_equal(r.intent, k < 7 ? INTENT_SELL : INTENT_BUY);
            assert_int_equal(r.items[0].price_low, 8000);
            assert_int_equal(r.items[0].quantity_milli, 3000);
        }
    struct reading r = read_it("ban buoi da xanh 300 kg 25 ngan, nhan 200kg 18k, chau thanh");
    assert_int_equal(r.outcome, READ_SURE);
    assert_int_equal(r.n_items, 2);
    assert_string_equal(code(r.items[1].commodity), "NHAN");
    assert_int_equal(r.items[1].quantity_milli, 200000);
}

/* Nothing serves these by itself yet: a person does. */
static void for_the_officers_desk(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "ngung gui gia lua",
        "thue dat 5 cong trong lua",
        "goi cho toi ve lua bi ray",
        "du lieu cua toi ai coi duoc",
    };
    static const char *const stops[] = {"huy dk", "HỦY ĐĂNG KÝ", "huy dang ky nhan tin", "huy dich vu", "khoi gui nua"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading r = read_it(texts[i]);
        assert_int_equal(r.outcome, READ_SURE);
        assert_string_equal(intent_name(r.intent), "question");
        assert_false(read_is_stop(reader, arena, slice_of(texts[i])));
    }
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
        assert_string_equal(intent_name(read_it(stops[i]).intent), "stop");
}

/* A verb alone is no offer when it is denied or told of the past. */
static void no_offers(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "toi khong ban lua 2 tan 8k nua", "khong con ban lua 2 tan 8k",     "chua muon ban lua om18 2 tan 8k",
        "dung ban lua 2 tan 8k cau ke",   "đừng bán lúa 2 tấn 8k",          "ko mua lua 20 tan 8k dau",
        "hom qua ban lua 2 tan 8k",       "hom truoc toi ban lua 2 tan 8k", "ban lua om18 2 tan 8k roi",
        "not selling paddy 2 tons 8k",
    };
    static const char *const offers[] = {"đúng, bán lúa 2 tấn 8k", "ban lua 2 tan 8k, gat roi", "8 k ban lua 2 tan",
                                         "anh oi ban lua 2 tan 8k", "lua 2 tan 8k co ban"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading r = read_it(texts[i]);
        if (r.intent == INTENT_SELL || r.intent == INTENT_BUY)
            fail_msg("%s", texts[i]);
    }
    for (size_t i = 0; i < sizeof offers / sizeof *offers; i++) {
        struct reading r = read_it(offers[i]);
        assert_int_equal(r.outcome, READ_SURE);
        assert_int_equal(r.intent, INTENT_SELL);
        assert_int_equal(r.n_items, 1);
    }
}

/* Words that look like ours misspelt or run together, and goods whose names begin or end like ours. */
static void other_words_stay_others(void **state)
{
    (void)state;
    static const char *const names[] = {"Liem", "Hoang", "Nghiem", "Tranh", "Trien", "Thuyen", "Thau", "Nien"};
    static const char *const goods[] = {"ca phe",   "ca rot",  "chanh day",  "khoai tay", "hanh tay", "bap cai",
                                        "la chuoi", "bot gao", "thuc an ca", "thanh tra", "sap ong",  "chim cut"};
    char text[64];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(text, sizeof text, "ban lua om18 2 tan 8500 anh %s", names[i]);
        struct reading r = read_it(text);
        assert_int_equal(r.outcome, READ_SURE);
        assert_int_equal(r.n_items, 1);
        assert_int_equal(r.items[0].quantity_milli, 2000);
    }
    for (size_t i = 0; i < sizeof goods / sizeof *goods; i++) {
        snprintf(text, sizeof text, "ban %s 200kg 20k", goods[i]);
        struct reading r = read_it(text);
        assert_int_not_equal(r.outcome, READ_SURE);
        assert_null(r.items[0].commodity);
    }
}

/* A number alone answers something, and nothing was asked. */
static void an_answer_to_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {"1", "2.", "8500", "3 nha"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading r = read_it(texts[i]);
        assert_int_equal(r.outcome, READ_ASK);
        assert_int_equal(r.ask, ASK_ANSWER);
        assert_int_equal(r.intent, INTENT_NONE);
    }
}

static void a_figure_apart(void **state)
{
    (void)state;
    assert_int_equal(read_it("ban oi 300kg 7").items[0].quantity_milli, 300000);
    assert_int_equal(read_it("ban lua 12 tan 5 gia 8k").items[0].quantity_milli, 12500);
    assert_int_equal(read_it("ban lua 3 tan 500 8k2").ask, ASK_QUANTITY_CHECK);
    assert_int_equal(read_it("ban dua kho 30 chuc (12) 100k").ask, ASK_QUANTITY_CHECK);
    assert_int_equal(read_it("ban lua 2 tan 8500 ap 3 duong xuan hoi").items[0].ready, DAY_NONE);
    struct reading r = read_it("sua tin 2 gia 8500");
    assert_int_equal(r.outcome, READ_SURE);
    assert_string_equal(r.listing, "2");
    assert_int_equal(r.items[0].price_low, 8500);
}

static void every_code_is_read(void **state)
{
    (void)state;
    static const struct {
        const char *before, *after;
    } frames[] = {{"HUY ", ""},      {"huy ", ""},    {" huy   ", " "},      {"huy ma ", ""},  {"HUY TIN ", ""},
                  {"huy tin ", "."}, {"huy so ", ""}, {"sua ", " gia 8400"}, {"gia han ", ""}, {"ban roi ", ""}};
    char made[LISTING_CODE_MAX], text[64];
    for (uint64_t n = 0; n < 5000; n++) {
        if (!listing_code_make(n, made))
            continue;
        for (size_t i = 0; i < 2 * sizeof frames / sizeof *frames; i++) {
            char typed[LISTING_CODE_MAX];
            for (size_t k = 0; k < sizeof made; k++)
                typed[k] = i % 2 && made[k] >= 'A' && made[k] <= 'Z' ? (char)(made[k] - 'A' + 'a') : made[k];
            snprintf(text, sizeof text, "%s%s%s", frames[i / 2].before, typed, frames[i / 2].after);
            struct reading r = read_it(text);
            if (r.outcome != READ_SURE || strcmp(r.listing, made) != 0)
                fail_msg("%s", text);
        }
    }
}

/* A slip in a code must not name another listing, least of all one of the writer's own by its number. */
static void a_wrong_code_names_itself(void **state)
{
    (void)state;
    static const char *const codes[] = {"M23H", "B7K3", "C4L6", "K2B7", "M2B3", "T78B", "D12C"};
    char text[64];
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        snprintf(text, sizeof text, "huy %s", codes[i]);
        struct reading r = read_it(text);
        assert_string_equal(intent_name(r.intent), "cancel");
        assert_string_equal(r.listing, codes[i]);
    }
}

static void stop_in_four_languages(void **state)
{
    (void)state;
    static const char *const stops[] = {"TC",     "tc.",   "Từ chối",   "STOP",        "stop!",
                                        "ngung",  "NGỪNG", "TC cam on", "dừng",        "Dừng!",
                                        "duwngf", "ឈប់",    "停止",      "unsubscribe", "khong nhan tin nua"};
    static const char *const others[] = {"dung",       "đúng", "dung roi", "ban lua tc 3 tan",
                                         "gia lua tc", "",     "tc tc 5",  "ngung 2 tan"};
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
        assert_true(read_is_stop(reader, arena, slice_of(stops[i])));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(read_is_stop(reader, arena, slice_of(others[i])));
}

static void what_is_not_understood(void **state)
{
    (void)state;
    static const char *const texts[] = {"", " \n ", "asdf qwer", "\xff\xfe", "777777777777777777777777777", "🍤🥥"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(read_it(texts[i]).outcome, READ_NONE);
    struct reading r;
    read_text(reader, &context, arena, (struct slice){"a\0b", 3}, &r);
    assert_int_equal(r.outcome, READ_NONE);
}

static void the_language_to_answer_in(void **state)
{
    (void)state;
    assert_int_equal(read_it("ban lua om18 2 tan 8500").script, LANG_VI);
    assert_int_equal(read_it("លក់ស្រូវ ៥ តោន").script, LANG_KM);
    assert_int_equal(read_it("卖稻谷 2吨").script, LANG_ZH);
    assert_int_equal(read_it("how much is paddy today").script, LANG_EN);
    assert_int_equal(read_it("luok srov om18 2 ton 6800").script, LANG_VI);
    assert_int_equal(read_it("sell king orange 2 ton 12000 cau ke").script, LANG_EN);
    assert_int_equal(read_it("buy st25 rice paddy 20 ton 9000 tra cu").script, LANG_EN);
    assert_int_equal(read_it("king orange 2 tons 12000 cau ke").script, LANG_EN);
    assert_int_equal(read_it("ban watermelon 2 ton").script, LANG_VI);
    assert_int_equal(read_it("ban tom the 2 tan 12 tr").script, LANG_VI);
}

/* Its writer is answered in Vietnamese, and offered Khmer. */
static void khmer_in_latin_letters(void **state)
{
    (void)state;
    static const char *const khmer[] = {"luok srov om18 2 ton 6800", "tomlay srov om18", "rodov srov",
                                        "luok moan 40 kbal 85000/kg", "luok ko 2 kbal 17tr"};
    static const char *const other[] = {
        "ban lua om18 2 tan 8500",     "gia lua", "sell king orange 2 ton", "លក់ស្រូវ ៥ តោន", "ban ga 40 con 85000",
        "ban ot 100 kg 40k cau ngang", "TIN"};
    for (size_t i = 0; i < sizeof khmer / sizeof *khmer; i++) {
        assert_true(read_it(khmer[i]).khmer_letters);
        assert_int_equal(read_it(khmer[i]).script, LANG_VI);
    }
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        assert_false(read_it(other[i]).khmer_letters);
}

static void base_quantities(void **state)
{
    (void)state;
    int64_t milli;
    const char *base;
    struct reading r = read_it("ban lua om18 2 tan 8500");
    assert_true(item_base_quantity(&r.items[0], &milli, &base));
    assert_int_equal(milli, 2000000);
    assert_string_equal(base, "KG");
    r = read_it("ban 30 thung ca dieu hong 45k/kg");
    assert_false(item_base_quantity(&r.items[0], &milli, &base));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_offer_in_full),
        cmocka_unit_test(several_offers),
        cmocka_unit_test(nothing_is_assumed_silently),
        cmocka_unit_test(one_question_at_a_time),
        cmocka_unit_test(the_place_of_an_offer),
        cmocka_unit_test(commands),
        cmocka_unit_test(stop_in_four_languages),
        cmocka_unit_test(what_is_not_understood),
        cmocka_unit_test(the_language_to_answer_in),
        cmocka_unit_test(khmer_in_latin_letters),
        cmocka_unit_test(base_quantities),
        cmocka_unit_test(ranges_lie_low_to_high),
        cmocka_unit_test(ways_to_offer),
        cmocka_unit_test(for_the_officers_desk),
        cmocka_unit_test(every_code_is_read),
        cmocka_unit_test(a_wrong_code_names_itself),
        cmocka_unit_test(no_offers),
        cmocka_unit_test(other_words_stay_others),
        cmocka_unit_test(a_figure_apart),
        cmocka_unit_test(an_answer_to_nothing),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
