/* SPDX-License-Identifier: Apache-2.0
 *
 * What the words of a text speak for, where they speak for several things. */
#include "parsers/read/reading.h"

#include "tests/unit/parsers/read/read_fixture.h"

/* A verb after "who" is what others would do. */
static void the_others_verb(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"ban 2 tan xoai 15k, lai nao mua thi alo", "sell"},
        {"con 500 ky buoi gia 20k ban, vua nao lay vo Cang Long", "sell"},
        {"thuong lai mua 3 tan bap 6k khong", "sell"},
        {"khoai lang 2 tan 8k anh mua ko", "sell"},
        {"nhan xuong mua khong chi", "match"},
        {"chieu nay mua khong", "weather"},
        {"mai mua khong de phoi bap", "weather"},
        {"cong ty can mua 30 tan nhan gia 20k", "buy"},
        {"lay xoai khong chu 2 tan 15k", "sell"},
        {"cho hoi ai con 2 tan bap ban khong, em mua 6k", "buy"},
        {"mua 2 tan chanh 12k, ai ban keu em", "buy"},
    };
    CHECK_INTENTS(wants);
}

/* lấy and cần are buying only where no plainer verb stands. */
static void verbs_that_are_less(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"tru bap doi gia, gio ban 2 tan 8k", "sell"},    {"tui tinh ban 5 tan bap 7k", "sell"},
        {"bap bi mua ngap, ban 3 tan 5k", "sell"},        {"ram nuoc len cao khong", "weather"},
        {"toi doi qua xa Dai An roi", "place"},           {"we have 2 tons of longan, 20k per kg", "sell"},
        {"ban 3 tan mia 1100d, lay nhieu bot", "sell"},   {"con nam 200 ky buoi gia 20k, anh lay thi alo", "sell"},
        {"mit thai moi hai 2 tan gia 9k", "sell"},        {"mua 20 ky xoai moi hai 30k", "buy"},
        {"can tien nen ban 10 con ga 90k/kg", "sell"},    {"lay 3 tan mia 1100d", "buy"},
        {"can supply 2 tons pomelo, 25k per kg", "sell"}, {"can 10 con ga", "buy"},
    };
    CHECK_INTENTS(wants);
}

/* Words of registering beside an offer or a question register nobody; "thi mua" may be anybody's. */
static void not_to_be_done(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"em ten Tu ban 3 tan bap 6k", "sell"},
        {"dk ban 200 ky ot 30k o Cau Ngang", "sell"},
        {"em ten Kim Thi Mai o Dai An trong bap", "start"},
        {"mua thu dong bat dau khi nao", "season"},
        {"chu Tu oi bap tui con 5 tan gia nhieu thi mua", "ask"},
        {"gia 6k thi ban 5 tan bap", "sell"},
        {"tui don qua Cau Ngang roi", "place"},
        {"TL 12: gia do hoi o cho, lay so 3", "question"},
        {"i want to stop", "stop"},
    };
    CHECK_INTENTS(wants);
}

/* Who is to sell to the writer; and who sells all the same. */
static void selling_to_the_writer(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"ban cho tui 10 bao lua om18 7k", "buy"},
        {"de lai cho em 5kg tom su", "buy"},
        {"ai co dua kho ban khong minh can 500 trai", "buy"},
        {"em ban cho anh 500kg cam sanh 7k", "sell"},
        {"ban cho toi hoi gia lua", "price"},
        {"vua Ut Hong mua cua 300kg 250 ngan", "buy"},
        {"vua hong mua cam", "question"},
        {"cong ty can 100 tan lua st25 gia 9k2", "buy"},
        {"htx mua 20 tan bap 5k tai ruong", "buy"},
    };
    CHECK_INTENTS(wants);
}

/* Several words that mean together what none does alone. */
static void words_together(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"tin 3 them 1 tuan nua", "renew"},
        {"cho tin so 2 them 5 ngay", "renew"},
        {"tin 2 them 2 tuan", "renew"},
        {"hom qua ban 2 tan bap 5k ma chua cho len xe", "ask"},
        {"dang tin ban lua om18 them 3 ngay nua gat", "sell"},
        {"tom the 50 con hom nay 130k giam 3k", "report_price"},
        {"lua om18 cau ke sang nay 7800, tang 100", "report_price"},
        {"ban 20 con heo 62k, giam 1k cho ai mua nhieu", "sell"},
        {"ho tro vay 50 trieu khong the chap lai 1%/thang", "junk"},
    };
    CHECK_INTENTS(wants);
}

static void what_is_asked(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"mua 300 ky tep, gia bao nhieu cung duoc", "buy"},
        {"ban 5 con vit, ai mua cung ban", "sell"},
        {"heo xuong gia chua", "price"},
        {"cho hoi gia ot 1 ky", "price"},
        {"hàu đang giá nhiêu 1 ký vậy", "price"}, /* not Hậu Giang */
        {"mit thai tang khong", "price"},
        {"muon dat ai cho thue", "question"},
        {"muon dat 200 ky ot", "buy"},
        {"ban 20 con heo khong benh 62k", "sell"},
        {"cong Cai Hop hom nay man bao nhieu", "weather"},
    };
    CHECK_INTENTS(wants);
}

/* What is wanted, by what is not, by who is looked for, by what is done with the goods. */
static void wanted_otherwise(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"dung gui tieng hoa nua, gui tieng viet", "language"},
        {"khong tieng anh, tieng viet", "language"},
        {"dung nhan tin nua", "stop"},
        {"can nguoi mua heo 10 con 62k", "sell"},
        {"can tim mua heo 10 con 62k", "buy"},
        {"vua nao an bap o tra cu khong", "match"},
        {"chung nao tha tom duoc", "season"},
        {"thu hoach 2 tan lua gia 7k", "sell"},
        {"bc cua gach 350 ngan Tra Cu", "report_price"},
        {"bao cao anh, em ban 2 tan lua 8k", "sell"},
        {"lua 504 gia sao", "price"},
        {"tin 2 sua con 9k", "edit"},
        {"di an dam cuoi o tra cu", "junk"},
        {"ban heo lam dam cuoi 5 con 60k", "sell"},
    };
    CHECK_INTENTS(wants);
}

static void each_is(const char *const *texts, size_t n, const char *intent)
{
    for (size_t i = 0; i < n; i++) {
        struct reading r = read_it(texts[i]);
        if (r.outcome != READ_SURE || strcmp(intent_name(r.intent), intent) != 0)
            fail_msg("%s: %s (%s)", texts[i], intent_name(r.intent), ask_name(r.ask));
    }
}

#define EACH_IS(intent, ...) \
    each_is((const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), intent)

static void selling_to_whoever_buys(void **state)
{
    (void)state;
    EACH_IS("sell", "con 30 lit mat ong 250k/lit ban cho ai mua si",
            "xoai cat chu 500kg 12k ai can mua thi ban, mua het", "500kg nhan 18k co ai mua khong",
            "con 1 tan khom chua ban, ai mua 7k");
    EACH_IS("buy", "can mua 500kg nhan 18k", "ai ban nhan 500kg 18k");
    EACH_IS("match", "ai mua nhan");
}

static void will_it_rise(void **state)
{
    (void)state;
    EACH_IS("price", "chung nao dua kho len gia lai vay", "lua xuong gia chua", "heo con may trieu mot con",
            "lua om18 may ngan 1 ky");
    struct reading r = read_it("chung nao chanh len gia lai");
    assert_null(r.items[0].place); /* not Gia Lai */
    r = read_it("gia chanh o gia lai");
    assert_non_null(r.items[0].place);
}

static void less_of_something(void **state)
{
    (void)state;
    static const char *const texts[] = {"huy dk lua", "HUY DANG KY LUA OM18", "huy dang ky gia tom",
                                        "huy theo doi dua kho", "unsubscribe shrimp"};
    EACH_IS("stop", "huy dk lua", "HUY DANG KY LUA OM18", "huy dang ky gia tom", "huy theo doi dua kho",
            "unsubscribe shrimp", "huy dk cau ke");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_non_null(read_it(texts[i]).items[0].commodity); /* so that not everything ends */
    EACH_IS("question", "ngung lua");
}

static void help_and_service(void **state)
{
    (void)state;
    EACH_IS("help", "chi tui cach dang tin ban coi", "how do i sell my rice", "lam sao dang tin", "cach huy tin");
    EACH_IS("question", "cong lang the hom nay dong hay mo", "cong co mo chua");
    EACH_IS("weather", "mua hoai", "mua suot may bua nay", "mai co giong khong", "gio lon khong");
    assert_int_equal(read_it("can mua giong bap").intent, INTENT_BUY);
    EACH_IS("edit", "sữa tin 2 giá 9k", "sửa tin 2 giá 9k");
}

/* The rice crops are seasons of paddy where no other goods are named. */
static void the_names_of_seasons(void **state)
{
    (void)state;
    EACH_IS("season", "vu dong xuan", "khi nao xuong giong he thu", "lich vu thu dong", "vu dong xuan lua");
    assert_string_equal(read_it("vu he thu").items[0].commodity->code, "LUA");
    struct reading r = read_it("ban dua hau vu dong xuan 5 tan 6k");
    assert_int_equal(r.n_items, 1);
    assert_string_equal(r.items[0].commodity->code, "DH");
}

static void one_listing_in_full(void **state)
{
    (void)state;
    EACH_IS("list", "XEM B7K2", "xem giup tui tin B7K2", "coi tin b7k2");
    assert_string_equal(read_it("xem b7k2").listing, "B7K2");
    assert_string_equal(read_it("取消3号").listing, "3"); /* not the third day */
    EACH_IS("weather", "xem thoi tiet cau ke");
    EACH_IS("price", "xem gia lua");
}

/* Everything about the writer, in plain words; anything less or doubtful a person reads. */
static void to_be_erased(void **state)
{
    (void)state;
    EACH_IS("erase", "xoa toi", "XÓA TÔI", "xoa toi giup", "xoa so tui khoi may nghen", "xoá hết dữ liệu của em",
            "xoa du lieu cua toi", "nho xoa toan bo thong tin ca nhan cua em", "delete my number please",
            "删除我的数据");
    EACH_IS("question", "du lieu cua toi ai coi", "khong xoa so toi nha", "xoa so toi duoc khong",
            "xoa thong tin gia lua cua toi");
    EACH_IS("data", "du lieu cua toi", "my data");
    EACH_IS("cancel", "xoa tin B7K2");
    EACH_IS("stop", "TC");
}

/* What was sold of a listing, and what is offered as a whole. */
static void sold_and_all_of_it(void **state)
{
    (void)state;
    EACH_IS("sold", "B7K2 ban duoc 3 ta roi, gia 9k", "tin so 2 ban duoc 1 tan roi gia 8200", "ban het roi nghe",
            "tui ban het xoai roi");
    EACH_IS("sell", "ban het 2 tan bap 6k", "ban het 300 ky nhan 25k");
    struct reading r = read_it("ban het vuon nhan 50 trieu");
    assert_int_equal(r.outcome, READ_ASK);
}

/* nắng, and mua beside it: rain. */
static void sun_or_rain(void **state)
{
    (void)state;
    EACH_IS("weather", "mai nang hay mua vay, phoi bap duoc ko", "chieu nay nang hay mua vay anh");
    EACH_IS("match", "nang qua ai mua lua khong");
}

/* Amounts alone: of what, and what about it? */
static void amounts_alone(void **state)
{
    (void)state;
    struct reading r = read_it("5 ta 12k");
    assert_int_equal(r.outcome, READ_ASK);
    assert_int_equal(r.ask, ASK_INTENT);
}

/* A broadcast that names nobody before its colon is for whom its message names. */
static void whom_a_broadcast_is_for(void **state)
{
    (void)state;
    assert_string_equal(read_it("thong bao: xa My Cam cup nuoc sang mai").items[0].place->code, "29269");
    assert_null(read_it("LOA TAT CA: mai cup dien toan xa Long Duc").items[0].commodity);
}

/* "chao ban" greets or offers; much rain is no buying; any amount is bought; what is the same still is asked. */
static void by_what_follows(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"chao ban", "junk"},
        {"chao ban, gia tom su hom nay sao", "price"},
        {"chao ban minh can mua bap 2 tan", "buy"},
        {"vua Ut Hong chao ban xoai 3 tan 20k", "sell"},
        {"mua nhieu qua", "weather"},
        {"ghe bao nhieu cung lay, 200k", "buy"},
        {"hom truoc nghe tom su 180, gio con vay ko", "price"},
        {"gio con 2 tan bap ban 6k", "sell"},
        {"bap nep voi bap lai chenh nhau nhieu", "price"},
        {"cong Lang The chung nao mo", "question"},
        {"gui toan xa: mai phun thuoc ray", "broadcast"},
    };
    CHECK_INTENTS(wants);
}

/* Who has so much and says the price sells it; nothing is sold by asking, or without a price. */
static void what_the_writer_has(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"nha em co 500 ky muop, 8k", "sell"},       {"con 40 bao lua, 7k", "sell"},
        {"have 200 kg ginger, 30k/kg", "sell"},      {"nha em co 500 ky muop", "ask"},
        {"co 500 ky muop gia 8k duoc khong", "ask"}, {"toi co hoi gia muop", "price"},
    };
    CHECK_INTENTS(wants);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_writer_has),
        cmocka_unit_test(by_what_follows),
        cmocka_unit_test(the_others_verb),
        cmocka_unit_test(not_to_be_done),
        cmocka_unit_test(verbs_that_are_less),
        cmocka_unit_test(what_is_asked),
        cmocka_unit_test(selling_to_whoever_buys),
        cmocka_unit_test(will_it_rise),
        cmocka_unit_test(less_of_something),
        cmocka_unit_test(help_and_service),
        cmocka_unit_test(the_names_of_seasons),
        cmocka_unit_test(one_listing_in_full),
        cmocka_unit_test(selling_to_the_writer),
        cmocka_unit_test(words_together),
        cmocka_unit_test(to_be_erased),
        cmocka_unit_test(sold_and_all_of_it),
        cmocka_unit_test(sun_or_rain),
        cmocka_unit_test(amounts_alone),
        cmocka_unit_test(whom_a_broadcast_is_for),
        cmocka_unit_test(wanted_otherwise),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
