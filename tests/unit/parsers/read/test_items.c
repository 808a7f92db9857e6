/* SPDX-License-Identifier: Apache-2.0
 *
 * Which amount is whose: each line is a text and all that is understood of it. */
#include "parsers/read/reading.h"

#include "tests/unit/parsers/read/read_fixture.h"

struct expectation {
    const char *text,
        *items; /* "goods thousandths unit low-high unit", then " @place", " size=", " grade=", " +days" */
};

static size_t append(char *out, size_t n, size_t room, const char *label, const char *value)
{
    return *value ? n + (size_t)snprintf(out + n, room - n, " %s%s", label, value) : n;
}

static size_t write_item(const struct read_item *item, char *out, size_t room)
{
    size_t n = (size_t)snprintf(out, room, "%s", item->commodity ? item->commodity->code : "?");
    if (item->has_quantity)
        n += (size_t)snprintf(out + n, room - n, " %lld %s", (long long)item->quantity_milli,
                              item->unit ? item->unit->code : "?");
    if (item->price_low || item->price_high)
        n += (size_t)snprintf(out + n, room - n, " %lld-%lld %s", (long long)item->price_low,
                              (long long)item->price_high, item->price_unit ? item->price_unit->code : "?");
    n = append(out, n, room, "@", item->place ? item->place->code : "");
    n = append(out, n, room, "size=", item->size);
    n = append(out, n, room, "grade=", item->grade);
    if (item->ready != DAY_NONE)
        n += (size_t)snprintf(out + n, room - n, " +%d", (int)(item->ready - context.today));
    return n;
}

static void check(const struct expectation *wants, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct reading r = read_it(wants[i].text);
        char got[1024] = "";
        size_t length = 0;
        for (size_t k = 0; k < r.n_items && length + 2 < sizeof got; k++) {
            if (k)
                length += (size_t)snprintf(got + length, sizeof got - length, "; ");
            length += write_item(&r.items[k], got + length, sizeof got - length);
        }
        if (strcmp(got, wants[i].items) != 0 || r.outcome != READ_SURE)
            print_error("%s\n", wants[i].text);
        assert_string_equal(got, wants[i].items);
        assert_int_equal(r.outcome, READ_SURE);
    }
}

#define CHECK(wants) check(wants, sizeof(wants) / sizeof *(wants))

/* What one head, sack or crate holds is no second quantity; of sacks it makes kilos. */
static void what_one_holds(void **state)
{
    (void)state;
    static const struct expectation wants[] = {
        {"ban 20 con heo, moi con 95 ky, gia 62k", "HEO 20000 CON 62000-62000 KG"},
        {"ban 8 con bo thit, con tren duoi 3 ta, 80k/kg", "BO 8000 CON 80000-80000 KG"},
        {"can mua 50 thung xoai, moi thung 20 ky, 15k/ky", "XOAI 50000 THUNG 15000-15000 KG"},
        {"ban 20 bao gao, bao 50kg, 15 ngan ky", "GAO 1000000 KG 15000-15000 KG"},
        {"ban 30 con ga 90k/kg va con 500 ky lua om18 8k",
         "GA 30000 CON 90000-90000 KG; LUA.OM18 500000 KG 8000-8000 KG"},
    };
    CHECK(wants);
}

/* A name that begins with a unit after a number, goods that are counted, and fry by the million. */
static void what_is_counted(void **state)
{
    (void)state;
    static const struct expectation wants[] = {
        {"ban 200 trai dua sap 120k 1 trai", "DUA.SAP 200000 TRAI 120000-120000 TRAI"},
        {"ban 2 con bo cai 25 trieu 1 con", "BO.CON 2000 CON 25000000-25000000 CON"},
        {"mua 500 trung vit 2800d", "TRUNG.VIT 500000 TRAI 2800-2800 TRAI"},
        {"can mua 300 chieu", "CHIEU 300000 CHIEC"},
        {"mua 800 ngan tom giong 120d", "TOM.GIONG 800000000 CON 120-120 CON"},
        {"co 3 con trau ban 30tr 1 con", "TRAU 3000 CON 30000000-30000000 CON"},
        {"ban 300 buoi da xanh 30k/trai", "BUOI.DX 300000 TRAI 30000-30000 TRAI"},
        {"mua 5 ngan trai dua kho gia 9k tro xuong", "DUA.KHO 5000000 TRAI 0-9000 TRAI"},
        {"ban 3 cong mia, 1.100d/kg, uoc 25 tan", "MIA 25000 TAN 1100-1100 KG"},
        {"ban 6 con de 25 ky 1 con 110k", "DE 6000 CON 110000-110000 KG"},
        {"ban gao 50kg 20k 1 con ga 200k", "GAO 50000 KG 20000-20000 KG; GA 1000 CON 200000-200000 CON"},
    };
    CHECK(wants);
}

/* Each grade with amounts of its own is an offer of its own. */
static void grade_by_grade(void **state)
{
    (void)state;
    static const struct expectation wants[] = {
        {"ban xoai loai 1 200kg 30k, loai 2 300kg 18k",
         "XOAI 200000 KG 30000-30000 KG grade=1; XOAI 300000 KG 18000-18000 KG grade=2"},
        {"ban 200kg xoai loai 1 30k, 300kg loai 2 18k, o Cau Ke",
         "XOAI 200000 KG 30000-30000 KG @845 grade=1; XOAI 300000 KG 18000-18000 KG @845 grade=2"},
        {"tom the 50 con 2 tan 120k, 100 con 1 tan 90k, ban tai ao",
         "TOM.THE 2000 TAN 120000-120000 KG size=50; TOM.THE 1000 TAN 90000-90000 KG size=100"},
        {"bao cao: gia tom su 20 con 235k, 30 con 195k, 40 con 160k",
         "TOM.SU 235000-235000 KG size=20; TOM.SU 195000-195000 KG size=30; TOM.SU 160000-160000 KG size=40"},
        {"loa Cau Ke: bao so 9 sap vo, thu hoach lua som", "? @845"},
        {"ban dua sap loai 1 100 trai 160k, 1 tan lua om18 8k",
         "DUA.SAP 100000 TRAI 160000-160000 TRAI grade=1; LUA.OM18 1000 TAN 8000-8000 KG"},
    };
    CHECK(wants);
}

/* What a price is for may stand before it, and what is counted may have no unit. */
static void each_before_the_price(void **state)
{
    (void)state;
    static const struct expectation wants[] = {
        {"卖牛3头 每公斤8万2", "BO 3000 CON 82000-82000 KG"},
        {"ban tom the 40 con moi ky 130k 1 tan", "TOM.THE 1000 TAN 130000-130000 KG size=40"},
        {"ban 20 bao gao moi bao 900k", "GAO 20000 BAO 900000-900000 BAO"},
        {"sell 3,000 coconuts 8k each", "DUA 3000000 TRAI 8000-8000 TRAI"},
        {"need 2 tons dried coconut copra 20k", "DUA.COM 2000 TAN 20000-20000 KG"},
    };
    CHECK(wants);
}

/* Of two goods neither is lost because its name is a common word too. */
static void a_second_of_common_name(void **state)
{
    (void)state;
    static const struct expectation wants[] = {
        {"can mua 2 tan chom chom, 1 tan nhan", "CC 2000 TAN; NHAN 1000 TAN"},
        {"ban buoi 300kg 25k, 200kg nhan 18k", "BUOI 300000 KG 25000-25000 KG; NHAN 200000 KG 18000-18000 KG"},
        {"can 5 tan dua kho lot vo gia 12k/kg", "DUA.KHO 5000 TAN 12000-12000 KG"},
    };
    CHECK(wants);
    struct reading r = read_it("ban lua 2 tan 8k, cho 1 tan");
    assert_int_equal(r.ask, ASK_QUANTITY_CHECK); /* what is the other tonne? */
}

/* Words beside a number that are something else too. */
static void words_by_numbers(void **state)
{
    (void)state;
    static const struct expectation wants[] = {
        {"mua tom su 2 tan tra 200k", "TOM.SU 2000 TAN 200000-200000 KG"},
        {"ban tra 5 tan 28k", "CA.TRA 5000 TAN 28000-28000 KG"},
        {"mua lua 10 tan gia 8k toi 8k5", "LUA 10000 TAN 8000-8500 KG"},
        {"mua nhan 300 ky xo 25 ngan", "NHAN 300000 KG 25000-25000 KG grade=xo"},
        {"ban 5 doi chieu co 1m6 200k", "CHIEU 5000 DOI 200000-200000 CHIEC size=1m6"},
        {"lua 2 tan 3 ngay nua gat ban 8k", "LUA 2000 TAN 8000-8000 KG +3"},
        {"bán đu đủ 2 tấn 6k", "DD 2000 TAN 6000-6000 KG"},
        {"ban mit 2 tan 15k, chin cay", "MIT 2000 TAN 15000-15000 KG"},
    };
    CHECK(wants);
}

/* The same goods again, each lot with its own quantity and price; ponds are told apart by numbers. */
static void lot_by_lot(void **state)
{
    (void)state;
    static const struct expectation wants[] = {
        {"ban khoai lang 3 tan 6k o da loc, 2 tan 5k9 o my chanh",
         "KL 3000 TAN 6000-6000 KG @29377; KL 2000 TAN 5900-5900 KG @29380"},
        {"ban buoi da xanh 300kg 30k, buoi da xanh 200kg 25k",
         "BUOI.DX 300000 KG 30000-30000 KG; BUOI.DX 200000 KG 25000-25000 KG"},
        {"ban mit ruot do 2t 17k, ruot vang 1t 11k", "MIT 2000 TAN 17000-17000 KG; MIT 1000 TAN 11000-11000 KG"},
        {"ban 2 ao su: ao 1 size 30 2 tan gia 180, ao 2 size 40 1 tan 5 gia 150",
         "TOM.SU 2000 TAN 180000-180000 KG size=30; TOM.SU 1500 TAN 150000-150000 KG size=40"},
        {"BG lua om18 8.500, lua st25 9.200 tra cu", "LUA.OM18 8500-8500 KG @849; LUA.ST25 9200-9200 KG @849"},
        {"BG tom the 50 con 120.000, tom the 80 con 95.000",
         "TOM.THE 120000-120000 KG size=50; TOM.THE 95000-95000 KG size=80"},
    };
    CHECK(wants);
}

/* What more would cost is no second lot. */
static void more_for_less(void **state)
{
    (void)state;
    struct reading r = read_it("ban nhan 2 tan 20k, lay 5 tan thi 19k");
    assert_int_equal(r.outcome, READ_ASK);
    assert_int_equal(r.n_items, 1);
}

/* Weights of one, and how many make a kilo, beside the heads and kilos that are sold. */
static void weights_and_sizes(void **state)
{
    (void)state;
    static const struct expectation wants[] = {
        {"mua heo con 8-9 ky, 1tr3 mot con, lay 30 con", "HEO.CON 30000 CON 1300000-1300000 CON"},
        {"ban ca loc 500kg 2-3 con 1 ky 45k", "CA.LOC 500000 KG 45000-45000 KG size=2-3"},
        {"ban ca tre 200 ky, 5-6 con 1 ky, gia 40 ngan", "CA.TRE 200000 KG 40000-40000 KG size=5-6"},
        {"ga ta 500 con co 1ky8 80k ban", "GA 500000 CON 80000-80000 KG"},
        {"ban 2 con trau nang 4 ta ruoi 30tr 1 con", "TRAU 2000 CON 30000000-30000000 CON"},
    };
    CHECK(wants);
}

/* Lots told one after the other, each with its price, and one price for all. */
static void lots_and_one_price(void **state)
{
    (void)state;
    static const struct expectation wants[] = {
        {"ban trau 1 con cai 30 trieu 1 con duc 35 trieu",
         "TRAU 1000 CON 30000000-30000000 CON; TRAU 1000 CON 35000000-35000000 CON"},
        {"ban xoai 2 tan 20k, 3 tan 18k", "XOAI 2000 TAN 20000-20000 KG; XOAI 3000 TAN 18000-18000 KG"},
        {"ban nhan 300 ky, xoai 200 ky, cung gia 20k", "NHAN 300000 KG 20000-20000 KG; XOAI 200000 KG 20000-20000 KG"},
        {"mua buoi 50 chuc 14, 200 ngan 1 chuc", "BUOI 50000 CHUC14 200000-200000 CHUC14"},
        {"ban nhan 300 ky 25k, lay het bot 2k", "NHAN 300000 KG 25000-25000 KG"},
    };
    CHECK(wants);
    struct reading r = read_it("ban nhan 300 ky 25k, bot 20k");
    assert_int_equal(r.ask, ASK_PRICE_CHECK); /* more than half of it off: which is the price? */
}

/* What a bottle holds and a head weighs, told in words too. */
static void contents_and_weights(void **state)
{
    (void)state;
    static const struct expectation wants[] = {
        {"ban mat ong 40 chai 750ml 200k/chai", "MATONG 40000 CHAI 200000-200000 CHAI"},
        {"ban 30 con vit 2kg 60k/ky", "VIT 30000 CON 60000-60000 KG"},
        {"ban 6 con heo, moi con ta hai, 61k", "HEO 6000 CON 61000-61000 KG"},
        {"ban heo ta ruoi 9 con 60k", "HEO 9000 CON 60000-60000 KG"},
        {"gao moi bao 25kg ban 20 bao 400k/bao", "GAO 20000 BAO25 400000-400000 BAO25"},
        {"bap cho bo 2 tan 6k ban", "BAP 2000 TAN 6000-6000 KG"},
    };
    CHECK(wants);
}

/* Amounts in words, and by units that are other words as well. */
static void amounts_in_words(void **state)
{
    (void)state;
    static const struct expectation wants[] = {
        {"ban lua bay ngan ba tram dong mot ky, hai tan", "LUA 2000 TAN 7300-7300 KG"},
        {"mot tan tu lua ban 7k", "LUA 1400 TAN 7000-7000 KG"},
        {"ban heo 5 con gia 6 chuc ngan", "HEO 5000 CON 60000-60000 KG"},
        {"ban lua: 5451 ba tan gia 6k2, om18 hai tan gia 7k",
         "LUA.OM5451 3000 TAN 6200-6200 KG; LUA.OM18 2000 TAN 7000-7000 KG"},
        {"ban lua om18 3 tang 6k8", "LUA.OM18 3000 TAN 6800-6800 KG"},
        {"luok srov 60 thang 150 ngan 1 thang", "LUA 60000 GIA 150000-150000 GIA"},
        {"ban lua 2 tan 7k ngay 20 thang 12", "LUA 2000 TAN 7000-7000 KG +28"},
        {"ban lua 3 cong rui 7k", "LUA 3500 CONG 7000-7000 KG"},
        {"ban be con 3 con 11tr 1 con o Kim Hoa", "BO.CON 3000 CON 11000000-11000000 CON @29434"},
    };
    CHECK(wants);
}

/* Sizes one after the other, names apart from their goods, things made of a material. */
static void sorts_of_goods(void **state)
{
    (void)state;
    static const struct expectation wants[] = {
        {"gia tom su 20 con va 30 con", "TOM.SU size=20; TOM.SU size=30"},
        {"gia cua loai 1, loai 2", "CUA grade=1; CUA grade=2"},
        {"bc tom the 60 con 105, 90 con 88", "TOM.THE 105000-105000 KG size=60; TOM.THE 88000-88000 KG size=90"},
        {"卖榴莲 金枕 3吨 8万", "SR.MT 3000 TAN 80000-80000 KG"},
        {"卖虾10公斤 一公斤十五万", "TOM 10000 KG 150000-150000 KG"},
        {"卖草席30张 一张五十二万", "CHIEU 30000 CHIEC 520000-520000 CHIEC"},
        {"ban ro tre 200 cai 30k", "TRE.DAN 200000 CAI 30000-30000 CAI"},
        {"co 500 ky bau 7k, ban", "BAU 500000 KG 7000-7000 KG"},
        {"ban heo 8 thang 2 con 6tr", "HEO 2000 CON 6000000-6000000 CON"},
        {"ban lua gat 6 thang 12 2 tan 7k", "LUA 2000 TAN 7000-7000 KG +14"},
        {"ban ca tra 5 tan 28k, con 8 lang toi 1 ky", "CA.TRA 5000 TAN 28000-28000 KG"},
        {"ban lua 2ha gia 7200", "LUA 2000 HA 7200-7200 KG"},
    };
    CHECK(wants);
}

/* Signs in the place of blanks, letters in the place of figures. */
static void odd_signs(void **state)
{
    (void)state;
    static const struct expectation wants[] = {
        {"ban.lua.om18.2.tan.7k5.cau.ke", "LUA.OM18 2000 TAN 7500-7500 KG @845"},
        {"mua.lua.5451.20.tan.7.500.tra.cu", "LUA.OM5451 20000 TAN 7500-7500 KG @849"},
        {"ban_tom_the_50con_1tan_120k", "TOM.THE 1000 TAN 120000-120000 KG size=50"},
        {"ban-heo-10con-62k-cang long", "HEO 10000 CON 62000-62000 KG @844"},
        {"ban heo 1O con 62.OOO", "HEO 10000 CON 62000-62000 KG"},
        {"ban lua 3 tan 7-8k", "LUA 3000 TAN 7000-8000 KG"},
    };
    CHECK(wants);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lot_by_lot),
        cmocka_unit_test(more_for_less),
        cmocka_unit_test(weights_and_sizes),
        cmocka_unit_test(lots_and_one_price),
        cmocka_unit_test(contents_and_weights),
        cmocka_unit_test(amounts_in_words),
        cmocka_unit_test(what_one_holds),
        cmocka_unit_test(what_is_counted),
        cmocka_unit_test(grade_by_grade),
        cmocka_unit_test(each_before_the_price),
        cmocka_unit_test(a_second_of_common_name),
        cmocka_unit_test(words_by_numbers),
        cmocka_unit_test(sorts_of_goods),
        cmocka_unit_test(odd_signs),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
