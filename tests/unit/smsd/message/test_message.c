/* SPDX-License-Identifier: Apache-2.0 */
#include "smsd/message/message.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "parsers/text/sms.h"
#include "tests/unit/smsd/message/book_fixture.h"

/* clang-format off */
#define OFFER                                                                                      \
    {"code", "B7K2"}, {"goods", "lúa OM18"}, {"quantity", "2 tấn"}, {"price", "8.500đ/kg"},        \
        {"place", "Cầu Kè"}, {"until", "06/12"}
/* clang-format on */

static void an_offer_is_echoed_in_one_segment(void **state)
{
    (void)state;
    const char *text = message_render(book, LANG_VI, arena, MSG_SELL_SAVED,
                                      ARGS(OFFER, {"prices", "8.200-8.600đ/kg"}, {"reports", "12"}, {"others", "3"}));
    assert_string_equal(text, "Da luu B7K2: BAN lua OM18 2 tan 8.500d/kg, Cau Ke. Dang den 06/12. "
                              "Gia o day 8.200-8.600d/kg (12 tin). 3 nguoi can mua. Sai? HUY B7K2");
    assert_int_equal(sms_size(slice_of(text)).segments, 1);
}

static void accents_are_the_persons_choice(void **state)
{
    (void)state;
    assert_string_equal(message_render(book, LANG_VI_DAU, arena, MSG_SELL_SAVED, ARGS(OFFER)),
                        "Đã lưu B7K2: BÁN lúa OM18 2 tấn 8.500đ/kg, Cầu Kè. Đăng đến 06/12. Sai? HUY B7K2");
}

static void a_part_without_its_arguments_stays_away(void **state)
{
    (void)state;
    const char *text = message_render(book, LANG_VI, arena, MSG_SELL_SAVED,
                                      ARGS(OFFER, {"prices", "8.200đ/kg"}, {"reports", NULL}, {"own_place", NULL}));
    assert_null(strstr(text, "8.200"));
    assert_null(strstr(text, "noi cua bac"));
    text = message_render(book, LANG_VI, arena, MSG_SELL_SAVED, ARGS(OFFER, {"own_place", ""}));
    assert_non_null(strstr(text, "noi cua bac"));
}

/* A filler makes the message longer step by step: the parts must go in the stated order, the undo never. */
static void parts_go_in_the_stated_order(void **state)
{
    (void)state;
    static const char *const marks[] = {"Gia o day", "noi cua bac", "nguoi can mua", "Dang den", "1 chuc = 12 trai"};
    size_t gone = 0;
    char filler[100] = "";
    for (size_t n = 0; n < 90; n++) {
        memset(filler, 'x', n);
        const char *text =
            message_render(book, LANG_VI, arena, MSG_SELL_SAVED,
                           ARGS({"code", "B7K2"}, {"goods", filler}, {"quantity", "2 tấn"}, {"price", "8.500đ/kg"},
                                {"place", "Cầu Kè"}, {"until", "06/12"}, {"own_place", ""}, {"prices", "8.200đ/kg"},
                                {"reports", "12"}, {"others", "3"}, {"assumed", "1 chục = 12 trái"}));
        size_t now = 0;
        while (now < 5 && !strstr(text, marks[now]))
            now++;
        for (size_t i = now; i < 5; i++)
            assert_non_null(strstr(text, marks[i]));
        assert_true(now >= gone);
        assert_non_null(strstr(text, "Sai? HUY B7K2"));
        assert_int_equal(sms_size(slice_of(text)).segments, 1);
        gone = now;
    }
    assert_int_equal(gone, 5);
}

static void a_core_too_long_goes_out_all_the_same(void **state)
{
    (void)state;
    char goods[400];
    memset(goods, 'x', sizeof goods - 1);
    goods[sizeof goods - 1] = '\0';
    const char *text = message_render(book, LANG_VI, arena, MSG_PRICE_NONE, ARGS({"goods", goods}));
    assert_non_null(strstr(text, goods));
}

static void a_lead_comes_first(void **state)
{
    (void)state;
    assert_string_equal(
        message_render(book, LANG_VI, arena, MSG_PRICE_HERE,
                       ARGS({"instead", "lúa OM34"}, {"goods", "lúa"}, {"place", "Cầu Kè"}, {"day", "20/11"},
                            {"prices", "8.200đ/kg"}, {"reports", "3"}, {"basis", "thương lái mua"})),
        "Chua co gia lua OM34. Gia lua o Cau Ke 20/11: 8.200d/kg (3 tin). Gia thuong lai mua.");
}

/* Renders in a child process and tells whether that aborted. */
static bool aborts(enum message message, struct message_args args)
{
    pid_t child = fork();
    if (child == 0) {
        assert_non_null(freopen("/dev/null", "w", stderr));
        signal(SIGABRT, SIG_DFL);
        message_render(book, LANG_VI, arena, message, args);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void wrong_arguments_are_a_bug(void **state)
{
    (void)state;
    assert_true(aborts(MSG_CANCEL_ALREADY, NO_ARGS));
    assert_true(aborts(MSG_CANCEL_ALREADY, ARGS({"code", NULL})));
    assert_true(aborts(MSG_CANCEL_ALREADY, ARGS({"code", "B7K2"}, {"price", "1"})));
    assert_false(aborts(MSG_CANCEL_ALREADY, ARGS({"code", "B7K2"})));
}

static void languages_not_reviewed_wait(void **state)
{
    (void)state;
    const char *error;
    struct message_book *careful = message_book_load(locales(), false, arena, &error);
    assert_non_null(careful);
    assert_int_equal(message_lang(careful, LANG_KM), LANG_VI);
    assert_int_equal(message_lang(careful, LANG_ZH), LANG_VI);
    assert_int_equal(message_lang(careful, LANG_EN), LANG_EN);
    assert_int_equal(message_lang(careful, LANG_VI_DAU), LANG_VI_DAU);
    assert_string_equal(message_render(careful, LANG_KM, arena, MSG_GREETING, NO_ARGS),
                        message_render(careful, LANG_VI, arena, MSG_GREETING, NO_ARGS));
    message_book_free(&careful);
    assert_null(careful);
    assert_int_equal(message_lang(book, LANG_KM), LANG_KM);
}

static void a_missing_book_says_which_file(void **state)
{
    (void)state;
    const char *error = NULL;
    assert_null(message_book_load("no/such/folder", true, arena, &error));
    assert_non_null(strstr(error, "no/such/folder/vi.mo"));
}

static void words_for_arguments(void **state)
{
    (void)state;
    assert_string_equal(message_phrase(book, LANG_VI, "basis", "trader_buy"), "thương lái mua");
    assert_null(message_phrase(book, LANG_VI, "basis", "unheard_of"));
    assert_null(message_advice(book, LANG_VI, ""));
    assert_string_equal(message_version(book), "2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_offer_is_echoed_in_one_segment),
        cmocka_unit_test(accents_are_the_persons_choice),
        cmocka_unit_test(a_part_without_its_arguments_stays_away),
        cmocka_unit_test(parts_go_in_the_stated_order),
        cmocka_unit_test(a_core_too_long_goes_out_all_the_same),
        cmocka_unit_test(a_lead_comes_first),
        cmocka_unit_test(wrong_arguments_are_a_bug),
        cmocka_unit_test(languages_not_reviewed_wait),
        cmocka_unit_test(a_missing_book_says_which_file),
        cmocka_unit_test(words_for_arguments),
    };
    return cmocka_run_group_tests(tests, book_setup, book_teardown);
}
