/* SPDX-License-Identifier: Apache-2.0
 *
 * Where one offer ends and the next begins. */
#include "parsers/read/segments.h"

#include "tests/unit/parsers/read/read_fixture.h"

/* "LUA: ban lua 2 tan | GAO: gao 50 kg". */
static const char *told(const char *text)
{
    struct segment segments[READ_ITEMS_MAX];
    const struct text *t = prepared(text);
    size_t n = text_segments(t, segments);
    const char *all = "";
    for (size_t i = 0; i < n; i++)
        all = arena_printf(arena, "%s%s%s: %s", all, i ? " | " : "",
                           segments[i].commodity ? segments[i].commodity->code : "-",
                           words_told(t, segments[i].from, segments[i].to));
    return all;
}

static void one_stretch(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"", "-: "},
        {"2 tan 8k", "-: 2 tan 8 k"},
        {"ban lua 2 tan 8k", "LUA: ban lua 2 tan 8 k"},
    };
    CHECK_TOLD(told, wants);
}

/* After the separator that leaves the first goods their amounts, or before an amount right before the second. */
static void between_goods(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"ban xoai 2 tan 15k, gao 50kg 20k", "XOAI: ban xoai 2 tan 15 k , | GAO: gao 50 kg 20 k"},
        {"ban xoai 2 tan gao 50kg", "XOAI: ban xoai 2 tan | GAO: gao 50 kg"},
        {"ban 2 tan xoai 50kg gao", "XOAI: ban 2 tan xoai | GAO: 50 kg gao"},
        {"ban xoai 50kg gao", "XOAI: ban xoai 50 kg | GAO: gao"}, /* the first goods' only amount */
        {"ban xoai, 2 tan + gao, 50kg", "XOAI: ban xoai , 2 tan + | GAO: gao , 50 kg"},
        {"ban 20 con ga 90k, 5 con heo", "GA: ban 20 con ga 90 k , | HEO: 5 con heo"},
    };
    CHECK_TOLD(told, wants);
}

/* Two names for one: a kind of the other, a variety of it, or its seed. */
static void names_that_go_together(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"lua tui la om18 2 tan", "LUA.OM18: lua tui la om 18 2 tan"},
        {"om18 lua 2 tan", "LUA.OM18: om 18 lua 2 tan"},
        {"gao 50kg st25", "GAO.ST25: gao 50 kg st 25"},
        {"st25 50kg gao", "GAO.ST25: st 25 50 kg gao"},
        {"xoai 2 tan 15k xoai 1 tan 12k", "XOAI: xoai 2 tan 15 k | XOAI: xoai 1 tan 12 k"}, /* a price each */
        {"xoai 2 tan 15k xoai", "XOAI: xoai 2 tan 15 k xoai"},
        {"lua va om18", "LUA: lua va | LUA.OM18: om 18"}, /* named side by side, as two */
    };
    CHECK_TOLD(told, wants);
}

/* Lots of the same goods by grade, by size, or by a second quantity with a price. */
static void lots(void **state)
{
    (void)state;
    static const struct want wants[] = {
        {"xoai loai 1 200 ky 30k, loai 2 100 ky 20k", "XOAI: xoai loai 1 200 ky 30 k , | XOAI: loai 2 100 ky 20 k"},
        {"xoai loai 1, loai 2 moi loai 1 tan", "XOAI: xoai loai 1 , loai 2 moi loai 1 tan"}, /* of each */
        {"xoai loai 1 30k, loai 2 20k, moi loai 1 tan", "XOAI: xoai loai 1 30 k , loai 2 20 k , moi loai 1 tan"},
        {"gia xoai loai 1, loai 2", "XOAI: gia xoai loai 1 , | XOAI: loai 2"},
        {"tom the 40 con 2 tan 130k, 60 con 1 tan 110k",
         "TOM.THE: tom the 40 con 2 tan 130 k , | TOM.THE: 60 con 1 tan 110 k"},
        {"heo 1 con cai 18 trieu 1 con duc 22 trieu", "HEO: heo 1 con cai 18 trieu | HEO: 1 con duc 22 trieu"},
        {"xoai 3 tan 6k, 2 tan 5k9", "XOAI: xoai 3 tan 6 k , | XOAI: 2 tan 5 k 9"},
        {"xoai 3 tan 20k, lay 5 tan thi 19k", "XOAI: xoai 3 tan 20 k , lay 5 tan thi 19 k"}, /* for more */
        {"xoai 3 tan 20k, 200 ky 19k", "XOAI: xoai 3 tan 20 k , 200 ky 19 k"},               /* other units */
        {"xoai 3 tan, 2 tan 5k9", "XOAI: xoai 3 tan , 2 tan 5 k 9"},                         /* one price */
    };
    CHECK_TOLD(told, wants);
}

/* No more than there are items for, and each span is in one of them. */
static void many_goods(void **state)
{
    (void)state;
    struct segment segments[READ_ITEMS_MAX];
    const struct text *t = prepared("xoai, gao, heo, ga, bap, mia, buoi, nhan, om18, chieu, tom the");
    assert_int_equal(text_segments(t, segments), READ_ITEMS_MAX);
    assert_int_equal(segments[0].from, 0);
    for (size_t i = 1; i < READ_ITEMS_MAX; i++) {
        assert_int_equal(segments[i].from, segments[i - 1].to);
        assert_true(segments[i].goods_at >= segments[i].from && segments[i].goods_at < segments[i].to);
    }
    assert_int_equal(segments[READ_ITEMS_MAX - 1].to, t->n_spans);
}

static void kinds_and_sizes(void **state)
{
    (void)state;
    const struct commodity *lua = lexicon_commodity(lexicon, "LUA"), *om18 = lexicon_commodity(lexicon, "LUA.OM18");
    assert_true(is_ancestor(lua, om18));
    assert_true(is_ancestor(lua, lua));
    assert_false(is_ancestor(om18, lua));
    assert_false(is_ancestor(lua, lexicon_commodity(lexicon, "GAO")));
    assert_true(is_sized(lexicon_commodity(lexicon, "TOM.THE")));
    assert_false(is_sized(lua));
    assert_false(is_sized(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_stretch), cmocka_unit_test(between_goods), cmocka_unit_test(names_that_go_together),
        cmocka_unit_test(lots),        cmocka_unit_test(many_goods),    cmocka_unit_test(kinds_and_sizes),
    };
    return cmocka_run_group_tests(tests, read_setup, read_teardown);
}
