/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsers/text/discreet.h"

static void numbers_and_links_do_not_show(void **state)
{
    (void)state;
    static const struct {
        const char *said, *shown;
    } cases[] = {
        {"chieu nay 5 gio toi ghe lay", "chieu nay 5 gio toi ghe lay"},
        {"goi toi 0912345678 nha", "goi toi ... nha"},
        {"0912.345.678", "..."},
        {"so 0912 345 678", "so ..."},
        {"so 091-234-5678,", "so ...,"},
        {"+84 912 345 678", "..."},
        {"84912345678", "..."},
        {"912345678 zalo", "... zalo"},
        {"2 tan gia 8.500d, tong 17.000.000", "2 tan gia 8.500d, tong 17.000.000"},
        {"tong 170.000.000d", "tong 170.000.000d"},
        {"ngay 25/11/2026 luc 8 gio 30", "ngay 25/11/2026 luc 8 gio 30"},
        {"vo https://zalo.me/g/abc nha", "vo ... nha"},
        {"xem www.lua.example nha", "xem ... nha"},
        {"muabanlua.vn/abc", "..."},
        {"LUA.COM", "..."},
        {"toi.o.day", "toi.o.day"},
        {"lan@example.org hoi", "... hoi"},
        {"100% kho [tot] #1", "100 kho tot 1"},
        {"hai\nhang", "hai hang"},
        {"  giua   cac chu  ", "giua cac chu"},
        {"lúa đẹp, 5 giờ", "lúa đẹp, 5 giờ"},
        {"", ""},
    };
    struct arena *arena = arena_new(4096);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(text_discreet(arena, slice_of(cases[i].said)), cases[i].shown);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_and_links_do_not_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
