/* SPDX-License-Identifier: Apache-2.0
 *
 * Walks messages.def through every language: nothing is missing, nothing is too long, nothing is barred.
 */
#include <stdio.h>
#include <string.h>

#include "parsers/message/catalog.h"
#include "parsers/message/template.h"
#include "parsers/text/fold.h"
#include "parsers/text/sms.h"
#include "smsd/message/shape.h"
#include "tests/unit/smsd/message/book_fixture.h"

/* The longest value of each argument, GSM-7 and UCS-2 forms. Names of goods and places: LEXICON_BRIEF_MAX and
 * LEXICON_BRIEF_MAX_UNICODE characters; goods of an offer with their size; choices: READ_CHOICES_MAX short names. */
static const struct {
    const char *name, *gsm, *unicode;
} worst[] = {
    {"code", "B7K2B7K2", "B7K2B7K2"},
    {"listing", "B7K2B7K2", "B7K2B7K2"},
    {"phone", "+84912345678", "+84912345678"},
    {"left", "999.999 tấn", "999.999 តោន"},
    {"other", "B7K2B7K2", "B7K2B7K2"},
    {"goods", "mười tám ký tự abc 30-40 con/kg", "mười bốn ký tự 30-40 con/kg"},
    {"heard", "hỏi mùa vụ mười tám ký tự abc 30-40 con/kg, khoảng 999.999 tấn, mười tám ký tự abc, 31/12/2026",
     "hỏi mùa vụ mười bốn ký tự 30-40 con/kg, ប្រហែល 999.999 តោន, mười bốn ký tự, 31/12/2026"},
    {"example", "BAN mười tám ký tự abc 30-40 con/kg khoảng 999.999 tấn 99.999.999đ/kg mười tám ký tự abc 31/12/2026",
     "BAN mười bốn ký tự 30-40 con/kg ប្រហែល 999.999 តោន 99.999.999đ/kg mười bốn ký tự 31/12/2026"},
    {"quantity", "khoảng 999.999 tấn", "ប្រហែល 999.999 តោន"},
    {"price", "tối đa 999.999.999đ/kg", "tối đa 999.999.999đ/kg"},
    {"prices", "99.999.999-99.999.999đ/con", "99.999.999-99.999.999đ/con"},
    {"place", "mười tám ký tự abc", "mười bốn ký tự"},
    {"asked", "mười tám ký tự abc", "mười bốn ký tự"},
    {"instead", "mười tám ký tự abc", "mười bốn ký tự"},
    {"ready", "31/12/2026", "2026/12/31"},
    {"until", "31/12/2026", "31/12/2026"},
    {"day", "31/12/2026", "31/12/2026"},
    {"moment", "23:59 31/12", "23:59 31/12"},
    {"reports", "9999", "9999"},
    {"others", "50+", "50+"},
    {"best", "999.999 tấn 99.999.999đ/kg mười tám ký tự abc", "999.999 តោន 99.999.999đ/kg mười bốn ký tự"},
    {"own", "B7K2B7K2", "B7K2B7K2"},
    {"reply", "B7K2B7K2", "B7K2B7K2"},
    {"hour", "23", "23"},
    {"most", "1.000", "1.000"},
    {"passed", "một trăm chữ cái bác nhắn cho người kia để hẹn xem lúa chiều nay lúc năm giờ ở cầu, nhớ mang bao nha", "một trăm chữ cái bác nhắn cho người kia để hẹn xem lúa chiều nay lúc năm giờ ở cầu, nhớ mang bao nha"},
    {"phone", "+84123456789012", "+84123456789012"},
    {"show", "", ""},
    {"page_lines", "B7K2B mười tám ký tự abc 30-40 con/kg 999.999 tấn 99.999.999-99.999.999đ/con mười tám ký tự abc",
     "B7K2B mười bốn ký tự 30-40 con/kg 999.999 តោន 99.999.999-99.999.999đ/con mười bốn ký tự"},
    {"best_code", "B7K2B7K2", "B7K2B7K2"},
    {"people", "64", "64"},
    {"places", "64", "64"},
    {"all", "999.999 tấn", "999.999 តោន"},
    {"part", "999.999 tấn", "999.999 តោន"},
    {"pool_prices", "99.999.999-99.999.999đ/con", "same"},
    {"count", "8", "8"},
    {"assumed", "1 chục = 12 trái", "1 chục = 12 trái"},
    {"own_place", "", ""},
    {"ask_place", "", ""},
    {"undo", "", ""},
    {"help", "", ""},
    {"done", "BAN ROI", "BAN ROI"},
    {"ends", "BAN ROI/MUA DU", "BAN ROI/MUA DU"},
    {"rain", "", ""},
    {"wait", "", ""},
    {"post", "mười tám ký tự abc 100 chục trơn (10) mười tám ký tự abc", "mười bốn ký tự 100 chục trơn (10) mười bốn ký tự"},
    {"rest", "98", "98"},
    {"left", "2", "2"},
    {"since", "31/12/2026", "31/12/2026"},
    {"subscribed", "mười tám ký tự abc, mười tám ký tự abc, mười tám ký tự abc, mười tám ký tự abc +12",
     "mười bốn ký tự, mười bốn ký tự, mười bốn ký tự, mười bốn ký tự +12"},
    {"language", "tiếng Việt không dấu", "tiếng Việt không dấu"},
    {"alerts", "", ""},
    {"stopped", "", ""},
    {"contact", "", ""},
    {"side", "bán", "លក់"},
    {"still", "khoảng 999.999 tấn", "ប្រហែល 999.999 តោន"},
    {"before", "999.999 tấn", "999.999 តោន"},
    {"all", "", ""},
    {"which", "B7K2B7 mười tám ký tự abc, B7K2B7 mười tám ký tự abc, B7K2B7 mười tám ký tự abc",
     "B7K2B7 mười bốn ký tự, B7K2B7 mười bốn ký tự, B7K2B7 mười bốn ký tự"},
    {"renew", "", ""},
    {"change", "GIA 8.200-8.500đ/kg 999.999 tấn O mười tám ký tự abc NGAY 31/12/2026",
     "GIA 8.200-8.500ដុង/គីឡូ 999.999 តោន O mười bốn ký tự NGAY 31/12/2026"},
    {"lines",
     "B7K2B ban mười tám ký tự abc 100 kg 130.000đ/kg; B7K2B ban mười tám ký tự abc 100 kg 130.000đ/kg; "
     "B7K2B ban mười tám ký tự abc 100 kg 130.000đ/kg",
     "B7K2B bán mười bốn ký tự 100 kg 130.000đ/kg; B7K2B bán mười bốn ký tự 100 kg 130.000đ/kg; "
     "B7K2B bán mười bốn ký tự 100 kg 130.000đ/kg"},
    {"more1", "70 con/kg 160.000-170.000đ/kg (12)", "same"},
    {"more2", "80 con/kg 160.000-170.000đ/kg (12)", "same"},
    {"more3", "100 con/kg 160.000-170.000đ/kg (12)", "same"},
    {"change", "-999.999.999đ", "-999.999.999đ"},
    {"basis", "tại vườn, ruộng", "តម្លៃនៅរោងចក្រ"},
    {"season", "Tôm sú quảng canh cải tiến vụ 1", "Tôm sú quảng canh cải tiến vụ 1"},
    {"now", "thu hoạch", "ប្រមូលផល"},
    {"soon", "xuống giống", "ប្រមូលផល"},
    {"days", "365", "365"},
    {"windows", "xuống giống 16/10-02/11, thu hoạch 20/01-15/02", "ចិញ្ចឹមនិងលែងកូន 16/10-02/11, ប្រមូលផល 20/01-15/02"},
    {"next", "Tôm sú quảng canh cải tiến vụ 2 xuống giống 01/06-31/08", "same"},
    {"advice", "Phòng dịch tả heo châu Phi: sát trùng, hạn chế người vào", "same"},
    {"name", "Nguyễn Thị Huỳnh Thạch Sa Rươn Ngọc Mỹ Duyên", "ថាច់ សារុន គឹមថាវី សុខា"},
    {"crops", "mười tám ký tự abc, mười tám ký tự abc, mười tám ký tự abc, mười tám ký tự abc",
     "mười bốn ký tự, mười bốn ký tự, mười bốn ký tự, mười bốn ký tự"},
    {"bulletin", "Mặn 4 phần ngàn ở cống Đa Lộc, tăng từ 25/11; đóng cống, trữ nước ngọt cho lúa và vườn, kiểm tra độ mặn trước khi lấy nước vào ruộng, ao....", "same"},
    {"offered", "9.999.999 tấn", "9.999.999 តោន"},
    {"wanted", "9.999.999 tấn", "9.999.999 តោន"},
    {"sellers", "99.999", "same"},
    {"buyers", "99.999", "same"},
    {"weeks", "23/11/2026 99.999/99.999; 30/11/2026 99.999/99.999; 07/12 99.999/99.999; 14/12 99.999/99.999", "same"},
    {"what", "mười tám ký tự abc", "mười bốn ký tự"},
    {"unit", "chục (12 trái)", "chục trơn (10)"},
    {"per", "chục trơn (10)", "chục trơn (10)"},
    {"number", "999999", "same"},
    {"subject", "mười tám ký tự abc, mười tám ký tự abc, máy chưa hiểu", "same"},
    {"words",
     "mot hai ba bon nam sau bay tam chin muoi mot hai ba bon nam sau bay tam chin muoi mot hai ba bon nam"
     " sau bay tam chin muoi mot hai ba bon nam sau bay tam chin m",
     "same"},
    {"answer",
     "mot hai ba bon nam sau bay tam chin muoi mot hai ba bon nam sau bay tam chin muoi mot hai ba bon nam"
     " sau bay tam chin muoi mot hai ba bon nam sau bay tam chin m",
     "same"},
    {"more", "", ""},
    {"choice", "999.999.999đ/chục trơn (10)", "same"},
    {"choices", "1) dừa khô trái, 2) dưa hấu ruột, 3) dưa leo xanh, 4) khóm Cầu Đúc, 5) dừa sáp", "same"},
    {"audience", "mười tám ký tự abc, mười tám ký tự abc", "mười bốn ký tự, mười bốn ký tự"},
    {"reached", "1.000.000", "same"},
    {"segments", "1.000.000", "same"},
    {"cost", "1.000.000.000", "same"},
    {"public", "", ""},
    {"said", "Mặn 4 phần ngàn ở cống Đa Lộc, tăng t...", "same"},
    {"announcement", "Mặn 4 phần ngàn ở cống Đa Lộc, tăng từ 25/11; đóng cống, trữ nước ngọt cho lúa và vườn, kiểm tra độ mặn trước khi lấy nước cho ruộng", "same"},
};

static const char *worst_value(struct slice name, bool unicode)
{
    for (size_t i = 0; i < sizeof worst / sizeof *worst; i++)
        if (slice_is(name, worst[i].name))
            return unicode && strcmp(worst[i].unicode, "same") != 0 ? worst[i].unicode : worst[i].gsm;
    fail_msg("no worst case for the argument %.*s", (int)name.n, name.at);
    return NULL;
}

#define ARGS_MAX 32

static void add_args(struct message_arg *args, size_t *n, const char *list, bool unicode)
{
    struct slice name;
    while (shape_next_arg(&list, &name)) {
        assert_true(*n < ARGS_MAX);
        args[(*n)++] = (struct message_arg){arena_copy(arena, name), worst_value(name, unicode)};
    }
}

/* Renders with the worst case of the core's arguments and, if wanted, those of the parts. */
static const char *render_worst(enum lang lang, enum message message, bool with_parts)
{
    const struct message_shape *shape = message_shape(message);
    struct message_arg args[ARGS_MAX];
    size_t n = 0;
    add_args(args, &n, shape->args, lang_is_unicode(lang));
    for (size_t i = 0; i < shape->n_parts; i++)
        if (with_parts || shape->parts[i].drop == KEEP)
            add_args(args, &n, shape->parts[i].args, lang_is_unicode(lang));
    return message_render(book, lang, arena, message, (struct message_args){args, n});
}

/* Says what is wrong with a text; 0 when nothing is. */
static int check_sendable(enum lang lang, enum message message, const char *text)
{
    const struct message_shape *shape = message_shape(message);
    struct sms_size size = sms_size(slice_of(text));
    const char *wrong = NULL;
    if (size.segments > shape->budget + lang_is_unicode(lang))
        wrong = "too long";
    else if (!lang_is_unicode(lang) && size.coding != SMS_GSM7)
        wrong = "not GSM-7";
    else if (strpbrk(text, "#&%[]{}\\<@"))
        wrong = "barred characters";
    if (wrong)
        print_error("%s in %s, %zu units: %s\n%s\n", shape->symbol, lang_code(lang), size.units, wrong, text);
    return wrong != NULL;
}

static void worst_cases_keep_the_budget(void **state)
{
    (void)state;
    int wrong = 0;
    for (enum lang lang = 0; lang < LANG_COUNT; lang++)
        for (enum message m = 0; m < MESSAGE_COUNT; m++) {
            wrong += check_sendable(lang, m, render_worst(lang, m, false));
            wrong += check_sendable(lang, m, render_worst(lang, m, true));
        }
    assert_int_equal(wrong, 0);
}

static void phrases_are_there_and_sendable(void **state)
{
    (void)state;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        for (size_t i = 0; message_phrase_keys[i]; i++) {
            const char *dot = strchr(message_phrase_keys[i], '.');
            const char *group =
                arena_copy(arena, (struct slice){message_phrase_keys[i], (size_t)(dot - message_phrase_keys[i])});
            const char *text = message_phrase(book, (enum lang)lang, group, dot + 1);
            assert_non_null(text);
            assert_null(strpbrk(text, "#&%[]{}\\<@"));
            assert_true(strlen(text) > 0);
            if ((enum lang)lang == LANG_EN)
                assert_int_equal(sms_size(slice_of(text)).coding, SMS_GSM7);
        }
}

/* Every advice_key of the seasons table has its words. */
static void all_advice_of_the_seasons_is_there(void **state)
{
    (void)state;
    FILE *file = fopen("locales/lexicon/seasons.tsv", "r");
    assert_non_null(file);
    char line[2000];
    int seen = 0;
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file)) {
        char *rest = line, *cell = NULL;
        for (int column = 0; column < 10; column++)
            cell = strsep(&rest, "\t");
        if (!message_advice(book, LANG_VI, cell))
            fail_msg("no advice %s", cell);
        seen++;
    }
    fclose(file);
    assert_true(seen > 50);
}

/* The number of holes of a text that name this argument. */
static size_t count_holes(const char *text, struct slice wanted)
{
    struct slice rest = slice_of(text), words, name;
    size_t n = 0;
    while (template_next(&rest, &words, &name))
        n += name.n && slice_eq(name, wanted);
    return n;
}

/* The words as they stand in the catalogue: parts that were dropped from the worst cases are looked at here. */
static void check_words(const char *text, const char *list, const char *key, const char *lang)
{
    struct slice name;
    bool gsm = strcmp(lang, "vi") == 0 || strcmp(lang, "en") == 0;
    if (strpbrk(text, "#&%[]\\<@"))
        fail_msg("%s in %s holds what aggregators bar\n%s", key, lang, text);
    if (gsm && sms_size(slice_of(text_unaccent(arena, slice_of(text), NULL))).coding != SMS_GSM7)
        fail_msg("%s in %s is not GSM-7\n%s", key, lang, text);
    for (const char *args = list; shape_next_arg(&args, &name);) {
        bool flag = name.at > list && name.at[-1] == '?';
        if ((count_holes(text, name) == 0) != flag)
            fail_msg("%s in %s: the argument %.*s %s\n%s", key, lang, (int)name.n, name.at,
                     flag ? "is a flag and shown" : "is not used", text);
    }
}

/* That no hole is undeclared is checked when the book is loaded. */
static void check_catalog(const struct catalog *catalog, const char *lang)
{
    for (int m = 0; m < MESSAGE_COUNT; m++) {
        const struct message_shape *shape = message_shape((enum message)m);
        check_words(catalog_get(catalog, shape->key), shape->args, shape->key, lang);
        for (size_t i = 0; i < shape->n_parts; i++) {
            const char *key = arena_printf(arena, "%s.%s", shape->key, shape->parts[i].name);
            check_words(catalog_get(catalog, key), shape->parts[i].args, key, lang);
        }
    }
}

static void the_words_of_every_language_are_sound(void **state)
{
    (void)state;
    static const char *const files[] = {"vi", "km", "zh", "en"};
    for (size_t i = 0; i < 4; i++) {
        static char bytes[1 << 20];
        FILE *file = fopen(arena_printf(arena, "%s/%s.mo", locales(), files[i]), "rb");
        assert_non_null(file);
        size_t n = fread(bytes, 1, sizeof bytes, file);
        fclose(file);
        struct catalog catalog;
        const char *error;
        assert_true(catalog_open(&catalog, (struct slice){bytes, n}, &error));
        check_catalog(&catalog, files[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worst_cases_keep_the_budget),
        cmocka_unit_test(phrases_are_there_and_sendable),
        cmocka_unit_test(all_advice_of_the_seasons_is_there),
        cmocka_unit_test(the_words_of_every_language_are_sound),
    };
    return cmocka_run_group_tests(tests, book_setup, book_teardown);
}
