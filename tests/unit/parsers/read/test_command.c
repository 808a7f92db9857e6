/* SPDX-License-Identifier: Apache-2.0
 *
 * Commands as they are taught: with what they are about, and nowhere else. */
#include "parsers/read/command.h"

#include "tests/unit/parsers/read/read_fixture.h"

/* "relay R8V8 | mai toi ghe": the intent, the listing or number named, the words that follow. */
static const char *command_told(const char *text)
{
    struct reading r = read_it(text);
    if (r.outcome == READ_ASK)
        return "ask";
    const char *of = *r.listing ? r.listing : r.number, *words = arena_copy(arena, r.words);
    return arena_printf(arena, "%s%s%s%s%s", intent_name(r.intent), *of ? " " : "", of, r.words.n ? " | " : "", words);
}

static void alone(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"TIEP", "more"},
        {"tiếp", "more"},
        {"xem tiep di em", "more"},
        {"បន្ទាប់", "more"},
        {"下一页", "more"},
        {"next", "more"},
        {"tiep tuc nhan tin", "start"},
        {"GOI", "call"},
        {"Gọi lại cho tôi với", "call"},
        {"em oi goi lai giup tui", "call"},
        {"ហៅខ្ញុំ", "call"},
        {"回电", "call"},
        {"call me back please", "call"},
        {"CHO XEM SO", "show"},
        {"giấu số", "hide"},
        {"DU LIEU", "data"},
        {"dữ liệu của tôi", "data"},
        {"ទិន្នន័យ", "data"},
        {"我的数据", "data"},
        {"my data", "data"},
        {"xoa du lieu", "erase"},
    };
    CHECK_TOLD(command_told, wants);
}

/* A price has seven figures at the most, and a code six; a listing's code is another. */
static void with_a_number(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"MA 483920", "code 483920"},
        {"mã: 483 920", "code 483920"},
        {"ma so 048392 nha", "code 048392"},
        {"កូដ 483920", "code 483920"},
        {"验证码 483920", "code 483920"},
        {"code 483920", "code 483920"},
        {"ma 48392", "none"},
        {"ma 4839201", "none"},
        {"DUYET 31", "approve 31"},
        {"duyệt loa số 31", "approve 31"},
        {"批准 31", "approve 31"},
        {"approve 31", "approve 31"},
        {"duyet", "none"},
        {"TL 152 2 tấn phân", "question 152 | 2 tấn phân"},
        {"TL 152 Phun thuốc lúc chiều mát", "question 152 | Phun thuốc lúc chiều mát"},
        {"tl152: gia 8k, mai thu", "question 152 | gia 8k, mai thu"},
        {"reply 152 spray at dusk", "question 152 | spray at dusk"},
    };
    CHECK_TOLD(command_told, wants);
}

static void words_passed_on(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"NHAN TIN R8V8: Mai tôi ghé, 2 tan du khong?", "relay R8V8 | Mai tôi ghé, 2 tan du khong?"},
        {"nhắn tin cho r8v8 mai toi ghe", "relay R8V8 | mai toi ghe"},
        {"nhan R8V8: mai toi ghe", "relay R8V8 | mai toi ghe"},
        {"NHAN TIN R8V8", "relay R8V8"},
        {"NHAN TIN B7K3: alo", "relay B7K3 | alo"},
        {"nhan tin abcd: alo", "relay ABCD | alo"},
        {"ផ្ញើសារ R8V8: ស្អែកខ្ញុំមក", "relay R8V8 | ស្អែកខ្ញុំមក"},
        {"留言 R8V8：明天看货", "relay R8V8 | 明天看货"},
        {"message R8V8 I come tomorrow", "relay R8V8 | I come tomorrow"},
        {"HOI lua bi ray nau", "question | lua bi ray nau"},
        {"Hỏi kỹ sư: lúa bị đạo ôn", "question | lúa bị đạo ôn"},
        {"lua bi ray nau xit thuoc gi", "question | lua bi ray nau xit thuoc gi"},
        {"LOA LUA CAU KE: Mua lon 25-27/11", "broadcast | Mua lon 25-27/11"},
    };
    CHECK_TOLD(command_told, wants);
}

/* To accept binds: only a text that says nothing else does. */
static void answers_to_a_deal(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"NHAN R8V8", "accept R8V8"},
        {"nhận r8v8 nha em", "accept R8V8"},
        {"dong y R8V8", "accept R8V8"},
        {"ok R8V8", "accept R8V8"},
        {"យល់ព្រម R8V8", "accept R8V8"},
        {"同意 R8V8", "accept R8V8"},
        {"accept R8V8", "accept R8V8"},
        {"NHAN B7K3", "accept B7K3"}, /* mistyped: nobody's, and its writer hears so */
        {"KHONG R8V8", "refuse R8V8"},
        {"khong nhan R8V8", "refuse R8V8"},
        {"ko dong y R8V8", "refuse R8V8"},
        {"tu choi R8V8", "refuse R8V8"},
        {"R8V8 khong nhan", "refuse R8V8"},
        {"不 R8V8", "refuse R8V8"},
        {"មិនព្រម R8V8", "refuse R8V8"},
        {"no R8V8", "refuse R8V8"},
        {"R8V8 khong", "question | R8V8 khong"},
        {"dung nhan R8V8", "question | dung nhan R8V8"},
        {"ban nhan R8V8 2 tan", "ask"},
        {"nhan", "ask"},
        {"khong", "ask"},
        {"tu choi", "stop"},
    };
    CHECK_TOLD(command_told, wants);
}

static void views(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"XEM R8V8", "list R8V8"},  {"coi tin r8v8", "list R8V8"}, {"XEM B7K3", "list B7K3"}, {"មើល R8V8", "list R8V8"},
        {"查看 R8V8", "list R8V8"}, {"view R8V8", "list R8V8"},    {"XEM ABCD", "list ABCD"}, {"xem b7k", "list B7K"},
        {"XEM 2", "list 2"},        {"xem hang", "none"},          {"xem di", "none"},
    };
    CHECK_TOLD(command_told, wants);
}

/* "LUA.OM18 849 | Thach Sarun": the crops, the place, the name of a registration; "to LUA" of a subscription. */
static const char *registration_told(const char *text)
{
    struct reading r = read_it(text);
    const char *all = r.registers ? "" : "to ";
    for (size_t i = 0; i < r.n_items; i++)
        all = arena_printf(arena, "%s%s ", all, r.items[i].commodity ? r.items[i].commodity->code : "-");
    bool place = r.n_items && r.items[0].place;
    return arena_printf(arena, "%s%s%s%s", all, place ? r.items[0].place->code : "-", *r.name ? " | " : "",
                        arena_copy(arena, slice_of(r.name)));
}

static void registrations(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"DK TEN Thach Sarun O TRA CU TRONG LUA OM18", "LUA.OM18 849 | Thach Sarun"},
        {"đk tên Thạch Sa Rưn, ở Trà Cú, nuôi tôm sú và trồng lúa", "TOM.SU LUA 849 | Thạch Sa Rưn"},
        {"dk ten Thach Sarun tra cu trong lua om18", "LUA.OM18 849 | Thach Sarun"},
        {"dk ten Sarun (Ut) o cau ke", "- 845 | Sarun"},
        {"dk ten Nguyen Van Lua o cau ke", "- 845 | Nguyen Van Lua"},
        {"toi ten Kim Thi Mai", "- - | Kim Thi Mai"},
        {"register name Sok Da, live in Tra Cu, grow paddy", "LUA 849 | Sok Da"},
        {"ចុះឈ្មោះ ឈ្មោះ សុខដា នៅ កន្លង់ ដាំ ស្រូវ", "LUA 844 | សុខដា"},
        {"注册 姓名 阿明 住在 茶句 种 水稻", "LUA 849 | 阿明"},
        {"dk o cau ke trong lua", "LUA 845"},
        {"DK O CAU KE", "- 845"},
        {"DK LUA CAU KE", "to LUA 845"},
        {"dang ky nhan gia dua kho cang long", "to DUA.KHO 844"},
    };
    CHECK_TOLD(registration_told, wants);
}

static const char *water_told(const char *text)
{
    struct reading r = read_it(text);
    return arena_printf(arena, "%s%s", intent_name(r.intent), r.salinity ? " salinity" : "");
}

static void salinity(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"DO MAN CAU NGANG", "weather salinity"}, {"độ mặn cầu ngang", "weather salinity"},
        {"盐度 茶句", "weather salinity"},        {"salinity Tra Cu", "weather salinity"},
        {"ជាតិប្រៃ", "weather salinity"},           {"THOI TIET CAU NGANG", "weather"},
    };
    CHECK_TOLD(water_told, wants);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alone),           cmocka_unit_test(with_a_number),
        cmocka_unit_test(words_passed_on), cmocka_unit_test(answers_to_a_deal),
        cmocka_unit_test(views),           cmocka_unit_test(registrations),
        cmocka_unit_test(salinity),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
